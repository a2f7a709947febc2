"""What is told beside the answer: the spells with their events, and the items that do not count.

It decides nothing; it names the claims behind what was decided, so that `timeline` and `explain`
can read like a footnote. Windows are printed as said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from habeas.resolve.changes import Change
from habeas.resolve.disputes import disputed, objections, rivals_of
from habeas.resolve.labels import label_of
from habeas.resolve.spells import Stretch, Turn
from habeas.resolve.standing import Scales
from habeas.resolve.values import Event, Item, Spell
from habeas.resolve.words import Word, refines, seqs
from habeas.times import EVER, NEVER, Window


def items_of(changes: Iterable[Change], scales: Scales) -> tuple[Item, ...]:
    """Tell changes that do not count, in order of their windows."""
    items = [_item(change, scales) for change in changes]
    return tuple(sorted(items, key=_window)) if items else ()


def _window(item: Item) -> tuple[Window, str, tuple[int, ...]]:
    return (item.since, item.custody, item.support)


def _item(change: Change, scales: Scales) -> Item:
    """Tell a change that does not count: its finest status among those told most firmly."""
    if change.item is not None and change.item[0] is scales:
        return change.item[1]
    words = change.words
    status = _finest(words)
    against = scales.denying(status, change.window)
    standing = change.weighed(scales).standing
    item = Item(status, change.custody, change.shown, standing, seqs(words), seqs(against))
    change.item = (scales, item)
    return item


def spells_of(
    stretches: Sequence[Stretch], dropped: Sequence[Change], scales: Scales
) -> tuple[Spell, ...]:
    """Tell all spells, in order."""
    return tuple(
        _spell(stretch, following, rivals_of(stretch, stretches, dropped), scales)
        for stretch, following in zip_longest(stretches, stretches[1:])
    )


def _finest(words: Sequence[Word]) -> str:
    rank = max(word.rank for word in words)
    newest = sorted(
        (word for word in words if word.rank == rank), key=lambda word: (-word.known, -word.seq)
    )
    stated = [word.status for word in newest]
    return next(
        status
        for status in stated
        if not any(other != status and refines(other, status) for other in stated)
    )


def _spell(
    stretch: Stretch, following: Stretch | None, rivals: Sequence[Word], scales: Scales
) -> Spell:
    words, first, last = stretch.words, stretch.turns[0].dated, stretch.turns[-1]
    label = label_of(last, stretch, EVER, scales)
    events = tuple(_event(turn, stretch, scales) for turn in stretch.turns)
    against = objections(label.status, last, rivals, scales)
    return Spell(
        status=label.status,
        custody=stretch.custody,
        since=first.shown,
        until=_until(stretch, following, scales),
        standing=stretch.weighed(scales).standing,
        disputes=disputed(label, stretch, NEVER, against),
        support=seqs(words),
        against=tuple(sorted({*seqs(against), *(s for event in events for s in event.against)})),
        events=events,
    )


def _event(turn: Turn, stretch: Stretch, scales: Scales) -> Event:
    window = turn.dated.window
    stated = {word.status for word in turn.words}
    against = [denial for status in stated for denial in scales.denying(status, window)]
    return Event(
        status=label_of(turn, stretch, EVER, scales).status,
        custody=turn.dated.custody,
        window=turn.dated.shown,
        dates=tuple(change.shown for change in turn.changes),
        standing=scales.weigh(turn.words, window).standing,
        opened=turn.dated.opened,
        support=seqs(turn.told),
        sightings=seqs([word for change in turn.changes for word in change.seen]),
        against=seqs(against),
    )


def _until(stretch: Stretch, following: Stretch | None, scales: Scales) -> Window | None:
    """Give the window of a spell's end: as its own claims state it, or the next one tells."""
    ends = [(word.over, word.end) for word in stretch.words if word.rank >= scales.carries]
    _, end = max(ends, key=lambda one: one[0])
    if end is not None and all(one is not None for _, one in ends):
        return end
    if following is None:
        return None
    begins = following.turns[0].dated.shown
    if following.custody != stretch.custody:
        return begins
    return (stretch.turns[-1].dated.first, begins[1])
