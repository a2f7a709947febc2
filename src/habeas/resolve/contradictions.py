"""Contradictions (design, section 6.5, second part): what a story drops, and what becomes of it.

`settle` takes the ordered changes, attaches the sightings and drops what these contradict, until
nothing moves. `Aside` afterwards says of all that was set aside whether it is contradicted or
pending.

Readings, where the text leaves two:

- A change that a sighting opened may be contradicted like any other (cases 30, 122); its
  sightings are then dropped with it. What was opened and is too weak stays set aside: its
  sightings are not attached again (case 21).
- The voices that assert the contradicted change, by telling or by seeing it, are left out of the
  opened change's standing and number; the contradicted change is weighed with all its claims.
- A death is compared with the changes of other custodies after it, not with other deaths (21, 27).
  The first claim of each is the first known of all its claims, sightings too.
- "After it in time": at or after the end of its window. At the same moment a beginning comes
  before a sighting (cases 9, 118, 148, 153); a change narrowed by a sighting counts from its
  narrowed end.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from habeas.resolve.changes import Change
from habeas.resolve.sightings import attach, of_what_stands
from habeas.resolve.standing import Scales, stronger
from habeas.resolve.words import ASSERTED, Word


class Settled(NamedTuple):
    """What stands, in order; what was dropped; and what too weak a sighting had opened."""

    line: list[Change]
    dropped: list[Change]
    weak: list[Change]


def settle(changes: list[Change], sightings: Sequence[Word], scales: Scales) -> Settled:
    """Attach sightings, given in order of their day, to ordered changes; drop what they deny."""
    if not sightings and all(change.custody != "dead" for change in changes):
        return Settled(changes, [], [])
    told = list(changes)
    seen = of_what_stands(sightings, told)
    dropped: list[Change] = []
    weak: list[Change] = []
    while True:
        line = list(told)
        attach(line, seen, scales)
        faint = [change for change in line if not change.told and not change.accepted(scales)]
        if faint:
            weak += faint
            line = [change for change in line if change not in faint]
            seen = _without(seen, faint)
        contradicted = _seen_otherwise(line, scales) if seen else None
        contradicted = contradicted or _alive_or_dead(line, scales)
        if contradicted is None:
            return Settled(line, dropped, weak)
        if contradicted.opened:
            dropped.append(contradicted)
            seen = _without(seen, [contradicted])
        else:
            dropped.append(contradicted.unseen)
            told.remove(contradicted.unseen)


def _without(seen: Iterable[Word], changes: Iterable[Change]) -> list[Word]:
    gone = {word.seq for change in changes for word in change.seen}
    return [word for word in seen if word.seq not in gone]


def _seen_otherwise(line: Sequence[Change], scales: Scales) -> Change | None:
    """Give the first change that the opened one after it contradicts: 6.5 a."""
    for n, (change, following) in enumerate(pairwise(line)):
        if following.opened and following.custody != change.custody:
            back = line[n - 1].custody == following.custody if n else change.custody == "out"
            if back and _outweighs(following, change, scales):
                return change
    return None


def _outweighs(opened: Change, change: Change, scales: Scales) -> bool:
    """Say whether others than those who assert `change` outweigh it."""
    own = {word.voice for word in change.words if word.rank == ASSERTED}
    others = [word for word in opened.seen if word.voice not in own]
    return stronger(scales.weigh(others, opened.window), change.weighed(scales))


def _alive_or_dead(line: Sequence[Change], scales: Scales) -> Change | None:
    """Give the first death, or the change that comes after it, whichever is contradicted: 6.5 b."""
    for n, death in enumerate(line):
        if death.custody == "dead":
            later = [change for change in line[n + 1 :] if change.custody != "dead"]
            if later:
                alive = any(_refutes(change, death, scales) for change in later)
                return death if alive else later[0]
    return None


def _refutes(later: Change, death: Change, scales: Scales) -> bool:
    of_life, of_death = later.weighed(scales), death.weighed(scales)
    if stronger(of_life, of_death):
        return True
    return not stronger(of_death, of_life) and _first_known(later) > _first_known(death)


def _first_known(change: Change) -> int:
    return min(word.known for word in change.words)


def contradicted_or_pending(
    aside: Sequence[Change], line: Iterable[Change]
) -> tuple[list[Change], list[Change]]:
    """Say of what was set aside what is contradicted by the accepted line, and what pending."""
    contradicted: list[Change] = []
    pending: list[Change] = []
    if not aside:
        return contradicted, pending
    things = _things(line)
    for change in aside:
        n = bisect_left(things, (change.end,))
        refuted = n < len(things) and _contradicts(things[n], change)
        (contradicted if refuted else pending).append(change)
    return contradicted, pending


def _things(line: Iterable[Change]) -> list[tuple[int, bool, str]]:
    """Give the accepted things in time: when, whether it is a sighting, of which custody."""
    things: list[tuple[int, bool, str]] = []
    for change in line:
        if not change.opened:
            things.append((change.end, False, change.custody))
        things += [(word.seen[1], True, change.custody) for word in change.seen]
    things.sort()
    return things


def _contradicts(thing: tuple[int, bool, str], change: Change) -> bool:
    _, sighting, custody = thing
    if sighting:
        return custody != change.custody
    return change.custody in {custody, "dead"}
