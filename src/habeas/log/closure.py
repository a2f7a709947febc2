"""Which events an answer or a check can depend on, so that no others need be read.

It follows marks from event to event. It may name too many, and never too few: folding these alone
says the same about what was asked for as folding the whole log. All bounds on positions are
inclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from habeas.events import (
    CORRECTABLE,
    AccessDisclosed,
    AccessWithheld,
    Citation,
    ClaimWithdrawn,
    DocumentRegistered,
    Event,
    EventCorrected,
    EventRedacted,
    EventVoided,
    GroupClaimed,
    PartyRegistered,
    PersonsSeparated,
    SnapshotTaken,
    StatusClaimed,
    subject_of,
)
from habeas.log.names import names_in
from habeas.log.records import Record, same_statement

ACTS: Final = ("persons.merged", "persons.separated", "party.graded")
"""Types of which every event bears on every answer; there are few."""


class Index(Protocol):
    """What is asked of a store: events by mark, by type, by the beginning of an id, by place."""

    def marked(self, mark: str) -> tuple[int, ...]:
        """Return the `seq`s of the events that carry a mark, in order."""

    def first_marked(self, mark: str) -> int | None:
        """Return the first of them; None where there is none."""

    def of_type(self, type_: str) -> tuple[int, ...]:
        """Return the `seq`s of the events of a type, in order."""

    def with_prefix(self, prefix: str, *, limit: int = 10) -> tuple[tuple[str, int], ...]:
        """Return (id, seq) of the events whose id begins so."""

    def statement_of(self, digest: bytes) -> int | None:
        """Return the `seq` of the first event that states this."""

    def read(self, seqs: Iterable[int]) -> Iterator[Record]:
        """Yield the records at `seqs`, in order of `seq`."""


def about(index: Index, persons: Iterable[str], upto: int | None) -> list[Record]:
    """Return the events, up to a position, that bear on what is known of `persons`, in order.

    Persons ever merged with them are among them, and so are claims that once named one of them.
    """
    found = _Found(index)
    found.take(_base(index))
    found.take(_about(found, persons))
    return found.records(upto)


def of_many(index: Index, numbers: Iterable[int] | None = None) -> list[Record]:
    """Return the events that bear on reported numbers and on groups, in order.

    With all about the persons who are named as one of a group. Of `numbers`, by `seq`, where some
    are given.
    """
    found = _Found(index)
    found.take(_base(index))
    found.take(index.of_type("count.claimed") if numbers is None else numbers)
    found.take(index.of_type("group.claimed"))
    marks = {f"group:{one.group}" for one in found.said() if isinstance(one, GroupClaimed)}
    found.take(seq for mark in marks for seq in index.marked(mark))
    members = {one.person for one in found.said() if isinstance(one, StatusClaimed)}
    found.take(_about(found, members))
    return found.records(None)


def upon(index: Index, event_id: str) -> list[Record]:
    """Return the corrections and voids of an event, in order."""
    return [act for act in index.read(index.marked(f"event:{event_id}")) if is_upon(act, event_id)]


def is_upon(act: Record, event_id: str) -> bool:
    """Say whether what carries an event's mark corrects or voids that event.

    A correction carries the marks of its replacement too: that of a withdrawal is no act upon the
    claim which is withdrawn.
    """
    return isinstance(act.event, (EventCorrected, EventVoided)) and act.event.event == event_id


def ever_merged(index: Index, persons: Iterable[str]) -> set[str]:
    """Return persons, and all who were ever merged with one of them, in chains."""
    return _ever_merged(_Found(index), persons)


def behind(index: Index, seqs: Iterable[int]) -> list[Record]:
    """Return some events, with those that tell who said them, where, and of what, in order."""
    found = _Found(index)
    found.take((1,))
    for record in found.of(seqs):
        if isinstance(record.event, ClaimWithdrawn):
            found.take(_at(index, record.event.claim))
    return found.records(None)


def case(index: Index, upto: int | None = None) -> list[Record]:
    """Return the events, up to a position, that say what the case is."""
    found = _Found(index)
    found.take((1,))
    return found.records(upto)


def before(index: Index, event: Event) -> list[Record]:
    """Return the events by which to judge whether `event` may be appended, in order."""
    found = _Found(index)
    found.take(_base(index))
    found.take(_named_by(index, event))
    if isinstance(event, EventCorrected):
        found.take(_named_by(index, event.data))
    if isinstance(event, EventVoided):
        for name in _registered_there(found, event.event):
            found.take(index.marked(name))
    return found.records(None)


def _about(found: _Found, persons: Iterable[str]) -> Iterator[int]:
    for person in _ever_merged(found, persons):
        for kind in ("person", "about"):
            yield from found.index.marked(f"{kind}:{person}")


def _named_by(index: Index, event: Event) -> Iterator[int]:
    """Yield the events that register what an event names, or that carry its own names."""
    for name in (*names_in(event), subject_of(event)):
        if name is not None:
            yield from _first(index, name)
    match event:
        case EventCorrected(event=target) | EventVoided(event=target) | EventRedacted(event=target):
            yield from _at(index, target)
        case ClaimWithdrawn(claim=target) | PersonsSeparated(merge=target):
            yield from _at(index, target)
        case SnapshotTaken(name=name):
            yield from index.marked(f"snapshot:{name}")
        case AccessWithheld(what=what) | AccessDisclosed(what=what):
            yield from index.marked(what)
            if what.startswith("event:"):
                yield from _at(index, what.removeprefix("event:"))
    if isinstance(event, Citation) and event.ref is not None:
        yield from index.marked(f"ref:{event.document}#{event.ref}")
    if isinstance(event, CORRECTABLE):
        there = index.statement_of(same_statement(event))
        yield from () if there is None else (there,)


def _base(index: Index) -> Iterator[int]:
    """Yield the case, and the acts that may bear on anything."""
    yield from (1,)
    for type_ in ACTS:
        yield from index.of_type(type_)


def _first(index: Index, mark: str) -> Iterator[int]:
    seq = index.first_marked(mark)
    if seq is not None:
        yield seq


def _at(index: Index, event_id: str) -> Iterator[int]:
    yield from (seq for _, seq in index.with_prefix(event_id, limit=1))


def _registered_there(found: _Found, event_id: str) -> Iterator[str]:
    for record in found.of(_at(found.index, event_id)):
        subject = None if record.event is None else subject_of(record.event)
        if subject is not None:
            yield subject


def _ever_merged(found: _Found, persons: Iterable[str]) -> set[str]:
    """Return `persons` and all who were ever merged with one of them, in chains."""
    pairs = [
        (record.event.keep, record.event.merged)  # type: ignore[union-attr]
        for record in found.of(found.index.of_type("persons.merged"))
        if record.event is not None
    ]
    group = set(persons)
    while True:
        wider = group | {one for a, b in pairs if a in group or b in group for one in (a, b)}
        if wider == group:
            return group
        group = wider


class _Found:
    """Records found so far, closed under what each of them needs."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._records: dict[int, Record] = {}

    def records(self, upto: int | None) -> list[Record]:
        """Return what was found, up to a position, in order."""
        seqs = sorted(self._records)
        return [self._records[seq] for seq in seqs if upto is None or seq <= upto]

    def of(self, seqs: Iterable[int]) -> list[Record]:
        """Return records, reading those not yet found."""
        wanted = list(seqs)
        self.take(wanted)
        return [self._records[seq] for seq in wanted if seq in self._records]

    def said(self) -> list[Event]:
        """Return what was said so far, corrections as what they put in place."""
        events = [record.event for record in self._records.values() if record.event is not None]
        return [one.data if isinstance(one, EventCorrected) else one for one in events]

    def take(self, seqs: Iterable[int]) -> None:
        """Read events, and all that they need."""
        wanted = {seq for seq in seqs if seq not in self._records}
        while wanted:
            fresh = list(self.index.read(wanted))
            self._records |= {record.seq: record for record in fresh}
            needed = {seq for record in fresh for seq in self._needs(record)}
            wanted = needed - self._records.keys()

    def _needs(self, record: Record) -> Iterator[int]:
        """Yield what a record cannot be read without: what became of it, and what it names."""
        event = record.event
        if event is None:
            return
        if isinstance(event, CORRECTABLE):
            yield from self.index.marked(f"event:{record.id}")
        if isinstance(event, (EventCorrected, EventVoided)):
            yield from _at(self.index, event.event)
        said = event.data if isinstance(event, EventCorrected) else event
        if isinstance(said, (Citation, PartyRegistered, DocumentRegistered)):
            for name in names_in(said):
                yield from _first(self.index, name)
