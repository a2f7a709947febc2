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
from habeas.projections.believed import CODE
from habeas.projections.evidence import day_before
from habeas.projections.testimony import NOBODY, Testimony
from habeas.resolve import DEFAULT_RULES
from habeas.store import many, open_store
from habeas.store.connection import PATIENCE, connect
from habeas.store.library import sqlite3
from habeas.textlog import scanning

LOAD_ROWS: Final = "load-rows"
READ_LOG: Final = "read-log"
ANSWERS: Final = "answers-alone"

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


def answers_alone(database: Path) -> float:
    """Read the claims about everybody, resolve them, and commit bare rows; return the seconds.

    A row has a code, and the `seq`s of claims by their role in the answer: no dates in words, no
    causes, no texts beside it. One process does it all.
    """
    copy = database.with_name("answers.db")
    removed(copy)
    target = connect(copy, create=True, patience=PATIENCE)
    target.execute("CREATE TABLE answer(person, known_from, code, seqs)")
    target.execute("CREATE INDEX answer_person ON answer(person, known_from, code)")
    store = open_store(database)
    before = time.perf_counter()
    persons = [person for person, _ in everybody(store)]
    sayings = Gathered(store, store.head().position)
    for at in range(0, len(persons), _PERSONS):
        some = persons[at : at + _PERSONS]
        sayings.take(some)
        rows = [row for one in some for row in _bare_rows(sayings, one)]
        target.execute("BEGIN IMMEDIATE")
        many.insert(target, "INSERT INTO answer(person, known_from, code, seqs)", rows)
        target.execute("COMMIT")
    spent = time.perf_counter() - before
    store.close()
    target.close()
    removed(copy)
    return spent


def _bare_rows(sayings: Gathered, one: str) -> Iterator[tuple[str, int, int, str]]:
    """Yield the answers about a person, from each known time on."""
    told = Testimony(sayings, one, DEFAULT_RULES)
    words = told.words(told.counted, NOBODY)
    moments = sorted({word.known for word in words})
    for step in resolve.steps(words, DEFAULT_RULES, moments):
        answer = step.history.on(day_before(step.moment, sayings.zone)[1])
        code = CODE[answer.status, answer.standing, answer.contested]
        aside = [item.support for item in (*answer.pending, *answer.contradicted)]
        yield one, step.moment, code, str([answer.support, answer.against, aside, answer.unknown])


JOBS: Final = {LOAD_ROWS: load_rows, READ_LOG: read_log, ANSWERS: answers_alone}
