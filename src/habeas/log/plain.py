"""One person's log in plain values: events read straight as they stand.

What is known of most persons needs neither the classes of events nor a fold of all that may happen:
a `Plain` answers what projections of one person ask of a `State`, and `reading` makes one. Nothing
is checked: payloads were checked when they came in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from habeas.log.voices import voice_of
from habeas.vocabulary import DETAIL, STATUS, UNLISTED

VERSION: Final = 1
"""The version of events that is read here; of all others the classes know more."""

CLAIMS: Final = (STATUS, DETAIL, UNLISTED)
REMARK: Final = "remark.claimed"
PERSON: Final = "person.registered"
PARTY: Final = "party.registered"
CORRECTED: Final = "event.corrected"
VOIDED: Final = "event.voided"
WITHDRAWN: Final = "claim.withdrawn"
READ: Final = (
    *(*CLAIMS, REMARK, PERSON, PARTY, "document.registered", "case.opened"),
    *(CORRECTED, VOIDED, WITHDRAWN),
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

    def know(self, voices: Mapping[str, str], zones: Mapping[str, str | None]) -> None:
        """Take the voices of parties, and the zones of documents: where those are not read."""
        self._voices.update(voices)
        documents = self.things["document"]
        for name, zone in zones.items():
            if name not in documents:
                documents[name] = Said({"timezone": zone})

    def grade(self, party: str) -> None:
        """Return no grade: rules that ask for one are not asked here."""


def said_in(stored: Stored) -> Said:
    """Return what a stored event says."""
    return all_said_in((stored,))[0]


def all_said_in(stored: Iterable[Stored]) -> list[Said]:
    """Return what stored events say, read in one go."""
    payloads = b",".join([one.payload for one in stored])
    return [Said(one["data"]) for one in json.loads(b"[%b]" % payloads)]
