"""The views of numbers: counts, groups, the work list, sources, durations, and reconciling.

Each is a projection with its basis; what a person types becomes a question as everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from habeas.case import asking, editing
from habeas.case.collecting import uncollected
from habeas.log import State, closure
from habeas.log.remembering import Foreseeing
from habeas.projections import moved as projections_moved
from habeas.projections.changes import Side
from habeas.projections.counts import counts
from habeas.projections.durations import durations
from habeas.projections.groups import groups
from habeas.projections.pending import pending
from habeas.projections.question import Question
from habeas.projections.reconcile import against_roster, check_number, reconcile
from habeas.projections.sources import sources
from habeas.projections.stirred import stirred

if TYPE_CHECKING:
    from habeas.case.main import Case


@frozen(kw_only=True)
class Numbers:
    """A view of numbers with its basis; `content` holds what the view names."""

    basis: dict[str, Any]
    content: dict[str, Any]

    @property
    def data(self) -> dict[str, Any]:
        """The whole answer as JSON values."""
        return {"basis": self.basis, **self.content}


View = Callable[["Case", State, Question], dict[str, Any]]


def _sources(case: Case, state: State, question: Question) -> dict[str, Any]:
    recorded = {one.seq: one.recorded for one in case.events(upto=state.position)}
    return sources(state, question, recorded)


VIEWS: Final[dict[str, View]] = {
    "counts": lambda _case, state, question: {"counts": list(counts(state, question))},
    "groups": lambda _case, state, question: {"groups": list(groups(state, question))},
    "pending": lambda _case, state, question: {"pending": list(pending(state, question))},
    "sources": _sources,
    "durations": lambda _case, state, question: durations(state, question),
}
"""What a projection file may call its view, besides those of persons."""

_OF_MANY: Final = frozenset({"counts", "groups"})
"""The views that depend on numbers and groups alone, and on the persons named as one of a group."""


def view(case: Case, question: Question, name: str) -> Numbers:
    """Return one of `VIEWS` as of a question."""
    state = (case.state_of_many if name in _OF_MANY else case.state)(question.position)
    with uncollected():
        return _answer(case, state, question, VIEWS[name](case, state, question))


def moved(
    case: Case, before: Question, after: Question, *, evidence: bool = False
) -> dict[str, Any]:
    """Return the counters' series and the groups that moved between two questions.

    For a change log; see `projections.moved`.
    """
    told = _stirred(case, before, after)
    states = of_many(case, told, before.position, after.position)
    was, now = (Side(state=states[one.position], question=one) for one in (before, after))
    return projections_moved.moved(was, now, case.store.read, evidence=evidence)


def _stirred(case: Case, before: Question, after: Question) -> set[int] | None:
    """Return the claims of all numbers that can have moved, by `seq`; None: that may be any."""
    if before.position is not None or after.position is not None:
        return None
    if (before.rules, before.where) != (after.rules, after.where):
        return None
    ends = sorted((before.as_of.end, after.as_of.end))
    with uncollected():
        return stirred(case.store, (ends[0], ends[1]))


def of_many(case: Case, told: set[int] | None, *positions: int | None) -> dict[int | None, State]:
    """Return what the log holds of numbers and of groups at some positions; it is read once.

    Of the numbers `told`, by `seq`; None: of all.
    """
    states = {}
    with uncollected():
        records = closure.of_many(Foreseeing(case.store), told)
        for one in dict.fromkeys(positions):
            at = case.store.head().position if one is None else one
            states[one] = State.of(record for record in records if record.seq <= at)
            states[one].position = at
    return states


def reconciled(case: Case, question: Question, one: str, other: str | None = None) -> Numbers:
    """Lead from one reported number to another or, without one, set it beside our own roster.

    Numbers are named as events are: an id or the beginning of one, `document#ref`, or `@seq`.
    Raises UnknownName for a name that fits none, Refused for what cannot be reconciled.
    """
    looked = case.looked(question.position)
    told = [editing.thread_named(looked, name) for name in (one, other) if name is not None]
    for number in told:
        check_number(number)
    state = case.state(question.position)
    if other is None:
        content = {"beside": against_roster(state, question, *told)}
    else:
        content = {"reconciliation": reconcile(state, question, *told)}
    return _answer(case, state, question, content)


def _answer(case: Case, state: State, question: Question, content: dict[str, Any]) -> Numbers:
    return Numbers(basis=asking.basis_of(case, state, question), content=content)
