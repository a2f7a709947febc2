"""Sightings (design, section 6.5, first part): who was seen in custody, or out of it, and when.

It attaches each sighting to the change it supports, or opens one; it drops nothing. A day is the
half-open window of the day seen.

Readings, where the text leaves two:

- "The last change that ended before that day" is the last whose window ended by the day's start,
  and "the next one" is the one after it (case 178).
- A tentative sighting narrows a window like an asserted one (case 85).
- An open-ended claim opens a change only if its standing by itself, and then its one voice, are not
  less than those of the change before with all its claims.
- An opened change is printed from where the printed window of the change before begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from habeas.resolve.changes import Change
from habeas.resolve.standing import Scales, stronger
from habeas.resolve.words import Word
from habeas.times import EVER


def of_what_stands(sightings: Sequence[Word], changes: Iterable[Change]) -> Sequence[Word]:
    """Give sightings; of the open-ended ones those whose change stands."""
    if all(word.begin is None for word in sightings):
        return sightings
    standing = {word.seq for change in changes for word in change.told}
    return [word for word in sightings if word.begin is None or word.seq in standing]


def attach(line: list[Change], seen: Iterable[Word], scales: Scales) -> None:
    """Attach sightings, in their order, to the changes of `line`, opening new ones in it."""
    for word in seen:
        _attach(line, word, scales)


def day_of(word: Word) -> tuple[int, int, int]:
    """Give the place of a sighting in the order of days."""
    return (word.seen[1], word.known, word.seq)


def _attach(line: list[Change], word: Word, scales: Scales) -> None:
    start, end = word.seen
    by_end = last_ended(line, end)
    if by_end >= 0 and line[by_end].custody == word.custody:
        line[by_end] = line[by_end].seen_by(word)
        return
    by_start = last_ended(line, start)
    if by_start >= 0 and line[by_start].custody == word.custody:
        line[by_start] = line[by_start].seen_by(word)
        return
    following = by_start + 1
    if following < len(line) and _begun_by_then(line[following], word):
        line[following] = line[following].seen_by(word, end)
        return
    before = line[by_start] if by_start >= 0 else None
    if _may_open(word, before, scales):
        line.insert(following, _opened(word, before))


def last_ended(line: Sequence[Change], by: int) -> int:
    """Give the place of the last change whose window has ended by `by`; -1 if there is none."""
    for n in range(len(line) - 1, -1, -1):
        if line[n].end <= by:
            return n
    return -1


def _begun_by_then(change: Change, word: Word) -> bool:
    return change.custody == word.custody and change.start < word.seen[1]


def _may_open(word: Word, before: Change | None, scales: Scales) -> bool:
    if word.begin is None:
        return True
    if before is None:
        return False
    return not stronger(before.weighed(scales), scales.testimony((word,)))


def _opened(word: Word, before: Change | None) -> Change:
    start, first = (EVER, EVER) if before is None else (before.start, before.first)
    end = word.seen[1]
    return Change(word.custody, start, end, first, end, [], word.known, word.seq, (word,))
