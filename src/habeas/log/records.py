"""Records: events with their place in the log, as stored.

A record keeps the bytes that were hashed; its event is read from them when it is asked for. It does
not know what other records say. Order is `seq`, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from typing import Final, NamedTuple

from attrs import frozen

from habeas import codec
from habeas.errors import BadLog, Refused
from habeas.events import CORRECTABLE, TYPE_OF, Event, EventCorrected
from habeas.log.hashes import SALT_BYTES, commitment_of, id_of, leaf_of
from habeas.times import MICROS_PER_DAY, instant_text

_BEFORE_DATA: Final = len(b'{"data":')
_AFTER_DATA: Final = b',"recorder":'
HEADINGS: Final = {TYPE_OF[cls]: f"{TYPE_OF[cls][0]}\n".encode() for cls in CORRECTABLE}
"""What stands before the canonical data in the digest of a statement, by its newest tag."""


Clock = Callable[[], int]
"""Returns the present instant, in microseconds since 1970-01-01T00:00Z."""

Entropy = Callable[[int], bytes]
"""Returns that many random bytes."""


@frozen(kw_only=True)
class Record:
    """One event at its place; `recorded` in UTC microseconds.

    Of a withheld or redacted event the payload and the salt are None.
    """

    seq: int
    type: str
    version: int
    recorded: int
    commitment: bytes
    salt: bytes | None
    payload: bytes | None

    @cached_property
    def id(self) -> str:
        """The event's id, which follows from its commitment."""
        return id_of(self.commitment)

    @property
    def leaf(self) -> bytes:
        """The canonical JSON by which the event stands in the Merkle tree."""
        return leaf_of(
            commitment=self.commitment,
            recorded=self.recorded,
            seq=self.seq,
            type_=self.type,
            version=self.version,
        )

    @cached_property
    def _read(self) -> tuple[Event, str] | None:
        if self.payload is None:
            return None
        return codec.read_payload(self.type, self.version, self.payload)

    @cached_property
    def statement(self) -> bytes | None:
        """The digest of what it states: see `stated`."""
        if self.payload is None:
            return None
        digest = _digest_of((self.type, self.version), self.payload)
        if digest is None and isinstance(self.event, CORRECTABLE):
            return same_statement(self.event)
        return digest

    @property
    def event(self) -> Event | None:
        """The event, in its newest version; None where the payload is withheld or redacted."""
        return None if self._read is None else self._read[0]

    @property
    def recorder(self) -> str | None:
        """Who recorded it, as they named themselves; None where the payload is not there."""
        return None if self._read is None else self._read[1]


class Draft(NamedTuple):
    """An event that has no place in a log yet, with its bytes.

    `digest` is that of its statement (see `same_statement`); None for an editorial act.
    """

    event: Event
    recorder: str
    payload: bytes
    digest: bytes | None

    def seal(self, *, seq: int, recorded: int, entropy: Entropy) -> Record:
        """Make its record: its bytes, a fresh salt, and the commitment to both."""
        record = _sealed(type(self.event), self.payload, seq, recorded, entropy)
        object.__setattr__(record, "statement", self.digest)
        return read_already(record, self.event, self.recorder)


def draft(event: Event, recorder: str) -> Draft:
    """Return an event with its bytes. Raises BadValue outside the canonical domain."""
    payload = codec.encode(event, recorder)
    return Draft(event, recorder, payload, _digest_of(TYPE_OF[type(event)], payload))


def seal(event: Event, *, recorder: str, seq: int, recorded: int, entropy: Entropy) -> Record:
    """Make the record of a new event: its bytes, a fresh salt, and the commitment to both."""
    return _sealed(type(event), codec.encode(event, recorder), seq, recorded, entropy)


def _sealed(cls: type[Event], payload: bytes, seq: int, recorded: int, entropy: Entropy) -> Record:
    type_, version = TYPE_OF[cls]
    salt = entropy(SALT_BYTES)
    return Record(
        seq=seq,
        type=type_,
        version=version,
        recorded=recorded,
        commitment=commitment_of(salt, payload),
        salt=salt,
        payload=payload,
    )


def next_recorded(now: int, last: int | None) -> int:
    """Return when an event is recorded: now, or just after the last one.

    Raises Refused when the clock is more than a day behind the last event.
    """
    if last is None:
        return now
    if now < last - MICROS_PER_DAY:
        message = f"the clock says {instant_text(now)}, but the log's last event is of "
        raise Refused(
            f"{message}{instant_text(last)}, more than a day later",
            hint="set this machine's clock right, then try again; nothing was recorded",
        )
    return max(now, last + 1)


def check_payload(record: Record) -> None:
    """Check that a record's payload is what its commitment says. Raises BadLog."""
    if record.payload is None or record.salt is None:
        return
    if commitment_of(record.salt, record.payload) != record.commitment:
        message = f"event {record.seq} is not what was recorded: its payload does not fit its hash"
        raise BadLog(message, hint="take the event from a backup, or from another copy of the log")


def read_already(record: Record, event: Event, recorder: str) -> Record:
    """Return a record whose event was read with its line, so that it is not read again."""
    object.__setattr__(record, "_read", (event, recorder))
    return record


def stated(record: Record) -> bytes | None:
    """Return the digest of the statement in a record, from the stored bytes where they will do.

    It is `same_statement` of its event; None for editorial acts, and without a payload.
    """
    return record.statement


def _digest_of(tag: tuple[str, int], payload: bytes) -> bytes | None:
    """Return the digest of the statement in a payload; None unless it is of the newest form."""
    heading = HEADINGS.get(tag)
    if heading is None:
        return None
    return sha256(heading + payload[_BEFORE_DATA : payload.rindex(_AFTER_DATA)]).digest()


def same_statement(event: Event) -> bytes:
    """Return the digest by which the same statement is recognised when it comes again."""
    return sha256(
        f"{TYPE_OF[type(event)][0]}\n".encode() + codec.canonical(codec.plain(event))
    ).digest()


def replacement(event: Event) -> Event:
    """Return what a correction puts in place, and any other event itself."""
    return event.data if isinstance(event, EventCorrected) else event
