"""A person over known time: from which day on what was told of him.

Each day is asked for itself: known by its end, and about that day. What is told is cut down to what
a row of the roster shows (a fact), with the band that the person has in the picture of everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from habeas import resolve, times
from habeas.log import State, Thread, counting
from habeas.projections import evidence, person
from habeas.projections.as_told import row_since
from habeas.projections.over_time import BANDS, band_of
from habeas.resolve import Rules

Fact = tuple[Any, ...]


class Turn(NamedTuple):
    """What was told from a day on, until the next turn; `fact` and `band` are None: no claim."""

    day: date
    fact: Fact | None
    band: str | None


class Life(NamedTuple):
    """A person's turns, and all the days on which what is told of him can have changed."""

    turns: tuple[Turn, ...]
    days: tuple[date, ...]


def fact(row: dict[str, Any]) -> Fact:
    """Return what a row of the roster shows of an answer."""
    told = tuple(dict.fromkeys((one["status"], one["standing"]) for one in row["pending"]))
    return (
        row["status"],
        row["custody"],
        row["standing"] or "",
        row_since(row) or "",
        row["certainty"] == "possible",
        row["contested"],
        row["place"] or "",
        told,
        len({one["voice"] for one in row["support"]}),
    )


def life(state: State, name: str, last: date, rules: Rules) -> Life:
    """Return a person's turns through a day, in order."""
    zone = times.zone(state.case.timezone)
    found: list[Turn] = []
    days: list[date] = []
    for turn in _days(state, name, last, zone, rules):
        days.append(turn.day)
        if (turn.fact, turn.band) != (found[-1][1:] if found else (None, None)):
            found.append(turn)
    return Life(tuple(found), tuple(days))


def _days(state: State, name: str, last: date, zone: ZoneInfo, rules: Rules) -> Iterator[Turn]:
    """Yield what is told on each day on which it can change: news, and dates that pass."""
    until = times.day_window(last, zone)[1]
    news = _news(state, name, until, zone)
    for day, following in zip_longest(news, news[1:]):
        end = times.day_window(day, zone)[1]
        found = evidence.gather(state, name, end, rules)
        if found is None:
            yield Turn(day, None, None)
            continue
        history = resolve.resolve(found.claims, rules)
        yield _turn(state, found, history, day, zone)
        limit = until if following is None else times.day_window(following, zone)[0]
        for moment in history.boundaries:
            if end < moment <= limit:
                yield _turn(state, found, history, times.day_of(moment - 1, zone), zone)


def _turn(
    state: State, found: evidence.Evidence, history: resolve.History, day: date, zone: ZoneInfo
) -> Turn:
    end = times.day_window(day, zone)[1]
    answer = history.on(end)
    told = person.Told(person=found.persons[0], end=end, evidence=found, answer=answer)
    row = person.row(state, told, _voice, lambda claim: claim)
    return Turn(day, fact(row), band_of(answer))


def _voice(state: State, thread: Thread) -> dict[str, Any]:
    """Return of a claim whose word it is and which date it gives, which is all that a row shows."""
    voice = state.voice(counting.origin_of(state, thread.event))
    return {"voice": voice, "when": getattr(thread.event, "when", None)}


def _news(state: State, name: str, until: int, zone: ZoneInfo) -> list[date]:
    """Return the days on which something about a person was told, or taken back, in order."""
    seqs = {seq for one in state.merged_with(name) for seq in state.said_of.get(one, ())}
    threads = [state.threads[seq] for seq in seqs if not state.threads[seq].voided]
    ends = {counting.known_at(state, one.event) for one in threads}
    ends |= {at for one in threads if (at := counting.withdrawn_at(state, one)) is not None}
    return sorted({times.day_of(end - 1, zone) for end in ends if end <= until})


def steps(persons: Iterable[Sequence[Turn]]) -> list[dict[str, Any]]:
    """Return each day on which somebody moved from band to band, with the numbers from then on.

    The steps of an earlier as-of are the first of these, as `projections.over_time` gives them.
    """
    moves: dict[date, dict[str, int]] = {}
    for found in persons:
        was: str | None = None
        for turn in found:
            if turn.band != was:
                moved = moves.setdefault(turn.day, dict.fromkeys(BANDS, 0))
                for band, by in ((was, -1), (turn.band, 1)):
                    if band is not None:
                        moved[band] += by
            was = turn.band
    now = dict.fromkeys(BANDS, 0)
    told = []
    for day in sorted(moves):
        now = {band: now[band] + by for band, by in moves[day].items()}
        told.append({"day": day.isoformat(), "counts": now})
    return told


def fact_on(found: Sequence[Turn], day: date) -> Fact | None:
    """Return what was told of a person as of a day; None where no claim was known."""
    for turn in reversed(found):
        if turn.day <= day:
            return turn.fact
    return None
