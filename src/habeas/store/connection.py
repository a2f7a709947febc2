"""Connections: the one place that chooses the SQLite library, opens files and explains failures.

It knows the tables only by their application id. Transactions are begun by hand (`isolation_level`
is None): `BEGIN IMMEDIATE` to write, so that two who read and then write cannot lock each other
out. A connection belongs to the thread that opened it, and must not be carried through a fork.

Durability: the write-ahead log only with an SQLite that has the fix of the WAL-reset race
(sqlite.org/wal.html#walresetbug: 3.51.3, 3.50.7, 3.44.6), else the rollback journal; always
`synchronous=FULL`. What is deleted is overwritten (`secure_delete`), nothing is spilled to files
of its own (`temp_store`), and new files are readable by their owner only: SQLite gives its side
files the permissions of the database.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from habeas.errors import BadLog, HabeasError, Refused, UnknownName
from habeas.store import schema

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        import pysqlite3 as sqlite3
    except ImportError:
        import sqlite3

PATIENCE: Final = 30.0
"""How many seconds a writer waits for another."""

_OLDEST: Final = (3, 37, 0)  # STRICT tables
_CACHE_KIB: Final = 65_536
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


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the fix of the WAL-reset race."""
    return (
        version >= (3, 51, 3)
        or (3, 50, 7) <= version < (3, 51, 0)
        or (3, 44, 6) <= version < (3, 45, 0)
    )


def promise() -> str:
    """Return, in a sentence, what the SQLite in use lets us promise."""
    version = sqlite3.sqlite_version
    if wal_is_safe(sqlite3.sqlite_version_info):
        return (
            f"SQLite {version}, write-ahead log: what is acknowledged is on disk; "
            "readers and the writer do not wait for each other."
        )
    return (
        f"SQLite {version}, rollback journal (its write-ahead log is not safe): what is "
        "acknowledged is on disk; readers wait for a commit, and a commit for readers."
    )


def connect(path: Path, *, create: bool, patience: float) -> sqlite3.Connection:
    """Open the database at `path`, made ready; `create` makes it if it is not there.

    Where only reading is allowed, the connection can only read. Raises UnknownName if there is no
    database, BadLog for a file that is none of ours, HabeasError for one that cannot be used.
    """
    if sqlite3.sqlite_version_info < _OLDEST:
        message = f"SQLite {sqlite3.sqlite_version} is too old: 3.37 or newer is needed"
        raise HabeasError(message, hint="pip install pysqlite3, or a newer Python")
    if create:
        _make_file(path)
    elif not path.exists():
        raise _no_database(path, "there is no database at")
    with explained(path, patience):
        try:
            return _opened(path, "mode=rw", create=create, patience=patience)
        except sqlite3.OperationalError as error:
            if _cause(error) not in ("unopenable", "read-only") or _has_wal(path):
                raise
            # A database in WAL mode on a medium where no side files can be made.
            return _opened(path, "mode=ro&immutable=1", create=False, patience=patience)


def _make_file(path: Path) -> None:
    """Make an empty file that its owner alone can read, unless there is a file."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        message = f"no database can be made at {path}: {error.strerror}"
        raise HabeasError(message, hint="choose another place: --db PATH") from error


def _has_wal(path: Path) -> bool:
    wal = path.with_name(f"{path.name}-wal")
    return wal.exists() and wal.stat().st_size > 0


def _no_database(path: Path, what: str) -> UnknownName:
    return UnknownName(
        f"{what} {path}",
        hint=f'habeas init CASE --title "…" --timezone America/Caracas --db {path}',
    )


def _opened(path: Path, query: str, *, create: bool, patience: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{query}", uri=True, timeout=patience, isolation_level=None
    )
    try:
        _configure(connection)
        _take_steps(connection, path, create=create)
        _set_journal(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _configure(connection: sqlite3.Connection) -> None:
    for pragma in (
        "foreign_keys = ON",
        "secure_delete = ON",
        "synchronous = FULL",
        "temp_store = MEMORY",
        "trusted_schema = OFF",
        f"cache_size = -{_CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")


def _pragma(connection: sqlite3.Connection, name: str) -> int | str:
    value: int | str = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value


def _steps_taken(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of our tables in the database; 0 for an empty one."""
    application, version = (
        _pragma(connection, "application_id"),
        _pragma(connection, "user_version"),
    )
    if application == schema.APPLICATION_ID:
        if int(version) > schema.VERSION:
            message = f"{path} was written by a newer habeas (its format is {version}, and this "
            raise HabeasError(f"{message}one knows {schema.VERSION})", hint="upgrade habeas")
        return int(version)
    used = connection.execute("SELECT EXISTS (SELECT 1 FROM sqlite_schema)").fetchone()[0]
    if application or used:
        message = f"{path} is a database of another program"
        raise BadLog(message, hint="name the log's database: --db PATH, or HABEAS_DB")
    return 0


def _take_steps(connection: sqlite3.Connection, path: Path, *, create: bool) -> None:
    taken = _steps_taken(connection, path)
    if taken == schema.VERSION:
        return
    if not (taken or create):
        raise _no_database(path, "no log has been begun in")
    with writing(connection):
        if _steps_taken(connection, path) < schema.VERSION:
            schema.migrate(connection)


def _set_journal(connection: sqlite3.Connection, path: Path) -> None:
    """Choose the journal. Where another process holds on to its choice, a safe one is kept."""
    safe = wal_is_safe(sqlite3.sqlite_version_info)
    wanted, there = "wal" if safe else "delete", _pragma(connection, "journal_mode")
    if there == wanted:
        return
    try:
        _pragma(connection, f"journal_mode = {wanted}")
    except sqlite3.OperationalError as error:
        if there == "wal" and _cause(error) == "locked":
            message = f"another process uses {path} in a way that is not safe with SQLite "
            hint = "wait for it to end, or install pysqlite3"
            raise HabeasError(f"{message}{sqlite3.sqlite_version}", hint=hint) from error
        if _cause(error) not in ("locked", "read-only"):
            raise


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the write lock: commit when the block ends, roll back if it raises."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # Some failures, such as a full disk, have rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def explained(path: Path, patience: float) -> Iterator[None]:
    """Turn SQLite's failures in the block into errors that a person can act on."""
    try:
        yield
    except sqlite3.Error as error:
        explanation = _explanation(error, path, patience)
        if explanation is None:
            raise
        raise explanation from error


def _cause(error: sqlite3.Error) -> str:
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
            "take a backup, or import an exported log into a new database",
        ),
        "unopenable": (
            HabeasError,
            f"{path} cannot be opened",
            "is it a file, and may you read it and its folder?",
        ),
        "foreign": (BadLog, f"{path} is not a database", ours),
        "refused": (Refused, f"{path} refused what was to be added: {error}", "habeas verify"),
    }
    found = kinds.get(_cause(error))
    if found is None:
        return None
    kind, message, hint = found
    return kind(message, hint=hint)


def backup(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the database as it stands to a new file, which appears only when it is whole.

    Raises Refused if there is a file at `path` already.
    """
    if path.exists():
        raise Refused(f"there is a file at {path} already", hint="choose another name")
    partial = path.with_name(f"{path.name}.partial")
    partial.unlink(missing_ok=True)
    _make_file(partial)
    try:
        copy = sqlite3.connect(partial, isolation_level=None)
        try:
            connection.backup(copy)
        finally:
            copy.close()
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
