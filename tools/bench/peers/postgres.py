"""PostgreSQL: ready-made intervals by a covering B-tree and by GiST, and DISTINCT ON over claims.

A private server on loopback, reached by psycopg; see `servers`. Tables are vacuumed and analysed
before they are asked.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import psycopg

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
from bench.servers import Server, start_postgres

_ROW: Final = "person, name, status, standing, contested"
_TABLES: Final = f"""
CREATE TABLE span(no integer, person text COLLATE "C", name text, status text, standing text,
  contested boolean, starts bigint, ends bigint, during int8range);
CREATE TABLE claim(seq bigint, person text COLLATE "C", name text, occurred bigint, known bigint,
  withdrawn bigint, status text, origin text, document text, stance text, stated text);
CREATE INDEX by_person ON span(person, starts DESC) INCLUDE (ends, status);
CREATE INDEX by_end ON span(ends, starts) INCLUDE ({_ROW});
CREATE INDEX by_start ON span(starts, ends) INCLUDE ({_ROW});
CREATE INDEX by_range ON span USING gist(during);
CREATE INDEX by_latest ON claim(person, occurred DESC, known DESC, seq DESC)
  INCLUDE (name, status, withdrawn) WHERE stance = 'asserted';
"""
_LATEST: Final = """
SELECT DISTINCT ON (person) person, name, status FROM claim
WHERE stance = 'asserted' AND known <= %(t)s AND withdrawn > %(t)s"""
_NEWEST: Final = "ORDER BY person, occurred DESC, known DESC, seq DESC"
_BTREE: Final = "starts <= %(t)s AND ends > %(t)s"
_RANGE: Final = "during @> %(t)s::bigint"


class Cluster:
    """The server and the rows, shared by the three ways to ask them."""

    def __init__(self) -> None:
        self._server: Server | None = None
        self._users = 0

    def enter(self, material: Material, folder: Path) -> psycopg.Connection[Any]:
        """Start the server and fill it, once; return a connection."""
        self._users += 1
        if self._server is None:
            self._server = start_postgres(folder)
            self._server.wait(self.connect)
            with self.connect() as connection:
                _fill(connection, material)
        return self.connect()

    def connect(self) -> psycopg.Connection[Any]:
        """Return a new connection."""
        return _connect(0 if self._server is None else self._server.port)

    def leave(self) -> None:
        """Stop the server when the last has left."""
        self._users -= 1
        if not self._users and self._server is not None:
            self._server.stop()
            self._server = None


def _connect(port: int) -> psycopg.Connection[Any]:
    return psycopg.connect(
        f"host=127.0.0.1 port={port} user=bench dbname=postgres", autocommit=True
    )


def ask(port: int) -> str:
    """Return what the server on a port says that it is."""
    with _connect(port) as connection:
        ((said,),) = connection.execute(b"SELECT version()").fetchall()
        return str(said)


def _fill(connection: psycopg.Connection[Any], material: Material) -> None:
    connection.execute(_TABLES.encode())
    names = {no: (person, name) for no, person, name in material.persons()}
    with connection.cursor() as cursor:
        columns = "no, person, name, status, standing, contested, starts, ends, during"
        with cursor.copy(f"COPY span({columns}) FROM STDIN".encode()) as copy:
            for no, start, end, *rest, contested in material.spans():
                during = f"[{start},{end})"
                copy.write_row((no, *names[no], *rest, bool(contested), start, end, during))
        with cursor.copy(b"COPY claim FROM STDIN") as copy:
            for one in material.claims():
                copy.write_row((one.seq, *names[one.person], *one[2:]))
    connection.execute(b"VACUUM ANALYZE")


class _Postgres:
    """What the ways have in common; `_at` is how a row is found as of T."""

    told = READY
    _at = _BTREE

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    def prepare(self, material: Material, folder: Path) -> None:
        """Join the cluster."""
        self._connection = self._cluster.enter(material, folder)
        self._connection.prepare_threshold = 0

    def _all(self, sql: str, **values: Any) -> list[Any]:  # noqa: ANN401 - as psycopg takes it
        return list(self._connection.execute(sql.encode(), values, binary=True).fetchall())

    def questions(self, asked: Asked) -> dict[str, tuple[Ask, ...]]:
        """Return the questions."""
        at = asked.as_of.at
        return {
            COUNTS: (lambda: self._counts(at),),
            ROSTER: (lambda: self._roster(at),),
            WEEK: (lambda: self._joined(asked.week.at, at), lambda: self._two(asked.week.at, at)),
            YEAR: (lambda: self._joined(asked.year.at, at), lambda: self._two(asked.year.at, at)),
        }

    def _counts(self, at: int) -> dict[Any, int]:
        sql = f"SELECT status, standing, count(*) FROM span WHERE {self._at} GROUP BY 1, 2"
        return {(status, standing): count for status, standing, count in self._all(sql, t=at)}

    def _roster(self, at: int) -> list[Any]:
        return self._all(f"SELECT {_ROW} FROM span WHERE {self._at}", t=at)

    def _two(self, before: int, after: int) -> set[str]:
        return differing(self._roster(before), self._roster(after))

    def _joined(self, before: int, after: int) -> set[str]:
        was, now = (self._at.replace("(t)", f"({one})") for one in "ab")
        sql = f"""
        SELECT coalesce(was.person, now.person)
        FROM (SELECT {_ROW} FROM span WHERE {was}) AS was
        FULL JOIN (SELECT {_ROW} FROM span WHERE {now}) AS now ON was.person = now.person
        WHERE (was.status, was.standing, was.contested)
          IS DISTINCT FROM (now.status, now.standing, now.contested)"""
        return {person for (person,) in self._all(sql, a=before, b=after)}

    def size(self) -> int:
        """Return how many bytes the tables and indexes take that this way asks."""
        return self._size("span")

    def _size(self, table: str) -> int:
        ((size,),) = self._all("SELECT pg_total_relation_size(%(t)s::regclass)", t=table)
        return int(size)

    def close(self) -> None:
        """Leave the cluster."""
        try:
            self._connection.close()
        finally:
            self._cluster.leave()


class PostgresBtree(_Postgres):
    """Ready-made intervals by a covering B-tree."""

    name = "PostgreSQL, intervals, covering B-tree"

    def questions(self, asked: Asked) -> dict[str, tuple[Ask, ...]]:
        """Return the questions, and one person's."""
        at = asked.as_of.at
        return super().questions(asked) | {
            PERSON: (lambda: [self._person(person, at) for person in asked.persons],)
        }

    def _person(self, person: str, at: int) -> str | None:
        found = self._all(
            "SELECT status, ends FROM span WHERE person = %(p)s AND starts <= %(t)s"
            " ORDER BY starts DESC LIMIT 1",
            p=person,
            t=at,
        )
        return found[0][0] if found and found[0][1] > at else None


