"""Rows of the log as SQLite gives them, and the records that they are: the one place for both."""

from __future__ import annotations

from typing import Any, Final

from habeas.log.records import Record

COLUMNS: Final = (
    "event.seq, event.type, event.version, event.recorded, event.commitment,"
    " payload.salt, payload.body"
)
"""What a record is made of, in this order."""

TABLES: Final = "event LEFT JOIN payload ON payload.seq = event.seq"


def record_of(row: tuple[Any, ...]) -> Record:
    """Return the record in a row that begins with COLUMNS."""
    seq, type_, version, recorded, commitment, salt, payload = row[:7]
    return Record(
        seq=seq,
        type=type_,
        version=version,
        recorded=recorded,
        commitment=commitment,
        salt=salt,
        payload=payload,
    )
