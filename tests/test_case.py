"""A case in a database: editors beside one another, copies, dossiers, snapshots and citations."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest

from habeas.case import Case, editing, snapshots
from habeas.errors import BadLog, Refused, Stale, UnknownName
from habeas.events import (
    CaseOpened,
    DocumentRegistered,
    EventRedacted,
    PartyRegistered,
    PersonRegistered,
    StatusClaimed,
    build,
)
from habeas.log import Tree
from habeas.log.hashes import EMPTY_ROOT
from random_logs import counted_clock, counted_entropy

TESTS = Path(__file__).parent
PROCESSES, EACH = 8, 500


def begun(path):
    """A case with an outlet, its two documents, two men, and a claim with a ref."""
    case = opened(path, create=True)
    events = [
        build(CaseOpened, {"case": "invented", "title": "Invented", "timezone": "UTC"}),
        build(PersonRegistered, {"person": "ana", "name": "Ana Nobody"}),
        build(PersonRegistered, {"person": "bo", "name": "Bo Nobody"}),
        build(PartyRegistered, {"party": "outlet", "name": "The Outlet", "kind": "media"}),
        document("d-1", "2026-01-08"),
        document("d-2", "2026-01-09"),
        claim("ana", "detained", ref="taken", when="2026-01-05"),
        claim("bo", "released", when="2026-01-07"),
    ]
    case.append(*events, recorder="desk")
    return case


def opened(path, **more):
    return Case.open(path, clock=counted_clock(), entropy=counted_entropy(), **more)


def document(name, published):
    known = {"document": name, "publisher": "outlet", "published": published, "title": "It"}
    return build(DocumentRegistered, known)


def claim(person, status, document="d-1", stance="asserted", **more):
    known = {"person": person, "status": status, "document": document, "stance": stance}
    return build(StatusClaimed, known | more)


@pytest.fixture
def case(tmp_path):
    with begun(tmp_path / "a.db") as made:
        yield made


def length(case):
    return case.store.head().position


def recomputed(case):
    """The root after every event, from the leaves alone."""
    tree = Tree()
    for record in case.events():
        tree.add(record.leaf)
    return tree.root()


# Editors beside one another


@pytest.fixture
def other(case, tmp_path):
    """Another editor, at the same database."""
    salts = itertools.count(1_000)
    entropy = lambda size: next(salts).to_bytes(size, "big")  # noqa: E731 - the case's own are others
    with Case.open(tmp_path / "a.db", clock=counted_clock(), entropy=entropy) as made:
        yield made


def test_of_two_who_correct_the_same_claim_one_is_told(case, other):
    newest = case.state().thread(editing.thread_named(case.state(), "d-1#taken").id).newest
    assert editing.thread_named(other.state(), "d-1#taken").newest == newest
    won = case.edit(
        editing.correct("d-1#taken", {"when": "2026-01-04"}, reason="a slip", follows=newest)
    )
    lost = editing.correct("d-1#taken", {"place": "The Tower"}, reason="left out", follows=newest)
    with pytest.raises(Stale) as stale:
        other.edit(lost)
    assert f"has changed since {newest}: event {won.seq}" in stale.value.message
    assert f"--follows {won.id}" in stale.value.hint
    assert length(other) == won.seq
    again = editing.correct("d-1#taken", {"place": "The Tower"}, reason="x", follows=won.id)
    done = other.edit(again)
    thread = editing.thread_named(case.state(), "d-1#taken")
    assert thread.history[1:] == (won.seq, done.seq)
    assert (thread.event.when, thread.event.place) == ("2026-01-04", "The Tower")


def test_by_default_an_act_follows_what_is_newest_when_it_is_made(case, other):
    other.state()
    first = case.edit(editing.void("d-1#taken", reason="a slip", follows=None))
    with pytest.raises(Refused, match="already voided"):
        other.edit(editing.void("d-1#taken", reason="a slip", follows=None))
    target = case.state().threads[case.state().thread(claim_id(case)).seq]
    done = other.edit(editing.correct(target.id, {}, reason="right after all", follows=None))
    assert editing.thread_named(case.state(), "d-1#taken").history[1:] == (first.seq, done.seq)


def claim_id(case):
    return next(one.id for one in case.events() if one.type == "status.claimed")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (editing.merge("ana", "bo", reason="x", follows=None), "merge:bo"),
        (editing.grade("outlet", "C", reason="x", follows=None), "grade:outlet"),
    ],
)
def test_of_two_who_merge_or_grade_one_is_told(case, other, one, two):
    act = one(other.state())
    won = case.edit(one)
    with pytest.raises(Stale, match=f"event {won.id} came since"):
        other.append(act)
    assert case.state().newest_act[two] == won.id


def test_a_registration_is_made_once_by_two(case, other):
    event = build(PersonRegistered, {"person": "cy", "name": "Cy Nobody"})
    other.state()
    first, again = case.append(event)[0], other.append(event)[0]
    assert (again.seq, again.id, again.already) == (first.seq, first.id, True)
    with pytest.raises(Refused, match="with other content"):
        other.append(build(PersonRegistered, {"person": "cy", "name": "Cy Somebody"}))


def test_eight_processes_append_four_thousand_events(tmp_path):
    path = tmp_path / "many.db"
    with Case.open(path, create=True, clock=counted_clock(0)) as case:
        case.open_case("many", title="Many", timezone="UTC", recorder="desk")
    started = [_registrar(path, number) for number in range(PROCESSES)]
    try:
        for one in started:
            assert one.stdout.readline() == "ready\n"
        for one in started:
            one.stdin.write("go\n")
            one.stdin.flush()
        told = [one.communicate(timeout=300) for one in started]
    finally:
        for one in started:
            one.kill()
            one.wait()
    assert [err for _, err in told if err] == []
    acknowledged = [line.split() for out, _ in told for line in out.splitlines()]
    with Case.open(path) as case:
        records = list(case.events())
        assert [one.seq for one in records] == list(range(1, 1 + PROCESSES * EACH + 1))
        assert sorted(acknowledged) == sorted([str(one.seq), one.id] for one in records[1:])
        assert case.store.head().root == recomputed(case)
        assert len(list(case.state().all_of("person"))) == PROCESSES * EACH
        times = [one.recorded for one in records]
        assert times == sorted(set(times))


def _registrar(path, number):
    """Start one of them; it waits to be told to go."""
    source = TESTS.parent / "src"
    return subprocess.Popen(
        [sys.executable, TESTS / "registrar.py", path, str(EACH), f"w-{number}"],
        env=os.environ | {"PYTHONPATH": str(source)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


# Appending


def test_events_are_appended_all_or_none(case):
    before = length(case)
    good = claim("ana", "released", "d-2")
    with pytest.raises(UnknownName):
        case.append(good, claim("nobody", "released"))
    assert length(case) == before
    assert case.state().position == before
    case.append(good, claim("bo", "detained", "d-2"))
    assert length(case) == before + 2


def test_a_dry_run_checks_and_keeps_nothing(case):
    before, root = length(case), case.store.head().root
    done = case.append(claim("ana", "released", "d-2"), dry_run=True)[0]
    assert (done.seq, done.already) == (before + 1, False)
    with pytest.raises(UnknownName):
        case.append(claim("nobody", "released"), dry_run=True)
    case.edit(editing.void("d-1#taken", reason="x", follows=None), dry_run=True)
    assert (length(case), case.store.head().root) == (before, root)
    assert case.state().position == before
    assert case.append(claim("ana", "released", "d-2"))[0].seq == before + 1


def test_the_recorder_is_kept_and_never_guessed(case):
    case.append(claim("ana", "released", "d-2"), recorder="A\u0301sa")
    assert list(case.events())[-1].recorder == "Ása"
    case.append(claim("bo", "detained", "d-2"))
    assert list(case.events())[-1].recorder == "unnamed"
    for recorder in ("", " ", "two\nlines", "\x07", "x" * 1001):
        with pytest.raises(Exception, match="recorder"):
            case.append(claim("bo", "escaped", "d-2"), recorder=recorder)


# Copies


@pytest.fixture
def copy(tmp_path):
    with opened(tmp_path / "copy.db", create=True) as made:
        yield made


def lines_of(case):
    return list(case.export())


def test_an_import_is_byte_exact(case, copy):
    lines = lines_of(case)
    assert copy.import_log(lines) == len(lines)
    assert lines_of(copy) == lines
    assert copy.store.head().root == case.store.head().root == recomputed(copy)
    asked = {"as_of": "2026-01-09"}
    assert copy.status(**asked).data == case.status(**asked).data


@pytest.mark.parametrize("cut", [0, 1, 4, 7])
def test_a_log_that_is_a_prefix_is_completed(case, copy, cut):
    lines = lines_of(case)
    assert copy.import_log(lines[:cut]) == cut
    assert copy.import_log(lines) == len(lines) - cut
    assert copy.import_log(lines[:cut]) == 0, "a file that is a prefix of the log adds nothing"
    assert lines_of(copy) == lines


def test_two_logs_are_told_apart_at_the_first_event_that_differs(case, copy):
    lines = lines_of(case)
    copy.import_log(lines[:6])
    copy.append(claim("bo", "detained"))
    before = lines_of(copy)
    with pytest.raises(Refused, match=r"event 7 is '[a-z2-7]{20}' here and") as refusal:
        copy.import_log(lines)
    assert "into a new database" in refusal.value.hint
    assert lines_of(copy) == before


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda lines: [*lines[:3], *lines[4:]], "line 4: the event's seq is 5"),
        (lambda lines: lines[1:], "line 1: the event's seq is 2"),
        (lambda lines: [*lines[:-1], lines[-1][:-1]], "line 8: the line does not end"),
        (lambda lines: [*lines[:-1], lines[-1].replace(b"ana", b"bo")], "line 8"),
        (lambda lines: [line.replace(b"Ana", b"Eva") for line in lines], "line 2: the id is"),
        (lambda lines: [*lines[:4], *lines], "line 5: the event's seq is 1"),
        (lambda lines: [b"\n", *lines], "line 1"),
    ],
)
def test_a_spoilt_log_adds_nothing(case, copy, spoil, words):
    lines = lines_of(case)
    spoilt = spoil(lines)
    if spoilt[-1] == lines[-1].replace(b"ana", b"bo"):
        spoilt[-1] = spoilt[-1].replace(b"released", b"escaped")
    with pytest.raises(BadLog, match=words) as refusal:
        copy.import_log(spoilt)
    assert refusal.value.hint
    assert length(copy) == 0
    assert copy.store.head().root == EMPTY_ROOT


def test_what_could_not_follow_is_not_imported(tmp_path, case, copy):
    """Lines that fit their own hashes, but not the log before them."""
    with opened(tmp_path / "else.db", create=True) as other:
        other.append(
            build(CaseOpened, {"case": "else", "title": "Else", "timezone": "UTC"}),
            build(PersonRegistered, {"person": "cy", "name": "Cy"}),
        )
        alien = lines_of(other)[1]
    lines = lines_of(case)
    assert copy.import_log([lines[0]]) == 1
    with pytest.raises(BadLog, match="event 2 was recorded no later"):
        copy.import_log([lines[0], _recorded(alien, b"2001-01-01T00:00:00.000000Z")])
    claims = [line for line in lines if b"status.claimed" in line]
    with pytest.raises(BadLog, match=r"event 2 cannot follow.*no person 'ana'"):
        copy.import_log([lines[0], _at(claims[0], 2)])
    second = _recorded(_at(lines_of(other_case(tmp_path))[0], 2), b"2026-03-01T00:00:00.000000Z")
    with pytest.raises(BadLog, match=r"case\.opened, once"):
        copy.import_log([lines[0], second])
    assert length(copy) == 1


def other_case(tmp_path):
    made = opened(tmp_path / "third.db", create=True)
    made.open_case("third", title="Third", timezone="UTC", recorder="desk")
    return made


def _at(line, seq):
    """The line at another place; nothing but the root commits to its seq."""
    head, _, tail = line.rpartition(b'"seq":')
    return head + b'"seq":%d' % seq + tail[tail.index(b",") :]


def _recorded(line, instant):
    head, _, tail = line.partition(b'"recorded":"')
    return head + b'"recorded":"' + instant + tail[tail.index(b'"') :]


# Dossiers

TWELVE = b"""\
[[party]]
party = "outlet"
name = "Another Outlet"
kind = "monitor"

