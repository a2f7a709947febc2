"""What every store promises, held for each of them by the same tests."""

from __future__ import annotations

import contextlib
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from habeas.errors import HabeasError, Refused, UnknownName
from habeas.log import Tree
from habeas.log.hashes import EMPTY_ROOT
from habeas.log.marks import marks_of
from habeas.log.records import stated
from habeas.store import MemoryStore, open_store
from invented import invented_log, leaf_only, redaction_of


@pytest.fixture(params=["memory", "sqlite"])
def store(request, tmp_path):
    made = (
        MemoryStore() if request.param == "memory" else open_store(tmp_path / "a.db", create=True)
    )
    yield made
    made.close()


@pytest.fixture(scope="module")
def log():
    return invented_log(60)


def fill(store, records, *, batch=7):
    for start in range(0, len(records), batch):
        with store.appending() as log:
            log.add(records[start : start + batch])


def roots_of(records):
    tree = Tree()
    yield tree.root()
    for record in records:
        tree.add(record.leaf)
        yield tree.root()


def test_an_empty_log_stands_at_nothing(store):
    head = store.head()
    assert (head.position, head.recorded, head.root, head.tree.size) == (0, None, EMPTY_ROOT, 0)
    assert list(store.records()) == []
    assert store.root_at(0) == EMPTY_ROOT
    assert store.position_at(10**18) == 0
    assert store.marked("person:nobody") == store.of_type("case.opened") == ()


def test_records_come_back_as_they_went_in(store, log):
    fill(store, log)
    assert list(store.records()) == log
    assert [record.event for record in store.records()] == [record.event for record in log]
    head = store.head()
    assert (head.position, head.recorded) == (60, log[-1].recorded)


@pytest.mark.parametrize("batch", [1, 2, 59, 60])
def test_each_event_has_the_root_after_it_however_they_came(store, log, batch):
    fill(store, log, batch=batch)
    assert [store.root_at(n) for n in range(61)] == list(roots_of(log))
    assert store.head().root == store.head().tree.root() == store.root_at(60)


def test_the_node_of_an_event_is_the_last_peak_after_it(store, log):
    fill(store, log)
    tree, peaks = Tree(), []
    for record in log:
        tree.add(record.leaf)
        peaks.append(tree.peaks[-1])
    assert [*store.nodes(after=0, upto=60)] == peaks
    assert [*store.nodes(after=7, upto=9)] == peaks[7:9]
    assert [*store.nodes(after=60, upto=70)] == []


def test_the_tree_of_the_head_is_the_callers_own(store, log):
    fill(store, log[:3])
    store.head().tree.add(b"else")
    assert store.head().tree.size == 3
    with store.appending() as writer:
        writer.head.tree.add(b"else")
        writer.add(log[3:4])
    assert store.head().root == list(roots_of(log))[4]


@pytest.mark.parametrize(
    ("after", "upto", "seqs"),
    [
        (0, None, range(1, 61)),
        (0, 0, []),
        (0, 3, [1, 2, 3]),
        (3, 5, [4, 5]),
        (58, None, [59, 60]),
        (58, 100, [59, 60]),
        (60, None, []),
        (70, None, []),
        (5, 3, []),
    ],
)
def test_after_is_excluded_and_upto_included(store, log, after, upto, seqs):
    fill(store, log)
    assert [record.seq for record in store.records(after=after, upto=upto)] == list(seqs)


def test_a_reading_ends_where_the_log_ended_when_it_began(store, log):
    fill(store, log[:5])
    reading = store.records()
    first = next(reading)
    fill(store, log[5:])
    rest = [record.seq for record in reading]
    assert first.seq == 1
    assert rest[:4] == [2, 3, 4, 5]


def test_some_are_read_in_order_and_once(store, log):
    fill(store, log)
    assert [one.seq for one in store.read([30, 2, 2, 61, 0, -4, 7])] == [2, 7, 30]
    assert [one.seq for one in store.read(range(1, 2_000))] == list(range(1, 61))
    assert list(store.read([])) == []


@given(data=st.data())
def test_a_position_counts_what_was_recorded_by_then(data):
    log = invented_log(20)
    store = MemoryStore()
    fill(store, log)
    instant = data.draw(st.integers(log[0].recorded - 2, log[-1].recorded + 2))
    assert store.position_at(instant) == sum(one.recorded <= instant for one in log)


def test_an_instant_is_included_in_its_position(store, log):
    fill(store, log)
    assert store.position_at(log[0].recorded - 1) == 0
    for record in log:
        assert store.position_at(record.recorded) == record.seq
        assert store.position_at(record.recorded + 1) == record.seq


@pytest.mark.parametrize("position", [-1, 61, 10**12])
def test_no_root_past_the_end(store, log, position):
    fill(store, log)
    with pytest.raises(UnknownName, match="it holds 60 events"):
        store.root_at(position)


def test_events_are_found_by_their_marks(store, log):
    fill(store, log)
    expected: dict[str, list[int]] = {}
    for record in log:
        for mark in marks_of(record):
            expected.setdefault(mark, []).append(record.seq)
    assert len({mark.partition(":")[0] for mark in expected}) >= 6
    assert {mark: list(store.marked(mark)) for mark in expected} == expected
    assert store.marked("person:nobody") == ()


def test_the_first_event_that_carries_a_mark_is_found(store, log):
    fill(store, log)
    for mark in {mark for record in log for mark in marks_of(record)}:
        assert store.first_marked(mark) == store.marked(mark)[0]
    assert store.first_marked("person:nobody") is None


