"""The line of late cases: held all the time, and heard of between the two numbers.

A late case was in custody through both numbers, and is first spoken of after the earlier one was
told: surely added if the counter itself speaks of him first, else perhaps. What the counter reports
as `late_added` is taken as its number of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from habeas.events import StatusClaimed
from habeas.log import counting
from habeas.projections.entries import Entry, entries
from habeas.projections.figures import matter
from habeas.projections.person import Told
from habeas.projections.reconcile.lines import Line, line_of
from habeas.projections.reconcile.pair import Pair
from habeas.projections.reconcile.ranges import Range, total

HELD: Final = frozenset({"held", "foreign_held"})
"""Measures of how many are in custody on a day."""


def late(pair: Pair) -> Iterator[Line]:
    """Yield the line of late cases, if there are any."""
    if pair.first.event.measure not in HELD:
        return
    found = {one.person: one for one in pair.persons if _first_voices(pair, one)}
    held = {name: one for name, one in found.items() if _held_through(pair, one)}
    sure = [name for name, one in held.items() if pair.second.voice in _first_voices(pair, one)]
    added = _added(pair)
    if not (held or added):
        return
    surely = len(sure) if pair.whole else 0
    amount = Range(surely, len(held))
    if added:
        amount = total(Range(*entry.bounds) for entry in added).at_least(surely)
    yield line_of(
        "late",
        amount,
        sure=sure,
        perhaps=held.keys() - sure,
        counts=added,
        seqs=(seq for one in held.values() for seq in _first_claims(pair, one)),
    )


def _added(pair: Pair) -> list[Entry]:
    """Return the late cases that the counter reported between the two numbers."""
    return entries(
        one
        for one in pair.said
        if one.event.measure == "late_added"
        and one.voice == pair.second.voice
        and matter(one.event)[1:] == matter(pair.second.event)[1:]
        and pair.first.spoken < one.spoken <= pair.second.spoken
    )


def _first_claims(pair: Pair, one: Told) -> list[int]:
    """Return the claims of a person's status that were the first to be public."""
    known = {
        seq: counting.known_at(pair.state, thread.event)
        for seq, thread in one.evidence.threads.items()
        if isinstance(thread.event, StatusClaimed)
    }
    return [seq for seq, at in known.items() if at == min(known.values())]


def _first_voices(pair: Pair, one: Told) -> set[str]:
    """Return who first spoke of a person, if that was between the two numbers; else nobody."""
    state = pair.state
    first = [one.evidence.threads[seq].event for seq in _first_claims(pair, one)]
    known = {counting.known_at(state, event) for event in first}
    if not known or not pair.first.known < min(known) <= pair.second.known:
        return set()
    return {state.voice(counting.origin_of(state, event)) for event in first}


def _held_through(pair: Pair, one: Told) -> bool:
    """Say whether a person surely was in custody from the one number to the other."""
    start, end = sorted(pair.time.surely)
    return any(
        spell.custody == "held"
        and spell.since[1] <= start
        and (spell.until is None or spell.until[0] >= end)
        for spell in one.answer.spells
    )
