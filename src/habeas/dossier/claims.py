"""The claims of a dossier: its tables of claims, one event or several from each.

It owns how a table unfolds: a list of persons, of values or of members gives one claim each, and a
`ref` then gets a suffix, `<ref>-<person>`, so that each claim has its own. The file's document and
its `[defaults]` are filled in; what a default is not for, it leaves alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs
from attrs import evolve, frozen

from habeas import codec
from habeas.dossier.entries import Entry
from habeas.dossier.faults import Faults
from habeas.dossier.hints import nearest
from habeas.dossier.places import Place
from habeas.dossier.rows import Row, check_keys, check_shape, event_of, names_of
from habeas.errors import HabeasError
from habeas.events import (
    Citation,
    ClaimWithdrawn,
    CountClaimed,
    DetailClaimed,
    GroupClaimed,
    RemarkClaimed,
    RowUnlisted,
    StatusClaimed,
)
from habeas.events.fields import WORD_PATTERN, check_text, nfc, shown
from habeas.vocabulary import DETAIL_KEYS

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

CITATION: Final = names_of(Citation)
DEFAULTS: Final = (
    *(name for name in CITATION if name != "ref"),
    *("stance", "when", "place", "authority", "population", "part_of", "scope", "period"),
)
"""What `[defaults]` may hold."""

_DETAIL: Final = (*CITATION, "person", "stance", "when")
_ELSEWHERE: Final = {name for cls in CLAIMS.values() for name in names_of(cls)} - {*_DETAIL}
_CLAIM: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}#[a-z0-9][a-z0-9-]{0,63}|[a-z2-7]{20}")
_ANY_ID: Final = "a" * 20


@frozen(kw_only=True)
class Setting:
    """What the claims of a file share: its documents, those that state their zone, its defaults."""

    path: str
    documents: tuple[str, ...]
    zoned: frozenset[str]
    defaults: Row | None


def entries_of(row: Row, table: str, setting: Setting, faults: Faults) -> Iterator[Entry]:
    """Make the entries of one table of claims; what is wrong goes to `faults`."""
    cls = CLAIMS[table]
    row = _cited(_with_defaults(row, cls, setting), setting, faults)
    match table:
        case "detail":
            found = _details(row, faults)
        case "group":
            found = _group(row, faults)
        case "withdrawn":
            found = _withdrawal(row, faults)
        case _:
            found = _plain(row, cls, faults)
    for made, lines in found:
        if made is not None and row.sound and row.place.whole:
            yield _entry(made, lines, row, setting)


Made = Iterator[tuple[Any, dict[str, int]]]


def _entry(made: Any, lines: dict[str, int], row: Row, setting: Setting) -> Entry:  # noqa: ANN401
    taken_back = isinstance(made, ClaimWithdrawn)
    return Entry(
        cls=type(made),
        event=None if taken_back else made,
        path=setting.path,
        line=row.place.line,
        lines=row.place.lines | lines,
        claim=row.values["claim"] if taken_back else None,
        withdrawal=_but_claim(made) if taken_back else None,
    )


def _but_claim(made: ClaimWithdrawn) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in codec.plain(made).items()
        if name != "claim"
    }


def _with_defaults(row: Row, cls: type[Any], setting: Setting) -> Row:
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
    return attrs.evolve(place, lines=lines | place.lines, starts=starts | place.starts)


def _cited(row: Row, setting: Setting, faults: Faults) -> Row:
    """Return the table with its document; one without a document is told."""
    named = row.values.get("document")
    if named is not None:
        zoned = isinstance(named, str) and named in setting.zoned
        return evolve(row, zoned=zoned)
    if len(setting.documents) == 1:
        [only] = setting.documents
        return evolve(row, values={**row.values, "document": only}, zoned=only in setting.zoned)
    message = f"{row.name} does not say in which document it stands"
    if setting.documents:
        message = f"{message}, and the file has {len(setting.documents)}"
        hint = f'document = "{setting.documents[0]}"'
    else:
        hint = 'add a [document] to the file, or document = "…" here'
    faults.add(row.place.line, message, hint)
    return evolve(row, values={**row.values, "document": "none"}, sound=False)


def _plain(row: Row, cls: type[Any], faults: Faults) -> Made:
    """Make one event, or one for each person of a list."""
    known = check_keys(row, names_of(cls), faults)
    values = {key: value for key, value in row.values.items() if key in names_of(cls)}
    several = values.get("person") if "person" in names_of(cls) else None
    if not isinstance(several, list):
        made = event_of(cls, values, row, faults)
        yield (made if known else None), {}
        return
    for person in _each("person", several, row, faults):
        one = values | {"person": person} | _ref(row, person, alone=len(several) == 1)
        made = event_of(cls, one, row, faults)
        yield (made if known else None), {}


def _each(key: str, several: list[Any], row: Row, faults: Faults) -> list[Any]:
    """Return the values of a list, each once; an empty list, or a value named twice, is told."""
    line = row.line(key)
    if not several:
        faults.add(line, f"`{key}` is an empty list", f'{key} = ["…"]')
    once = []
    for value in several:
        if value in once:
            faults.add(line, f"`{key}` names {shown(value)} twice", "name each once")
        else:
            once.append(value)
    return once


def _ref(row: Row, *suffix: object, alone: bool) -> dict[str, Any]:
    """Return the ref of one claim of several, or nothing when the table has none."""
    ref = row.values.get("ref")
    if alone or not isinstance(ref, str) or not suffix:
        return {}
    return {"ref": "-".join([ref, *map(str, suffix)])}


def _details(row: Row, faults: Faults) -> Made:
    """Make one event for each person, key and value."""
    keys = [key for key in row.values if key not in _DETAIL]
    if not keys and row.place.whole:
        faults.add(row.place.line, f"{row.name} says nothing of the person", 'charge = "treason"')
    wrong = [key for key in keys if not _is_key(key, row, faults)]
    shared = {key: row.values[key] for key in row.values if key in _DETAIL}
    persons = shared.get("person")
    many = isinstance(persons, list)
    for person in _each("person", persons, row, faults) if many else [persons]:  # type: ignore[arg-type]
        for key in keys:
            values = _texts(key, row, faults)
            for number, value in enumerate(values, 1):
                suffix = _suffix(
                    (person, many and len(persons) > 1),  # type: ignore[arg-type]
                    (key.replace("_", "-"), len(keys) > 1),
                    (number, len(values) > 1),
                )
                one = shared | {"key": key, "value": value} | _ref(row, *suffix, alone=not suffix)
                if "person" in shared:
                    one["person"] = person
                made = None if wrong else event_of(DetailClaimed, one, row, faults)
                yield made, {"key": row.line(key), "value": row.line(key)}
        if not keys or wrong:
            event_of(DetailClaimed, {"key": "k", "value": "v"} | shared | {"person": person}, row, faults)


def _suffix(*parts: tuple[object, bool]) -> list[object]:
    return [part for part, needed in parts if needed]


def _texts(key: str, row: Row, faults: Faults) -> list[str]:
    """Return the values of a detail: text, or a list of texts."""
    value = row.values[key]
    try:
        check_shape(key, value, several=True)
        texts = _each(key, value, row, faults) if isinstance(value, list) else [value]
        for text in texts:
            check_text(key, nfc(text))
    except HabeasError as error:
        faults.add(row.line(key), error.message, error.hint)
        return []
    return texts


def _is_key(key: str, row: Row, faults: Faults) -> bool:
    """Say whether a key of [[detail]] is a detail, and no slip for another key."""
    if key in DETAIL_KEYS:
        return True
    known = (*_DETAIL, *DETAIL_KEYS)
    near = _slip(key, known)
    if near:
        hint = f"did you mean `{near}`?"
    elif key in _ELSEWHERE or key == "members":
        hint = f"it has {', '.join(_DETAIL)}, and details such as {', '.join(DETAIL_KEYS)}"
    elif not re.fullmatch(WORD_PATTERN, key):
        hint = f"a detail's name is a-z, 0-9 and '_', such as {', '.join(DETAIL_KEYS)}"
    else:
        return True
    faults.add(row.line(key), f"{row.name} has no key {shown(key)}", hint)
    return False


def _slip(key: str, known: Iterable[str]) -> str | None:
    """Return the known key that an unknown one is a slip for: one letter off, or one or many."""
    known = tuple(known)
    for form in (key.removesuffix("s"), key + "s", key.lower()):
        if form in known:
            return form
    return nearest(key, [each for each in known if len(each) > 4], likeness=0.8)  # noqa: PLR2004


def _group(row: Row, faults: Faults) -> Made:
    """Make the event of a group, and a status for each of its members."""
    known = check_keys(row, (*names_of(GroupClaimed), "members"), faults)
    values = {key: value for key, value in row.values.items() if key in names_of(GroupClaimed)}
    made = event_of(GroupClaimed, values, row, faults)
    yield (made if known else None), {}
    members = row.values.get("members", [])
    if isinstance(members, str):
        members = [members]
    if not isinstance(members, list):
        message = f"`members` is {shown(members)}, which is no list"
        faults.add(row.line("members"), message, 'members = ["…", "…"]')
        return
    shared = {key: value for key, value in values.items() if key in names_of(StatusClaimed)}
    lines = {"person": row.line("members")}
    for person in _each("members", members, row, faults) if "members" in row.values else []:
        one = shared | {"person": person} | _ref(row, person, alone=False)
        at = evolve(row, place=attrs.evolve(row.place, lines=row.place.lines | lines))
        member = event_of(StatusClaimed, one, at, faults)
        yield (member if known and made is not None else None), lines


def _withdrawal(row: Row, faults: Faults) -> Made:
    """Make a withdrawal whose claim is still to be found in the log."""
    known = check_keys(row, names_of(ClaimWithdrawn), faults)
    values = {key: value for key, value in row.values.items() if key in names_of(ClaimWithdrawn)}
    claim = values.get("claim")
    if claim is not None:
        if not (isinstance(claim, str) and _CLAIM.fullmatch(claim)):
            message = f"`claim` is {shown(claim)}, which names no claim"
            hint = 'claim = "document#ref", or the 20 characters of an event\'s id'
            faults.add(row.line("claim"), message, hint)
            known = False
        values["claim"] = _ANY_ID
    made = event_of(ClaimWithdrawn, values, row, faults)
    yield (made if known else None), {}
