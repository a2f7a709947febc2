"""Connections: how the database's file is opened, made and copied, and how one writes alone.

It knows the tables only by their application id. Transactions are begun by hand (`isolation_level`
is None): `BEGIN IMMEDIATE` to write, so that two who read and then write cannot lock each other
out. A connection belongs to the thread that opened it, must not be carried through a fork, and
while it is open its process must not open the same file with another copy of SQLite, such as the
standard library's: closing that one would drop this one's locks (sqlite.org/howtocorrupt.html).

Durability: `synchronous=FULL` in the write-ahead log where that is safe (`library`), elsewhere in
the rollback journal. What is deleted is overwritten (`secure_delete`), nothing is spilled to files
of its own (`temp_store`), and new files are readable by their owner only: SQLite gives its side
files the permissions of the database.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from habeas.errors import BadLog, HabeasError, Refused, UnknownName
from habeas.store import schema
from habeas.store.failures import Explained, cause_of
from habeas.store.library import check_version, sqlite3, wal_is_safe

PATIENCE: Final = 30.0
"""How many seconds a writer waits for another."""

_CACHE_KIB: Final = 65_536


def connect(path: Path, *, create: bool, patience: float) -> sqlite3.Connection:
    """Open the database at `path`, made ready; `create` makes it if it is not there.

    Where only reading is allowed, the connection can only read. Raises UnknownName if there is no
    database, BadLog for a file that is none of ours, HabeasError for one that cannot be used.
    """
    check_version()
    if create:
        _make_file(path)
    elif not path.exists():
        raise _no_database(path, "there is no database at")
    if not path.is_file():
        message = f"{path} is no file"
        raise HabeasError(message, hint="name the log's database: --db PATH, or HABEAS_DB")
    with Explained(path, patience):
        return _ready(path, create=create, patience=patience)


def _ready(path: Path, *, create: bool, patience: float) -> sqlite3.Connection:
    """Open the database, again and again while others keep it in a journal that we must not use."""
    deadline = monotonic() + patience
    while True:
        try:
            connection = _opened(path, "mode=rw", create=create, patience=patience)
        except sqlite3.OperationalError as error:
            if cause_of(error) not in ("unopenable", "read-only") or _has_wal(path):
                raise
            # A database in WAL mode where no side files can be made: nobody else writes it.
            connection = _opened(path, "mode=ro&immutable=1", create=False, patience=patience)
        if _set_journal(connection, path):
            return connection
        # Closed while we wait: several who wait with the file open would wait for each other.
        connection.close()
        if monotonic() > deadline:
            message = f"another process uses {path} in a way that is not safe with SQLite "
            hint = "let it end, or install pysqlite3"
            raise HabeasError(f"{message}{sqlite3.sqlite_version}", hint=hint)
        sleep(0.005 + os.getpid() % 16 / 400)


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
        hint=f'habeas init CASE --title "…" --timezone America/Caracas --db {path}; or, of a log '
        f"that there is: habeas import FILE --db {path}",
    )


def _opened(path: Path, query: str, *, create: bool, patience: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{query}", uri=True, timeout=patience, isolation_level=None
    )
    try:
        _configure(connection)
        _take_steps(connection, path, create=create)
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
    try:
        with writing(connection):
            if (taken := _steps_taken(connection, path)) < schema.VERSION:
                if taken:
                    _check_sound(connection, path, taken)
                schema.migrate(connection)
    except sqlite3.OperationalError as error:
        if taken and cause_of(error) == "read-only":
            message = f"{path} was written by an older habeas, and cannot be changed where it is"
            raise HabeasError(message, hint="copy it to a folder that can be written to") from error
        raise


def _check_sound(connection: sqlite3.Connection, path: Path, taken: int) -> None:
    from habeas.store import upgrading  # noqa: PLC0415 - once in the life of a database

    upgrading.check_sound(connection, path, taken)


def _set_journal(connection: sqlite3.Connection, path: Path) -> bool:
    """Choose the journal; return whether the one in use is safe with this SQLite.

    Where others hold on to a rollback journal, it stays: that is safe, and only slower. A file
    that cannot be written can be read with any journal.
    """
    safe = wal_is_safe()
    wanted, mode = "wal" if safe else "delete", _pragma(connection, "journal_mode")
    if mode != wanted:
        try:
            mode = _pragma(connection, f"journal_mode = {wanted}")
        except sqlite3.OperationalError as error:
            if cause_of(error) not in ("locked", "read-only"):
                raise
    return safe or mode != "wal" or not os.access(path, os.W_OK)


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
        _copy(connection, partial)
        partial.replace(path)
    except sqlite3.OperationalError as error:
        # SQLite's backup does not always say by a code what went wrong, and there is one reason.
        partial.unlink(missing_ok=True)
        message = f"{path} could not be written ({error}): there is no copy"
        raise HabeasError(message, hint="make room, or choose another place") from error
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _copy(connection: sqlite3.Connection, path: Path) -> None:
    copy = sqlite3.connect(path.absolute().as_uri(), uri=True, isolation_level=None)
    try:
        connection.backup(copy)
    finally:
        copy.close()
