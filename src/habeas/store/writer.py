"""The writer of a log in SQLite, inside a transaction that holds the write lock.

It adds rows; whether they are kept is decided where the transaction ends (`sqlite`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter, lt
from typing import Final, NamedTuple, Protocol

from habeas.log.checked import Checked
from habeas.log.hashes import Tree
from habeas.log.marks import marks_of
from habeas.log.records import Record, stated
from habeas.store import derived, many, nodes
from habeas.store.library import sqlite3
from habeas.store.order import check_next
from habeas.store.port import Head

_SEQ_OF: Final = itemgetter(Checked._fields.index("seq"))
_RECORDED_OF: Final = itemgetter(Checked._fields.index("recorded"))
_SAID_OF: Final = itemgetter(*map(Checked._fields.index, ("seq", "salt", "payload")))
_ROW_OF: Final = itemgetter(slice(Checked._fields.index("node") + 1))
"""The row of an event: the first of what is told of it, as it stands there."""

_Said = tuple[int, bytes | None, bytes | None]
_Row = tuple[int, str, str, int, int, bytes, bytes]


class _Reader(Protocol):
    def head(self) -> Head: ...
    def records(self, *, after: int = 0, upto: int | None = None) -> Iterator[Record]: ...


class Left(NamedTuple):
    """What one writer leaves to the next: how the store was, its head, and the index's numbers.

    It holds as long as the store's stamp is the same.
    """

    stamp: tuple[int, ...]
    head: Head
    marks: derived.Index


class SqliteAppending:
    """See `store.port.Appending`.

    `tree` is that after all that was added; `failed` says that an addition raised. `left` is what
    the last writer left.
    """

    def __init__(self, log: _Reader, connection: sqlite3.Connection, left: Left | None) -> None:
        self.failed = False
        self._log, self._connection, self._cursor = log, connection, connection.cursor()
        self._version = _data_version(connection)
        if left is None or left.stamp != self.stamp():
            left = Left((), log.head(), derived.Index(connection))
        head, self._index = left.head, left.marks
        self._position, self._recorded = head.position, head.recorded
        # A copy: what was left is also how the log stands if this writer fails.
        self._tree: Tree | None = head.tree.copy()

    def stamp(self) -> tuple[int, ...]:
        """Return the store's stamp; as long as the log is locked, nobody else can change it."""
        return (self._version, self._connection.total_changes)

    def left(self) -> Left:
        """Return what this writer, which adds no more, leaves to the next."""
        head = Head(self._position, self._recorded, self.tree)
        return Left(self.stamp(), head, self._index)

    @property
    def tree(self) -> Tree:
        """The tree of all that was added; after a `load` it is made of its nodes."""
        if self._tree is None:
            self._tree = Tree(self._position, nodes.peaks_at(self._connection, self._position))
        return self._tree

    @property
    def position(self) -> int:
        """How many events there are."""
        return self._position

    @property
    def head(self) -> Head:
        """Where the log stands."""
        return Head(self._position, self._recorded, self.tree.copy())

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

    def load(self, events: Sequence[Checked]) -> None:
        """Add events at the end that were checked with all before them."""
        try:
            self._load(events)
        except BaseException:
            self.failed = True
            raise

    def _add(self, records: Sequence[Record]) -> None:
        rows = [self._row(record) for record in records]
        self._keep([(one.seq, one.salt, one.payload) for one in records], rows)
        self._index.note((one.seq, marks_of(one)) for one in records)
        self._index.state((stated(one), one.seq) for one in records)
        self._index.enter()

    def _keep(self, said: Sequence[_Said], rows: Sequence[_Row]) -> None:
        """Write events: what they say, or that they came without it, and their rows."""
        withheld = [(seq,) for seq, _, payload in said if payload is None]
        if withheld:
            said = [one for one in said if one[-1] is not None]
            many.insert(self._cursor, "INSERT INTO withheld(seq)", withheld)
        many.insert(self._cursor, "INSERT INTO payload(seq, salt, body)", said)
        many.insert(
            self._cursor,
            "INSERT INTO event(seq, id, type, version, recorded, commitment, node)",
            rows,
        )

    def _load(self, events: Sequence[Checked]) -> None:
        if not events:
            return
        seqs = range(self._position + 1, self._position + 1 + len(events))
        times: list[int] = [*map(_RECORDED_OF, events)]
        if [*map(_SEQ_OF, events)] != [*seqs] or not all(map(lt, times, times[1:])):
            for one, position, before in zip(events[1:], seqs, times, strict=False):
                check_next(one, position, before)
        check_next(events[0], self._position, self._recorded)
        self._keep([*map(_SAID_OF, events)], [*map(_ROW_OF, events)])
        self._index.note(zip(seqs, map(_marks_of, events), strict=True))
        self._index.state((one.digest, one.seq) for one in events)
        self._position, self._recorded, self._tree = seqs[-1], times[-1], None

    def settle(self) -> None:
        """Enter in the index what was loaded."""
        self._index.enter()

    def _row(self, record: Record) -> _Row:
        """Return the row of the next event, with its node of the tree."""
        check_next(record, self._position, self._recorded)
        self.tree.add(record.leaf)
        self._position, self._recorded = record.seq, record.recorded
        return (
            record.seq,
            record.id,
            record.type,
            record.version,
            record.recorded,
            record.commitment,
            self.tree.peaks[-1],
        )


def _data_version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return version


def _marks_of(event: Checked) -> tuple[str, ...]:
    """Return all marks of an event."""
    others = (*event.names, *event.marks) if event.marks else event.names
    return others if event.subject is None else (event.subject, *others)
