"""Erasing what the log says is redacted: from the tables, the side files and the free pages.

It removes payloads that an `event.redacted` names, and nothing else; it can be called again at any
time, and finishes what was interrupted. The index is made anew, and what is derived for quick
answers is dropped, since both hold names. Copies of the file are beyond it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from habeas.store import derived
from habeas.store.auditing import Audit
from habeas.store.beliefs import SqliteBeliefs
from habeas.store.connection import PATIENCE, connect, writing
from habeas.store.failures import Explained

_ERASE: Final = """
DELETE FROM payload WHERE seq IN (
  SELECT gone.seq FROM event AS act JOIN payload AS said ON said.seq = act.seq
  JOIN event AS gone ON gone.id = json_extract(CAST(said.body AS TEXT), '$.data.event')
  WHERE act.type = 'event.redacted'
)"""


def unfinished(path: Path) -> bool:
    """Say whether an erasing was cut short, so that words may still stand in the file's pages."""
    return _mark(path).exists()


def _mark(path: Path) -> Path:
    """Return the file, empty, that stands beside the database while it is being erased."""
    return path.with_name(f"{path.name}-erasing")


def erase(path: Path) -> int:
    """Erase the redacted payloads in the database at `path`; return how many there were."""
    _mark(path).touch(mode=0o600)
    connection = connect(path, create=False, patience=PATIENCE)
    explained = Explained(path, PATIENCE)
    try:
        with explained:
            with writing(connection):
                count = connection.execute(_ERASE).rowcount
                SqliteBeliefs(connection, explained).drop()
                derived.reindex(connection, (one.record for one in Audit(connection).stored()))
            # Deleted bytes are zeroed, but a page may hold older copies of its rows.
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()
    _mark(path).unlink(missing_ok=True)
    return count
