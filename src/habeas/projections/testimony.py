"""What is said of one person, and what of it counts when: from sayings to what `resolve` takes.

It judges nothing. Moments are known times (µs, exclusive ends): a claim counts from its `known` on,
and until it is taken back.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from habeas import when
from habeas.log import counting
from habeas.projections.evidence import seen_on
from habeas.resolve import Claim, Word, read
from habeas.times import NEVER

if TYPE_CHECKING:
    from habeas.log.sayings import Dated, Saying, Sayings
    from habeas.resolve import Rules

NOBODY: frozenset[str] = frozenset()


def dated(said: Saying) -> Dated:
    """Return what the dates of a claim say."""
    span = when.read(said.when, said.zone)
    return span, seen_on(span, said.known if said.said is None else said.said, said.zone)


def dates_of(sayings: Sayings, said: Saying) -> Dated:
    """Return the same, and remember it."""
    found = sayings.dated.get(said.seq)
    if found is None:
        found = sayings.dated[said.seq] = dated(said)
    return found


class Testimony:
    """The claims about a person, and about those who are one with him, under some rules.

    `all` are those that are not voided, `said` those that count at some time, `counted` those of
    them that are of status and of parties graded well enough; each by `seq`. `steady`: each counts
    from when it is known on, and tells the same whatever else is known by then.
    """

    def __init__(self, sayings: Sayings, one: str, rules: Rules) -> None:
        self._sayings, self._rules = sayings, rules
        self._persons = sayings.group(one)
        self.all: Sequence[Saying] = sayings.of(one)
        if len(self._persons) > 1:
            self.all = sorted(said for each in self._persons for said in sayings.of(each))
        self.said = [said for said in self.all if said.known < said.until]
        self.counted = [said for said in self.said if self._is_counted(said)]
        self._leaving = [said for said in self.said if said.until < NEVER]
        self._holders = [
            said for said in self.said if said.status is not None and said.authority is not None
        ]
        self.steady = not (self._leaving or self._holders)
        self._words: dict[tuple[int, str], Word] = {}

    def _is_counted(self, said: Saying) -> bool:
        if said.status is None:
            return False
        worst = self._rules.min_grade
        return worst is None or counting.is_good(self._sayings.grade(said.origin), worst)

    @cached_property
    def _counting(self) -> frozenset[int]:
        """The `seq`s of all claims of status of parties graded well enough."""
        return frozenset(said.seq for said in self.all if self._is_counted(said))

    def words(self, counted: Iterable[Saying], held_by: frozenset[str]) -> list[Word]:
        """Return claims as `resolve` takes them in, where these voices hold the person.

        A claim is the same word again as long as its party counts as the same.
        """
        found, words = [], self._words
        kinds: dict[str, str] = {}
        for said in counted:
            origin = said.origin
            kind = kinds.get(origin)
            if kind is None:
                kind = counting.kind_for(self._sayings, origin, self._persons, held_by)
                kinds[origin] = kind
            word = words.get((said.seq, kind))
            if word is None:
                word = words[said.seq, kind] = read(self._claim(said, kind), self._rules)
            found.append(word)
        return found

    def _claim(self, said: Saying, kind: str) -> Claim:
        span, seen = dates_of(self._sayings, said)
        return Claim(
            said.seq,
            self._sayings.voice(said.origin),
            kind,
            said.status or "",
            said.stance or "",
            said.known,
            said.said,
            span,
            seen,
        )

    def holders(self, said: Iterable[Saying]) -> frozenset[str]:
        """Return the voices of those who, by some claims, hold the person."""
        return frozenset(
            self._sayings.voice(one.authority)
            for one in said
            if one.status is not None and one.authority is not None
        )

    def circumstances(self, moment: int) -> tuple[frozenset[int], frozenset[str]]:
        """Return the claims gone by a moment, and the voices of those who then hold the person."""
        gone = frozenset(said.seq for said in self._leaving if said.until <= moment)
        if any(one.until < NEVER for one in self._holders):
            there = [one for one in self._holders if one.known <= moment < one.until]
            return gone, self.holders(there)
        if not self._held_from:
            return gone, NOBODY
        return gone, frozenset([v for v, since in self._held_from.items() if since <= moment])

    @cached_property
    def _held_from(self) -> dict[str, int]:
        """From when on each voice is said to hold the person."""
        found: dict[str, int] = {}
        for one in sorted(self._holders, key=attrgetter("known"), reverse=True):
            found[self._sayings.voice(one.authority or "")] = one.known
        return found

    @cached_property
    def _by_known(self) -> list[tuple[int, int]]:
        return sorted((said.known, said.until) for said in self.said)

    def newest(self, moment: int) -> int | None:
        """Return the greatest `known` of what counts at a moment; None where nothing does.

        The moment is one at which something came out, or was taken back.
        """
        if not self._leaving:
            return moment
        place = bisect_left(self._by_known, (moment + 1,))
        for known, until in reversed(self._by_known[:place]):
            if until > moment:
                return known
        return None

    def mattering(self, came: frozenset[int]) -> frozenset[int]:
        """Return those of what came out on which the facts can depend: not what is no status."""
        if self._leaving:
            return came
        return came - {one.seq for one in self.said if one.status is None}

    def came_out(self, moment: int) -> frozenset[int]:
        """Return the claims that count from a moment on, and what then took claims back."""
        came = self._known_at.get(moment, ())
        if not self._leaving:
            return frozenset(came)
        back = (one.seq for one in self._leaving if one.until == moment)
        taken = [by for seq in back for at, by in self._sayings.taken_back(seq) if at == moment]
        return frozenset((*came, *taken))

    @cached_property
    def _known_at(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for one in self.said:
            found.setdefault(one.known, []).append(one.seq)
        return found

    def tells_who_holds(self, words: Iterable[Word]) -> bool:
        """Say whether one of some claims tells who holds the person."""
        return not self._holding.isdisjoint([word.seq for word in words])

    @cached_property
    def _holding(self) -> frozenset[int]:
        return frozenset(said.seq for said in self._holders)

    def told_without(self, left_out: frozenset[int], moment: int) -> list[Word] | None:
        """Return what would count at a moment without some of what came out at it.

        None where nothing would.
        """
        said = [
            one
            for one in self.all
            if one.known <= moment
            and one.seq not in left_out
            and (one.until > moment or self._stands(one, left_out, moment))
        ]
        if not said:
            return None
        counted = [one for one in said if one.seq in self._counting]
        return self.words(counted, self.holders(said))

    def _stands(self, said: Saying, left_out: frozenset[int], moment: int) -> bool:
        """Say whether nothing takes a claim back by a moment, but for what is left out."""
        return all(at > moment or by in left_out for at, by in self._sayings.taken_back(said.seq))
