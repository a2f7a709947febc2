"""The Merkle tree as SQLite holds it: beside each event the largest perfect subtree that it ends.

The peaks of the tree at any position are the nodes of a few events, as many as the position has
bits set: so no append grows the tree from the first, and every root is made of a few seeks.
Functions on a connection; what is read is what was stored.
"""

from __future__ import annotations

from collections.abc import Sequence

from habeas.errors import BadLog
from habeas.log.peaks import ends_of_peaks
from habeas.store.library import sqlite3


def peaks_at(connection: sqlite3.Connection, position: int) -> tuple[bytes, ...]:
    """Return the peaks of the tree after so many events. Raises BadLog where one is not there."""
    return nodes_at(connection, ends_of_peaks(position))


def nodes_at(connection: sqlite3.Connection, ends: Sequence[int]) -> tuple[bytes, ...]:
    """Return the nodes of some events, in that order. Raises BadLog where one is not there."""
    places = ",".join("?" * len(ends))
    sql = f"SELECT seq, node FROM event WHERE seq IN ({places})"  # noqa: S608 - question marks only
    found: dict[int, bytes] = dict(connection.execute(sql, ends).fetchall())
    for end in ends:
        if end not in found:
            message = f"the log holds no event {end}, but later ones"
            raise BadLog(message, hint="habeas verify")
    return tuple(found[end] for end in ends)
