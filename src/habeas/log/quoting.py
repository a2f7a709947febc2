"""What claims say, and who says it where, as it is stored: for who quotes many claims of a log.

Most claims stand as they were recorded, and so does whatever they name: of these it needs neither
the classes of events nor a fold. Of the others, on which an act bears, it says that it cannot tell.
It answers what is asked of a `State` about documents and parties, and must not outlive a change of
the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from habeas.errors import UnknownName
from habeas.events import TYPE_OF, ClaimWithdrawn, EventCorrected, EventVoided
from habeas.log import closure
from habeas.log.plain import Said
from habeas.log.sayings import OF_PERSONS, data_of
from habeas.log.state import State
from habeas.log.voices import voice_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from habeas.events import CaseOpened
    from habeas.log.records import Record
    from habeas.log.sayings import Carried, Shelf

_REPLACING: Final = frozenset(TYPE_OF[cls][0] for cls in (EventCorrected, EventVoided))
_TAKING: Final = _REPLACING | {TYPE_OF[ClaimWithdrawn][0]}


class Quoted(NamedTuple):
    """A claim as it was recorded, and as it still stands."""

    record: Record
    event: Said


class Quoting:
    """Reads claims, chunk after chunk; what they name is read once."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._things: dict[str, dict[str, Said | None]] = {"document": {}, "party": {}}
        self._voices: dict[str, str] = {}

    @cached_property
    def case(self) -> CaseOpened:
        """The case."""
        return State.of(closure.case(self._shelf)).case

    def quoted(self, seqs: Iterable[int]) -> dict[int, Quoted]:
        """Return those of some events that are claims about persons, and stand as recorded.

        Also all that they name, but for what an authority is, stands as it was registered.
        """
        return self._quoted([one for one in self._shelf.read(seqs) if one.type in OF_PERSONS])

    def kept_up(self, type_: str) -> dict[int, Quoted]:
        """Return the claims of a type that stand as recorded, like `quoted`; none is taken back."""
        return self._quoted(list(self._shelf.read(self._shelf.of_type(type_))), _TAKING)

    def _quoted(
        self, claims: Sequence[Record], acts: frozenset[str] = _REPLACING
    ) -> dict[int, Quoted]:
        stored = [_carried(one, one.payload) for one in claims if one.payload is not None]
        events = dict(self._standing(stored, acts))
        self._read("document", {event.document for event in events.values()})
        documents = self._things["document"].values()
        self._read_parties({one.publisher for one in documents if one is not None})
        self._read_parties({one for event in events.values() for one in _parties(event)})
        return {
            one.seq: Quoted(one, events[one.id])
            for one in claims
            if one.id in events and self._is_known(events[one.id])
        }

    def _standing(
        self, stored: list[Carried], acts: frozenset[str] = _REPLACING
    ) -> Iterator[tuple[str, Said]]:
        """Yield what events say at which none of some types of acts points, by id."""
        found = self._shelf.carrying(f"event:{one[2]}" for one in stored)
        acted = {act[0].removeprefix("event:") for act in found if act[3] in acts}
        plain = [one for one in stored if one[2] not in acted]
        for one, data in zip(plain, data_of(plain), strict=True):
            yield one[2], Said(data)

    def _read(self, kind: str, names: set[str]) -> None:
        """Read registrations; None in place of those of which an act says more."""
        things = self._things[kind]
        fresh = names - things.keys()
        things.update(dict.fromkeys(fresh))
        first = self._shelf.carrying([f"{kind}:{name}" for name in fresh], first=True)
        registered = [one for one in first if one[3] == f"{kind}.registered"]
        things.update((getattr(said, kind), said) for _, said in self._standing(registered))

    def _read_parties(self, names: set[str]) -> None:
        """Read parties, and those that they speak for."""
        parties = self._things["party"]
        while fresh := names - parties.keys():
            self._read("party", fresh)
            read = (parties[name] for name in fresh)
            names = {one.part_of for one in read if one is not None and one.part_of is not None}

    def _is_known(self, event: Said) -> bool:
        """Say whether all that a claim names is known."""
        document = self._things["document"][event.document]
        if document is None:
            return False
        return all(map(self._is_party, (document.publisher, *_parties(event))))

    def _is_party(self, name: str) -> bool:
        """Say whether a party is known, and all that it speaks for."""
        parties, seen = self._things["party"], set()
        at: str | None = name
        while at is not None and at not in seen:
            seen.add(at)
            party = parties[at]
            if party is None:
                return False
            at = party.part_of
        return True

    def document(self, name: str) -> Said:
        """Return a document's registration. Raises UnknownName."""
        return _found(self._things["document"], name)

    def party(self, name: str) -> Said:
        """Return a party's registration. Raises UnknownName."""
        return _found(self._things["party"], name)

    def voice(self, party: str) -> str:
        """Return the root of a party's `part_of` chain. Raises UnknownName."""
        found = self._voices.get(party)
        if found is None:
            found = self._voices[party] = voice_of(party, lambda one: self.party(one).part_of)
        return found


def _found(things: Mapping[str, Said | None], name: str) -> Said:
    found = things.get(name)
    if found is None:
        raise UnknownName(f"'{name}' was not read", hint="habeas verify")
    return found


def _parties(event: Said) -> tuple[Any, ...]:
    """Return the parties that a claim came from and through."""
    return (*event.via, event.origin) if event.origin else tuple(event.via)


def _carried(record: Record, payload: bytes) -> Carried:
    return "", record.seq, record.id, record.type, record.version, payload
