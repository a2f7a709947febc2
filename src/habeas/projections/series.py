"""Series: what each counter has told so far of one thing, as far as a change log compares it.

It is `counts` without reasons: the newest numbers, those that may be newer, all of them, and which
of one counter and day cannot both be right. Other counters' numbers play no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from attrs import frozen

from habeas.events import CountClaimed
from habeas.log import State
from habeas.projections import figures
from habeas.projections.counts import entry_data, figures_chosen
from habeas.projections.entries import Entry, entries, newest, perhaps_newer
from habeas.projections.figures import Figure
from habeas.projections.misfits import why
from habeas.projections.question import Question

Key = tuple[str, str, str, str]
"""Measure, population, place (spelling aside), and the counter."""

Number = tuple[str, str | None]
"""A number as claimed, and the day it is of."""


@frozen(kw_only=True)
class Series:
    """One counter's numbers of one thing. `conflicts` are numbers of one day that differ."""

    about: dict[str, Any]
    newest: tuple[dict[str, Any], ...]
    perhaps_newer: tuple[dict[str, Any], ...]
    numbers: tuple[dict[str, Any], ...]
    conflicts: tuple[tuple[Number, Number], ...]

    @property
    def events(self) -> list[str]:
        """The ids of the claims behind all of its numbers."""
        return [event for one in self.numbers for event in one["events"]]


def gathered(state: State, question: Question) -> dict[Key, list[Figure]]:
    """Return the numbers of each series as of a question, chosen as `counts` chooses, by `seq`."""
    found: dict[Key, list[Figure]] = {}
    for one in figures_chosen(state, question):
        found.setdefault(_key(one), []).append(one)
    return found


def _key(one: Figure) -> Key:
    return key_of(one.event, one.voice)


def key_of(event: CountClaimed, voice: str) -> Key:
    """Return the series that a number belongs to, whose counter is a voice."""
    return *figures.matter(event), voice


def series_of(state: State, said: Sequence[Figure]) -> Series:
    """Return the series that some numbers of one counter make, at least one."""
    first, told = said[0], entries(said)
    about = {
        "measure": first.event.measure,
        "population": first.event.population,
        "part_of": next((one.event.part_of for one in said if one.event.part_of), None),
        "place": first.event.place,
        "counter": first.voice,
        "name": state.party(first.voice).name,
    }
    return Series(
        about=about,
        newest=_brief(state, newest(told)),
        perhaps_newer=_brief(state, perhaps_newer(told)),
        numbers=_brief(state, told),
        conflicts=tuple(_conflicts(state, told)),
    )


def _brief(state: State, told: Iterable[Entry]) -> tuple[dict[str, Any], ...]:
    kept = ("number", "date", "expected", "events")
    data = (entry_data(state, one) for one in told)
    return tuple({key: one[key] for key in kept} for one in data)


def _conflicts(state: State, told: Sequence[Entry]) -> Iterator[tuple[Number, Number]]:
    days: dict[object, list[Entry]] = {}
    for entry in told:
        if entry.date is not None:
            days.setdefault(entry.date, []).append(entry)
    for same in days.values():
        for one, other in combinations(same, 2):
            if why(one, other) == "conflict":
                yield _number(state, one), _number(state, other)


def _number(state: State, entry: Entry) -> Number:
    return entry.number, figures.date_text(state, entry.told[0])
