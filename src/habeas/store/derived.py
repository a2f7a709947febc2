"""What SQLite holds beside the log's own words: the index, which can be dropped and made anew.

Functions on a connection that the caller has in a transaction. Marks and statements are entered by
who adds events; of the tree (`nodes`) it is checked here that more may be added to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice, repeat
from typing import Final

from habeas.errors import BadLog, HabeasError
from habeas.log.hashes import Tree, leaf_hash, node_hash
from habeas.log.marks import marks_of
from habeas.log.peaks import ends_beside, ends_of_peaks
from habeas.log.records import Record, stated
from habeas.store import many, nodes
from habeas.store.library import sqlite3
from habeas.store.rows import COLUMNS, TABLES, record_of

_MARKED: Final = "INSERT INTO marked(mark, seq)"
_REMEMBERED: Final = 50_000
_AT_ONCE: Final = 1_000


def check_peaks(connection: sqlite3.Connection, tree: Tree) -> None:
    """Check the peaks of a log's tree by the events that they end with, and the nodes beside those.

    Raises BadLog: what is added to a tree that is none would be found wrong with it.
    """
    sql = f"SELECT {COLUMNS} FROM {TABLES} WHERE event.seq = ?"  # noqa: S608 - constants only
    for end, peak in zip(ends_of_peaks(tree.size), tree.peaks, strict=True):
        row = connection.execute(sql, (end,)).fetchone()
        if _node_of(connection, record_of(row)) != peak:
            message = f"the tree's node that is stored with event {end} does not fit those before"
            raise BadLog(message, hint="habeas verify")


def _node_of(connection: sqlite3.Connection, record: Record) -> bytes | None:
    """Return the node that an event ends, made of its leaf; None of what is no event."""
    try:
        node = leaf_hash(record.leaf)
    except (HabeasError, ArithmeticError, ValueError):
        return None
    for left in nodes.nodes_at(connection, ends_beside(record.seq)):
        node = node_hash(left, node)
    return node


def index(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    """Enter records in the index: their marks, and what they state."""
    index = Index(connection)
    index.note([(one.seq, marks_of(one)) for one in records])
    index.state((stated(one), one.seq) for one in records)
    index.enter()


class Index:
    """Entries of the index that are gathered in one transaction, and entered together."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._cursor = connection.cursor()
        self._numbers: dict[str, int] = {}
        self._marked: defaultdict[str, list[int]] = defaultdict(list)
        self._stated: list[tuple[bytes, int]] = []

    def note(self, marked: Iterable[tuple[int, Iterable[str]]]) -> None:
        """Gather the marks of events, each with its `seq`, in the order of the log."""
        found = self._marked
        for seq, marks in marked:
            for mark in marks:
                found[mark].append(seq)

    def _number(self, fresh: Iterable[str]) -> None:
        """Give marks their numbers: those that they have, or new ones."""
        wanted = sorted(fresh)
        self._numbers.update(many.found(self._cursor, "SELECT mark, no FROM mark", "mark", wanted))
        new = [mark for mark in wanted if mark not in self._numbers]
        if new:
            ((last,),) = self._cursor.execute("SELECT coalesce(max(no), 0) FROM mark").fetchall()
            made = list(enumerate(new, last + 1))
            self._numbers.update((mark, number) for number, mark in made)
            many.insert(self._cursor, "INSERT INTO mark(no, mark)", made)

    def state(self, statements: Iterable[tuple[bytes | None, int]]) -> None:
        """Gather (digest, seq)."""
        self._stated += [(digest, seq) for digest, seq in statements if digest is not None]

    def enter(self) -> None:
        """Enter all that was gathered, in the order of the tables: each page is written to once."""
        if self._marked:
            self._number(self._marked.keys() - self._numbers.keys())
            numbers = self._numbers
            rows: list[tuple[int, int]] = []
            for number, seqs in sorted(
                (numbers[mark], seqs) for mark, seqs in self._marked.items()
            ):
                rows += zip(repeat(number), seqs)
                if len(rows) >= _AT_ONCE:
                    many.insert(self._cursor, _MARKED, rows)
                    rows = []
            many.insert(self._cursor, _MARKED, rows)
            self._marked.clear()
        self._stated.sort()
        # Of those that state the same, the first is found by it: the one with the least `seq`.
        many.insert(self._cursor, "INSERT OR IGNORE INTO statement(digest, seq)", self._stated)
        self._stated = []
        if len(self._numbers) > _REMEMBERED:
            self._numbers.clear()


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