[[status]]
person = "ana"
status = "excarcelada"
document = "d-1"

[[status]]
person = "ana"
status = "released"
when = "2019-02-30"
document = "d-1"

[[status]]
person = "ana"
status = "detained"
when = "2019-03-06/2019-03-05"
document = "d-1"

[[status]]
person = "ana"
status = "detained"
said = "2019-03-05T10:00:00"
document = "d-1"

[[status]]
person = "anna"
status = "detained"
document = "d-1"

[[detail]]
person = "ana"
nationalty = "IE"
document = "d-1"

[[count]]
measure = "held"
operator = "="
low = "41"
document = "d-1"

[[status]]
person = "bo"
status = "detained"

[[count]]
measure = "held"
operator = ".."
low = 41
high = 14
document = "d-1"

[[remark]]
about = "bo"
text = "caf\xe9"
document = "d-1"

[[status]]
person = "bo"
status = "relea"""
FAULTS = {
    1: ("'outlet' is already registered, with other content", "habeas correct"),
    8: ("'excarcelada'", "ambiguous"),
    14: ("2019-02-30", "2019-02-28"),
    20: ("2019-03-05", "2019-03-05/2019-03-06"),
    26: ("without an offset", "-04:00"),
    30: ("no person 'anna'", "did you mean 'ana'"),
    36: ("nationalty", "nationality"),
    42: ("`low` is '41'", "low ="),
    45: ("document", "document ="),
    52: ("41", "swap"),
    57: ("UTF-8", ""),
    62: ("no TOML", ""),
}
"""What is at fault, by line: words of the message and of the hint."""


