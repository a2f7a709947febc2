"""Releases and arrests as a counter counts them itself, between two of its numbers.

It uses what is reported of the same population and place: running totals (`released_since`) and
numbers of single days (`released_on`). A total that began within the time counts whole; of one that
began before it, what came since the last total at its start, which is a range unless that total is
of the very day. Days that no total covers are added. Nothing is extrapolated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from habeas.projections.entries import Entry, entries, overlap
from habeas.projections.figures import Figure, matter
from habeas.projections.reconcile.between import Between
from habeas.projections.reconcile.ranges import NOTHING, Range, total
from habeas.times import Window


@frozen(kw_only=True)
class Counted:
    """What counters say of a flow: how many, and the numbers behind it."""

    amount: Range
    by: tuple[Entry, ...]


def counted(said: Iterable[Figure], like: Figure, kind: str, time: Between) -> Counted | None:
    """Return what the counter of `like` says of a flow (`released`, `arrested`) in a time.

    None where it says nothing of it.
    """
    own = [
        one
        for one in said
        if one.voice == like.voice and matter(one.event)[1:] == matter(like.event)[1:]
    ]
    totals = entries(one for one in own if one.event.measure == f"{kind}_since")
    days = entries(one for one in own if one.event.measure == f"{kind}_on")
    running = _running([one for one in totals if not one.expected], time.surely)
    single = _single(
        [one for one in days if not one.expected],
        time.surely,
        running[1] if running else None,
    )
    if running is None and not single:
        return None
    amounts = [Range(*one.bounds) for one in single]
    return Counted(
        amount=total(amounts).plus(running[0].amount if running else NOTHING),
        by=(*(running[0].by if running else ()), *single),
    )


def _running(totals: Sequence[Entry], span: Window) -> tuple[Counted, Window] | None:
    """Return what running totals say of a span, and the part of it that they cover."""
    within = [one for one in totals if one.date and span[0] < one.date[1] <= span[1]]
    found = [
        _since(last, totals, span[0])
        for last in within
        if not any(_same_period(last, other) and other.order > last.order for other in within)
    ]
    return max(found, key=lambda one: _worth(*one), default=None)


def _since(last: Entry, totals: Sequence[Entry], start: int) -> tuple[Counted, Window]:
    """Return what a total grew by since `start`, and the time that this is of.

    Where no total is of the very day, it grew by no less than since the first one after `start`,
    and by no more than since the last one before.
    """
    end = start if last.date is None else last.date[1]
    if last.begin is not None and start <= last.begin[0]:
        return Counted(amount=Range(*last.bounds), by=(last,)), (last.begin[0], end)
    same = [one for one in totals if one.date is not None and _same_period(one, last)]
    before = [one for one in same if one.date and one.date[1] <= start]
    after = next(one for one in same if one not in before)
    least = _grown(last, after).low if after is not last else 0
    if not before:
        return Counted(amount=Range(least, last.bounds[1]), by=(after, last)), (start, end)
    base = before[-1]
    grown = _grown(last, base)
    if base.date is None or base.date[1] < start:
        grown = Range(least, grown.high)
    return Counted(amount=grown, by=(base, last)), (start, end)


def _grown(last: Entry, base: Entry) -> Range:
    return Range(*last.bounds).minus(Range(*base.bounds)).floored


def _same_period(one: Entry, other: Entry) -> bool:
    if one.begin is None or other.begin is None:
        return one.begin is other.begin
    return overlap(one.begin, other.begin)


def _worth(found: Counted, covers: Window) -> tuple[bool, int, int]:
    """Return how good an account is: bounded, then exact, then how much of the time it covers."""
    low, high = found.amount
    if low is None or high is None:
        return False, 0, covers[1] - covers[0]
    return True, low - high, covers[1] - covers[0]


def _single(days: Sequence[Entry], span: Window, covered: Window | None) -> list[Entry]:
    """Return the numbers of days of a span that no total covers, the newest word of each day."""
    by_day: dict[Window, Entry] = {}
    for one in days:
        if one.date is None or not (span[0] <= one.date[0] and one.date[1] <= span[1]):
            continue
        if covered is None or not overlap(one.date, covered):
            by_day[one.date] = one
    return [by_day[date] for date in sorted(by_day)]
