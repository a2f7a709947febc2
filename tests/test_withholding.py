"""Withholding: marked secrets in every field of every event type, looked for in every output."""

from __future__ import annotations

import json
import shutil

import pytest
from typer.testing import CliRunner

from habeas import cli, textlog
from habeas.case import Case, guarding, proving, verifying
from habeas.errors import HabeasError, Refused, UnknownName
from habeas.events import (
    PersonRegistered,
)
from habeas.events.acts import ACCESS_KINDS
from habeas.store import MemoryStore
from secrecy import LATER, MARK, STEP, make, put, withhold


@pytest.fixture
def ticking():
    """A clock of 2031 that can be set."""
    now = [LATER]

    def clock():
        now[0] += STEP
        return now[0]

    clock.now = now
    return clock


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "log.db"
    make(path)
    return path


@pytest.fixture
def case(made, tmp_path, ticking, entropy):
    """A case of which a person, a party, a document and an event are secret."""
    path = shutil.copy(made, tmp_path / "log.db")
    with Case.open(path, clock=ticking, entropy=entropy, audience="desk") as opened:
        yield opened


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
def test_no_command_says_a_secret(case, tmp_path, arguments, tried):
    formats = [[]] if arguments[0] in {"verify", "export"} else [["--format", "table"], []]
    formats += [["--format", one] for one in ("nl", "csv", "md")] if len(formats) > 1 else []
    for form in formats:
        said = _said(tmp_path / "log.db", [*arguments, *form])
        assert MARK not in said, said[max(said.find(MARK) - 200, 0) :][:400]
    tried("answers searched for a secret, in each format", len(formats), "none told")


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
    withhold(case, "person:zqx", until="2031-12-31")
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
            withhold(case, what)
    with pytest.raises(Refused):
        withhold(case, "@1")


def test_the_text_log_of_the_desk_is_whole(case):
    assert all(
        line == textlog.line_of(one)
        for line, one in zip(case.export(), case.whole.records(), strict=True)
    )


def test_what_is_withheld_or_disclosed_already_is_not_so_again(case):
    with pytest.raises(Refused, match="'person:zqx' is withheld already"):
        withhold(case, "person:zqx")
    withhold(case, "person:zqx", until="2035")
    again = guarding.disclose("person:zqx", until=None, audience="public", reason="x", follows=None)
    case.edit(again)
    with pytest.raises(Refused, match="'person:zqx' is disclosed already"):
        case.edit(again)


@pytest.mark.parametrize("name", ["ana", "league", "d-1"])
def test_a_name_without_its_kind_is_recognised(case, name):
    with pytest.raises(UnknownName) as caught:
        withhold(case, name)
    assert caught.value.hint in {f"did you mean {kind}:{name}?" for kind in ACCESS_KINDS}


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("person:anna", "did you mean person:ana?"),
        ("party:leage", "did you mean party:league?"),
        ("document:d-11", "did you mean document:d-1"),
        ("person:nobody", "`habeas log --type person.registered` lists them"),
    ],
)
def test_a_slip_of_a_name_gets_the_nearest(case, typed, hint):
    with pytest.raises(UnknownName) as caught:
        withhold(case, typed)
    assert hint in caught.value.hint