def test_twelve_faults_are_twelve_findings_and_nothing_is_added(case, tmp_path):
    path, before = tmp_path / "faulty.toml", lines_of(case)
    path.write_bytes(TWELVE)
    done = case.load([path])
    found = {one.line: one for one in done.findings}
    assert all(one.path == str(path) for one in done.findings)
    near = {line: min(found, key=lambda at, line=line: abs(at - line)) for line in FAULTS}
    for line, (message, hint) in FAULTS.items():
        one = found[near[line]]
        assert abs(near[line] - line) <= 2, (line, sorted(found))
        assert message in one.message, one
        assert hint in one.hint, one
        assert one.hint, one
    assert len(done.findings) == len(set(near.values())) == 12
    assert (done.new, done.already) == (0, 0)
    assert lines_of(case) == before


def dossier(path, text):
    path.write_text(text)
    return path


CLAIM = """\
[[status]]
person = "{person}"
status = "{status}"
document = "d-1"
when = "2026-01-05"
{more}
"""


def test_a_file_is_loaded_whole_or_not_at_all(case, tmp_path):
    good = dossier(tmp_path / "a.toml", CLAIM.format(person="bo", status="detained", more=""))
    text = CLAIM.format(person="ana", status="released", more="")
    bad = dossier(tmp_path / "b.toml", text + CLAIM.format(person="cy", status="x", more=""))
    before = length(case)
    done = case.load([good, bad])
    assert (done.new, length(case)) == (1, before + 1)
    assert {one.path for one in done.findings} == {str(bad)}
    assert case.load([good]).new == 0


