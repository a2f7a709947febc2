"""The times a person types: `--as-of` and `--on`.

It reads no vague dates (a question needs one answer), guesses nothing and never asks the clock:
"today" is for whoever holds the clock. It owns the rule that a day means *through its end*, and
that a moment is included.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from habeas.times.days import day_window
from habeas.times.instants import BadTime, instant_of, quoted, read_stamp

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_HINT: Final = "a day is written 2026-01-08"
_AS_OF_HINT: Final = "write a day, 2026-01-08, or a moment, 2026-01-08T21:00:00-04:00"


class AsOf(NamedTuple):
    """A moment up to which something is asked: `text` as typed, `end` exclusive (µs, UTC)."""

    text: str
    end: int


def parse_day(text: str) -> date:
    """Read a calendar day, `2026-01-08`; raises `BadTime` for anything else."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        raise BadTime(f"{quoted(text)} is not a day", hint=_DAY_HINT)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadTime(f"the day {text} does not exist", hint=_DAY_HINT) from None


def parse_as_of(text: str, zone: ZoneInfo) -> AsOf:
    """Read a day of `zone`, through its end, or a full timestamp with offset, inclusive.

    The `end` is exclusive: the next midnight, or the moment plus a microsecond. Raises `BadTime`
    for anything else, with a right example.
    """
    if isinstance(text, str) and _DAY.match(text) and text[10:11] == "T":
        return AsOf(text, _end_of_moment(text, zone))
    try:
        return AsOf(text, day_window(parse_day(text), zone)[1])
    except BadTime as fault:
        raise BadTime(fault.message, hint=_AS_OF_HINT) from None


def _end_of_moment(text: str, zone: ZoneInfo) -> int:
    moment = read_stamp(text)
    if moment.tzinfo is None:
        raise BadTime(
            f"{text!r} has no offset, so it is another moment in every zone",
            hint=f"say whose clock it is: {text}Z, or {text}-04:00",
        )
    return instant_of(moment, zone)[1]
