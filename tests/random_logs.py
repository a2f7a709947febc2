"""Random logs, with editorial acts: few people, few voices, two weeks, and what is said of them.

`plans` draws a list of steps, plain values that shrink; `grown` takes them one by one through a
`Case`, which may refuse any of them. The same plan gives the same log, byte for byte, in whatever
store; under other names it gives the same log but for the names.
"""

from __future__ import annotations

import hashlib
import itertools
import operator
from collections.abc import Callable
from typing import Any

from attrs import asdict, evolve
from hypothesis import strategies as st

from habeas.case import Case
from habeas.errors import Refused, UnknownName
from habeas.events import (
    CORRECTABLE,
    TYPE_OF,
    CaseOpened,
    ClaimWithdrawn,
    DetailClaimed,
    DocumentRegistered,
    EventCorrected,
    EventVoided,
    PartyGraded,
    PartyRegistered,
    PersonRegistered,
    PersonsMerged,
    PersonsSeparated,
    RemarkClaimed,
    RowUnlisted,
    StatusClaimed,
    build,
)
from habeas.log import Record, State, Thread
from habeas.store import MemoryStore
from habeas.times import parse_instant

START = parse_instant("2026-02-03T04:05:06.000007Z")
MINUTE = 60_000_000
ZONE = "America/Caracas"
DAYS = tuple(f"2026-01-{day:02}" for day in range(1, 15))
"""The days that documents are dated, and the days to ask about."""

STATUSES = ("detained", "released", "incommunicado", "house_arrest", "at_liberty", "restricted")
RARE_STATUSES = ("disappeared", "sent_abroad", "escaped", "died", "missing", "unknown")
WHENS = (
    None,
    "2026-01-02",
    "2026-01-04",
    "2026-01-05",
    "2026-01-08",
    "2026-01-10",
    "2025-12",
    "[..2026-01-05]",
    "[2026-01-02..2026-01-08]",
    "[2026-01-04,2026-01-08]",
    "2026-01-02/..",
    "2026-01-05/..",
    "2026-01-02/2026-01-04",
    "2026-01-04/",
    "/2026-01-05",
    "../2026-01-05",
    "../2026-01-09",
)
PARTIES: tuple[dict[str, Any], ...] = (
    {"kind": "media"},
    {"kind": "media"},
    {"kind": "monitor"},
    {"kind": "family", "of": (0, 1)},
    {"kind": "authority"},
    {"kind": "other", "part_of": 4},
    {"kind": "unidentified"},
    {"kind": "lawyer", "of": (0,)},
)
KINDS_OF_PARTY = ("media", "monitor", "witness", "government", "authority", "court", "other")
PERSONS = 3
DOCUMENTS = ("2026-01-03", "2026-01-06")
"""When the documents that every log holds were published; the first two parties published them."""

Step = dict[str, Any]
Name = Callable[[str, int], str]

_persons = st.sampled_from((0, 0, 0, 1, 1, 2))
_parties = st.integers(0, len(PARTIES) - 1)
_documents = st.integers(0, 4)
_any = st.integers(0, 30)
_days = st.sampled_from(DAYS)
_stances = st.sampled_from(
    ("asserted", "asserted", "asserted", "unconfirmed", "expected", "denied", "unknown")
)
_statuses = st.sampled_from((*STATUSES, *STATUSES, *RARE_STATUSES))
_published = _days | st.sampled_from(
    ("2026-01", "[2026-01-03..2026-01-06]", "2026-01-08T21:00:00-04:00", "2026-01-05?")
)


def _step(do: str, **parts: Any) -> st.SearchStrategy[Step]:
    return st.fixed_dictionaries({"do": st.just(do), **parts})


_status = _step(
    "status",
    person=_persons,
    document=_documents,
    status=_statuses,
    stance=_stances,
    when=st.sampled_from(WHENS),
    origin=st.none() | _parties,
    said=st.none() | st.none() | _days,
    reported=st.none() | st.none() | _days,
    authority=st.none() | st.none() | st.none() | st.sampled_from((4, 5)),
    place=st.none() | st.sampled_from(("The Tower", "The Island")),
)
_document = _step(
    "document",
    published=_published,
    publisher=_parties,
    timezone=st.none() | st.none() | st.sampled_from(("Europe/Madrid", "Pacific/Apia")),
)
_other = (
    _step("detail", person=_persons, document=_documents, value=st.sampled_from(("ES", "VE")))
    | _step("row", person=_persons, document=_documents)
    | _step("remark", about=_persons, document=_documents)
)
_withdraw = _step("withdraw", claim=_any, document=_documents, by=st.none() | _parties)
_correct = _step(
    "correct",
    event=_any,
    person=_persons,
    document=_documents,
    status=_statuses,
    stance=_stances,
    when=st.sampled_from(WHENS),
    field=st.sampled_from(("person", "document", "status", "stance", "when")),
)
_register = (
    _step("redate", document=_documents, published=_published)
    | _step("rename", person=_persons)
    | _step("rekind", party=_parties, kind=st.sampled_from(KINDS_OF_PARTY))
    | _step("rejoin", party=_parties, part_of=st.none() | _parties)
    | _step("rezone", timezone=st.sampled_from(("UTC", ZONE, "Asia/Kathmandu")))
)
_statements = ((_status, 12), (_document, 3), (_other, 2))
_acts = (
    (_withdraw, 3),
    (_correct, 4),
    (_register, 3),
    (_step("void", event=_any), 2),
    (_step("restore", event=_any), 2),
    (_step("merge", keep=_persons, merged=_persons), 2),
    (_step("separate", merge=_any), 2),
    (_step("grade", party=_parties, reliability=st.sampled_from("ACEF")), 1),
)


