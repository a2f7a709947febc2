"""Law 10: no program changes the log in SQLite; and what a connection promises."""

from __future__ import annotations

import sqlite3

import pytest

from habeas.case import verifying
from habeas.errors import BadLog, HabeasError, Refused
from habeas.log import Tree
from habeas.store import open_store, promise, schema
from habeas.store.library import check_version, wal_is_safe
from habeas.store.library import sqlite3 as shipped
from invented import invented_log, leaf_only, redaction_of
from stored import added, bare, filled


@pytest.fixture
def path(tmp_path):
    return tmp_path / "habeas.db"


CHANGES = {
    "update": "UPDATE {table} SET seq = seq",
    "update one": "UPDATE {table} SET {column} = {value} WHERE seq = 3",
    "update or replace": "UPDATE OR REPLACE {table} SET seq = 4 WHERE seq = 3",
    "update or ignore": "UPDATE OR IGNORE {table} SET {column} = {value} WHERE seq = 3",
    "delete": "DELETE FROM {table} WHERE seq = 3",
    "delete the last": "DELETE FROM {table} WHERE seq = (SELECT max(seq) FROM {table})",
    "delete all": "DELETE FROM {table}",
    "replace": "REPLACE INTO {table} SELECT * FROM {table} WHERE seq = 3",
    "insert or replace": "INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE seq = 30",
    "insert or rollback": "INSERT OR ROLLBACK INTO {table} SELECT * FROM {table} WHERE seq = 30",
    "upsert": "INSERT INTO {table} SELECT * FROM {table} WHERE seq = 3"
    " ON CONFLICT DO UPDATE SET {column} = {value}",
}
EVENT = "INSERT {how} INTO event SELECT {seq}, {id}, type, version, {recorded}, commitment, node"
INSERTIONS = {
    "a gap": EVENT.format(how="", seq=32, id="'new'", recorded="recorded + 1"),
    "no seq": EVENT.format(how="", seq="NULL", id="'new'", recorded="recorded + 1"),
    "before the first": EVENT.format(how="", seq=0, id="'new'", recorded="recorded + 1"),
    "the same id": EVENT.format(how="", seq=31, id="id", recorded="recorded + 1"),
    "replace by id": EVENT.format(how="OR REPLACE", seq=31, id="id", recorded="recorded + 1"),
    "replace by seq": EVENT.format(how="OR REPLACE", seq=30, id="'new'", recorded="recorded + 1"),
    "ignore": EVENT.format(how="OR IGNORE", seq=30, id="'new'", recorded="recorded + 1"),
    "back-dated": EVENT.format(how="", seq=31, id="'new'", recorded="recorded"),
}
PAYLOAD = "INSERT {how} INTO payload SELECT {seq}, salt, x'00'"
PAYLOADS = {
    "an old event's": PAYLOAD.format(how="", seq=3),
    "replace": PAYLOAD.format(how="OR REPLACE", seq=30),
    "ignore": PAYLOAD.format(how="OR IGNORE", seq=29),
    "a withheld event's": PAYLOAD.format(how="", seq=12),
}
COLUMNS = {"event": ("recorded", "5"), "payload": ("body", "x'00'")}


def rows(path):
    with bare(path) as connection:
        return [
            connection.execute("SELECT * FROM event").fetchall(),
            connection.execute("SELECT * FROM payload").fetchall(),
        ]


def refuses(path, sql, *pragmas):
    before = rows(path)
    with bare(path, isolation_level=None) as connection:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        with pytest.raises(sqlite3.IntegrityError, match="the log"):
            connection.execute(sql)
    assert rows(path) == before


@pytest.fixture(scope="module")
def thirty(tmp_path_factory):
    path = tmp_path_factory.mktemp("thirty") / "habeas.db"
    store = open_store(path, create=True)
    with store.appending() as writer:
        writer.add([leaf_only(one) if one.seq == 12 else one for one in invented_log(30)])
    store.close()
    return path


@pytest.mark.parametrize("recursive", ["recursive_triggers = OFF", "recursive_triggers = ON"])
@pytest.mark.parametrize("table", COLUMNS)
@pytest.mark.parametrize("change", CHANGES)
def test_no_program_changes_the_log(thirty, change, table, recursive):
    column, value = COLUMNS[table]
    refuses(thirty, CHANGES[change].format(table=table, column=column, value=value), recursive)


@pytest.mark.parametrize("recursive", ["recursive_triggers = OFF", "recursive_triggers = ON"])
@pytest.mark.parametrize("insertion", INSERTIONS)
def test_no_program_adds_events_out_of_order(thirty, insertion, recursive):
    refuses(thirty, f"{INSERTIONS[insertion]} FROM event WHERE seq = 30", recursive)


@pytest.mark.parametrize("insertion", PAYLOADS)
def test_no_program_gives_an_event_another_payload(thirty, insertion):
    refuses(thirty, f"{PAYLOADS[insertion]} FROM payload WHERE seq = 30")


