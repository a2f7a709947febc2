"""What is said of persons, in slim form: for who computes the answers about many of them.

A `Saying` holds what the answers depend on, with the dates of its document read. `Sayings` has
them from a state of the log, thread by thread; `Gathered` reads those that no act bears on straight
from their payloads, and gives the same. What counts by which rules is for others to say.

Payloads are taken as they were stored: they were checked when they came in. Instants are UTC
microseconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from habeas import codec, edtf, times
from habeas.errors import BadLog
from habeas.events import (
    TYPE_OF,
    Citation,
    ClaimWithdrawn,
    DetailClaimed,
    DocumentRegistered,
    EventCorrected,
    EventVoided,
    PartyRegistered,
    PersonRegistered,
    RowUnlisted,
    StatusClaimed,
)
from habeas.log import counting
from habeas.log.closure import ACTS, Index
from habeas.log.state import State
from habeas.log.voices import voice_of
from habeas.times import NEVER, Window
from habeas.when import When

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from habeas.log.folding import Thread
    from habeas.log.records import Record

Carried = tuple[str, int, str, str, int, bytes]
"""An event that carries a mark: (mark, seq, id, type, version, payload)."""

_STATUS: Final = TYPE_OF[StatusClaimed][0]
PERSON: Final = TYPE_OF[PersonRegistered][0]
OF_PERSONS: Final = frozenset(
    TYPE_OF[cls][0] for cls in (StatusClaimed, DetailClaimed, RowUnlisted)
)
_POINTING: Final = tuple(TYPE_OF[cls][0] for cls in (EventCorrected, EventVoided, ClaimWithdrawn))
_AT_ONCE: Final = 1_000
_CURRENT: Final = frozenset(TYPE_OF.values())


class Saying(NamedTuple):
    """A claim about a person, as it stands now, and what its document adds.

    `seq` and `id` are its own, whatever corrected it since. `status` is None unless it is one of
    status. It counts from `known` on, and as withdrawn from `until` on (µs, both exclusive ends);
    `said` is the end of the day the origin spoke, where that is told. `origin` is the party it is
    attributed to; `zone` the one its dates are read in.
    """

    seq: int
    id: str
    status: str | None
    stance: str | None
    when: str | None
    place: str | None
    authority: str | None
    document: str
    origin: str
    zone: ZoneInfo
    known: int
    said: int | None
    until: int


class Source(NamedTuple):
    """A document: who published it, in which zone its dates are, and by when it was public."""

    publisher: str
    zone: ZoneInfo
    known: int


class Party(NamedTuple):
    """A party, as far as it matters who speaks."""

    kind: str
    part_of: str | None
    of: Sequence[str]


class Shelf(Index, Protocol):
    """An index that also gives events as they are stored."""

    def carrying(self, marks: Iterable[str], *, first: bool = False) -> Iterator[Carried]:
        """Yield the events that carry one of some marks, or the first of each; by mark and `seq`.

        Those without a payload are left out.
        """


Dated = tuple[When, Window | None]
"""What the dates of a claim say: see `Sayings.dated`."""


class Sayings:
    """What is said of persons, by a state that holds all that bears on them.

    `dated` are those, by `seq`, of which it is known already what their dates say: the windows in
    which the status began and ended, and the day on which it was seen to hold. Raises UnknownName
    where the log names what it does not hold.
    """

    def __init__(self, state: State) -> None:
        self.dated: dict[int, Dated] = {}
        self._state = state
        self._sources: dict[str, Source] = {}
        self._parties: dict[str, Party] = {}
        self._voices: dict[str, str] = {}
        self._groups = _groups(state)

    @property
    def zone(self) -> ZoneInfo:
        """The case's zone."""
        return times.zone(self._state.case.timezone)

    def keeper(self, person: str) -> str:
        """Return the person under whose id the answers about `person` come."""
        return self._state.keeper(person)

    def group(self, person: str) -> tuple[str, ...]:
        """Return the ids of all who are one with a person, the keeper first."""
        keeper = self.keeper(person)
        return (keeper, *self._groups.get(keeper, ()))

    def registered(self, person: str) -> bool:
        """Say whether a person is registered."""
        return self._state.registered(f"person:{person}") is not None

    def name(self, person: str) -> str:
        """Return a person's name; the id where none was ever registered."""
        thread = self._state.threads.get(self._state.named.get(f"person:{person}", 0))
        return person if thread is None else str(thread.event.name)

    def of(self, person: str) -> list[Saying]:
        """Return the claims about a person that are not voided, by `seq`."""
        threads = map(self._state.threads.__getitem__, self._state.said_of.get(person, ()))
        return sorted(self._saying(thread) for thread in threads if not thread.voided)

    def party(self, name: str) -> Party:
        """Return a party."""
        found = self._parties.get(name)
        if found is None:
            event = self._state.party(name)
            found = self._parties[name] = Party(event.kind, event.part_of, event.of)
        return found

    def voice(self, party: str) -> str:
        """Return the root of a party's `part_of` chain."""
        found = self._voices.get(party)
        if found is None:
            found = self._voices[party] = voice_of(party, lambda one: self.party(one).part_of)
        return found

    def grade(self, party: str) -> str | None:
        """Return a party's grade: its own, else that of the nearest party it speaks for."""
        seen: set[str] = set()
        at: str | None = party
        while at is not None and at not in seen:
            if at in self._state.grades:
                return self._state.grades[at]
            seen.add(at)
            at = self.party(at).part_of
        return None

    def source(self, document: str) -> Source:
        """Return a document."""
        found = self._sources.get(document)
        if found is None:
            event = self._state.document(document)
            text = counting.public_by(event.published, event.retrieved)
            found = self._source(event.publisher, event.timezone, text)
            self._sources[document] = found
        return found

    def _source(self, publisher: str, timezone: str | None, reported: str) -> Source:
        zone = times.zone(timezone or self._state.case.timezone)
        end = _end_of(reported, zone)
        return Source(publisher, zone, NEVER if end is None else end)

    def _saying(self, thread: Thread | Record) -> Saying:
        """Return what a thread of the state says now, or the record that is to begin one."""
        event: Any = thread.event
        source = self.source(event.document)
        known = self._known(event, source)
        return Saying(
            thread.seq,
            thread.id,
            getattr(event, "status", None),
            getattr(event, "stance", None),
            getattr(event, "when", None),
            getattr(event, "place", None),
            getattr(event, "authority", None),
            event.document,
            event.origin or source.publisher,
            source.zone,
            known,
            None if event.said is None else _said(event.said, source.zone, known),
            min([since for since, _ in self.taken_back(thread.seq)], default=NEVER),
        )

    def taken_back(self, claim: int) -> Iterator[tuple[int, int]]:
        """Yield from when on a claim was taken back, and by which event, for each time it was."""
        for seq in self._state.withdrawals.get(claim, ()):
            withdrawal = self._state.threads[seq]
            event = withdrawal.event
            if not withdrawal.voided and event.claim == self._state.threads[claim].id:
                yield self._known(event, self.source(event.document)), seq

    def _known(self, event: Citation, source: Source) -> int:
        return source.known if event.reported is None else _known(event.reported, source.zone)


