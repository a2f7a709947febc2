"""The database as an auditor sees it: raw rows, the schema, and what is derived from the log.

It opens the file anew and reads what stands there; it repairs nothing, and of the events themselves
it judges nothing: that is `log.verifying`. Each fault is a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from habeas.errors import BadLog
from habeas.log.marks import marks_of
from habeas.log.records import Record, stated
from habeas.log.verifying import Stored
from habeas.store.connection import connect
from habeas.store.failures import SPARE, Explained
from habeas.store.library import sqlite3
from habeas.store.objects import strange_objects
from habeas.store.rows import COLUMNS, TABLES, record_of

_PATIENCE: Final = 30.0
_PAGE: Final = 1_000
_STORED: Final = (
    f"SELECT {COLUMNS}, event.id, event.node FROM {TABLES}"  # noqa: S608 - constants
    " WHERE event.seq > ? ORDER BY event.seq LIMIT ?"
)
_MARKS: Final = "SELECT seq, CAST(mark.mark AS BLOB) FROM marked JOIN mark ON no = marked.mark"
_TURNS: Final = (
    "SELECT known_from, person, was, code FROM belief WHERE model = ? ORDER BY known_from"
)
_SHEETS: Final = "SELECT at, codes FROM sheet WHERE model = ? ORDER BY at"
_LARGEST: Final = 2**62


class Audit:
    """One view of a database, for as long as `audited` lasts."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def _rows(self, sql: str, *values: object) -> list[Any]:
        return self._connection.execute(sql, values).fetchall()

    def stored(self) -> Iterator[Stored]:
        """Yield every event as it is stored, in the order of `seq`."""
        after = -_LARGEST
        while page := self._rows(_STORED, after, _PAGE):
            yield from map(_stored, page)
            after = page[-1][0]

    def withheld(self) -> frozenset[int]:
        """Return the `seq`s of the events that came without their payload."""
        known = "SELECT 1 FROM sqlite_schema WHERE name = 'withheld'"
        return frozenset(
            seq for (seq,) in (self._rows("SELECT seq FROM withheld") if self._rows(known) else ())
        )

    def damage(self) -> Iterator[str]:
        """Yield what is wrong with the file and its tables: pages, schema, triggers, orphans."""
        for (line,) in self._rows("PRAGMA integrity_check(10)"):
            if line != "ok":
                yield f"SQLite finds the file damaged: {line}"
        yield from strange_objects(self._connection)
        orphans = self._rows("SELECT seq FROM payload WHERE seq NOT IN (SELECT seq FROM event)")
        if orphans:
            yield f"there is a payload for event {orphans[0][0]}, which is not there"

    def misindexed(self, wanted: Indexed) -> Iterator[str]:
        """Yield which parts of the index are not what the whole log gives."""
        if wanted.marks != self._sum(_MARKS):
            yield "the index of marks is not what the log gives"
        if wanted.statements != self._sum("SELECT seq, digest FROM statement"):
            yield "the index of statements is not what the log gives"

    def miscondensed(self) -> Iterator[str]:
        """Yield which read models hold codes of everybody that their own rows do not give."""
        for (model,) in self._rows("SELECT no FROM model WHERE basis IS NOT NULL ORDER BY no"):
            try:
                sound = self._condensed(model)
            except (IndexError, ValueError):
                # A number of nobody, or a code that is none.
                sound = False
            if not sound:
                yield f"the condensed codes of read model {model} are not what its rows give"

    def _condensed(self, model: int) -> bool:
        """Say whether a model's sheets, and the codes from which rows turn, fit its rows."""
        codes = bytearray()
        sheets = self._connection.execute(_SHEETS, (model,))
        at, sheet = next(sheets, (_LARGEST, b""))
        for known_from, number, was, code in self._connection.execute(_TURNS, (model,)):
            while at < known_from:
                if sheet.rstrip(b"\0") != codes.rstrip(b"\0"):
                    return False
                at, sheet = next(sheets, (_LARGEST, b""))
            codes.extend(bytes(max(0, number + 1 - len(codes))))
            if codes[number] != was:
                return False
            codes[number] = code
        left = () if at == _LARGEST else (sheet, *(one for _, one in sheets))
        return all(one.rstrip(b"\0") == codes.rstrip(b"\0") for one in left)

    def _sum(self, sql: str) -> Sum:
        found = Sum()
        found.add(self._connection.execute(sql))
        return found


class Sum:
    """A digest of a set of pairs, in whatever order they come."""

    def __init__(self) -> None:
        self._count = self._total = 0

    def add(self, pairs: Iterable[tuple[int, bytes]]) -> None:
        """Take more pairs."""
        for seq, value in pairs:
            self._total += int.from_bytes(sha256(b"%d %b" % (seq, value)).digest(), "big")
            self._count += 1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sum) and self._of == other._of

    def __hash__(self) -> int:
        return hash(self._of)

    @property
    def _of(self) -> tuple[int, int]:
        return self._count, self._total % 2**256


class Indexed:
    """What the index should hold of the events it was told, in the order of the log."""

    def __init__(self) -> None:
        self.marks, self.statements = Sum(), Sum()
        self._stated: set[bytes] = set()

    @classmethod
    def of(cls, records: Iterable[Record]) -> Indexed:
        """Return what the index should hold of a whole log."""
        found = cls()
        for record in records:
            found.note(record.seq, marks_of(record), stated(record))
        return found

    def note(self, seq: int, marks: Iterable[str], digest: bytes | None) -> None:
        """Take the next event: its marks, each once, and the digest of its statement."""
        self.marks.add([(seq, mark.encode()) for mark in marks])
        if digest is not None and digest not in self._stated:
            self._stated.add(digest)
            self.statements.add(((seq, digest),))


@contextmanager
def audited(path: Path) -> Iterator[Audit]:
    """Open a database for one consistent look at it. Raises BadLog for a file that is damaged."""
    connection = connect(path, create=False, patience=_PATIENCE)
    try:
        with Explained(path, _PATIENCE):
            connection.execute("BEGIN")
            yield Audit(connection)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        message = f"{path} cannot be read as a log: {type(error).__name__}"
        raise BadLog(message, hint=SPARE) from error
    finally:
        connection.close()


def _stored(row: tuple[Any, ...]) -> Stored:
    id_, node = row[7:]
    return Stored(record_of(row), id_, node)
