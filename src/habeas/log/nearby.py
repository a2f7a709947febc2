"""What is said of one person, read alone: for who computes him anew after a claim.

It reads what carries his mark, folds those claims that an act bears on, and keeps what parties and
documents are from one person to the next. Of persons who were ever merged it says so and gives
nothing: then all that bears on them has to be folded (`closure.about`). Of whom more is known than
that, it is told (`recall`), and reads nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from habeas.events import TYPE_OF, ClaimWithdrawn, EventCorrected, PersonsMerged
from habeas.log import counting
from habeas.log.looking import Looked
from habeas.log.sayings import (
    OF_PERSONS,
    PERSON,
    Carried,
    Dated,
    Party,
    Saying,
    Sayings,
    Shelf,
    data_of,
    saying_of,
)
from habeas.log.voices import voice_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from habeas.log.records import Record

_EVENT: Final = "event:"
_MERGED: Final = TYPE_OF[PersonsMerged][0]
_CORRECTED: Final = TYPE_OF[EventCorrected][0]
_WITHDRAWN: Final = TYPE_OF[ClaimWithdrawn][0]


class Voice(NamedTuple):
    """As what a party counts when it speaks of a person, and whose word its word is.

    `kind` is that which it counts as where nobody is said to hold the person.
    """

    kind: str
    voice: str


class Recalled(NamedTuple):
    """A person and the claims about him, by `seq`, with all who made those of status.

    `place` is his place in the store's beliefs; `dated` is as in `Sayings`. No act, withdrawal or
    merge bears on the claims, and he is registered.
    """

    person: str
    name: str
    place: int
    said: list[Saying]
    voices: dict[str, Voice]
    dated: dict[int, Dated]


class Nearby(Sayings):
    """What is said of the person that was taken last, in a log that is looked up.

    It lives as long as only plain events are recorded, and tells of no grades.
    """

    def __init__(self, shelf: Shelf, state: Looked) -> None:
        super().__init__(state)
        self._shelf, self._looked = shelf, state
        self._zone: ZoneInfo | None = None
        self._name: str | None = None
        self._said: list[Saying] = []
        self._recalled: Mapping[str, Voice] = {}
        self._person = ""

    @property
    def zone(self) -> ZoneInfo:
        """The case's zone, which no plain event changes."""
        if self._zone is None:
            self._zone = super().zone
        return self._zone

    def recall(self, known: Recalled, more: Iterable[Record] = ()) -> list[Saying]:
        """Take a person of whom all is known but some claims; return those, which are added."""
        self._person, self._name, self._said = known.person, known.name, known.said
        self._recalled, self.dated = known.voices, known.dated
        new = [self._saying(one) for one in more if one.type in OF_PERSONS]
        known.said.extend(new)
        return new

    def take(self, person: str) -> bool:
        """Read what is said of a person; return whether he was never merged with another."""
        carried = list(self._shelf.carrying((f"person:{person}",)))
        if any(one[3] == _MERGED for one in carried):
            return False
        self._name, self._said, self._recalled, self.dated = None, [], {}, {}
        acts = list(self._upon(carried))
        acted = {act[0].removeprefix(_EVENT) for act in acts}
        self._fold(person, carried, acts)
        plain = [one for one in carried if one[2] not in acted]
        for registration in data_of([one for one in plain if one[3] == PERSON]):
            self._name = self._name or registration["name"]
        said = [one for one in plain if one[3] in OF_PERSONS]
        tellings = data_of(said)
        self._take_sources({told["document"] for told in tellings})
        for one, told in zip(said, tellings, strict=True):
            self._said.append(saying_of(one, told, self.source(told["document"])))
        self._said.sort()
        self._take_parties({one.origin for one in self._said})
        return True

    def _upon(self, carried: Iterable[Carried]) -> Iterator[Carried]:
        """Yield the acts, withdrawals among them, that bear on events."""
        return self._shelf.carrying(f"{_EVENT}{one[2]}" for one in carried)

    def _fold(self, person: str, carried: list[Carried], acts: list[Carried]) -> None:
        """Take what was said of a person where an act bears on it: as it stands now."""
        acted = {act[0].removeprefix(_EVENT) for act in acts}
        seqs = {one[1] for one in carried if one[2] in acted}
        corrections = [one for one in carried if one[3] == _CORRECTED]
        targets = (data["event"] for data in data_of(corrections))
        seqs.update(seq for seq in map(self._looked.place_of, targets) if seq is not None)
        threads = [thread for thread in map(self._looked.at, sorted(seqs)) if thread is not None]
        for act in acts:
            if act[3] == _WITHDRAWN:
                self._looked.at(act[1])
        for thread in threads:
            event = thread.event
            if thread.type == PERSON and event.person == person:
                self._name = self._name or event.name
            elif thread.type in OF_PERSONS and event.person == person and not thread.voided:
                self._said.append(self._saying(thread))

    def _registered(self, kind: str, names: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield what was registered under some names, where no act bears on it.

        The others are folded when they are asked for.
        """
        marks = [f"{kind}:{name}" for name in names]
        found = [
            one
            for one in (self._shelf.carrying(marks, first=True) if marks else ())
            if one[3] == f"{kind}.registered"
        ]
        acted = {act[0].removeprefix(_EVENT) for act in self._upon(found)} if found else ()
        for data in data_of([one for one in found if one[2] not in acted]):
            yield data[kind], data

    def _take_sources(self, names: set[str]) -> None:
        """Read documents all at once, and those who published them."""
        for name, data in self._registered("document", names - self._sources.keys()):
            text = counting.public_by(data["published"], data.get("retrieved"))
            self._sources[name] = self._source(data["publisher"], data.get("timezone"), text)

    def _take_parties(self, names: set[str]) -> None:
        """Read parties all at once, and those they speak for."""
        while names := names - self._parties.keys():
            above = set()
            for name, data in self._registered("party", names):
                self._parties[name] = Party(data["kind"], data.get("part_of"), data.get("of", ()))
                above.add(data.get("part_of"))
            names = {one for one in above if one is not None}

    def party(self, name: str) -> Party:
        """Return a party: as what it counts, where that was recalled."""
        known = self._recalled.get(name)
        if known is None:
            return super().party(name)
        return Party(known.kind, None, (self._person,))

    def voice(self, party: str) -> str:
        """Return the root of a party's `part_of` chain."""
        known = self._recalled.get(party)
        if known is not None:
            return known.voice
        found = self._voices.get(party)
        if found is None:
            above = super().party
            found = self._voices[party] = voice_of(party, lambda one: above(one).part_of)
        return found

    def keeper(self, person: str) -> str:
        """Return the person: he is one with nobody."""
        return person

    def group(self, person: str) -> tuple[str, ...]:
        """Return the person: he is one with nobody."""
        return (person,)

    def registered(self, person: str) -> bool:
        """Say whether he is registered."""
        return self._looked.is_registered(f"person:{person}")

    def name(self, person: str) -> str:
        """Return his name; the id where none was ever registered."""
        return self._name or person

    def of(self, person: str) -> list[Saying]:  # noqa: ARG002 - it answers for one
        """Return the claims about him, by `seq`."""
        return self._said
