"""What two numbers count differently: counter, scope, period, population, place.

A change of definition has a size only where one and the same day was counted by both definitions;
the nearest such day gives it. Otherwise the change is named, and its size is part of what is
not explained.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from habeas.projections.entries import Entry, alike, entries, overlap
from habeas.projections.figures import Figure, matter
from habeas.projections.reconcile.ranges import Range
from habeas.vocabulary import fold

_Same = Callable[[Figure, Figure], bool]


def _same_text(one: str | None, other: str | None) -> bool:
    """Say whether two words are the same, as far as both are stated."""
    return one is None or other is None or fold(one) == fold(other)


def _same_begin(one: Figure, other: Figure) -> bool:
    return one.begin is None or other.begin is None or overlap(one.begin, other.begin)


_SAME: Final[dict[str, _Same]] = {
    "counter": lambda one, other: one.voice == other.voice,
    "scope": lambda one, other: _same_text(one.event.scope, other.event.scope),
    "period": _same_begin,
    "population": lambda one, other: (
        fold(one.event.population or "") == fold(other.event.population or "")
    ),
    "place": lambda one, other: fold(one.event.place or "") == fold(other.event.place or ""),
}


def differences(first: Figure, second: Figure) -> list[dict[str, Any]]:
    """Return what two numbers count differently: what it is about, and both sides of it."""
    return [
        {"about": about, "from": _shown(first, about), "to": _shown(second, about)}
        for about, same in _SAME.items()
        if not same(first, second)
    ]


def _shown(one: Figure, about: str) -> str | None:
    if about == "counter":
        return one.voice
    shown: str | None = getattr(one.event, about)
    return shown


def bridge(
    said: Iterable[Figure], first: Figure, second: Figure
) -> tuple[Range, list[Entry]] | None:
    """Return what the change of definition adds, and the numbers of one day that tell it.

    Of several such days the last one by the second number's day. None where there is no such day.
    """
    told = [one for one in said if one.event.measure == first.event.measure]
    ours, theirs = _defined_as(told, first), _defined_as(told, second)
    pairs = [
        (one, other)
        for one in ours
        for other in theirs
        if one.date is not None and one.date == other.date and _as_early(one, second)
    ]
    if not pairs:
        return None
    one, other = max(pairs, key=lambda pair: (pair[0].order, pair[1].order))
    return Range(*other.bounds).minus(Range(*one.bounds)), [one, other]


def _defined_as(told: Iterable[Figure], like: Figure) -> list[Entry]:
    """Return the numbers of a definition: those that state what it states."""
    pattern = entries([like])[0] if like.counted else None
    return [
        entry
        for entry in entries(one for one in told if matter(one.event) == matter(like.event))
        if pattern is not None
        and not entry.expected
        and entry.voice == like.voice
        and entry.scope == pattern.scope
        and alike(entry, pattern)
    ]


def _as_early(one: Entry, second: Figure) -> bool:
    return second.date is None or (one.date is not None and one.date[1] <= second.date[1])
