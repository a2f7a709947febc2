"""Dates as a newspaper writes them: "8 January 2026", "August 2024", "8 or 9 January 2026".

A date is said exactly as vaguely as its bounds are: a month is a month, and two days are two days.
Bounds are inclusive, as in EDTF. That a date was inferred is said only of what happened.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from habeas import edtf

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_DAY: Final = timedelta(days=1)


def bare(text: str) -> str:
    """Return an EDTF expression in words: "8 January 2026", "between 2 and 4 January 2026"."""
    read = edtf.parse(text)
    point = not {"/", "[", "{"} & set(text)
    about = "about " if point and {"~", "%"} & set(text) else ""
    return about + _hull(read.earliest, read.latest)


def told(text: str) -> str:
    """Return an expression as `bare` does, and whether it was inferred."""
    point = not {"/", "[", "{"} & set(text)
    return bare(text) + (" (inferred)" if point and {"?", "%"} & set(text) else "")


def on(text: str) -> str:
    """Return a date as that of an event: "on 8 January 2026", "in August 2024"."""
    said = told(text)
    if said.startswith(("between ", "at ")):
        return said
    return f"{'on' if _is_of_days(text) else 'in'} {said}"


def since(text: str) -> str:
    """Return a date as that of a beginning: "since August 2024"."""
    said = told(text)
    if said.startswith("between "):
        return f"since {'a day' if _is_of_days(text) else 'a time'} {said}"
    return f"since {said.removeprefix('at ')}"


def pair(first: date, last: date, joint: str) -> str:
    """Return two days as one phrase, what they share said once: "8 to 9 January 2026"."""
    return _pair(_words(first, "day"), _words(last, "day"), joint)


def _is_of_days(text: str) -> bool:
    """Say whether an expression is bounded by days, and not by whole months or years."""
    read = edtf.parse(text)
    if read.earliest is None or read.latest is None:
        return True
    return _unit(read.earliest, read.latest) == "day"


def _hull(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return _half(first, last)
    unit = _unit(first, last)
    one, other = _words(first, unit), _words(last, unit)
    if one == other:
        return " ".join(one)
    if _next(last, first, unit):
        return _pair(one, other, "or")
    return f"between {_pair(one, other, 'and')}"


def _half(first: date | None, last: date | None) -> str:
    if last is not None:
        return f"{' '.join(_words(last, 'day'))} or earlier"
    if first is not None:
        return f"{' '.join(_words(first, 'day'))} or later"
    return "at a time not told"


def _unit(first: date, last: date) -> str:
    """Return the largest unit of which two inclusive bounds are made: year, month or day."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return "year"
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    return "month" if whole else "day"


def _words(day: date, unit: str) -> list[str]:
    words = [str(day.day), MONTHS[day.month - 1], str(day.year)]
    return words[("day", "month", "year").index(unit) :]


def _next(last: date, first: date, unit: str) -> bool:
    """Say whether `last` lies in the unit that follows that of `first`."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return {"day": last - first == _DAY, "month": months == 1, "year": months == 23}[unit]  # noqa: PLR2004 - January to the next year's December


def _pair(one: list[str], other: list[str], joint: str) -> str:
    shared = 0
    while shared < len(one) - 1 and one[-1 - shared] == other[-1 - shared]:
        shared += 1
    return f"{' '.join(one[: len(one) - shared])} {joint} {' '.join(other)}"


def within(text: str, other: str) -> bool:
    """Say whether the bounds of one expression lie inside those of another, and differ."""
    one, wide = edtf.parse(text), edtf.parse(other)
    bounds, wider = (one.earliest, one.latest), (wide.earliest, wide.latest)
    return (
        bounds != wider
        and (wider[0] is None or (bounds[0] is not None and bounds[0] >= wider[0]))
        and (wider[1] is None or (bounds[1] is not None and bounds[1] <= wider[1]))
    )
