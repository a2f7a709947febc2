"""The fold of a log: things, and the acts upon them, in the order of `seq`.

It puts corrections in place and notes voids, merges and grades; it decides nothing about custody,
and it drops nothing. Things are threads: a registration, claim or withdrawal with everything
recorded about it since.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any, Self

from attrs import evolve, frozen

from habeas.events import (
    CLAIMS,
    CORRECTABLE,
    AccessDisclosed,
    AccessWithheld,
    ClaimWithdrawn,
    Event,
    EventCorrected,
    EventRedacted,
    EventVoided,
    PartyGraded,
    PersonsMerged,
    PersonsSeparated,
    RemarkClaimed,
    SnapshotTaken,
    subject_of,
)
from habeas.log.names import names_in
from habeas.log.records import Record, stated


@frozen(kw_only=True)
class Thread:
    """One thing recorded, and what became of it.

    `seq` and `id` are its first event's; `event` is what it says now; `newest` is the id of the
    latest event about it, which the next one must follow; `history` holds the `seq`s of them all.
    The class of `event` (one of CORRECTABLE) is what those who read it ask for.
    """

    seq: int
    id: str
    type: str
    event: Any
    voided: bool
    newest: str
    history: tuple[int, ...]


class Fold:
    """The things of a log after `position` events, by `seq`, by id and by name."""

    voided_too = False
    """Whether names are told also of registrations that are voided: see `State.with_voided`."""

    def __init__(self) -> None:
        self.position = 0
        self.recorded: int | None = None
        self.redacted = 0
        self.withheld = 0
        self.gone: set[int] = set()
        self.threads: dict[int, Thread] = {}
        self.seq_of: dict[str, int] = {}
        self.type_of: dict[str, str] = {}
        self.named: dict[str, int] = {}
        self.refs: dict[tuple[str, str], set[int]] = {}
        self.statements: dict[bytes, int] = {}
        self.said_of: dict[str, set[int]] = {}
        self.naming: dict[str, set[int]] = {}
        self.remarks_on: dict[str, set[int]] = {}
        self.withdrawals: dict[int, set[int]] = {}
        self.merge_acts: dict[str, PersonsMerged] = {}
        self.merged_into: dict[str, str] = {}
        self.newest_act: dict[str, str] = {}
        self.grades: dict[str, str] = {}
        self.snapshots: dict[str, SnapshotTaken] = {}
        self.snapshot_at: dict[str, int] = {}
        self.access: dict[str, AccessWithheld | AccessDisclosed] = {}

    @classmethod
    def of(cls, records: Iterable[Record]) -> Self:
        """Return the state after `records`, which come in the order of `seq`."""
        state = cls()
        state.take(records)
        return state

    def take(self, records: Iterable[Record]) -> None:
        """Take the next records."""
        for record in records:
            self.apply(record)

    def fork(self) -> Self:
        """Return a state that grows apart from this one."""
        other = copy(self)
        for name, value in vars(self).items():
            if isinstance(value, dict):
                setattr(other, name, value.copy())
        other.gone = set(self.gone)
        for name in ("refs", "said_of", "remarks_on", "naming", "withdrawals"):
            setattr(other, name, {key: set(seqs) for key, seqs in getattr(self, name).items()})
        return other

    def apply(self, record: Record) -> None:
        """Take the next record."""
        self.position = record.seq
        self.recorded = record.recorded
        self.seq_of[record.id] = record.seq
        self.type_of[record.id] = record.type
        event = record.event
        if event is None:
            self.gone.add(record.seq)
        elif isinstance(event, CORRECTABLE):
            self._begin(record, event)
        else:
            self._act(record, event)

    def _begin(self, record: Record, event: Event) -> None:
        thread = Thread(
            seq=record.seq,
            id=record.id,
            type=record.type,
            event=event,
            voided=False,
            newest=record.id,
            history=(record.seq,),
        )
        self.threads[record.seq] = thread
        self.statements.setdefault(stated(record) or b"", record.seq)
        subject = subject_of(event)
        if subject is not None:
            self.named.setdefault(subject, record.seq)
        self._index(thread)

    def _index(self, thread: Thread) -> None:
        """Note what a thread names now: the names it is found by, and those it keeps in use."""
        event = thread.event
        ref = getattr(event, "ref", None)
        if ref is not None and isinstance(event, (*CLAIMS, ClaimWithdrawn)):
            self.refs.setdefault((event.document, ref), set()).add(thread.seq)
        person = getattr(event, "person", None)
        if person is not None and isinstance(event, CLAIMS):
            self.said_of.setdefault(person, set()).add(thread.seq)
        if isinstance(event, ClaimWithdrawn) and event.claim in self.seq_of:
            self.withdrawals.setdefault(self.seq_of[event.claim], set()).add(thread.seq)
        for name in names_in(event):
            self.naming.setdefault(name, set()).add(thread.seq)
        for one in event.about if isinstance(event, RemarkClaimed) else ():
            self.remarks_on.setdefault(one, set()).add(thread.seq)

    def _unindex(self, thread: Thread) -> None:
        event = thread.event
        ref = getattr(event, "ref", None)
        if ref is not None:
            self.refs.get((event.document, ref), set()).discard(thread.seq)
        person = getattr(event, "person", None)
        if person is not None:
            self.said_of.get(person, set()).discard(thread.seq)
        for name in names_in(event):
            self.naming.get(name, set()).discard(thread.seq)
        for one in event.about if isinstance(event, RemarkClaimed) else ():
            self.remarks_on.get(one, set()).discard(thread.seq)

    def _act(self, record: Record, event: Event) -> None:
        match event:
            case EventCorrected(event=target, data=data):
                self._change(target, record, data)
            case EventVoided(event=target):
                self._change(target, record, None)
            case PersonsMerged(keep=keep, merged=merged):
                self.merge_acts[record.id] = event
                self.merged_into[merged] = keep
                self.newest_act[f"merge:{merged}"] = record.id
            case PersonsSeparated(merge=merge):
                self._separate(merge, record)
            case PartyGraded(party=party, reliability=grade):
                self.grades[party] = grade
                self.newest_act[f"grade:{party}"] = record.id
            case AccessWithheld(what=what) | AccessDisclosed(what=what):
                self.access[what] = event
                self.newest_act[f"access:{what}"] = record.id
            case SnapshotTaken(name=name):
                self.snapshots.setdefault(name, event)
                self.snapshot_at.setdefault(name, record.seq)
            case EventRedacted():
                pass

    def _change(self, target: str, record: Record, event: Event | None) -> None:
        """Put a correction of `target` in place, or a void (None); a redacted event has neither."""
        seq = self.seq_of.get(target)
        thread = None if seq is None else self.threads.get(seq)
        if thread is None:
            return
        if not thread.voided:
            self._unindex(thread)
        history = (*thread.history, record.seq)
        changed = evolve(
            thread,
            event=event or thread.event,
            voided=event is None,
            newest=record.id,
            history=history,
        )
        self.threads[thread.seq] = changed
        if event is not None:
            self._index(changed)

    def _separate(self, merge: str, record: Record) -> None:
        act = self.merge_acts.get(merge)
        if act is not None:
            self.merged_into.pop(act.merged, None)
            self.newest_act[f"merge:{act.merged}"] = record.id
