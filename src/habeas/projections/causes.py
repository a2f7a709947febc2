"""Why an answer changed: the fewest events without which it would not have.

Causes are found by replay: the newer side is asked again without some of its events, until the
older side's answer comes back. What is named is complete (without the causes the older answer comes
back, on its own day and on the newer one's) and minimal (with any of them left in, it does not).
Where the answer changes though nothing was said, a stated beginning or end has passed: `elapsed`.
Where it changes with the rules under which each side is asked: `ruled`.

Where the newer question is put to an older log or an older as-of, causes are those of the way back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from habeas import times
from habeas.errors import UnknownName
from habeas.events import (
    CLAIMS,
    ClaimWithdrawn,
    EventCorrected,
    EventVoided,
    PartyGraded,
    PersonsMerged,
    PersonsSeparated,
)
from habeas.log import Record, State, closure, counting
from habeas.log.closure import Index
from habeas.projections import attribution
from habeas.projections.facts import Facts
from habeas.projections.question import Question
from habeas.projections.without import Without, fewest
from habeas.times import Window

if TYPE_CHECKING:
    from habeas.projections.changes import Side

ACTS: Final[dict[type[Any], str]] = {
    EventCorrected: "corrected",
    EventVoided: "voided",
    ClaimWithdrawn: "withdrawn",
    PersonsMerged: "merged",
    PersonsSeparated: "separated",
    PartyGraded: "graded",
}


def of(
    before: Side, after: Side, one: str, index: Index, *, evidence: bool
) -> Iterator[dict[str, Any]]:
    """Yield the causes of a change, in the order of the log; with `evidence`, the claims added.

    Where the two sides are asked under different rules, these come first: `ruled`.
    """
    if before.question.rules != after.question.rules:
        rules, projection = after.question.rules, after.question.projection
        asked = before.question._replace(rules=rules, projection=projection)
        same_rules = attrs.evolve(before, question=asked)
        if before.facts(one) != same_rules.facts(one):
            yield rules_differ(before, after)
        before = same_rules
    steps = list(_steps(before, after))
    for older, newer in steps:
        world = _World(older, newer, one, index)
        if evidence:
            yield from (world.told(seq) for seq in sorted(world.candidates) if world.counts(seq))
            continue
        seqs, elapsed = world.causes()
        yield from (world.told(seq) for seq in sorted(seqs))
        if elapsed:
            yield time_passed(before, after)


def _steps(before: Side, after: Side) -> Iterator[tuple[Side, Side]]:
    """Yield (older, newer) pairs that lead from one to the other; no older is in any way newer.

    The same day is the same as-of, in whichever zone each side's log has it.
    """
    recorded = after.state.position - before.state.position
    latest = (after if recorded > 0 else before).state
    asked = [_in_zone_of(latest, side.question).as_of.end for side in (before, after)]
    known = asked[1] - asked[0]
    if known >= 0 and recorded >= 0:
        yield before, after
    elif known <= 0 and recorded <= 0:
        yield after, before
    else:
        middle = attrs.evolve(before, question=_in_zone_of(before.state, after.question))
        yield (before, middle) if known > 0 else (middle, before)
        yield (middle, after) if recorded > 0 else (after, middle)


def _in_zone_of(state: State, question: Question) -> Question:
    """Return a question as it reads in the zone of the case, as a state has it."""
    zone = times.zone(state.case.timezone)
    return question._replace(as_of=times.parse_as_of(question.as_of.text, zone))


class _World:
    """The newer side's log, as far as it bears on one person, and what it answers in part."""

    def __init__(self, older: Side, newer: Side, one: str, index: Index) -> None:
        self._older, self._newer, self._one = older, newer, one
        self._records = closure.about(index, [one], newer.state.position)
        self._of = {record.seq: record for record in self._records}
        self._acts = frozenset(
            record.seq
            for record in self._records
            if isinstance(record.event, tuple(ACTS)) and type(record.event) is not ClaimWithdrawn
        )
        self._told: dict[frozenset[int], tuple[Without, int]] = {}
        self.candidates = set(self._candidates())

    def _candidates(self) -> Iterator[int]:
        """Yield the claims that the older side did not know, and the acts it had not recorded."""
        older = self._older
        same = older.state.position == self._newer.state.position
        past = self._newer.state if same else State.of(self._upto(older.state.position))
        ends = [self._ends(state) for state in (past, self._newer.state)]
        for record in self._records:
            if isinstance(record.event, (*ACTS, *CLAIMS)) and (
                record.seq > older.state.position or self._is_news(past, record, ends)
            ):
                yield record.seq

    def _ends(self, state: State) -> Window:
        """Return the ends of both as-of, as a state's zone has them."""
        older, newer = (
            _in_zone_of(state, side.question).as_of.end for side in (self._older, self._newer)
        )
        return older, newer

    def _is_news(self, past: State, record: Record, ends: list[Window]) -> bool:
        """Say whether what both logs hold became known between the two as-of, by either's dates.

        What only a correction of its document's date made known is that correction's doing.
        """
        if not isinstance(record.event, (*CLAIMS, ClaimWithdrawn)):
            return False
        known = [_known(state, record.seq) for state in (past, self._newer.state)]
        return known[0] > ends[0][0] and any(
            since < end <= until for end, (since, until) in zip(known, ends, strict=True)
        )

    def _upto(self, position: int) -> Iterator[Record]:
        return (record for record in self._records if record.seq <= position)

    def answer(self, without: frozenset[int], on: date) -> Facts:
        """Return what the newer log answers without some of its events; {} if it cannot answer.

        It cannot where a claim, uncorrected, names what has been voided since.
        """
        acts = without & self._acts
        try:
            if acts not in self._told:
                self._told[acts] = self._without_acts(acts)
            partly, end = self._told[acts]
            return partly.facts(without - acts, end, on)
        except UnknownName:
            return {}

    def _without_acts(self, acts: frozenset[int]) -> tuple[Without, int]:
        """Return the newer log folded without some acts, and the as-of end as it reads it."""
        state = State.of(record for record in self._records if record.seq not in acts)
        question = self._newer.question
        if state.case.timezone != self._newer.state.case.timezone:
            question = _in_zone_of(state, question)
        return Without(state, self._one, question.rules), question.as_of.end

    def causes(self) -> tuple[frozenset[int], bool]:
        """Return the fewest events that made the change, and whether time had to pass too."""
        was = self._older.facts(self._one)
        now, then = self._newer.question.on, self._older.question.on
        whole = self._bearing()
        days = dict.fromkeys((now, then))
        elapsed = any(self.answer(whole, day) != was for day in days)
        asked = (then,) if elapsed else tuple(days)

        def back(without: frozenset[int]) -> bool:
            return all(self.answer(without, day) == was for day in asked)

        return fewest(whole, back), elapsed

    def _bearing(self) -> frozenset[int]:
        """Return the candidates but for those that, without any act, cannot bear on the answer."""
        whole, state = frozenset(self.candidates), self._newer.state
        if whole & self._acts:
            return whole
        said = {seq for one in state.merged_with(self._one) for seq in state.said_of.get(one, ())}
        back = {
            by for seq in said for by in state.withdrawals.get(seq, ()) if _takes(state, by, seq)
        }
        return whole & (said | back)

    def counts(self, seq: int) -> bool:
        """Say whether an event is a claim of any kind about the person, and counts."""
        state = self._newer.state
        thread = state.threads.get(seq)
        if thread is None or not isinstance(thread.event, CLAIMS):
            return False
        about = {getattr(thread.event, "person", None), *getattr(thread.event, "about", ())}
        ours = not about.isdisjoint(state.merged_with(self._one))
        return ours and counting.counts(state, thread, self._newer.question.as_of.end)

    def told(self, seq: int) -> dict[str, Any]:
        """Return a cause as JSON values: which event, of what kind, and how it is to be found."""
        record = self._of[seq]
        return told(self._newer.state, record, self._cause(record))

    def _cause(self, record: Record) -> str:
        event = record.event
        if type(event) in ACTS:
            return ACTS[type(event)]
        known = _known(self._newer.state, record.seq)
        late = known <= self._older.question.as_of.end
        return "backfilled" if late else "reported"


