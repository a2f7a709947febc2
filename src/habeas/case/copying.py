"""Backups: a copy of the database while it is in use, verified before and after.

The copy is a database like the first: to restore is to open it. A database that does not verify is
not copied over what may be the last good copy: `backup` refuses.
"""

from __future__ import annotations

from pathlib import Path

from habeas.case import verifying
from habeas.case.progress import Progress, no_progress
from habeas.case.verifying import Report
from habeas.errors import BadLog, Refused
from habeas.store import open_store


def backup(path: Path, copy: Path, progress: Progress = no_progress) -> Report:
    """Copy a database to a new file, and return the report on the copy.

    Raises Refused if there is a file already or nowhere to put one, BadLog where the source or the
    copy does not verify; a copy that does not is removed.
    """
    if copy.exists():
        raise Refused(f"there is a file at {copy} already", hint="choose another name")
    if not copy.parent.is_dir():
        raise Refused(f"there is no folder {copy.parent}", hint=f"mkdir -p {copy.parent}")
    verifying.check(path, progress)
    store = open_store(path)
    try:
        store.backup(copy)
    finally:
        store.close()
    try:
        # The copy's read models are those of the source, which were replayed just now.
        return verifying.check(copy, progress, replaying=False)
    except BadLog:
        copy.unlink(missing_ok=True)
        raise
