"""Storage: the log behind a port, in SQLite and in memory.

All SQL of habeas stands in this package. The rest asks `LogStore`, and does not know which database
answers; `open_store` is the door. Nothing here knows what an event means.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from habeas import late

if TYPE_CHECKING:
    from habeas.store.library import promise
    from habeas.store.memory import MemoryStore
    from habeas.store.port import Appending, Head, LogStore


def open_store(path: Path, *, create: bool = False, patience: float | None = None) -> LogStore:
    """Open the log in the database at `path`; `create` makes one if there is none.

    A writer waits `patience` seconds for another (None: `connection.PATIENCE`). Raises UnknownName
    if there is no log at `path`, BadLog if the file is none of ours, HabeasError if it cannot be
    used.
    """
    # Only who opens one waits for it.
    from habeas.store.connection import PATIENCE  # noqa: PLC0415
    from habeas.store.sqlite import SqliteStore  # noqa: PLC0415

    return SqliteStore(path, create=create, patience=PATIENCE if patience is None else patience)


__all__ = ["Appending", "Head", "LogStore", "MemoryStore", "open_store", "promise"]

__getattr__ = late.names(
    "habeas.store",
    {
        "Appending": "port",
        "Head": "port",
        "LogStore": "port",
        "MemoryStore": "memory",
        "promise": "library",
    },
)
