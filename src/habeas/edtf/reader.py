"""Reads a whole expression: an interval, a set, or one date.

It does not read components (that is `dates`). It owns the grammar above them, the limit of
length, and the order of questions asked of a text that cannot be read.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from habeas.edtf.dates import DAY_HINT, read_date
from habeas.edtf.forms import Edtf, EdtfError, Part, Side, calendar_day
from habeas.edtf.respelling import respell

if TYPE_CHECKING:
    from datetime import date

MAX_LENGTH: Final = 256

_INTERVAL_HINT: Final = "an interval is written 2024-08/2025-08, 2024-08/.. or 2024-08/"
_SET_HINT: Final = "a set is written [2026-01-08,2026-01-10] or [2026-01-08..2026-01-10]"
_SIDES: Final[dict[str, Side]] = {"..": "open", "": "unknown"}
_BRACKETS: Final = {"[": "]", "{": "}"}


def parse(text: str) -> Edtf:
    """Read an EDTF expression (ISO 8601-2:2019, levels 0 to 2, years 0001 to 9999).

    Follows the specification of the Library of Congress of 4 February 2019. Raises `EdtfError`,
    and nothing else, for anything it does not allow; the error names the part that is wrong.
    """
    if not isinstance(text, str):
        message = f"a date is a text, not {type(text).__name__}"
        raise EdtfError(repr(text), message, part="", hint='write it in quotes: "2026-01-08"')
    return _parse(text)


@lru_cache(maxsize=16_384)
def _parse(text: str) -> Edtf:
    if len(text) > MAX_LENGTH:
        message = f"{len(text)} characters are more than the {MAX_LENGTH} that are read"
        hint = "give the bounds only, as in [2026-01-08..2026-01-10]"
        raise EdtfError(text, message, part=text[MAX_LENGTH:][:20], hint=hint)
    try:
        return _read(text)
    except EdtfError as fault:
        raise _explain(text, fault) from None


def _explain(text: str, fault: EdtfError) -> EdtfError:
    respelt = respell(text)
    if respelt is None:
        return fault
    try:
        _read(respelt.text)
    except EdtfError as still:
        if "2012" not in respelt.reason:
            return fault
        hint = f"the modern spelling is {respelt.text}, but {still.reason}; {still.hint}"
        return EdtfError(text, respelt.reason, part=fault.part, hint=hint)
    return EdtfError(text, respelt.reason, part=fault.part, hint=f"write {respelt.text}")


def _read(text: str) -> Edtf:
    _check_signs(text)
    if "/" in text:
        return _read_interval(text)
    if text[:1] in _BRACKETS:
        return _read_set(text)
    return _of_parts(text, (read_date(text, text),), "date")


def _check_signs(text: str) -> None:
    if not text:
        raise EdtfError(text, "a date is missing", part=text, hint=DAY_HINT)
    for sign in text:
        if not sign.isascii() or sign.isspace() or not sign.isprintable():
            message = f"{sign!r} (U+{ord(sign):04X}) has no place in a date"
            raise EdtfError(text, message, part=sign, hint=DAY_HINT)


def _read_interval(text: str) -> Edtf:
    sides = text.split("/")
    if len(sides) != 2:  # noqa: PLR2004 - a start and an end
        message = f"an interval has one '/', not {len(sides) - 1}"
        raise EdtfError(text, message, part="/", hint=_INTERVAL_HINT)
    if sides == ["", ""]:
        raise EdtfError(text, "neither side has a date", part="/", hint=_INTERVAL_HINT)
    left, right = (None if side in _SIDES else _read_side(side, text) for side in sides)
    earliest = None if left is None or left.first is None else calendar_day(left.first)
    latest = None if right is None or right.last is None else calendar_day(right.last)
    if earliest is not None and latest is not None and latest < earliest:
        message = f"the end {sides[1]!r} lies before the start {sides[0]!r}"
        raise EdtfError(text, message, part=sides[1], hint=f"write {sides[1]}/{sides[0]}")
    return Edtf(
        text=text,
        kind="interval",
        parts=(left, right),
        start=_SIDES.get(sides[0], "stated"),
        end=_SIDES.get(sides[1], "stated"),
        earliest=earliest,
        latest=latest,
        qualified=frozenset().union(*(part.qualified for part in (left, right) if part)),
    )


def _read_side(side: str, text: str) -> Part:
    if side[:1] in _BRACKETS:
        message = f"the set {side!r} stands inside an interval"
        raise EdtfError(text, message, part=side, hint=_side_hint(side, text))
    part = read_date(side, text)
    if part.precision == "second":
        message = f"the time of day in {side!r} stands inside an interval"
        day = side.partition("T")[0]
        raise EdtfError(text, message, part=side, hint=f"write {text.replace(side, day, 1)}")
    return part


def _side_hint(side: str, text: str) -> str:
    """Give the interval with the smallest day, month, year or decade that holds the set."""
    try:
        members = _read_set(side)
    except EdtfError:
        return _INTERVAL_HINT
    if members.earliest is None or members.latest is None:
        return _INTERVAL_HINT
    cover = _cover(members.earliest, members.latest)
    return f"write {text.replace(side, cover, 1)}" if cover else _INTERVAL_HINT


def _cover(first: date, last: date) -> str | None:
    for length, rest in ((10, ""), (7, ""), (4, ""), (3, "X"), (2, "XX"), (1, "XXX")):
        if first.isoformat()[:length] == last.isoformat()[:length]:
            return first.isoformat()[:length] + rest
    return None


def _read_set(text: str) -> Edtf:
    if text[-1] != _BRACKETS[text[0]]:
        message = f"the set that {text[0]!r} opens is not closed by {_BRACKETS[text[0]]!r}"
        raise EdtfError(text, message, part=text[-1], hint=_SET_HINT)
    members = text[1:-1].split(",")
    last = len(members) - 1
    parts = tuple(
        _read_member(member, text, first=place == 0, last=place == last)
        for place, member in enumerate(members)
    )
    return _of_parts(text, parts, "one-of" if text[0] == "[" else "all-of")


def _read_member(member: str, text: str, *, first: bool, last: bool) -> Part:
    if ".." not in member:
        return _read_element(member, text)
    low, _, high = member.partition("..")
    if not low and not high:
        raise EdtfError(text, "'..' stands alone", part=member, hint=_SET_HINT)
    if not low and first:
        return _read_element(high, text)._replace(text=member, first=None)
    if not high and last:
        return _read_element(low, text)._replace(text=member, last=None)
    if not low or not high:
        message = f"the open {member!r} stands inside the set, not at its end"
        raise EdtfError(text, message, part=member, hint="write [..1984,1990] or [1984,1990..]")
    return _read_range(member, _read_element(low, text), _read_element(high, text), text)


def _read_element(element: str, text: str) -> Part:
    for sign in "[]{}":
        if sign in element:
            message = f"{sign!r} stands inside a set"
            raise EdtfError(text, message, part=element, hint=_SET_HINT)
    return read_date(element, text)


def _read_range(member: str, low: Part, high: Part, text: str) -> Part:
    if low.precision != high.precision or _has_offset(low) != _has_offset(high):
        message = f"the two sides of {member!r} differ in precision"
        raise EdtfError(text, message, part=member, hint="write both as days, months or years")
    if low.first is None or high.last is None or high.last < low.first:
        message = f"{high.text!r} lies before {low.text!r}"
        hint = f"write {text.replace(member, f'{high.text}..{low.text}', 1)}"
        raise EdtfError(text, message, part=member, hint=hint)
    return Part(member, low.first, high.last, low.precision, low.qualified | high.qualified)


def _has_offset(part: Part) -> bool:
    return isinstance(part.first, datetime) and part.first.tzinfo is not None


def _of_parts(text: str, parts: tuple[Part, ...], kind: str) -> Edtf:
    firsts = [part.first and calendar_day(part.first) for part in parts]
    lasts = [part.last and calendar_day(part.last) for part in parts]
    opens, ends = None in firsts, None in lasts
    return Edtf(
        text=text,
        kind=kind,
        parts=parts,
        start="open" if opens else "stated",
        end="open" if ends else "stated",
        earliest=None if opens else min(day for day in firsts if day),
        latest=None if ends else max(day for day in lasts if day),
        qualified=frozenset().union(*(part.qualified for part in parts)),
    )
