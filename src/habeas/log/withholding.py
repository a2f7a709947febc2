"""Which events are kept from an audience: read at the head of the log, by the clock of who asks.

It follows names from event to event and hides too many rather than too few: what names something
withheld is withheld with it, and so is all that was recorded about it; a registration withheld
withholds its subject. Access events themselves are for the desk. It does not read free text: a name
in somebody else's note is not found. `now` is an instant in UTC µs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from habeas import edtf, times
from habeas.events import (
    AccessDisclosed,
    AccessWithheld,
    CaseOpened,
    Event,
    EventCorrected,
    EventVoided,
    PersonsMerged,
    SnapshotTaken,
    subject_of,
)
from habeas.log import closure
from habeas.log.closure import Index
from habeas.log.records import Record, replacement
from habeas.log.state import State
from habeas.vocabulary import ACCESS, DESK, PUBLIC, fold


def in_force(index: Index, audience: str, now: int) -> frozenset[str]:
    """Return what (`kind:id`) is withheld from an audience at an instant; nothing from the desk."""
    seqs = [seq for type_ in ACCESS for seq in index.of_type(type_)]
    if audience == DESK or not seqs:
        return frozenset()
    zone = times.zone(State.of(closure.case(index)).case.timezone)
    withheld: dict[str, bool] = {}
    for record in index.read(seqs):
        act = record.event
        if isinstance(act, (AccessWithheld, AccessDisclosed)):
            end = edtf.parse(act.until).end_instant(zone) if act.until else None
            over = end is not None and end <= now
            if isinstance(act, AccessWithheld):
                withheld[act.what] = not over
            elif act.audience in {audience, PUBLIC}:
                withheld[act.what] = withheld.get(act.what, False) and over
    return frozenset(what for what, still in withheld.items() if still)


def hidden(index: Index, audience: str, whats: Iterable[str]) -> frozenset[int]:
    """Return the `seq`s of the events to be kept from an audience that `whats` are withheld from.

    Access events are among them; the first event of a log never is.
    """
    walk = _Walk(index)
    for what in sorted(whats):
        kind, _, name = what.partition(":")
        if kind == "event":
            walk.events(seq for _, seq in index.with_prefix(name, limit=1))
        else:
            walk.subject(what)
    walk.events(seq for type_ in ACCESS for seq in index.of_type(type_))
    walk.snapshots(audience)
    return frozenset(walk.hidden)


class _Walk:
    """What is hidden so far, closed under what goes with it."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._subjects: set[str] = set()
        self.hidden: set[int] = set()

    def subject(self, what: str) -> None:
        """Hide all that names somebody or something, and whoever he is found to be."""
        waiting = [what]
        while waiting:
            one = waiting.pop()
            if one in self._subjects:
                continue
            self._subjects.add(one)
            kind, _, name = one.partition(":")
            waiting += self._same(name) if kind == "person" else []
            for mark in (one, f"about:{name}"):
                waiting += self._hide(self._index.marked(mark))

    def events(self, seqs: Iterable[int]) -> None:
        """Hide events, with all that goes with them."""
        for one in self._hide(seqs):
            self.subject(one)

    def _hide(self, seqs: Iterable[int]) -> list[str]:
        """Hide events and the acts on them; return the subjects that they register."""
        found: list[str] = []
        wanted = {seq for seq in seqs if seq > 1} - self.hidden
        while wanted:
            self.hidden |= wanted
            records = list(self._index.read(wanted))
            found += [one for record in records for one in _registered(record)]
            wanted = {seq for record in records for seq in self._goes_with(record) if seq > 1}
            wanted -= self.hidden
        return found

    def _goes_with(self, record: Record) -> Iterator[int]:
        """Yield the acts on an event and, of an act, the event it is about."""
        yield from self._index.marked(f"event:{record.id}")
        if isinstance(record.event, (EventCorrected, EventVoided)):
            yield from (seq for _, seq in self._index.with_prefix(record.event.event, limit=1))

    def _same(self, person: str) -> list[str]:
        """Return the persons with whom one is merged, in a merge that no separation has undone."""
        found = []
        for record in self._index.read(self._index.of_type("persons.merged")):
            act = record.event
            if isinstance(act, PersonsMerged) and person in {act.keep, act.merged}:
                acts = self._index.read(self._index.marked(f"event:{record.id}"))
                if all(one.type != "persons.separated" for one in acts):
                    found += [f"person:{act.keep}", f"person:{act.merged}"]
        return found

    def snapshots(self, audience: str) -> None:
        """Hide the snapshots that were taken for others, or that choose rows by what is hidden."""
        names = {fold(what.partition(":")[2]) for what in self._subjects} | self._names()
        for record in self._index.read(self._index.of_type("snapshot.taken")):
            act = record.event
            if isinstance(act, SnapshotTaken) and (
                act.audience != audience or not names.isdisjoint(_chosen_by(act))
            ):
                self.events([record.seq])

    def _names(self) -> set[str]:
        """Return the names and titles of what is hidden."""
        found = set()
        for record in self._index.read(self.hidden):
            said = None if record.event is None else replacement(record.event)
            for word in (getattr(said, "name", None), getattr(said, "title", None)):
                found |= {fold(word)} if word else set()
        return found


def _registered(record: Record) -> Iterator[str]:
    said: Event | None = None if record.event is None else replacement(record.event)
    if said is not None and not isinstance(said, CaseOpened):
        subject = subject_of(said)
        if subject is not None:
            yield subject


def _chosen_by(snapshot: SnapshotTaken) -> Iterator[str]:
    """Yield the words by which a snapshot chooses rows, as `fold` leaves them."""
    for values in json.loads(snapshot.projection).get("where", {}).values():
        yield from (fold(str(value)) for value in values)
