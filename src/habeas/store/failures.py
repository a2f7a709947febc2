"""Failures: what SQLite's errors mean to a person, and what to do about them.

By the primary result code, never by the text of a message. An error that could only be a bug (bad
SQL, a store used by another thread) is let through as it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from habeas.errors import BadLog, HabeasError, Refused
from habeas.store.library import sqlite3

SPARE: Final = (
    "restore a backup (to restore is to open it: --db BACKUP), or import an exported log into a "
    "new database"
)
"""What to do about a database that is damaged."""

_CAUSES: Final = {
    "locked": (5, 6),
    "read-only": (8,),
    "failing": (10,),
    "damaged": (11,),
    "full": (13,),
    "unopenable": (14,),
    "refused": (19,),
    "foreign": (26,),
}
_CAUSE: Final = {code: cause for cause, codes in _CAUSES.items() for code in codes}


class Explained:
    """Turns SQLite's failures in a block into errors that a person can act on; made once."""

    __slots__ = ("_path", "_patience")

    def __init__(self, path: Path, patience: float) -> None:
        self._path, self._patience = path, patience

    def __enter__(self) -> None:
        """Do nothing: a block begins."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Raise what the failure means."""
        if error is not None:
            self.explain(error)

    def explain(self, error: BaseException) -> None:
        """Raise what a failure means, if anything: for who has no block, which costs more."""
        if isinstance(error, UnicodeDecodeError) or _is_no_text(error):
            message = f"{self._path} is damaged: what should be text in it is none"
            raise BadLog(message, hint=SPARE) from error
        if isinstance(error, sqlite3.Error):
            explanation = _explanation(error, self._path, self._patience)
            if explanation is not None:
                raise explanation from error


def _is_no_text(error: BaseException | None) -> bool:
    """Say whether Python found no UTF-8 where SQLite said text: an error without SQLite's code."""
    return isinstance(error, sqlite3.OperationalError) and not hasattr(error, "sqlite_errorcode")


def cause_of(error: sqlite3.Error) -> str:
    """Return the cause by SQLite's primary result code; "" for one that would be a bug."""
    return _CAUSE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "")


def _explanation(error: sqlite3.Error, path: Path, patience: float) -> HabeasError | None:
    """Return what a failure means, and what to do; None of one that would be a bug."""
    ours, room = "name the log's database: --db PATH, or HABEAS_DB", "make room, then try again"
    kinds: dict[str, tuple[type[HabeasError], str, str]] = {
        "locked": (
            HabeasError,
            f"another process has kept {path} locked for {patience:g} s; nothing was added",
            "let it end, then try again",
        ),
        "read-only": (
            HabeasError,
            f"{path} cannot be written, for it or its folder is read-only; nothing was added",
            f"chmod u+w {path}, or work on a copy",
        ),
        "full": (
            HabeasError,
            f"the disk is full: nothing was added to {path}, and nothing in it is lost",
            room,
        ),
        "failing": (
            HabeasError,
            f"{path} could not be read or written ({error}): nothing was added",
            f"if the disk or the quota is full, {room}; else look at the disk's health",
        ),
        "damaged": (
            BadLog,
            f"{path} is damaged: {error}",
            SPARE,
        ),
        "unopenable": (
            HabeasError,
            f"{path} cannot be opened",
            "is it a file, and may you read it and its folder?",
        ),
        "foreign": (BadLog, f"{path} is not a database", ours),
        "refused": (Refused, f"{path} refused what was to be added: {error}", "habeas verify"),
    }
    found = kinds.get(cause_of(error))
    if found is None:
        return None
    kind, message, hint = found
    return kind(message, hint=hint)
