"""What SQLite holds beside the log's own words: the nodes of its tree, and the index.

Functions on a connection that the caller has in a transaction. Each event is stored with the
largest perfect subtree that ends with it; the peaks of the tree at any position are nodes of a few
events, so that no append needs to grow the tree from the first. The index (marks, statements) can
be dropped and made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from habeas.errors import BadLog
from habeas.log.hashes import Tree
from habeas.log.marks import marks_of
from habeas.log.records import Record, stated
from habeas.store.library import sqlite3

_AT_ONCE: Final = 1_000


def tree_at(connection: sqlite3.Connection, position: int, root: bytes) -> Tree:
    """Return the tree after `position` events. Raises BadLog unless it has that root."""
    ends = _ends_of_peaks(position)
    sql = f"SELECT node FROM event WHERE seq IN ({','.join('?' * len(ends))}) ORDER BY seq"  # noqa: S608 - question marks only
    peaks = tuple(node for (node,) in connection.execute(sql, ends))
    if len(peaks) == len(ends):
        tree = Tree(position, peaks)
        if tree.root() == root:
            return tree
    message = f"the tree's nodes do not give the root that is stored with event {position}"
    raise BadLog(message, hint="habeas verify")


def _ends_of_peaks(position: int) -> list[int]:
    """Return the last leaf under each peak of a tree of `position` leaves, from right to left."""
    ends = []
    while position:
        ends.append(position)
        position &= position - 1
    return ends


def index(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    """Enter records in the index: their marks, and what they state."""
    pairs = [(record.seq, mark) for record in records for mark in marks_of(record)]
    marks = dict.fromkeys(mark for _, mark in pairs)
    connection.executemany(
        "INSERT OR IGNORE INTO mark(mark) VALUES (?)", ((mark,) for mark in marks)
    )
    connection.executemany(
        "INSERT INTO marked(mark, seq) SELECT no, ? FROM mark WHERE mark = ?", pairs
    )
    statements = ((stated(record), record.seq) for record in records)
    connection.executemany(
        "INSERT OR IGNORE INTO statement(digest, seq) VALUES (?, ?)",
        (pair for pair in statements if pair[0] is not None),
    )


def reindex(connection: sqlite3.Connection, records: Iterable[Record]) -> None:
    """Make the index anew from the records of the whole log."""
    drop_index(connection)
    left = iter(records)
    while chunk := tuple(islice(left, _AT_ONCE)):
        index(connection, chunk)


def drop_index(connection: sqlite3.Connection) -> None:
    """Empty the index."""
    connection.execute("DELETE FROM marked")
    connection.execute("DELETE FROM mark")
    connection.execute("DELETE FROM statement")
