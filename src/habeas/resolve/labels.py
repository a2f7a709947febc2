"""The status on a day (design, section 6.7): which event gives it, and how well it stands.

It looks at one spell. A day is given by its exclusive end; a claim is in force while it is not
over.

Readings, where the text leaves two:

- "Statuses stated there by claims still in force" are those of every telling stance: an unconfirmed
  claim may name the status, if others elsewhere in the spell make it stand (case 60).
- Of statuses that stand equally, the one that was said last (cases 12, 88).
- A denial of a status counts against it when it meets the window of the event (cases 8, 165).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from habeas.resolve.spells import Stretch, Turn
from habeas.resolve.standing import Scales, Weight
from habeas.resolve.words import Word, refines
from habeas.times import Window


class Label(NamedTuple):
    """A status, its weight, and if another that stands beside it says something else."""

    status: str
    weight: Weight
    rivalled: bool


def turn_at(stretch: Stretch, end: int, scales: Scales) -> Turn | None:
    """Give the last event that can have begun by `end` in which an asserting claim is in force."""
    for turn in reversed(stretch.turns):
        if turn.dated.start < end:
            for word in turn.words:
                if word.rank >= scales.carries and word.over > end:
                    return turn
    return None


def label_of(turn: Turn, stretch: Stretch, end: int, scales: Scales) -> Label:
    """Give the status of an event of a spell at `end`."""
    force = [word for word in stretch.words if word.over > end]
    if not scales.denials and len(force) == len(stretch.words):
        stated = {word.status for word in force}
        if len(stated) == 1:  # the common person, of whom all say the same
            return Label(stated.pop(), stretch.weighed(scales), rivalled=False)
    window = turn.dated.window
    for pool in (turn.told, turn.words):
        weighed = [(s, weight_of(s, force, window, scales)) for s in _stated(pool, end)]
        standing = [(s, weight) for s, weight in weighed if weight.level >= scales.accept]
        if len(standing) == 1:
            return Label(*standing[0], rivalled=False)
        if standing:
            return _foremost(standing)
    newest = _stated((word for word in turn.words if word.rank >= scales.carries), end)[0]
    return Label(newest, weight_of(newest, force, window, scales), rivalled=False)


def weight_of(status: str, words: Iterable[Word], window: Window, scales: Scales) -> Weight:
    """Weigh all that assert a status or a refinement of it, and the denials of it."""
    own = [word for word in words if word.status == status or refines(word.status, status)]
    if not scales.denials:
        return scales.testimony(own)
    return scales.against(own, scales.denying(status, window))


def _stated(words: Iterable[Word], end: int) -> list[str]:
    """Give the statuses of the claims in force, the one said last first."""
    force = [word for word in words if word.over > end]
    stated = {word.status for word in force}
    if len(stated) > 1:
        force.sort(key=_known, reverse=True)
        return list(dict.fromkeys([word.status for word in force]))
    return list(stated)


def _known(word: Word) -> tuple[int, int]:
    return (word.known, word.seq)


def _foremost(standing: Sequence[tuple[str, Weight]]) -> Label:
    """Choose the status that refines another, then the stronger, then the one said last."""
    finest = [
        (status, weight)
        for status, weight in standing
        if not any(other != status and refines(other, status) for other, _ in standing)
    ]
    status, weight = max(finest, key=lambda one: one[1][:2])
    return Label(status, weight, rivalled=len(finest) > 1)
