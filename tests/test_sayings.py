"""What is said of persons: read from payloads, it is what a state of the log holds."""

from __future__ import annotations

from unittest import mock

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from habeas.errors import BadLog, HabeasError
from habeas.log import State
from habeas.log.chosen import Chosen
from habeas.log.sayings import Gathered, Sayings
from habeas.store import MemoryStore, open_store
from habeas.store.audience import AudienceStore
from logs import Log
from test_beliefs import PARTIES, PERSONS, logs


def _asked(ask, *names):
    """The answer, or what the refusal says."""
    try:
        return ask(*names)
    except HabeasError as error:
        return error.message


def _all_of(sayings, everybody=PERSONS):
    """All that can be asked of sayings, about everybody that the log can name."""
    persons = {
        one: (
            sayings.registered(one),
            sayings.name(one),
            sayings.group(one),
            _asked(lambda one: [tuple(said) for said in sayings.of(one)], one),
        )
        for one in everybody
    }
    parties = {
        name: (_asked(ask, name) for ask in (sayings.voice, sayings.grade, _party(sayings)))
        for name in (*PARTIES, "nobody")
    }
    return persons, {name: list(found) for name, found in parties.items()}, sayings.zone


def _party(sayings):
    def ask(name):
        kind, part_of, of = sayings.party(name)
        return kind, part_of, list(of)

    return ask


def _stored(records, store):
    with store.appending() as log:
        log.add(records)
    return store


@given(records=logs, cut=st.integers(13, 45), gone=st.sets(st.integers(2, 45), max_size=3))
def test_what_is_gathered_is_what_a_state_holds(records, cut, gone):
    records = [evolve(one, salt=None, payload=None) if one.seq in gone else one for one in records]
    position = min(cut, len(records))
    whole = _all_of(Sayings(State.of(records[:position])))
    gathered = Gathered(_stored(records, MemoryStore()), position)
    refused = _asked(gathered.take, PERSONS)
    if refused is None:
        assert _all_of(gathered) == whole
    else:
        # Something is named that is gone: then whoever is told of by it cannot be answered.
        assert refused in [said for *_, said in whole[0].values()]


@given(
    records=logs,
    cut=st.integers(13, 45),
    persons=st.sets(st.sampled_from(PERSONS), min_size=1),
    gone=st.sets(st.integers(14, 45), max_size=2),
)
def test_what_is_said_of_chosen_persons_is_what_a_state_holds(records, cut, persons, gone):
    records = [evolve(one, salt=None, payload=None) if one.seq in gone else one for one in records]
    position = min(cut, len(records))
    whole = _all_of(Sayings(State.of(records[:position])), persons)
    store = _stored(records, MemoryStore())
    chosen = _asked(lambda: Chosen(store, position, persons, grades=True))
    if isinstance(chosen, Chosen):
        assert _all_of(chosen, persons) == whole
    else:
        # Somebody he is one with may be told of by what is gone.
        everybody = _all_of(Sayings(State.of(records[:position])))
        assert chosen in [said for *_, said in everybody[0].values()]


def test_chosen_persons_are_said_of_by_what_bears_on_them_alone():
    log = Log()
    log.party("wire")
    log.document("d0", "2026-01-05", "wire")
    for person in ("ana", "ben", "caro", "dora"):
        log.person(person)
    claims = {one: log.status(one, "detained", "d0") for one in ("ana", "ben", "caro", "dora")}
    log.correct(claims["ana"], person="ben")
    log.void(claims["caro"])
    log.merge("ben", "dora")
    store = _stored(log.records, MemoryStore())
    ben = Chosen(store, store.head().position, ["ben"], grades=False)
    assert [said.id for said in ben.of("ben")] == [claims["ana"], claims["ben"]]
    assert ben.group("ben") == ("ben", "dora")
    assert [said.id for said in ben.of("dora")] == [claims["dora"]]
    types = []

    def read(seqs):
        for record in MemoryStore.read(store, seqs):
            types.append(record.type)
            yield record

    with mock.patch.object(store, "read", read):
        Chosen(store, store.head().position, ["caro"], grades=False)
    assert set(types) == {"case.opened", "status.claimed", "event.voided"}


@given(records=logs)
def test_sqlite_carries_what_memory_carries(records, tmp_path_factory):
    path = tmp_path_factory.mktemp("sayings") / "a.db"
    memory = _stored(records, MemoryStore())
    sqlite = _stored(records, open_store(path, create=True))
    marks = [*(f"person:{one}" for one in PERSONS), "document:d0", "party:wire", "nothing"]
    for first in (False, True):
        found = list(memory.carrying(marks, first=first))
        assert list(sqlite.carrying(marks, first=first)) == found
        hidden = frozenset(one[1] for one in found[::2])
        shown = AudienceStore(memory, hidden).carrying(marks, first=first)
        assert not hidden & {one[1] for one in shown}
    sqlite.close()


def test_a_payload_that_is_no_json_is_told_of():
    log = Log()
    log.person("ana")
    store = _stored(log.records, MemoryStore())
    store._records[1] = evolve(store._records[1], payload=b"{")
    with pytest.raises(BadLog, match="not JSON"):
        Gathered(store, 2).take(["ana"])
