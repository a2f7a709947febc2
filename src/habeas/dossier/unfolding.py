"""How a table of claims unfolds: a list of persons, values or members gives one event each.

It owns how their refs are told apart: where one table with a `ref` gives several events, each has
the ref with the person's id after it (of a detail: person, key and number, as far as they differ).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from attrs import evolve

from habeas.dossier.faults import Faults
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
from habeas.nearest import nearest
from habeas.vocabulary import DETAIL_KEYS

CITATION: Final = names_of(Citation)
ANY_EVENT: Final = "a" * 20
"""Stands for the id of a withdrawn claim, which only the log knows."""

_DETAIL: Final = (*CITATION, "person", "stance", "when")
_OTHERS: Final = {
    *(name for cls in (StatusClaimed, CountClaimed, GroupClaimed) for name in names_of(cls)),
    *names_of(RemarkClaimed),
    *("claim", "members", "key", "value"),
} - {*_DETAIL}
_claim: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}#[a-z0-9][a-z0-9-]{0,63}|[a-z2-7]{20}")
_DETAILS: Final = ", ".join(DETAIL_KEYS)


class Made(NamedTuple):
    """An event of a table (None if it is at fault), and where its fields stand by other names."""

    event: Any
    lines: dict[str, int]


def unfold(row: Row, cls: Any, faults: Faults) -> Iterator[Made]:  # noqa: ANN401 - an event class
    """Make the events of a table whose default and document are filled in."""
    if cls is DetailClaimed:
        return _details(row, faults)
    if cls is GroupClaimed:
        return _group(row, faults)
    if cls is ClaimWithdrawn:
        return _withdrawal(row, faults)
    return _plain(row, cls, faults)


def _plain(row: Row, cls: type[StatusClaimed | RowUnlisted], faults: Faults) -> Iterator[Made]:
    """Make one event, or one for each person of a list."""
    row = check_keys(row, names_of(cls), faults)
    persons = _persons(row, faults)
    for person in persons:
        values = {**row.values, **person, **_ref(row, *_if(len(persons) > 1, person.values()))}
        yield _made(event_of(cls, values, row, faults), row)


def _made(event: object, row: Row, **lines: int) -> Made:
    return Made(event if row.sound and row.place.whole else None, lines)


def _persons(row: Row, faults: Faults) -> list[dict[str, Any]]:
    """Return `person` with one value, once for each person; nothing where there is none."""
    person = row.values.get("person")
    if isinstance(person, list):
        return [{"person": each} for each in _each("person", person, row, faults)]
    return [{} if person is None else {"person": person}]


def _each(key: str, several: list[Any], row: Row, faults: Faults) -> list[Any]:
    """Return the values of a list, each once; an empty list, or a value named twice, is told."""
    once: list[Any] = []
    for value in several:
        if value in once:
            faults.add(row.line(key), f"`{key}` names {shown(value)} twice", "name each once")
        else:
            once.append(value)
    if not once:
        faults.add(row.line(key), f"`{key}` is an empty list", f'{key} = ["…"]')
    return once


def _if(needed: bool, parts: Iterable[object]) -> list[object]:  # noqa: FBT001
    return list(parts) if needed else []


def _ref(row: Row, *suffix: object) -> dict[str, Any]:
    """Return the ref of one event of several; nothing where the table has none, or one event."""
    ref = row.values.get("ref")
    if not suffix or not isinstance(ref, str):
        return {}
    return {"ref": "-".join([ref, *(str(part).replace("_", "-") for part in suffix)])}


def _details(row: Row, faults: Faults) -> Iterator[Made]:
    """Make one event for each person, key and value."""
    keys = [key for key in row.values if key not in _DETAIL]
    if not keys and row.place.whole:
        faults.add(row.place.line, f"{row.name} says nothing of the person", 'charge = "treason"')
    right = [key for key in keys if _check_key(key, row, faults)]
    if right != keys:
        row = evolve(row, sound=False)
    persons = _persons(row, faults)
    cited = {key: value for key, value in row.values.items() if key in _DETAIL}
    said = [each for key in right for each in _values(key, row, faults)]
    for person in persons:
        for key, number, value in said or [("key", 0, "value")]:
            parts = [*_if(len(persons) > 1, person.values()), *_if(len(keys) > 1, [key])]
            ref = _ref(row, *parts, *_if(number > 0, [number]))
            values = {**cited, **person, **ref, "key": key, "value": value}
            event = event_of(DetailClaimed, values, row, faults)
            yield _made(event if said else None, row, key=row.line(key), value=row.line(key))


def _values(key: str, row: Row, faults: Faults) -> list[tuple[str, int, str]]:
    """Return the values of a detail with its key and their numbers, which is 0 for an only one."""
    value = row.values[key]
    try:
        check_shape(key, value, several=True)
        several = _each(key, value, row, faults) if isinstance(value, list) else [value]
        for text in several:
            check_text(key, nfc(text), optional=True)
    except HabeasError as error:
        faults.add(row.line(key), error.message, error.hint)
        return []
    if len(several) == 1:
        return [(key, 0, several[0])]
    return [(key, number, text) for number, text in enumerate(several, 1)]


def _check_key(key: str, row: Row, faults: Faults) -> bool:
    """Say whether a key of [[detail]] is a detail, and no slip for another key; tell it if not."""
    if key in DETAIL_KEYS:
        return True
    near = _slip(key)
    if near:
        hint = f"did you mean `{near}`?"
    elif key in _OTHERS:
        hint = f"it belongs to another table; details are {_DETAILS}, and others"
    elif not re.fullmatch(WORD_PATTERN, key):
        hint = f"a detail's name is a-z, 0-9 and '_', such as {_DETAILS}"
    else:
        return True
    faults.add(row.line(key), f"{row.name} has no key {shown(key)}", hint)
    return False


def _slip(key: str) -> str | None:
    """Return the known key that an unknown one is a slip for: a letter off, or one for many."""
    known = (*_DETAIL, *DETAIL_KEYS)
    for form in (key.removesuffix("s"), f"{key}s", key.lower()):
        if form in known:
            return form
    long_enough = [each for each in known if len(each) > len("when")]
    return nearest(key, long_enough, likeness=0.8)


def _group(row: Row, faults: Faults) -> Iterator[Made]:
    """Make the event of a group, and a status for each of its members."""
    row = check_keys(row, (*names_of(GroupClaimed), "members"), faults)
    values = {key: value for key, value in row.values.items() if key != "members"}
    event = event_of(GroupClaimed, values, row, faults)
    yield _made(event, row)
    shared = {key: value for key, value in values.items() if key in names_of(StatusClaimed)}
    line = row.line("members")
    lines = evolve(row.place, lines={**row.place.lines, "person": line})
    for person in _members(row, faults):
        one = {**shared, "person": person, **_ref(row, person)}
        member = event_of(StatusClaimed, one, evolve(row, place=lines), faults)
        yield _made(member if event else None, row, person=line)


def _members(row: Row, faults: Faults) -> list[Any]:
    members = row.values.get("members")
    if members is None or isinstance(members, str):
        return [] if members is None else [members]
    if isinstance(members, list):
        return _each("members", members, row, faults)
    message = f"`members` is {shown(members)}, which is no list"
    faults.add(row.line("members"), message, 'members = ["…", "…"]')
    return []


def _withdrawal(row: Row, faults: Faults) -> Iterator[Made]:
    """Make a withdrawal, with ANY_EVENT for the claim that is still to be found in the log."""
    row = check_keys(row, names_of(ClaimWithdrawn), faults)
    values = dict(row.values)
    if "claim" in values:
        claim, values["claim"] = values["claim"], ANY_EVENT
        if not (isinstance(claim, str) and _claim.fullmatch(claim)):
            message = f"`claim` is {shown(claim)}, which names no claim"
            hint = 'claim = "document#ref", or the 20 characters of an event\'s id'
            faults.add(row.line("claim"), message, hint)
            row = evolve(row, sound=False)
    yield _made(event_of(ClaimWithdrawn, values, row, faults), row)
