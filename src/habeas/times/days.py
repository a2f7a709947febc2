"""Days in a time zone, and the texts of windows that are made of days.

It does not read dates that a source wrote (that is `edtf`), and never asks what day it is.
It owns the rule of where a day begins: at the first instant the zone's calendar shows it, so that
days follow each other without gap or overlap whatever the clocks do.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from habeas.times.instants import (
    EVER,
    MICROS_PER_DAY,
    NEVER,
    BadTime,
    Window,
    offset_at,
    wall_micros,
)

_FIRST: Final = date.min.toordinal()
_LAST: Final = date.max.toordinal()
_DECEMBER: Final = 12


def zone(name: str) -> ZoneInfo:
    """Find the IANA time zone `name`, such as `America/Caracas`.

    Raises `BadTime` for a name the time zone database does not have, with names that resemble it.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError, TypeError, AttributeError):
        message = f"{name!r} is not a time zone"
        raise BadTime(message, hint=_zone_hint(name)) from None


def _zone_hint(name: object) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - wanted only when something is wrong
    from zoneinfo import available_timezones  # noqa: PLC0415

    near = get_close_matches(str(name)[:64], sorted(available_timezones()), n=3)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return "a time zone is an IANA name, such as America/Caracas or Europe/Madrid"


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
    near = wall_micros(_FIRST), wall_micros(_LAST)
    ordinal = _FIRST + (min(max(instant, near[0]), near[1]) - near[0]) // MICROS_PER_DAY
    ordinal = min(ordinal + 1, _LAST)
    while ordinal > _FIRST and _day_start(ordinal, zone) > instant:
        ordinal -= 1
    return date.fromordinal(ordinal)


@lru_cache(maxsize=8192)
def _day_start(ordinal: int, zone: ZoneInfo) -> int:
    if ordinal > _LAST:
        last = datetime.combine(date.max, time.max)
        return wall_micros(ordinal) - offset_at(last, zone)
    midnight = datetime.combine(date.fromordinal(ordinal), time.min)
    before = offset_at(midnight, zone)
    after = offset_at(midnight.replace(fold=1), zone)
    wall = wall_micros(ordinal)
    if before >= after:
        return wall - before
    return _end_of_gap(wall - after, wall - before, wall, zone)


def _end_of_gap(low: int, high: int, wall: int, zone: ZoneInfo) -> int:
    """Find in `(low, high]` the first instant at which the clock of `zone` shows `wall` or later.

    Clocks went forward over a midnight: it is the instant of the change, found by halving.
    """
    from datetime import UTC  # noqa: PLC0415 - a rare day

    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    while high - low > 1:
        middle = (low + high) // 2
        shown = (epoch + timedelta(microseconds=middle)).astimezone(zone)
        if middle + (shown.utcoffset() or timedelta()) // timedelta(microseconds=1) >= wall:
            high = middle
        else:
            low = middle
    return high


def window_text(window: Window, zone: ZoneInfo) -> str:
    """Write `window` as EDTF text: the hull of the days of `zone` that it touches.

    A day, month or year when it is exactly one; else `[a..b]`, `[..b]` or `[a..]`, both ends
    included; and `../..` for a window that has no bound at all.
    """
    start, end = window
    first = None if start <= EVER else day_of(start, zone)
    last = None if end >= NEVER else day_of(max(end - 1, start), zone)
    if first is None or last is None:
        return _half_open_text(first, last)
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, _DECEMBER, 31) and (
        first.year == last.year
    ):
        return f"{first.year:04d}"
    if first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1]):
        return f"{first.year:04d}-{first.month:02d}"
    return f"[{first.isoformat()}..{last.isoformat()}]"


def _half_open_text(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return "../.."
    return f"[..{last}]" if first is None else f"[{first}..]"
