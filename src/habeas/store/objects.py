"""The tables, indexes and triggers of a database, beside those that habeas makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from habeas.store import schema
from habeas.store.library import sqlite3

_OBJECTS: Final = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
_KEPT_BY_SQLITE: Final = ("_sqlite_migrations", "sqlite_stat")


def strange_objects(connection: sqlite3.Connection, steps: int = schema.VERSION) -> Iterator[str]:
    """Yield, as sentences, what is not as habeas makes it in so many steps."""
    wanted, found = _as_made(steps), dict(_objects(connection))
    for key in sorted(wanted.keys() | found.keys()):
        if any(word in key[1] for word in _KEPT_BY_SQLITE):
            continue
        named = f"the {key[0]} `{key[1]}`"
        if key not in found:
            yield f"{named} is gone"
        elif key not in wanted:
            yield f"{named} is none of ours"
        elif wanted[key] != found[key]:
            yield f"{named} is not as habeas makes it"


def _objects(connection: sqlite3.Connection) -> Iterator[tuple[tuple[str, str], str]]:
    for type_, name, sql in connection.execute(_OBJECTS):
        yield (type_, name), sql


def _as_made(steps: int) -> dict[tuple[str, str], str]:
    """Return what a new database of ours holds."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for statements in [*schema.STEPS.values()][:steps]:
            for statement in statements:
                connection.execute(statement)
        return dict(_objects(connection))
    finally:
        connection.close()
