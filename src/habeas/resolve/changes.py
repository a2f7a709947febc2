"""6.2 and 6.3: changes, and how well they are supported."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from habeas.resolve.words import Word, overlap, refines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from habeas.resolve.claims import Rules
    from habeas.times import Window

LEVELS = ("expected", "unconfirmed", "disputed", "reported", "confirmed")
LEVEL = {name: n for n, name in enumerate(LEVELS)}


class Change(NamedTuple):
    custody: str
    window: Window
    shown: Window
    words: tuple[Word, ...]

    @property
    def key(self) -> tuple[int, int, int]:
        return (self.window[1], min(w.known for w in self.words), min(w.seq for w in self.words))


class Weight(NamedTuple):
    level: int
    voices: int
    vouched: bool


def meet(a: Window, b: Window) -> Window:
    return (max(a[0], b[0]), min(a[1], b[1]))


def gather(words: Iterable[Word]) -> list[Change]:
    told = [w for w in words if w.rank and w.cut is not None]
    told.sort(key=lambda w: (w.rank < 3, w.cut[1] - w.cut[0], w.known, w.seq))
    changes: list[Change] = []
    for word in told:
        for n, change in enumerate(changes):
            if change.custody == word.custody and overlap(change.window, word.cut):
                changes[n] = _joined(change, word)
                break
        else:
            changes.append(Change(word.custody, word.cut, word.begin, (word,)))
    return changes


def _joined(change: Change, word: Word) -> Change:
    words = (*change.words, word)
    if word.rank < 3 and change.words[0].rank == 3:
        return change._replace(words=words)
    return Change(
        change.custody, meet(change.window, word.cut), meet(change.shown, word.begin), words
    )


def weigh(words: Iterable[Word], custody: str, rules: Rules, denials: Iterable[Word] = ()) -> Weight:
    asserters: set[str] = set()
    counted: set[str] = set()
    vouched = False
    best = 0
    for w in words:
        if w.rank == 3:
            best = 3
            asserters.add(w.voice)
            if counts(w, custody):
                counted.add(w.voice)
            vouched = vouched or vouches(w, custody, rules)
        elif w.rank == 2 and best < 3:
            best = max(best, 1)
    if best < 3:
        return Weight(best, 0, False)
    level = 4 if vouched or len(counted) >= rules.corroboration else 3
    denials = tuple(denials)
    against = {d.voice for d in denials}
    if denials:
        dv = any(vouches(d, custody, rules) for d in denials)
        if (dv, len(against)) >= (vouched, len(asserters)):
            level = 2
    return Weight(level, len(asserters), vouched)


def counts(word: Word, custody: str) -> bool:
    return word.kind != "unidentified" and not (word.kind == "authority" and custody == "out")


def vouches(word: Word, custody: str, rules: Rules) -> bool:
    return word.kind in rules.vouching or (word.kind == "authority" and custody == "held")


def opposing(denials: Sequence[Word], words: Iterable[Word], window: Window) -> list[Word]:
    """The denials that deny every status asserted by `words`, and meet `window` in time."""
    if not denials:
        return []
    asserted = {w.status for w in words if w.rank == 3}
    return [
        d for d in denials
        if asserted and all(refines(s, d.status) for s in asserted) and meets(d, window)
    ]


def meets(denial: Word, window: Window) -> bool:
    if denial.begin is not None:
        return overlap(denial.begin, window)
    return denial.seen is not None and window[0] < denial.seen[1]
