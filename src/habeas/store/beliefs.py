"""Beliefs in SQLite: rows clustered by person, an index by time, and condensed codes.

It runs on the store's connection, in whatever transaction the store has open. A *sheet* is the
codes of everybody at one time, a byte a person in the order of their numbers; the codes as of T are
those of the last sheet at or before T, with the rows after it put over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from habeas.store.belief_port import Believed, Model, Row
from habeas.store.failures import Explained
from habeas.store.library import sqlite3

_IN_LIST: Final = 500
_LEAST_GAP: Final = 1_024
_GAP: Final = 16

_ONE: Final = """
SELECT subject.person, subject.name, belief.code, belief.body
FROM subject JOIN belief ON belief.model = ? AND belief.person = subject.no
WHERE subject.person = ? AND belief.known_from <= ?
ORDER BY belief.known_from DESC LIMIT 1"""
# CROSS JOIN: by subject first, then one seek for each.
_ALL: Final = """
SELECT subject.person, subject.name, belief.code, belief.body
FROM subject CROSS JOIN belief ON belief.model = ? AND belief.person = subject.no
AND belief.known_from = (
  SELECT max(row.known_from) FROM belief AS row
  WHERE row.model = ? AND row.person = subject.no AND row.known_from <= ?
)
WHERE subject.person > ? AND belief.code > 0 ORDER BY subject.person LIMIT 1000"""


class SqliteBeliefs:
    """See `store.belief_port.Beliefs`."""

    def __init__(self, connection: sqlite3.Connection, explained: Explained) -> None:
        self._connection, self._explained = connection, explained

    def _rows(self, sql: str, *values: object) -> list[Any]:
        with self._explained:
            return self._connection.execute(sql, values).fetchall()

    def _many(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        with self._explained:
            self._connection.executemany(sql, rows)

    def models(self) -> tuple[Model, ...]:
        """Return the models that are finished."""
        sql = "SELECT no, basis, position FROM model WHERE basis IS NOT NULL ORDER BY no"
        return tuple(Model(*row) for row in self._rows(sql))

    def begin(self) -> int:
        """Begin a model."""
        for (unfinished,) in self._rows("SELECT no FROM model WHERE basis IS NULL"):
            self.forget(unfinished)
        rows = self._rows("INSERT INTO model(basis, position) VALUES (NULL, 0) RETURNING no")
        no: int = rows[0][0]
        return no

    def forget(self, no: int) -> None:
        """Drop a model."""
        for rows in ("belief WHERE model", "sheet WHERE model", "model WHERE no"):
            self._rows(f"DELETE FROM {rows} = ?", no)  # noqa: S608 - constants only

    def finish(self, no: int, basis: str, position: int) -> None:
        """Let a model be found."""
        for (old,) in self._rows("SELECT no FROM model WHERE basis = ?", basis):
            self.forget(old)
        self._rows("UPDATE model SET basis = ?, position = ? WHERE no = ?", basis, position, no)

    def advance(self, no: int, position: int) -> None:
        """Note a model's position."""
        self._rows("UPDATE model SET position = ? WHERE no = ?", position, no)

    def drop(self) -> None:
        """Drop everything."""
        for table in ("belief", "sheet", "model", "subject", "cited"):
            self._rows(f"DELETE FROM {table}")  # noqa: S608 - constants only

    def name(self, names: Mapping[str, str]) -> None:
        """Keep persons."""
        self._many(
            "INSERT INTO subject(person, name) VALUES (?, ?)"
            " ON CONFLICT(person) DO UPDATE SET name = excluded.name WHERE name <> excluded.name",
            names.items(),
        )

    def cite(self, cited: Iterable[tuple[int, str]]) -> None:
        """Keep what is shown of claims."""
        self._many(
            "INSERT INTO cited(seq, data) VALUES (?, ?)"
            " ON CONFLICT(seq) DO UPDATE SET data = excluded.data WHERE data <> excluded.data",
            cited,
        )

    def replace(self, no: int, rows: Mapping[str, Sequence[Row]]) -> None:
        """Put rows in place of those of these persons; only what differs is written."""
        sheets = self._rows("SELECT EXISTS (SELECT 1 FROM sheet WHERE model = ?)", no)[0][0]
        numbers = self._numbers(rows)
        for person, found in rows.items():
            one = numbers[person]
            old, new = set(self._held(no, one)), set(found)
            gone, come = old - new, new - old
            self._many(
                "DELETE FROM belief WHERE model = ? AND person = ? AND known_from = ?",
                ((no, one, row.known_from) for row in gone),
            )
            self._many(
                "INSERT INTO belief(model, person, known_from, code, body) VALUES (?, ?, ?, ?, ?)",
                ((no, one, *row) for row in sorted(come)),
            )
            if sheets and (gone or come):
                self._correct_sheets(no, one, min(row.known_from for row in gone | come), found)

    def _numbers(self, persons: Iterable[str]) -> dict[str, int]:
        return {
            person: number
            for chunk in _chunks(persons)
            for person, number in self._rows(
                f"SELECT person, no FROM subject WHERE person IN ({_places(chunk)})",  # noqa: S608
                *chunk,
            )
        }

    def _held(self, no: int, number: int) -> list[Row]:
        sql = (
            "SELECT known_from, code, body FROM belief WHERE model = ? AND person = ?"
            " ORDER BY known_from"
        )
        return [Row(*row) for row in self._rows(sql, no, number)]

    def _correct_sheets(self, no: int, number: int, start: int, rows: Sequence[Row]) -> None:
        """Put a person's new codes into the sheets from `start` on."""
        sql = "SELECT at, codes FROM sheet WHERE model = ? AND at >= ?"
        for at, blob in self._rows(sql, no, start):
            code = next((row.code for row in reversed(rows) if row.known_from <= at), 0)
            codes = _extended(bytearray(blob), number)
            if codes[number] != code or len(codes) != len(blob):
                codes[number] = code
                self._rows(
                    "UPDATE sheet SET codes = ? WHERE model = ? AND at = ?", bytes(codes), no, at
                )

    def condense(self, no: int) -> None:
        """Add the sheets that are missing after the last one."""
        last = self._rows(
            "SELECT at, codes FROM sheet WHERE model = ? ORDER BY at DESC LIMIT 1", no
        )
        at, codes = (last[0][0], bytearray(last[0][1])) if last else (None, bytearray())
        persons = self._rows("SELECT coalesce(max(no), 0) FROM subject")[0][0]
        gap, turned, sheets = max(_LEAST_GAP, persons // _GAP), 0, []
        for known_from, number, code in self._turns(no, at):
            if turned >= gap and known_from != at:
                sheets.append((no, at, bytes(codes)))
                turned = 0
            _extended(codes, number)[number] = code
            at, turned = known_from, turned + 1
            if len(sheets) >= _GAP:
                self._keep(sheets)
                sheets = []
        self._keep(sheets)

    def _turns(self, no: int, after: int | None) -> Iterator[tuple[int, int, int]]:
        sql = (
            "SELECT known_from, person, code FROM belief INDEXED BY belief_time"
            " WHERE model = ? AND known_from > ? ORDER BY known_from"
        )
        with self._explained:
            yield from self._connection.execute(sql, (no, -(2**62) if after is None else after))

    def _keep(self, sheets: list[tuple[int, int | None, bytes]]) -> None:
        self._many("INSERT INTO sheet(model, at, codes) VALUES (?, ?, ?)", sheets)

    def names(self) -> list[tuple[str, str]]:
        """Return everybody; the first, number 0, is nobody."""
        found = self._rows("SELECT no, person, name FROM subject ORDER BY no")
        names = [("", "")] * (found[-1][0] + 1 if found else 0)
        for number, person, name in found:
            names[number] = (person, name)
        return names

    def codes(self, no: int, end: int) -> bytes:
        """Return everybody's code."""
        last = self._rows(
            "SELECT at, codes FROM sheet WHERE model = ? AND at <= ? ORDER BY at DESC LIMIT 1",
            *(no, end),
        )
        at, codes = (last[0][0], bytearray(last[0][1])) if last else (-(2**62), bytearray())
        turns = self._rows(
            "SELECT person, code FROM belief INDEXED BY belief_time"
            " WHERE model = ? AND known_from > ? AND known_from <= ? ORDER BY known_from",
            *(no, at, end),
        )
        if turns:
            _extended(codes, max(turns)[0])
            for number, code in turns:
                codes[number] = code
        return bytes(codes)

    def one(self, no: int, person: str, end: int) -> Believed | None:
        """Return a person's row."""
        rows = self._rows(_ONE, no, person, end)
        return Believed(*rows[0]) if rows and rows[0][2] else None

    def all(self, no: int, end: int) -> Iterator[Believed]:
        """Yield the rows with an answer."""
        after = ""
        while page := self._rows(_ALL, no, no, end, after):
            yield from (Believed(*row) for row in page)
            after = page[-1][0]

    def turned(self, no: int, after: int, upto: int) -> set[str]:
        """Return the persons with a row in a stretch of time."""
        sql = (
            "SELECT DISTINCT subject.person FROM belief INDEXED BY belief_time"
            " JOIN subject ON subject.no = belief.person"
            " WHERE model = ? AND known_from > ? AND known_from <= ?"
        )
        return {person for (person,) in self._rows(sql, no, after, upto)}

    def rows(self, no: int, person: str) -> list[Row]:
        """Return all rows of a person."""
        return [
            row for number in self._numbers([person]).values() for row in self._held(no, number)
        ]

    def cited(self, seqs: Iterable[int]) -> dict[int, str]:
        """Return what is shown of claims."""
        return {
            seq: data
            for chunk in _chunks(seqs)
            for seq, data in self._rows(
                f"SELECT seq, data FROM cited WHERE seq IN ({_places(chunk)})",  # noqa: S608
                *chunk,
            )
        }


def _extended(codes: bytearray, number: int) -> bytearray:
    """Make room for the code of a person's number."""
    if number >= len(codes):
        codes.extend(bytes(number + 1 - len(codes)))
    return codes


def _chunks(values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    left = iter(values)
    while chunk := tuple(islice(left, _IN_LIST)):
        yield chunk


def _places(chunk: Sequence[object]) -> str:
    return ",".join("?" * len(chunk))
