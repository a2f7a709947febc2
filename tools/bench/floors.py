"""What the least of a task takes: parts of it alone, each in a process of its own.

Beside a demand it says how far off that is which nothing could do without. Jobs of `alone`: each
times its part, and returns the seconds. The floor of an append is `peers.appended_rows`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from bench.copies import removed
from habeas import resolve
from habeas.log.sayings import Gathered, everybody
from habeas.projections.evidence import day_before
from habeas.projections.testimony import NOBODY, Testimony
from habeas.resolve import DEFAULT_RULES
from habeas.store import many, open_store
from habeas.store.connection import PATIENCE, connect
from habeas.store.library import sqlite3
from habeas.textlog import scanning

LOAD_ROWS: Final = "load-rows"
READ_LOG: Final = "read-log"
RESOLVE: Final = "resolve-alone"

_CHUNK: Final = 50_000
_PERSONS: Final = 500


def load_rows(database: Path) -> float:
    """Write the rows of a loaded log into an empty database, chunk by chunk; return the seconds."""
    source = connect(database, create=False, patience=PATIENCE)
    source.execute("CREATE TEMP TABLE marking AS SELECT seq, mark FROM marked ORDER BY seq")
    source.execute("CREATE INDEX temp.marking_seq ON marking(seq)")
    copy = database.with_name("rows.db")
    removed(copy)
    target = connect(copy, create=True, patience=PATIENCE)
    spent, last = 0.0, 0
    (position,) = source.execute("SELECT max(seq) FROM event").fetchone()
    for first in range(1, position + 1, _CHUNK):
        tables = [*_rows_of(source, first, first + _CHUNK, last)]
        last += len(tables[-2][1])
        before = time.perf_counter()
        target.execute("BEGIN IMMEDIATE")
        for into, rows in tables:
            many.insert(target, into, rows)
        target.execute("COMMIT")
        spent += time.perf_counter() - before
    target.close()
    source.close()
    removed(copy)
    return spent


def _rows_of(
    source: sqlite3.Connection, first: int, after: int, mark: int
) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Yield, for each table of the log and its index, how to insert a chunk's rows, and those."""
    for table, columns, of in (
        ("payload", "seq, salt, body", "payload WHERE {} ORDER BY seq"),
        ("withheld", "seq", "withheld WHERE {} ORDER BY seq"),
        (
            "event",
            "seq, id, type, version, recorded, commitment, node",
            "event WHERE {} ORDER BY seq",
        ),
        ("statement", "digest, seq", "statement WHERE {} ORDER BY digest"),
    ):
        yield _inserting(source, table, columns, of.format(f"seq >= {first} AND seq < {after}"))
    marks = f"SELECT max(mark) FROM marking WHERE seq >= {first} AND seq < {after}"
    yield _inserting(
        source, "mark", "no, mark", f"mark WHERE no > {mark} AND no <= ({marks}) ORDER BY no"
    )
    there = f"marking WHERE seq >= {first} AND seq < {after} ORDER BY mark, seq"
    yield _inserting(source, "marked", "mark, seq", there)


def _inserting(
    source: sqlite3.Connection, table: str, columns: str, rows: str
) -> tuple[str, list[tuple[Any, ...]]]:
    """Return how to insert into a table, and the rows that are to be."""
    found = source.execute(f"SELECT {columns} FROM {rows}").fetchall()
    return f"INSERT INTO {table}({columns})", found


def read_log(log: Path) -> float:
    """Read a text log with its checks and hashes, and keep nothing; return the seconds."""
    before = time.perf_counter()
    with log.open("rb") as lines:
        for _ in scanning.scanned(lines):
            pass
    return time.perf_counter() - before


def resolve_alone(database: Path) -> float:
    """Hear the claims about everybody, and answer at each known time; return the seconds.

    Of claims made ready beforehand, in this one process; nothing is worded, compared or kept.
    """
    spent = 0.0
    store = open_store(database)
    persons = [person for person, _ in everybody(store)]
    sayings = Gathered(store, store.head().position)
    for at in range(0, len(persons), _PERSONS):
        some = persons[at : at + _PERSONS]
        sayings.take(some)
        ready = []
        for one in some:
            told = Testimony(sayings, one, DEFAULT_RULES)
            ready.append(told.words(told.counted, NOBODY))
        before = time.perf_counter()
        for words in ready:
            moments = sorted({word.known for word in words})
            for step in resolve.steps(words, DEFAULT_RULES, moments):
                step.history.on(day_before(step.moment, sayings.zone)[1])
        spent += time.perf_counter() - before
    store.close()
    return spent


JOBS: Final = {LOAD_ROWS: load_rows, READ_LOG: read_log, RESOLVE: resolve_alone}
