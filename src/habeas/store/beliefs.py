"""Beliefs in SQLite: rows clustered by person, an index by time, and condensed codes.

It runs on the store's connection, in whatever transaction the store has open. A *sheet* is the
codes of everybody at one time, a byte a person in the order of their numbers; the codes as of T are
those of the last sheet at or before T, with the rows after it put over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Final

from habeas.store.belief_port import Believed, Kept, Model, Row, Turned
from habeas.store.failures import Explained
from habeas.store.library import sqlite3, write_into
from habeas.times import NEVER

_IN_LIST: Final = 500
_AT_ONCE: Final = 16
_LEAST_GAP: Final = 256
_GAP: Final = 64

_ONE: Final = """
SELECT subject.person, subject.name, coalesce(belief.code, 0), (SELECT max(seq) FROM event)
FROM subject LEFT JOIN belief INDEXED BY belief_person
  ON belief.model = ? AND belief.person = subject.no AND belief.known_from <= ?
WHERE subject.person = ? ORDER BY belief.known_from DESC LIMIT 1"""
# CROSS JOIN: by subject first, then one seek for each.
_ROWS: Final = """
SELECT subject.person, subject.name, belief.code, belief.body, coalesce(cited.data, '')
FROM subject CROSS JOIN belief ON belief.no = (
  SELECT row.no FROM belief AS row INDEXED BY belief_person
  WHERE row.model = ? AND row.person = subject.no AND row.known_from <= ?
  ORDER BY row.known_from DESC LIMIT 1
)
LEFT JOIN cited ON cited.person = subject.no
WHERE belief.code > 0 AND """
_PAGE_OF_ALL: Final = f"{_ROWS} subject.person > ? ORDER BY subject.person LIMIT 1000"
_HELD: Final = """
SELECT person, known_from, code, body, why, was FROM belief
WHERE model = ? AND person IN ({places}) ORDER BY person, known_from"""
_PUT: Final = """
INSERT INTO belief(model, person, known_from, code, was, why, body) VALUES (?, ?, ?, ?, ?, ?, ?)"""
_OF_SUBJECT: Final = " JOIN subject ON subject.no = belief.person WHERE"
_DROP: Final = "DELETE FROM belief WHERE model = ? AND person = ? AND known_from = ?"
_TAIL: Final = """
SELECT known_from, code, body, why FROM belief INDEXED BY belief_person
WHERE model = ? AND person = ? ORDER BY known_from DESC"""
_CITE: Final = """
INSERT INTO cited(person, data, rest) SELECT no, ?, ? FROM subject WHERE person = ?
ON CONFLICT(person) DO UPDATE SET data = excluded.data, rest = excluded.rest
WHERE data <> excluded.data OR rest IS NOT excluded.rest"""
_CITE_MORE: Final = "UPDATE cited SET data = data || ?, rest = rest || ? WHERE person = ?"
_KEPT: Final = """
SELECT no, name, data, rest FROM subject JOIN cited ON cited.person = no WHERE subject.person = ?"""
_SPAN: Final = "FROM belief INDEXED BY belief_time WHERE model = ? AND known_from > ?"
_TURNED: Final = f"""SELECT person, was, code, why {_SPAN}
AND known_from <= ? AND was <> code ORDER BY known_from"""

_Stretch = tuple[int, int]
"""A stretch of time, `[start, end)`, in µs."""


class SqliteBeliefs:
    """See `store.belief_port.Beliefs`."""

    def __init__(self, connection: sqlite3.Connection, explained: Explained) -> None:
        self._connection, self._explained = connection, explained
        # For what is read, or written, at once: one made for each statement costs as much as it.
        self._cursor = connection.cursor()

    def _rows(self, sql: str, *values: object) -> list[Any]:
        try:
            return self._cursor.execute(sql, values).fetchall()
        except Exception as error:
            self._explained.explain(error)
            raise

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

    def cite(self, cited: Iterable[tuple[str, str, str | None]]) -> None:
        """Keep what is shown of the claims about persons, and the rest."""
        self._many(_CITE, ((data, rest, person) for person, data, rest in cited))

    def cite_more(self, place: int, cited: str, rest: str) -> None:
        """Put texts at the end of those that are kept of the claims about a person."""
        self._rows(_CITE_MORE, cited, rest, place)

    def kept(self, person: str) -> Kept | None:
        """Return what is kept of a person."""
        rows = self._rows(_KEPT, person)
        return Kept._make(rows[0]) if rows else None

    def replace(self, no: int, rows: Mapping[str, Sequence[Row]]) -> None:
        """Put rows in place of those of these persons; only what differs is written."""
        numbers = self._numbers(rows)
        held = self._held(no, numbers.values())
        gone: list[tuple[object, ...]] = []
        come: list[tuple[object, ...]] = []
        changed: dict[int, _Stretch] = {}
        for person, found in rows.items():
            one = numbers[person]
            if one not in held:
                # Most are new, and many: nothing is compared.
                come += _put(no, one, _with_was(found))
                if found:
                    changed[one] = (found[0].known_from, NEVER)
                continue
            old, new = set(held[one]), set(_with_was(found))
            gone += [(no, one, row.known_from) for row, _ in old - new]
            come += _put(no, one, sorted(new - old))
            stretch = _stretch([row for row, _ in held[one]], found)
            if stretch is not None:
                changed[one] = stretch
        self._many(_DROP, gone)
        self._many(_PUT, come)
        if self._rows("SELECT EXISTS (SELECT 1 FROM sheet WHERE model = ?)", no)[0][0]:
            for person, found in rows.items():
                if numbers[person] in changed:
                    one = numbers[person]
                    self._correct_sheets(no, one, changed[one], found)

    def tail(self, no: int, place: int, since: int) -> list[Row]:
        """Return one person's last row before a time, and those from then on."""
        found: list[Row] = []
        with self._explained:
            # From the last backwards, since most times asked for are late: the others stay unread.
            for row in self._connection.execute(_TAIL, (no, place)):
                found.append(Row._make(row))
                if row[0] < since:
                    break
        found.reverse()
        return found

    def amend(self, no: int, place: int, tail: Sequence[Row], rows: Sequence[Row]) -> None:
        """Put rows in place of those at the end of one person's; only what differs is written."""
        kept, was = 0, 0
        for old_row, row in zip(tail, rows, strict=False):
            if old_row != row:
                break
            kept, was = kept + 1, row.code
        old, new = set(_with_was(tail[kept:], was)), set(_with_was(rows[kept:], was))
        gone, come = old - new, sorted(new - old)
        if not (gone or come):
            return
        if gone:
            self._many(_DROP, [(no, place, row.known_from) for row, _ in gone])
        for values in _put(no, place, come):
            self._rows(_PUT, *values)
        stretch = _stretch(tail, rows)
        if stretch is not None:
            self._correct_sheets(no, place, stretch, rows)

    def _numbers(self, persons: Iterable[str]) -> dict[str, int]:
        return {
            person: number
            for chunk in _chunks(persons)
            for person, number in self._rows(
                f"SELECT person, no FROM subject WHERE person IN ({_places(chunk)})",  # noqa: S608
                *chunk,
            )
        }

    def _held(self, no: int, numbers: Iterable[int]) -> dict[int, list[tuple[Row, int]]]:
        """Return the rows of persons by number, each with the code of the row before."""
        found = (
            row
            for chunk in _chunks(numbers)
            for row in self._rows(_HELD.format(places=_places(chunk)), no, *chunk)
        )
        return {
            number: [(Row(*row[1:5]), row[5]) for row in rows]
            for number, rows in groupby(found, itemgetter(0))
        }

    def _correct_sheets(self, no: int, number: int, stretch: _Stretch, rows: Sequence[Row]) -> None:
        """Put a person's new codes into the sheets of a stretch of time."""
        sql = (
            "SELECT rowid, at, substr(codes, ?, 1) FROM sheet"
            " WHERE model = ? AND at >= ? AND at < ?"
        )
        for sheet, at, held in self._rows(sql, number + 1, no, *stretch):
            code = next((row.code for row in reversed(rows) if row.known_from <= at), 0)
            if not held:
                if code:
                    self._extend_sheet(sheet, number, code)
            elif code != held[0]:
                with self._explained:
                    write_into(self._connection, ("sheet", "codes", sheet), number, bytes((code,)))

    def _extend_sheet(self, sheet: int, number: int, code: int) -> None:
        """Put the code of a person into a sheet that is older than his number."""
        blob = self._rows("SELECT codes FROM sheet WHERE rowid = ?", sheet)[0][0]
        codes = _extended(bytearray(blob), number)
        codes[number] = code
        self._rows("UPDATE sheet SET codes = ? WHERE rowid = ?", bytes(codes), sheet)

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
            if len(sheets) >= _AT_ONCE:
                self._keep(sheets)
                sheets = []
        self._keep(sheets)

    def _turns(self, no: int, after: int | None) -> Iterator[tuple[int, int, int]]:
        sql = f"SELECT known_from, person, code {_SPAN} AND was <> code ORDER BY known_from"
        with self._explained:
            yield from self._connection.execute(sql, (no, -(2**62) if after is None else after))

    def _keep(self, sheets: list[tuple[int, int | None, bytes]]) -> None:
        self._many("INSERT INTO sheet(model, at, codes) VALUES (?, ?, ?)", sheets)

    def names(self) -> list[tuple[str, str]]:
        """Return everybody, with his name."""
        return self._rows("SELECT person, name FROM subject ORDER BY person")

    def places(self) -> list[int]:
        """Return everybody's place: his number."""
        return [number for (number,) in self._rows("SELECT no FROM subject ORDER BY person")]

    def codes(self, no: int, end: int) -> bytes:
        """Return everybody's code."""
        last = self._rows(
            "SELECT at, codes FROM sheet WHERE model = ? AND at <= ? ORDER BY at DESC LIMIT 1",
            *(no, end),
        )
        at, codes = (last[0][0], bytearray(last[0][1])) if last else (-(2**62), bytearray())
        turns = self._rows(
            f"SELECT person, code {_SPAN} AND known_from <= ? AND was <> code ORDER BY known_from",
            *(no, at, end),
        )
        if turns:
            _extended(codes, max(turns)[0])
            for number, code in turns:
                codes[number] = code
        return bytes(codes)

    def one(self, no: int, person: str, end: int) -> tuple[str, str, int, int] | None:
        """Return a person's code, with his name."""
        row: tuple[str, str, int, int] | None
        # No block: it would cost as much as the rest does in Python.
        try:
            row = self._connection.execute(_ONE, (no, end, person)).fetchone()
        except sqlite3.Error:
            rows = self._rows(_ONE, no, end, person)
            row = rows[0] if rows else None
        return row

    def all(self, no: int, end: int, persons: Iterable[str] | None = None) -> Iterator[Believed]:
        """Yield the rows with an answer."""
        if persons is not None:
            for chunk in _chunks(sorted(persons)):
                sql = f"{_ROWS} subject.person IN ({_places(chunk)}) ORDER BY subject.person"
                yield from map(Believed._make, self._rows(sql, no, end, *chunk))
            return
        after = ""
        while page := self._rows(_PAGE_OF_ALL, no, end, after):
            yield from map(Believed._make, page)
            after = page[-1][0]

    def turns(self, no: int, after: int, upto: int) -> list[Turned]:
        """Return the turns in a stretch of time."""
        return self._rows(_TURNED, no, after, upto)

    def named(self, places: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Return those of some numbers."""
        return {
            number: (person, name)
            for chunk in _chunks(places)
            for number, person, name in self._rows(
                f"SELECT no, person, name FROM subject WHERE no IN ({_places(chunk)})",  # noqa: S608
                *chunk,
            )
        }

    def turned(self, no: int, after: int, upto: int, *, quiet: bool) -> set[str]:
        """Return the persons with a row in a stretch of time."""
        which = "" if quiet else "AND why <> ''"
        sql = (
            f"SELECT person FROM subject WHERE no IN (SELECT person {_SPAN}"  # noqa: S608
            f" AND known_from <= ? {which})"
        )
        return {person for (person,) in self._rows(sql, no, after, upto)}

    def whys(self, no: int, after: int, upto: int) -> dict[str, list[str]]:
        """Return why each row in a stretch of time was another answer, by person."""
        sql = (
            f"SELECT subject.person, why {_SPAN.replace(' WHERE', _OF_SUBJECT)}"
            " AND known_from <= ? ORDER BY known_from"
        )
        found: dict[str, list[str]] = {}
        for person, why in self._rows(sql, no, after, upto):
            found.setdefault(person, []).append(why)
        return found

    def rows(self, no: int, person: str) -> list[Row]:
        """Return all rows of a person."""
        held = self._held(no, self._numbers([person]).values())
        return [row for rows in held.values() for row, _ in rows]

    def cited(self, persons: Iterable[str]) -> dict[str, str]:
        """Return what is shown of the claims about persons."""
        return {
            person: data
            for chunk in _chunks(persons)
            for person, data in self._rows(
                "SELECT subject.person, data FROM subject JOIN cited ON cited.person = no"  # noqa: S608
                f" WHERE subject.person IN ({_places(chunk)})",
                *chunk,
            )
        }


def _put(no: int, one: int, rows: Iterable[tuple[Row, int]]) -> Iterator[tuple[object, ...]]:
    """Yield the values of rows of one person (`_PUT`)."""
    for (known_from, code, body, why), was in rows:
        yield no, one, known_from, code, was, why, body


def _with_was(rows: Iterable[Row], was: int = 0) -> Iterator[tuple[Row, int]]:
    """Yield rows, each with the code of the row before; `was` is that of the first."""
    for row in rows:
        yield row, was
        was = row.code


def _stretch(old: Sequence[Row], new: Sequence[Row]) -> _Stretch | None:
    """Return from when on, and up to when, codes are others; None where they are the same."""
    before, after = _code_turns(old), _code_turns(new)
    same = 0
    while before[same : same + 1] == after[same : same + 1] != []:
        same += 1
    before, after = before[same:], after[same:]
    if not (before or after):
        return None
    stop = NEVER
    while before and after and before[-1] == after[-1]:
        stop = before.pop()[0]
        after.pop()
    return min([start for start, _ in (*before[:1], *after[:1])]), stop


def _code_turns(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Return the rows that bring another code: when, and which; the first has none before it."""
    found: list[tuple[int, int]] = []
    was = 0
    for known_from, code, _, _ in rows:
        if code != was:
            found.append((known_from, code))
        was = code
    return found


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
