"""One person's log read in plain values, where that says all: else nothing is given.

Most persons were never merged, and nothing that tells of them was corrected but their own claims.
`about` reads all that is said of one; `beside` what is not known already of one whose claims of
status are kept elsewhere. Nothing may be redacted or withheld.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from habeas.log.plain import (
    CLAIMS,
    CORRECTED,
    PARTY,
    PERSON,
    REMARK,
    VERSION,
    VOIDED,
    WITHDRAWN,
    Plain,
    Said,
    Stored,
    Thread,
    all_said_in,
    said_in,
)
from habeas.vocabulary import DETAIL

if TYPE_CHECKING:
    from typing import Protocol

    class Index(Protocol):
        """Who finds events by their marks (`log.marks`)."""

        def at(self, seqs: Iterable[int]) -> list[Stored]:
            """Return the events at some `seq`s, in order."""

        def carrying(self, marks: Iterable[str]) -> list[Stored]:
            """Return the events that carry one of some marks, in order."""

        def first_carrying(self, marks: Iterable[str]) -> list[Stored]:
            """Return, of each mark, the first event that carries it."""

        def pointed_at(self, ids: Iterable[str]) -> bool:
            """Say whether any event points at one of these."""


class _Involved(Exception):
    """The person's log is not as plain as it must be."""


def about(index: Index, person: str, case: Stored) -> Plain | None:
    """Return what is said of a person; None where it takes a `State` to know.

    `case` is the log's first event, on which no act bears.
    """
    try:
        return _Reading(index, person, case).whole()
    except _Involved:
        return None


def beside(
    index: Index,
    person: str,
    case: Stored,
    seqs: Iterable[int],
    parties: Collection[str],
    known: Collection[str],
) -> Plain | None:
    """Return what is said of a person beside what is known of him; None where it takes a `State`.

    That is his registration, the claims at `seqs`, which are about him and of no status, and
    remarks; with `parties` and those that these name, but for the ones `known`, and the documents
    in which it is not told who else than the publisher speaks. `case` is as in `about`.
    """
    try:
        return _Reading(index, person, case).beside(seqs, parties, known)
    except _Involved:
        return None


class _Reading:
    """Reads what is said of a person, and whatever that names."""

    def __init__(self, index: Index, person: str, case: Stored) -> None:
        self._index, self._person = index, person
        self._plain = Plain(person, said_in(case))
        self._ids: list[str] = []
        self._own: dict[str, Thread] = {}
        self._registered = 0
        self._named: list[Stored] = []

    def whole(self) -> Plain:
        """Read it all."""
        self._read_claims(self._index.carrying((f"person:{self._person}", f"about:{self._person}")))
        self._read_acts()
        self._read_things("document", {one.event.document for one in self._threads()})
        return self._completed(set())

    def beside(
        self, seqs: Iterable[int], parties: Collection[str], known: Collection[str]
    ) -> Plain:
        """Read what `beside` says."""
        registered = self._index.first_carrying((f"person:{self._person}",))
        remarks = self._index.carrying((f"about:{self._person}",))
        self._read_claims([*registered, *self._index.at(seqs), *remarks])
        self._read_acts()
        told = [one for one in self._threads() if one.type != DETAIL or not one.event.origin]
        self._read_things("document", {one.event.document for one in told})
        return self._completed({*parties}, known)

    def _threads(self) -> Iterable[Thread]:
        return self._plain.threads.values()

    def _completed(self, parties: set[str], known: Collection[str] = ()) -> Plain:
        """Read parties, but for those known, and see that no act bears on what was read."""
        self._read_parties(parties, known)
        if self._ids and self._index.pointed_at(self._ids):
            raise _Involved
        return self._plain

    def _take(self, found: Sequence[Stored]) -> Iterator[tuple[Stored, Said]]:
        """Yield events, each with what it says."""
        if any(one.version != VERSION for one in found):
            raise _Involved
        return zip(found, all_said_in(found), strict=True)

    def _read_claims(self, named: list[Stored]) -> None:
        """Read what names him, and remarks about him."""
        plain = self._plain
        self._named = named
        # Parties of his are left aside, and what is corrected is read below.
        own = [one for one in self._named if one.type not in {PARTY, CORRECTED}]
        for one, event in self._take(own):
            thread = plain.threads[one.seq] = Thread(one.seq, one.id, one.type, event)
            self._own[one.id] = thread
            if one.type in CLAIMS:
                plain.said_of.setdefault(self._person, set()).add(one.seq)
            elif one.type == REMARK:
                plain.remarks_on.setdefault(self._person, set()).add(one.seq)
            elif one.type != PERSON:
                raise _Involved
        registered = [one for one in self._own.values() if one.type == PERSON]
        if len(registered) != 1:
            raise _Involved
        self._registered = registered[0].seq

    def _read_acts(self) -> None:
        """Read what was done about his claims and his registration, in order."""
        corrected = set()
        for one, act in self._take(self._index.carrying(f"event:{own}" for own in self._own)):
            self._ids.append(one.id)
            if one.type == WITHDRAWN:
                self._withdraw(one, act)
            elif one.type == CORRECTED:
                corrected.add(one.seq)
                self._change(act.event, act)
            elif one.type == VOIDED:
                self._change(act.event, None)
            else:
                raise _Involved
        if any(one.type == CORRECTED and one.seq not in corrected for one in self._named):
            raise _Involved  # a claim about somebody else has become one about him
        thread = self._plain.threads.pop(self._registered)
        if thread.voided:
            raise _Involved
        self._plain.things["person"] = {self._person: thread.event}

    def _change(self, target: str, act: Said | None) -> None:
        """Put a correction in place, or a void (None)."""
        thread = self._own.get(target)
        if thread is None:  # what is corrected is a withdrawal
            raise _Involved
        if act is None:
            thread = thread._replace(voided=True)
        else:
            event = Said(act.data)
            if (act.type, act.version) != (thread.type, VERSION) or not self._is_his(thread, event):
                raise _Involved
            thread = thread._replace(event=event, voided=False)
        self._own[target] = self._plain.threads[thread.seq] = thread

    def _is_his(self, thread: Thread, event: Said) -> bool:
        """Say whether a thread is about him still."""
        return self._person in (event.about if thread.type == REMARK else (event.person,))

    def _withdraw(self, one: Stored, event: Said) -> None:
        """Note that a claim was taken back."""
        self._plain.threads[one.seq] = Thread(one.seq, one.id, one.type, event)
        self._plain.withdrawals.setdefault(self._own[event.claim].seq, set()).add(one.seq)

    def _read_parties(self, parties: set[str], known: Collection[str]) -> None:
        plain = self._plain
        events = [one.event for one in self._threads()]
        named = {name for event in events for name in (event.origin, event.authority) if name}
        named |= {one.publisher for one in plain.things["document"].values()}
        named = (named | parties) - {*known}
        while named:
            self._read_things("party", named)
            found = plain.things["party"]
            named = {found[name].part_of for name in named if found[name].part_of} - found.keys()

    def _read_things(self, kind: str, names: set[str]) -> None:
        """Read registrations."""
        found = self._plain.things[kind]
        first = self._index.first_carrying(f"{kind}:{name}" for name in names)
        registered = [one for one in first if one.type == f"{kind}.registered"]
        self._ids += [one.id for one in registered]
        found |= {getattr(event, kind): event for _, event in self._take(registered)}
        if not names <= found.keys():
            raise _Involved
