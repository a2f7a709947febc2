"""What is derived from the log and kept beside it: the tree's peaks, marks, statements.

Functions on a connection that the caller has in a transaction. Nothing here is the log: all of it
can be dropped and made anew, and the tree's cache is used only if it gives the root that is stored
with the last event.
"""

from __future__ import annotations

from collections.abc import Sequence

from habeas.errors import BadLog
from habeas.log.hashes import Tree, leaf_of
from habeas.log.marks import marks_of, statement_in
from habeas.log.records import Record
from habeas.store.library import sqlite3


def tree_of(connection: sqlite3.Connection, position: int, root: bytes) -> Tree:
    """Return the tree after the last event: the one that was kept if it fits, else grown anew.

    Raises BadLog if the events do not give `root`, which is stored with the last of them.
    """
    for size, peaks in connection.execute("SELECT size, peaks FROM head"):
        if size == position and len(peaks) == 32 * size.bit_count():
            tree = Tree(size, tuple(peaks[at : at + 32] for at in range(0, len(peaks), 32)))
            if tree.root() == root:
                return tree
    tree = _tree_anew(connection)
    if tree.root() != root:
        message = "the events do not give the root that is stored with the last of them"
        raise BadLog(message, hint="habeas verify")
    return tree


def _tree_anew(connection: sqlite3.Connection) -> Tree:
    tree = Tree()
    for seq, type_, version, recorded, commitment in connection.execute(
        "SELECT seq, type, version, recorded, commitment FROM event ORDER BY seq"
    ):
        leaf = leaf_of(
            commitment=commitment, recorded=recorded, seq=seq, type_=type_, version=version
        )
        tree.add(leaf)
    return tree


def keep_tree(connection: sqlite3.Connection, tree: Tree) -> None:
    """Keep the tree as it is after the last event."""
    connection.execute(
        "INSERT INTO head VALUES (1, ?, ?)"
        " ON CONFLICT(one) DO UPDATE SET size = excluded.size, peaks = excluded.peaks",
        (tree.size, b"".join(tree.peaks)),
    )


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
    stated = ((statement_in(record), record.seq) for record in records)
    connection.executemany(
        "INSERT OR IGNORE INTO statement(digest, seq) VALUES (?, ?)",
        (pair for pair in stated if pair[0] is not None),
    )


def drop(connection: sqlite3.Connection) -> None:
    """Empty all that is derived."""
    connection.execute("DELETE FROM marked")
    connection.execute("DELETE FROM mark")
    connection.execute("DELETE FROM statement")
    connection.execute("DELETE FROM head")
