"""The `eventsourcing` package: an aggregate for each person, in its own SQLite store.

Aggregates know versions, not times: an as-of is a replay of the person's events up to T, by a
projector of our own. A roster is a replay of everybody. It uses Python's own SQLite library.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from bench.asked import Asked
from bench.material import Claim, Material
from bench.peers import APPEND, LATEST, PERSON, REBUILD, ROSTER, Ask

_CHUNK: Final = 2_000


class Person(Aggregate):
    """A person: the claims about him, and the latest word of them all."""

    @event("Registered")
    def __init__(self, person: str, name: str) -> None:
        self.person = person
        self.name = name
        self.latest: tuple[int, int, int] = (0, 0, 0)
        self.status: str | None = None
        self.claims: list[tuple[int, str]] = []

    @staticmethod
    def create_id(person: str) -> UUID:
        """Return the id of a person's aggregate."""
        return uuid5(NAMESPACE_URL, person)

    @event("Claimed")
    def claim(  # noqa: PLR0913 - the fields of a claim
        self,
        *,
        seq: int,
        occurred: int,
        known: int,
        withdrawn: int,
        status: str,
        stance: str,
        origin: str,
        document: str,
        stated: str | None,
    ) -> None:
        """Take a claim; an asserted one about the latest day is his status."""
        del withdrawn, document, stated
        self.claims.append((seq, origin))
        if stance == "asserted" and (occurred, known, seq) > self.latest:
            self.latest = (occurred, known, seq)
            self.status = status


def until(at: int) -> Any:  # noqa: ANN401 - a projector, in the package's own types
    """Return a projector that takes only what is known, and not withdrawn, by T."""

    def project(person: Any, events: Iterable[Any]) -> Any:  # noqa: ANN401
        for one in events:
            if person is None:
                person = one.mutate(person)
            elif one.known <= at < one.withdrawn:
                one.apply(person)
        return person

    return project


class EventSourced:
    """An application of the package over the same claims."""

    name = "eventsourcing, an aggregate a person"
    told = LATEST

    def prepare(self, material: Material, folder: Path) -> None:
        """Save all claims, chunk by chunk, the aggregates being kept in memory."""
        self._path = folder / "eventsourcing.db"
        for file in folder.glob("eventsourcing.db*"):
            file.unlink()
        self._people = material.persons()
        self._application = Application[UUID](
            {
                "PERSISTENCE_MODULE": "eventsourcing.sqlite",
                "SQLITE_DBNAME": str(self._path),
            }
        )
        gc.disable()
        for _ in self.load(material):
            pass
        gc.enable()

    def load(self, material: Material) -> Iterator[int]:
        """Save persons and claims, and yield how many events each chunk had."""
        people = {no: Person(person=person, name=name) for no, person, name in self._people}
        claims = material.claims()
        self._application.save(*people.values())
        yield len(people)
        while chunk := list(islice(claims, _CHUNK)):
            touched = {one.person: people[one.person] for one in chunk}
            for one in chunk:
                _claimed(people[one.person], one)
            self._application.save(*touched.values())
            yield len(chunk)

    def questions(self, asked: Asked) -> dict[str, tuple[Ask, ...]]:
        """Return the questions; a roster is a replay, and so is what is rebuilt."""
        at = asked.as_of.at
        # One person after the other, as habeas does: his aggregate is read before it is added to.
        chosen = cycle(dict.fromkeys(asked.persons))
        return {
            ROSTER: (lambda: self._roster(at),),
            PERSON: (lambda: [self._person(person, at) for person in asked.persons],),
            APPEND: (lambda: self._append(next(chosen)),),
            REBUILD: (self._replay,),
        }

    def _person(self, person: str, at: int) -> str | None:
        get = self._application.repository.get
        found: Any = get(Person.create_id(person), projector_func=until(at))
        status: str | None = found.status
        return status

    def _roster(self, at: int) -> list[tuple[str, str, str]]:
        get, project = self._application.repository.get, until(at)
        found: Iterable[Any] = (
            get(Person.create_id(person), projector_func=project) for _, person, _ in self._people
        )
        return [(one.person, one.name, one.status) for one in found if one.status is not None]

    def _replay(self) -> int:
        get = self._application.repository.get
        return sum(
            get(Person.create_id(person)).status is not None for _, person, _ in self._people
        )

    def _append(self, person: str) -> None:
        found = self._application.repository.get(Person.create_id(person))
        _claimed(found, Claim(0, 0, 0, 1, 1, "detained", "outlet-1", "a-document", "denied", None))
        self._application.save(found)

    def size(self) -> int:
        """Return how many bytes the file takes."""
        return self._path.stat().st_size

    def close(self) -> None:
        """Close the application."""
        self._application.close()


def _claimed(person: Person, one: Claim) -> None:
    person.claim(
        seq=one.seq,
        occurred=one.occurred,
        known=one.known,
        withdrawn=one.withdrawn,
        status=one.status,
        stance=one.stance,
        origin=one.origin,
        document=one.document,
        stated=one.stated,
    )
