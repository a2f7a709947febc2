"""Withholding: marked secrets in every field of every event type, looked for in every output."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from habeas import cli, textlog
from habeas.case import Case, editing, guarding, proving, verifying
from habeas.errors import HabeasError, Refused, UnknownName
from habeas.events import (
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
from habeas.store import MemoryStore

MARK = "zqx"
CITED = {"locator": "zqx ¶", "note": "zqx note"}
STEP = 1_000_000


@pytest.fixture
def ticking():
    """A clock of 2031 that can be set."""
    now = [1_930_000_000_000_000]

    def clock():
        now[0] += STEP
        return now[0]

    clock.now = now
    return clock


def put(case, cls, **known):
    return case.append(build(cls, known), recorder="zqx" if MARK in str(known) else "desk")[0].id


@pytest.fixture
def case(tmp_path, ticking, entropy):
    """A case of which a person, a party, a document and an event are secret."""
    with Case.open(
        tmp_path / "log.db", create=True, clock=ticking, entropy=entropy, audience="desk"
    ) as opened:
        opened.open_case("invented", title="An invented case", timezone="UTC", recorder="desk")
        _public(opened)
        _secret(opened)
        yield opened


def _public(case):
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
        document="d-1",
        stance="asserted",
        when="2026-01-08",
    )


def _secret(case):
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
    for what in ("person:zqx", "party:zqx-q", "document:zqx-d", told):
        _withhold(case, what)


def _withhold(case, what, until=None):
    act = guarding.withhold(what, until=until, audience="public", reason="zqx", follows=None)
    return case.edit(act, recorder="zqx")


@pytest.fixture
def public(case, tmp_path, ticking, entropy):
    with Case.open(tmp_path / "log.db", clock=ticking, entropy=entropy) as opened:
        yield opened


READING = [
    *([one] for one in ("status", "timeline", "counts", "groups", "pending", "sources")),
    *([one] for one in ("durations", "log", "snapshots")),
    ["explain", "ana"],
    ["explain", "bo"],
    ["status", "ana"],
    ["changes", "2026-01-01", "2026-01-10"],
    ["changes", "@1", "@20"],
    ["log", "--person", "ana"],
    ["log", "--party", "league"],
    ["log", "--document", "d-1"],
    ["status", "--at-log", "@20"],
    ["status", "Zqy Nobody"],
    ["explain", "zq"],
    ["log", "--party", "zq-q"],
    ["log", "--document", "zq-d"],
    ["answer", "habeas:invented/zq@" + "0" * 64],
    ["changes", "zq-all", "2026-01-10"],
    ["reconcile", "zq"],
    ["show", "d-1#zq-1"],
    ["verify"],
    ["export"],
]


def _said(db, arguments):
    result = CliRunner().invoke(cli.app, [*arguments, "--db", str(db)])
    assert result.exit_code in (0, 1, 2), (arguments, result.output)
    said = (result.stdout_bytes + result.stderr_bytes).decode().lower()
    assert said or arguments[0] in {"pending", "groups", "snapshots", "changes", "export"}, result
    return said


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_no_command_says_a_secret(case, tmp_path, arguments):
    formats = [[]] if arguments[0] in {"verify", "export"} else [["--format", "table"], []]
    formats += [["--format", one] for one in ("nl", "csv", "md")] if len(formats) > 1 else []
    for form in formats:
        said = _said(tmp_path / "log.db", [*arguments, *form])
        assert MARK not in said, said[max(said.find(MARK) - 200, 0) :][:400]


def test_no_event_shown_or_proven_says_a_secret(case, public):
    for record in public.store.records():
        assert MARK not in _said(case.whole.path, ["show", f"@{record.seq}"])
        assert MARK.encode() not in proving.prove_event(public, record)
    for record in case.store.records():
        assert MARK not in _said(case.whole.path, ["show", record.id])


def test_the_desk_is_told_everything(case, tmp_path):
    assert MARK in _said(tmp_path / "log.db", ["export", "--audience", "desk"])
    assert MARK in _said(tmp_path / "log.db", ["status", "--audience", "desk"])


def test_every_type_of_event_was_a_secret(case, public):
    types = {record.type for record in case.store.records()} - {"case.opened"}
    hidden = {record.type for record in public.store.records() if record.payload is None}
    assert hidden == types
    assert len(types) >= 17


def test_no_door_of_the_store_has_a_secret(case, public):
    store = public.store
    for record in case.store.records():
        if MARK.encode() in (record.payload or b"").lower():
            (told,) = store.read([record.seq])
            assert told.payload is None
            assert told.salt is None
            assert told.leaf == record.leaf
    for kind in ("person", "party", "document"):
        for mark in (f"{kind}:zqx", f"{kind}:zqx-q", f"{kind}:zqx-d", "ref:d-1#zqx-1"):
            assert store.marked(mark) == ()
            assert store.first_marked(mark) is None
    for refused in (store.appending, store.believing, store.reindex):
        with pytest.raises(Refused):
            refused()


def test_public_answers_are_those_of_the_public_export(case, public, ticking, entropy):
    lines = list(public.export())
    copy = Case(MemoryStore(), clock=ticking, entropy=entropy)
    copy.import_log(lines)
    assert copy.store.head().root == case.store.head().root
    assert list(copy.export()) == lines
    for as_of in ("2026-01-07", "2026-01-08", "2026-01-09", "2026-02-01"):
        for at in (None, "@10", "@25"):
            ours = public.status(as_of=as_of, at_log=at).data
            theirs = copy.status(as_of=as_of, at_log=at).data
            assert ours == theirs
    assert public.status().basis["withheld"] > 20


def test_a_log_with_withheld_lines_is_read_only_and_verifies(public, tmp_path, ticking, entropy):
    lines = list(public.export())
    with Case.open(tmp_path / "copy.db", create=True, clock=ticking, entropy=entropy) as copy:
        copy.import_log(lines)
        with pytest.raises(Refused, match="withheld in this copy"):
            put(copy, PersonRegistered, person="cy", name="Cy Nobody")
        assert copy.import_log(lines) == 0
    report = verifying.verified(tmp_path / "copy.db")
    assert report.sound
    assert report.verdict.withheld > 20


def test_what_is_withheld_until_a_day_is_told_after_it(case, public, ticking):
    case.edit(
        guarding.disclose("person:zqx", until=None, audience="public", reason="zqx", follows=None)
    )
    assert public.status("zqx").persons
    _withhold(case, "person:zqx", until="2031-12-31")
    with pytest.raises(UnknownName):
        public.status("zqx")
    ticking.now[0] += 366 * 86_400 * STEP
    assert public.status("zqx").persons


def test_access_is_read_at_the_head_for_every_position(case, public):
    for at in range(1, case.store.head().position):
        answer = json.dumps(public.status(at_log=f"@{at}").data)
        assert MARK not in answer.lower()


def test_nothing_withheld_costs_nothing(tmp_path, clock, entropy):
    with Case.open(tmp_path / "plain.db", create=True, clock=clock, entropy=entropy) as plain:
        plain.open_case("plain", title="Plain", timezone="UTC", recorder="desk")
        assert plain.store is plain.whole


def test_what_is_not_there_is_not_withheld(case):
    for what in ("person:nobody", "d-1#none", "@999"):
        with pytest.raises(HabeasError):
            _withhold(case, what)
    with pytest.raises(Refused):
        _withhold(case, "@1")


def test_the_text_log_of_the_desk_is_whole(case):
    assert all(
        line == textlog.line_of(one)
        for line, one in zip(case.export(), case.whole.records(), strict=True)
    )
