"""Which events made a person's answer another between two as-of ends, found from slim sayings.

Both questions are put to one position of the log, about their as-of days and under the same rules,
and the second is the later one. The events are those that `causes` would find in a state of the
log: complete and minimal for both days together. It asks again without some of what came between,
and each time takes in no more than what can be left out.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from habeas.log import counting
from habeas.projections.condensed import Condenser, Facts
from habeas.projections.evidence import day_before
from habeas.projections.testimony import Testimony
from habeas.projections.without import fewest
from habeas.resolve import Hearing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from habeas.log.sayings import Saying, Sayings
    from habeas.resolve import History, Rules


class Ends(NamedTuple):
    """Two as-of ends (µs, exclusive); events between became known in `(after, upto]`."""

    after: int
    upto: int


def causes(sayings: Sayings, one: str, rules: Rules, ends: Ends) -> tuple[tuple[int, ...], bool]:
    """Return the `seq`s of the fewest events behind a change, in order.

    And whether a stated date had to pass too. The answers on the two days must differ.
    """
    asked = _Asked(sayings, one, rules, ends)
    then, now = (day_before(end, sayings.zone)[1] for end in ends)
    was = asked.facts(asked.events, then)
    elapsed = not asked.is_told(was, asked.events, now)
    days = (then,) if elapsed or then == now else (now, then)

    # What is asked anew with nothing left out is the newer answer, unless time alone turned it.
    known = {} if elapsed else {frozenset[int](): False}

    def back(without: frozenset[int]) -> bool:
        found = known.get(without)
        if found is None:
            found = all(asked.is_told(was, without, day) for day in days)
            known[without] = found
        return found

    return tuple(sorted(fewest(asked.events, back))), elapsed


class _Loose(NamedTuple):
    """A claim that counts at the later end or not, by which events are left out.

    `own`: it came between, and may be left out itself; `taken_back`: what took it back between.
    """

    said: Saying
    own: bool
    taken_back: frozenset[int]

    def counts(self, without: frozenset[int]) -> bool:
        """Say whether it counts where some events are left out."""
        return self.taken_back <= without and not (self.own and self.said.seq in without)

    def events(self) -> frozenset[int]:
        """Return the events, of those between, that say whether it counts."""
        return self.taken_back | {self.said.seq} if self.own else self.taken_back


class _Asked:
    """What is answered of a person at the later end without some of what came between.

    `events` are the claims that became known between, and what then took claims back, but for those
    that cannot matter: where anything was known before, a claim of no status tells nothing.
    """

    def __init__(self, sayings: Sayings, one: str, rules: Rules, ends: Ends) -> None:
        self._sayings, self._rules = sayings, rules
        self._testimony = Testimony(sayings, one, rules)
        said = self._testimony.all
        self._condenser = Condenser({each.seq: each for each in said}, sayings.zone)
        self._fixed: list[Saying] = []
        self._loose: list[_Loose] = []
        for each in said:
            self._sort(each, ends)
        if self._fixed:
            self._loose = [one for one in self._loose if one.said.status is not None]
        self.events = frozenset(seq for one in self._loose for seq in one.events())
        self._hearings: dict[frozenset[str], Hearing] = {}
        self._histories: dict[tuple[int, ...], History | None] = {}

    def _sort(self, said: Saying, ends: Ends) -> None:
        """Note when a claim counts at the later end, if it ever does."""
        after, upto = ends
        taken = list(self._sayings.taken_back(said.seq))
        if said.known > upto or any(at <= after for at, _ in taken):
            return
        came = after < said.known
        back = frozenset(by for at, by in taken if at <= upto)
        if came or back:
            self._loose.append(_Loose(said, came, back))
        else:
            self._fixed.append(said)

    def facts(self, without: frozenset[int], day: int) -> Facts | None:
        """Return the facts on a day (its exclusive end); None where nothing is known."""
        history = self._history(without)
        return None if history is None else self._condenser.condense(history.on(day)).facts

    def is_told(self, facts: Facts | None, without: frozenset[int], day: int) -> bool:
        """Say whether these are the facts on a day."""
        history = self._history(without)
        if history is None or facts is None:
            return history is None and facts is None
        return self._condenser.is_told(history.on(day), facts)

    def _history(self, without: frozenset[int]) -> History | None:
        there = [one.said for one in self._loose if one.counts(without)]
        seqs = tuple(said.seq for said in there)
        if seqs not in self._histories:
            self._histories[seqs] = self._told_by(there)
        return self._histories[seqs]

    def _told_by(self, there: Sequence[Saying]) -> History | None:
        """Return what is told by what always counts and some other claims; None: nothing is."""
        if not there and not self._fixed:
            return None
        held_by = self._always_held_by | self._testimony.holders(there)
        hearing = self._heard(held_by)
        words = self._testimony.words(filter(self._is_counted, there), held_by)
        if words:
            hearing = hearing.fork()
            hearing.hear(words)
        return hearing.history()

    @cached_property
    def _always_held_by(self) -> frozenset[str]:
        return self._testimony.holders(self._fixed)

    def _heard(self, held_by: frozenset[str]) -> Hearing:
        """Return a hearing of what always counts, where these voices hold the person."""
        hearing = self._hearings.get(held_by)
        if hearing is None:
            hearing = self._hearings[held_by] = Hearing(self._rules)
            words = self._testimony.words(filter(self._is_counted, self._fixed), held_by)
            if words:
                hearing.hear(words)
        return hearing

    def _is_counted(self, said: Saying) -> bool:
        """Say whether a claim is one of status, of a party that is graded well enough."""
        if said.status is None:
            return False
        worst = self._rules.min_grade
        return worst is None or counting.is_good(self._sayings.grade(said.origin), worst)