def test_what_needs_a_faulty_file_falls_out_with_it(case, tmp_path):
    names = '[[person]]\nperson = "cy"\nname = "Cy"\n[[party]]\nparty = "x"\n'
    first = dossier(tmp_path / "a.toml", names)
    second = dossier(tmp_path / "b.toml", CLAIM.format(person="cy", status="detained", more=""))
    before = length(case)
    done = case.load([first, second])
    assert {one.path for one in done.findings} == {str(first), str(second)}
    assert length(case) == before


def test_what_would_be_registered_has_a_fault_of_its_own(case, tmp_path):
    names = '[[person]]\nperson = "cy"\nname = ""\n'
    first = dossier(tmp_path / "a.toml", names)
    second = dossier(tmp_path / "b.toml", CLAIM.format(person="cy", status="detained", more=""))
    [empty, unknown] = case.load([first, second]).findings
    assert empty.hint == "fill it in: it is needed"
    assert unknown.message == "no person 'cy' is registered"
    assert unknown.hint == f"{first} would register it: mend the faults there first"


NEW = """\
[document]
document = "d-3"
publisher = "outlet"
published = "2026-01-0{day}"
title = "It"
"""


def test_a_ref_twice_in_a_new_file_is_one_finding(case, tmp_path):
    claims = [
        f'[[status]]\nperson = "{person}"\nstatus = "missing"\nref = "a"\n'
        for person in ("ana", "bo")
    ]
    path = dossier(tmp_path / "a.toml", NEW.format(day=7) + "".join(claims))
    [finding] = case.load([path]).findings
    assert finding.message == "ref 'd-3#a' is there already, with other content, at line 6"
    assert (finding.path, finding.line) == (str(path), 13)
    assert "habeas correct" not in finding.hint


