"""A time axis: days to pixels, and the ticks that a span of days deserves.

Linear in days, both ends included. Dates are read from EDTF, and only for their first and last day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import takewhile
from typing import Final, NamedTuple

from habeas import edtf
from habeas.render.pictures import svg

_STEPS: Final = (
    *((1, "day"), (2, "day"), (7, "day"), (14, "day"), (1, "month"), (2, "month"), (3, "month")),
    *((6, "month"), (12, "month"), (24, "month"), (60, "month"), (120, "month"), (300, "month")),
    *((600, "month"), (1200, "month"), (12000, "month"), (36000, "month")),
)
"""How far apart ticks may be, from near to far."""

MOST: Final = 8
"""How many ticks an axis has at the most."""

Days = tuple[date | None, date | None]
"""The first and the last day that a date allows; None where it has no bound."""


def days(text: str | None) -> Days:
    """Return the first and the last day of an EDTF text; None, or an unbounded side, is None."""
    if text is None or text == "../..":
        return None, None
    read = edtf.parse(text)
    return read.earliest, read.latest


class Axis(NamedTuple):
    """An axis from `first` to `last` (both included) between two x."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Return where a day begins; days beyond the axis are at its ends."""
        span = max((self.last - self.first).days, 1)
        share = (day - self.first).days / span
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)

    def ticks(self) -> list[tuple[date, str]]:
        """Return the days to mark, and what to write there."""
        for count, unit in _STEPS:
            found = _by_days(self, count) if unit == "day" else _by_months(self, count)
            if len(found) <= MOST:
                return [(day, _label(day, count, unit)) for day in found]
        return []

    def drawn(self, top: float, bottom: float) -> list[str]:
        """Draw the ticks, from the top to the bottom, with their labels below."""
        parts: list[str] = []
        for day, label in self.ticks():
            x = self.x(day)
            parts.append(svg.line(x, top, x, bottom))
            parts.append(
                svg.text(label, x, bottom + 15, size=svg.SMALL, anchor="middle", fill=svg.FAINT)
            )
        return parts


def axis_of(found: Iterable[date | None], left: float, right: float) -> Axis:
    """Make an axis that holds some days, with a little room at both ends."""
    known = sorted(day.toordinal() for day in found if day is not None)
    low, high = (known[0], known[-1]) if known else (date(2000, 1, 1).toordinal(),) * 2
    room = max((high - low) // 30, 1)
    first = max(low - room, date.min.toordinal())
    last = min(high + room, date.max.toordinal())
    return Axis(date.fromordinal(first), date.fromordinal(last), left, right)


def _by_days(axis: Axis, count: int) -> list[date]:
    start = -(-axis.first.toordinal() // count) * count
    stop = min(axis.last.toordinal(), start + count * (MOST + 1))
    return [date.fromordinal(one) for one in range(start, stop + 1, count)]


def _by_months(axis: Axis, count: int) -> list[date]:
    first = axis.first.year * 12 + axis.first.month - 1
    start = -(-first // count) * count
    months = (start + step * count for step in range(MOST + 3))
    days_of = (_month(one) for one in takewhile(lambda one: one < 12 * 10_000, months))
    return [day for day in days_of if axis.first <= day <= axis.last]


def _month(number: int) -> date:
    return date(max(number // 12, 1), number % 12 + 1, 1)


def _label(day: date, count: int, unit: str) -> str:
    if unit == "day":
        return day.isoformat()
    return f"{day.year}" if count % 12 == 0 else f"{day.year}-{day.month:02}"
