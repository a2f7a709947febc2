"""A state that reads of the log only what it is asked, for who judges a few events of a long one.

It answers what `admit` asks as `State` does, by looking up in an index: a thread with the acts upon
it when it is first asked for, the acts upon persons, parties and snapshots all at once. It does not
answer what is known of anybody: whoever resolves folds the events that bear on it (`closure`).

It may live on while the log grows by plain events (`checked.PLAIN`), but has to be given every act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from habeas import codec
from habeas.events import (
    CLAIMS,
    CORRECTABLE,
    TYPE_OF,
    AccessDisclosed,
    AccessWithheld,
    EventCorrected,
    EventVoided,
    PartyGraded,
    PersonsMerged,
    PersonsSeparated,
    SnapshotTaken,
    subject_of,
)
from habeas.log.closure import Index, upon
from habeas.log.folding import Thread
from habeas.log.names import names_of
from habeas.log.records import Record
from habeas.log.sayings import told
from habeas.log.state import State

if TYPE_CHECKING:
    from habeas.events import Claim

_ACTS: Final = (
    *("persons.merged", "persons.separated", "party.graded"),
    *("snapshot.taken", "access.withheld", "access.disclosed"),
)
"""Types of acts that are upon no thread; there are few."""

_UPON: Final = tuple(TYPE_OF[cls][0] for cls in (EventCorrected, EventVoided))
"""Types of acts that are upon threads."""

_ACT: Final = (
    PersonsMerged,
    PersonsSeparated,
    PartyGraded,
    SnapshotTaken,
    AccessWithheld,
    AccessDisclosed,
)


class Looked(State):
    """The state of a log of `position` events, the last of them recorded then (UTC µs).

    `known` are names that are registered for certain, each with the `seq` that registered it: who
    uses it may add to them, and has to take out those that are voided.
    """

    def __init__(self, index: Index, position: int, recorded: int | None) -> None:
        super().__init__()
        self.position, self.recorded = position, recorded
        self._log = index
        self._asked: set[int] = set()
        self._places: dict[str, int] = {}
        self.known: dict[str, int] = {}
        self._acts_are_here = False
        self._marks: set[str] = set()
        self._new: tuple[Record, ...] = ()

    def fork(self) -> Looked:
        """Return a state that grows apart from this one."""
        other = super().fork()
        other._asked, other._marks = set(self._asked), set(self._marks)  # noqa: SLF001
        return other

    def apply(self, record: Record) -> None:
        """Take the next record: what it is about is read before, so that nothing is taken twice.

        A claim waits until something is asked for that may depend on it.
        """
        event = record.event
        if isinstance(event, CLAIMS):
            self.position, self.recorded = record.seq, record.recorded
            self._asked.add(record.seq)
            self._new = (*self._new, record)
            return
        if isinstance(event, (EventCorrected, EventVoided)):
            self.at(self.place_of(event.event))
        elif isinstance(event, _ACT):
            self._look_at_acts()
        self._settle()
        self._asked.add(record.seq)
        super().apply(record)

    def let_go(self) -> None:
        """Forget the claims of which nothing was asked: by now they can be read in the log."""
        if self._new:
            self._asked.difference_update([record.seq for record in self._new])
            self._marks.clear()
            self._new = ()

    def _settle(self) -> None:
        """Take the claims that wait."""
        if self._new:
            new, self._new = self._new, ()
            self._fold(new)

    def has_read(self, seq: int) -> bool:
        """Say whether the thread that event `seq` began was asked for, so that acts bear on it."""
        return seq in self._asked

    def _fold(self, records: Iterable[Record]) -> None:
        """Take records that are in the log already."""
        here = self.position, self.recorded
        for record in records:
            super().apply(record)
        self.position, self.recorded = here

    def at(self, seq: int | None) -> Thread | None:
        """Return the thread that event `seq` began, if it did."""
        self._settle()
        if seq is not None and seq not in self._asked:
            self._asked.add(seq)
            for record in self._log.read((seq,)):
                if isinstance(record.event, CORRECTABLE):
                    self._fold((record, *upon(self._log, record.id)))
        return super().at(seq)

    def place_of(self, event_id: str) -> int | None:
        """Return the `seq` of the event with this id."""
        self._settle()
        if event_id not in self.seq_of:
            for id_, seq in self._log.with_prefix(event_id, limit=1):
                if id_ == event_id:
                    return seq
        return super().place_of(event_id)

    def with_prefix(self, prefix: str, *, limit: int = 10) -> tuple[tuple[str, int], ...]:
        """Return (id, seq) of the events whose id begins so, in order of id, at most `limit`."""
        here = super().with_prefix(prefix, limit=limit)
        return tuple(sorted({*self._log.with_prefix(prefix, limit=limit), *here})[:limit])

    def is_gone(self, seq: int) -> bool:
        """Say whether what event `seq` said is not there: it is redacted, or withheld."""
        return any(record.event is None for record in self._log.read((seq,)))

    def bearing(self, seq: int) -> Thread | None:
        """Return the thread that event `seq` began, corrected or voided, if it did any of that."""
        for record in self._log.read((seq,)):
            if isinstance(record.event, (EventCorrected, EventVoided)):
                return self.at(self.place_of(record.event.event))
        return self.at(seq)

    def stating(self, digest: bytes) -> Thread | None:
        """Return the first thread that began with this statement."""
        self._settle()
        seq = self._log.statement_of(digest)
        return super().stating(digest) if seq is None else self.at(seq)

    def registering(self, subject: str) -> int | None:
        """Return the `seq` of the first event that registered `kind:id`."""
        seq = self.known.get(subject) or self._places.get(subject) or self._registering(subject)
        if seq is None:
            return super().registering(subject)
        self._places[subject] = seq
        return seq

    def is_registered(self, subject: str) -> bool:
        """Say whether `kind:id` is registered, and not voided."""
        return subject in self.known or super().is_registered(subject)

    def _registering(self, subject: str) -> int | None:
        """Return the first event that registers it: as a rule, the first that carries the mark."""
        first = self._log.first_marked(subject)
        if first is None or self._registers(first, subject):
            return first
        marked = self._log.marked(subject)
        return next((seq for seq in marked if self._registers(seq, subject)), None)

    def _registers(self, seq: int, subject: str) -> bool:
        thread = self.at(seq)
        return thread is not None and subject_of(thread.event) == subject

    def calling_itself(self, document: str, ref: str) -> int | None:
        """Return the `seq` of the claim or withdrawal that is `document#ref`."""
        self._look_at_marked(f"ref:{document}#{ref}")
        return super().calling_itself(document, ref)

    def voided_as(self, document: str, ref: str) -> int | None:
        """Return the `seq` of the newest claim that is voided and called itself `document#ref`."""
        self._look_at_marked(f"ref:{document}#{ref}")
        return super().voided_as(document, ref)

    def refs_in(self, document: str) -> list[str]:
        """Return what the claims and withdrawals of a document call themselves, in order."""
        self._look_at_marked(f"document:{document}")
        return super().refs_in(document)

    def using(self, subject: str) -> set[int]:
        """Return the `seq`s of the threads that name `kind:id`."""
        self._look_at_marked(subject)
        return super().using(subject)

    def _look_at_marked(self, mark: str) -> None:
        """Read the threads of all events that carry a mark: their own, or what they correct."""
        self._settle()
        if mark in self._marks:
            return
        self._marks.add(mark)
        for record in self._log.read(self._log.marked(mark)):
            if isinstance(record.event, EventCorrected):
                self.at(self.place_of(record.event.event))
            else:
                self.at(record.seq)

    def _look_at_acts(self) -> None:
        if not self._acts_are_here:
            self._acts_are_here = True
            seqs = sorted(seq for type_ in _ACTS for seq in self._log.of_type(type_))
            self._fold(self._log.read(seqs))

    def newest_on(self, thing: str) -> str | None:
        """Return the id of the newest act on `merge:PERSON`, `grade:PARTY` or `access:WHAT`."""
        self._look_at_acts()
        return super().newest_on(thing)

    def merge(self, event_id: str) -> PersonsMerged | None:
        """Return the merge with this id, undone or not."""
        self._look_at_acts()
        return super().merge(event_id)

    def merges(self) -> dict[str, PersonsMerged]:
        """Return all merges by their ids, undone or not."""
        self._look_at_acts()
        return super().merges()

    def is_merged(self, person: str) -> bool:
        """Say whether a person is one with another now."""
        self._look_at_acts()
        return super().is_merged(person)

    def keeper(self, person: str) -> str:
        """Return the person under whose id the answers about `person` come."""
        self._look_at_acts()
        return super().keeper(person)

    def access_on(self, what: str) -> AccessWithheld | AccessDisclosed | None:
        """Return the newest act by which something (`kind:id`) is withheld, or disclosed."""
        self._look_at_acts()
        return super().access_on(what)

    def snapshots_taken(self) -> dict[str, SnapshotTaken]:
        """Return all snapshots by their names, in the order of the log."""
        self._look_at_acts()
        return super().snapshots_taken()

    def snapshot_place(self, name: str) -> int:
        """Return the `seq` of the snapshot that was taken under this name."""
        self._look_at_acts()
        return super().snapshot_place(name)

    def called(self, kind: str) -> dict[str, tuple[str, ...]]:
        """Return what is registered as `kind` (person, party, document), in order of id.

        With each the names by which it is known: see `State.called`.
        """
        found: dict[str, tuple[str, ...]] = {}
        registering = set()
        for seq, data in told(self._log, f"{kind}.registered"):
            found.setdefault(data[kind], names_of(data))
            registering.add(seq)
        acted = {
            self.place_of(data["event"]) for type_ in _UPON for _, data in told(self._log, type_)
        }
        for seq in registering & acted:
            self.at(seq)
        for subject in list(self.named):
            known, _, name = subject.partition(":")
            if known == kind:
                thread = self.registered(subject)
                found[name] = () if thread is None else names_of(codec.plain(thread.event))
        return {name: found[name] for name in sorted(found) if found[name]}

    def all_of(self, kind: str) -> Iterator[str]:
        """Yield the ids registered as `kind` (person, party, document), in order of id."""
        yield from self.called(kind)

    def claims(self) -> Iterator[tuple[Thread, Claim]]:
        """Refuse: nobody has read them all."""
        raise NotImplementedError
