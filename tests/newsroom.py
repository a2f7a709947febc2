"""A desk that keeps a log of invented people, day by day: for tests of change logs and feeds.

Its clock stands where it was last set, and goes on by a second at each call. What a claim names and
nobody registered yet is registered: a person by the name of the id, a party as an outlet.
"""

from __future__ import annotations

import hashlib
import itertools
from typing import Any

from habeas import times
from habeas.case import Case, comparing, editing
from habeas.events import (
    DetailClaimed,
    DocumentRegistered,
    PartyRegistered,
    PersonRegistered,
    StatusClaimed,
    build,
)
from habeas.projections.question import rules_from
from habeas.store.memory import MemoryStore

ZONE = "America/Caracas"


class Desk:
    """A case in memory, and the day on which its desk works."""

    def __init__(self) -> None:
        calls = itertools.count()
        self._now = 0
        self.case = Case(
            MemoryStore(),
            clock=self._clock,
            entropy=lambda n: hashlib.shake_256(f"desk {next(calls)}".encode()).digest(n),
        )
        self.on("2001-01-05")
        self.case.open_case("invented", title="Invented", timezone=ZONE, recorder="tester")

    def _clock(self) -> int:
        self._now += 1_000_000
        return self._now

    def on(self, day: str) -> None:
        """Set the clock to noon of a day, in UTC."""
        self._now = times.parse_instant(f"{day}T12:00:00.000000Z")

    def _has(self, subject: str) -> bool:
        return self.case.state().registered(subject) is not None

    def add(self, cls: type[Any], **known: Any) -> str:
        given = {key: one for key, one in known.items() if one not in (None, ())}
        return self.case.append(build(cls, given))[0].id

    def party(self, party: str, name: str | None = None, kind: str = "media", **more: Any) -> None:
        self.add(PartyRegistered, party=party, name=name or party, kind=kind, **more)

    def person(self, person: str, name: str | None = None) -> None:
        self.add(PersonRegistered, person=person, name=name or person.title())

    def _meet(self, person: str) -> None:
        if not self._has(f"person:{person}"):
            self.person(person)

    def document(self, document: str, published: str, publisher: str = "gazette") -> str:
        if not self._has(f"party:{publisher}"):
            self.party(publisher, f"The {publisher.title()}")
        self.add(
            DocumentRegistered,
            document=document,
            publisher=publisher,
            published=published,
            title=f"Title of {document}",
        )
        return document

    def status(self, person: str, status: str, document: str, **more: Any) -> str:
        self._meet(person)
        given = {"stance": "asserted", "locator": "¶ 2"} | more
        return self.add(StatusClaimed, person=person, status=status, document=document, **given)

    def detail(self, person: str, key: str, value: str, document: str) -> str:
        self._meet(person)
        stance = {"stance": "asserted"}
        return self.add(
            DetailClaimed, person=person, key=key, value=value, document=document, **stance
        )

    def correct(self, target: str, reason: str = "misread.", **sets: str | None) -> str:
        return self.case.edit(editing.correct(target, sets, reason=reason, follows=None)).id

    def void(self, target: str) -> str:
        return self.case.edit(editing.void(target, reason="twice", follows=None)).id

    def withdraw(self, target: str, document: str) -> str:
        given = {"document": document, "locator": "¶ 9"}
        return self.case.edit(editing.withdraw(target, given)).id

    def merge(self, keep: str, merged: str) -> str:
        return self.case.edit(editing.merge(keep, merged, reason="one", follows=None)).id

    def separate(self, merged: str) -> str:
        return self.case.edit(editing.separate(merged, reason="two", follows=None)).id

    def grade(self, party: str, grade: str) -> str:
        return self.case.edit(editing.grade(party, grade, reason="three slips", follows=None)).id

    def position(self) -> str:
        """The log's position, as one types it."""
        return f"@{self.case.store.head().position}"

    def changes(self, before: str, after: str, *, evidence: bool = False, **rules: Any) -> dict:
        """The change log as data; `rules` are in place of the default ones, on both sides."""
        sides = []
        for text in (before, after):
            question = comparing.side_named(self.case, text)
            sides.append(question._replace(rules=rules_from(rules)))
        return comparing.compare(self.case, *sides, evidence=evidence).data
