"""What is said of a group as a whole, and how many it is said to be.

The number of a group is what the latest words of all voices have in common, of those who speak most
firmly: it chooses no voice. Where they have nothing in common it is all that any of them allows,
and it says so. A word in place of a number is no number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from habeas.events import GroupClaimed
from habeas.log import State, Thread, counting
from habeas.projections import figures
from habeas.projections.figures import Bounds
from habeas.projections.question import Question

STANCES: Final = ("asserted", "unconfirmed", "expected")
"""How something is put forward, from firm to weak."""


@frozen(kw_only=True)
class Said:
    """One claim about a group. `counted` is False for denials, and for parties graded too low."""

    thread: Thread
    event: GroupClaimed
    voice: str
    spoken: int
    counted: bool

    @property
    def order(self) -> tuple[int, int]:
        """When its voice spoke, among the others."""
        return self.spoken, self.thread.seq

    @property
    def firmness(self) -> int:
        """How firmly it is put forward; 0 where it is not."""
        stance = self.event.stance
        return len(STANCES) - STANCES.index(stance) if stance in STANCES else 0


@frozen(kw_only=True)
class Number:
    """How many a group is said to be, and by whom; no bounds where nobody gives a number."""

    bounds: Bounds | None
    stance: str | None
    agree: bool
    by: tuple[Said, ...]


def group_claims(state: State, question: Question) -> Iterator[Said]:
    """Yield the claims about groups that were known and stood by the end of the as-of, by `seq`."""
    for thread, event in state.claims():
        if isinstance(event, GroupClaimed) and counting.counts(state, thread, question.as_of.end):
            said, known = counting.said_at(state, event), counting.known_at(state, event)
            yield Said(
                thread=thread,
                event=event,
                voice=state.voice(counting.origin_of(state, event)),
                spoken=known if said is None else said,
                counted=figures.is_counted(state, event, question),
            )


def newest(told: Sequence[Said]) -> Said:
    """Return the latest word about a group: of those that count, and of the firmest stance."""
    return max(told, key=lambda one: (one.counted, one.firmness, one.order))


def number_of(told: Sequence[Said]) -> Number:
    """Return how many a group is said to be."""
    for stance in STANCES:
        by = [one for one in told if one.counted and one.event.stance == stance]
        if by:
            numbers = _latest([one for one in by if one.event.low is not None])
            bounds, agree = _joined([figures.bounds_of(one.event) for one in numbers])
            return Number(bounds=bounds, stance=stance, agree=agree, by=tuple(numbers or by))
    return Number(bounds=None, stance=None, agree=True, by=())


def _latest(told: Sequence[Said]) -> list[Said]:
    """Return the last number of each voice."""
    last = {one.voice: one for one in sorted(told, key=lambda one: one.order)}
    return sorted(last.values(), key=lambda one: one.thread.seq)


def _joined(said: Sequence[Bounds]) -> tuple[Bounds | None, bool]:
    if not said:
        return None, True
    shared: Bounds | None = said[0]
    for bounds in said[1:]:
        shared = None if shared is None else figures.common(shared, bounds)
    if shared is not None:
        return shared, True
    highs = [high for _, high in said if high is not None]
    most = max(highs) if len(highs) == len(said) else None
    return (min(low for low, _ in said), most), False
