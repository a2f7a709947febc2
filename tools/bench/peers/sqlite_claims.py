"""Hand-written SQL over the claims in SQLite: the latest word of each person, as of T.

The claims are clustered in the order in which the window wants them, so that it sorts nothing.
Claims that count: asserted, known and not withdrawn by T; the one about the latest day wins, then
the one known later, then the later in the log. The library is the one habeas uses.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, Final

from bench.asked import Asked
from bench.material import Material
from bench.peers import COUNTS, LATEST, PERSON, REBUILD, ROSTER, WEEK, YEAR, Ask, differing
from habeas.store.library import sqlite3

_TABLES: Final = """
PRAGMA journal_mode = WAL;
CREATE TABLE person(no INTEGER PRIMARY KEY, person TEXT NOT NULL UNIQUE, name TEXT NOT NULL) STRICT;
CREATE TABLE claim(person INTEGER, occurred INTEGER, known INTEGER, seq INTEGER, withdrawn INTEGER,
  status TEXT, stance TEXT, PRIMARY KEY(person, occurred DESC, known DESC, seq DESC))
  STRICT, WITHOUT ROWID;
"""
_COUNTS_AT: Final = "known <= :t AND withdrawn > :t AND stance = 'asserted'"
_WINDOW: Final = f"""
SELECT person, status FROM (
  SELECT person, status, row_number() OVER (
    PARTITION BY person ORDER BY occurred DESC, known DESC, seq DESC) AS place
  FROM claim WHERE {_COUNTS_AT}) WHERE place = 1"""
_LATEST: Final = f"""
SELECT status FROM claim WHERE person = person.no AND {_COUNTS_AT}
ORDER BY occurred DESC, known DESC, seq DESC LIMIT 1"""
_TURNS: Final = """
CREATE TEMP TABLE turn AS
  SELECT person, known, status, lag(status) OVER (PARTITION BY person ORDER BY known, seq) AS was
  FROM (SELECT person, known, seq, status, occurred, max(occurred) OVER (
          PARTITION BY person ORDER BY known, seq) AS latest
        FROM claim WHERE stance = 'asserted') WHERE occurred = latest"""


class SqliteWindow:
    """A window function over all claims known by T."""

    name = "SQLite, window function over claims"
    told = LATEST
    _file = "sqlite-window.db"

    def prepare(self, material: Material, folder: Path) -> None:
        """Make the tables."""
        self._path = folder / self._file
        self._path.unlink(missing_ok=True)
        self._connection = sqlite3.connect(self._path, isolation_level=None)
        self._connection.executescript(_TABLES)
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO person VALUES (?, ?, ?)", material.persons())
        rows = (
            (one.person, one.occurred, one.known, one.seq, one.withdrawn, one.status, one.stance)
            for one in material.claims()
        )
        self._connection.executemany("INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self._connection.execute("COMMIT")
        self._connection.execute("PRAGMA cache_size = -256000")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _all(self, sql: str, **values: Any) -> list[Any]:  # noqa: ANN401 - as SQLite takes it
        return list(self._connection.execute(sql, values).fetchall())

    def questions(self, asked: Asked) -> dict[str, tuple[Ask, ...]]:
        """Return the questions."""
        at = asked.as_of.at
        return {
            COUNTS: (lambda: self._counts(at),),
            ROSTER: (lambda: self._roster(at),),
            PERSON: (lambda: [self._person(person, at) for person in asked.persons],),
            WEEK: (lambda: self._between(asked.week.at, at),),
            YEAR: (lambda: self._between(asked.year.at, at),),
        }

    def _counts(self, at: int) -> dict[str, int]:
        sql = f"SELECT status, count(*) FROM ({_WINDOW}) GROUP BY status"
        return dict(self._all(sql, t=at))

    def _roster(self, at: int) -> list[Any]:
        sql = f"SELECT person.person, name, status FROM ({_WINDOW}) AS one JOIN person ON no = "
        return self._all(f"{sql} one.person", t=at)

    def _person(self, person: str, at: int) -> str | None:
        sql = f"SELECT ({_LATEST}) FROM person WHERE person = :p"
        found: str | None = self._connection.execute(sql, {"p": person, "t": at}).fetchone()[0]
        return found

    def _between(self, before: int, after: int) -> set[str]:
        return differing(self._roster(before), self._roster(after))

    def size(self) -> int:
        """Return how many bytes the file takes."""
        return self._path.stat().st_size

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


class SqliteLatest(SqliteWindow):
    """One seek for each person instead of a window; and the turns of all persons made anew."""

    name = "SQLite, one seek a person over claims"
    _file = "sqlite-latest.db"

    def questions(self, asked: Asked) -> dict[str, tuple[Ask, ...]]:
        """Return the questions that it answers otherwise."""
        at = asked.as_of.at
        return {
            COUNTS: (lambda: self._counts(at),),
            ROSTER: (lambda: self._roster(at),),
            REBUILD: (self._rebuild,),
        }

    def _counts(self, at: int) -> dict[str, int]:
        found = Counter(status for (status,) in self._all(f"SELECT ({_LATEST}) FROM person", t=at))
        return {status: count for status, count in found.items() if status is not None}

    def _roster(self, at: int) -> list[Any]:
        sql = f"SELECT person, name, ({_LATEST}) FROM person"
        return [row for row in self._all(sql, t=at) if row[2] is not None]

    def _rebuild(self) -> int:
        self._connection.execute(_TURNS)
        ((count,),) = self._all("SELECT count(*) FROM turn")
        self._connection.execute("DROP TABLE turn")
        return int(count)
