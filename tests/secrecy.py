"""A case with secrets in it: a mark stands in everything that the public must not be told.

What is public is told by `tell_public`; `tell_secret` records the mark in every kind of event and
in every field that can hold a word, and withholds it: by person, by party, by document, by event.
"""

from __future__ import annotations

import hashlib
import itertools

import attrs

from habeas.case import Case, editing, guarding
from habeas.events import (
    ClaimWithdrawn,
    CountClaimed,
    DetailClaimed,
    DocumentRegistered,
    GroupClaimed,
    PartyRegistered,
    PersonRegistered,
    RemarkClaimed,
    RowUnlisted,
    StatusClaimed,
    build,
)
from habeas.events.fields import EVENT_ID_PATTERN

BEGUN = 1_930_000_000_000_000
"""When the case was begun, in UTC µs: in 2031."""

LATER = BEGUN + 3_600_000_000
"""When all of it had been recorded."""

MARK = "zqx"
CITED = {"locator": "zqx ¶", "note": "zqx note"}
STEP = 1_000_000


def make(path):
    """Make the database of the case."""
    ticks, calls = itertools.count(BEGUN, STEP), itertools.count()

    def entropy(size):
        return hashlib.shake_256(f"secret {next(calls)}".encode()).digest(size)

    with Case.open(
        path, create=True, clock=ticks.__next__, entropy=entropy, audience="desk"
    ) as case:
        case.open_case("invented", title="An invented case", timezone="UTC", recorder="desk")
        tell_public(case)
        tell_secret(case)
        case.rebuild()


def put(case, cls, **known):
    """Append an event, and return its id."""
    return case.append(build(cls, known), recorder="zqx" if MARK in str(known) else "desk")[0].id


def tell_public(case):
    """Record what everybody may know."""
    put(case, PartyRegistered, party="outlet", name="The Outlet", kind="media")
    put(case, PartyRegistered, party="league", name="The League", kind="monitor")
    put(
        case,
        DocumentRegistered,
        document="d-1",
        publisher="outlet",
        published="2026-01-08",
        title="One",
    )
    for person in ("ana", "bo"):
        put(case, PersonRegistered, person=person, name=f"{person.title()} Nobody")
        put(
            case,
            StatusClaimed,
            person=person,
            document="d-1",
            status="detained",
            stance="asserted",
            when="2026-01-02",
        )
    put(
        case,
        CountClaimed,
        measure="held",
        operator="=",
        low=806,
        ref="told-806",
        document="d-1",
        stance="asserted",
        when="2026-01-08",
    )


def tell_secret(case):
    """Record what only the desk may know, and withhold it."""
    put(case, PersonRegistered, person="zqx", name="Zqx Nobody", aliases=("Zqx Alias",))
    put(case, PersonRegistered, person="zqx-2", name="Zqx Nobody", aliases=("Zqx Alias",))
    put(case, PartyRegistered, party="zqx-p", name="Zqx Party", kind="family", of=("zqx",))
    put(case, PartyRegistered, party="zqx-q", name="Zqx Source", kind="other", part_of="league")
    put(
        case,
        DocumentRegistered,
        document="zqx-d",
        publisher="outlet",
        published="2026-01-09",
        title="Zqx title",
        url="https://zqx.example",
        note="zqx",
    )
    known = {"stance": "asserted", "place": "Zqx Tower", "when": "2026-01-03", **CITED}
    status = {"status": "released", **known}
    first = put(case, StatusClaimed, person="zqx", document="d-1", ref="zqx-1", **status)
    put(case, StatusClaimed, person="zqx-2", document="d-1", group="zqx-g", named="Zqx", **status)
    put(case, StatusClaimed, person="ana", document="d-1", origin="zqx-q", ref="zqx-2", **status)
    put(case, StatusClaimed, person="ana", document="zqx-d", authority="zqx-q", **status)
    put(case, StatusClaimed, person="bo", document="d-1", via=("zqx-q",), **status)
    told = put(case, StatusClaimed, person="bo", document="d-1", origin="league", **status)
    cited = {"document": "d-1", "origin": "zqx-q", **CITED}
    put(case, DetailClaimed, person="ana", key="charge", value="zqx", stance="asserted", **cited)
    number = {"operator": "=", "low": 7, "population": "zqx", "stance": "asserted"}
    put(case, CountClaimed, measure="held", scope="zqx", place="Zqx", **number, **cited)
    put(case, GroupClaimed, group="zqx-g", label="zqx", status="released", **number, **cited)
    put(case, RemarkClaimed, about=("zqx", "ana"), text="zqx", document="d-1", note="zqx")
    put(case, RowUnlisted, person="zqx", document="d-1", **CITED)
    case.edit(editing.correct(first, {"place": "Zqx Gate"}, reason="zqx", follows=None))
    case.edit(editing.withdraw("d-1#zqx-2", cited))
    case.edit(editing.void("d-1#zqx-1", reason="zqx", follows=None))
    case.edit(editing.merge("zqx", "zqx-2", reason="zqx", follows=None))
    case.edit(editing.separate("zqx-2", reason="zqx", follows=None))
    case.edit(editing.merge("zqx", "zqx-2", reason="zqx", follows=None))
    case.edit(editing.grade("zqx-q", "D", reason="zqx", follows=None))
    question = case.question(as_of="2026-01-10")
    case.snapshot("zqx-all", question)
    case.snapshot("zqx-one", question._replace(where={"person": ("zqx",)}))
    each_field_once(case)
    for what in ("person:zqx", "party:zqx-q", "document:zqx-d", "document:zqx-e", told):
        withhold(case, what)
    # Disclosed and withheld again: what was said of that is a secret as well.
    case.edit(
        guarding.disclose("person:zqx", until=None, audience="public", reason="zqx", follows=None)
    )
    withhold(case, "person:zqx")


