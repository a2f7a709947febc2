"""What would be answered of a person without some of the claims and withdrawals in the log.

It is asked often, each time with a few left out, and so remembers what it read of each claim, and
what each set of claims that count gives. Acts of recorders cannot be left out here: fold the log
without them. Where a set is to be made as small as can be, `fewest` does it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import combinations
from typing import Any, Final, NamedTuple

from habeas import resolve, times
from habeas.errors import UnknownName
from habeas.events import StatusClaimed
from habeas.log import State, Thread, counting
from habeas.projections import evidence, person
from habeas.projections.facts import Facts, reduced
from habeas.resolve import Rules

EXHAUSTIVE: Final = 4
"""Up to how many events every smaller set is tried; above, they are taken away one by one."""


class _Said(NamedTuple):
    """A claim about the person: known from `known` on; `taken_back` is (from when, by which).

    None where the log does not hold what would tell the time.
    """

    thread: Thread
    known: int | None
    taken_back: tuple[tuple[int | None, int], ...]


class Without:
    """A person in a state of the log; the state must not grow meanwhile."""

    def __init__(self, state: State, one: str, rules: Rules) -> None:
        self._state, self._rules = state, rules
        self._persons = state.merged_with(one)
        there = state.registered(f"person:{one}") is not None and self._persons[0] == one
        seqs = {seq for each in self._persons for seq in state.said_of.get(each, ())}
        said = [self._of(seq) for seq in sorted(seqs)] if there else []
        self._said = [one for one in said if not one.thread.voided]
        self._zone = times.zone(state.case.timezone)
        self._claims: dict[tuple[int, frozenset[str]], resolve.Claim] = {}
        self._histories: dict[tuple[resolve.Claim, ...], resolve.History] = {}
        self._facts: dict[tuple[frozenset[int], date], Facts] = {}

    def _of(self, seq: int) -> _Said:
        state, thread = self._state, self._state.threads[seq]
        taken_back = tuple(
            (self._known(state.threads[by]), by)
            for by in state.withdrawals.get(seq, ())
            if not state.threads[by].voided and state.threads[by].event.claim == thread.id
        )
        return _Said(thread, self._known(thread), taken_back)

    def _known(self, thread: Thread) -> int | None:
        try:
            return counting.known_at(self._state, thread.event)
        except UnknownName:
            return None

    def facts(self, left_out: frozenset[int], end: int, on: date) -> Facts:
        """Return the facts as of `end` (exclusive) and on a day, without the events left out.

        Raises UnknownName where something that counts names what the log does not hold.
        """
        threads = {
            one.thread.seq: one.thread
            for one in self._said
            if one.thread.seq not in left_out
            and _upto(one.known, end)
            and not any(_upto(since, end) for since, by in one.taken_back if by not in left_out)
        }
        key = (frozenset(threads), on)
        if key not in self._facts:
            self._facts[key] = self._answer(threads, end, on) if threads else None
        return self._facts[key]

    def _answer(self, threads: dict[int, Thread], end: int, on: date) -> Facts:
        said = tuple(one for one in threads.values() if isinstance(one.event, StatusClaimed))
        held_by = counting.holders(self._state, said)
        claims = tuple(
            self._claim(one, held_by)
            for one in said
            if evidence.is_counted(self._state, one.event, self._rules)
        )
        history = self._histories.get(claims)
        if history is None:
            history = self._histories[claims] = resolve.resolve(claims, self._rules)
        found = evidence.Evidence(
            persons=self._persons, threads=threads, claims=claims, ungraded=(), last_known=end
        )
        answer = history.on(times.day_window(on, self._zone)[1])
        told = person.Told(person=self._persons[0], end=end, evidence=found, answer=answer)
        return reduced(person.row(self._state, told, _nothing, _nobody))

    def _claim(self, thread: Thread, held_by: frozenset[str]) -> resolve.Claim:
        key = (thread.seq, held_by)
        if key not in self._claims:
            self._claims[key] = evidence.claim_of(self._state, thread, self._persons, held_by)
        return self._claims[key]


def _upto(known: int | None, end: int) -> bool:
    if known is None:
        raise UnknownName("a claim names what the log does not hold", hint="habeas verify")
    return known <= end


def _nothing(_state: State, _thread: Thread) -> Any:  # noqa: ANN401 - what is shown of a claim
    return None


def _nobody(_claim: Any) -> Any:  # noqa: ANN401 - likewise
    return None


def fewest(whole: frozenset[int], back: Callable[[frozenset[int]], bool]) -> frozenset[int]:
    """Return a smallest part of `whole` for which `back` holds, as it does for `whole`.

    Of several, one with what came first in the log. Above EXHAUSTIVE, none of its own parts holds.
    """
    kept = whole
    for seq in sorted(whole, reverse=True):
        if back(kept - {seq}):
            kept -= {seq}
    if len(kept) > EXHAUSTIVE:
        return kept
    for size in range(len(kept)):
        for part in combinations(sorted(kept), size):
            if back(frozenset(part)):
                return frozenset(part)
    return kept
