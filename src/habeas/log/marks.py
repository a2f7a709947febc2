"""Marks: the words by which an event is found without reading the whole log.

Pure functions of one record. A mark says that an event bears on something, and not how: who looks
for a person's claims reads what carries the person's mark, then what carries `event:<id>` of
those. A store keeps the marks in an index that it can make anew.

`kind:id` (case, person, party, document, group): what an event registers or names. `about:id`:
what a remark is about, whose kind it leaves open. `event:<id>`: what an act, a withdrawal or an
access event points at. `ref:<document>#<ref>`: what a claim or withdrawal calls itself.
`snapshot:<name>`. A correction carries the marks of its replacement too.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from habeas.events import (
    CLAIMS,
    CORRECTABLE,
    TYPE_OF,
    AccessDisclosed,
    AccessWithheld,
    ClaimWithdrawn,
    Event,
    EventCorrected,
    EventRedacted,
    EventVoided,
    GroupClaimed,
    PersonsSeparated,
    RemarkClaimed,
    SnapshotTaken,
    StatusClaimed,
    subject_of,
)
from habeas.log.records import Record, same_statement
from habeas.log.state import names_in

_BEFORE_DATA: Final = len(b'{"data":')
_AFTER_DATA: Final = b',"recorder":'
_NEWEST: Final = {TYPE_OF[cls]: f"{TYPE_OF[cls][0]}\n".encode() for cls in CORRECTABLE}


def marks_of(record: Record) -> tuple[str, ...]:
    """Return the marks of a record's event, each once; none where its payload is not there."""
    event = record.event
    return () if event is None else tuple(dict.fromkeys(_marks(event)))


def _marks(event: Event) -> Iterator[str]:
    if (subject := subject_of(event)) is not None:
        yield subject
    yield from names_in(event)
    match event:
        case StatusClaimed(group=str(group)) | GroupClaimed(group=group):
            yield f"group:{group}"
        case RemarkClaimed(about=about):
            yield from (f"about:{one}" for one in about)
        case EventCorrected(event=target, data=data):
            yield f"event:{target}"
            yield from _marks(data)
        case EventVoided(event=target) | EventRedacted(event=target):
            yield f"event:{target}"
        case ClaimWithdrawn(claim=target) | PersonsSeparated(merge=target):
            yield f"event:{target}"
        case AccessWithheld(what=what) | AccessDisclosed(what=what):
            yield what
        case SnapshotTaken(name=name):
            yield f"snapshot:{name}"
    if isinstance(event, (*CLAIMS, ClaimWithdrawn)) and event.ref is not None:
        yield f"ref:{event.document}#{event.ref}"


def statement_in(record: Record) -> bytes | None:
    """Return the digest by which the statement in a record is recognised when it comes again.

    It is `same_statement` of its event, taken from the stored bytes where they are of the newest
    version. None for editorial acts, and where the payload is not there.
    """
    if record.payload is None:
        return None
    heading = _NEWEST.get((record.type, record.version))
    if heading is None:
        event = record.event
        return same_statement(event) if isinstance(event, CORRECTABLE) else None
    end = record.payload.rindex(_AFTER_DATA)
    return sha256(heading + record.payload[_BEFORE_DATA:end]).digest()
