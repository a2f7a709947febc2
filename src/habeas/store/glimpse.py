"""A glimpse of a log: what its database says without one event of it being read.

For who needs no more than beliefs, and the few facts that say if they may be told: opening it costs
a fraction of what a `LogStore` does, which knows all that events can say. It cannot write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from habeas.log.peaks import root_of_peaks
from habeas.log.plain import Stored
from habeas.store import nodes
from habeas.store.beliefs import SqliteBeliefs
from habeas.store.connection import PATIENCE, connect
from habeas.store.failures import Explained
from habeas.store.library import sqlite3

if TYPE_CHECKING:
    from hashlib import _Hash

_EVENT: Final = """
SELECT event.seq, event.id, event.type, event.version, payload.body
FROM event JOIN payload ON payload.seq = event.seq """
_FIRST: Final = f"""{_EVENT} WHERE event.seq = 1
AND NOT EXISTS (SELECT 1 FROM mark WHERE mark = 'event:' || event.id)"""  # noqa: S608 - constants only
_AT: Final = f"{_EVENT} WHERE event.seq IN ({{places}}) ORDER BY event.seq"
_CARRYING: Final = f"""{_EVENT} WHERE event.seq IN (
  SELECT marked.seq FROM mark JOIN marked ON marked.mark = mark.no WHERE mark.mark IN ({{places}})
) ORDER BY event.seq"""  # noqa: S608 - constants only
_FIRST_CARRYING: Final = f"""{_EVENT} WHERE event.seq IN (
  SELECT (SELECT min(marked.seq) FROM marked WHERE marked.mark = mark.no) FROM mark
  WHERE mark.mark IN ({{places}})
) ORDER BY event.seq"""  # noqa: S608 - constants only
_IN_LIST: Final = 500


@contextmanager
def glimpsed(path: Path) -> Iterator[Glimpse]:
    """Open the database at a path for one consistent view, as long as the block lasts.

    Raises what `connection.connect` raises.
    """
    connection = connect(path, create=False, patience=PATIENCE)
    try:
        explained = Explained(path, PATIENCE)
        with explained:
            connection.execute("BEGIN")
        yield Glimpse(connection, explained)
    finally:
        connection.close()


class Glimpse:
    """What a connection sees of the log, while whoever gave it holds one view of the database."""

    def __init__(self, connection: sqlite3.Connection, explained: Explained) -> None:
        self._connection, self._explained = connection, explained
        self.beliefs = SqliteBeliefs(connection, explained)

    def _rows(self, sql: str, *values: object) -> list[Any]:
        with self._explained:
            return self._connection.execute(sql, values).fetchall()

    def head(self) -> tuple[int, str] | None:
        """Return how many events the log has, and its root; None where it has none."""
        ((position,),) = self._rows("SELECT coalesce(max(seq), 0) FROM event")
        if not position:
            return None
        with self._explained:
            peaks = nodes.peaks_at(self._connection, position)
        return position, root_of_peaks(peaks, _sha256()).hex()

    def first(self) -> Stored | None:
        """Return the first event, if it has its payload and no other event points at it."""
        rows = self._rows(_FIRST)
        return Stored(*rows[0]) if rows else None

    def has(self, type_: str) -> bool:
        """Say whether there is an event of a type; not to be asked of status claims."""
        rows = self._rows(
            "SELECT 1 FROM event WHERE type = ? AND type <> 'status.claimed' LIMIT 1", type_
        )
        return bool(rows)

    def at(self, seqs: Iterable[int]) -> list[Stored]:
        """Return the events at some `seq`s, in order; those without a payload are left out."""
        return [*self._among(_AT, sorted(seqs))]

    def carrying(self, marks: Iterable[str]) -> list[Stored]:
        """Return the events that carry one of some marks, in order."""
        found = {one.seq: one for one in self._among(_CARRYING, marks)}
        return [found[seq] for seq in sorted(found)]

    def first_carrying(self, marks: Iterable[str]) -> list[Stored]:
        """Return, of each mark, the first event that carries it."""
        return [*self._among(_FIRST_CARRYING, marks)]

    def _among(self, sql: str, sought: Iterable[str | int]) -> Iterator[Stored]:
        left = iter(sought)
        while chunk := tuple(islice(left, _IN_LIST)):
            places = ",".join("?" * len(chunk))
            yield from map(Stored._make, self._rows(sql.format(places=places), *chunk))

    def pointed_at(self, ids: Iterable[str]) -> bool:
        """Say whether any event points at one of these."""
        left = iter([f"event:{one}" for one in ids])
        while chunk := tuple(islice(left, _IN_LIST)):
            places = ",".join("?" * len(chunk))
            if self._rows(f"SELECT 1 FROM mark WHERE mark IN ({places}) LIMIT 1", *chunk):  # noqa: S608
                return True
        return False

    def lacks_payloads(self) -> bool:
        """Say whether events came without their payload."""
        return bool(self._rows("SELECT 1 FROM withheld LIMIT 1"))


def _sha256() -> Callable[[bytes], _Hash]:
    """Return the SHA-256 that Python has built in, as `random` takes its own.

    That of `hashlib` is quicker, and OpenSSL, which it loads, takes longer than all else here.
    """
    for module in ("_sha2", "_sha256"):
        with suppress(ImportError):
            found: Callable[[bytes], _Hash] = import_module(module).sha256
            return found
    from hashlib import sha256  # noqa: PLC0415 - not if it can be helped

    return sha256
