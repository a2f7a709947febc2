"""An invented log: persons, parties and documents that do not exist, and what is said of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from attrs import evolve

from habeas.events import TAGS, Event, build
from habeas.log import Record, seal

START = 981_173_106_000_007  # 2001-02-03T04:05:06.000007Z
STATUSES = ("detained", "released", "house_arrest", "incommunicado", "restricted")


def _event(type_: str, **data: object) -> Event:
    made: Event = build(TAGS[type_, 1], data)
    return made


def entropy_of(salt: str, seq: int) -> bytes:
    """Sixteen bytes that look random and are not."""
    return hashlib.shake_256(f"{salt} {seq}".encode()).digest(16)


def sealed(event: Event, seq: int, *, step: int = 1_000_000, salt: str = "invented") -> Record:
    """The record of an event at a place of the invented log."""
    recorded = START + seq * step
    entropy = entropy_of(salt, seq)
    return seal(event, recorder="a tester", seq=seq, recorded=recorded, entropy=lambda _: entropy)


def person(name: str) -> Event:
    """The registration of an invented person."""
    return _event("person.registered", person=name, name=f"Nobody {name}")


def _things() -> list[Event]:
    return [
        _event("case.opened", case="invented", title="An invented case", timezone="UTC"),
        _event("party.registered", party="outlet", name="The Outlet", kind="media"),
        _event("party.registered", party="league", name="The League", kind="monitor"),
        _event(
            "document.registered",
            document="d-1",
            publisher="outlet",
            published="2001-01-08",
            title="Nobody was released",
        ),
        *(person(f"person-{n}") for n in (1, 2, 3)),
    ]


def _claim(seq: int, persons: int) -> Event:
    return _event(
        "status.claimed",
        person=f"person-{seq * seq % persons + 1}",
        document="d-1",
        status=STATUSES[seq % len(STATUSES)],
        stance="asserted",
        when=f"2001-01-{seq % 28 + 1:02}",
        locator=f"¶ {seq}",
        note="as it stands there, but in words of our own, with an é",
        **({"origin": "league"} if seq % 2 else {}),
        **({"ref": f"r-{seq}"} if seq % 5 == 0 else {}),
    )


def _act(seq: int, records: list[Record]) -> Event:
    target = next(one for one in reversed(records) if one.type == "status.claimed")
    match seq % 4:
        case 0:
            return _event(
                "event.corrected",
                event=target.id,
                follows=target.id,
                type="status.claimed",
                version=1,
                data=evolve(target.event, place="The Tower"),
                reason="overlooked",
            )
        case 1:
            return _event("event.voided", event=target.id, follows=target.id, reason="twice")
        case 2:
            return _event(
                "remark.claimed", document="d-1", about=("person-1", "league"), text="No list yet."
            )
        case _:
            return _event("claim.withdrawn", claim=target.id, document="d-1")


def _after(records: list[Record]) -> Iterator[Event]:
    things = _things()
    while True:
        seq = len(records) + 1
        if seq <= len(things):
            yield things[seq - 1]
        elif seq % 9 == 0:
            yield _act(seq // 9, records)
        else:
            yield _claim(seq, persons=3)


def invented_log(
    count: int, *, after: list[Record] | None = None, step: int = 1_000_000, salt: str = "invented"
) -> list[Record]:
    """The next `count` records after `after`, or those of a log from its first event."""
    records = list(after or [])
    begun = len(records)
    for event in _after(records):
        if len(records) == begun + count:
            break
        records.append(sealed(event, len(records) + 1, step=step, salt=salt))
    return records[begun:]


def leaf_only(record: Record) -> Record:
    """The record as it stands in the log when its payload is withheld."""
    return evolve(record, salt=None, payload=None)


def redaction_of(record: Record, *, after: list[Record]) -> Record:
    """The record, after others, that says that one is redacted."""
    act = _event("event.redacted", event=record.id, reason="asked for")
    return sealed(act, len(after) + 1)