class PostgresGist(_Postgres):
    """Ready-made intervals as ranges, by GiST."""

    name = "PostgreSQL, ranges, GiST"
    _at = _RANGE


class PostgresClaims(_Postgres):
    """The latest word of each person, by DISTINCT ON; and one more claim, durably."""

    name = "PostgreSQL, DISTINCT ON over claims"
    told = LATEST

    def questions(self, asked: Asked) -> dict[str, tuple[Ask, ...]]:
        """Return the questions."""
        at = asked.as_of.at
        return {
            COUNTS: (lambda: self._counts(at),),
            ROSTER: (lambda: self._roster(at),),
            PERSON: (lambda: [self._person(person, at) for person in asked.persons],),
            WEEK: (lambda: self._two(asked.week.at, at),),
            YEAR: (lambda: self._two(asked.year.at, at),),
            APPEND: (self._append,),
        }

    def _counts(self, at: int) -> dict[Any, int]:
        sql = f"SELECT status, count(*) FROM ({_LATEST} {_NEWEST}) AS one GROUP BY 1"
        return dict(self._all(sql, t=at))

    def _roster(self, at: int) -> list[Any]:
        return self._all(f"{_LATEST} {_NEWEST}", t=at)

    def _person(self, person: str, at: int) -> str | None:
        found = self._all(f"{_LATEST} AND person = %(p)s {_NEWEST}", p=person, t=at)
        return found[0][2] if found else None

    def _append(self) -> None:
        self._connection.execute(
            b"INSERT INTO claim VALUES (0, 'nobody', 'Nobody', 0, 0, 1, 'detained', 'outlet-1',"
            b" 'a-document', 'denied', NULL)"
        )

    def size(self) -> int:
        """Return how many bytes the claims and their index take."""
        return self._size("claim")
