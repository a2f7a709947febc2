"""Disputes (design, section 6.7): what of an answer is contested, and by which claims.

It changes no answer. Readings, where the text leaves two (no case decides):

- `label` looks at the statuses between which the answer chose: those stated in its event by
  claims in force that stand. A progression (`released`, then `sent_abroad`) contests nothing.
- "The same time or later" is at or after the beginning of the answer's event; of an event that
  only a sighting tells of, the day it was seen: an arrest before it is no objection to a release.
- A denial contests a status of which it denies the one it refines, too.
- Who tells of an arrest and, then or later, of the release does not contest the release: an
  assertion is no objection to what its own voice goes on to assert.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from habeas.resolve.changes import Change
from habeas.resolve.labels import Label
from habeas.resolve.spells import Stretch, Turn
from habeas.resolve.standing import Scales
from habeas.resolve.words import ASSERTED, Word, overlap
from habeas.times import EVER


def disputed(
    label: Label | None, stretch: Stretch, end: int, against: Sequence[Word]
) -> tuple[str, ...]:
    """Name what is contested of an answer at `end`, given the claims against it."""
    names = []
    several = [turn for turn in stretch.turns if len(turn.changes) > 1]
    if several and any(turn.dated.start < end for turn in several):
        names.append("date")
    if label is not None and label.rivalled:
        names.append("label")
    if against:
        names.append("status")
    return tuple(names)


def rivals_of(stretch: Stretch, others: Iterable[Stretch], dropped: Iterable[Change]) -> list[Word]:
    """Give the asserting claims of another custody, dropped or of a spell whose window overlaps."""
    rows = [change.words for change in dropped if change.custody != stretch.custody]
    rows += [
        other.words
        for other in others
        if other.custody != stretch.custody and overlap(other.window, stretch.window)
    ]
    return [word for words in rows for word in words if word.rank == ASSERTED]


def objections(status: str, turn: Turn, rivals: Iterable[Word], scales: Scales) -> list[Word]:
    """Give the claims against a status that speak of the time of its event, or later."""
    moment = turn.dated.end - 1 if turn.dated.opened else turn.dated.start
    told: dict[str, int] = {}
    for word in turn.words:
        if word.rank == ASSERTED and word.begin is not None:
            told[word.voice] = max(word.order, told.get(word.voice, word.order))
    against = [word for word in rivals if word.order > told.get(word.voice, EVER)]
    against += scales.denials.get(status, ())
    return [word for word in against if word.speaks_until > moment]
