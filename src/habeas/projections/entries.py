"""Numbers of one counter gathered: one number of one day is one entry, however often told.

It compares no two counters and explains nothing (`misfits` does). An entry's place in a series is
the day it is of; without one, the day it was known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from habeas.projections.figures import Bounds, Figure, is_running, meet, number_text
from habeas.times import Window
from habeas.vocabulary import fold


@frozen(kw_only=True)
class Entry:
    """One number of one counter for one day, of one scope and period, and all who tell of it.

    `date` and `begin` are windows, None if not stated; `scope` is None if not stated. `told` is
    never empty, in the order in which the counter spoke.
    """

    voice: str
    number: str
    bounds: Bounds
    date: Window | None
    begin: Window | None
    scope: str | None
    expected: bool
    running: bool
    first_hand: bool
    told: tuple[Figure, ...]

    @property
    def order(self) -> tuple[bool, int, bool, int, int]:
        """The key of a series: dated before undated, by day; the last one is the newest word."""
        last = self.told[-1]
        day = last.spoken if self.date is None else self.date[1]
        return self.date is None, day, self.first_hand, last.spoken, last.thread.seq


def entries(figures: Iterable[Figure]) -> list[Entry]:
    """Gather the figures that count into entries, in the order of a series."""
    same: dict[tuple[object, ...], list[Figure]] = {}
    for one in figures:
        if one.counted:
            same.setdefault(_same(one), []).append(one)
    return sorted((_entry(told) for told in same.values()), key=lambda entry: entry.order)


def _same(one: Figure) -> tuple[object, ...]:
    event = one.event
    return one.voice, number_text(event), one.date, one.begin, _scope(one), _expected(one)


def _scope(one: Figure) -> str | None:
    return None if one.event.scope is None else fold(one.event.scope)


def _expected(one: Figure) -> bool:
    return one.event.stance == "expected"


def _entry(told: list[Figure]) -> Entry:
    told.sort(key=lambda one: (one.spoken, one.thread.seq))
    first = told[0]
    return Entry(
        voice=first.voice,
        number=number_text(first.event),
        bounds=first.bounds,
        date=first.date,
        begin=first.begin,
        scope=_scope(first),
        expected=_expected(first),
        running=is_running(first.event),
        first_hand=any(one.first_hand for one in told),
        told=tuple(told),
    )


def alike(one: Entry, other: Entry) -> bool:
    """Say whether scope and period are the same, as far as both are stated."""
    if one.scope is not None and other.scope is not None and one.scope != other.scope:
        return False
    return one.begin is None or other.begin is None or overlap(one.begin, other.begin)


def overlap(one: Window, other: Window) -> bool:
    """Say whether two windows have an instant in common."""
    return one[0] < other[1] and other[0] < one[1]


def newest(series: Sequence[Entry]) -> list[Entry]:
    """Return the numbers that no other of the series follows: one, unless scopes or periods differ.

    A dated number follows one without a date; of two, the one of the later day follows, then the
    counter's own word, then the later word. Several undated numbers told at once are all newest.
    What is only expected is no number yet.
    """
    told = [entry for entry in series if not entry.expected]
    return [entry for entry in told if not any(_follows(other, entry) for other in told)]


def perhaps_newer(series: Sequence[Entry]) -> list[Entry]:
    """Return the undated numbers that may be of a later day than the newest dated one.

    A number that the counter also gives with a date is taken to be that one.
    """
    latest = max((entry.date[1] for entry in series if entry.date), default=None)
    if latest is None:
        return []
    dated = [entry for entry in series if entry.date is not None and not entry.expected]
    return [
        entry
        for entry in series
        if entry.date is None
        and not entry.expected
        and min(one.spoken for one in entry.told) > latest
        and not any(alike(entry, other) and meet(entry.bounds, other.bounds) for other in dated)
    ]


def _follows(later: Entry, entry: Entry) -> bool:
    if later is entry or not alike(later, entry):
        return False
    return _recency(later) > _recency(entry)


def _recency(entry: Entry) -> tuple[bool, int, bool, int]:
    day = 0 if entry.date is None else entry.date[1]
    return entry.date is not None, day, entry.first_hand, entry.told[-1].spoken
