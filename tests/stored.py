"""Logs in files, for tests: made, added to, looked at by other programs, and checked whole."""

from __future__ import annotations

import contextlib
import sqlite3

from habeas import textlog
from habeas.case import Case
from habeas.errors import BadLog
from habeas.log import Tree
from habeas.log.records import check_payload
from habeas.store import open_store
from invented import entropy_of, invented_log


def bare(path, **options):
    """A connection as any other program makes it: the standard library, nothing set.

    Never while a store has the file open in this process: two copies of SQLite drop each other's
    locks.
    """
    return contextlib.closing(sqlite3.connect(path, **options))


def filled(path, count=30):
    log = invented_log(count)
    store = open_store(path, create=True)
    with store.appending() as writer:
        writer.add(log)
    return store, log


def added(path, records):
    store = open_store(path)
    try:
        with store.appending() as writer:
            writer.add(records)
    finally:
        store.close()


def assert_whole(path):
    """Check the log from its stored bytes: no gaps, rising times, payloads and roots as hashed."""
    store = open_store(path)
    tree, recorded, count = Tree(), 0, 0
    for count, record in enumerate(store.records(), start=1):
        assert record.seq == count
        assert record.recorded > recorded
        check_payload(record)
        assert record.payload is not None
        tree.add(record.leaf)
        assert store.root_at(count) == tree.root()
        recorded = record.recorded
    head = store.head()
    assert (head.position, head.root, head.tree.peaks) == (count, tree.root(), tree.peaks)
    store.close()
    with bare(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return count


def imported(store, records):
    """What becomes of records that are taken in: the root in the end, and why no more."""
    case = Case(store, clock=int, entropy=lambda size: entropy_of("x", size)[:size])
    try:
        case.import_log(textlog.line_of(one) for one in records)
    except BadLog as error:
        return store.head().root, error.message
    return store.head().root, None
