"""A log of invented people, built claim by claim: what the tests of projections ask.

It goes through `habeas.log` (checks, seals, applies), so it holds what a real log may hold. Names
that are not registered yet are: persons as spelt, publishers as outlets of their own. The clock is
fixed far ahead, so that any document may be dated before it; salts follow from the position.
"""

from __future__ import annotations

import hashlib
from typing import Any

from attrs import evolve

from habeas import times
from habeas.events import (
    CaseOpened,
    ClaimWithdrawn,
    CountClaimed,
    DetailClaimed,
    DocumentRegistered,
    EventCorrected,
    EventVoided,
    GroupClaimed,
    PartyGraded,
    PartyRegistered,
    PersonRegistered,
    PersonsMerged,
    PersonsSeparated,
    StatusClaimed,
    build,
)
from habeas.log import Record, State, admit, seal
from habeas.projections.question import Question, ask, rules_from

NOW = times.parse_instant("2031-02-03T04:05:06.000007Z")
SECOND = 1_000_000


class Log:
    """A log, and the state after its last event. Methods that add an event return its id."""

    def __init__(self, zone: str = "UTC") -> None:
        self.state = State()
        self.records: list[Record] = []
        self.add(CaseOpened, case="invented", title="An invented case", timezone=zone)

    def add(self, cls: type[Any], **known: Any) -> str:
        """Append an event of `cls`, of the fields given; None and () are left out."""
        event = build(
            cls, {name: value for name, value in known.items() if value not in (None, ())}
        )
        return self.append(event)

    def append(self, event: Any) -> str:
        """Append an event as it stands."""
        seq = self.state.position + 1
        now = NOW + seq * SECOND
        admit.check(self.state, event, now=now)
        salt = hashlib.shake_256(f"habeas {seq}".encode()).digest
        record = seal(event, recorder="tester", seq=seq, recorded=now, entropy=salt)
        self.records.append(record)
        self.state.apply(record)
        return record.id

    def party(self, party: str, kind: str = "media", **more: Any) -> str:
        return self.add(
            PartyRegistered, party=party, name=more.pop("name", party), kind=kind, **more
        )

    def person(self, person: str, name: str | None = None, *aliases: str) -> str:
        return self.add(PersonRegistered, person=person, name=name or person, aliases=aliases)

    def document(self, document: str, published: str, publisher: str | None = None, **more) -> str:
        publisher = publisher or f"{document}-press"
        self._known("party", publisher)
        title = more.pop("title", document)
        return self.add(
            DocumentRegistered,
            document=document,
            publisher=publisher,
            published=published,
            title=title,
            **more,
        )

    def status(self, person: str, status: str, document: str, **more: Any) -> str:
        return self.claim(StatusClaimed, document, person=person, status=status, **more)

    def detail(self, person: str, key: str, value: str, document: str, **more: Any) -> str:
        return self.claim(DetailClaimed, document, person=person, key=key, value=value, **more)

    def count(self, number: int | str | None, document: str, measure: str = "held", **more) -> str:
        """Claim a number: `806`, or as a person writes it: `>800`, `~850`, `800..900`, `many`."""
        return self.claim(CountClaimed, document, measure=measure, **number_of(number), **more)

    def group(self, group: str, number: int | str, document: str, **more: Any) -> str:
        """Claim something of a group; `members` makes a status claim of each, as a dossier does."""
        members = more.pop("members", ())
        status = more.pop("status", "released")
        label = more.pop("label", group)
        shared = {key: more[key] for key in more if key not in {"population", "ref"}}
        made = self.claim(
            GroupClaimed,
            document,
            group=group,
            label=label,
            status=status,
            **number_of(number),
            **more,
        )
        for member in members:
            self.status(member, status, document, group=group, **shared)
        return made

    def claim(self, cls: type[Any], document: str, **more: Any) -> str:
        for kind in ("person", "origin", "authority"):
            if more.get(kind):
                self._known("person" if kind == "person" else "party", more[kind])
        for party in more.get("via", ()):
            self._known("party", party)
        return self.add(cls, document=document, **({"stance": "asserted"} | more))

    def _known(self, kind: str, name: str) -> None:
        if self.state.registered(f"{kind}:{name}") is None:
            (self.person if kind == "person" else self.party)(name)

    def withdraw(self, claim: str, document: str, **more: Any) -> str:
        return self.add(ClaimWithdrawn, claim=claim, document=document, **more)

    def correct(self, claim: str, /, **changed: Any) -> str:
        thread = self.state.thread(claim)
        record = self.records[thread.seq - 1]
        data = evolve(thread.event, **changed)
        return self.append(
            EventCorrected(
                event=claim,
                follows=thread.newest,
                type=record.type,
                version=record.version,
                data=data,
                reason="a slip",
            )
        )

    def void(self, claim: str) -> str:
        follows = self.state.thread(claim).newest
        return self.add(EventVoided, event=claim, follows=follows, reason="a slip")

    def merge(self, keep: str, merged: str) -> str:
        follows = self.state.newest_act.get(f"merge:{merged}")
        return self.add(PersonsMerged, keep=keep, merged=merged, follows=follows, reason="one")

    def separate(self, merge: str) -> str:
        return self.add(PersonsSeparated, merge=merge, follows=merge, reason="two")

    def grade(self, party: str, reliability: str) -> str:
        follows = self.state.newest_act.get(f"grade:{party}")
        given = {"party": party, "reliability": reliability, "follows": follows}
        return self.add(PartyGraded, reason="by experience", **given)

    def ask(self, as_of: str, on: str | None = None, where=None, **rules: Any) -> Question:
        """Make a question; `rules` in place of the default ones."""
        zone = times.zone(self.state.case.timezone)
        return ask(as_of, zone, on=on, rules=rules_from(rules), where=where)


def number_of(text: int | str | None) -> dict[str, Any]:
    """Return the fields of a number as a person writes it."""
    if isinstance(text, int):
        return {"operator": "=", "low": text}
    text = text or "some"
    low, dots, high = text.partition("..")
    if dots:
        return {"operator": "..", "low": int(low), "high": int(high)}
    for operator in (">=", "<=", ">", "<", "~"):
        if text.startswith(operator):
            return {"operator": operator, "low": int(text.removeprefix(operator))}
    return {"operator": "~", "quantity": text}
