"""What the peers are given: the same persons and claims as rows, and the ready-made intervals.

Made once for each log, and anew when the code changes that gives answers, by a process of its own
(it holds the whole log in memory); kept in an SQLite file. Corrections are in place in these rows
and voided claims left out, so that no peer needs to know of either: they do less than habeas does.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import habeas
from bench.spans import Days, Span, spans
from habeas import textlog, times, when
from habeas.events import StatusClaimed
from habeas.log import State, counting
from habeas.store.library import sqlite3
from habeas.times import NEVER

VERSION: Final = 2
_CHUNK: Final = 500
_SHARED: Final[list[State]] = []
_ANSWERING: Final = (
    "edtf/*",
    "log/counting",
    "log/state",
    "projections/evidence",
    "resolve/*",
    "times/*",
    "when",
)
_TABLES: Final = """
CREATE TABLE person(no INTEGER PRIMARY KEY, person TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE claim(seq INTEGER PRIMARY KEY, person INTEGER, occurred INTEGER, known INTEGER,
  withdrawn INTEGER, status TEXT, origin TEXT, document TEXT, stance TEXT, stated TEXT);
CREATE TABLE span(person INTEGER, start INTEGER, "end" INTEGER, status TEXT, standing TEXT,
  contested INTEGER);
"""


class Claim(NamedTuple):
    """A claim of a status as a row; times in µs, exclusive ends; `withdrawn` is far off if never.

    `occurred` is the end of the window in which it says that the status began, else `known`.
    """

    seq: int
    person: int
    occurred: int
    known: int
    withdrawn: int
    status: str
    origin: str
    document: str
    stance: str
    stated: str | None


class Row(NamedTuple):
    """A ready-made interval as a row: what is answered of a person as of T in `[start, end)`."""

    person: int
    start: int
    end: int
    status: str
    standing: str | None
    contested: int


class Material:
    """The rows made of one log."""

    def __init__(self, path: Path, log: Path) -> None:
        self.path, self.log = path, log
        self._connection = sqlite3.connect(path)

    def persons(self) -> list[tuple[int, str, str]]:
        """Return (number, id, name) of all persons, numbered from 0 in the order of their ids."""
        return self._rows("SELECT no, person, name FROM person ORDER BY no")

    def claims(self) -> Iterator[Claim]:
        """Yield the claims in the order of the log."""
        return map(Claim._make, self._connection.execute("SELECT * FROM claim ORDER BY seq"))

    def spans(self) -> Iterator[Row]:
        """Yield the intervals by person and start."""
        return map(Row._make, self._connection.execute("SELECT * FROM span ORDER BY rowid"))

    def most_told(self) -> str:
        """Return the id of the person with the most claims."""
        sql = "SELECT person FROM claim GROUP BY person ORDER BY count(*) DESC, person LIMIT 1"
        ((no,),) = self._rows(sql)
        ((person,),) = self._rows("SELECT person FROM person WHERE no = ?", no)
        return str(person)

    def times_of(self, person: str) -> int:
        """Return at how many known times something came out about a person."""
        sql = "SELECT count(DISTINCT known) FROM claim JOIN person ON no = claim.person"
        ((count,),) = self._rows(f"{sql} WHERE person.person = ?", person)
        return int(count)

    def documents(self) -> tuple[str, str]:
        """Return the first document of which there is a claim, and the last."""
        sql = "SELECT document FROM claim ORDER BY seq"
        ((first,),) = self._rows(f"{sql} LIMIT 1")
        ((last,),) = self._rows(f"{sql} DESC LIMIT 1")
        return str(first), str(last)

    def count(self, table: str) -> int:
        """Return how many rows a table has: person, claim or span."""
        ((count,),) = self._rows(f"SELECT count(*) FROM {table}")
        return int(count)

    def _rows(self, sql: str, *values: object) -> list[Any]:
        return list(self._connection.execute(sql, values).fetchall())


def cached(log: Path) -> Material:
    """Return the material of a log, made now if it is not there."""
    path = log.with_suffix(f".rows{VERSION}-{_code()}.db")
    if not path.exists():
        for old in log.parent.glob(f"{log.stem}.rows*"):
            old.unlink()
        subprocess.run([sys.executable, "-m", "bench.material", log, path], check=True)
    return Material(path, log)


def _code() -> str:
    """Return a digest of the modules that the answers come of."""
    source = Path(habeas.__file__).parent
    files = sorted(file for name in _ANSWERING for file in source.glob(f"{name}.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def write(log: Path, path: Path) -> None:
    """Make the rows of a log and write them to a file, whole or not at all."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with log.open("rb") as lines:
        state = State.of(textlog.read_lines(lines))
    connection = sqlite3.connect(part)
    connection.executescript(_TABLES)
    keepers = [one for one in state.all_of("person") if state.keeper(one) == one]
    number = {person: no for no, person in enumerate(keepers)}
    people = ((no, person, state.person(person).name) for person, no in number.items())
    connection.executemany("INSERT INTO person VALUES (?, ?, ?)", people)
    rows = (Row(number[span.person], *span[1:]) for span in _spans(state, keepers))
    connection.executemany("INSERT INTO span VALUES (?, ?, ?, ?, ?, ?)", rows)
    marks = ", ".join("?" * len(Claim._fields))
    connection.executemany(f"INSERT INTO claim VALUES ({marks})", _claims(state, number))
    connection.commit()
    connection.close()
    part.replace(path)


def _spans(state: State, persons: list[str]) -> Iterator[Span]:
    """Yield the intervals by person, made by two processes that share the state, where they can."""
    if "fork" not in multiprocessing.get_all_start_methods():
        yield from spans(state, persons)
        return
    gc.freeze()
    chunks = [persons[start : start + _CHUNK] for start in range(0, len(persons), _CHUNK)]
    _SHARED.append(state)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        for found in pool.imap(_spans_of, chunks):
            yield from found
    gc.unfreeze()
    _SHARED.clear()


def _spans_of(persons: list[str]) -> list[Span]:
    return list(spans(_SHARED[0], persons))


def _claims(state: State, number: dict[str, int]) -> Iterator[Claim]:
    days = Days(state)
    for thread, event in state.claims():
        if isinstance(event, StatusClaimed):
            known = days.end(counting.known_at(state, event))
            withdrawn = counting.withdrawn_at(state, thread)
            yield Claim(
                seq=thread.seq,
                person=number[state.keeper(event.person)],
                occurred=_occurred(state, event, known),
                known=known,
                withdrawn=NEVER if withdrawn is None else days.end(withdrawn),
                status=event.status,
                origin=counting.origin_of(state, event),
                document=event.document,
                stance=event.stance,
                stated=event.when,
            )


def _occurred(state: State, event: StatusClaimed, known: int) -> int:
    zone = counting.zone_of(state, state.document(event.document))
    begin = when.read(event.when, zone).begin
    return known if begin is None or begin[1] == times.NEVER else begin[1]


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
