"""Instants, days, as-of times and durations.

It does not read what a source wrote about a date (that is `edtf`), and nothing in it reads the
wall clock. Conventions: instants are microseconds in UTC, intervals are half-open, and `EVER` and
`NEVER` are the sides that have no bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from habeas import late
from habeas.times.asof import AsOf, parse_as_of, parse_day
from habeas.times.days import day_of, day_window, first_and_last_day, window_text, zone
from habeas.times.instants import (
    EVER,
    MICROS_PER_DAY,
    NEVER,
    BadTime,
    Window,
    instant_of,
    instant_text,
    parse_instant,
    quoted,
    read_stamp,
)

if TYPE_CHECKING:
    from habeas.times.durations import Duration, Held, held_for

__all__ = [
    "EVER",
    "MICROS_PER_DAY",
    "NEVER",
    "AsOf",
    "BadTime",
    "Duration",
    "Held",
    "Window",
    "day_of",
    "day_window",
    "first_and_last_day",
    "held_for",
    "instant_of",
    "instant_text",
    "parse_as_of",
    "parse_day",
    "parse_instant",
    "quoted",
    "read_stamp",
    "window_text",
    "zone",
]

__getattr__ = late.names(
    "habeas.times", dict.fromkeys(("Duration", "Held", "held_for"), "durations")
)
