"""Numbers that carry what is behind them: how many, and the ids of the events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from habeas.log import State


def tally(state: State, seqs: Iterable[int]) -> dict[str, Any]:
    """Return a number of events, and their ids in the order of the log."""
    found = sorted(set(seqs))
    return {"count": len(found), "events": ids(state, found)}


def persons_tally(state: State, persons: Mapping[str, Iterable[int]]) -> dict[str, Any]:
    """Return a number of persons, who they are, and the ids of the events that say so."""
    seqs = {seq for found in persons.values() for seq in found}
    named = sorted(persons)
    return {
        "count": len(named),
        "persons": named,
        "names": names(state, named),
        "events": ids(state, seqs),
    }


def names(state: State, persons: Iterable[str]) -> list[str]:
    """Return the names of persons, in their order."""
    return [state.person(one).name for one in persons]


def ids(state: State, seqs: Iterable[int]) -> list[str]:
    """Return the ids of threads, each once, in the order of the log."""
    return [state.threads[seq].id for seq in sorted(set(seqs))]
