"""The quick door: what was known of everybody, from the rows alone.

A command that asks the newest log by the default rules mostly finds its answer written down; then
nothing of the log is read, and nothing that reads it is imported. This says what `asking.status`
says, or None where it cannot know: then `asking` is to be asked, whatever the reason was. Where
something is withheld, redacted or missing, where the case was corrected or the model is behind the
log, it does not know.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from habeas import times
from habeas.projections import believed
from habeas.projections.basis import DEFAULT_PROJECTION, Basis, rules_data
from habeas.rules import DEFAULT_RULES, ENGINE
from habeas.store.glimpse import Glimpse
from habeas.vocabulary import AUDIENCES, DESK

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

_ACCESS: Final = ("access.withheld", "access.disclosed")
_OPENED: Final = ("case.opened", 1)


class _Case(NamedTuple):
    """What the rows of a log were made of, and where the log stands."""

    case: str
    zone: ZoneInfo
    model: int
    position: int
    root: str


def roster(
    path: Path, *, as_of: str | None, on: str | None, audience: str, now: int
) -> dict[str, Any] | None:
    """Return the answer about everybody, as JSON values; None where it is not at hand.

    `now` is the clock's instant. Raises BadTime for an as-of or a day that cannot be read.
    """
    if not path.is_file() or audience not in AUDIENCES:
        return None
    with Glimpse(path) as log:
        case = _case(log, audience)
        if case is None:
            return None
        today = times.day_of(now, case.zone).isoformat()
        known = times.parse_as_of(today if as_of is None else as_of, case.zone)
        day = times.day_of(known.end - 1, case.zone)
        if on is not None and times.parse_day(on) != day:
            return None
        basis = Basis(
            case=case.case,
            as_of=known,
            on=day,
            position=case.position,
            root=case.root,
            projection=DEFAULT_PROJECTION,
            rules=DEFAULT_RULES,
            where={},
            audience=audience,
            withheld=0,
            redacted=0,
        )
        rows = log.beliefs.all(case.model, known.end)
        return {"basis": basis.data, "persons": list(believed.answers(rows))}


def _case(log: Glimpse, audience: str) -> _Case | None:
    """Return what rows may be told to an audience; None where they may not, or there are none."""
    head, first = log.head(), log.first()
    if head is None or first is None or (first.type, first.version) != _OPENED:
        return None
    if audience != DESK and any(map(log.has, _ACCESS)):
        return None
    if log.has("event.redacted") or log.lacks_payloads():
        return None
    position, root = head
    data = json.loads(first.payload)["data"]
    wanted = {
        "engine": ENGINE,
        "form": believed.FORM,
        "rules": rules_data(DEFAULT_RULES),
        "zone": data["timezone"],
    }
    for model in log.beliefs.models():
        if model.position == position and json.loads(model.basis) == wanted:
            zone = times.zone(data["timezone"])
            return _Case(data["case"], zone, model.no, position, root)
    return None
