"""DuckDB on the same rows: ready-made intervals, and `arg_max` over the claims.

An embedded column store with two threads; it keeps no index that these questions would use.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import duckdb

from bench.asked import Asked
from bench.material import Material
from bench.peers import (
    APPEND,
    COUNTS,
    LATEST,
    PERSON,
    READY,
    ROSTER,
    WEEK,
    YEAR,
    Ask,
    differing,
)

_ROW: Final = "person, name, status, standing, contested"
_AT: Final = 'start <= $t AND "end" > $t'
_SPANS: Final = """
CREATE TABLE span(person VARCHAR, name VARCHAR, status VARCHAR, standing VARCHAR,
  contested INTEGER, start BIGINT, "end" BIGINT)"""
_CLAIMS: Final = """
CREATE TABLE claim(seq BIGINT, person VARCHAR, name VARCHAR, occurred BIGINT, known BIGINT,
  withdrawn BIGINT, status VARCHAR, stance VARCHAR)"""
_LATEST: Final = """
SELECT person, any_value(name) AS name, arg_max(status, (occurred, known, seq)) AS status FROM claim
WHERE known <= $t AND withdrawn > $t AND stance = 'asserted'"""


class _Duck:
    """A file of DuckDB's with one table, filled from a CSV file, which is its fast way in."""

    _file = ""

    def _fill(self, folder: Path, table: str, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self._path = folder / self._file
        self._path.unlink(missing_ok=True)
        self._connection = duckdb.connect(str(self._path))
        self._connection.execute("SET threads = 2")
        self._connection.execute(sql)
        text = self._path.with_suffix(".csv")
        with text.open("w", newline="") as file:
            csv.writer(file).writerows(rows)
        self._connection.execute(f"COPY {table} FROM '{text}' (HEADER false, NULL_PADDING true)")
        self._connection.execute("CHECKPOINT")
        text.unlink()

    def _all(self, sql: str, **values: Any) -> list[Any]:  # noqa: ANN401 - as DuckDB takes it
        return list(self._connection.execute(sql, values).fetchall())

    def size(self) -> int:
        """Return how many bytes the file takes."""
        return self._path.stat().st_size

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


class DuckSpans(_Duck):
    """Ready-made intervals."""

    name = "DuckDB, ready-made intervals"
    told = READY
    _file = "duck-spans.db"

    def prepare(self, material: Material, folder: Path) -> None:
        """Make the table, in the order of time, so that its zone maps can help."""
        names = {no: (person, name) for no, person, name in material.persons()}
        rows = sorted(material.spans(), key=lambda row: row.start)
        filled = ((*names[no], *rest, start, end) for no, start, end, *rest in rows)
        self._fill(folder, "span", _SPANS, filled)

    def questions(self, asked: Asked) -> dict[str, tuple[Ask, ...]]:
        """Return the questions; the change logs by its join, and from two rosters in Python."""
        at = asked.as_of.at
        return {
            COUNTS: (lambda: self._counts(at),),
            ROSTER: (lambda: self._roster(at),),
            PERSON: (lambda: [self._person(person, at) for person in asked.persons],),
            WEEK: self._changes(asked.week.at, at),
            YEAR: self._changes(asked.year.at, at),
        }

    def _counts(self, at: int) -> dict[Any, int]:
        sql = f"SELECT status, standing, count(*) FROM span WHERE {_AT} GROUP BY ALL"
        return {(status, standing): count for status, standing, count in self._all(sql, t=at)}

    def _roster(self, at: int) -> list[Any]:
        return self._all(f"SELECT {_ROW} FROM span WHERE {_AT}", t=at)

    def _person(self, person: str, at: int) -> str | None:
        found = self._all(f"SELECT status FROM span WHERE person = $p AND {_AT}", p=person, t=at)
        return found[0][0] if found else None

    def _changes(self, before: int, after: int) -> tuple[Ask, ...]:
        return (
            lambda: self._joined(before, after),
            lambda: differing(self._roster(before), self._roster(after)),
        )

    def _joined(self, before: int, after: int) -> set[str]:
        was = f"SELECT {_ROW} FROM span WHERE {_AT.replace('$t', '$a')}"
        now = f"SELECT {_ROW} FROM span WHERE {_AT.replace('$t', '$b')}"
        sql = f"""
        SELECT coalesce(was.person, now.person)
        FROM ({was}) AS was FULL JOIN ({now}) AS now ON was.person = now.person
        WHERE (was.status, was.standing, was.contested)
          IS DISTINCT FROM (now.status, now.standing, now.contested)"""
        return {person for (person,) in self._all(sql, a=before, b=after)}


class DuckClaims(_Duck):
    """The latest word of each person, by `arg_max`."""

    name = "DuckDB, arg_max over claims"
    told = LATEST
    _file = "duck-claims.db"

    def prepare(self, material: Material, folder: Path) -> None:
        """Make the table."""
        names = {no: (person, name) for no, person, name in material.persons()}
        rows = (
            (
                one.seq,
                *names[one.person],
                one.occurred,
                one.known,
                one.withdrawn,
                one.status,
                one.stance,
            )
            for one in material.claims()
        )
        self._fill(folder, "claim", _CLAIMS, rows)

    def questions(self, asked: Asked) -> dict[str, tuple[Ask, ...]]:
        """Return the questions."""
        at = asked.as_of.at
        return {
            COUNTS: (lambda: self._counts(at),),
            ROSTER: (lambda: self._roster(at),),
            PERSON: (lambda: [self._person(person, at) for person in asked.persons],),
            APPEND: (self._append,),
        }

    def _counts(self, at: int) -> dict[str, int]:
        sql = f"SELECT status, count(*) FROM ({_LATEST} GROUP BY person) GROUP BY status"
        return dict(self._all(sql, t=at))

    def _roster(self, at: int) -> list[Any]:
        return self._all(f"{_LATEST} GROUP BY person", t=at)

    def _person(self, person: str, at: int) -> str | None:
        found = self._all(f"{_LATEST} AND person = $p GROUP BY person", p=person, t=at)
        return found[0][2] if found else None

    def _append(self) -> None:
        self._connection.execute(
            "INSERT INTO claim VALUES (0, 'nobody', 'Nobody', 0, 0, 0, 'detained', 'asserted')"
        )
