"""The floor of an append: one row into an SQLite table without index, write-ahead log, FULL.

The row is as long as a line of the text log. What it costs is the disk's; nothing is checked.
"""

from __future__ import annotations

from pathlib import Path

from bench.asked import Asked
from bench.material import Material
from bench.peers import APPEND, LATEST, Ask
from habeas.store.library import sqlite3


class BareInsert:
    """One INSERT and one COMMIT."""

    name = "SQLite, one bare row"
    told = LATEST

    def prepare(self, material: Material, folder: Path) -> None:
        """Make the table, empty."""
        with material.log.open("rb") as lines:
            self._line = max(next(lines) for _ in range(100)).decode()
        self._path = folder / "bare-insert.db"
        self._path.unlink(missing_ok=True)
        self._connection = sqlite3.connect(self._path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("CREATE TABLE row(line TEXT NOT NULL)")

    def questions(self, asked: Asked) -> dict[str, tuple[Ask, ...]]:  # noqa: ARG002 - as all do
        """Return the append."""
        return {APPEND: (self._append,)}

    def _append(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("INSERT INTO row VALUES (?)", (self._line,))
        self._connection.execute("COMMIT")

    def size(self) -> int:
        """Return how many bytes the file takes."""
        return self._path.stat().st_size

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
