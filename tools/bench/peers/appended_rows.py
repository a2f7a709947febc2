"""The floor of habeas's append: the rows that it writes, with nothing read, judged or computed.

No other way to compute could append faster, as long as the same is kept of a claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from bench import ours
from bench.asked import Asked
from bench.copies import copied, removed
from bench.material import Material
from bench.peers import APPEND, LATEST, Ask
from habeas.case import Case
from habeas.store.connection import PATIENCE, connect
from habeas.store.library import sqlite3

_APPENDS: Final = 40
"""More than are asked for in the rounds."""

_WRITES: Final = ("BEGIN", "INSERT", "UPDATE", "DELETE", "COMMIT")
_LITERAL: Final = re.compile(r"x'[0-9a-f]*'|'(?:[^']|'')*'|\b\d+\b")

_Statement = tuple[str, tuple[Any, ...]]


class AppendedRows:
    """The statements by which appends wrote, made again on a copy of the same database."""

    name = "habeas's own rows, with nothing computed"
    told = LATEST

    def prepare(self, material: Material, folder: Path) -> None:
        """Remember where habeas's database is, which was loaded before."""
        self._database = folder / f"{ours.NAME}.db"
        self._newest = material.documents()[1]
        self._connection: sqlite3.Connection | None = None

    def questions(self, asked: Asked) -> dict[str, tuple[Ask, ...]]:
        """Return the append: each time the next of those that were recorded."""
        recorded = iter(self._recorded(asked.persons))
        copy = copied(self._database, "floor.db")
        connection = self._connection = connect(copy, create=False, patience=PATIENCE)

        def append() -> None:
            for statement, values in next(recorded):
                connection.execute(statement, values)

        return {APPEND: (append,)}

    def _recorded(self, persons: tuple[str, ...]) -> list[list[_Statement]]:
        """Return what appends write, each as its statements."""
        copy, found = copied(self._database, "recorded.db"), []
        with Case.open(copy, clock=lambda: ours.NOW) as case:
            append = ours.appending(case, persons, self._newest, {})
            for _ in range(_APPENDS):
                told: list[str] = []
                # What is written is watched where it is written, and is nobody else's matter.
                vars(case.whole)["_connection"].set_trace_callback(told.append)
                append()
                found.append([*_statements(told)])
        removed(copy)
        return found

    def size(self) -> int:
        """Return nothing: what it takes is habeas's own."""
        return 0

    def close(self) -> None:
        """Close the copy, and remove it."""
        if self._connection is not None:
            self._connection.close()
            removed(self._database.with_name("floor.db"))


def _statements(told: list[str]) -> Iterator[_Statement]:
    """Yield the statements that write, with their values apart; a trigger's are part of another."""
    last = ""
    for text in told:
        written = text.strip()
        if written.startswith(_WRITES) and written != last:
            values = tuple(_value(literal) for literal in _LITERAL.findall(written))
            yield _LITERAL.sub("?", written), values
        last = written


def _value(literal: str) -> bytes | str | int:
    if literal.startswith("x"):
        return bytes.fromhex(literal[2:-1])
    return literal[1:-1].replace("''", "'") if literal.startswith("'") else int(literal)
