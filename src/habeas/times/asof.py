"""The times a person types: `--as-of` and `--on`.

It reads no vague dates (a question needs one answer), guesses nothing and never asks the clock:
"today" is for whoever holds the clock. It owns the rule that a day means *through its end*, and
that a moment is included.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from habeas.times.days import day_window
from habeas.times.instants import BadTime, instant_of, read_stamp

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_HINT: Final = "a day is written 2026-01-08"
_AS_OF_HINT: Final = "write a day, 2026-01-08, or a moment with its offset, "


class AsOf(NamedTuple):
    """A moment up to which something is asked: `text` as typed, `end` exclusive (µs, UTC)."""

    text: str
    end: int


def parse_day(text: str) -> date:
    """Read a calendar day, `2026-01-08`; raises `BadTime` for anything else."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        message = f"{_shown(text)} is not a day"
        raise BadTime(message, hint=_DAY_HINT)
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"the day {text} does not exist"
        raise BadTime(message, hint=_DAY_HINT) from None


def parse_as_of(text: str, zone: ZoneInfo) -> AsOf:
    """Read a day of `zone`, through its end, or a full timestamp with offset, inclusive.

    The `end` is exclusive: the next midnight, or the moment plus a microsecond. Raises `BadTime`
    for anything else, with a right example.
    """
    example = f"{_AS_OF_HINT}2026-01-08T21:00:00-04:00"
    if isinstance(text, str) and "T" in text and _DAY.match(text):
        moment = read_stamp(text)
        if moment.tzinfo is not None:
            return AsOf(text, instant_of(moment, zone)[1])
        message = f"{_shown(text)} has no offset, so it could be many moments"
        raise BadTime(message, hint=f"say which clock: {text}Z, or {text}-04:00")
    try:
        return AsOf(text, day_window(parse_day(text), zone)[1])
    except BadTime as fault:
        raise BadTime(fault.message, hint=example) from None


def _shown(text: object) -> str:
    shown = repr(text)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."  # noqa: PLR2004 - a line's worth
