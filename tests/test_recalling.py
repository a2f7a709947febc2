"""What readers make of condensed codes: everybody by id, wherever each one's code stands."""

from __future__ import annotations

import gc
from contextlib import closing

import pytest

from habeas import times
from habeas.case import collecting, recalling
from habeas.case.collecting import uncollected
from habeas.log import State
from habeas.projections.believed import CODE
from habeas.projections.question import ask
from habeas.store import MemoryStore, open_store
from habeas.store.belief_port import Row

ZONE = times.zone("America/Caracas")
QUESTION = ask("2026-01-10", ZONE)
DETAINED, UNKNOWN = ("detained", "confirmed", False), ("unknown", None, False)


@pytest.fixture(params=["memory", "sqlite"])
def store(request, tmp_path):
    one = MemoryStore() if request.param == "memory" else open_store(tmp_path / "a.db", create=True)
    with closing(one):
        yield one


def viewed(store, meanings, stale=()):
    """A model in which each person, kept in this order, has one row, or none."""
    rows = {
        one: [] if meaning is None else [Row(0, CODE[meaning], "[]", "1")]
        for one, meaning in meanings.items()
    }
    with store.believing():
        no = store.beliefs.begin()
        store.beliefs.name({one: one.title() for one in meanings})
        store.beliefs.replace(no, rows)
        store.beliefs.finish(no, "any", 0)
    return recalling.View(store, no, ZONE, 0, frozenset(stale), State())


@pytest.mark.parametrize(
    "meanings",
    [
        {},
        {"ana": DETAINED},
        {"ana": None},
        {"ben": DETAINED, "ana": UNKNOWN},
        {"caro": None, "ana": DETAINED, "ben": UNKNOWN, "abe": None},
    ],
)
def test_a_roster_is_by_id_whoever_came_first(store, meanings):
    view = viewed(store, meanings)
    known = {one: meaning for one, meaning in sorted(meanings.items()) if meaning is not None}
    assert view.rows(QUESTION) == [(one, one.title(), *said) for one, said in known.items()]
    assert sum(view.tally(QUESTION).values()) == len(known)
    assert [one for one, _ in store.beliefs.names()] == sorted(meanings)
    assert len(store.beliefs.places()) == len(meanings)


def test_rows_that_are_not_believed_are_left_aside(store):
    view = viewed(store, {"ben": DETAINED, "ana": DETAINED, "caro": DETAINED}, stale=["ana"])
    assert [one for one, *_ in view.rows(QUESTION)] == ["ben", "caro"]
    assert view.tally(QUESTION) == {("detained", "confirmed"): 2}


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_left_as_it_was(on):
    was = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        with uncollected():
            assert not gc.isenabled()
        assert gc.isenabled() == on
        assert not gc.get_freeze_count()
    finally:
        (gc.enable if was else gc.disable)()


def test_what_is_frozen_stays_frozen():
    collecting._is_frozen.cache_clear()
    gc.freeze()
    try:
        with uncollected():
            pass
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
        collecting._is_frozen.cache_clear()