def test_one_id_in_two_new_files_is_told_with_both(case, tmp_path):
    first = dossier(tmp_path / "a.toml", '[[person]]\nperson = "cy"\nname = "Cy"\n')
    second = dossier(tmp_path / "b.toml", '\n[[person]]\nperson = "cy"\nname = "Cy Nobody"\n')
    done = case.load([first, second])
    [finding] = done.findings
    assert finding.message == f"person 'cy' is there already, with other content, at {first}:1"
    assert (finding.where, done.new) == (f"{second}:3", 1)


@pytest.mark.parametrize(
    ("claim", "hint"),
    [
        ("d-4#x", "`habeas log --type document.registered` lists the documents"),
        ("d-3#x", "none of its claims has a ref; give an id: habeas log --document d-3"),
        ("d-1#x", "refs of 'd-1': taken"),
    ],
)
def test_a_ref_that_is_not_there_is_told_with_what_is(case, tmp_path, claim, hint):
    text = NEW.format(day=7) + f'[[withdrawn]]\nclaim = "{claim}"\n'
    [finding] = case.load([dossier(tmp_path / "a.toml", text)]).findings
    assert finding.message.startswith(f"no claim is called '{claim}'")
    assert finding.hint.endswith(hint)


def test_a_ref_of_a_document_that_was_refused_waits_for_it(case, tmp_path):
    first = dossier(tmp_path / "a.toml", NEW.format(day=7).replace('"It"', '""'))
    text = CLAIM.format(person="ana", status="released", more="") + '[[withdrawn]]\nclaim="d-3#x"\n'
    second = dossier(tmp_path / "b.toml", f'[defaults]\ndocument = "d-1"\n{text}')
    [_, finding] = case.load([first, second]).findings
    assert finding.message == "no claim is called 'd-3#x': no document 'd-3' is registered"
    assert finding.hint == f"{first} would register it: mend the faults there first"


def test_a_ref_of_a_claim_that_was_refused_waits_for_it(case, tmp_path):
    faulty = '[[status]]\nperson = "ana"\nstatus = "gone"\nref = "x"\n'
    text = NEW.format(day=7) + faulty + '[[withdrawn]]\nclaim = "d-3#x"\n'
    path = dossier(tmp_path / "a.toml", text)
    [_, finding] = case.load([path]).findings
    assert finding.message == "no claim is called 'd-3#x'"
    assert finding.hint.startswith(f"if it stands in {path}, mend the faults there first; else ")


def test_a_ref_with_other_content_has_the_command_ready(case, tmp_path):
    text = CLAIM.format(person="ana", status="released", more='ref = "taken"')
    done = case.load([dossier(tmp_path / "a.toml", text)])
    assert [one.message for one in done.findings] == [
        "d-1#taken is already recorded, with other content (status)"
    ]
    assert done.findings[0].hint == "habeas correct 'd-1#taken' --set status=released --reason '…'"
    case.edit(editing.correct("d-1#taken", {"status": "released"}, reason="x", follows=None))
    again = case.load([tmp_path / "a.toml"])
    assert (again.findings, again.new, again.already) == ((), 0, 1)


def test_claims_that_left_their_file_are_listed(case, tmp_path):
    text = """\
[document]
document = "d-1"
publisher = "outlet"
published = "2026-01-08"
title = "It"

[[status]]
person = "bo"
status = "released"
when = "2026-01-07"
"""
    done = case.load([dossier(tmp_path / "a.toml", text)])
    assert (done.findings, done.new, done.already) == ((), 0, 2)
    assert [one.event.ref for one in done.unlisted] == ["taken"]


def test_a_dossier_does_not_bring_back_what_was_voided(case, tmp_path):
    text = CLAIM.format(person="bo", status="detained", more="")
    path = dossier(tmp_path / "a.toml", text)
    assert case.load([path]).new == 1
    voided = case.edit(editing.void(f"@{length(case)}", reason="of another", follows=None))
    done = case.load([path])
    assert "and voided" in done.findings[0].message
    assert "restores it" in done.findings[0].hint
    assert length(case) == voided.seq


def test_a_dry_load_says_what_it_would_do_and_keeps_nothing(case, tmp_path):
    path = dossier(tmp_path / "a.toml", CLAIM.format(person="bo", status="detained", more=""))
    before = lines_of(case)
    assert case.load([path], dry_run=True).new == 1
    assert lines_of(case) == before
    assert case.load([path]).new == 1


# Snapshots and citations


def cited(case, name=None, **asked):
    question = case.question(**({"as_of": "2026-01-08"} | asked))
    return snapshots.cite(case, question, name, "desk")


