"""Codes condensed: whatever comes in place of older rows, everybody has the code of his rows."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.store import beliefs, open_store
from habeas.store.belief_port import Row
from habeas.store.library import sqlite3, write_into

_TIMES = st.integers(0, 30)
_ROWS = st.dictionaries(_TIMES, st.tuples(st.integers(0, 3), st.sampled_from("ab"))).map(
    lambda found: [Row(at, code, body, "") for at, (code, body) in sorted(found.items())]
)
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("replace"), st.integers(0, 4), _ROWS),
        st.tuples(st.just("amend"), st.integers(0, 4), _TIMES, _ROWS),
        st.tuples(st.just("condense")),
    ),
    max_size=12,
)


def code_of(rows, end):
    return next((row.code for row in reversed(rows) if row.known_from <= end), 0)


def take(store, model, known, step):
    kind, *what = step
    kept = store.beliefs
    if kind == "condense":
        kept.condense(model)
        return
    one, *_, rows = what
    person = f"person-{one}"
    if kind == "replace":
        kept.name({person: person})
        kept.cite([(person, "", None)])
        kept.replace(model, {person: rows})
        known[person] = rows
    elif person in known:
        since, place = what[1], kept.kept(person).place
        tail = kept.tail(model, place, since)
        before = [row for row in tail if row.known_from < since]
        new = [row for row in rows if row.known_from >= since]
        kept.amend(model, place, tail, [*before, *new])
        known[person] = [row for row in known[person] if row.known_from < since] + new


@settings(max_examples=150)
@given(first=st.lists(_ROWS, max_size=5), steps=_STEPS)
def test_codes_are_those_of_the_rows(first, steps, tmp_path_factory):
    store = open_store(tmp_path_factory.mktemp("sheets") / "log.db", create=True)
    known = {}
    with mock.patch.object(beliefs, "_LEAST_GAP", 2), store.believing():
        model = store.beliefs.begin()
        for one, rows in enumerate(first):
            take(store, model, known, ("replace", one, rows))
        take(store, model, known, ("condense",))
        for step in steps:
            take(store, model, known, step)
            places = {one: store.beliefs.kept(one).place for one in known}
            for one, rows in known.items():
                assert store.beliefs.rows(model, one) == rows
            for end in range(-1, 32):
                codes = store.beliefs.codes(model, end)
                found = {one: (*codes, *bytes(9))[place] for one, place in places.items()}
                assert found == {one: code_of(rows, end) for one, rows in known.items()}
    store.close()


def test_bytes_are_written_over_a_blobs():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE one(no INTEGER PRIMARY KEY, data BLOB)")
    connection.execute("INSERT INTO one VALUES (7, zeroblob(10000))")
    write_into(connection, ("one", "data", 7), 9_998, b"ab")
    ((data,),) = connection.execute("SELECT data FROM one").fetchall()
    assert data == bytes(9_998) + b"ab"
    with pytest.raises((ValueError, sqlite3.Error)):
        write_into(connection, ("one", "data", 7), 9_999, b"ab")
    connection.close()
