"""A voice's latest word (design, section 6.1): what its later claims replace among its earlier.

It compares claims of one voice only, two by two, and weighs nothing. Whatever is set aside is named
with the claim that did it and the reason.

Readings, where the text leaves two:

- A *mere* wider repeat says nothing more. A vaguer date that comes with an end, or that says
  *still*, is no mere repeat, and no correction either: both claims stand (and its end closes the
  earlier one).
- A hedged relay is set aside only after an assertion; `expected` after `unconfirmed` stands
  beside it.
- The condition on the stance is that of the same status. Another status of the same custody, and
  another custody on the same single day, replace whatever their stance, as the text has it.
- A denial (or "I do not know") without a date, and the voice's later word for the same status: the
  later word replaces it if it has no date either, or could have begun by the day of the denial
  (6.3 measures a denial without a beginning in the same way). No case decides.
- Of the same status only: a later `incommunicado` leaves the voice's denial of `detained` standing
  (case 48).
- An end closes only claims that are no firmer than itself: hearsay of an end does not end what the
  voice has asserted. A claim without a beginning was begun before the end if it saw the status hold
  on a day before it. `A/` has ended, so it is not open. No case decides.
"""

from __future__ import annotations

from bisect import insort
from operator import attrgetter
from typing import Final

from habeas.resolve.values import Replaced
from habeas.resolve.words import ASSERTED, SILENT, Word, overlap, refines
from habeas.times import MICROS_PER_DAY, Window

LATER: Final = "later word"
REPEAT: Final = "repeat"
DENIED: Final = "denied"
ENDED: Final = "ended"

_spoken: Final = attrgetter("order", "seq")

_LONGEST_DAY: Final = MICROS_PER_DAY + MICROS_PER_DAY // 24


class Voices:
    """What each voice has said, and what of it is its latest word; claims come in any order.

    `replaced` are the claims that are replaced, in no order; it only ever grows, or is another.
    """

    def __init__(self) -> None:
        self._voices: dict[str, _Voice] = {}
        self._own: set[str] = set()
        self.replaced: list[Replaced] = []

    def copy(self) -> Voices:
        """Give voices that go on apart from these; each is copied when it is next heard."""
        other = Voices()
        other._voices, other.replaced = self._voices.copy(), self.replaced.copy()
        self._own = set()
        return other

    def hear(self, word: Word) -> tuple[list[Word], list[Word]]:
        """Take in a claim; give those of its voice that stood and do not now, and the reverse."""
        voice = self._voices.get(word.voice)
        if voice is None:
            self._own.add(word.voice)
            self._voices[word.voice] = _Voice([word], [word], [])
            return [], [word]
        if word.voice not in self._own:
            self._own.add(word.voice)
            voice = self._voices[word.voice] = voice.copy()
        in_order = _spoken(voice.said[-1]) < _spoken(word)
        if in_order and not _touches(voice.kept, word):
            voice.said.append(word)
            voice.kept.append(word)
            return [], [word]
        before, replaced = voice.kept, len(voice.gone)
        if in_order:
            turned = voice.go_on(word)
            self.replaced += voice.gone[replaced:]
            return turned
        voice.begin_again(word)
        self.replaced = [one for voice in self._voices.values() for one in voice.gone]
        return _difference(before, voice.kept)


def _difference(before: list[Word], after: list[Word]) -> tuple[list[Word], list[Word]]:
    """Give what is in the one and not in the other, and the reverse: the same claims, not equal."""
    old, new = ({id(word): word for word in words} for words in (before, after))
    gone = [word for key, word in old.items() if key not in new]
    return gone, [word for key, word in new.items() if key not in old]


