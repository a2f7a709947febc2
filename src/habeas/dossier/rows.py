"""One table of a dossier, read strictly: known keys only, each value of the kind its field takes.

It checks a table by itself. Whether the persons, parties and documents it names exist is asked in
`log`. Bare TOML dates and times are taken where EDTF is, and become text as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any, Final

import attrs
from attrs import evolve, frozen

from habeas.dossier.faults import Faults
from habeas.dossier.hints import meant, status_hint
from habeas.dossier.places import Place
from habeas.errors import HabeasError
from habeas.events import BadValue, build
from habeas.events.fields import nfc, shown
from habeas.nearest import nearest

_bare_date: Final = re.compile(
    r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d:\d\d[0-9.]*(?:[Zz]|[+-]\d\d:\d\d)?)?"
)
_naive: Final = re.compile(r"(T\d\d:\d\d)(:\d\d)?(?![0-9:.]|Z|[+-]\d\d)")
_offset: Final = "-04:00"


@frozen(kw_only=True)
class Row:
    """A table: its name, its keys and values as `tomllib` gives them, and where they stand.

    `zoned` says that a time of day without an offset can be read: the document states its zone.
    What is not `sound` is checked like the rest, but makes no entry. Keys that are `misspelt` are
    not missing.
    """

    name: str
    values: Mapping[str, Any]
    place: Place
    text: str
    zoned: bool = False
    sound: bool = True
    misspelt: frozenset[str] = frozenset()

    def line(self, key: str) -> int:
        """Return the line of a key, or of the table."""
        return self.place.of(key)


def names_of(cls: Any) -> tuple[str, ...]:  # noqa: ANN401 - an event class
    """Return the names of the fields of an event class."""
    return tuple(attrs.fields_dict(cls))


def is_date(cls: Any, name: str) -> bool:  # noqa: ANN401
    """Say whether a field of an event class holds an EDTF expression."""
    return name in _with_schema(cls, "format", "edtf")


def is_list(cls: Any, name: str) -> bool:  # noqa: ANN401
    """Say whether a field of an event class holds several values."""
    return name in _with_schema(cls, "type", "array")


@cache
def _with_schema(cls: Any, key: str, value: str) -> frozenset[str]:  # noqa: ANN401
    specs = attrs.fields(cls)
    return frozenset(each.name for each in specs if each.metadata["schema"].get(key) == value)


def check_keys(row: Row, known: Iterable[str], faults: Faults) -> Row:
    """Return the row with the keys that are `known`; the others are told, and make it unsound."""
    known = tuple(known)
    values = {key: value for key, value in row.values.items() if key in known}
    if len(values) == len(row.values):
        return row
    unknown = [key for key in row.values if key not in values]
    meant_by = {key: nearest(key, known) for key in unknown}
    for key, near in meant_by.items():
        hint = f"did you mean `{near}`?" if near else f"its keys: {', '.join(known)}"
        faults.add(row.line(key), f"{row.name} has no key {shown(key)}", hint)
    misspelt = frozenset(near for near in meant_by.values() if near)
    return evolve(row, values=values, sound=False, misspelt=misspelt)


def event_of(cls: Any, values: Mapping[str, Any], row: Row, faults: Faults) -> Any:  # noqa: ANN401
    """Make an event of `cls` from the values of a table; None if any is at fault, each told."""
    ready = {name: _value(cls, name, value, row, faults) for name, value in values.items()}
    missing = [each for each in _required(cls) if each not in values]
    for name in missing:
        if row.place.whole and name not in row.misspelt:
            meaning = attrs.fields_dict(cls)[name].metadata["doc"]
            hint = f'{name} = "…": {meaning}'
            faults.add(row.place.line, f"{row.name} needs `{name}`", hint)
    if missing or any(value is BAD for value in ready.values()):
        return None
    try:
        return build(cls, ready)
    except BadValue as error:
        faults.add(row.line(error.field), error.message, error.hint)
        return None


BAD: Final = object()
"""Stands for a value that was at fault."""


@cache
def _required(cls: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(each.name for each in attrs.fields(cls) if not each.metadata["optional"])


def _value(cls: Any, name: str, value: object, row: Row, faults: Faults) -> Any:  # noqa: ANN401
    """Return the value as the field of the event takes it; BAD, and told, if it cannot."""
    if is_date(cls, name) and isinstance(value, date):
        value = as_written(name, value, row)
    if is_list(cls, name) and isinstance(value, str):
        value = [value]
    field = attrs.fields_dict(cls)[name]
    try:
        check_shape(name, value, several=is_list(cls, name))
        if is_date(cls, name):
            check_zoned(name, check_is_text(name, value), known=row.zoned)
        taken = nfc(value)
        field.metadata["check"](field.name, taken)
    except HabeasError as error:
        faults.add(row.line(name), error.message, _hint(field, name, value, error))
        return BAD
    return taken


def as_written(key: str, value: date, row: Row) -> str:
    """Return a bare TOML date or time as the text it was written as, in the form of EDTF."""
    start = row.place.starts.get(key)
    found = None if start is None else _bare_date.match(row.text, start)
    written = found[0] if found else value.isoformat()
    return written.upper().replace(" ", "T")


def check_is_text(key: str, value: object) -> str:
    """Return a value that is text; refuse any other."""
    if isinstance(value, str):
        return value
    hint = f'write it in quotation marks: {key} = "…"'
    raise BadValue(key, f"`{key}` is {shown(value)}, which is no text", hint=hint)


def check_zoned(key: str, value: str, *, known: bool) -> None:
    """Refuse a time of day that does not say whose clock it is, unless its zone is `known`."""
    if known or not _naive.search(value):
        return
    example = _naive.sub(lambda found: f"{found[1]}{found[2] or ':00'}{_offset}", value)
    raise BadValue(
        key,
        f"`{key}` is {shown(value)}, a time of day without an offset",
        hint=f'say whose clock it is: {key} = "{example}", or give its document a `timezone`',
    )


def check_shape(key: str, value: object, *, several: bool) -> None:
    """Refuse what no field holds: tables, lists where one value is due, dates where text is."""
    if isinstance(value, dict):
        raise BadValue(key, f"`{key}` is a table", hint=f'write one value: {key} = "…"')
    if isinstance(value, date | datetime | time):
        message = f"`{key}` is the date {value.isoformat()}, which is no text"
        raise BadValue(key, message, hint=f'write it in quotation marks: {key} = "…"')
    if isinstance(value, list) and not several:
        message = f"`{key}` is a list, and takes one value"
        raise BadValue(key, message, hint=f'write one value: {key} = "…"')
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        wrong = next(item for item in value if not isinstance(item, str))
        message = f"`{key}` holds {shown(wrong)}, which is no text"
        raise BadValue(key, message, hint=f'write it in quotation marks: {key} = ["…"]')


def _hint(field: Any, name: str, value: object, error: HabeasError) -> str | None:  # noqa: ANN401
    words = field.metadata["schema"].get("enum")
    if words is None or not isinstance(value, str):
        return error.hint
    return status_hint(value) if name == "status" else meant(value, words)
