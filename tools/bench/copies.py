"""Databases copied beside those they are copies of, and removed with their side files."""

from __future__ import annotations

from pathlib import Path

from habeas.case import Case


def copied(database: Path, name: str) -> Path:
    """Return a copy of a database, beside it; one of this name that was there is gone."""
    copy = database.with_name(name)
    removed(copy)
    with Case.open(database) as case:
        case.whole.backup(copy)
    return copy


def removed(database: Path) -> int:
    """Remove a database with its side files, if it is there; return how many bytes they took."""
    size = 0
    for file in database.parent.glob(f"{database.name}*"):
        size += file.stat().st_size
        file.unlink()
    return size
