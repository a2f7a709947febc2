"""The SQLite library: which one is used, and what it lets us promise.

The one place that chooses: pysqlite3, which carries a recent SQLite, where it is installed, else
the library that Python was built with. The write-ahead log is used only with an SQLite that has the
fix of the WAL-reset race (sqlite.org/wal.html#walresetbug).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from habeas.errors import HabeasError

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        import pysqlite3 as sqlite3
    except ImportError:
        import sqlite3

# Python's library looks for an adapter of each value of any type but the commonest, and `bytes` is
# not among those: to find at once that they stay what they are halves the time of a row.
sqlite3.register_adapter(bytes, bytes)

VERSION: Final = sqlite3.sqlite_version_info
_OLDEST: Final = (3, 37, 0)  # STRICT tables


def check_version(version: tuple[int, ...] = VERSION) -> None:
    """Check that this SQLite knows what the tables need. Raises HabeasError."""
    if version < _OLDEST:
        message = f"SQLite {'.'.join(map(str, version))} is too old: 3.37 or newer is needed"
        raise HabeasError(message, hint="pip install pysqlite3, or use a newer Python")


def wal_is_safe(version: tuple[int, ...] = VERSION) -> bool:
    """Whether this SQLite has the fix of the WAL-reset race."""
    return (
        version >= (3, 51, 3)
        or (3, 50, 7) <= version < (3, 51, 0)
        or (3, 44, 6) <= version < (3, 45, 0)
    )


def write_into(
    connection: sqlite3.Connection, cell: tuple[str, str, int], offset: int, data: bytes
) -> None:
    """Write bytes over some of a blob's, of which the others are not written again.

    `cell` is a table, one of its columns that no index has, and a rowid; the blob does not grow.
    """
    # pysqlite3 names it as it did before Python's own library had it.
    opened = getattr(connection, "open_blob", None) or connection.blobopen
    blob = opened(*cell)
    try:
        blob.seek(offset)
        blob.write(data)
    finally:
        blob.close()


def promise() -> str:
    """Return, in a sentence, what the SQLite in use lets us promise."""
    version = sqlite3.sqlite_version
    if wal_is_safe():
        return (
            f"SQLite {version}, write-ahead log: what is acknowledged is on disk; "
            "readers and the writer do not wait for each other."
        )
    return (
        f"SQLite {version}, rollback journal (its write-ahead log is not safe): what is "
        "acknowledged is on disk; readers wait for a commit, and a commit for readers."
    )


__all__ = ["VERSION", "check_version", "promise", "sqlite3", "wal_is_safe", "write_into"]
