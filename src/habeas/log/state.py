"""What the log holds after some number of its events: things, and the acts upon them.

A fold over records in the order of `seq`: it puts corrections in place and notes voids, merges and
grades; it decides nothing about custody, and it drops nothing. Things are threads: a registration,
claim or withdrawal with everything recorded about it since. Since acts of recorders act in recorded
time, the state after N events is what the log said at position N, for every as-of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from typing import TYPE_CHECKING, Any, Final, cast

from attrs import evolve, frozen

from habeas import codec
from habeas.errors import UnknownName
from habeas.events import (
    CLAIMS,
    CORRECTABLE,
    TAGS,
    AccessDisclosed,
    AccessWithheld,
    CaseOpened,
    ClaimWithdrawn,
    DocumentRegistered,
    Event,
    EventCorrected,
    EventRedacted,
    EventVoided,
    PartyGraded,
    PartyRegistered,
    PersonRegistered,
    PersonsMerged,
    PersonsSeparated,
    RemarkClaimed,
    SnapshotTaken,
    subject_of,
)
from habeas.log.records import Record, stated
from habeas.log.voices import voice_of

if TYPE_CHECKING:
    from habeas.events import Claim


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


class State:
    """The things of a log after `position` events, by `seq`, by id and by name."""

    def __init__(self) -> None:
        self.position = 0
        self.recorded: int | None = None
        self.redacted = 0
        self.withheld = 0
        self.lacking = 0
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
    def of(cls, records: Iterable[Record]) -> State:
        """Return the state after `records`, which come in the order of `seq`."""
        state = cls()
        state.take(records)
        return state

    def take(self, records: Iterable[Record]) -> None:
        """Take the next records."""
        for record in records:
            self.apply(record)

    def fork(self) -> State:
        """Return a state that grows apart from this one."""
        other = copy(self)
        for name, value in vars(self).items():
            if isinstance(value, dict):
                setattr(other, name, value.copy())
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
            self.lacking += 1
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

    # What is asked by who judges, makes or names events: `looking` answers the same of a log that
    # was not read. What else a state holds is whole only where all of the log was folded.

    def at(self, seq: int | None) -> Thread | None:
        """Return the thread that event `seq` began, if it did."""
        return self.threads.get(seq or 0)

    def place_of(self, event_id: str) -> int | None:
        """Return the `seq` of the event with this id."""
        return self.seq_of.get(event_id)

    def thread(self, event_id: str) -> Thread:
        """Return the thread that event began. Raises UnknownName."""
        thread = self.at(self.place_of(event_id))
        if thread is None:
            message = f"no claim, withdrawal or registration has the id '{event_id}'"
            raise UnknownName(message, hint="`habeas log` lists the events")
        return thread

    def with_prefix(self, prefix: str, *, limit: int = 10) -> tuple[tuple[str, int], ...]:
        """Return (id, seq) of the events whose id begins so, in order of id, at most `limit`."""
        found = sorted(one for one in self.seq_of.items() if one[0].startswith(prefix))
        return tuple(found[:limit])

    def bearing(self, seq: int) -> Thread | None:
        """Return the thread that event `seq` began, corrected or voided, if it did any of that."""
        thread = self.at(seq)
        if thread is not None:
            return thread
        return next((one for one in self.threads.values() if seq in one.history), None)

    def stating(self, digest: bytes) -> Thread | None:
        """Return the first thread that began with this statement (`records.same_statement`)."""
        return self.at(self.statements.get(digest))

    def registering(self, subject: str) -> int | None:
        """Return the `seq` of the first event that registered `kind:id`, whatever became of it."""
        return self.named.get(subject)

    def calling_itself(self, document: str, ref: str) -> int | None:
        """Return the `seq` of the claim or withdrawal that is `document#ref`."""
        return max(self.refs.get((document, ref), ()), default=None)

    def voided_as(self, document: str, ref: str) -> int | None:
        """Return the `seq` of the newest claim that is voided and called itself `document#ref`."""
        called = (
            thread.seq
            for thread in self.threads.values()
            if thread.voided
            and getattr(thread.event, "ref", None) == ref
            and getattr(thread.event, "document", None) == document
        )
        return max(called, default=None)

    def refs_in(self, document: str) -> list[str]:
        """Return what the claims and withdrawals of a document call themselves, in order."""
        return sorted(ref for (of, ref), held in self.refs.items() if held and of == document)

    def using(self, subject: str) -> set[int]:
        """Return the `seq`s of the threads that name `kind:id`."""
        return self.naming.get(subject, set())

    def newest_on(self, thing: str) -> str | None:
        """Return the id of the newest act on `merge:PERSON`, `grade:PARTY` or `access:WHAT`."""
        return self.newest_act.get(thing)

    def merge(self, event_id: str) -> PersonsMerged | None:
        """Return the merge with this id, undone or not."""
        return self.merge_acts.get(event_id)

    def merges(self) -> dict[str, PersonsMerged]:
        """Return all merges by their ids, undone or not."""
        return self.merge_acts

    def is_merged(self, person: str) -> bool:
        """Say whether a person is one with another now."""
        return person in self.merged_into or person in self.merged_into.values()

    def access_on(self, what: str) -> AccessWithheld | AccessDisclosed | None:
        """Return the newest act by which something (`kind:id`) is withheld, or disclosed."""
        return self.access.get(what)

    def snapshots_taken(self) -> dict[str, SnapshotTaken]:
        """Return all snapshots by their names, in the order of the log."""
        return self.snapshots

    def snapshot_place(self, name: str) -> int:
        """Return the `seq` of the snapshot that was taken under this name."""
        return self.snapshot_at[name]

    def has_snapshot(self, name: str) -> bool:
        """Say whether a snapshot was taken under this name."""
        return name in self.snapshots_taken()

    def is_registered(self, subject: str) -> bool:
        """Say whether `kind:id` is registered, and not voided."""
        return self.registered(subject) is not None

    def registered(self, subject: str) -> Thread | None:
        """Return the thread that registered `kind:id`, unless there is none or it is voided."""
        thread = self.at(self.registering(subject))
        return None if thread is None or thread.voided else thread

    def _event(self, subject: str) -> Any:  # noqa: ANN401
        thread = self.registered(subject)
        if thread is None:
            kind, _, name = subject.partition(":")
            message = f"no {kind} '{name}' is registered"
            raise UnknownName(message, hint=f"register it: habeas add {kind} {name} …")
        return thread.event

    @property
    def case(self) -> CaseOpened:
        """The case. Raises UnknownName in a log that opens none."""
        thread = self.at(1)
        if thread is None or not isinstance(thread.event, CaseOpened):
            hint = 'habeas init CASE --title "…" --timezone America/Caracas'
            raise UnknownName("this database holds no case yet", hint=hint)
        return thread.event

    def person(self, name: str) -> PersonRegistered:
        """Return a person's registration. Raises UnknownName."""
        return cast("PersonRegistered", self._event(f"person:{name}"))

    def party(self, name: str) -> PartyRegistered:
        """Return a party's registration. Raises UnknownName."""
        return cast("PartyRegistered", self._event(f"party:{name}"))

    def document(self, name: str) -> DocumentRegistered:
        """Return a document's registration. Raises UnknownName."""
        return cast("DocumentRegistered", self._event(f"document:{name}"))

    def called(self, kind: str) -> dict[str, tuple[str, ...]]:
        """Return what is registered as `kind` (person, party, document), in order of id.

        With each the names by which it is known: of a document its title, of a person also aliases.
        """
        return {
            one: names_of(codec.plain(self._event(f"{kind}:{one}"))) for one in self.all_of(kind)
        }

    def all_of(self, kind: str) -> Iterator[str]:
        """Yield the ids registered as `kind` (person, party, document), in order of id."""
        prefix = f"{kind}:"
        for subject in sorted(name for name in self.named if name.startswith(prefix)):
            if self.registered(subject) is not None:
                yield subject.removeprefix(prefix)

    def claims(self) -> Iterator[tuple[Thread, Claim]]:
        """Yield the threads of claims that are not voided, with what they say now, by `seq`."""
        for thread in self.threads.values():
            if not thread.voided and isinstance(thread.event, CLAIMS):
                yield thread, thread.event

    def keeper(self, person: str) -> str:
        """Return the person under whose id the answers about `person` come."""
        seen = {person}
        while (into := self.merged_into.get(person)) is not None and into not in seen:
            seen.add(into)
            person = into
        return person

    def merged_with(self, person: str) -> tuple[str, ...]:
        """Return the ids of all persons who are one with `person`, the keeper first."""
        keeper = self.keeper(person)
        others = sorted(one for one in self.merged_into if self.keeper(one) == keeper)
        return (keeper, *others)

    def voice(self, party: str) -> str:
        """Return the root of a party's `part_of` chain."""
        return voice_of(party, lambda one: self.party(one).part_of)

    def grade(self, party: str) -> str | None:
        """Return a party's grade: its own, else that of the nearest party it speaks for."""
        seen: set[str] = set()
        at: str | None = party
        while at is not None and at not in seen:
            if at in self.grades:
                return self.grades[at]
            seen.add(at)
            at = self.party(at).part_of
        return None