def test_a_payload_without_its_event_stops_the_log(path):
    store, log = filled(path)
    store.close()
    with bare(path, isolation_level=None) as connection:
        connection.execute("INSERT INTO payload VALUES (31, zeroblob(16), x'00')")
    with pytest.raises(Refused, match=r"payload\.seq"):
        added(path, invented_log(1, after=log))
    store = open_store(path)
    assert list(store.records()) == log
    store.close()


def test_only_a_redacted_payload_is_deleted(path):
    store, log = filled(path)
    store.close()
    delete = "DELETE FROM payload WHERE seq = {}"
    refuses(path, delete.format(20))
    added(path, [redaction_of(log[19], after=log)])
    refuses(path, delete.format(21))
    refuses(path, delete.format(31))
    refuses(path, "DELETE FROM payload")
    with bare(path, isolation_level=None) as connection:
        connection.execute(delete.format(20))
    refuses(path, f"{PAYLOAD.format(how='', seq=20)} FROM payload WHERE seq = 30")
    store = open_store(path)
    assert [one.seq for one in store.records() if one.payload is None] == [20]
    store.close()


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [(30, 30), (28, 28), (16, 16), (8, 16)],
)
def test_a_tree_that_does_not_fit_stops_an_append(path, spoilt, told):
    store, log = filled(path)
    store.close()
    with bare(path, isolation_level=None) as connection:
        connection.execute("DROP TRIGGER event_is_fixed")
        connection.execute("UPDATE event SET node = zeroblob(32) WHERE seq = ?", (spoilt,))
    with pytest.raises(BadLog, match=f"stored with event {told} "):
        added(path, invented_log(1, after=log))


@pytest.fixture
def older(path, tmp_path, monkeypatch):
    """A database as it was when a root stood beside each event, with the log of `path`."""
    store, log = filled(path)
    steps = dict([*schema.STEPS.items()][:5])
    with monkeypatch.context() as patched:
        patched.setattr(schema, "STEPS", steps)
        patched.setattr(schema, "VERSION", len(steps))
        open_store(tmp_path / "older.db", create=True).close()
    with bare(tmp_path / "older.db", isolation_level=None) as connection:
        connection.execute("ATTACH ? AS newer", (str(path),))
        for table in ("payload", "mark", "marked", "statement"):
            connection.execute(f"INSERT INTO {table} SELECT * FROM newer.{table}")  # noqa: S608
        for record in log:
            connection.execute(
                "INSERT INTO event SELECT seq, id, type, version, recorded, commitment, ?, node"
                " FROM newer.event WHERE seq = ?",
                (store.root_at(record.seq), record.seq),
            )
    store.close()
    return tmp_path / "older.db"


def test_a_database_with_roots_becomes_one_without(path, older):
    store, other = open_store(older), open_store(path)
    assert [store.root_at(n) for n in range(31)] == [other.root_at(n) for n in range(31)]
    log = list(other.records())
    assert list(store.records()) == log
    store.close()
    other.close()
    added(older, invented_log(1, after=log))
    assert verifying.verified(older).sound


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        ("DROP TRIGGER event_follows", "`event_follows` is gone"),
        ("CREATE VIEW roots AS SELECT root FROM event", "`roots` is none of ours"),
        ("UPDATE event SET root = zeroblob(32) WHERE seq = 7", "stored with event 7 is not"),
        ("UPDATE event SET node = zeroblob(32) WHERE seq = 8", "stored with event 8 is not"),
    ],
)
def test_an_older_database_at_fault_is_named_and_left_alone(older, spoil, fault):
    with bare(older, isolation_level=None) as connection:
        (guard,) = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE name = 'event_is_fixed'"
        ).fetchone()
        connection.execute("DROP TRIGGER event_is_fixed")
        connection.execute(spoil)
        connection.execute(guard)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for _ in range(2):
        with pytest.raises(BadLog, match="older habeas") as refusal:
            open_store(older)
        assert fault in refusal.value.message


def test_the_tree_is_found_at_every_length(path):
    store = open_store(path, create=True)
    tree = Tree()
    for record in invented_log(70):
        added(path, [record])
        tree.add(record.leaf)
        assert store.head().tree.peaks == tree.peaks
        other = open_store(path)
        assert other.head().tree.peaks == tree.peaks
        other.close()
    store.close()


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_which_sqlite_may_use_the_write_ahead_log(version, safe):
    assert wal_is_safe(version) is safe


def test_a_very_old_sqlite_is_refused():
    with pytest.raises(HabeasError, match=r"SQLite 3\.36\.0 is too old"):
        check_version((3, 36, 0))


def test_the_promise_names_library_and_journal():
    assert shipped.sqlite_version in promise()
    assert ("write-ahead" in promise()) or ("rollback" in promise())


def test_what_a_connection_has_set(path):
    store, _ = filled(path)
    found = {
        name: store._connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("foreign_keys", "secure_delete", "synchronous", "temp_store", "trusted_schema")
    }
    assert found == {
        "foreign_keys": 1,
        "secure_delete": 1,
        "synchronous": 2,
        "temp_store": 2,
        "trusted_schema": 0,
    }
    store.close()
