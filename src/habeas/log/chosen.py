"""What is said of chosen persons, in slim form, without reading what bears on others alone.

`Gathered` reads every act of the log once, for who will ask of everybody. `Chosen` follows marks
from a few persons to the acts that bear on them, and says the same of them; what it costs follows
what is said of them, not how long the log is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from habeas import codec
from habeas.events import (
    TYPE_OF,
    ClaimWithdrawn,
    EventCorrected,
    EventVoided,
    PartyGraded,
    PersonsMerged,
    PersonsSeparated,
)
from habeas.log.sayings import OF_PERSONS, PERSON, Gathered, data_of
from habeas.log.state import State

if TYPE_CHECKING:
    from habeas.log.records import Record
    from habeas.log.sayings import Carried, Shelf

_MERGED: Final = TYPE_OF[PersonsMerged][0]
_CORRECTED: Final = TYPE_OF[EventCorrected][0]
_WITHDRAWN: Final = TYPE_OF[ClaimWithdrawn][0]
_GRADED: Final = TYPE_OF[PartyGraded][0]
_ACTS: Final = frozenset(
    TYPE_OF[cls][0] for cls in (EventCorrected, EventVoided, ClaimWithdrawn, PersonsSeparated)
)


class Chosen(Gathered):
    """What is said of some persons by the first `position` events; of nobody else it is asked.

    `grades`: whether the grades of parties matter.
    """

    def __init__(
        self, shelf: Shelf, position: int, persons: Iterable[str], *, grades: bool
    ) -> None:
        wanted = list(persons)
        acts = _Acts(shelf, position)
        self._naming = acts.follow_persons(wanted)
        acts.follow(record.id for record in shelf.read((1,)))
        super().__init__(shelf, position, acts.records(shelf.of_type(_GRADED) if grades else ()))
        self.take(wanted)

    def _about(self, persons: Iterable[str]) -> Iterator[Carried]:
        """Yield the events that name persons and that no act bears on."""
        threads = self._state.threads
        for one in persons:
            for carried in self._naming.get(one, ()):
                if carried[1] not in threads:
                    yield carried

    def _first(self, cls: type, names: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield registrations, as acts have left them, with the name of what they register."""
        found = list(self._registering(cls, names))
        acts = _Acts(self._shelf, self.position)
        acts.follow(one[2] for one in found)
        plain = [one for one in found if one[2] not in acts.targets]
        for one, data in zip(plain, data_of(plain), strict=True):
            yield _name_in(one), data
        if len(plain) < len(found):
            threads = State.of(acts.records()).threads
            for one in found:
                if one[2] in acts.targets and not threads[one[1]].voided:
                    yield _name_in(one), codec.plain(threads[one[1]].event)


class _Acts:
    """Acts of recorders, withdrawals, and what they bear on: found by following marks.

    `targets` are the ids of the events that an act was found to point at.
    """

    def __init__(self, shelf: Shelf, position: int) -> None:
        self.targets: set[str] = set()
        self._shelf, self._position = shelf, position
        self._seqs = {1}
        self._followed: set[str] = set()

    def _carrying(self, kind: str, names: Iterable[str]) -> Iterator[Carried]:
        for carried in self._shelf.carrying(f"{kind}:{name}" for name in names):
            if carried[1] <= self._position:
                yield carried

    def follow_persons(self, persons: Iterable[str]) -> dict[str, list[Carried]]:
        """Find the acts that bear on persons, and on all who were ever merged with one of them.

        Return what names each of them.
        """
        naming: dict[str, list[Carried]] = {}
        wanted = set(persons)
        while wanted:
            naming.update((one, []) for one in wanted)
            found = list(self._carrying("person", wanted))
            for one in found:
                naming[_name_in(one)].append(one)
            self.follow(one[2] for one in found if one[3] in OF_PERSONS or one[3] == PERSON)
            self.follow(map(self._corrects, (one for one in found if one[3] == _CORRECTED)))
            wanted = self._merged([one for one in found if one[3] == _MERGED]) - naming.keys()
        return naming

    def _merged(self, merges: list[Carried]) -> set[str]:
        """Take merges, and return who was merged."""
        self._seqs.update(one[1] for one in merges)
        self.follow(one[2] for one in merges)
        return {person for data in data_of(merges) for person in (data["keep"], data["merged"])}

    def _corrects(self, correction: Carried) -> str:
        """Take a correction, and return the id of what it corrects."""
        (data,) = data_of([correction])
        self._seqs.add(correction[1])
        target: str = data["event"]
        self.targets.add(target)
        return target

    def follow(self, ids: Iterable[str]) -> None:
        """Find the acts that point at events, and those that point at withdrawals of theirs."""
        while wanted := set(ids) - self._followed:
            self._followed |= wanted
            found = [one for one in self._carrying("event", wanted) if one[3] in _ACTS]
            self._seqs.update(one[1] for one in found)
            self.targets.update(map(_name_in, found))
            ids = {one[2] for one in found if one[3] == _WITHDRAWN}
            # A withdrawal may have been corrected to be one of these.
            ids |= {self._corrects(one) for one in found if one[3] == _CORRECTED}

    def records(self, others: Iterable[int] = ()) -> list[Record]:
        """Return the acts, what they bear on, the case and `others`, in order."""
        at = (self._shelf.with_prefix(target, limit=1) for target in self.targets)
        seqs = {*self._seqs, *others, *(seq for rows in at for _, seq in rows)}
        return list(self._shelf.read(seq for seq in seqs if seq <= self._position))


def _name_in(carried: Carried) -> str:
    """Return what the mark is of by which an event was found."""
    return carried[0].partition(":")[2]