_NAMING_FIELDS: Final = (
    ("person", "person"),
    ("document", "document"),
    ("origin", "party"),
    ("authority", "party"),
    ("party", "party"),
    ("keep", "person"),
    ("merged", "person"),
    ("via", "party"),
)
"""Fields in which a claim, withdrawal or act names something, and the kind of what they name."""

NAMING: Final[dict[type[Any], tuple[tuple[str, str], ...]]] = {
    cls: tuple((field, kind) for field, kind in _NAMING_FIELDS if field in codec.FIELDS[cls])
    for cls in TAGS.values()
} | {
    CaseOpened: (),
    PersonRegistered: (),
    PartyRegistered: (("part_of", "party"), ("of", "person")),
    DocumentRegistered: (("publisher", "party"),),
}
"""For each class of event, the fields in which it names something else, and of which kind."""


def names_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names by which what a registration registers is known, from its plain values."""
    return (data.get("name") or data["title"], *data.get("aliases", ()))


def names_in(event: Event) -> tuple[str, ...]:
    """Return the typed ids (`person:x`, `party:y`, `document:z`) that an event names.

    What a registration itself registers is not among them.
    """
    found: dict[str, None] = {}
    for field, kind in NAMING[type(event)]:
        value = getattr(event, field)
        if isinstance(value, str):
            found[f"{kind}:{value}"] = None
        elif value:
            found.update(dict.fromkeys([f"{kind}:{one}" for one in value]))
    return tuple(found)
