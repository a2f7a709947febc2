"""Counts: each counter's series of reported numbers, its newest value, and what does not fit.

A matter is one thing counted: a measure, a population, a place. Numbers of different matters are
never compared. Numbers nobody may rely on (graded worse than the rules allow) and denials are shown
in the series and compared with none. No number is chosen over another counter's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from habeas import times
from habeas.log import State, counting
from habeas.projections import figures
from habeas.projections.entries import Entry, entries, newest, perhaps_newer
from habeas.projections.figures import Figure
from habeas.projections.misfits import misfits
from habeas.projections.question import Question
from habeas.vocabulary import MEASURES, fold


def counts(state: State, question: Question) -> tuple[dict[str, Any], ...]:
    """Return what was counted by then, by matter, in the order of measure and population.

    Where the question chooses rows by `party` or `place`: the numbers that such a party tells,
    relays or publishes, and those of the place. What chooses persons chooses no number.
    """
    found: dict[tuple[str, str, str], list[Figure]] = {}
    for one in figures_chosen(state, question):
        found.setdefault(figures.matter(one.event), []).append(one)
    matters = sorted(found.items(), key=lambda item: _order(*item))
    return tuple(_matter(state, said) for _, said in matters)


def figures_chosen(state: State, question: Question) -> Iterator[Figure]:
    """Yield the numbers known by then that the question's `where` chooses, by `seq`."""
    return (one for one in figures.figures(state, question) if _fits(state, one, question))


def _fits(state: State, one: Figure, question: Question) -> bool:
    event = one.event
    origin = counting.origin_of(state, event)
    parties = {one.voice, origin, *event.via, state.document(event.document).publisher}
    told = {"party": parties, "place": {event.place or ""}}
    return all(
        key not in told or not {*map(fold, wanted)}.isdisjoint(map(fold, told[key]))
        for key, wanted in question.where.items()
    )


def _order(key: tuple[str, str, str], said: Sequence[Figure]) -> tuple[object, ...]:
    """Return the place of a matter: known measures in the order of their table, wholes first."""
    known = list(MEASURES)
    place = known.index(key[0]) if key[0] in known else len(known)
    part = any(one.event.part_of is not None for one in said) or key[2] != ""
    return place, key[0], part, *key[1:]


def _matter(state: State, said: Sequence[Figure]) -> dict[str, Any]:
    first = said[0].event
    told = entries(said)
    zone = times.zone(state.case.timezone)
    return {
        "measure": first.measure,
        "meaning": MEASURES.get(first.measure),
        "population": first.population,
        "part_of": _first(one.event.part_of for one in said),
        "place": first.place,
        "counters": [_counter(state, voice, said, told) for voice in _voices(said)],
        "misfits": misfits(told, zone, lambda entry: entry_data(state, entry)),
    }


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)


def _voices(said: Iterable[Figure]) -> list[str]:
    return sorted({one.voice for one in said})


def _counter(
    state: State, voice: str, said: Iterable[Figure], told: Iterable[Entry]
) -> dict[str, Any]:
    """Return one counter's series: its numbers by day, then those without a day."""
    series = [entry for entry in told if entry.voice == voice]
    party = state.party(voice)
    return {
        "counter": voice,
        "name": party.name,
        "kind": party.kind,
        "newest": [entry_data(state, entry) for entry in newest(series)],
        "perhaps_newer": [entry_data(state, entry) for entry in perhaps_newer(series)],
        "numbers": [
            entry_data(state, entry) | {"told": [figures.cite(state, one) for one in entry.told]}
            for entry in series
        ],
        "not_counted": [
            figures.cite(state, one) for one in said if one.voice == voice and not one.counted
        ],
    }


def entry_data(state: State, entry: Entry) -> dict[str, Any]:
    """Return a number of a series with the ids of the claims behind it."""
    first = entry.told[0]
    return {
        "counter": entry.voice,
        "number": entry.number,
        "low": entry.bounds[0],
        "high": entry.bounds[1],
        "date": figures.date_text(state, first),
        "period": first.event.period,
        "scope": first.event.scope,
        "expected": entry.expected,
        "first_hand": entry.first_hand,
        "known_at": times.instant_text(min(one.known for one in entry.told) - 1),
        "events": [one.thread.id for one in entry.told],
    }