class Gathered(Sayings):
    """What is said of persons after `position` events, read person by person as it is asked for.

    Its state holds the acts, and what they bear on; all else comes from payloads. `take` says who
    will be asked for; what was taken before is let go, but for documents and parties. `acts`, where
    given, are all that bear on those who will be asked for, with what they bear on, in order.
    """

    def __init__(self, shelf: Shelf, position: int, acts: Iterable[Record] | None = None) -> None:
        super().__init__(State.of(_acts(shelf, position) if acts is None else acts))
        self._shelf, self.position = shelf, position
        self._names: dict[str, str] = {}
        self._taken: dict[str, list[Saying]] = {}

    def take(self, persons: Iterable[str]) -> None:
        """Read what is said of persons, and of all who are one with them."""
        wanted = sorted({other for one in persons for other in self.group(one)})
        self._names, self._taken, self.dated = {}, {one: [] for one in wanted}, {}
        said = []
        for carried in self._about(wanted):
            if carried[3] in OF_PERSONS:
                said.append(carried)
            elif carried[3] == PERSON:
                (registration,) = data_of([carried])
                self._names.setdefault(registration["person"], registration["name"])
        tellings = data_of(said)
        self._take_sources({told["document"] for told in tellings})
        self._take_parties({told["origin"] for told in tellings if "origin" in told})
        taken, sources = self._taken, self._sources
        for one, told in zip(said, tellings, strict=True):
            document = told["document"]
            source = sources.get(document) or self.source(document)
            taken[told["person"]].append(saying_of(one, told, source))

    def registered(self, person: str) -> bool:
        """Say whether a person is registered."""
        return person in self._names or super().registered(person)

    def name(self, person: str) -> str:
        """Return a person's name; the id where none was ever registered."""
        return self._names.get(person) or super().name(person)

    def of(self, person: str) -> list[Saying]:
        """Return the claims about a person that are not voided, by `seq`."""
        acted = super().of(person)
        return sorted([*self._taken[person], *acted]) if acted else self._taken[person]

    def party(self, name: str) -> Party:
        """Return a party."""
        if name not in self._parties:
            self._take_parties((name,))
        return super().party(name)

    def source(self, document: str) -> Source:
        """Return a document."""
        if document not in self._sources:
            self._take_sources((document,))
        return super().source(document)

    def _about(self, persons: Iterable[str]) -> Iterator[Carried]:
        """Yield the events that name persons and that no act bears on."""
        return self._unacted(self._shelf.carrying(f"person:{one}" for one in persons))

    def _unacted(self, found: Iterable[Carried]) -> Iterator[Carried]:
        """Yield those of some events that are in the log by then, and that no act bears on."""
        threads = self._state.threads
        for carried in found:
            if carried[1] <= self.position and carried[1] not in threads:
                yield carried

    def _registering(self, cls: type, names: Iterable[str]) -> Iterator[Carried]:
        """Yield the events that register names."""
        type_ = TYPE_OF[cls][0]
        kind = type_.partition(".")[0]
        for carried in self._shelf.carrying((f"{kind}:{name}" for name in names), first=True):
            if carried[3] == type_ and carried[1] <= self.position:
                yield carried

    def _first(self, cls: type, names: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield registrations that no act bears on, with the name of what they register."""
        kind = TYPE_OF[cls][0].partition(".")[0]
        for data in data_of(list(self._unacted(self._registering(cls, names)))):
            yield data[kind], data

    def _take_sources(self, names: Iterable[str]) -> None:
        fresh = [name for name in names if name not in self._sources]
        for name, data in self._first(DocumentRegistered, fresh):
            text = counting.public_by(data["published"], data.get("retrieved"))
            found = self._source(data["publisher"], data.get("timezone"), text)
            self._sources[name] = found

    def _take_parties(self, names: Iterable[str]) -> None:
        """Read parties, and those that they speak for."""
        fresh = {name for name in names if name not in self._parties}
        while fresh:
            found = {
                name: Party(data["kind"], data.get("part_of"), data.get("of", ()))
                for name, data in self._first(PartyRegistered, fresh)
            }
            self._parties |= found
            above = {party.part_of for party in found.values() if party.part_of is not None}
            fresh = above - self._parties.keys()


def everybody(index: Index) -> Iterator[tuple[str, int]]:
    """Yield the ids of the persons ever registered, in the order of the log, and where they are."""
    for seq, data in told(index, PERSON):
        yield data["person"], seq


def told(index: Index, type_: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the events of a type, by `seq`, each with its data, but for those without a payload."""
    records = index.read(index.of_type(type_))
    while some := list(islice(records, _AT_ONCE)):
        found = [one for one in some if one.payload is not None]
        said = [("", one.seq, "", one.type, one.version, one.payload or b"") for one in found]
        yield from zip([one.seq for one in found], data_of(said), strict=True)


def _groups(state: State) -> dict[str, tuple[str, ...]]:
    """Return those merged into each keeper, by id."""
    groups: dict[str, list[str]] = {}
    for one in sorted(state.merged_into):
        groups.setdefault(state.keeper(one), []).append(one)
    return {keeper: tuple(others) for keeper, others in groups.items()}


def saying_of(carried: Carried, data: dict[str, Any], source: Source) -> Saying:
    """Return what a claim says that no act bears on."""
    get = data.get
    publisher, zone, known = source
    reported, said = get("reported"), get("said")
    if reported is not None:
        known = _known(reported, zone)
    return Saying(
        carried[1],
        carried[2],
        get("status"),
        get("stance"),
        get("when"),
        get("place"),
        get("authority"),
        data["document"],
        get("origin") or publisher,
        zone,
        known,
        None if said is None else _said(said, zone, known),
        NEVER,
    )


def _acts(index: Index, position: int) -> list[Record]:
    """Return the acts up to a position, and what they bear on, in order."""
    types = (*ACTS, *_POINTING)
    found = {one.seq: one for one in index.read({1, *_seqs(index, types, position)})}
    named = {_target(one.event) for one in found.values() if one.type in _POINTING}
    targets = {seq for one in named if one for _, seq in index.with_prefix(one, limit=1)}
    found |= {one.seq: one for one in index.read(targets - found.keys()) if one.seq <= position}
    return [found[seq] for seq in sorted(found)]


def _seqs(index: Index, types: Iterable[str], position: int) -> Iterator[int]:
    return (seq for type_ in types for seq in index.of_type(type_) if seq <= position)


def _target(event: Any) -> str | None:  # noqa: ANN401 - one of several classes, or nothing
    """Return the id of the event that an act or a withdrawal points at."""
    if event is None:
        return None
    target: str = event.claim if isinstance(event, ClaimWithdrawn) else event.event
    return target


def data_of(carried: Sequence[Carried]) -> list[dict[str, Any]]:
    """Return the data of events, in their newest form."""
    try:
        values = json.loads(b"[%b]" % b",".join([one[5] for one in carried]))
    except ValueError as error:
        raise BadLog(f"a payload is not JSON: {error}", hint="habeas verify") from None
    return [
        value["data"] if (one[3], one[4]) in _CURRENT else _upcast(one, value["data"])
        for one, value in zip(carried, values, strict=True)
    ]


def _upcast(carried: Carried, data: object) -> dict[str, Any]:
    return codec.plain(codec.decode(carried[3], carried[4], data))


@lru_cache(maxsize=65_536)
def _end_of(text: str, zone: ZoneInfo) -> int | None:
    return edtf.parse(text).end_instant(zone)


def _known(text: str, zone: ZoneInfo) -> int:
    end = _end_of(text, zone)
    return NEVER if end is None else end


def _said(text: str, zone: ZoneInfo, known: int) -> int | None:
    end = _end_of(text, zone)
    return None if end is None else min(end, known)
