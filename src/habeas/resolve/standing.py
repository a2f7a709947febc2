"""Standing (design, section 6.3): how well claims support what they tell, and what denies it.

It knows nothing of order or of days. Standings compare as the numbers of `LEVELS`; of two changes
the stronger has the higher standing, then the greater number of asserting voices.

Readings, where the text leaves two:

- The "number of asserting voices", of a change and of those who deny it, counts every voice, also
  an `unidentified` one and the authority's; only corroboration leaves these out (cases 24, 65,
  133).
- The authority vouches for what it says of holding somebody; a denial by it (that it holds him,
  that it has let him go) never vouches. No case decides.
- A denial without a beginning meets a window that had opened by the end of the day it speaks of:
  that of `../D`, else of `said` or `known_at`.
- A denial opposes only what is asserted: an unconfirmed change is not made stronger by being
  denied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from habeas.resolve.words import ASSERTED, EXPECTED, FINER, UNCONFIRMED, Word, overlap, refines
from habeas.rules import LEVELS, Rules
from habeas.times import Window

_EXPECTED, _UNCONFIRMED, _DISPUTED, _REPORTED, _CONFIRMED = range(5)


class Weight(NamedTuple):
    """A standing as a number (see `LEVELS`), the number of asserting voices, and if one vouches."""

    level: int
    voices: int
    vouched: bool

    @property
    def standing(self) -> str:
        """The standing's name."""
        return LEVELS[self.level]


class Scales(NamedTuple):
    """What claims are weighed with: the rules' measures, and the denials that stand.

    `accept` is the least level accepted, and `carries` the least rank of claim that can carry a
    status then: `ASSERTED`, unless a projection accepts what nobody asserts. `denials` are kept by
    the status they deny: the one named, and those that refine it.
    """

    accept: int
    carries: int
    corroboration: int
    same_event_days: int
    denials: Mapping[str, Sequence[Word]]

    def with_denials(self, denials: Sequence[Word]) -> Scales:
        """Give the scales of one person, with the denials that stand among what is said of him."""
        if not denials:
            return self
        denied: dict[str, list[Word]] = {}
        for denial in denials:
            for status in (denial.status, *FINER.get(denial.status, ())):
                denied.setdefault(status, []).append(denial)
        return self._replace(denials=denied)

    def denying(self, status: str, window: Window) -> list[Word]:
        """Give the denials of a status (or of the one it refines) that meet `window`."""
        return [denial for denial in self.denials.get(status, ()) if meets(denial, window)]

    def weigh(self, words: Sequence[Word], window: Window) -> Weight:
        """Weigh a change's claims, against denials of all it asserts that meet `window`."""
        if not self.denials:
            return self.testimony(words)
        return self.against(words, self._opposing(words, window))

    def _opposing(self, words: Sequence[Word], window: Window) -> list[Word]:
        """Give the denials that deny every status asserted by `words`, and meet `window`."""
        asserted = list({word.status for word in words if word.rank == ASSERTED})
        if not asserted:
            return []
        return [
            denial
            for denial in self.denying(asserted[0], window)
            if all(refines(status, denial.status) for status in asserted)
        ]

    def against(self, words: Iterable[Word], denials: Sequence[Word]) -> Weight:
        """Weigh claims against denials that oppose them."""
        weight = self.testimony(words)
        if not denials or weight.level < _REPORTED:
            return weight
        vouched = any(denial.vouches for denial in denials)
        voices = len({denial.voice for denial in denials})
        if (vouched, voices) < (weight.vouched, weight.voices):
            return weight
        return Weight(_DISPUTED, weight.voices, weight.vouched)

    def testimony(self, words: Iterable[Word]) -> Weight:
        """Weigh claims by themselves."""
        voices: set[str] = set()
        counted: set[str] = set()
        vouched = hedged = False
        for word in words:
            if word.rank == ASSERTED:
                voices.add(word.voice)
                if word.counts:
                    counted.add(word.voice)
                if word.vouches:
                    vouched = True
            elif word.rank == UNCONFIRMED:
                hedged = True
        if not voices:
            return _HEDGED if hedged else _AWAITED
        confirmed = vouched or len(counted) >= self.corroboration
        return Weight(_CONFIRMED if confirmed else _REPORTED, len(voices), vouched)


_CARRIES: Final = {_EXPECTED: EXPECTED, _UNCONFIRMED: UNCONFIRMED}
_HEDGED: Final = Weight(_UNCONFIRMED, 0, vouched=False)
_AWAITED: Final = Weight(_EXPECTED, 0, vouched=False)


def scales(rules: Rules) -> Scales:
    """Give the scales that the rules ask for; whoever is judged with them adds the denials."""
    accept = LEVELS.index(rules.accept)
    carries = _CARRIES.get(accept, ASSERTED)
    return Scales(accept, carries, rules.corroboration, rules.same_event_days, {})


def meets(denial: Word, window: Window) -> bool:
    """Say whether a denial speaks of the time of `window`."""
    if denial.begin is not None:
        return overlap(denial.begin, window)
    return window[0] < denial.seen[1]


def stronger(a: Weight, b: Weight) -> bool:
    """Say whether `a` has the higher standing, or the same and more asserting voices."""
    return a[:2] > b[:2]
