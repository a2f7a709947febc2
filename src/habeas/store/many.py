"""Many rows with few statements: half of what a short row costs is its statement.

It knows no table. What holds for an INSERT of one row (triggers, constraints, OR IGNORE) holds for
each of many; where one is refused, none of its statement is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any, Final

from habeas.store.library import sqlite3

_AT_ONCE: Final = 50


def insert(
    cursor: sqlite3.Cursor | sqlite3.Connection, into: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows in their order; `into` is as `INSERT INTO mark(no, mark)`, without the values."""
    if not rows:
        return
    width = len(rows[0])
    if len(rows) >= _AT_ONCE:
        whole = len(rows) - len(rows) % _AT_ONCE
        for at in range(0, whole, _AT_ONCE):
            values = tuple(chain.from_iterable(rows[at : at + _AT_ONCE]))
            cursor.execute(_statement(into, width, _AT_ONCE), values)
        rows = rows[whole:]
    cursor.executemany(_statement(into, width, 1), rows)


def found(
    cursor: sqlite3.Cursor | sqlite3.Connection, select: str, column: str, keys: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows in which a column holds one of some keys, in no order."""
    whole = len(keys) - len(keys) % _AT_ONCE
    for at in range(0, whole, _AT_ONCE):
        sought = _sought(select, column, _AT_ONCE)
        yield from cursor.execute(sought, keys[at : at + _AT_ONCE]).fetchall()
    for key in keys[whole:]:
        yield from cursor.execute(_sought(select, column, 1), (key,)).fetchall()


@cache
def _sought(select: str, column: str, count: int) -> str:
    return f"{select} WHERE {column} IN ({','.join('?' * count)})"


@cache
def _statement(into: str, width: int, count: int) -> str:
    """Return the statement for so many rows of so many values."""
    row = f"({','.join('?' * width)})"
    return f"{into} VALUES {','.join([row] * count)}"
