"""Hearing: what has been told of one person so far, taken in claim by claim.

It keeps what successive histories of one person share: each voice's latest words, the changes that
they tell of by custody, the sightings in order of their day. A history, once told, stays as it is.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Final

from habeas.resolve.changes import Row
from habeas.resolve.claims import Rules
from habeas.resolve.history import Heard, History
from habeas.resolve.latest import Voices
from habeas.resolve.sightings import day_of
from habeas.resolve.standing import scales
from habeas.resolve.words import Word
from habeas.times import EVER


class Hearing:
    """Takes in the claims about one person, in any order, and tells the history at any moment."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._heard: list[Word] = []
        self._newest = self._horizon = EVER
        self._voices = Voices()
        self._rows: dict[str, Row] = {}
        self._sightings: list[Word] = []
        self._denials: list[Word] = []
        self._ignorant: list[Word] = []
        self._plain = self._scales = scales(rules)

    def fork(self) -> Hearing:
        """Give a hearing that goes on apart from this one."""
        other = Hearing(self._rules)
        other._newest, other._horizon = self._newest, self._horizon
        other._plain, other._scales = self._plain, self._scales
        other._heard = self._heard.copy()
        other._voices = self._voices.copy()
        other._rows = {custody: row.copy() for custody, row in self._rows.items()}
        other._sightings = self._sightings.copy()
        other._denials = self._denials.copy()
        other._ignorant = self._ignorant.copy()
        return other

    def hear(self, words: Sequence[Word]) -> None:
        """Take in claims, made ready by `read` under the same rules."""
        self._heard += words
        for word in words:
            self._newest = max(self._newest, word.known)
            self._horizon = max(self._horizon, word.horizon)
        if len(words) == 1:
            self._turn(*self._voices.hear(words[0]))
            return
        gone: dict[int, Word] = {}
        come: dict[int, Word] = {}
        for word in sorted(words, key=_spoken):
            left, joined = self._voices.hear(word)
            for one in left:
                if come.pop(id(one), None) is None:
                    gone[id(one)] = one
            come.update((id(one), one) for one in joined)
        self._turn(gone.values(), come.values())

    def history(self) -> History:
        """Tell what the claims taken in so far tell."""
        return History(
            Heard(self._heard, len(self._heard), self._newest, self._horizon),
            [change for row in self._rows.values() for change in row.changes],
            self._sightings,
            self._ignorant,
            self._voices.replaced,
            self._scales,
        )

    def _turn(self, gone: Iterable[Word], come: Iterable[Word]) -> None:
        """Let go of words that are no longer a voice's latest, and take in those that are now."""
        turned: dict[str, tuple[list[Word], list[Word]]] = {}
        for word in gone:
            if word.sights:
                self._sightings.remove(word)
            if not word.rank:
                self._silence(word, list.remove)
            elif word.begin is not None:
                turned.setdefault(word.custody, ([], []))[0].append(word)
        for word in come:
            if word.sights:
                insort(self._sightings, word, key=day_of)
            if not word.rank:
                self._silence(word, list.append)
            elif word.begin is not None:
                turned.setdefault(word.custody, ([], []))[1].append(word)
        for custody, (left, joined) in turned.items():
            self._rows.setdefault(custody, Row()).update(left, joined)

    def _silence(self, word: Word, change: Callable[[list[Word], Word], None]) -> None:
        """Let a word that tells nothing come or go, in the row it belongs to."""
        if word.stance == "denied":
            change(self._denials, word)
            self._scales = self._plain.with_denials(self._denials)
        else:
            change(self._ignorant, word)


_spoken: Final = attrgetter("order", "seq")
