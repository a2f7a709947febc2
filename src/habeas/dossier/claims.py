"""The claims of a dossier: each of its tables, completed from what the file says once for all.

The file's document and its `[defaults]` are filled in; a default that is not for a kind of claim
leaves it alone. How a table becomes several events is said in `unfolding`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import evolve, frozen

from habeas.dossier.entries import Entry
from habeas.dossier.faults import Faults
from habeas.dossier.places import Place
from habeas.dossier.rows import Row, names_of
from habeas.dossier.unfolding import CITATION, Made, unfold
from habeas.events import (
    ClaimWithdrawn,
    CountClaimed,
    DetailClaimed,
    GroupClaimed,
    RemarkClaimed,
    RowUnlisted,
    StatusClaimed,
)
from habeas.nearest import nearest

CLAIMS: Final[dict[str, Any]] = {
    "status": StatusClaimed,
    "detail": DetailClaimed,
    "count": CountClaimed,
    "group": GroupClaimed,
    "remark": RemarkClaimed,
    "unlisted": RowUnlisted,
    "withdrawn": ClaimWithdrawn,
}
"""The tables of claims, in the order in which they are taken, and the event that each makes."""

DEFAULTS: Final = (
    *(name for name in CITATION if name != "ref"),
    *("stance", "when", "place", "authority", "population", "part_of", "scope", "period"),
)
"""What `[defaults]` may hold."""


@frozen(kw_only=True)
class Setting:
    """What the claims of a file share: its documents, those that state their zone, its defaults.

    A document whose id could not be read is None.
    """

    path: str
    documents: tuple[str | None, ...]
    zoned: frozenset[str]
    defaults: Row | None


def entries_of(row: Row, table: str, setting: Setting, faults: Faults) -> Iterator[Entry]:
    """Make the entries of one table of claims; what is wrong goes to `faults`."""
    cls = CLAIMS[table]
    row = _cited(_with_defaults(row, cls, setting), setting, faults)
    for made in unfold(row, cls, faults):
        if made.event is not None:
            yield _entry(made, row, setting)


def _entry(made: Made, row: Row, setting: Setting) -> Entry:
    taken_back = isinstance(made.event, ClaimWithdrawn)
    return Entry(
        cls=type(made.event),
        event=None if taken_back else made.event,
        path=setting.path,
        line=row.place.line,
        lines={**row.place.lines, **made.lines},
        claim=row.values["claim"] if taken_back else None,
        withdrawal=_but_claim(made.event) if taken_back else None,
    )


def _but_claim(event: ClaimWithdrawn) -> dict[str, Any]:
    """Return the fields of a withdrawal, without the claim and without what is absent."""
    values = {name: getattr(event, name) for name in names_of(ClaimWithdrawn) if name != "claim"}
    return {name: value for name, value in values.items() if value not in (None, ())}


def _with_defaults(row: Row, cls: Any, setting: Setting) -> Row:  # noqa: ANN401
    """Return the table with the file's defaults for what it does not say itself."""
    values = {"stance": "asserted"} if "stance" in names_of(cls) else {}
    if setting.defaults is None:
        return evolve(row, values={**values, **row.values})
    given, place = setting.defaults.values, setting.defaults.place
    taken = [each for each in DEFAULTS if each in given and each in names_of(cls)]
    return evolve(
        row,
        values={**values, **{each: given[each] for each in taken}, **row.values},
        place=_under(row.place, place, [each for each in taken if each not in row.values]),
    )


def _under(place: Place, defaults: Place, taken: Iterable[str]) -> Place:
    lines = {each: defaults.of(each) for each in taken}
    starts = {each: defaults.starts[each] for each in taken if each in defaults.starts}
    return evolve(place, lines=lines | place.lines, starts=starts | place.starts)


def _cited(row: Row, setting: Setting, faults: Faults) -> Row:
    """Return the table with its document; one without a document is told, and is not sound."""
    named = row.values.get("document")
    if named is not None:
        return evolve(row, zoned=isinstance(named, str) and named in setting.zoned)
    only = setting.documents[0] if len(setting.documents) == 1 else None
    if only is not None:
        return evolve(row, values={**row.values, "document": only}, zoned=only in setting.zoned)
    if setting.documents != (None,) and not _misspelt(row):
        faults.add(row.place.line, *_without_document(row, setting))
    return evolve(row, values={**row.values, "document": "none"}, sound=False)


def _misspelt(row: Row) -> bool:
    """Say whether the document may stand in what could not be read, or under a misspelt key."""
    like = any(nearest(key, ["document"], likeness=0.8) for key in row.values)
    return like or not row.place.whole


def _without_document(row: Row, setting: Setting) -> tuple[str, str]:
    message = f"{row.name} does not say in which document it stands"
    if setting.documents:
        example = next((each for each in setting.documents if each), "…")
        message = f"{message}, and the file has {len(setting.documents)}"
        return message, f'document = "{example}"'
    return message, 'add a [document] to the file, or document = "…" here'
