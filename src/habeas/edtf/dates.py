"""Reads one date of an expression: components, qualifiers, unspecified digits, times of day.

It does not know intervals and sets (that is `reader`), nor older spellings (`respelling`).
It owns the messages about single components, each naming the component and giving an example.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from typing import TYPE_CHECKING, Final, NamedTuple

from habeas.edtf.bounds import (
    GROUPINGS,
    Hull,
    day_hull,
    grouping_hull,
    month_hull,
    significant_hull,
    year_hull,
)
from habeas.edtf.forms import EdtfError, Part, Precision, Qualifier
from habeas.times import BadTime, read_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY_HINT: Final = "a date is written 2026-01-08, 2026-01 or 2026"
YEARS_HINT: Final = "years go from 0001 to 9999, in four digits, as in 1984"

_QUALIFIERS: Final[dict[str, frozenset[Qualifier]]] = {
    "": frozenset(),
    "?": frozenset({"uncertain"}),
    "~": frozenset({"approximate"}),
    "%": frozenset({"uncertain", "approximate"}),
}
_COMPONENT: Final = re.compile(r"([?~%]?)([0-9X]+)(?:S([0-9]+))?([?~%]?)")
_OTHER_YEAR: Final = re.compile(r"[?~%]?(Y|-)")
_NAMES: Final = ("year", "month", "day")
_WIDTHS: Final = (4, 2, 2)


class _Component(NamedTuple):
    digits: str
    significant: str | None
    qualified: frozenset[Qualifier]


def read_date(text: str, whole: str) -> Part:
    """Read one date of the expression `whole`; raises `EdtfError`, which names what is wrong."""
    if not text:
        raise EdtfError(whole, "a date is missing", part=text, hint=DAY_HINT)
    if "T" in text:
        return _read_moment(text, whole)
    if _OTHER_YEAR.match(text):
        raise _other_year(text, whole)
    pieces = text.split("-")
    if len(pieces) > len(_NAMES):
        message = f"{text!r} has more than a year, a month and a day"
        raise EdtfError(whole, message, part=text, hint=DAY_HINT)
    parts = [
        _read_component(piece, place, whole, alone=len(pieces) == 1)
        for place, piece in enumerate(pieces)
    ]
    hull, precision = _bound(parts, text, whole)
    return Part(text, *hull, precision, _joined(part.qualified for part in parts))


def _read_component(piece: str, place: int, whole: str, *, alone: bool) -> _Component:
    name, width = _NAMES[place], _WIDTHS[place]
    match = _COMPONENT.fullmatch(piece)
    if match is None or len(match[2]) != width:
        message = f"{piece!r} is not a {name} ({width} digits, X for one that is unspecified)"
        raise EdtfError(whole, message, part=piece, hint=DAY_HINT)
    before, digits, significant, after = match.groups()
    if significant is not None and not alone:
        message = f"significant digits in {piece!r} belong to a year that stands alone"
        raise EdtfError(whole, message, part=piece, hint="write 1950S2 for a year of the 1900s")
    return _Component(digits, significant, _QUALIFIERS[before] | _QUALIFIERS[after])


def _bound(parts: list[_Component], text: str, whole: str) -> tuple[Hull, Precision]:
    year = parts[0].digits
    if year == "0000":
        message = "the year 0000 is not one of ours"
        raise EdtfError(whole, message, part=year, hint=YEARS_HINT)
    if len(parts) == 1:
        return _bound_year(parts[0], whole), "year"
    month = parts[1].digits
    if month.isdigit() and int(month) in GROUPINGS:
        return _bound_grouping(year, month, text, whole, days=len(parts) > 2), "grouping"  # noqa: PLR2004
    months = month_hull(year, month)
    if months is None:
        message = f"the month {month!r} is not 01 to 12, nor a season or grouping (21 to 41)"
        raise EdtfError(whole, message, part=month, hint=DAY_HINT)
    if len(parts) == 2:  # noqa: PLR2004 - a year and a month
        return months, "month"
    day = parts[2].digits
    days = day_hull(year, month, day)
    if days is None:
        raise _no_such_day(year, month, day, whole)
    return days, "day"


def _bound_year(part: _Component, whole: str) -> Hull:
    if part.significant is not None:
        digits = int(part.significant[:3])
        if part.digits.isdigit() and 1 <= digits <= len(str(int(part.digits))):
            return significant_hull(int(part.digits), digits)
        message = f"the year {part.digits} has no {part.significant} significant digits"
        hint = "write 1950S2 for a year of the 1900s"
        raise EdtfError(whole, message, part=f"{part.digits}S{part.significant}", hint=hint)
    hull = year_hull(part.digits)
    if hull is None:
        message = f"no year fits {part.digits!r}"
        raise EdtfError(whole, message, part=part.digits, hint=YEARS_HINT)
    return hull


def _bound_grouping(year: str, code: str, text: str, whole: str, *, days: bool) -> Hull:
    if days:
        message = f"{text!r} gives a day of a season or grouping ({code})"
        raise EdtfError(whole, message, part=text, hint="write 2001-21 for the spring of 2001")
    hull = grouping_hull(year, int(code))
    if hull is None:
        message = f"{text!r} ends after the year 9999"
        raise EdtfError(whole, message, part=text, hint=YEARS_HINT)
    return hull


def _no_such_day(year: str, month: str, day: str, whole: str) -> EdtfError:
    message, hint = f"the day {day!r} is not one of month {month!r} of {year!r}", DAY_HINT
    if f"{year}{month}".isdigit():
        length = monthrange(int(year), int(month))[1]
        message = f"the day {day!r} does not exist"
        hint = f"{month_name[int(month)]} {year} has {length} days: {year}-{month}-{length}"
    return EdtfError(whole, message, part=day, hint=hint)


def _other_year(text: str, whole: str) -> EdtfError:
    kind = "negative" if text.lstrip("?~%")[0] == "-" else "prefixed"
    if kind == "prefixed" and "E" in text:
        kind = "exponential"
    message = f"{text!r} is a {kind} year, which habeas does not take"
    return EdtfError(whole, message, part=text, hint=YEARS_HINT)


def _read_moment(text: str, whole: str) -> Part:
    hint = "a date and time is written 2026-01-08T21:00:00-04:00"
    if "." in text or text[-1] in "?~%":
        what = "a fraction of a second" if "." in text else "a qualifier with a time of day"
        raise EdtfError(whole, f"EDTF has not {what}", part=text, hint=hint)
    try:
        moment = read_stamp(text)
    except BadTime as fault:
        raise EdtfError(whole, fault.message, part=text, hint=fault.hint or hint) from None
    return Part(text, moment, moment, "second", frozenset())


def _joined(sets: Iterable[frozenset[Qualifier]]) -> frozenset[Qualifier]:
    return frozenset().union(*sets)