def withhold(case, what, until=None):
    """Withhold something, for a reason that is a secret too."""
    act = guarding.withhold(what, until=until, audience="public", reason="zqx", follows=None)
    return case.edit(act, recorder="zqx")


def each_field_once(case):
    """Record, for each field that can hold a word of one's own, a claim that is secret by it alone.

    The claim itself is withheld, or what the field names is.
    """
    put(
        case,
        DocumentRegistered,
        document="zqx-e",
        publisher="zqx-q",
        published="2026-01-09",
        title="zqx",
        language="zqx",
        sha256="a" * 64,
    )
    put(case, PartyRegistered, party="zqx-r", name="zqx", kind="other", part_of="zqx-q")
    number = {"measure": "held", "operator": "=", "low": 9}
    group = {"group": "g-9", "label": "nine", "status": "released", "operator": "=", "low": 9}
    least = {
        StatusClaimed: {"person": "bo", "status": "released", "stance": "asserted"},
        DetailClaimed: {"person": "bo", "key": "charge", "value": "theft", "stance": "asserted"},
        CountClaimed: {"stance": "asserted", **number},
        GroupClaimed: {"stance": "asserted", **group},
        RemarkClaimed: {"about": ("bo",), "text": "Nothing."},
        RowUnlisted: {"person": "bo"},
    }
    for cls, known in least.items():
        for field, value in secrets_of(cls):
            more = {"quantity": "zqx", "low": None} if field == "quantity" else {field: value}
            event = {"document": "d-1", **known, **more}
            id_ = put(case, cls, **{key: one for key, one in event.items() if one is not None})
            withhold(case, id_)
    claim = put(case, StatusClaimed, document="d-1", **least[StatusClaimed], locator="¶ 99")
    for field, value in secrets_of(ClaimWithdrawn):
        event = {"claim": claim, "document": "d-1", field: value}
        if field in {"origin", "document"}:
            continue  # only the publisher withdraws what he published
        withhold(case, put(case, ClaimWithdrawn, **event))
    withhold(case, claim)


def secrets_of(cls):
    """Yield the fields of a claim that can hold a word of one's own, each with a secret in it."""
    named = {"person": "zqx", "document": "zqx-d", "origin": "zqx-q", "authority": "zqx-q"}
    listed = {"via": ("zqx-q",), "about": ("zqx",)}
    for spec in attrs.fields(cls):
        schema = spec.metadata["schema"]
        free = schema.get("type") == "string" and "format" not in schema
        if spec.name in named | listed:
            yield spec.name, (named | listed)[spec.name]
        elif free and schema.get("pattern") != EVENT_ID_PATTERN:
            # A ref is its claim's alone.
            yield spec.name, f"zqx-{cls.__name__.lower()}" if spec.name == "ref" else "zqx"
