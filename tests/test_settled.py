"""Changes that a read model settles: the same as a replay finds, causes and all."""

from __future__ import annotations

from contextlib import closing
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.case import comparing, settled
from habeas.resolve import DEFAULT_RULES
from habeas.store import MemoryStore, open_store
from test_beliefs import STRICT, _begun, case_over, logs, put

_days = st.integers(1, 28).map(lambda day: f"2026-01-{day:02d}")


def told(records, sides, rules=DEFAULT_RULES, store=None, where=()):
    """Return what changed as a case with read models tells it, and as a replay does."""
    found = []
    for modelled in (True, False):
        there = store if store is not None and modelled else MemoryStore()
        put(there, records)
        case = case_over(there)
        if modelled:
            case.rebuild(rules)
        questions = (
            case.question(as_of=side)._replace(rules=rules, where=dict(where)) for side in sides
        )
        found.append(comparing.of_persons(case, *questions).data)
    return found


def causes(data):
    """Return what was behind the change of the only person."""
    return [(cause["event"], cause["cause"]) for cause in data["changes"][0]["causes"]]


@settings(max_examples=60)
@given(
    records=logs,
    sides=st.tuples(_days, _days).map(sorted),
    rules=st.sampled_from((DEFAULT_RULES, STRICT)),
)
def test_rows_settle_what_a_replay_finds(records, sides, rules):
    quick, replayed = told(records, sides, rules)
    assert quick == replayed


@settings(max_examples=60)
@given(
    records=logs,
    sides=st.tuples(_days, _days).map(sorted),
    where=st.sampled_from(
        ({"status": ("detained", "released")}, {"custody": ("held",)}, {"place": ("a cell",)})
    ),
)
def test_rows_settle_what_a_replay_finds_of_those_chosen(records, sides, where):
    quick, replayed = told(records, sides, where=where)
    assert quick == replayed


@settings(max_examples=10)
@given(records=logs, sides=st.tuples(_days, _days).map(sorted))
def test_sqlite_settles_what_a_replay_finds(records, sides, tmp_path_factory):
    path = tmp_path_factory.mktemp("settled") / "a.db"
    with closing(open_store(path, create=True)) as store, mock.patch.object(settled, "_CHUNK", 2):
        quick, replayed = told(records, sides, store=store)
    assert quick == replayed


def test_where_a_stated_end_passes_too_that_is_said():
    log = _begun()
    log.document("d1", "2026-01-06", "radio")
    log.status("ana", "detained", "d0", when="2026-01-02/2026-01-07")
    released = log.status("ana", "released", "d1", when="2026-01-04")
    quick, replayed = told(log.records, ("2026-01-05", "2026-01-09"))
    assert quick == replayed
    assert causes(quick) == [(released, "reported"), (None, "elapsed")]


def test_of_some_persons_only_they_are_told_of():
    log = _begun()
    log.document("d1", "2026-01-06", "radio")
    for one in ("ana", "ben"):
        log.status(one, "detained", "d1", when="2026-01-02")
    store = MemoryStore()
    put(store, log.records)
    case = case_over(store)
    case.rebuild()
    sides = [case.question(as_of=f"2026-01-0{day}") for day in (5, 7)]
    found = comparing.of_persons(case, *sides, persons={"ben", "caro"})
    assert [one["person"] for one in found.changes] == ["ben"]
    assert found.changes == comparing.of_persons(case, *sides).changes[1:]
