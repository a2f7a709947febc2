"""Instants: whole microseconds since 1970-01-01T00:00:00Z, and the texts they are read from.

It does not know days, names of zones or the wall clock: whoever needs "now" passes it in.
It owns the convention of time inside habeas: an instant is an `int` of microseconds in UTC, an
instant t covers `[t, t + 1)`, every interval is half-open, and `EVER` and `NEVER` stand for a side
that has no bound.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from habeas.errors import HabeasError

EVER: Final = -(2**62)
NEVER: Final = 2**62
MICROS_PER_DAY: Final = 86_400_000_000

Window = tuple[int, int]
"""An interval `[start, end)` of instants; `EVER` and `NEVER` where it has no bound."""

_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - naive on purpose: wall time in UTC
_MICROSECOND: Final = timedelta(microseconds=1)
_ZULU_LENGTH: Final = len("2026-01-08T04:00:00.000000Z")
_STAMP: Final = (
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,6}))?"
    r"(Z|[+-][0-9]{2}(?::[0-9]{2})?)?"
)
_STAMP_HINT: Final = "a date and time looks like 2026-01-08T21:00:00-04:00"
_SHOWN: Final = 60


class BadTime(HabeasError):
    """A text that is not a day, an instant or a time zone as habeas writes them."""


def instant_text(instant: int) -> str:
    """Write `instant` (microseconds, UTC) as the log does: `2026-01-08T04:00:00.000000Z`.

    Raises `BadTime` outside the years 0001 to 9999, and so for `EVER` and `NEVER`.
    """
    try:
        return f"{(_EPOCH + instant * _MICROSECOND).isoformat(timespec='microseconds')}Z"
    except OverflowError:
        raise BadTime(
            f"the instant {instant} µs lies outside the years 0001 to 9999",
            hint="EVER and NEVER have no text",
        ) from None


def parse_instant(text: str) -> int:
    """Read back what `instant_text` wrote, and nothing else, as microseconds (UTC).

    Raises `BadTime` for any other spelling, so that text and number are one to one.
    """
    try:
        instant = (datetime.fromisoformat(text[: _ZULU_LENGTH - 1]) - _EPOCH) // _MICROSECOND
        exact = instant_text(instant) == text
    except (TypeError, ValueError):
        exact = False
    if exact:
        return instant
    raise BadTime(
        f"{quoted(text)} is not an instant as the log writes them",
        hint="an instant looks like 2026-01-08T04:00:00.000000Z",
    )


def instant_of(moment: datetime, zone: ZoneInfo) -> Window:
    """Give the window `[start, end)` of a moment: one microsecond, if it has an offset.

    A naive `moment` is wall time in `zone`. Where the clocks went back it is two instants, and
    where they went forward it never was: the window then spans both readings.
    """
    wall = (moment.replace(tzinfo=None) - _EPOCH) // _MICROSECOND
    offset = moment.utcoffset()
    if offset is not None:
        instant = wall - offset // _MICROSECOND
        return instant, instant + 1
    readings = [wall - offset_at(moment.replace(fold=fold), zone) for fold in (0, 1)]
    return min(readings), max(readings) + 1


def offset_at(wall: datetime, zone: ZoneInfo) -> int:
    """Say by how many microseconds `zone` is ahead of UTC at the naive time `wall`."""
    return (zone.utcoffset(wall) or timedelta()) // _MICROSECOND


def read_stamp(text: str) -> datetime:
    """Read `2026-01-08T21:00:00-04:00`; the result is naive where the text has no offset.

    The offset is `Z`, hours, or hours and minutes; a fraction has up to six digits. Midnight is
    00:00:00 of the day it begins (24:00:00 is refused, as in ISO 8601-1:2019), and there is no
    60th second. Raises `BadTime`, which names the part that is wrong.
    """
    match = re.fullmatch(_STAMP, text)
    if match is None:
        raise BadTime(f"{quoted(text)} is not a date and time", hint=_STAMP_HINT)
    *clock, fraction, offset = match.groups()
    year, month, day, hour, minute, second = map(int, clock)
    _check_clock(hour, minute, second)
    micro = int((fraction or "").ljust(6, "0"))
    zone = None if offset is None else _read_offset(offset)
    try:
        return datetime(year, month, day, hour, minute, second, micro, zone)
    except ValueError:
        raise BadTime(f"the day {text[:10]} does not exist", hint=_STAMP_HINT) from None


def quoted(text: object) -> str:
    """Quote a text for a message, cut to what fits a line."""
    return repr(text if not isinstance(text, str) or len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _check_clock(hour: int, minute: int, second: int) -> None:
    if (hour, minute, second) == (24, 0, 0):
        raise BadTime("24:00:00 is another day's midnight", hint="write 00:00:00 of the next day")
    for name, value, limit in (("hour", hour, 24), ("minute", minute, 60), ("second", second, 60)):
        if value >= limit:
            raise BadTime(f"the {name} {value:02d} is not 00 to {limit - 1}", hint=_STAMP_HINT)


def _read_offset(text: str) -> timezone:
    if text == "Z":
        return timezone.utc  # noqa: UP017 - the same class as is returned below
    hours, minutes = int(text[1:3]), int(text[4:] or 0)
    if hours > 23 or minutes > 59:  # noqa: PLR2004 - a clock's limits
        raise BadTime(f"the offset {text} is not within 23:59 of UTC", hint=_STAMP_HINT)
    if text[0] == "-" and not (hours or minutes):
        raise BadTime(f"the offset {text} is Z in ISO 8601", hint="write Z, as in 21:00:00Z")
    shift = timedelta(hours=hours, minutes=minutes)
    return timezone(-shift if text[0] == "-" else shift)
