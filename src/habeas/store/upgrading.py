"""A database of an older habeas, before it is changed: nothing that tells of a fault is to be lost.

What the steps change (`schema`) was there to prove the log, so it is proved once more.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from habeas.errors import BadLog
from habeas.store.failures import SPARE
from habeas.store.library import sqlite3
from habeas.store.objects import strange_objects

_WITHOUT_ROOTS: Final = 6
"""The step that leaves the roots away."""


def check_sound(connection: sqlite3.Connection, path: Path, taken: int) -> None:
    """Check a database that has taken so many steps. Raises BadLog; then nothing is changed."""
    fault = next(strange_objects(connection, taken), None)
    if fault is None and taken < _WITHOUT_ROOTS:
        fault = _wrong_root(connection)
    if fault is not None:
        message = f"{path} was written by an older habeas, and is left as it is, for {fault}"
        raise BadLog(message, hint=SPARE)


def _wrong_root(connection: sqlite3.Connection) -> str | None:
    """Return what is wrong with the first stored root that its nodes do not give."""
    from habeas.log.hashes import Tree  # noqa: PLC0415 - once in the life of a database

    tree = Tree()
    for seq, root, node in connection.execute("SELECT seq, root, node FROM event ORDER BY seq"):
        tree.grow(node)
        if seq != tree.size:
            return f"event {tree.size} is gone"
        if root != tree.root():
            return f"the root stored with event {seq} is not that of the tree up to it"
    return None
