"""Changes that a read model settles: before, after and causes, without a replay of the log.

That is so where both questions are put to the head of the log about the as-of days, the second to
the later one. The answers come from rows. Where one row alone came between, its events are the
causes if they would be whenever the two answers are compared; else they are found from what is said
of the person (`between`). Who is left is named, and is compared by replay.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from habeas.case import believing
from habeas.log import State, closure
from habeas.log.chosen import Chosen
from habeas.log.quoting import Quoting
from habeas.log.remembering import Foreseeing
from habeas.projections import attribution, believed, between, causes
from habeas.projections.as_told import facts_as_told
from habeas.projections.changes import Side, changed, kinds_of
from habeas.projections.facts import Facts, reduced
from habeas.projections.retold import Retold
from habeas.projections.where import BY_ANSWER, fits_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from habeas.case.progress import Progress
    from habeas.case.recalling import View
    from habeas.log import Record
    from habeas.log.nearby import Recalled
    from habeas.log.quoting import Quoted
    from habeas.log.sayings import Sayings
    from habeas.projections.question import Question
    from habeas.resolve import Rules

_CHUNK: Final = 500
"""How many persons are compared at a time."""

Causes = tuple[Sequence[int], bool]
"""The `seq`s behind a change, in order, and whether a stated date had passed."""


class _Turned(NamedTuple):
    """A person's answers as of the two ends, as JSON values; None where there is none."""

    person: str
    was: dict[str, Any] | None
    now: dict[str, Any] | None
    facts: tuple[Facts, Facts]

    def is_told(self, before: Question, after: Question) -> bool:
        """Say whether the answers differ, and one of them fits what its question chooses."""
        if self.facts[0] == self.facts[1]:
            return False
        return _fits(self.was, before) or _fits(self.now, after)

    def as_told(self) -> tuple[Facts, Facts]:
        """Return the facts of both with the marks put to their dates beside them."""
        return _as_told(self.facts[0], self.was), _as_told(self.facts[1], self.now)


def settled(
    view: View, before: Question, after: Question, only: set[str] | None, progress: Progress
) -> tuple[dict[str, dict[str, Any]], set[str]]:
    """Return the changes that the model settles, by person, and the persons of whom it does not.

    Of `only` some persons, where they are given; and of no change that the questions' `where`
    leaves out.
    """
    ends = between.Ends(before.as_of.end, after.as_of.end)
    if ends.after > ends.upto or not before.where.keys() | after.where.keys() <= BY_ANSWER:
        every = view.turned(*sorted(ends), quiet=False)
        return {}, every if only is None else every & only
    stale = set(view.stale) if only is None else only & view.stale
    if only is not None and only <= stale:
        return {}, stale
    whys = view.store.beliefs.whys(view.model, *ends)
    wanted = whys.keys() if only is None else whys.keys() & only
    persons = sorted(one for one in wanted - stale if any(whys[one]))
    quoting = Quoting(view.store)
    found: dict[str, dict[str, Any]] = {}
    for place in range(0, len(persons), _CHUNK):
        chunk = persons[place : place + _CHUNK]
        turned = [one for one in _turned(view, chunk, ends) if one.is_told(before, after)]
        behind = _behind(view, before.rules, ends, {one.person: whys[one.person] for one in turned})
        for one, why in zip(turned, _told(view, before, after, behind, quoting), strict=True):
            kinds = kinds_of(*one.facts, merged=False)
            found[one.person] = changed(one.person, *one.as_told(), why, kinds)
        progress(place + len(chunk), len(persons))
    return found, stale


def _turned(view: View, persons: Sequence[str], ends: between.Ends) -> Iterator[_Turned]:
    """Yield what rows say of persons as of the two ends."""
    was, now = (_answers(view, persons, end) for end in ends)
    for one in persons:
        both = was.get(one), now.get(one)
        yield _Turned(one, *both, (_facts(both[0]), _facts(both[1])))


def _answers(view: View, persons: Sequence[str], end: int) -> dict[str, dict[str, Any]]:
    """Return the answers about persons as of an end, by person."""
    rows = view.store.beliefs.all(view.model, end, persons)
    return {answer["person"]: answer for answer in believed.answers(rows)}


def _facts(answer: dict[str, Any] | None) -> Facts:
    return None if answer is None else reduced(answer)


def _fits(answer: dict[str, Any] | None, question: Question) -> bool:
    if not question.where:
        return True
    return answer is not None and fits_answer(answer, question.where)


def _as_told(facts: Facts, answer: dict[str, Any] | None) -> Facts:
    return None if facts is None or answer is None else facts_as_told(facts, answer)


def _behind(
    view: View, rules: Rules, ends: between.Ends, whys: Mapping[str, Sequence[str]]
) -> dict[str, Causes]:
    """Return what is behind the changes of persons, of whom each row's `why` is given."""
    found: dict[str, Causes] = {}
    for one, why in whys.items():
        seqs, always = believed.why_of(why[0])
        if len(why) == 1 and always:
            found[one] = ([seq for seq in seqs if seq], 0 in seqs)
    left = [one for one in whys if one not in found]
    for one, sayings in _said(view, rules, left, ends.upto):
        found[one] = between.causes(sayings, one, rules, ends)
    return {one: found[one] for one in whys}


def _said(
    view: View, rules: Rules, persons: Sequence[str], upto: int
) -> Iterator[tuple[str, Sayings]]:
    """Yield what is said of persons by an end: as it is kept of them, else as the log has it."""
    if not persons:
        return
    grades = rules.min_grade is not None
    kept = {} if grades else _recalled(view, persons, upto)
    others = Chosen(view.store, view.position, set(persons) - kept.keys(), grades=grades)
    for one in persons:
        yield one, Retold(kept[one], others) if one in kept else others


def _recalled(view: View, persons: Iterable[str], upto: int) -> dict[str, Recalled]:
    """Return those of some persons of whom all that is said is kept, with what is, by an end."""
    found = ((one, believing.recalled(view.store, one, view.zone, upto)) for one in persons)
    return {one: known for one, known in found if known is not None}


def _told(
    view: View, before: Question, after: Question, behind: Mapping[str, Causes], quoting: Quoting
) -> Iterator[list[dict[str, Any]]]:
    """Yield the causes of each change as JSON values."""
    events = {seq for seqs, _ in behind.values() for seq in seqs}
    told = {seq: _quoted(quoting, one) for seq, one in quoting.quoted(events).items()}
    told |= _folded(view, events - told.keys())
    was, now = (Side(state=State(), question=question) for question in (before, after))
    for seqs, elapsed in behind.values():
        found = [told[seq] for seq in seqs]
        yield [*found, causes.time_passed(was, now)] if elapsed else found


def _quoted(quoting: Quoting, one: Quoted) -> dict[str, Any]:
    """Return a claim as a cause: what it says is what was recorded."""
    found = {"event": one.record.id, "type": one.record.type, "cause": "reported"}
    return found | attribution.cited(cast("State", quoting), one.record, one.event)


def _folded(view: View, events: set[int]) -> dict[int, dict[str, Any]]:
    """Return events as causes, by `seq`, with all that became of them and of what they name."""
    said = closure.behind(Foreseeing(view.store), events) if events else []
    state = State.of(said)
    state.position = view.position
    return {record.seq: _cause(state, record) for record in said if record.seq in events}


def _cause(state: State, record: Record) -> dict[str, Any]:
    return causes.told(state, record, causes.ACTS.get(type(record.event), "reported"))
