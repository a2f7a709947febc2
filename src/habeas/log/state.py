"""What the log holds after some number of its events, for whoever asks.

Since acts of recorders act in recorded time, the state after N events is what the log said at
position N, for every as-of. `looking` answers the same of a log that was not read; what else a
state holds (`folding`) is whole only where all of the log was folded.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import TYPE_CHECKING, Any, Self, cast

from habeas import codec
from habeas.errors import UnknownName
from habeas.events import (
    CLAIMS,
    AccessDisclosed,
    AccessWithheld,
    CaseOpened,
    DocumentRegistered,
    PartyRegistered,
    PersonRegistered,
    PersonsMerged,
    SnapshotTaken,
)
from habeas.log.folding import Fold, Thread
from habeas.log.names import names_of
from habeas.log.voices import voice_of

if TYPE_CHECKING:
    from habeas.events import Claim


class State(Fold):
    """The things of a log after `position` events, to be asked for."""

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

    def is_gone(self, seq: int) -> bool:
        """Say whether what event `seq` said is not there: it is redacted, or withheld."""
        return seq in self.gone

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
        return None if thread is None or (thread.voided and not self.voided_too) else thread

    def with_voided(self) -> Self:
        """Return the same state, which also tells what voided registrations said.

        Who tells of a claim that was voided may have to name what was voided after it.
        """
        other = copy(self)
        other.voided_too = True
        return other

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
