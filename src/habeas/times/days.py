"""Days in a time zone, and the texts of windows that are made of days.

It does not read dates that a source wrote (that is `edtf`), and never asks what day it is.
It owns the rule of where a day begins: at the first instant the zone's calendar shows it, so that
days follow each other without gap or overlap whatever the clocks do.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from habeas.nearest import near
from habeas.times.instants import EVER, MICROS_PER_DAY, NEVER, BadTime, Window, offset_at, quoted

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST: Final = date.min.toordinal()
_LAST: Final = date.max.toordinal()


def zone(name: str) -> ZoneInfo:
    """Find the IANA time zone `name`, such as `America/Caracas`.

    Raises `BadTime` for a name the time zone database does not have, with names that resemble it.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError, TypeError, AttributeError):
        raise BadTime(f"{quoted(name)} is not a time zone", hint=_zone_hint(name)) from None


def _zone_hint(name: object) -> str:
    from zoneinfo import available_timezones  # noqa: PLC0415 - wanted only when something is wrong

    like = near(str(name)[:64], sorted(available_timezones()), 1)
    return f"a time zone is an IANA name, such as {like[0] if like else 'America/Caracas'}"


def day_window(day: date, zone: ZoneInfo) -> Window:
    """Give `[00:00, next 00:00)` of `day` in `zone`, in microseconds (UTC).

    Never empty: a day that the zone skipped (Samoa had no 30 December 2011) is the microsecond of
    the skip. The ends of the calendar are computed, not clamped: 9999-12-31 has an end.
    """
    ordinal = day.toordinal()
    start = _day_start(ordinal, zone)
    return start, max(_day_start(ordinal + 1, zone), start + 1)


def day_of(instant: int, zone: ZoneInfo) -> date:
    """Name the day of `zone` whose window holds `instant`; outside 0001 to 9999 the nearest."""
    in_utc = _EPOCH.toordinal() + instant // MICROS_PER_DAY
    ordinal = min(max(in_utc + 1, _FIRST), _LAST)
    while ordinal > _FIRST and _day_start(ordinal, zone) > instant:
        ordinal -= 1
    return date.fromordinal(ordinal)


def first_and_last_day(window: Window, zone: ZoneInfo) -> tuple[date | None, date | None]:
    """Name the first and the last day of `zone` that `window` touches, both included.

    None stands for the side that is `EVER` or `NEVER`.
    """
    start, end = window
    first = None if start <= EVER else day_of(start, zone)
    return first, None if end >= NEVER else day_of(max(end - 1, start), zone)


def window_text(window: Window, zone: ZoneInfo) -> str:
    """Write `window` as EDTF text: the hull of the days of `zone` that it touches.

    A day, month or year when it is exactly one; else `[a..b]`, `[..b]` or `[a..]`, both ends
    included; and `../..` for a window that has no bound at all.
    """
    first, last = first_and_last_day(window, zone)
    if first is None:
        return "../.." if last is None else f"[..{last}]"
    if last is None:
        return f"[{first}..]"
    return _period(first, last) or f"[{first}..{last}]"


def _period(first: date, last: date) -> str | None:
    """Write the days from `first` to `last` as one day, month or year, if that is what they are."""
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year:04d}" if first.year == last.year else None
    if first.day == 1 and last == _end_of_month(first):
        return f"{first.year:04d}-{first.month:02d}"
    return None


def _end_of_month(day: date) -> date:
    from calendar import monthrange  # noqa: PLC0415 - most answers need no calendar

    return day.replace(day=monthrange(day.year, day.month)[1])


@lru_cache(maxsize=8192)
def _day_start(ordinal: int, zone: ZoneInfo) -> int:
    wall = (ordinal - _EPOCH.toordinal()) * MICROS_PER_DAY
    if ordinal > _LAST:
        return wall - offset_at(datetime.combine(date.max, time.max), zone)
    midnight = datetime.combine(date.fromordinal(ordinal), time.min)
    before, after = offset_at(midnight, zone), offset_at(midnight.replace(fold=1), zone)
    if before >= after:
        return wall - before
    return _end_of_gap(wall - after, wall - before, wall, zone)


def _end_of_gap(low: int, high: int, wall: int, zone: ZoneInfo) -> int:
    """Find in `(low, high]` the first instant at which the clock of `zone` shows `wall` or later.

    There is no such midnight, the clocks went forward over it: that instant is the change.
    """
    while high - low > 1:
        middle = (low + high) // 2
        shown = (_EPOCH + timedelta(microseconds=middle)).astimezone(zone).replace(tzinfo=UTC)
        if (shown - _EPOCH) // timedelta(microseconds=1) >= wall:
            high = middle
        else:
            low = middle
    return high
