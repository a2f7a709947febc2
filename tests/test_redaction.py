"""Redaction: the words are in no file any more, and everything else is still proven."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from habeas import cli
from habeas.case import Case, copying, editing, proving, redacting, verifying
from habeas.errors import BadLog, Refused, UnknownName
from habeas.events import (
    DocumentRegistered,
    EventRedacted,
    PartyRegistered,
    PersonRegistered,
    RemarkClaimed,
    StatusClaimed,
    build,
)
from habeas.store.auditing import audited

MARK = b"zqx"


@pytest.fixture
def case(tmp_path, clock, entropy):
    with Case.open(
        tmp_path / "log.db", create=True, clock=clock, entropy=entropy, audience="desk"
    ) as opened:
        opened.open_case("invented", title="An invented case", timezone="UTC", recorder="desk")
        put(opened, PartyRegistered, party="outlet", name="The Outlet", kind="media")
        put(
            opened,
            DocumentRegistered,
            document="d-1",
            publisher="outlet",
            published="2001-01-08",
            title="One",
        )
        for person in ("ana", "zqx"):
            put(opened, PersonRegistered, person=person, name=f"{person.title()} Nobody")
        for day in range(1, 9):
            for person in ("ana", "zqx"):
                _claim(opened, person, day)
        put(opened, RemarkClaimed, about=("zqx",), text="zqx " * 300, document="d-1")
        opened.edit(editing.correct("d-1#zqx-3", {"place": "zqx"}, reason="zqx", follows=None))
        opened.snapshot(
            "one", opened.question(as_of="2001-01-09")._replace(where={"person": ("zqx",)})
        )
        opened.rebuild()
        yield opened


def put(case, cls, **known):
    return case.append(build(cls, known), recorder="desk")[0].id


def _claim(case, person, day):
    put(
        case,
        StatusClaimed,
        person=person,
        document="d-1",
        status="detained",
        stance="asserted",
        when=f"2000-0{day}-01",
        ref=f"{person}-{day}",
        note=f"{person} " * 100,
    )


def files_with(path, word):
    return [one.name for one in path.parent.iterdir() if word in one.read_bytes().lower()]


def test_a_redacted_person_is_in_no_file(case, tmp_path, tried):
    path = tmp_path / "log.db"
    assert files_with(path, MARK)
    roots = [case.store.root_at(at) for at in range(case.store.head().position + 1)]
    gone = redacting.redact(case, "person:zqx", reason="asked for", recorder="desk")
    assert len(gone) == 1 + 8 + 1 + 1 + 1
    assert files_with(path, MARK) == []
    assert [case.store.root_at(at) for at in range(len(roots))] == roots
    report = verifying.verified(path)
    assert report.faults == ()
    assert report.verdict.redacted == len(gone)
    assert case.status().basis["redacted"] == len(gone)
    assert [one["person"] for one in case.status().persons] == ["ana"]
    tried("events redacted, their words sought in all bytes of the database's files", len(gone))
    assert proving.check(proving.prove_event(case, next(case.store.read([gone[0]]))), None)
    with pytest.raises(UnknownName):
        case.status("zqx")


def test_an_event_goes_with_its_corrections_and_is_not_recognised_again(case, tmp_path):
    event = next(case.store.read(case.store.marked("ref:d-1#zqx-3"))).event
    gone = redacting.redact(case, "d-1#zqx-3", reason="asked for", recorder="desk")
    assert len(gone) == 2
    assert verifying.verified(tmp_path / "log.db").sound
    assert not case.append(event)[0].already
    assert verifying.verified(tmp_path / "log.db").sound


def test_a_claim_goes_without_what_took_it_back(case):
    claim = case.store.marked("ref:d-1#zqx-3")[0]
    for ref in ("one", "two"):
        case.edit(editing.withdraw("d-1#zqx-3", {"document": "d-1", "ref": ref}))
    case.edit(editing.correct("d-1#one", {"note": "a note"}, reason="more", follows=None))
    gone = redacting.redact(case, f"@{claim}", reason="asked for", recorder="desk")
    assert gone == (claim, *case.store.of_type("event.corrected")[:1])
    with pytest.raises(Refused, match=f"event '@{claim}' is redacted"):
        case.edit(editing.void(f"@{claim}", reason="a slip", follows=None))


def test_to_redact_twice_is_told(case, tmp_path):
    def said(*more):
        given = ["redact", "@6", "--reason", "x", "--db", str(tmp_path / "log.db"), *more]
        result = CliRunner().invoke(cli.app, given)
        assert result.exit_code == 0, result.stderr
        return result.stderr

    assert "redacted: @6" in said()
    assert said() == "nothing is left to redact of '@6'\n"


def test_a_dry_run_removes_nothing(case, tmp_path):
    gone = redacting.redact(case, "person:zqx", reason="asked for", recorder="desk", dry_run=True)
    assert len(gone) == 12
    assert verifying.verified(tmp_path / "log.db").verdict.redacted == 0


def test_a_registration_that_is_named_stays(case):
    for named in ("@2", "@3", "@4"):
        with pytest.raises(Refused, match="still named by event"):
            redacting.redact(case, named, reason="asked for", recorder="desk")
    with pytest.raises(Refused, match="the case itself"):
        redacting.redact(case, "@1", reason="asked for", recorder="desk")
    with pytest.raises(UnknownName):
        redacting.redact(case, "person:nobody", reason="asked for", recorder="desk")


def test_a_redaction_is_carried_over_by_an_import_and_never_undone(case, tmp_path, clock, entropy):
    before = list(case.export())
    redacting.redact(case, "person:zqx", reason="asked for", recorder="desk")
    after = list(case.export())
    assert MARK not in b"".join(after).lower()
    with Case.open(tmp_path / "copy.db", create=True, clock=clock, entropy=entropy) as copy:
        copy.import_log(before)
        copy.import_log(after)
        assert copy.import_log(before) == 0
        assert list(copy.export()) == after
    assert files_with(tmp_path / "copy.db", MARK) == []
    assert verifying.verified(tmp_path / "copy.db").sound


def test_what_was_interrupted_is_found_and_finished(case, tmp_path):
    target = next(case.store.read(case.store.marked("ref:d-1#zqx-5")))
    act = build(EventRedacted, {"event": target.id, "reason": "asked for"})
    case.append(act, recorder="desk")
    with audited(tmp_path / "log.db") as audit:
        assert audit.withheld() == frozenset()
    report = verifying.verified(tmp_path / "log.db")
    assert f"event {target.seq} is redacted" in report.faults[0]
    redacting.redact(case, f"@{target.seq}", reason="asked for", recorder="desk")
    assert verifying.verified(tmp_path / "log.db").sound
    assert len(case.store.of_type("event.redacted")) == 1


DOSSIER = """\
[document]
document = "d-1"
publisher = "outlet"
published = "2001-01-08"
title = "One"

