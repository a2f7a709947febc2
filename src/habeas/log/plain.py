"""One person's log in plain values: events read straight as they stand.

Most persons were never merged, and nothing that tells of them was corrected but their own claims;
what is known of them then needs neither the classes of events nor a fold of all that may happen. A
`Plain` answers what projections of one person ask of a `State`; `about` makes one, or says that it
takes the whole way. It checks nothing: payloads were checked when they came in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from habeas.log.voices import voice_of
from habeas.vocabulary import DETAIL, STATUS

if TYPE_CHECKING:
    from typing import Protocol

    class Index(Protocol):
        """Who finds events by their marks (`log.marks`)."""

        def carrying(self, marks: Iterable[str]) -> list[Stored]:
            """Return the events that carry one of some marks, in order."""

        def first_carrying(self, marks: Iterable[str]) -> list[Stored]:
            """Return, of each mark, the first event that carries it."""

        def pointed_at(self, ids: Iterable[str]) -> bool:
            """Say whether any event points at one of these."""


VERSION: Final = 1
"""The version of events that is read here; of all others the classes know more."""

_CLAIMS: Final = (STATUS, DETAIL, "row.unlisted")
_REMARK: Final = "remark.claimed"
_PERSON: Final = "person.registered"
_PARTY: Final = "party.registered"
_CORRECTED: Final = "event.corrected"
_VOIDED: Final = "event.voided"
_WITHDRAWN: Final = "claim.withdrawn"
READ: Final = (
    *(*_CLAIMS, _REMARK, _PERSON, _PARTY, "document.registered", "case.opened"),
    *(_CORRECTED, _VOIDED, _WITHDRAWN),
)
"""The types of events that are read here."""

_NOTHING: Final[Any] = None
_NO_ENTRIES: Final[Any] = ()


class Stored(NamedTuple):
    """An event as it is stored."""

    seq: int
    id: str
    type: str
    version: int
    payload: bytes


class Said:
    """What an event says: a field is an attribute, and one that is absent is None, or empty."""

    about = aliases = of = via = _NO_ENTRIES
    authority = basis = group = language = locator = named = note = origin = part_of = _NOTHING
    place = population = ref = reported = retrieved = said = sha256 = timezone = url = when = (
        _NOTHING
    )

    def __init__(self, data: dict[str, Any]) -> None:
        self.__dict__ = data

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as it was said
            """Return what was said under a name."""


class Thread(NamedTuple):
    """See `state.Thread`: what an event says now, and whether it is voided."""

    seq: int
    id: str
    type: str
    event: Said
    voided: bool = False


class Plain:
    """What is said of one person, who is nobody else too. See `State` for what it answers."""

    def __init__(self, person: str, case: Said) -> None:
        self.case = case
        self.threads: dict[int, Thread] = {}
        self.said_of: dict[str, set[int]] = {}
        self.remarks_on: dict[str, set[int]] = {}
        self.withdrawals: dict[int, set[int]] = {}
        self.things: dict[str, dict[str, Said]] = {"party": {}, "document": {}}
        self._person = person
        self._voices: dict[str, str] = {}

    def merged_with(self, person: str) -> tuple[str, ...]:
        """Return the person alone."""
        return (person,)

    def keeper(self, person: str) -> str:
        """Return the person."""
        return person

    def person(self, name: str) -> Said:
        """Return the person's registration."""
        return self.things["person"][name]

    def party(self, name: str) -> Said:
        """Return a party's registration."""
        return self.things["party"][name]

    def document(self, name: str) -> Said:
        """Return a document's registration."""
        return self.things["document"][name]

    def voice(self, party: str) -> str:
        """Return the root of a party's `part_of` chain."""
        found = self._voices.get(party)
        if found is None:
            found = self._voices[party] = voice_of(party, lambda one: self.party(one).part_of)
        return found

    def grade(self, party: str) -> None:
        """Return no grade: rules that ask for one are not asked here."""


