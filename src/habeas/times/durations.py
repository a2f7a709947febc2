"""How long somebody has been held, as a range where the dates are ranges.

It knows no person and no status: two windows in, a range of calendar durations out. It owns the
convention that durations are counted in completed days, months and years of the calendar, from
the day something began to the day that is asked about, and that `dateutil` does that arithmetic.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from habeas.times.days import first_and_last_day
from habeas.times.instants import Window

_MONTHS_IN_YEAR: Final = 12
_COUNT_MONTHS_BELOW: Final = 24


class Duration(NamedTuple):
    """A completed calendar duration, and the same as a number of days."""

    years: int
    months: int
    days: int
    total_days: int

    @property
    def whole_months(self) -> int:
        """The completed months, those of the years included."""
        return self.years * _MONTHS_IN_YEAR + self.months


class Held(NamedTuple):
    """A range of durations, both ends included; `most` is None where there is no knowing."""

    least: Duration
    most: Duration | None
    text: str


def held_for(since: Window, until: date | Window, zone: ZoneInfo) -> Held:
    """Say how long it is from a moment in `since` to one in `until`.

    `since` and a window `until` are `[start, end)`; a date is that whole day. `least` counts from
    the last day that `since` allows to the first of `until`, never below nothing; `most` from the
    first to the last, None if `since` starts at `EVER` or `until` ends at `NEVER`.
    """
    first, last = first_and_last_day(since, zone)
    soonest, latest = _until_days(until, zone)
    nothing = Duration(0, 0, 0, 0)
    least = nothing if last is None or soonest is None else _between(last, soonest)
    most = None if first is None or latest is None else _between(first, latest)
    return Held(least, most, _range_text(least, most))


def _until_days(until: date | Window, zone: ZoneInfo) -> tuple[date | None, date | None]:
    return (until, until) if isinstance(until, date) else first_and_last_day(until, zone)


def _between(start: date, end: date) -> Duration:
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - slow, and seldom wanted

    if end <= start:
        return Duration(0, 0, 0, 0)
    gap = relativedelta(end, start)
    return Duration(gap.years, gap.months, gap.days, (end - start).days)


def _range_text(least: Duration, most: Duration | None) -> str:
    if most is None:
        return f"at least {_text(least)}" if least.total_days else "unknown"
    if least.total_days == 0:
        return f"at most {_text(most)}" if most.total_days else "less than a day"
    if least.whole_months and most.whole_months < _COUNT_MONTHS_BELOW:
        if least.whole_months < most.whole_months:
            return f"between {least.whole_months} and {_count(most.whole_months, 'month')}"
    elif not most.whole_months and least != most:
        return f"between {least.days} and {_count(most.days, 'day')}"
    low, high = _text(least), _text(most)
    return low if low == high else f"between {low} and {high}"


def _text(duration: Duration) -> str:
    """Name the two largest units from the first that is not zero: years drop the days."""
    years, months, days = duration[:3]
    units = [(years, "year"), (months, "month")] if years else [(months, "month"), (days, "day")]
    return " ".join(_count(number, unit) for number, unit in units if number) or "less than a day"


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
