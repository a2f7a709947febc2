"""The roster over known time: on each day, how many were known to be where, by what was known then.

Every day is asked for itself: known by its end, and about that day. A person is in one band at a
time, from the first claim about him on. Only days on which somebody moves are told; between two of
them nothing changes. The log is the question's throughout: what was corrected since, is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from typing import Any, Final
from zoneinfo import ZoneInfo

from habeas import resolve, times
from habeas.log import State, counting
from habeas.projections import evidence, person
from habeas.projections.question import Question
from habeas.projections.roster import everybody
from habeas.projections.where import fits

BANDS: Final = {
    "held": "in custody",
    "told": "whereabouts not settled, and a change told of",
    "unknown": "whereabouts not known",
    "out_reported": "out of custody, reported",
    "out_confirmed": "out of custody, confirmed",
    "dead": "dead",
}
"""The bands, from below upwards, with their meaning."""


def over_time(state: State, question: Question) -> list[dict[str, Any]]:
    """Return each day on which somebody moved from band to band, with the numbers from then on.

    Of the persons that fit the question, from the first claim about any of them to the as-of day.
    """
    moves: dict[date, list[tuple[str, str | None]]] = {}
    for name in _chosen(state, question):
        for day, band in _bands(state, name, question):
            moves.setdefault(day, []).append((name, band))
    at: dict[str, str | None] = {}
    return [_step(day, moves[day], at) for day in sorted(moves)]


def _chosen(state: State, question: Question) -> Iterator[str]:
    """Yield everybody ever claimed of or, where the question chooses rows, those who fit now."""
    if not question.where:
        yield from (name for name in state.all_of("person") if state.keeper(name) == name)
        return
    for one in everybody(state, question):
        if fits(state, one, person.row(state, one), question.where):
            yield one.person


def _step(
    day: date, moved: list[tuple[str, str | None]], at: dict[str, str | None]
) -> dict[str, Any]:
    """Move persons, and return the day's numbers."""
    before = {name: at.get(name) for name, _ in moved}
    at.update(moved)
    bands = list(at.values())
    return {
        "day": day.isoformat(),
        "counts": {band: bands.count(band) for band in BANDS},
        "moved": [{"person": name, "from": before[name], "to": band} for name, band in moved],
    }


def _bands(state: State, name: str, question: Question) -> Iterator[tuple[date, str | None]]:
    """Yield the days on which a person comes to another band, in order; None: no claim stands."""
    last: str | None = None
    for day, answer in _answers(state, name, question):
        band = None if answer is None else band_of(answer)
        if band != last:
            yield day, band
        last = band


def _answers(
    state: State, name: str, question: Question
) -> Iterator[tuple[date, resolve.Answer | None]]:
    """Yield a person's answer on each day on which it can change: news, and dates that pass."""
    zone = times.zone(state.case.timezone)
    news = _days_of_news(state, name, question, zone)
    for day, following in zip_longest(news, news[1:]):
        end = times.day_window(day, zone)[1]
        until = question.as_of.end if following is None else times.day_window(following, zone)[0]
        found = evidence.gather(state, name, end, question.rules)
        if found is None:
            yield day, None
            continue
        history = resolve.resolve(found.claims, question.rules)
        yield day, history.on(end)
        for moment in history.boundaries:
            if end < moment <= until:
                passed = times.day_of(moment - 1, zone)
                yield passed, history.on(times.day_window(passed, zone)[1])


def _days_of_news(state: State, name: str, question: Question, zone: ZoneInfo) -> list[date]:
    """Return the days on which something about a person was told, or taken back, in order."""
    seqs = {seq for one in state.merged_with(name) for seq in state.said_of.get(one, ())}
    threads = [state.threads[seq] for seq in seqs if not state.threads[seq].voided]
    ends = {counting.known_at(state, thread.event) for thread in threads}
    ends |= {at for thread in threads if (at := counting.withdrawn_at(state, thread)) is not None}
    return sorted({times.day_of(end - 1, zone) for end in ends if end <= question.as_of.end})


def band_of(answer: resolve.Answer) -> str:
    """Return the band that an answer belongs to."""
    if answer.custody == "out":
        return "out_confirmed" if answer.custody_standing == "confirmed" else "out_reported"
    if answer.custody == "unknown":
        return "told" if answer.pending else "unknown"
    return answer.custody