def test_events_are_found_by_type_and_by_prefix(store, log):
    fill(store, log)
    for type_ in {record.type for record in log}:
        assert store.of_type(type_) == tuple(one.seq for one in log if one.type == type_)
    by_id = sorted((one.id, one.seq) for one in log)
    assert store.with_prefix("", limit=1_000) == tuple(by_id)
    assert store.with_prefix("", limit=4) == tuple(by_id[:4])
    for record in log:
        assert store.with_prefix(record.id) == ((record.id, record.seq),)
        found = store.with_prefix(record.id[:1], limit=1_000)
        assert found == tuple(one for one in by_id if one[0][0] == record.id[0])
    assert store.with_prefix("0") == store.with_prefix("%") == store.with_prefix("é") == ()


def test_a_statement_is_found_at_its_first_event(store, log):
    again = invented_log(1, after=log)
    fill(store, [*log, *again])
    digests = {}
    for record in [*log, *again]:
        if (digest := stated(record)) is not None:
            digests.setdefault(digest, record.seq)
    assert len(digests) > 30
    assert all(store.statement_of(digest) == seq for digest, seq in digests.items())
    assert store.statement_of(bytes(32)) is None


def test_withheld_events_keep_their_place(store, log):
    partly = [leaf_only(one) if one.seq % 3 == 0 else one for one in log]
    fill(store, partly)
    assert list(store.records()) == partly
    assert store.head().root == list(roots_of(log))[-1]
    assert all(one.event is None for one in store.records() if one.seq % 3 == 0)
    assert store.statement_of(stated(log[2])) is None


def test_a_block_that_raises_leaves_nothing(store, log):
    fill(store, log[:10])
    before = store.head()
    with contextlib.suppress(KeyboardInterrupt), store.appending() as writer:
        writer.add(log[10:20])
        writer.add(log[20:25])
        raise KeyboardInterrupt
    after = store.head()
    assert after == before
    assert list(store.records()) == log[:10]
    assert store.marked(f"event:{log[12].id}") == ()
    assert store.statement_of(stated(log[15])) is None
    fill(store, log[10:])
    assert list(store.records()) == log


def test_a_block_reads_what_it_has_added(store, log):
    with store.appending() as writer:
        assert writer.head.position == 0
        writer.add(log[:10])
        assert writer.head == store.head()
        assert writer.head.position == 10
        assert list(writer.records(after=8)) == log[8:10]
        assert list(store.records()) == log[:10]
        writer.add(log[10:12])
        writer.add([])
        assert writer.head.recorded == log[11].recorded
        assert store.marked("person:person-1") == tuple(
            one.seq for one in log[:12] if "person:person-1" in marks_of(one)
        )


@pytest.mark.parametrize("seqs", [[2], [10], [12], [11, 13], [11, 11], [12, 11]])
def test_a_log_has_no_gaps(store, log, seqs):
    fill(store, log[:10])
    records = [log[seq - 1] for seq in seqs]
    with pytest.raises(Refused, match="no gaps"):
        fill(store, records)
    assert list(store.records()) == log[:10]


def test_recorded_times_rise(store, log):
    other = invented_log(11, step=0, salt="other")
    fill(store, log[:10])
    with pytest.raises(Refused, match="recorded at"):
        fill(store, other[10:])
    assert store.head().position == 10


def test_an_id_comes_once(store, log):
    fill(store, log[:10])
    with pytest.raises(Refused):
        fill(store, [evolve(log[10], commitment=log[3].commitment)])
    assert store.head().position == 10


def test_a_failed_addition_cannot_be_passed_over(store, log):
    fill(store, log[:5])
    broken = pytest.raises(Refused, match="nothing of its block")
    with broken, store.appending() as writer, contextlib.suppress(Refused):
        writer.add(log[5:7])
        writer.add(log[20:22])
    assert list(store.records()) == log[:5]


def test_there_is_one_writer(store):
    with store.appending(), pytest.raises(RuntimeError), store.appending():
        pass
    fill(store, invented_log(1))


def test_readings_may_be_nested_and_stand_in_an_appending(store, log):
    fill(store, log[:4])
    with store.reading(), store.reading():
        assert store.head().position == 4
        assert list(store.records()) == log[:4]
    with store.appending() as writer:
        writer.add(log[4:5])
        with store.reading():
            assert store.head().position == 5
    assert store.head().position == 5


def test_the_index_is_made_anew(store, log):
    fill(store, log)
    marks = {mark for record in log for mark in marks_of(record)}
    before = {mark: store.marked(mark) for mark in marks}, store.head()
    store.reindex()
    assert ({mark: store.marked(mark) for mark in marks}, store.head()) == before
    assert store.statement_of(stated(log[0])) == 1
    fill(store, invented_log(3, after=log))
    assert store.head().position == 63


def test_a_redaction_is_an_event_like_others(store, log):
    fill(store, log)
    fill(store, [redaction_of(log[20], after=log)])
    assert store.marked(f"event:{log[20].id}")[-1] == 61
    assert store.head().position == 61


def test_two_stores_agree(tmp_path, log):
    memory, sqlite = MemoryStore(), open_store(tmp_path / "a.db", create=True)
    fill(memory, log, batch=13)
    fill(sqlite, log, batch=4)
    assert memory.head() == sqlite.head()
    assert memory.head().tree.peaks == sqlite.head().tree.peaks
    sqlite.close()


def test_recorded_times_of_the_invented_log_rise(log):
    assert all(one.recorded < two.recorded for one, two in pairwise(log))


def test_the_log_in_memory_has_no_copy(tmp_path):
    with pytest.raises(HabeasError, match="memory"):
        MemoryStore().backup(tmp_path / "copy.db")
