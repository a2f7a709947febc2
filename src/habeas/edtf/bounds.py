"""Which days a year, month and day with unspecified digits can be: the first and the last.

It reads no text beyond the digits and `X` of single components, and knows no qualifiers, which
never move a bound. It owns the calendar: proleptic Gregorian, years 0001 to 9999, and what a
season, quarter, quadrimester or semestral spans. Every hull includes both its days.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Final

Hull = tuple[date, date]

_MONTHS: Final = 12
_DAYS: Final = 31
_LAST_YEAR: Final = 9999
_NORTHERN: Final = ((3, 3), (6, 3), (9, 3), (12, 3))
_SOUTHERN: Final = ((9, 3), (12, 3), (3, 3), (6, 3))
_QUARTERS: Final = ((1, 3), (4, 3), (7, 3), (10, 3))
_QUADRIMESTERS: Final = ((1, 4), (5, 4), (9, 4))
_SEMESTRALS: Final = ((1, 6), (7, 6))

GROUPINGS: Final[dict[str, tuple[int, int]]] = {
    str(code): months
    for code, months in enumerate(
        (*_NORTHERN, *_NORTHERN, *_SOUTHERN, *_QUARTERS, *_QUADRIMESTERS, *_SEMESTRALS), start=21
    )
}
"""Sub-year groupings, by their code in the month's place: first month, and how many months.

Spring, summer, autumn, winter are 21 to 24 (wherever: northern), 25 to 28 (northern), 29 to 32
(southern), and meteorological: the northern winter, and the southern summer, run from December of
their year to the February after it. Then come quarters, quadrimesters and semestrals.
"""


def year_hull(year: str) -> Hull | None:
    """Bound a year such as `201X`; None if no year from 0001 to 9999 fits."""
    first, last = next(_years(year), None), next(_years(year, backwards=True), None)
    if first is None or last is None:
        return None
    return date(first, 1, 1), date(last, _MONTHS, _DAYS)


def month_hull(year: str, month: str) -> Hull | None:
    """Bound a month such as `1984-1X`; None if no month fits."""
    years, months = year_hull(year), _fitting(month, _MONTHS)
    if years is None or not months:
        return None
    return date(years[0].year, months[0], 1), _month_end(years[1].year, months[-1])


def day_hull(year: str, month: str, day: str) -> Hull | None:
    """Bound a day such as `156X-12-25`; None if no day of the calendar fits."""
    first = next(_days(year, month, day), None)
    if first is None:
        return None
    if "X" not in f"{year}{month}{day}":
        return first, first
    return first, next(_days(year, month, day, backwards=True))


def grouping_hull(year: str, code: str) -> Hull | None:
    """Bound a season, quarter, quadrimester or semestral; None if it leaves the calendar."""
    month, length = GROUPINGS[code]
    over, end = divmod(month + length - 2, _MONTHS)
    first = next(_years(year), None)
    last = next((y for y in _years(year, backwards=True) if y + over <= _LAST_YEAR), None)
    if first is None or last is None:
        return None
    return date(first, month, 1), _month_end(last + over, end + 1)


def significant_hull(year: int, digits: int) -> Hull:
    """Bound a year of which only the first `digits` are significant: 1950 with 2 is the 1900s."""
    step = 10 ** (len(str(year)) - digits)
    first = year // step * step
    return date(first, 1, 1), date(first + step - 1, _MONTHS, _DAYS)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _days(year: str, month: str, day: str, *, backwards: bool = False) -> Iterator[date]:
    step = -1 if backwards else 1
    months, days = _fitting(month, _MONTHS)[::step], _fitting(day, _DAYS)[::step]
    for y in _years(year, backwards=backwards) if days else ():
        for m in months:
            length = monthrange(y, m)[1]
            yield from (date(y, m, d) for d in days if d <= length)


def _years(pattern: str, *, backwards: bool = False) -> Iterator[int]:
    digits = "9876543210" if backwards else "0123456789"
    wheels = [digits if sign == "X" else sign for sign in pattern]
    return (year for wheel in product(*wheels) if (year := int("".join(wheel))))


@lru_cache(maxsize=1024)
def _fitting(pattern: str, limit: int) -> tuple[int, ...]:
    return tuple(number for number in range(1, limit + 1) if _fits(pattern, f"{number:02d}"))


def _fits(pattern: str, digits: str) -> bool:
    return all(sign in ("X", digit) for sign, digit in zip(pattern, digits, strict=True))
