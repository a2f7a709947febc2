"""Events to canonical bytes and back: strictly, by an explicit table of types.

It does not hash, order or judge events. It owns one convention, the canonical form: JSON in UTF-8,
keys sorted, no spaces, no floats, whole numbers below 2**53, text in NFC, ASCII keys, and what is
absent left out. On this domain the bytes equal those of RFC 8785 (JCS). What is stored is never
encoded again to be verified; what is read must be canonical, or is refused.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from typing import Any, Final

import attrs

from habeas.errors import BadLog
from habeas.events import TAGS, BadValue, Event, EventCorrected, build
from habeas.events.fields import INT_MAX, check_name, shown

DEPTH_MAX: Final = 8
"""How deep canonical JSON may nest."""

FIELDS: Final = {cls: tuple(spec.name for spec in attrs.fields(cls)) for cls in TAGS.values()}
"""The names of the fields of each class of event."""

_IN_ORDER: Final = {cls: sorted(names) for cls, names in FIELDS.items()}

DIGITS_MAX: Final = len(str(INT_MAX)) + 1
"""The longest whole number, in characters, that is read."""

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
UPCASTERS: Final[dict[tuple[str, int], Upcaster]] = {}
"""(type, old version) -> a pure function from that version's data to the next version's."""

_encode: Final = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode


FORMS: Final = frozenset(TAGS) | frozenset(UPCASTERS)
"""Every type and version that can be read."""


def canonical(value: object) -> bytes:
    """Return the canonical bytes of a JSON value. Raises BadValue outside the canonical domain."""
    _check_domain(value, "data", 0)
    return _encode(value).encode()


def _check_domain(value: object, name: str, depth: int) -> None:
    if depth > DEPTH_MAX:
        message = f"`{name}` nests deeper than {DEPTH_MAX} levels"
        raise BadValue(name, message, hint="make it flatter")
    if isinstance(value, str):
        _check_string(value, name)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise BadValue(name, f"the key {shown(key)} is not ASCII", hint="use a-z and _")
            _check_domain(item, key, depth + 1)
    elif isinstance(value, list | tuple):
        for item in value:
            _check_domain(item, name, depth + 1)
    elif isinstance(value, float) or (isinstance(value, int) and abs(value) > INT_MAX):
        message = f"`{name}` is {shown(value)}"
        raise BadValue(name, message, hint=f"whole numbers up to {INT_MAX:,} are taken")


def _check_string(value: str, name: str) -> None:
    if value.isascii():
        return
    if not unicodedata.is_normalized("NFC", value):
        raise BadValue(name, f"`{name}` is not in Unicode's composed form", hint="write it in NFC")
    try:
        value.encode()
    except UnicodeEncodeError:
        message = f"`{name}` holds a lone surrogate"
        raise BadValue(name, message, hint="remove it") from None


def plain(event: object) -> dict[str, Any]:
    """Return an event's data as a dictionary of JSON values, what is absent left out."""
    values: dict[str, Any] = {}
    for name in FIELDS[type(event)]:
        value = getattr(event, name)
        if value is not None and value != ():
            values[name] = list(value) if isinstance(value, tuple) else value
    if isinstance(event, EventCorrected):
        values["data"] = plain(event.data)
    return values


def encode(event: Event, recorder: str) -> bytes:
    """Return the payload of an event: the canonical bytes of its data and its recorder.

    Raises BadValue outside the canonical domain.
    """
    if isinstance(event, EventCorrected):
        return canonical({"data": plain(event), "recorder": recorder})
    _check_domain(recorder, "recorder", 1)
    data = ",".join(_members(event))
    return f'{{"data":{{{data}}},"recorder":{_encode(recorder)}}}'.encode()


def _members(event: Event) -> list[str]:
    """Return what an event says, field by field, as the members of a canonical JSON object."""
    found = []
    for name in _IN_ORDER[type(event)]:
        value = getattr(event, name)
        if value is not None and value != ():
            _check_domain(value, name, 2)
            found.append(f'"{name}":{_encode(value)}')
    return found


