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

from collections.abc import Iterable, Iterator
from typing import Final

from habeas.events import (
    CLAIMS,
    AccessDisclosed,
    AccessWithheld,
    Claim,
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
from habeas.log.names import names_in
from habeas.log.records import Record

REF: Final = "ref:"
"""How the mark begins by which a claim, or a withdrawal, is found by what it calls itself."""


def marks_of(record: Record) -> tuple[str, ...]:
    """Return the marks of a record's event, each once; none where its payload is not there."""
    event = record.event
    return () if event is None else tuple(dict.fromkeys(_marks(event)))


def _marks(event: Event) -> Iterable[str]:
    return _of_claim(event) if isinstance(event, CLAIMS) else _of_other(event)


def _of_claim(event: Claim) -> list[str]:
    """Return the marks of a claim, which most events are."""
    found = [*names_in(event)]
    if isinstance(event, (StatusClaimed, GroupClaimed)):
        if event.group is not None:
            found.append(f"group:{event.group}")
    elif isinstance(event, RemarkClaimed):
        found += [f"about:{one}" for one in event.about]
    if event.ref is not None:
        found.append(f"{REF}{event.document}#{event.ref}")
    return found


def _of_other(event: Event) -> Iterator[str]:
    """Yield the marks of a registration, a withdrawal or an act."""
    if (subject := subject_of(event)) is not None:
        yield subject
    yield from names_in(event)
    match event:
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
    if isinstance(event, ClaimWithdrawn) and event.ref is not None:
        yield f"{REF}{event.document}#{event.ref}"