def _drawn(*weighted: tuple[st.SearchStrategy[Step], int]) -> st.SearchStrategy[Step]:
    """Draw a step of one of these kinds, each as often as its weight says."""
    kinds = [kind for kind, weight in weighted for _ in range(weight)]
    return st.sampled_from(kinds).flatmap(lambda kind: kind)


statements = _drawn(*_statements)
steps = _drawn(*_statements, *_acts)
plans = st.builds(
    operator.add, st.lists(statements, max_size=6), st.lists(steps, min_size=1, max_size=14)
)
withdrawals, corrections = _withdraw, _drawn((_correct, 2), (_register, 1))
days = _days


@st.composite
def plans_with(draw, kind):
    """A plan in which there is something to ask of one kind of act."""
    plan = draw(plans)
    at = draw(st.integers(len(plan) // 2, len(plan)))
    return [*plan[:at], draw(_status), draw(_status), draw(kind), *plan[at:]]


def plain_name(kind: str, number: int) -> str:
    """The id of the nth person, party or document, and the name it is registered under."""
    return f"{kind}-{number}"


def counted_clock(start: int = START, step: int = MINUTE) -> Callable[[], int]:
    """A clock that goes on by a minute each time it is read."""
    return itertools.count(start, step).__next__


def counted_entropy() -> Callable[[int], bytes]:
    """Salts that follow from how many were asked for."""
    calls = itertools.count()
    return lambda size: hashlib.shake_256(f"salt {next(calls)}".encode()).digest(size)


class World:
    """A case that grows by steps. `seqs` are what each step appended; 0 where it was refused."""

    def __init__(self, store: Any = None, name: Name = plain_name) -> None:
        self.case = Case(
            MemoryStore() if store is None else store,
            clock=counted_clock(),
            entropy=counted_entropy(),
        )
        self.name = name
        self.seqs: list[int] = []
        self._begin()

    def _begin(self) -> None:
        self.add(CaseOpened, case="invented", title="An invented case", timezone=ZONE)
        for number in range(PERSONS):
            person = self.name("person", number)
            self.add(PersonRegistered, person=person, name=person.title())
        for number, party in enumerate(PARTIES):
            of = [self.name("person", one) for one in party.get("of", ())]
            above = party.get("part_of")
            self.add(
                PartyRegistered,
                party=self.name("party", number),
                name=self.name("party", number).title(),
                kind=party["kind"],
                of=of or None,
                part_of=None if above is None else self.name("party", above),
            )
        self.documents = 0
        for number, published in enumerate(DOCUMENTS):
            self._do_document(published=published, publisher=number, timezone=None)

    def add(self, cls: type[Any], **known: Any) -> int:
        """Append an event, None meaning absent; return its `seq`."""
        return self.case.append(build(cls, known))[0].seq

    def take(self, step: Step) -> None:
        """Do a step, if the log lets it."""
        rest = {key: value for key, value in step.items() if key != "do"}
        try:
            seq = getattr(self, f"_do_{step['do']}")(**rest)
        except (Refused, UnknownName):
            seq = 0
        self.seqs.append(seq)

    @property
    def state(self) -> State:
        return self.case.state()

    def _person(self, number: int) -> str:
        return self.name("person", number)

    def _party(self, number: int | None) -> str | None:
        return None if number is None else self.name("party", number)

    def _document(self, number: int) -> str:
        return self.name("document", number % self.documents)

    def _threads(self, *classes: type[Any]) -> list[Thread]:
        return [one for one in self.state.threads.values() if isinstance(one.event, classes)]

    def _do_document(self, published: str, publisher: int, timezone: str | None) -> int:
        seq = self.add(
            DocumentRegistered,
            document=self.name("document", self.documents),
            publisher=self._party(publisher),
            published=published,
            timezone=timezone,
            title="An article",
        )
        self.documents += 1
        return seq

    def _do_status(self, person: int, document: int, **more: Any) -> int:
        for key in ("origin", "authority"):
            more[key] = self._party(more[key])
        known = {"person": self._person(person), "document": self._document(document)}
        return self.add(StatusClaimed, **known, **more)

    def _do_detail(self, person: int, document: int, value: str) -> int:
        known = {"person": self._person(person), "document": self._document(document)}
        return self.add(DetailClaimed, key="nationality", value=value, stance="asserted", **known)

    def _do_row(self, person: int, document: int) -> int:
        return self.add(RowUnlisted, person=self._person(person), document=self._document(document))

    def _do_remark(self, about: int, document: int) -> int:
        known = {"about": [self._person(about)], "document": self._document(document)}
        return self.add(RemarkClaimed, text="No list was shown.", **known)

    def _do_withdraw(self, claim: int, document: int, by: int | None) -> int:
        claims = self._threads(StatusClaimed, DetailClaimed, RowUnlisted)
        if not claims:
            return 0
        thread = claims[claim % len(claims)]
        origin = thread.event.origin if by is None else self._party(by)
        known = {"document": self._document(document), "origin": origin}
        return self.add(ClaimWithdrawn, claim=thread.id, **known)

    def _do_correct(self, event: int, field: str, **new: Any) -> int:
        claims = self._threads(StatusClaimed)
        if not claims:
            return 0
        new |= {"person": self._person(new["person"]), "document": self._document(new["document"])}
        return self._replace(claims[event % len(claims)], **{field: new[field]})

    def _replace(self, thread: Thread, **changed: Any) -> int:
        type_, version = TYPE_OF[type(thread.event)]
        known = {**asdict(thread.event, recurse=False), **changed}
        data = build(type(thread.event), {name: known[name] for name in known if known[name] != ()})
        return self.add(
            EventCorrected,
            event=thread.id,
            follows=thread.newest,
            type=type_,
            version=version,
            data=data,
            reason="a slip",
        )

    def _registered(self, kind: str, name: str | None) -> Thread:
        return self.state.threads[self.state.named[f"{kind}:{name}"]]

    def _do_redate(self, document: int, published: str) -> int:
        return self._replace(
            self._registered("document", self._document(document)), published=published
        )

    def _do_rename(self, person: int) -> int:
        thread = self._registered("person", self._person(person))
        return self._replace(thread, name=f"{thread.event.person.title()} Anew")

    def _do_rekind(self, party: int, kind: str) -> int:
        thread = self._registered("party", self._party(party))
        return self._replace(thread, kind=kind, of=())

    def _do_rejoin(self, party: int, part_of: int | None) -> int:
        thread = self._registered("party", self._party(party))
        return self._replace(thread, part_of=self._party(part_of))

    def _do_rezone(self, timezone: str) -> int:
        return self._replace(self.state.threads[1], timezone=timezone)

    def _do_void(self, event: int) -> int:
        threads = self._threads(*CORRECTABLE)
        thread = threads[-1 - event % len(threads)]
        return self.add(EventVoided, event=thread.id, follows=thread.newest, reason="a slip")

    def _do_restore(self, event: int) -> int:
        voided = [one for one in self._threads(*CORRECTABLE) if one.voided]
        return self._replace(voided[event % len(voided)]) if voided else self._do_void(event)

    def _do_merge(self, keep: int, merged: int) -> int:
        one, other = self._person(keep), self._person(merged)
        follows = self.state.newest_act.get(f"merge:{other}")
        return self.add(PersonsMerged, keep=one, merged=other, follows=follows, reason="one")

    def _do_separate(self, merge: int) -> int:
        merges = list(self.state.merge_acts)
        if not merges:
            return self._do_merge(0, 1)
        known = {"merge": merges[merge % len(merges)]}
        follows = self.state.newest_act[f"merge:{self.state.merge_acts[known['merge']].merged}"]
        return self.add(PersonsSeparated, follows=follows, reason="two", **known)

    def _do_grade(self, party: int, reliability: str) -> int:
        name = self._party(party)
        follows = self.state.newest_act.get(f"grade:{name}")
        known = {"party": name, "reliability": reliability, "follows": follows}
        return self.add(PartyGraded, reason="by experience", **known)


def grown(plan: list[Step], **more: Any) -> World:
    """The world after the steps of a plan."""
    world = World(**more)
    for step in plan:
        world.take(step)
    return world


def without(records: list[Record], seqs: set[int]) -> Case:
    """A case whose log lacks some of its events, each standing there as a redacted one does.

    It says what the log would say had they not been recorded, the others keeping their places.
    """
    return of_records(
        evolve(one, salt=None, payload=None) if one.seq in seqs else one for one in records
    )


def of_records(records: Any) -> Case:
    """A case in memory that holds these records."""
    store = MemoryStore()
    with store.appending() as log:
        log.add(list(records))
    return Case(store, clock=counted_clock(), entropy=counted_entropy())
