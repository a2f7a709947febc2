"""Many rows in few statements: they come as they would one by one, or not at all."""

from __future__ import annotations

import pytest

from habeas.store import many
from habeas.store.library import sqlite3


@pytest.fixture
def connection():
    with sqlite3.connect(":memory:", isolation_level=None) as connection:
        connection.execute("CREATE TABLE row(no INTEGER PRIMARY KEY, said BLOB NOT NULL) STRICT")
        connection.execute(
            "CREATE TRIGGER follows BEFORE INSERT ON row"
            " WHEN new.no <= (SELECT coalesce(max(no), 0) FROM row)"
            " BEGIN SELECT raise(ABORT, 'out of order'); END"
        )
        yield connection
    connection.close()


def _rows(numbers):
    return [(number, b"%d" % number) for number in numbers]


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 100, 237])
def test_all_rows_come_in_their_order(connection, count):
    rows = _rows(range(1, count + 1))
    many.insert(connection, "INSERT INTO row(no, said)", rows)
    assert connection.execute("SELECT * FROM row ORDER BY rowid").fetchall() == rows


@pytest.mark.parametrize("at", [0, 30, 70, 119])
def test_triggers_and_constraints_hold_for_each_row(connection, at):
    numbers = list(range(2, 122))
    numbers[at] = 1 if at else 0
    connection.execute("INSERT INTO row VALUES (1, x'')")
    connection.execute("BEGIN")
    with pytest.raises(sqlite3.IntegrityError, match="out of order"):
        many.insert(connection, "INSERT INTO row(no, said)", _rows(numbers))
    connection.execute("ROLLBACK")
    assert connection.execute("SELECT no FROM row").fetchall() == [(1,)]


def test_what_is_ignored_is_ignored_row_by_row(connection):
    connection.execute("DROP TRIGGER follows")
    rows = _rows(range(1, 61))
    many.insert(connection, "INSERT INTO row(no, said)", rows[:10])
    others = [(no, b"other") for no, _ in rows]
    many.insert(connection, "INSERT OR IGNORE INTO row(no, said)", others)
    assert connection.execute("SELECT * FROM row").fetchall() == [*rows[:10], *others[10:]]


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 120])
def test_what_is_there_is_found(connection, count):
    connection.execute("CREATE TABLE word(no INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE)")
    words = [f"word {number}" for number in range(count)]
    known = dict(zip(words, range(0, count, 2), strict=False))
    many.insert(connection, "INSERT INTO word(word, no)", list(known.items()))
    assert dict(many.found(connection, "SELECT word, no FROM word", "word", words)) == known
