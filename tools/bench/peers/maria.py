"""MariaDB: a system-versioned table of ready-made rows, asked FOR SYSTEM_TIME AS OF.

The history is put in with its own times (`system_versioning_insert_history`), which is the only way
to have a claim that came in late; left alone it stamps the time of the statement. Its clock is a
TIMESTAMP, which ends in 2038. A private server on loopback; see `servers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pymysql

from bench.asked import Asked
from bench.material import Material
from bench.peers import APPEND, COUNTS, PERSON, READY, ROSTER, WEEK, YEAR, Ask, differing
from bench.servers import Server, start_mariadb
from habeas.times import instant_text

_ROW: Final = "person, name, status, standing, contested"
_NOW: Final = "2038-01-19 03:14:07.999999"
_LAST: Final = 2_000_000_000_000_000  # 2033: what begins later is not told of
_CHUNK: Final = 1_000
_TABLE: Final = """
CREATE TABLE state(
  person VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(200), status VARCHAR(16), standing VARCHAR(16), contested TINYINT,
  row_start TIMESTAMP(6) GENERATED ALWAYS AS ROW START,
  row_end TIMESTAMP(6) GENERATED ALWAYS AS ROW END,
  PERIOD FOR SYSTEM_TIME(row_start, row_end),
  PRIMARY KEY(person)
) WITH SYSTEM VERSIONING"""
_INDEX: Final = (
    "ALTER TABLE state ADD INDEX by_end"
    "(row_end, row_start, person, name(120), status, standing, contested)"
)


class MariaVersioned:
    """Rows that begin and end in system time, which we make the known time."""

    name = "MariaDB, system-versioned, AS OF"
    told = READY

    def prepare(self, material: Material, folder: Path) -> None:
        """Start the server and put the history in."""
        self._server: Server = start_mariadb(folder)
        self._server.wait(lambda: ask(self._server.port))
        self._connection = _connect(self._server.port)
        self._do("CREATE DATABASE bench CHARACTER SET utf8mb4")
        self._do("USE bench")
        self._do(_TABLE)
        self._do(_INDEX)
        self._do("SET system_versioning_insert_history = 1, system_versioning_alter_history = KEEP")
        rows = self._rows(material)
        sql = f"INSERT INTO state({_ROW}, row_start, row_end) VALUES (%s{', %s' * 6})"
        with self._connection.cursor() as cursor:
            while chunk := list(islice(rows, _CHUNK)):
                cursor.execute("BEGIN")
                cursor.executemany(sql, chunk)
                cursor.execute("COMMIT")
        self._do("SET system_versioning_insert_history = 0")
        self._do("ANALYZE TABLE state")

    def _do(self, sql: str) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(sql)

    def _rows(self, material: Material) -> Iterator[tuple[Any, ...]]:
        names = {no: (person, name) for no, person, name in material.persons()}
        for no, start, end, *rest in material.spans():
            if start < _LAST:
                yield (*names[no], *rest, _stamp(start), _stamp(end))

    def _all(self, sql: str, *values: object) -> list[Any]:
        with self._connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())

    def questions(self, asked: Asked) -> dict[str, tuple[Ask, ...]]:
        """Return the questions."""
        at = asked.as_of.at
        return {
            COUNTS: (lambda: self._counts(at),),
            ROSTER: (lambda: self._roster(at),),
            PERSON: (lambda: [self._person(person, at) for person in asked.persons],),
            WEEK: (lambda: differing(self._roster(asked.week.at), self._roster(at)),),
            YEAR: (lambda: differing(self._roster(asked.year.at), self._roster(at)),),
            APPEND: (self._append,),
        }

    def _counts(self, at: int) -> dict[Any, int]:
        rows = self._all(
            f"SELECT status, standing, count(*) FROM {_as_of(at)} GROUP BY status, standing"
        )
        return {(status, standing): count for status, standing, count in rows}

    def _roster(self, at: int) -> list[Any]:
        return self._all(f"SELECT {_ROW} FROM {_as_of(at)}")

    def _person(self, person: str, at: int) -> str | None:
        found = self._all(f"SELECT status FROM {_as_of(at)} WHERE person = %s", person)
        return found[0][0] if found else None

    def _append(self) -> None:
        self._do(
            "INSERT INTO state(person, name, status) VALUES ('zz-nobody', 'Nobody', 'detained')"
            " ON DUPLICATE KEY UPDATE contested = 1 - coalesce(contested, 0)"
        )

    def size(self) -> int:
        """Return how many bytes the table and its indexes take."""
        ((size,),) = self._all(
            "SELECT data_length + index_length FROM information_schema.tables"
            " WHERE table_name = 'state'"
        )
        return int(size)

    def close(self) -> None:
        """Stop the server."""
        try:
            self._connection.close()
        finally:
            self._server.stop()


def _connect(port: int) -> Any:  # noqa: ANN401 - read as untyped
    return pymysql.connect(
        host="127.0.0.1",
        port=port,
        user="root",
        autocommit=True,
        init_command="SET time_zone = '+00:00'",
        charset="utf8mb4",
    )


def ask(port: int) -> str:
    """Return what the server on a port says that it is."""
    connection = _connect(port)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT version()")
            return str(cursor.fetchone()[0])
    finally:
        connection.close()


def _stamp(instant: int) -> str:
    """Return an instant as MariaDB writes it; what has no end yet ends with its time."""
    return _NOW if instant >= _LAST else instant_text(instant)[:-1].replace("T", " ")


def _as_of(at: int) -> str:
    return f"state FOR SYSTEM_TIME AS OF TIMESTAMP'{_stamp(at)}'"