def test_a_citation_gives_the_same_answer_on_another_machine(case, copy):
    citation = cited(case, "brief")
    answer = case.status(as_of="2026-01-08", at_log=f"@{length(case) - 1}")
    case.edit(editing.correct("d-1#taken", {"status": "escaped"}, reason="x", follows=None))
    case.append(claim("bo", "detained", "d-2"))
    copy.import_log(case.export())
    for one in (case, copy):
        produced = snapshots.answer_to(one, citation)
        assert produced.differs is None
        assert produced.answer.data == answer.data
        assert snapshots.digest(produced.answer) == produced.snapshot.digest
    assert list(snapshots.listed(copy)) == list(snapshots.listed(case))
    assert [one["citation"] for one in snapshots.listed(copy)] == [citation]


def test_what_is_cited_again_has_the_same_citation(case):
    before = length(case)
    first = cited(case)
    assert cited(case, at_log=f"@{before}") == first
    assert length(case) == before + 1
    assert first.startswith("habeas:invented/cited-")
    assert cited(case, "by-name") != first
    assert cited(case, "by-name") == cited(case, "by-name", as_of="2026-01-09")


def test_a_snapshot_keeps_its_own_question(case, tmp_path):
    folder = tmp_path / "sure"
    folder.mkdir()
    (folder / "projection.toml").write_text(
        'title = "Sure"\nview = "roster"\nas_of = "2026-01-09"\n[rules]\naccept = "confirmed"\n'
    )
    question = case.question(as_of="2026-01-09", on="2026-01-04", projection=folder)
    answer = case.status(as_of="2026-01-09", on="2026-01-04", projection=folder)
    case.snapshot("sure", question)
    produced = snapshots.produce(case, case.state().snapshots["sure"])
    assert produced.answer.data == answer.data
    assert produced.answer.basis["rules"]["accept"] == "confirmed"
    assert produced.differs is None


def test_changes_between_two_snapshots(case):
    case.snapshot("eighth", case.question(as_of="2026-01-08"))
    case.append(claim("ana", "released", "d-2", when="2026-01-09"))
    case.snapshot("ninth", case.question(as_of="2026-01-09"))
    eighth, ninth = (case.state().snapshots[one].position for one in ("eighth", "ninth"))
    assert (eighth, ninth) == (8, 10)
    named = case.changes("eighth", "ninth")
    assert named.data == case.changes("2026-01-08@8", "2026-01-09@10").data
    assert [one["person"] for one in named.changes] == ["ana"]
    with pytest.raises(UnknownName, match="no snapshot is called 'tenth'"):
        case.changes("ninth", "tenth")


def test_what_is_no_citation_of_this_log(case, tmp_path, copy):
    citation = cited(case, "brief")
    for text in ("", "brief", citation[:-1], citation + "0", citation.upper(), "habeas:x@y"):
        with pytest.raises(UnknownName, match="is no citation"):
            snapshots.answer_to(case, text)
    with pytest.raises(UnknownName, match="no snapshot is called 'other'"):
        snapshots.answer_to(case, citation.replace("/brief", "/other"))
    with pytest.raises(Refused, match="of the case 'else', this is 'invented'"):
        snapshots.answer_to(case, citation.replace("invented", "else"))
    copy.import_log(lines_of(case)[:8])
    copy.append(claim("bo", "detained", "d-2"))
    copy.snapshot("brief", copy.question(as_of="2026-01-08"))
    with pytest.raises(BadLog, match="root at the snapshot") as refusal:
        snapshots.answer_to(copy, citation)
    assert "import the published log" in refusal.value.hint


def test_another_engine_is_named(case, monkeypatch):
    citation = cited(case, "brief")
    monkeypatch.setattr(snapshots, "ENGINE", "9")
    monkeypatch.setattr("habeas.projections.basis.ENGINE", "9")
    assert snapshots.answer_to(case, citation).differs == (
        "it was answered by engine 1; this is engine 9"
    )


def test_what_was_redacted_since_is_named(case, copy):
    citation = cited(case, "brief")
    victim = list(case.events())[6]
    case.append(build(EventRedacted, {"event": victim.id, "reason": "asked for"}))
    lines = lines_of(case)
    lines[6] = victim.leaf + b"\n"
    copy.import_log(lines)
    produced = snapshots.answer_to(copy, citation)
    assert "redacted" in produced.differs
    assert copy.store.root_at(9) == case.store.root_at(9)
