"""On which days a number without one may have been counted, by its counter's own other numbers.

A day is out where the counter gives another number for it; of a running total, which never falls,
also every day after a higher one and before a lower one. Nothing is counted after it is told. Only
numbers of a single day rule anything out. Days are whole days of the case's zone, both ends
included.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from habeas import times
from habeas.projections.entries import Entry
from habeas.projections.figures import meet

_DAY = timedelta(days=1)
Range = tuple[date | None, date]
"""First and last day, both included; None: from ever."""


def possible_dates(entry: Entry, own: Iterable[Entry], zone: ZoneInfo) -> list[Range]:
    """Return the days that an undated entry may be of, as ranges in order; none if no day fits.

    `own` are the entries of its series with which it can be compared, itself among them or not.
    """
    first: date | None = None
    last = times.day_of(min(one.spoken for one in entry.told) - 1, zone)
    out: set[date] = set()
    for other in own:
        day = _single_day(other, zone)
        if day is None or meet(other.bounds, entry.bounds):
            continue
        out.add(day)
        if entry.running and _above(entry, other):
            first = day if first is None else max(first, day)
        elif entry.running:
            last = min(last, day)
    return _ranges(first, last, out)


def _single_day(entry: Entry, zone: ZoneInfo) -> date | None:
    if entry.date is None:
        return None
    first, last = times.first_and_last_day(entry.date, zone)
    return first if first == last else None


def _above(entry: Entry, other: Entry) -> bool:
    """Say whether a number that does not meet another is the greater one."""
    most = other.bounds[1]
    return most is not None and entry.bounds[0] > most


def _ranges(first: date | None, last: date, out: set[date]) -> list[Range]:
    """Return the days from `first` to `last`, both included, without those that are out."""
    ranges: list[Range] = []
    start = first
    for day in sorted(out):
        if (first is not None and day < first) or day > last:
            continue
        if start is None or start < day:
            ranges.append((start, day - _DAY))
        start = day + _DAY
    if start is None or start <= last:
        ranges.append((start, last))
    return ranges


def left_out(ranges: list[Range]) -> list[str]:
    """Return the days between ranges, which are out; in order."""
    days: list[str] = []
    for (_, last), (first, _) in pairwise(ranges):
        if first is not None:
            gap = (first - last).days
            days += [(last + step * _DAY).isoformat() for step in range(1, gap)]
    return days


def possible_text(ranges: list[Range]) -> str | None:
    """Write ranges of days as EDTF, one of them being meant; None where there is no day."""
    if not ranges:
        return None
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return ranges[0][1].isoformat()
    return f"[{','.join(_range_text(start, end) for start, end in ranges)}]"


def _range_text(start: date | None, end: date) -> str:
    if start == end:
        return end.isoformat()
    return f"{'' if start is None else start.isoformat()}..{end.isoformat()}"
