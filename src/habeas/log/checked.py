"""Events that were checked by themselves, with all that a store keeps of them beside their words.

What can be told of an event and of its place in the tree is told here once; whether it may follow
those before it is for `admit`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from habeas import edtf, times
from habeas.events import CLAIMS, REGISTRATIONS, DocumentRegistered, Event, subject_of
from habeas.log.counting import public_by
from habeas.log.hashes import Tree
from habeas.log.marks import REF, marks_of
from habeas.log.names import names_in
from habeas.log.records import Record, stated
from habeas.times import MICROS_PER_DAY, day_of, day_window

PLAIN: Final = (*REGISTRATIONS[1:], *CLAIMS)
"""The classes of events of which nothing is judged but what `Checked.plain` speaks of."""


class Checked(NamedTuple):
    """An event whose line is in order, with what follows from its line and from those before it.

    `node` is the largest perfect subtree that ends with it; `digest` is that of its statement.
    `subject` is what it registers, `names` what it names (typed ids), `marks` are the other marks
    by which it is found (see `log.marks`). `plain` says that it is a registration or a claim, and
    that nothing in it but these has to be judged against the log; of a document without a time zone
    only as long as the case's is the one with which it was opened.
    """

    seq: int
    id: str
    type: str
    version: int
    recorded: int
    commitment: bytes
    node: bytes
    salt: bytes | None
    payload: bytes | None
    digest: bytes | None
    subject: str | None
    names: tuple[str, ...]
    marks: tuple[str, ...]
    plain: bool

    def run(self) -> Run:
        """Return the run that a plain event is by itself."""
        registers = {} if self.subject is None else {self.subject: self.seq}
        refs = [mark for mark in self.marks if mark.startswith(REF)]
        digests = [] if self.digest is None else [self.digest]
        return Run([self], [*self.names], registers, refs, digests)

    def record(self) -> Record:
        """Return the record that it is."""
        return Record(
            seq=self.seq,
            type=self.type,
            version=self.version,
            recorded=self.recorded,
            commitment=self.commitment,
            salt=self.salt,
            payload=self.payload,
        )


class Run(NamedTuple):
    """Events one after the other; where `names` are told, they can be judged together.

    Then all are plain, each is recorded later than the one before, and none registers or calls
    itself what another of them does. `names` are those that they name without having registered
    them before, `registers` what they register, each with its `seq`, `refs` the marks of what they
    call themselves, `digests` those of their statements. None: they are judged one by one.
    """

    events: list[Checked]
    names: list[str] | None
    registers: dict[str, int]
    refs: list[str]
    digests: list[bytes]

    @staticmethod
    def apart(events: list[Checked]) -> Run:
        """Return events that are judged one by one."""
        return Run(events, None, {}, [], [])


@lru_cache(maxsize=16_384)
def end_of(text: str, zone: ZoneInfo) -> int | None:
    """Return when an EDTF text ends, its days being those of `zone` (µs, UTC, excluded)."""
    return edtf.parse(text).end_instant(zone)


def is_over(text: str, now: int) -> bool:
    """Whether a date was surely over at the instant `now` (UTC µs), whatever the time zone.

    No zone is a day behind UTC.
    """
    end = end_of(text, times.zone("UTC"))
    return end is not None and end + MICROS_PER_DAY <= now


def is_public(published: str, retrieved: str | None, zone: ZoneInfo, now: int) -> bool:
    """Whether a document was public by the end of the day of an instant (UTC µs).

    Its days, and the day, are those of `zone`.
    """
    end = end_of(public_by(published, retrieved), zone)
    return end is not None and (end <= now or end <= day_window(day_of(now, zone), zone)[1])


def checked(record: Record, tree: Tree, zone: ZoneInfo | None = None) -> Checked:
    """Return a record as it is stored at the end of a tree; `zone` is the case's, where known.

    Raises HabeasError if it is none.
    """
    event = record.event
    subject = None if event is None else subject_of(event)
    names = () if event is None else names_in(event)
    return Checked(
        seq=record.seq,
        id=record.id,
        type=record.type,
        version=record.version,
        recorded=record.recorded,
        commitment=record.commitment,
        node=tree.peaks[-1],
        salt=record.salt,
        payload=record.payload,
        digest=stated(record),
        subject=subject,
        names=names,
        marks=tuple(one for one in marks_of(record) if one not in names and one != subject),
        plain=isinstance(event, PLAIN) and _is_plain(event, record.recorded, zone),
    )


def _is_plain(event: Event, recorded: int, zone: ZoneInfo | None) -> bool:
    """Say so of a registration or a claim."""
    if isinstance(event, DocumentRegistered):
        where = zone if event.timezone is None else times.zone(event.timezone)
        return where is not None and is_public(event.published, event.retrieved, where, recorded)
    reported = getattr(event, "reported", None)
    return reported is None or is_over(reported, recorded)