def decode(type_: str, version: int, data: object) -> Event:
    """Make an event, in its newest version, of the JSON value of its data.

    Raises BadLog for an unknown type or version, BadValue for data that it cannot hold.
    """
    if (type_, version) not in TAGS and (type_, version) not in UPCASTERS:
        message = f"this habeas knows no event {shown(type_)} in version {shown(version)}"
        raise BadLog(message, hint="upgrade habeas, or check the file")
    while (type_, version) in UPCASTERS:
        data = UPCASTERS[(type_, version)](_object(data, "data"))
        version += 1
    values = _object(data, "data")
    cls = TAGS[(type_, version)]
    if cls is EventCorrected:
        values = _with_replacement(values)
    return _structure(cls, values)


def read_payload(type_: str, version: int, payload: bytes) -> tuple[Event, str]:
    """Return the event and the recorder of a stored payload. Raises BadLog or BadValue for others.

    Whether its bytes are canonical is checked where they come in, and by `verify`.
    """
    value = _loaded(payload, "the payload")
    event = decode(type_, version, value.get("data"))
    if len(value) > 2 or "recorder" not in value:  # noqa: PLR2004 - data and recorder
        raise BadLog("a payload holds `data` and `recorder`, and nothing else")
    check_name("recorder", value["recorder"])
    return event, value["recorder"]


def read_json(text: bytes, what: str) -> dict[str, Any]:
    """Return the JSON object in `text`. Raises BadLog unless it is one, in canonical form."""
    value = _loaded(text, what)
    try:
        if not (text.isascii() or unicodedata.is_normalized("NFC", text.decode())):
            _check_domain(value, what, 0)
        same = _encode(value).encode() == text
    except BadValue as error:
        raise BadLog(f"{what} is not canonical: {error.message}", hint=error.hint) from None
    except UnicodeEncodeError:
        raise BadLog(f"{what} is not canonical: it holds a lone surrogate") from None
    if not same:
        raise BadLog(
            f"{what} is not in canonical form (keys sorted, no spaces, text in NFC, each key once)",
            hint="`habeas export` writes the canonical form",
        )
    return value


def _loaded(text: bytes, what: str) -> dict[str, Any]:
    try:
        value = _decoder.decode(text.decode())
    except (ValueError, RecursionError) as error:
        raise BadLog(f"{what} is not JSON as a log holds it: {error}") from None
    if not isinstance(value, dict):
        raise BadLog(f"{what} is not a JSON object")
    return value


def _no_float(text: str) -> float:
    message = f"the number {shown(text)} is not a whole one"
    raise ValueError(message)


def _whole_number(text: str) -> int:
    if len(text) > DIGITS_MAX or abs(int(text)) > INT_MAX:
        message = f"the number {shown(text)} is too large; up to {INT_MAX:,} are taken"
        raise ValueError(message)
    return int(text)


_decoder: Final = json.JSONDecoder(
    parse_float=_no_float, parse_int=_whole_number, parse_constant=_no_float
)


def _object(value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        hint = "an object, with a key for each field"
        raise BadValue(name, f"`{name}` is {shown(value)}, which is no object", hint=hint)
    return value


def _with_replacement(values: dict[str, Any]) -> dict[str, Any]:
    """Return a correction's data with its replacement made an event."""
    inner, version = values.get("type"), values.get("version")
    if not isinstance(inner, str) or type(version) is not int or inner == "event.corrected":
        raise BadValue("type", f"`type` is {shown(inner)}", hint="the type of the corrected event")
    return values | {"data": decode(inner, version, values.get("data"))}


def _structure(cls: type[Any], values: dict[str, Any]) -> Event:
    """Make an event of `cls`. An absent value has one form only, so null and [] are refused."""
    for key, value in values.items():
        if value is None or value == []:
            raise BadValue(key, f"`{key}` is {shown(value)}", hint="leave out what is absent")
    event: Event = build(cls, values)
    return event
