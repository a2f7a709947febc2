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

from bisect import insort
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from habeas.resolve.standing import Scales, Weight
from habeas.resolve.words import ASSERTED, Word
from habeas.times import NEVER, Window

if TYPE_CHECKING:
    from habeas.resolve.values import Item


class Change:
    """A change of custody: who told of its beginning (`told`), who saw it hold (`seen`).

    `known` and `seq` are the first of those who told of it. Once gathered it stays as it is, since
    histories share it; one with sightings is another one, `of` which it keeps. `item` is how it was
    told where it does not count, with the scales that it was then weighed on.
    """

    __slots__ = (
        *("custody", "start", "end", "first", "last", "told", "known", "seq", "seen", "of"),
        *("_weight", "_scales", "_stated", "item"),
    )

    def __init__(  # noqa: PLR0913, PLR0917 - made in three places, with all it is made of
        self,
        custody: str,
        start: int,
        end: int,
        first: int,
        last: int,
        told: list[Word],
        known: int,
        seq: int,
        seen: Sequence[Word] = (),
        of: Change | None = None,
    ) -> None:
        self.custody = custody
        self.start, self.end = start, end
        self.first, self.last = first, last
        self.told, self.seen = told, seen
        self.known, self.seq = known, seq
        self.of = of
        self._weight: Weight | None = None
        self._scales: Scales | None = None
        self._stated: frozenset[str] | None = None
        self.item: tuple[Scales, Item] | None = None

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
        return [*self.told, *self.seen] if self.seen else self.told

    @property
    def unseen(self) -> Change:
        """The same as it was gathered, without sightings."""
        return self.of or self

    def seen_by(self, word: Word, end: int = NEVER) -> Change:
        """Give the same with a sighting, which may show that it had begun before `end`.

        Of one that has sightings, and so is of one history only, that is itself.
        """
        if self.of is None:
            return self._own().seen_by(word, end)
        self.seen = (*self.seen, word)
        self.end, self.last = min(self.end, end), min(self.last, end)
        self._weight = None
        return self

    def _own(self) -> Change:
        told, seen = self.told, self.seen
        own = Change(
            *(self.custody, self.start, self.end, self.first, self.last),
            *(told, self.known, self.seq, seen, self),
        )
        own._stated = self._stated
        return own

    def stated(self, carries: int) -> frozenset[str]:
        """Give the statuses told of by claims that can carry one; `carries` is always the same."""
        if self._stated is None:
            stated = [word.status for word in self.told if word.rank >= carries]
            self._stated = frozenset(stated)
        return self._stated

    def weighed(self, scales: Scales) -> Weight:
        """Weigh all its claims, the sightings too; once on the same scales."""
        if self._weight is None or self._scales is not scales:
            self._weight = scales.weigh(self.words, self.window)
            self._scales = scales
        return self._weight

    def accepted(self, scales: Scales) -> bool:
        """Say whether all its claims together stand as well as the rules ask."""
        return self.weighed(scales).level >= scales.accept


class Row:
    """The changes of one custody that claims tell of, while claims come and go."""

    def __init__(self) -> None:
        self._words: list[Word] = []
        self.changes: list[Change] = []

    def copy(self) -> Row:
        """Give a row that goes on apart from this one."""
        other = Row()
        other._words, other.changes = self._words.copy(), self.changes
        return other

    def update(self, gone: Iterable[Word], come: Sequence[Word]) -> None:
        """Take claims out, and others in."""
        words = self._words
        if gone:
            left = {id(word) for word in gone}
            self._words = words = [word for word in words if id(word) not in left]
        elif len(come) == 1 and not (words and come[0].precedence < words[-1].precedence):
            words += come
            self.changes = _joined(self.changes, come[0])
            return
        for word in come:
            insort(words, word, key=_precedence)
        self._gather()

    def _gather(self) -> None:
        """Gather the claims anew, keeping the changes that are the same as before."""
        before = {id(change.told[0]): change for change in self.changes}
        self.changes = gather(self._words)
        for place, change in enumerate(self.changes):
            was = before.get(id(change.told[0]))
            if was is not None and was.told == change.told:
                self.changes[place] = was


def gather(words: Iterable[Word]) -> list[Change]:
    """Gather claims of one custody that tell of a beginning, in the order of precedence.

    Gives the changes in the order they were opened.
    """
    changes: list[Change] = []
    for word in words:
        start, end = word.cut
        for change in changes:
            if change.start < end and start < change.end:
                _join(change, word)
                break
        else:
            changes.append(_begun_by(word))
    return changes


_precedence: Final = attrgetter("precedence")


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


def _joined(changes: Sequence[Change], word: Word) -> list[Change]:
    """Give changes with one more claim, which comes after all theirs."""
    start, end = word.cut
    for place, old in enumerate(changes):
        if old.start < end and start < old.end:
            new = Change(
                old.custody,
                old.start,
                old.end,
                old.first,
                old.last,
                old.told.copy(),
                old.known,
                old.seq,
            )
            _join(new, word)
            return [*changes[:place], new, *changes[place + 1 :]]
    return [*changes, _begun_by(word)]
