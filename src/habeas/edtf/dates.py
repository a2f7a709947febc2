"""Reads one date of an expression: components, qualifiers, unspecified digits, times of day.

It does not know intervals (`reader`), sets (`sets`) or older spellings (`respelling`).
It owns the messages about single components, each naming the component and giving an example.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from contextlib import suppress
from datetime import date
from typing import Final, NamedTuple

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

DAY_HINT: Final = "a date is written 2026-01-08, 2026-01 or 2026"

_YEARS_HINT: Final = "years go from 0001 to 9999, in four digits, as in 1984"
_SIGNIFICANT_HINT: Final = "write 1950S2 for some year of the 1900s"
_GROUPING_HINT: Final = "write 2001-21 for the spring of 2001"
_MOMENT_HINT: Final = "a date and time is written 2026-01-08T21:00:00-04:00"
_QUALIFIERS: Final[dict[str, frozenset[Qualifier]]] = {
    "": frozenset(),
    "?": frozenset({"uncertain"}),
    "~": frozenset({"approximate"}),
    "%": frozenset({"uncertain", "approximate"}),
}
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COMPONENT: Final = r"([?~%]?)([0-9X]+)(?:S([0-9]+))?([?~%]?)"
_OTHER_YEAR: Final = r"[?~%]?(-|Y-?[0-9]+E|Y)"
_OTHER_CALENDAR: Final = r"W[0-9]{2}|[0-9]{3}"
_OTHER_NAMES: Final = {"-": "negative", "Y": "prefixed"}
_NAMES: Final = ("year", "month", "day")
_WIDTHS: Final = (4, 2, 2)


class _Component(NamedTuple):
    digits: str
    significant: str | None
    qualified: frozenset[Qualifier]


def read_date(text: str, whole: str) -> Part:
    """Read one date of the expression `whole`; raises `EdtfError`, which names what is wrong."""
    if _DAY.fullmatch(text):  # most dates are plain days; those that do not exist go on
        with suppress(ValueError):
            day = date.fromisoformat(text)
            return Part(text, day, day, "day", _QUALIFIERS[""])
    if not text:
        raise EdtfError(whole, "a date is missing", part=text, hint=DAY_HINT)
    if "T" in text:
        return _read_moment(text, whole)
    other = re.match(_OTHER_YEAR, text)
    if other is not None:
        kind = _OTHER_NAMES.get(other[1], "exponential")
        reason = f"the {kind} year {text!r} is not taken here"
        raise EdtfError(whole, reason, part=text, hint=_YEARS_HINT)
    parts = _read_components(text, whole)
    hull, precision = _bound(parts, text, whole)
    qualified: frozenset[Qualifier] = frozenset().union(*(part.qualified for part in parts))
    return Part(text, *hull, precision, qualified)


def _read_moment(text: str, whole: str) -> Part:
    if "." in text:
        raise EdtfError(whole, "EDTF has no parts of a second", part=text, hint=_MOMENT_HINT)
    if text[-1] in "?~%":
        reason = "a date with a time of day takes no qualifier"
        raise EdtfError(whole, reason, part=text, hint=f"write {text[:-1]}, or qualify the day")
    try:
        moment = read_stamp(text)
    except BadTime as fault:
        raise EdtfError(whole, fault.message, part=text, hint=fault.hint or DAY_HINT) from None
    return Part(text, moment, moment, "second", frozenset())


def _read_components(text: str, whole: str) -> list[_Component]:
    pieces = text.split("-")
    if len(pieces) > len(_NAMES):
        reason = f"{text!r} has more than a year, a month and a day"
        raise EdtfError(whole, reason, part=text, hint=DAY_HINT)
    components = [_read_component(piece, place, whole) for place, piece in enumerate(pieces)]
    if len(pieces) > 1 and any(component.significant for component in components):
        reason = f"significant digits are of a year alone, not of {text!r}"
        raise EdtfError(whole, reason, part=text, hint=_SIGNIFICANT_HINT)
    return components


def _read_component(piece: str, place: int, whole: str) -> _Component:
    match = re.fullmatch(_COMPONENT, piece)
    if match is not None and len(match[2]) == _WIDTHS[place]:
        left, digits, significant, right = match.groups()
        return _Component(digits, significant, _QUALIFIERS[left] | _QUALIFIERS[right])
    if not piece:
        reason = f"the {_NAMES[place]} is missing"
    elif place and re.fullmatch(_OTHER_CALENDAR, piece):
        reason = f"EDTF has neither weeks nor days of the year, such as {piece!r}"
    else:
        reason = f"{piece!r} is not a {_NAMES[place]} ({_WIDTHS[place]} digits, X if unspecified)"
    raise EdtfError(whole, reason, part=piece, hint=DAY_HINT)


def _bound(parts: list[_Component], text: str, whole: str) -> tuple[Hull, Precision]:
    year, month, day = (*(part.digits for part in parts), "", "")[:3]
    if not month:
        return _bound_year(parts[0], whole), "year"
    if year_hull(year) is None:
        raise _no_such_year(year, whole)
    if month in GROUPINGS:
        return _bound_grouping(year, month, day, text, whole), "grouping"
    months = month_hull(year, month)
    if months is None:
        reason = f"the month {month!r} is not 01 to 12, nor a season or grouping, 21 to 41"
        raise EdtfError(whole, reason, part=month, hint=DAY_HINT)
    if not day:
        return months, "month"
    days = day_hull(year, month, day)
    if days is None:
        raise _no_such_day(year, month, day, whole)
    return days, "day"


def _bound_year(year: _Component, whole: str) -> Hull:
    hull = year_hull(year.digits)
    if hull is None:
        raise _no_such_year(year.digits, whole)
    if year.significant is None:
        return hull
    # Zeros to the left are no significant digits: 0950S2 is some year from 0950 to 0959.
    significant = [str(count) for count in range(1, len(year.digits.lstrip("0")) + 1)]
    if "X" not in year.digits and year.significant in significant:
        return significant_hull(int(year.digits), int(year.significant))
    reason = f"the year {year.digits!r} has no {year.significant} significant digits"
    part = f"{year.digits}S{year.significant}"
    raise EdtfError(whole, reason, part=part, hint=_SIGNIFICANT_HINT)


def _bound_grouping(year: str, code: str, day: str, text: str, whole: str) -> Hull:
    if day:
        reason = f"{text!r} gives a day of a season or grouping ({code})"
        raise EdtfError(whole, reason, part=day, hint=_GROUPING_HINT)
    hull = grouping_hull(year, code)
    if hull is None:
        raise EdtfError(whole, f"{text!r} ends after 9999", part=text, hint=_YEARS_HINT)
    return hull


def _no_such_year(year: str, whole: str) -> EdtfError:
    return EdtfError(whole, f"there is no year {year!r}", part=year, hint=_YEARS_HINT)


def _no_such_day(year: str, month: str, day: str, whole: str) -> EdtfError:
    if "X" in year or "X" in month or day == "00":
        reason = f"there is no day {day!r} in the month {f'{year}-{month}'!r}"
        return EdtfError(whole, reason, part=day, hint=DAY_HINT)
    name = f"{month_name[int(month)]} {year}"
    length = monthrange(int(year), int(month))[1]
    hint = f"{name} has {length} days, the last is {year}-{month}-{length}"
    return EdtfError(whole, f"{name} has no day {day!r}", part=day, hint=hint)
