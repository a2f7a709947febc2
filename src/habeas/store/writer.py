"""The writer of a log in SQLite, inside a transaction that holds the write lock.

It adds rows; whether they are kept is decided where the transaction ends (`sqlite`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from habeas.log.records import Record
from habeas.store import derived
from habeas.store.library import sqlite3
from habeas.store.order import check_next
from habeas.store.port import Head


class _Reader(Protocol):
    def head(self) -> Head: ...
    def records(self, *, after: int = 0, upto: int | None = None) -> Iterator[Record]: ...


class SqliteAppending:
    """See `store.port.Appending`.

    `tree` and its `root` are those after all that was added; `failed` says that an addition raised.
    """

    def __init__(self, log: _Reader, connection: sqlite3.Connection) -> None:
        self.failed = False
        self._log, self._connection = log, connection
        head = log.head()
        self._recorded, self.root, self.tree = head.recorded, head.root, head.tree

    @property
    def head(self) -> Head:
        """Where the log stands."""
        return Head(self.tree.size, self._recorded, self.root, self.tree.copy())

    def records(self, *, after: int = 0, upto: int | None = None) -> Iterator[Record]:
        """Yield the records of `(after, upto]`."""
        return self._log.records(after=after, upto=upto)

    def add(self, records: Sequence[Record]) -> None:
        """Add records at the end."""
        try:
            self._add(records)
        except BaseException:
            self.failed = True
            raise

    def _add(self, records: Sequence[Record]) -> None:
        whole = [record for record in records if record.payload is not None]
        rows = [self._row(record) for record in records]
        self._connection.executemany(
            "INSERT INTO payload(seq, salt, body) VALUES (?, ?, ?)",
            ((record.seq, record.salt, record.payload) for record in whole),
        )
        self._connection.executemany(
            "INSERT INTO withheld(seq) VALUES (?)",
            ((record.seq,) for record in records if record.payload is None),
        )
        self._connection.executemany(
            "INSERT INTO event(seq, id, type, version, recorded, commitment, root, node)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        derived.index(self._connection, whole)

    def _row(self, record: Record) -> tuple[int, str, str, int, int, bytes, bytes, bytes]:
        """Return the row of the next event, with the root after it."""
        check_next(record, self.tree.size, self._recorded)
        self.tree.add(record.leaf)
        self.root, self._recorded = self.tree.root(), record.recorded
        return (
            record.seq,
            record.id,
            record.type,
            record.version,
            record.recorded,
            record.commitment,
            self.root,
            self.tree.peaks[-1],
        )
