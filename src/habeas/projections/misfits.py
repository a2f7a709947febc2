"""Why two reported numbers of one thing differ, and whether that is a conflict.

It never calls numbers of different stated days a conflict, and chooses between none. The reasons,
in the order in which they are looked for:

- `another counter`: two voices; their days are `one date`, `different dates`, or `not stated`.
- `another scope or period`: both say whom, or from when, they count, and not the same.
- `not yet told as done`: one is expected, the other is not.
- `date not stated`: with the days that the counter's own series leaves possible.
- `different date`: one series, no conflict. `total fell`: a running total that is later and lower.
- `date not exact`: days that may be one, and may be two.
- `relay differs from the counter`: for one day the counter gives one number, a relay of it another.
- `conflict`: two numbers of one counter for one day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from habeas.projections.entries import Entry, alike, overlap
from habeas.projections.figures import meet
from habeas.projections.possible import left_out, possible_dates, possible_text

Cited = Callable[[Entry], dict[str, Any]]


def misfits(series: Sequence[Entry], zone: ZoneInfo, cite: Cited) -> list[dict[str, Any]]:
    """Return what does not fit among the entries of one matter, with its reason, conflicts first.

    `numbers` do not fit `against`, or one another where `against` is empty. Of a number without a
    day, `possible` are the days it may be of (EDTF; None if there is none), `left_out` those among
    them that are out, and `matches` the dated entries with the same number.
    """
    found: dict[tuple[object, ...], list[Entry]] = {}
    undated: dict[int, list[Entry]] = {}
    for one, other in combinations(series, 2):
        reason = why(one, other)
        if reason == "date not stated":
            for entry, against in ((one, other), (other, one)):
                if entry.date is None:
                    undated.setdefault(id(entry), []).append(against)
        elif reason is not None:
            found.setdefault(_key(reason, one, other), []).extend((one, other))
    said = [_differing(key, _once(involved), cite) for key, involved in found.items()]
    said += [
        _undated(entry, undated[id(entry)], series, zone, cite)
        for entry in series
        if id(entry) in undated
    ]
    return sorted(said, key=lambda item: not item["conflict"])


def why(one: Entry, other: Entry) -> str | None:
    """Return why two numbers differ; None where one number can be both."""
    if meet(one.bounds, other.bounds):
        return None
    if one.voice != other.voice:
        return "another counter"
    if not alike(one, other):
        return "another scope or period"
    if one.expected != other.expected:
        return "not yet told as done"
    return _of_one_series(one, other)


def _of_one_series(one: Entry, other: Entry) -> str:
    if one.date is None or other.date is None:
        return "date not stated"
    if one.date == other.date:
        hands = one.first_hand, other.first_hand
        return "conflict" if hands[0] == hands[1] else "relay differs from the counter"
    if overlap(one.date, other.date):
        return "date not exact"
    earlier, later = (one, other) if one.date < other.date else (other, one)
    most = later.bounds[1]
    if one.running and most is not None and most < earlier.bounds[0]:
        return "total fell"
    return "different date"


def _days(one: Entry, other: Entry) -> str:
    """Say how the days of two counters' numbers lie."""
    if one.date is None or other.date is None:
        return "date not stated"
    return "one date" if overlap(one.date, other.date) else "different dates"


def _key(reason: str, one: Entry, other: Entry) -> tuple[object, ...]:
    """Return what makes two differing pairs one finding."""
    if reason == "another counter":
        return reason, _days(one, other), *sorted((one.voice, other.voice))
    if reason in {"conflict", "relay differs from the counter"}:
        return reason, "one date", one.voice, one.date
    return reason, _days(one, other), one.voice


def _once(involved: Iterable[Entry]) -> list[Entry]:
    return sorted({id(entry): entry for entry in involved}.values(), key=lambda entry: entry.order)


def _differing(key: tuple[object, ...], numbers: list[Entry], cite: Cited) -> dict[str, Any]:
    return {
        "reason": key[0],
        "conflict": key[0] == "conflict",
        "dates": key[1],
        "counters": sorted({entry.voice for entry in numbers}),
        "numbers": [cite(entry) for entry in numbers],
        "against": [],
        "possible": None,
        "left_out": [],
        "matches": [],
    }


def _undated(
    entry: Entry,
    against: Sequence[Entry],
    series: Sequence[Entry],
    zone: ZoneInfo,
    cite: Cited,
) -> dict[str, Any]:
    own = [
        other
        for other in series
        if other.voice == entry.voice and alike(entry, other) and other.expected == entry.expected
    ]
    days = possible_dates(entry, own, zone)
    same = [other for other in own if other.date and meet(other.bounds, entry.bounds)]
    return {
        "reason": "date not stated",
        "conflict": False,
        "dates": "date not stated",
        "counters": [entry.voice],
        "numbers": [cite(entry)],
        "against": [cite(other) for other in against],
        "possible": possible_text(days),
        "left_out": left_out(days),
        "matches": [cite(other) for other in same],
    }