[[person]]
person = "zqx"
name = "Zqx Nobody"

[[status]]
person = "ana"
status = "detained"
when = "2000-03-01"

[[status]]
person = "zqx"
status = "detained"

[[remark]]
about = ["zqx"]
text = "nothing"
"""


def test_dossiers_that_still_say_it_are_named_by_line(case, tmp_path, monkeypatch):
    (tmp_path / "seeds" / "x").mkdir(parents=True)
    (tmp_path / "seeds" / "x" / "d.toml").write_text(DOSSIER)
    monkeypatch.chdir(tmp_path)
    case.close()
    words = ["redact", "person:zqx", "--reason", "asked for", "--db", "log.db"]
    for more in (["--dry-run"], []):
        done = CliRunner().invoke(cli.app, [*words, *more])
        assert done.exit_code == 0
        told = [line.split(": ")[0] for line in done.stderr.splitlines() if "still says it" in line]
        assert told == [f"seeds/x/d.toml:{line}" for line in (7, 16, 20)]
    assert "Nobody" not in done.stderr
    assert "`load` takes it again" in done.stderr


WITHDRAWN = """
[document]
document = "d-2"
publisher = "outlet"
published = "2001-01-08"
title = "Two"

[[withdrawn]]
claim = "d-1#zqx-1"

[[withdrawn]]
claim = "d-1#ana-1"
"""


def test_a_withdrawal_in_a_dossier_is_named_too(case, tmp_path):
    path = tmp_path / "seeds" / "d.toml"
    path.parent.mkdir()
    path.write_text(WITHDRAWN)
    assert case.load([path]).new == 3
    withdrawal = next(
        one.id for one in reversed([*case.store.records()]) if one.type == "claim.withdrawn"
    )
    assert redacting.places(case, withdrawal, path.parent) == (f"{path}:11",)
    assert redacting.places(case, "person:zqx", path.parent) == (f"{path}:8",)
    redacting.redact(case, "person:zqx", reason="asked for", recorder="desk")
    assert redacting.places(case, "person:zqx", path.parent) == ()


def test_without_dossiers_none_is_named(case, tmp_path):
    assert redacting.places(case, "person:zqx", tmp_path / "nowhere") == ()


def test_what_was_cut_short_before_the_pages_were_made_anew_is_finished(case, tmp_path):
    """Killed after the payloads were deleted: the name is gone, and its bytes may not be."""
    path = tmp_path / "log.db"
    redacting.redact(case, "person:zqx", reason="asked for", recorder="desk")
    mark = tmp_path / "log.db-erasing"
    assert not mark.exists()
    mark.touch()
    assert "a redaction was cut short" in verifying.verified(path).faults[0]
    with pytest.raises(BadLog, match="cut short"):
        copying.backup(path, tmp_path / "copy.db")
    assert redacting.redact(case, "person:zqx", reason="asked for", recorder="desk") == ()
    assert not mark.exists()
    assert verifying.verified(path).sound
    with pytest.raises(UnknownName):
        redacting.redact(case, "person:zqx", reason="asked for", recorder="desk")
