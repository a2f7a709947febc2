"""What lies between two sides behind some claims: told, taken back, recorded or undone.

It looks at each claim by itself: which events made it count on one side only, or say something
else. What became known and was undone again between the sides, or made no claim count otherwise, is
no news. Whichever side is the newer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import product
from typing import Any

from habeas import resolve, times
from habeas.events import Citation, GroupClaimed, StatusClaimed
from habeas.log import Record, State, Thread, counting
from habeas.projections import attribution, person
from habeas.projections.causes import ACTS
from habeas.projections.changes import Side


class News:
    """What lies between two sides; asked of claims by the ids of their events."""

    def __init__(self, before: Side, after: Side) -> None:
        self._sides = sides = sorted((before, after), key=lambda one: one.state.position)
        self._state: State = sides[1].state
        self._since = sides[0].state.position
        self._known_before = min(side.question.as_of.end for side in sides)

    def of(self, events: Iterable[str]) -> set[int]:
        """Return all that made some claims count on one side only, or count otherwise."""
        return {seq for event in events for seq in self._behind(event)}

    def counts_on_both(self, event: str) -> bool:
        """Say whether a claim counts on both sides."""
        seq = self._state.thread(event).seq
        return all(_counts(side, seq) for side in self._sides)

    def was_told_of(self, side: Side, group: str) -> bool:
        """Say whether a side knew a claim about a group, voided or withdrawn ones among them."""
        return any(
            isinstance(thread.event, GroupClaimed)
            and thread.event.group == group
            and _is_told(side, thread.seq)
            for thread in side.state.threads.values()
        )

    def against(self, persons: Iterable[str]) -> Iterator[str]:
        """Yield the claims that speak, on either side, against what is told of persons."""
        for one, side in product(persons, self._sides):
            known = side.state.registered(f"person:{one}") is not None
            told = person.told(side.state, one, side.question) if known else None
            if told is not None:
                yield from (side.state.threads[seq].id for seq in _against(told.answer))

    def told_of(self, persons: Iterable[str]) -> Iterator[str]:
        """Yield the claims of a status of persons, and of those merged with them."""
        for one, side in product(persons, self._sides):
            known = side.state.registered(f"person:{one}") is not None
            for each in {one, *(side.state.merged_with(one) if known else ())}:
                threads = (side.state.threads[seq] for seq in side.state.said_of.get(each, ()))
                yield from (told.id for told in threads if isinstance(told.event, StatusClaimed))

    def told(self, record: Record) -> dict[str, Any]:
        """Return a cause as `causes` gives it."""
        kind = ACTS.get(type(record.event)) or self._when_told(record)
        cause = {"event": record.id, "type": record.type, "cause": kind}
        return cause | attribution.described(self._state, record)

    def _when_told(self, record: Record) -> str:
        event = self._state.threads[record.seq].event
        if not isinstance(event, Citation):
            return "reported"
        late = counting.known_at(self._state, event) <= self._known_before
        return "backfilled" if late else "reported"

    def _behind(self, event: str) -> Iterator[int]:
        """Yield the events that made a claim count on one side only, or count otherwise."""
        thread = self._state.thread(event)
        if not any(_counts(side, thread.seq) for side in self._sides):
            return
        if self._came(thread):
            yield thread.seq
        yield from self._acts(thread)
        if self._differs(lambda side: _is_taken_back(side, thread.seq)):
            yield from self._taken_back(thread.seq)
        yield from self._merges(thread)

    def _differs(self, holds: Callable[[Side], bool]) -> bool:
        """Say whether something holds on one side only."""
        return len({holds(side) for side in self._sides}) > 1

    def _came(self, thread: Thread) -> bool:
        """Say whether a claim or withdrawal was told on one side only.

        What only a correction of ours made known is that correction's doing.
        """
        if not self._differs(lambda side: _is_told(side, thread.seq)):
            return False
        known = _known(self._state, thread)
        return thread.seq > self._since or self._differs(
            lambda side: known <= side.question.as_of.end
        )

    def _taken_back(self, claim: int) -> Iterator[int]:
        """Yield the withdrawals of a claim that hold on one side only, or what we did to them."""
        for seq in self._state.withdrawals.get(claim, ()):
            if self._differs(partial(_takes_back, seq=seq, claim=claim)):
                withdrawal = self._state.threads[seq]
                if self._came(withdrawal):
                    yield seq
                else:
                    yield from self._acts(withdrawal)

    def _acts(self, thread: Thread) -> Iterator[int]:
        """Yield the corrections and voids, since, by which a claim or its source is another."""
        older = self._sides[0].state.threads
        for one in self._named(thread):
            was = older.get(one.seq)
            if was is not None and (was.event, was.voided) != (one.event, one.voided):
                yield from (seq for seq in one.history[1:] if seq > self._since)

    def _named(self, thread: Thread) -> Iterator[Thread]:
        """Yield a claim, its document and its speaker, with all for whom that one speaks."""
        state, event = self._state, thread.event
        yield thread
        names = [f"document:{event.document}"]
        party: str | None = counting.origin_of(state, event)
        while party is not None and f"party:{party}" not in names:
            names.append(f"party:{party}")
            party = state.party(party).part_of
        for name in names:
            found = state.registered(name)
            if found is not None:
                yield found

    def _merges(self, thread: Thread) -> Iterator[int]:
        """Yield the merges, and separations, since, of the person whom a claim is about."""
        state, one = self._state, getattr(thread.event, "person", None)
        if one is None:
            return
        persons = {one, *state.merged_with(one)}
        for merge, act in state.merge_acts.items():
            if persons & {act.keep, act.merged}:
                newest = state.newest_act[f"merge:{act.merged}"]
                both = (state.seq_of[merge], state.seq_of[newest])
                yield from (seq for seq in both if seq > self._since)


def _is_told(side: Side, seq: int) -> bool:
    """Say whether a side holds a claim or withdrawal, and it was public by then."""
    thread = side.state.threads.get(seq)
    return thread is not None and _known(side.state, thread) <= side.question.as_of.end


def _known(state: State, thread: Thread) -> int:
    """Return when something is known; NEVER for what was voided, and its document after it."""
    if state.registered(f"document:{thread.event.document}") is None:
        return times.NEVER
    return counting.known_at(state, thread.event)


def _counts(side: Side, seq: int) -> bool:
    thread = side.state.threads.get(seq)
    return thread is not None and counting.counts(side.state, thread, side.question.as_of.end)


def _is_taken_back(side: Side, claim: int) -> bool:
    return any(_takes_back(side, seq, claim) for seq in side.state.withdrawals.get(claim, ()))


def _takes_back(side: Side, seq: int, claim: int) -> bool:
    """Say whether a withdrawal takes a claim back on a side: it may be voided, or of another."""
    thread, taken = (side.state.threads.get(one) for one in (seq, claim))
    if thread is None or taken is None or thread.voided or thread.event.claim != taken.id:
        return False
    return _is_told(side, seq)


def _against(answer: resolve.Answer) -> Iterator[int]:
    """Yield the claims that an answer holds against anything that it tells of."""
    yield from answer.against
    for spell in answer.spells:
        yield from spell.against
    for item in (*answer.pending, *answer.contradicted):
        yield from item.against
