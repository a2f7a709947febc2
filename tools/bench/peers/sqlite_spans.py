"""The floor: a bare table of ready-made intervals in SQLite, with covering indexes.

It answers by looking up; nothing in it could be made from claims or kept when one comes in late.
The library is the one habeas uses. Intervals are half-open, `[start, end)`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from bench.asked import Asked
from bench.material import Material
from bench.peers import COUNTS, PERSON, READY, ROSTER, WEEK, YEAR, Ask, differing
from habeas.store.library import sqlite3

_ROW: Final = "person, name, status, standing, contested"
_TABLE: Final = """
PRAGMA journal_mode = WAL;
CREATE TABLE span(no INTEGER, person TEXT, name TEXT, status TEXT, standing TEXT,
  contested INTEGER, start INTEGER, "end" INTEGER, code INTEGER, PRIMARY KEY(person, start))
  STRICT, WITHOUT ROWID;
"""
# A seek by number in narrow rows is faster than one by id in the wide ones. Never ANALYZE: this
# library knows STAT4, and then plans a statement anew for each value that is bound to it.
_INDEXES: Final = f"""
CREATE TABLE person(person TEXT PRIMARY KEY, no INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE seek(no INTEGER, start INTEGER, "end" INTEGER, status TEXT, standing TEXT,
  contested INTEGER, PRIMARY KEY(no, start)) STRICT, WITHOUT ROWID;
INSERT INTO person SELECT DISTINCT person, no FROM span;
INSERT INTO seek SELECT no, start, "end", status, standing, contested FROM span ORDER BY 1, 2;
CREATE INDEX by_start ON span(start, "end", {_ROW});
CREATE INDEX by_end ON span("end", start, {_ROW});
CREATE INDEX codes_by_start ON span(start, "end", no, code);
CREATE INDEX codes_by_end ON span("end", start, no, code);
"""
_AT: Final = 'start <= :t AND "end" > :t'
_SEEK: Final = """
SELECT status, standing, contested, "end" FROM seek
WHERE no = (SELECT no FROM person WHERE person = ?) AND start <= ? ORDER BY start DESC LIMIT 1"""
_BOUNDARIES: Final = """
SELECT DISTINCT person FROM (
  SELECT person FROM span INDEXED BY by_start WHERE start > :a AND start <= :b
  UNION ALL SELECT person FROM span INDEXED BY by_end WHERE "end" > :a AND "end" <= :b)"""


class SqliteSpans:
    """Ready-made intervals, of which rosters are scans and a change log is two rosters."""

    name = "SQLite, ready-made intervals (the floor)"
    told = READY
    _file = "sqlite-spans.db"

    def prepare(self, material: Material, folder: Path) -> None:
        """Make the table and its indexes."""
        self._path = folder / self._file
        self._path.unlink(missing_ok=True)
        self._connection = sqlite3.connect(self._path, isolation_level=None)
        self._connection.executescript(_TABLE)
        self._codes: dict[tuple[str, str | None], int] = {}
        self._connection.execute("BEGIN")
        marks = ", ".join("?" * 9)
        self._connection.executemany(f"INSERT INTO span VALUES ({marks})", self._rows(material))
        self._connection.execute("COMMIT")
        self._connection.executescript(_INDEXES)
        self._connection.execute("PRAGMA cache_size = -256000")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _rows(self, material: Material) -> Iterator[tuple[Any, ...]]:
        names = {no: (person, name) for no, person, name in material.persons()}
        for no, start, end, status, standing, contested in material.spans():
            code = self._codes.setdefault((status, standing), len(self._codes))
            yield (no, *names[no], status, standing, contested, start, end, code)

    def _all(self, sql: str, **values: int) -> list[Any]:
        return list(self._connection.execute(sql, values).fetchall())

    def questions(self, asked: Asked) -> dict[str, tuple[Ask, ...]]:
        """Return the questions, each by either index."""
        at = asked.as_of.at
        ways = ("by_start", "by_end")
        return {
            COUNTS: (
                *(partial(self._grouped, way, at) for way in ways),
                *(partial(self._counted, way, at) for way in ways),
            ),
            ROSTER: tuple(partial(self._roster, way, at) for way in ways),
            PERSON: (lambda: [self._seek(person, at) for person in asked.persons],),
            WEEK: tuple(partial(self._between, way, asked.week.at, at) for way in ways),
            YEAR: tuple(partial(self._between, way, asked.year.at, at) for way in ways),
        }

    def _roster(self, way: str, at: int) -> list[Any]:
        return self._all(f"SELECT {_ROW} FROM span INDEXED BY {way} WHERE {_AT}", t=at)

    def _grouped(self, way: str, at: int) -> dict[Any, int]:
        sql = f"SELECT code, count(*) FROM span INDEXED BY codes_{way} WHERE {_AT} GROUP BY code"
        return self._named(dict(self._all(sql, t=at)))

    def _counted(self, way: str, at: int) -> dict[Any, int]:
        sql = f"SELECT code FROM span INDEXED BY codes_{way} WHERE {_AT}"
        return self._named(Counter(code for (code,) in self._all(sql, t=at)))

    def _named(self, found: dict[int, int]) -> dict[Any, int]:
        return {key: found[code] for key, code in self._codes.items() if code in found}

    def _seek(self, person: str, at: int) -> str | None:
        row = self._connection.execute(_SEEK, (person, at)).fetchone()
        return row[0] if row is not None and row[-1] > at else None

    def _between(self, way: str, before: int, after: int) -> set[str]:
        return differing(self._roster(way, before), self._roster(way, after))

    def size(self) -> int:
        """Return how many bytes the file takes."""
        return self._path.stat().st_size

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


class SqliteCodes(SqliteSpans):
    """The same, of which only a number and a code cross into Python: no names, no words."""

    name = "SQLite, intervals as two small columns"
    _file = "sqlite-codes.db"

    def questions(self, asked: Asked) -> dict[str, tuple[Ask, ...]]:
        """Return the roster as (number, code): less than what is asked, and so no peer of it."""
        at = asked.as_of.at
        sql = "SELECT no, code FROM span INDEXED BY codes_{} WHERE " + _AT
        return {
            ROSTER: tuple(
                partial(self._all, sql.format(way), t=at) for way in ("by_start", "by_end")
            )
        }


class SqliteBoundaries(SqliteSpans):
    """The same, of which a change log is the boundaries in (before, after], then two seeks each."""

    name = "SQLite, intervals, boundary scan"
    _file = "sqlite-boundaries.db"

    def questions(self, asked: Asked) -> dict[str, tuple[Ask, ...]]:
        """Return the change logs."""
        at = asked.as_of.at
        return {
            WEEK: (lambda: self._scan(asked.week.at, at),),
            YEAR: (lambda: self._scan(asked.year.at, at),),
        }

    def _scan(self, before: int, after: int) -> set[str]:
        touched = [person for (person,) in self._all(_BOUNDARIES, a=before, b=after)]
        return {one for one in touched if self._row(one, before) != self._row(one, after)}

    def _row(self, person: str, at: int) -> Any:  # noqa: ANN401 - as SQLite gives it
        sql = f'SELECT {_ROW}, "end" FROM span WHERE person = ? AND start <= ?'
        found = self._connection.execute(f"{sql} ORDER BY start DESC LIMIT 1", (person, at))
        row = found.fetchone()
        return row[:-1] if row is not None and row[-1] > at else None
