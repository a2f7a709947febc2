"""Changes that a read model settles: before, after and causes from rows, without a replay.

That is so where both questions are put to the head of the log about the as-of days, the second to
the later one, and of a person one row alone came between them, whose events would be the causes
whenever the two answers are compared. Who is left is named, and is compared by replay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from habeas.log import State, closure
from habeas.projections import believed, causes
from habeas.projections.as_told import facts_as_told
from habeas.projections.changes import Side, changed, kinds_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from habeas.case.recalling import View
    from habeas.log import Record
    from habeas.log.closure import Index
    from habeas.projections.facts import Facts
    from habeas.projections.question import Question
    from habeas.store.belief_port import Row


class _Settled(NamedTuple):
    """One change: the facts before and after, and the `seq`s behind it; 0: a date has passed.

    `rows` are those that hold the two answers.
    """

    person: str
    was: Facts
    now: Facts
    seqs: tuple[int, ...]
    rows: tuple[Sequence[Row], Sequence[Row]]


def settled(
    view: View, before: Question, after: Question, index: Index
) -> tuple[dict[str, dict[str, Any]], set[str]]:
    """Return the changes that rows settle, by person, and the persons of whom they do not."""
    if before.where or after.where or before.as_of.end > after.as_of.end:
        return {}, view.turned(*sorted((before.as_of.end, after.as_of.end)), quiet=False)
    ends = before.as_of.end, after.as_of.end
    found: list[_Settled] = []
    left = set(view.stale)
    for one in view.turned(*ends, quiet=False) - left:
        change = _change(view, one, *ends)
        if change is None:
            left.add(one)
        elif change.was != change.now:
            found.append(change)
    return _told(view, before, after, found, index), left


def _change(view: View, one: str, after: int, upto: int) -> _Settled | None:
    """Return what rows say of a person between two as-of ends; None where they do not settle it."""
    rows = view.history(one)
    between = [row for row in rows if after < row.known_from <= upto]
    before = [row for row in rows if row.known_from <= after]
    was, now = (_facts(view, one, some) for some in (before, between))
    if was == now:
        return _Settled(one, was, now, (), (before, between))
    seqs, always = believed.why_of(between[0].why)
    return (
        _Settled(one, was, now, seqs, (before, between)) if len(between) == 1 and always else None
    )


def _facts(view: View, one: str, rows: Sequence[Row]) -> Facts:
    """Return the facts in the last of some rows; None where there is no answer."""
    if not rows or not rows[-1].code:
        return None
    return believed.facts(one, view.name_of(one), rows[-1].code, rows[-1].body)


def _as_told(one: _Settled, name: str, cited: str) -> tuple[Facts, Facts]:
    """Return the facts before and after, with the marks put to their dates beside them."""

    def marked(facts: Facts, rows: Sequence[Row]) -> Facts:
        if facts is None:
            return None
        row = (one.person, name, rows[-1].code, rows[-1].body, cited)
        return facts_as_told(facts, next(believed.answers([row])))

    return marked(one.was, one.rows[0]), marked(one.now, one.rows[1])


def _told(
    view: View,
    before: Question,
    after: Question,
    those: Iterable[_Settled],
    index: Index,
) -> dict[str, dict[str, Any]]:
    changes = list(those)
    behind = closure.behind(index, {seq for one in changes for seq in one.seqs if seq})
    records = {record.seq: record for record in behind}
    state = State.of(behind)
    state.position = view.position
    was, now = (Side(state=state, question=question) for question in (before, after))
    cited = view.store.beliefs.cited(one.person for one in changes)
    found = {}
    for one in changes:
        told = _as_told(one, view.name_of(one.person), cited.get(one.person, ""))
        why = list(_causes(was, now, one, records))
        found[one.person] = changed(
            one.person, *told, why, kinds_of(one.was, one.now, merged=False)
        )
    return found


def _causes(
    was: Side, now: Side, one: _Settled, records: dict[int, Record]
) -> Iterator[dict[str, Any]]:
    for seq in one.seqs:
        if seq:
            record = records[seq]
            cause = causes.ACTS.get(type(record.event), "reported")
            yield causes.told(now.state, record, cause)
    if 0 in one.seqs:
        yield causes.time_passed(was, now)
