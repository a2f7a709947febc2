"""Comparing two states: from what a person types as FROM and TO to a change log."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs
from attrs import frozen

from habeas.case import asking, numbers, settled, snapshots, turning
from habeas.case.collecting import uncollected
from habeas.case.progress import Progress, no_progress
from habeas.errors import UnknownName
from habeas.log import closure
from habeas.log.remembering import Remembering
from habeas.projections.changes import Side, changes
from habeas.projections.question import Question

if TYPE_CHECKING:
    from habeas.case.main import Case

CAUSES: Final = (
    "reported",
    "backfilled",
    "corrected",
    "withdrawn",
    "voided",
    "merged",
    "separated",
    "graded",
    "elapsed",
    "ruled",
)
"""What a change may come of, in the order in which a reader wants them."""

MOVED: Final = ("counts", "groups")
"""What of a change log is about no single person; each word is a kind of change as well."""

_BOTH: Final = re.compile(r"(?P<as_of>.+[^@])(?P<at>@[0-9]+)")


@frozen(kw_only=True)
class ChangeLog:
    """What changed between two answers, with the basis of each.

    `changes` are of persons, `counts` of the series of reported numbers, `groups` of groups.
    """

    before: dict[str, Any]
    after: dict[str, Any]
    changes: tuple[dict[str, Any], ...]
    counts: tuple[dict[str, Any], ...]
    groups: tuple[dict[str, Any], ...]

    @property
    def data(self) -> dict[str, Any]:
        """The whole change log as JSON values."""
        return {
            "from": self.before,
            "to": self.after,
            **{key: list(getattr(self, key)) for key in ("changes", *MOVED)},
        }


def side_named(
    case: Case, text: str, *, on: str | None = None, projection: str | Path | None = None
) -> Question:
    """Return the question that FROM or TO names.

    A date or timestamp (at the head of the log), `@N` (today, at that position), both as
    `2026-01-08@12`, or the name of a snapshot, whose own rules it then keeps. Raises UnknownName or
    BadTime.
    """
    if case.store.first_marked(f"snapshot:{text}") is not None:
        return snapshots.question_of(case, snapshots.named(case.looked(), text))
    both = _BOTH.fullmatch(text)
    as_of, at_log = (both["as_of"], both["at"]) if both else (text, None)
    if text.startswith("@"):
        as_of, at_log = None, text
    if as_of is not None and not as_of[:1].isdigit():
        _check_snapshot(case, as_of)
    return asking.question(case, as_of=as_of, on=on, at_log=at_log, projection=projection)


def _check_snapshot(case: Case, text: str) -> None:
    """Refuse what is neither a day nor a snapshot's name, with examples of what a state is."""
    known = case.looked().snapshots_taken()
    if text not in known:
        hint = "2026-01-08, a timestamp with its offset, @12, 2026-01-08@12"
        named = f", or a snapshot: {', '.join(known)}" if known else ""
        message = f"no snapshot is called '{text}', and it is no day and no position"
        raise UnknownName(message, hint=hint + named)


def compare(
    case: Case,
    before: Question,
    after: Question,
    *,
    evidence: bool = False,
    causes: Iterable[str] = (),
    kinds: Iterable[str] = (),
    progress: Progress = no_progress,
) -> ChangeLog:
    """Return what changed between two questions to a case.

    With `evidence`, also of whom more is said though nothing changed. `causes` and `kinds`, where
    given, keep the changes that have one of each; of MOVED, each word is a kind too.
    """
    wanted = partial(_wanted, causes=frozenset(causes), kinds=frozenset(kinds))
    with case.store.reading():
        found = of_persons(case, before, after, evidence=evidence, progress=progress)
        moved = numbers.moved(case, before, after, evidence=evidence)
    return attrs.evolve(
        found,
        changes=tuple(one for one in found.changes if wanted(one)),
        counts=tuple(one for one in moved["counts"] if wanted(one, "counts")),
        groups=tuple(one for one in moved["groups"] if wanted(one, "groups")),
    )


def of_persons(
    case: Case,
    before: Question,
    after: Question,
    *,
    evidence: bool = False,
    persons: set[str] | None = None,
    progress: Progress = no_progress,
) -> ChangeLog:
    """Return what changed about persons: it reads none of the reported numbers.

    Where it is known that nobody but `persons` can have changed, only they are compared.
    """
    with case.store.reading():
        if persons is None:
            persons = _asked_for(case, before, after)
        index = Remembering(case.store)
        told: dict[str, dict[str, Any]] = {}
        view = None if evidence else turning.view_of_both(case, before, after)
        if view is not None:
            with uncollected():
                told, persons = settled.settled(view, before, after, persons, progress)
        if persons is None:
            persons = turning.candidates(case, before, after, evidence=evidence)
        was, now = (_side(case, side, persons) for side in (before, after))
        if persons is not None:
            persons |= {side.state.keeper(one) for side in (was, now) for one in persons}
        found = changes(was, now, index, evidence=evidence, progress=progress, persons=persons)
        told |= {one["person"]: one for one in found}
        return ChangeLog(
            before=asking.basis_of(case, was.state, was.question),
            after=asking.basis_of(case, now.state, now.question),
            changes=tuple(told[one] for one in sorted(told)),
            counts=(),
            groups=(),
        )


def _asked_for(case: Case, *sides: Question) -> set[str] | None:
    """Return the persons who alone can be in any of these answers; None: that may be anybody."""
    found = {one for side in sides for one in side.where.get("person", ())}
    if not all(side.where.get("person") for side in sides):
        return None
    is_known = all(case.store.first_marked(f"person:{one}") is not None for one in found)
    return closure.ever_merged(case.store, found) if is_known else None


def _side(case: Case, question: Question, persons: set[str] | None) -> Side:
    if persons is None:
        case.state()  # so that the other side's state does not grow
        return Side(state=case.state(question.position), question=question)
    if not persons:
        at = case.store.head().position if question.position is None else question.position
        return Side(state=case.outline(at), question=question)
    return Side(state=case.state_of(persons, question.position), question=question)


def _wanted(
    change: dict[str, Any], *also: str, causes: frozenset[str], kinds: frozenset[str]
) -> bool:
    if kinds and kinds.isdisjoint((*change["kinds"], *also)):
        return False
    return not causes or any(cause["cause"] in causes for cause in change["causes"])


def where_of(question: Question, where: dict[str, tuple[str, ...]]) -> Question:
    """Return a question that chooses rows by `where` besides its own choice."""
    return question._replace(where={**question.where, **where}) if where else question
