"""Ready-made intervals: what habeas answers of each person, from when on and until when.

The plain way (`resolve` anew at every moment at which anything can change, no read model), so that
it is a check on the read models as well as what the peers are given. As-of times are ends of days
in the case's zone, microseconds in UTC; intervals are half-open, `[start, end)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from habeas import resolve, times
from habeas.log import State, counting
from habeas.projections import evidence
from habeas.times import EVER, NEVER

RULES = resolve.DEFAULT_RULES


class Span(NamedTuple):
    """What is answered of a person as of every T of `[start, end)`; contested is 0 or 1."""

    person: str
    start: int
    end: int
    status: str
    standing: str | None
    contested: int


class Days:
    """Ends of days in the case's zone."""

    def __init__(self, state: State) -> None:
        self._zone = times.zone(state.case.timezone)
        self._ends: dict[int, int] = {EVER: EVER, NEVER: NEVER}

    def end(self, instant: int) -> int:
        """Return the first end of a day that is at or after an instant."""
        if instant not in self._ends:
            day = times.day_of(instant - 1, self._zone)
            self._ends[instant] = times.day_window(day, self._zone)[1]
        return self._ends[instant]


def spans(state: State, persons: Iterable[str]) -> Iterator[Span]:
    """Yield the intervals of persons that are not merged, by start; neighbours differ."""
    days = Days(state)
    for person in persons:
        yield from _coalesced(_of(state, person, days))


def _of(state: State, person: str, days: Days) -> Iterator[Span]:
    told = [*_histories(state, person, days), (NEVER, None)]
    for (moment, history), (after, _) in pairwise(told):
        if history is None:
            continue
        turns = {days.end(end) for end in history.boundaries}
        ends = sorted({moment, *(end for end in turns if moment < end < after)})
        for start, end in pairwise([*ends, after]):
            answer = history.on(start)
            contested = int(answer.contested)
            yield Span(person, start, end, answer.status, answer.standing, contested)


def _histories(
    state: State, person: str, days: Days
) -> Iterator[tuple[int, resolve.History | None]]:
    """Yield what is told of a person from each moment on; None where nothing counts.

    Between two withdrawals, and as long as nobody new is said to hold him, claims only come in, and
    `replay` takes them one by one; from each of those moments it starts anew.
    """
    moments = sorted(_moments(state, person, days))
    for start, stop in pairwise([*_anew(moments), NEVER]):
        within = sorted({one.at for one in moments if start <= one.at < stop})
        found = evidence.gather(state, person, within[-1], RULES)
        told = {} if found is None else _replayed(found.claims, days)
        present = NEVER if found is None else _first(state, found, days)
        known = [history for end, history in told.items() if end <= start]
        history = known[-1] if known else resolve.resolve((), RULES)
        for moment in within:
            history = told.get(moment, history) if moment > start else history
            yield moment, (None if moment < present else history)


class _Moment(NamedTuple):
    """An end of a day on which something came out: who is said to hold him, or a withdrawal."""

    at: int
    holder: str
    withdrawal: bool


def _moments(state: State, person: str, days: Days) -> Iterator[_Moment]:
    for one in state.merged_with(person):
        for seq in state.said_of.get(one, ()):
            thread = state.threads[seq]
            if thread.voided:
                continue
            holder = getattr(thread.event, "authority", None) or ""
            yield _Moment(
                days.end(counting.known_at(state, thread.event)), holder, withdrawal=False
            )
            withdrawn = counting.withdrawn_at(state, thread)
            if withdrawn is not None:
                yield _Moment(days.end(withdrawn), "", withdrawal=True)


def _anew(moments: list[_Moment]) -> list[int]:
    """Return the moments from which on what came before counts otherwise, and the first one."""
    starts = {moments[0].at} if moments else set()
    holders: set[str] = {""}
    for one in moments:
        if one.withdrawal or one.holder not in holders:
            starts.add(one.at)
            holders.add(one.holder)
    return sorted(starts)


def _replayed(claims: Iterable[resolve.Claim], days: Days) -> dict[int, resolve.History]:
    return {days.end(known): told for known, told in resolve.replay(claims, RULES)}


def _first(state: State, found: evidence.Evidence, days: Days) -> int:
    """Return from when on any of the claims is known."""
    return min(days.end(counting.known_at(state, one.event)) for one in found.threads.values())


def _coalesced(found: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in found:
        if last is not None and last.end == span.start and last[3:] == span[3:]:
            last = last._replace(end=span.end)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last
