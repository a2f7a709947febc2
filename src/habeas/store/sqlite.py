"""The log in SQLite: appended in one transaction, read in pages, found by an index of marks.

It writes SQL for the tables of `schema` and nothing else; opening and failing are `connection`'s.
What is read is what was stored: hashes are checked by `verify`, not on every read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from habeas.errors import BadLog
from habeas.log.hashes import EMPTY_ROOT, Tree
from habeas.log.records import Record
from habeas.store import derived, nodes
from habeas.store.beliefs import SqliteBeliefs
from habeas.store.connection import PATIENCE, backup, connect, writing
from habeas.store.failures import Explained
from habeas.store.glimpse import Glimpse
from habeas.store.order import check_unbroken, no_such_position
from habeas.store.port import Head
from habeas.store.rows import COLUMNS, TABLES, record_of
from habeas.store.writer import Left, SqliteAppending

if TYPE_CHECKING:
    from habeas.log.sayings import Carried

_PAGE: Final = 1_000
_NO_NODE: Final = b""
_IN_LIST: Final = 500

_RECORD: Final = f"SELECT {COLUMNS} FROM {TABLES} WHERE"  # noqa: S608 - constants only
_PAGE_OF_RECORDS: Final = f"{_RECORD} event.seq > ? AND event.seq <= ? ORDER BY event.seq LIMIT ?"
_STORED: Final = "mark.mark, event.seq, event.id, event.type, event.version, payload.body"
# CROSS JOIN: by mark, then one seek for each event.
_CARRIED: Final = (
    f"SELECT {_STORED} FROM mark CROSS JOIN marked ON marked.mark = mark.no"  # noqa: S608 - constants only
    " CROSS JOIN event ON event.seq = marked.seq CROSS JOIN payload ON payload.seq = event.seq"
)
_FIRST: Final = (
    f"SELECT {_STORED} FROM mark CROSS JOIN event"  # noqa: S608 - constants only
    " ON event.seq = (SELECT min(seq) FROM marked WHERE marked.mark = mark.no)"
    " CROSS JOIN payload ON payload.seq = event.seq"
)


class SqliteStore:
    """A log in SQLite; see `store.port.LogStore`. One thread of one process uses it."""

    def __init__(self, path: Path, *, create: bool = False, patience: float = PATIENCE) -> None:
        self._connection = connect(path, create=create, patience=patience)
        # For what is read at once; to make one for each statement costs as much as a short one.
        self._cursor = self._connection.cursor()
        self._explained = Explained(path, patience)
        self._path, self._patience = path, patience
        # A tree and the node that its last event ends, which is another's only if the tree is; and
        # the root of one.
        self._known = (_NO_NODE, Tree())
        self._rooted = (_NO_NODE, EMPTY_ROOT)
        self._left: Left | None = None
        self.beliefs = SqliteBeliefs(self._connection, self._explained)

    @property
    def path(self) -> Path | None:
        """The file that holds the log."""
        return self._path

    def _rows(self, sql: str, *values: object) -> list[Any]:
        try:
            return self._cursor.execute(sql, values).fetchall()
        except Exception as error:
            self._explained.explain(error)
            raise

    def stamp(self) -> tuple[int, ...]:
        """Return what stays the same as long as nobody has written anything."""
        with self._explained:
            version = self._connection.execute("PRAGMA data_version").fetchone()
        return (version[0], self._connection.total_changes)

    def head(self) -> Head:
        """Return where the log stands."""
        with self.reading():
            position, recorded, node = self._last()
            return Head(position, recorded, self._tree_at(position, node).copy())

    def _last(self) -> tuple[int, int | None, bytes]:
        rows = self._rows("SELECT seq, recorded, node FROM event ORDER BY seq DESC LIMIT 1")
        return rows[0] if rows else (0, None, _NO_NODE)

    def records(self, *, after: int = 0, upto: int | None = None) -> Iterator[Record]:
        """Yield the records of `(after, upto]`."""
        last = self._last()[0]
        upto = last if upto is None else min(upto, last)
        while after < upto:
            page = self._rows(_PAGE_OF_RECORDS, after, upto, _PAGE)
            if not page:
                return
            yield from map(record_of, page)
            after = page[-1][0]

    def read(self, seqs: Iterable[int]) -> Iterator[Record]:
        """Yield the records at `seqs`."""
        wanted = iter(sorted(set(seqs)))
        while chunk := tuple(islice(wanted, _IN_LIST)):
            places = ",".join("?" * len(chunk))
            sql = f"{_RECORD} event.seq IN ({places}) ORDER BY event.seq"
            yield from map(record_of, self._rows(sql, *chunk))

    def position_at(self, instant: int) -> int:
        """Return how many events were recorded at or before `instant`."""
        with self.reading():
            low, high = 0, self._last()[0]
            while low < high:
                middle = (low + high + 1) // 2
                if self._recorded(middle) <= instant:
                    low = middle
                else:
                    high = middle - 1
            return low

    def _recorded(self, seq: int) -> int:
        rows = self._rows("SELECT recorded FROM event WHERE seq = ?", seq)
        if not rows:
            message = f"{self._path} holds no event {seq}, but later ones"
            raise BadLog(message, hint="habeas verify")
        recorded: int = rows[0][0]
        return recorded

    def root_at(self, position: int) -> bytes:
        """Return the Merkle root after `position` events."""
        if position == 0:
            return EMPTY_ROOT
        rows = self._rows("SELECT node FROM event WHERE seq = ?", position)
        if not rows:
            raise no_such_position(position, self._last()[0])
        node: bytes = rows[0][0]
        if self._rooted[0] != node:
            self._rooted = (node, self._tree_at(position, node).root())
        return self._rooted[1]

    def _tree_at(self, position: int, node: bytes) -> Tree:
        """Return the tree after `position` events, the last of which ends this node."""
        if self._known[0] != node:
            with self.reading():
                tree = Tree(position, nodes.peaks_at(self._connection, position))
                derived.check_peaks(self._connection, tree)
                self._known = (node, tree)
        return self._known[1]

    def nodes(self, *, after: int, upto: int) -> Sequence[bytes]:
        """Return of each event of `(after, upto]` the largest perfect subtree that ends with it."""
        sql = "SELECT node FROM event WHERE seq > ? AND seq <= ? ORDER BY seq"
        return [node for (node,) in self._rows(sql, after, upto)]

    def marked(self, mark: str) -> tuple[int, ...]:
        """Return the `seq`s of the events that carry a mark."""
        sql = "SELECT seq FROM marked WHERE mark = (SELECT no FROM mark WHERE mark = ?) ORDER BY 1"
        return tuple(seq for (seq,) in self._rows(sql, _sought(mark)))

    def first_marked(self, mark: str) -> int | None:
        """Return the first event that carries a mark."""
        found = "SELECT min(seq) FROM marked WHERE mark = (SELECT no FROM mark WHERE mark = ?)"
        rows = self._rows(found, _sought(mark))
        return rows[0][0] if rows else None

    def carrying(self, marks: Iterable[str], *, first: bool = False) -> Iterator[Carried]:
        """Yield the events that carry one of some marks, as they are stored."""
        wanted = iter(sorted(set(marks)))
        while chunk := tuple(islice(wanted, _IN_LIST)):
            places = ",".join("?" * len(chunk))
            sql = f"{_FIRST if first else _CARRIED} WHERE mark.mark IN ({places}) ORDER BY 1, 2"
            with self._explained:
                yield from self._connection.execute(sql, chunk)

    def of_type(self, type_: str) -> tuple[int, ...]:
        """Return the `seq`s of the events of a type."""
        # The index leaves one type out, and SQLite wants to be told that it is not asked for.
        indexed = "AND type <> 'status.claimed'" if type_ != "status.claimed" else ""
        sql = f"SELECT seq FROM event WHERE type = ? {indexed} ORDER BY seq"  # noqa: S608
        return tuple(seq for (seq,) in self._rows(sql, type_))

    def with_prefix(self, prefix: str, *, limit: int = 10) -> tuple[tuple[str, int], ...]:
        """Return (id, seq) of the events whose id begins so."""
        sql = "SELECT id, seq FROM event WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
        sought = _sought(prefix)
        return tuple(self._rows(sql, sought, f"{sought}\x7f", limit))

    def statement_of(self, digest: bytes) -> int | None:
        """Return the `seq` of the first event that states this."""
        rows = self._rows("SELECT seq FROM statement WHERE digest = ?", digest)
        return rows[0][0] if rows else None

    def withheld(self) -> tuple[int, ...]:
        """Return the `seq`s of the events that came without their payload."""
        return tuple(seq for (seq,) in self._rows("SELECT seq FROM withheld ORDER BY seq"))

    @contextmanager
    def appending(self) -> Iterator[SqliteAppending]:
        """Lock the log for one writer."""
        if self._connection.in_transaction:
            raise RuntimeError("this store is already reading or appending")
        with self._explained, writing(self._connection):
            writer = SqliteAppending(self, self._connection, self._left)
            # What a writer began and did not end is not left: its numbers were not kept.
            self._left = None
            yield writer
            check_unbroken(failed=writer.failed)
            writer.settle()
            left = writer.left()
        tree = left.head.tree
        self._known, self._left = (tree.peaks[-1] if tree.peaks else _NO_NODE, tree), left

    @contextmanager
    def believing(self) -> Iterator[None]:
        """Lock the beliefs for one writer."""
        with self._explained, writing(self._connection):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Give one consistent view to all reads in the block."""
        connection = self._connection
        if connection.in_transaction:
            yield
            return
        with self._explained:
            connection.execute("BEGIN")
            try:
                yield
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def glimpse(self) -> Iterator[Glimpse]:
        """Give a glimpse of the log as it stands."""
        with self.reading():
            yield Glimpse(self._connection, self._explained)

    def reindex(self) -> None:
        """Make the index anew."""
        with self._explained, writing(self._connection):
            derived.reindex(self._connection, self.records())

    def backup(self, path: Path) -> None:
        """Copy the log as it stands to a new file."""
        with Explained(path, self._patience):
            backup(self._connection, path)

    def only_read(self) -> None:
        """Refuse from now on whatever would write."""
        with self._explained:
            self._connection.execute("PRAGMA query_only = ON")

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()


def _sought(text: str) -> str:
    """Return a text that SQLite takes: what no text can hold is found nowhere, like a `?`."""
    return text.encode(errors="replace").decode()
