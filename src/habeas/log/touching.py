"""Whom events bear on: the persons whose answers they can have changed, found by marks.

It may name too many, and never too few. Merges are not followed: a person stands here under every
id by which the log names him.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from habeas.events import (
    CLAIMS,
    ClaimWithdrawn,
    DocumentRegistered,
    Event,
    EventCorrected,
    EventVoided,
    PartyGraded,
    PartyRegistered,
    PersonRegistered,
    PersonsMerged,
    PersonsSeparated,
)
from habeas.log.closure import Index
from habeas.log.records import Record

SWEEPING = "event.redacted"
"""The type of which an event may bear on anything, and should leave nothing behind."""


def touched(index: Index, records: Iterable[Record], *, grades: bool) -> set[str]:
    """Return the persons that events bear on; by `grades` too, if they matter.

    Of redactions it knows nothing; and access is read elsewhere.
    """
    search = _Search(index, grades=grades)
    for record in records:
        if record.event is not None:
            search.take(record.event)
    return search.persons


class _Search:
    """Goes from event to event, each thing once."""

    def __init__(self, index: Index, *, grades: bool) -> None:
        self.persons: set[str] = set()
        self._index, self._grades = index, grades
        self._seen: set[str] = set()

    def take(self, event: Event) -> None:
        """Take an event that was recorded: what it says, and what it points at."""
        match event:
            case ClaimWithdrawn(claim=target) | EventVoided(event=target):
                self._take_thread(target)
            case EventCorrected(event=target, data=data):
                self._take_thread(target)
                self._take_said(data)
            case PersonsMerged(keep=keep, merged=merged):
                self.persons |= {keep, merged}
            case PersonsSeparated(merge=target):
                self._take_thread(target)
            case PersonRegistered(person=person):
                self.persons.add(person)
            case PartyGraded(party=party) if self._grades:
                self._take_name(f"party:{party}")
            case _ if isinstance(event, CLAIMS):
                self._take_said(event)

    def _take_thread(self, event_id: str) -> None:
        """Take all that a thread ever said."""
        if event_id in self._seen:
            return
        self._seen.add(event_id)
        first = [seq for _, seq in self._index.with_prefix(event_id, limit=1)]
        for event in self._events([*first, *self._index.marked(f"event:{event_id}")]):
            self._take_said(event.data if isinstance(event, EventCorrected) else event)

    def _events(self, seqs: Iterable[int]) -> Iterator[Event]:
        for record in self._index.read(seqs):
            if record.event is not None:
                yield record.event

    def _take_said(self, event: Event) -> None:
        """Take what is said of a thing: claims of their person, registrations of all they touch."""
        match event:
            case PartyRegistered(party=party):
                self._take_name(f"party:{party}")
            case DocumentRegistered(document=document):
                self._take_name(f"document:{document}")
            case PersonsMerged() | PersonRegistered():
                self.take(event)
            case ClaimWithdrawn(claim=target):
                self._take_thread(target)
            case _:
                person = getattr(event, "person", None)
                if person is not None:
                    self.persons.add(person)

    def _take_name(self, name: str) -> None:
        """Take all that names a party or a document."""
        if name in self._seen:
            return
        self._seen.add(name)
        for event in self._events(self._index.marked(name)):
            if isinstance(event, EventCorrected):
                self.take(event)
            else:
                self._take_said(event)
