"""Changes (design, section 6.2): claims of a beginning, gathered by custody and overlapping window.

It judges nothing: a change of unconfirmed claims is a change like another. A change carries the
window it is ordered by (`start`, `end`: cut at `known`) and the one that is printed (`first`,
`last`: as said); both half-open.

Readings, where the text leaves two:

- "The first change" a claim joins is the one that was opened first (cases 24, 160, 189).
- The tentative claims come in one row, `unconfirmed` and `expected` alike, in the order of the
  asserted ones, and narrow a window that only tentative claims gave (cases 54, 95).
- The first `known_at` and `seq` of a change are the least among all its claims.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from attrs import define, field

from habeas.resolve.standing import Scales, Weight
from habeas.resolve.words import ASSERTED, Word
from habeas.times import Window


@define(eq=False)
class Change:
    """A change of custody: who told of its beginning (`told`), who saw it hold (`seen`).

    `known` and `seq` are the first of those who told of it. Sightings are taken off and attached
    anew while the story settles.
    """

    custody: str
    start: int
    end: int
    first: int
    last: int
    told: list[Word]
    known: int
    seq: int
    seen: list[Word] = field(init=False, factory=list)
    weight: Weight | None = field(init=False, default=None)
    _told_ends: tuple[int, int] | None = field(init=False, default=None)

    @property
    def opened(self) -> bool:
        """Whether nobody told of it, and a sighting implies it."""
        return not self.told

    @property
    def window(self) -> Window:
        """The window it is ordered by."""
        return (self.start, self.end)

    @property
    def shown(self) -> Window:
        """The window it is printed with."""
        return (self.first, self.last)

    @property
    def words(self) -> list[Word]:
        """All its claims."""
        return self.told + self.seen if self.seen else self.told

    def attach(self, word: Word) -> None:
        """Take a sighting."""
        self.seen.append(word)
        self.weight = None

    def narrow(self, end: int) -> None:
        """Let it begin before `end`: by then it was seen to hold."""
        if self._told_ends is None:
            self._told_ends = (self.end, self.last)
        self.end = min(self.end, end)
        self.last = min(self.last, end)
        self.weight = None

    def clear(self) -> None:
        """Forget all sightings."""
        if self.seen:
            self.seen = []
            self.weight = None
        if self._told_ends is not None:
            self.end, self.last = self._told_ends
            self._told_ends = None

    def weighed(self, scales: Scales) -> Weight:
        """Weigh all its claims, the sightings too; once, until a claim comes or goes."""
        if self.weight is None:
            self.weight = scales.weigh(self.words, self.window)
        return self.weight

    def accepted(self, scales: Scales) -> bool:
        """Say whether all its claims together stand as well as the rules ask."""
        return self.weighed(scales).level >= scales.accept


def gather(words: Iterable[Word]) -> list[Change]:
    """Gather claims that tell of a beginning; give the changes in the order they were opened."""
    changes: list[Change] = []
    rows: dict[str, list[Change]] = {}
    for word in sorted(words, key=_precedence):
        start, end = word.cut
        row = rows.setdefault(word.custody, [])
        for change in row:
            if change.start < end and start < change.end:
                _join(change, word)
                break
        else:
            change = _begun_by(word)
            row.append(change)
            changes.append(change)
    return changes


_precedence = attrgetter("precedence")


def _begun_by(word: Word) -> Change:
    start, end = word.cut
    first, last = word.begin or word.cut
    return Change(word.custody, start, end, first, last, [word], word.known, word.seq)


def _join(change: Change, word: Word) -> None:
    """Take a claim in; it narrows the window, unless it is tentative and the change is not."""
    if word.rank == ASSERTED or change.told[0].rank < ASSERTED:
        start, end = word.cut
        if start != change.start or end != change.end:
            change.start, change.end = max(start, change.start), min(end, change.end)
        first, last = word.begin or word.cut
        if first != change.first or last != change.last:
            change.first, change.last = max(first, change.first), min(last, change.last)
    change.told.append(word)
    change.known = min(word.known, change.known)
    change.seq = min(word.seq, change.seq)