class _Voice:
    """One voice: all it said, in that order, what stands of it, and what is replaced."""

    __slots__ = ("gone", "kept", "said")

    def __init__(self, said: list[Word], kept: list[Word], gone: list[Replaced]) -> None:
        self.said, self.kept, self.gone = said, kept, gone

    def copy(self) -> _Voice:
        return _Voice(self.said.copy(), self.kept.copy(), self.gone.copy())

    def go_on(self, word: Word) -> tuple[list[Word], list[Word]]:
        """Take in a claim that the voice made after all others; give what `Voices.hear` does.

        The list of what stood is another afterwards: the one before is not changed.
        """
        self.said.append(word)
        return self._weigh(word)

    def begin_again(self, word: Word) -> None:
        """Take in a claim that the voice made before others, which are weighed anew."""
        insort(self.said, word, key=_spoken)
        self.kept, self.gone = [], []
        for one in self.said:
            if _touches(self.kept, one):
                self._weigh(one)
            else:
                self.kept.append(one)

    def _weigh(self, later: Word) -> tuple[list[Word], list[Word]]:
        for word in self.kept:
            if _repeats(word, later):
                self.gone.append(Replaced(later.seq, word.seq, REPEAT))
                return [], []
        kept: list[Word] = []
        gone: list[Word] = []
        come: list[Word] = []
        for earlier in self.kept:
            left = _left_of(earlier, later, self.gone)
            if left is not None:
                kept.append(left)
            if left is not earlier:
                gone.append(earlier)
                if left is not None:
                    come.append(left)
        kept.append(later)
        come.append(later)
        self.kept = kept
        return gone, come


def _touches(kept: list[Word], later: Word) -> bool:
    """Say whether any of a voice's claims can be at odds with a later one; a quick look."""
    begin = later.begin
    if begin is None or later.end is not None:
        return True
    start, end = begin
    for word in kept:
        told = word.begin
        if (told[0] < end and start < told[1]) if told else word.rank == SILENT:
            return True
    return False


def _left_of(earlier: Word, later: Word, gone: list[Replaced]) -> Word | None:
    """Give what is left of `earlier` once `later` is said: itself, itself with an end, nothing."""
    reason = _replaces(earlier, later)
    if reason is not None:
        gone.append(Replaced(earlier.seq, later.seq, reason))
        return None
    if _closes(earlier, later):
        gone.append(Replaced(earlier.seq, later.seq, ENDED))
        return earlier._replace(end=later.end, over=later.over)
    return earlier


def _repeats(earlier: Word, later: Word) -> bool:
    """Say whether `later` adds nothing: a hedged relay, or a vaguer date, of the same status."""
    a, b = earlier.begin, later.begin
    if a is None or b is None or later.status != earlier.status or not later.rank:
        return False
    if not overlap(a, b) or not earlier.rank:
        return False
    if later.rank < earlier.rank:
        return earlier.rank == ASSERTED
    return later.rank == earlier.rank and _wider(b, a) and not _says_more(later)


def _wider(a: Window, b: Window) -> bool:
    return a != b and a[0] <= b[0] and b[1] <= a[1]


def _says_more(later: Word) -> bool:
    return later.end is not None or later.sights


def _replaces(earlier: Word, later: Word) -> str | None:
    """Give the reason why `later` replaces `earlier`, or None where both can stand."""
    if later.rank == SILENT:
        return _denies(earlier, later)
    if earlier.status == later.status:
        return LATER if _corrects(earlier, later) else None
    a, b = earlier.begin, later.begin
    if a is None or b is None or not earlier.rank:
        return None
    if earlier.custody == later.custody:
        related = refines(later.status, earlier.status) or refines(earlier.status, later.status)
        return LATER if overlap(a, b) and not related else None
    return LATER if a == b and a[1] - a[0] <= _LONGEST_DAY else None


def _denies(earlier: Word, later: Word) -> str | None:
    a, b = earlier.begin, later.begin
    if earlier.rank == SILENT:
        again = a is not None and b is not None and overlap(a, b)
        return LATER if again and earlier.status == later.status else None
    if not refines(earlier.status, later.status):
        return None
    return DENIED if b is None or (a is not None and overlap(a, b)) else None


def _corrects(earlier: Word, later: Word) -> bool:
    """Say whether a later telling of the same status takes the place of the earlier claim."""
    a, b = earlier.begin, later.begin
    if a is not None:
        if b is None or not overlap(a, b):
            return False
        return later.rank > earlier.rank or (later.rank == earlier.rank and not _wider(b, a))
    return earlier.rank == SILENT and (b is None or b[0] < earlier.seen[1])


def _closes(earlier: Word, later: Word) -> bool:
    """Say whether `later` states the end of what `earlier` left open."""
    if later.end is None or later.over == later.known or earlier.end is not None:
        return False
    if not SILENT < earlier.rank <= later.rank or not refines(earlier.status, later.status):
        return False
    begun = earlier.begin or earlier.seen
    return begun[0] < later.end[1]
