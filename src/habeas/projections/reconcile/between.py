"""The time between two reported numbers: what surely and what perhaps happened in it.

A number of a day holds through that day's end. Where a number's day is not exact the time is two
spans: one in which everything surely lies between the numbers, and one in which it may. A number
without a day was counted some time before it was told.
"""

from __future__ import annotations

from typing import NamedTuple
from zoneinfo import ZoneInfo

from habeas import times
from habeas.projections.figures import Figure
from habeas.times import EVER, Window


class Between(NamedTuple):
    """The spans `[start, end)` that surely and that perhaps lie between two numbers.

    A span that ends before it starts is empty: nothing lies in it.
    """

    surely: Window
    perhaps: Window

    def holds(self, window: Window) -> tuple[bool, bool]:
        """Say whether a moment within `window` surely, and whether it perhaps, lies between."""
        surely = self.surely[0] <= window[0] and window[1] <= self.surely[1]
        perhaps = window[0] < self.perhaps[1] and self.perhaps[0] < window[1]
        return surely and perhaps, perhaps


def between(first: Figure, second: Figure, zone: ZoneInfo) -> Between:
    """Return the time from one number to another, of which the first is the earlier."""
    soonest, latest = _through(first, zone)
    until_soonest, until_latest = _through(second, zone)
    return Between((latest, until_soonest), (soonest, until_latest))


def _through(one: Figure, zone: ZoneInfo) -> Window:
    """Return the earliest and the latest end of the day through which a number may hold."""
    if one.date is None:
        return EVER, one.spoken
    start, end = one.date
    first_day = EVER if start <= EVER else times.day_window(times.day_of(start, zone), zone)[1]
    return min(first_day, end), min(end, max(one.spoken, first_day))


def is_earlier(first: Figure, second: Figure) -> bool:
    """Say whether one number is the earlier: by the day it is of, then by when it was told."""
    days = [one.spoken if one.date is None else one.date[1] for one in (first, second)]
    return (days[0], first.spoken) <= (days[1], second.spoken)