def told(state: State, record: Record, cause: str) -> dict[str, Any]:
    """Return a cause as JSON values: which event, of what kind, and how it is to be found."""
    found = {"event": record.id, "type": record.type, "cause": cause}
    return found | attribution.described(state, record)


def _takes(state: State, seq: int, claim: int) -> bool:
    """Say whether a withdrawal takes a claim back: it may be voided, or corrected since."""
    withdrawal = state.threads[seq]
    ours: bool = withdrawal.event.claim == state.threads[claim].id
    return ours and not withdrawal.voided


def _known(state: State, seq: int) -> int:
    """Return when a claim or withdrawal is known; NEVER where the state does not hold it."""
    thread = state.threads.get(seq)
    return times.NEVER if thread is None else counting.known_at(state.with_voided(), thread.event)


def rules_differ(before: Side, after: Side) -> dict[str, Any]:
    """Return the cause of a change that is none of the log: each side has rules of its own."""
    return {
        "event": None,
        "type": None,
        "cause": "ruled",
        "from_projection": before.question.projection,
        "to_projection": after.question.projection,
    }


def time_passed(before: Side, after: Side) -> dict[str, Any]:
    """Return the cause of a change that nobody told of: a stated beginning or end has passed."""
    return {
        "event": None,
        "type": None,
        "cause": "elapsed",
        "from_day": before.question.on.isoformat(),
        "to_day": after.question.on.isoformat(),
    }
