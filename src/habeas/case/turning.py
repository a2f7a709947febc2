"""Who can have changed between two questions: found by the read model, without asking everybody.

It names too many rather than too few. Persons whose rows turned between the two as-of ends, and
those on whom events bear that one side's log does not hold; nobody else. Where no read model can
say, it says None: then everybody is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from habeas.events import RemarkClaimed
from habeas.log.touching import SWEEPING, touched

if TYPE_CHECKING:
    from habeas.case.main import Case
    from habeas.projections.question import Question


def candidates(case: Case, before: Question, after: Question, *, evidence: bool) -> set[str] | None:
    """Return the persons of whom the two answers can differ; with `evidence`, what is behind them.

    None where everybody has to be asked. Who was merged is named by his own id, or his keeper's.
    """
    if before.rules != after.rules:
        return None
    views = [case.view(attrs.evolve(side, position=None)) for side in (before, after)]
    view = views[0]
    if view is None or views[1] is None:
        return None
    ends = sorted((before.as_of.end, after.as_of.end))
    head = view.position
    older = min(head if side.position is None else side.position for side in (before, after))
    found = view.turned(*ends, quiet=evidence)
    if older < head:
        if _unsure(case, older):
            return None
        grades = before.rules.min_grade is not None
        found |= touched(case.store, case.store.records(after=older), grades=grades)
    return found | _remarked(case) if evidence else found


def _unsure(case: Case, older: int) -> bool:
    """Say whether since a position something was recorded that bears on more than persons."""
    if any(seq > older for seq in case.store.of_type(SWEEPING)):
        return True
    first = next(case.store.read((1,)), None)
    acts = () if first is None else case.store.marked(f"event:{first.id}")
    return any(seq > older for seq in acts)


def _remarked(case: Case) -> set[str]:
    """Return all about whom there is a remark: those are evidence, and in no row."""
    events = (record.event for record in case.store.read(case.store.of_type("remark.claimed")))
    return {one for event in events if isinstance(event, RemarkClaimed) for one in event.about}