class _Involved(Exception):
    """The person's log is not as plain as it must be."""


def about(index: Index, person: str, case: Stored) -> Plain | None:
    """Return what is said of a person; None where it takes a `State` to know.

    `case` is the log's first event, on which no act bears. Nothing may be redacted or withheld.
    """
    try:
        return _Reading(index, person, case).whole()
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
        self._read_claims()
        self._read_acts()
        self._read_documents()
        self._read_parties()
        if self._index.pointed_at(self._ids):
            raise _Involved
        return self._plain

    def _take(self, found: Sequence[Stored]) -> Iterator[tuple[Stored, Said]]:
        """Yield events, each with what it says."""
        if any(one.version != VERSION for one in found):
            raise _Involved
        return zip(found, all_said_in(found), strict=True)

    def _read_claims(self) -> None:
        """Read all that names him, and remarks about him."""
        plain = self._plain
        self._named = self._index.carrying((f"person:{self._person}", f"about:{self._person}"))
        # Parties of his are left aside, and what is corrected is read below.
        own = [one for one in self._named if one.type not in {_PARTY, _CORRECTED}]
        for one, event in self._take(own):
            thread = plain.threads[one.seq] = Thread(one.seq, one.id, one.type, event)
            self._own[one.id] = thread
            if one.type in _CLAIMS:
                plain.said_of.setdefault(self._person, set()).add(one.seq)
            elif one.type == _REMARK:
                plain.remarks_on.setdefault(self._person, set()).add(one.seq)
            elif one.type != _PERSON:
                raise _Involved
        registered = [one for one in self._own.values() if one.type == _PERSON]
        if len(registered) != 1:
            raise _Involved
        self._registered = registered[0].seq

    def _read_acts(self) -> None:
        """Read what was done about his claims and his registration, in order."""
        corrected = set()
        for one, act in self._take(self._index.carrying(f"event:{own}" for own in self._own)):
            self._ids.append(one.id)
            if one.type == _WITHDRAWN:
                self._withdraw(one, act)
            elif one.type == _CORRECTED:
                corrected.add(one.seq)
                self._change(act.event, act)
            elif one.type == _VOIDED:
                self._change(act.event, None)
            else:
                raise _Involved
        if any(one.type == _CORRECTED and one.seq not in corrected for one in self._named):
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
        return self._person in (event.about if thread.type == _REMARK else (event.person,))

    def _withdraw(self, one: Stored, event: Said) -> None:
        """Note that a claim was taken back."""
        self._plain.threads[one.seq] = Thread(one.seq, one.id, one.type, event)
        self._plain.withdrawals.setdefault(self._own[event.claim].seq, set()).add(one.seq)

    def _read_documents(self) -> None:
        self._read_things("document", {one.event.document for one in self._plain.threads.values()})

    def _read_parties(self) -> None:
        plain = self._plain
        events = [one.event for one in plain.threads.values()]
        named = {name for event in events for name in (event.origin, event.authority) if name}
        named |= {one.publisher for one in plain.things["document"].values()}
        while named:
            self._read_things("party", named)
            known = plain.things["party"]
            named = {known[name].part_of for name in named if known[name].part_of} - known.keys()

    def _read_things(self, kind: str, names: set[str]) -> None:
        """Read registrations."""
        found = self._plain.things[kind]
        first = self._index.first_carrying(f"{kind}:{name}" for name in names)
        registered = [one for one in first if one.type == f"{kind}.registered"]
        self._ids += [one.id for one in registered]
        found |= {getattr(event, kind): event for _, event in self._take(registered)}
        if not names <= found.keys():
            raise _Involved


def said_in(stored: Stored) -> Said:
    """Return what a stored event says."""
    return all_said_in((stored,))[0]


def all_said_in(stored: Iterable[Stored]) -> list[Said]:
    """Return what stored events say, read in one go."""
    payloads = b",".join([one.payload for one in stored])
    return [Said(one["data"]) for one in json.loads(b"[%b]" % payloads)]
