"""Dossiers: what they unfold into, where it stands, and what is told of the faults in them."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas import dossier
from habeas.dossier import Expectation
from habeas.errors import HabeasError, UnknownName
from habeas.events import (
    BadValue,
    CaseOpened,
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
)

REPOSITORY = Path(__file__).parents[1]

DOCUMENT = """\
[document]
document = "courier"
publisher = "harbour-courier"
published = "2019-03-06"
title = "First releases"
"""
STATUS = """\
[[status]]
person = "ilse-varga"
status = "released"
"""


def read(text, path="seeds/courier.toml"):
    return dossier.read(path, text if isinstance(text, bytes) else text.encode())


def events(text, path="seeds/courier.toml"):
    found = read(text, path)
    assert not found.findings
    return [each.event for each in found.entries]


def claims(text):
    return events(f"{DOCUMENT}\n{text}")[1:]


def only_fault(text):
    [fault] = read(text).findings
    return fault


# What a dossier unfolds into


def test_takes_registrations_then_claims_by_kind_each_in_the_order_of_the_file():
    text = """
[[withdrawn]]
claim = "old#x"
[[unlisted]]
person = "a"
[[remark]]
about = "a"
text = "t"
[[group]]
group = "g"
label = "l"
status = "released"
operator = "="
low = 1
[[count]]
measure = "held"
operator = "="
low = 1
[[detail]]
person = "a"
charge = "c"
[[status]]
person = "b"
status = "released"
[[status]]
person = "a"
status = "released"
[[party]]
party = "p"
name = "P"
kind = "media"
[[person]]
person = "a"
name = "A"
"""
    case = '[case]\ncase = "c"\ntitle = "t"\ntimezone = "UTC"\n'
    found = read(text + DOCUMENT + case, "seeds/case.toml")
    assert not found.findings
    assert [each.cls for each in found.entries] == [
        CaseOpened,
        PersonRegistered,
        PartyRegistered,
        DocumentRegistered,
        StatusClaimed,
        StatusClaimed,
        DetailClaimed,
        CountClaimed,
        GroupClaimed,
        RemarkClaimed,
        RowUnlisted,
        ClaimWithdrawn,
    ]
    assert [each.event.person for each in found.entries[4:6]] == ["b", "a"]


def test_a_claim_is_asserted_by_the_publisher_of_the_only_document_unless_said():
    [claim] = claims(STATUS)
    assert (claim.document, claim.origin, claim.stance) == ("courier", None, "asserted")


def test_a_list_of_persons_gives_one_claim_each_with_a_ref_of_its_own():
    text = '[[status]]\nperson = {}\nstatus = "released"\nref = "out"\n'
    assert [(c.person, c.ref) for c in claims(text.format('["a", "b"]'))] == [
        ("a", "out-a"),
        ("b", "out-b"),
    ]
    assert [c.ref for c in claims(text.format('["a"]'))] == ["out"]
    assert [c.ref for c in claims(text.format('"a"'))] == ["out"]


def test_details_give_one_claim_for_each_person_key_and_value():
    text = '[[detail]]\nperson = ["a", "b"]\ncharge = ["x", "y"]\nhome_town = "z"\nref = "r"\n'
    assert [(c.person, c.key, c.value, c.ref) for c in claims(text)] == [
        ("a", "charge", "x", "r-a-charge-1"),
        ("a", "charge", "y", "r-a-charge-2"),
        ("a", "home_town", "z", "r-a-home-town"),
        ("b", "charge", "x", "r-b-charge-1"),
        ("b", "charge", "y", "r-b-charge-2"),
        ("b", "home_town", "z", "r-b-home-town"),
    ]
    [one] = claims('[[detail]]\nperson = "a"\nname = "Ilse"\nref = "r"\nstance = "denied"\n')
    assert (one.key, one.value, one.ref, one.stance) == ("name", "Ilse", "r", "denied")


def test_members_of_a_group_get_a_status_each_with_what_is_said_of_the_group():
    group, *members = claims("""\
[[group]]
group = "five"
label = "five students"
status = "released"
stance = "unconfirmed"
operator = "="
low = 5
population = "students"
when = "2019-03-05"
place = "Old Haven"
origin = "minister"
via = "radio"
said = "2019-03-05"
locator = "¶ 3"
ref = "five-out"
note = "n"
members = ["ilse-varga", "jon-pell"]
""")
    assert (group.group, group.low, group.ref) == ("five", 5, "five-out")
    assert [member.person for member in members] == ["ilse-varga", "jon-pell"]
    assert [member.ref for member in members] == ["five-out-ilse-varga", "five-out-jon-pell"]
    shared = ("group", "status", "stance", "when", "place", "origin", "via", "said", "locator")
    for member in members:
        assert isinstance(member, StatusClaimed)
        assert (member.document, member.note) == ("courier", "n")
        assert all(getattr(member, each) == getattr(group, each) for each in shared)


def test_defaults_fill_in_what_a_claim_does_not_say_and_what_it_can_hold():
    defaults = """\
[defaults]
origin = "minister"
via = ["radio"]
stance = "expected"
when = "2019-03"
locator = "¶ 1"
place = "Old Haven"
"""
    text = f'{STATUS}when = "2019"\n[[remark]]\nabout = ["a"]\ntext = "t"\norigin = "lantern"\n'
    status, remark = claims(defaults + text)
    assert (status.origin, status.stance, status.when) == ("minister", "expected", "2019")
    assert (status.locator, status.place) == ("¶ 1", "Old Haven")
    assert (remark.origin, remark.via, remark.locator) == ("lantern", ("radio",), "¶ 1")


def test_one_value_is_a_list_of_one():
    text = '[[party]]\nparty = "s"\nname = "S"\nkind = "family"\nof = "a"\n'
    [party] = events(text)
    assert party.of == ("a",)
    [person] = events('[[person]]\nperson = "a"\nname = "A"\naliases = "Aa"\n')
    assert person.aliases == ("Aa",)


def test_text_is_composed():
    [person] = events('[[person]]\nperson = "a"\nname = "Ore\u0301"\n')
    assert person.name == "Oré"


@pytest.mark.parametrize(
    ("bare", "text"),
    [
        ("2019-03-06", "2019-03-06"),
        ("2019-03-06T10:00:00Z", "2019-03-06T10:00:00Z"),
        ("2019-03-06 10:00:00z # a note", "2019-03-06T10:00:00Z"),
        ("2019-03-06t10:00:00-04:30", "2019-03-06T10:00:00-04:30"),
    ],
)
def test_bare_dates_are_text_as_they_were_written(bare, text):
    [document] = events(DOCUMENT.replace('"2019-03-06"', bare))
    assert document.published == text


def test_a_bare_date_in_the_defaults_is_read_too():
    [status] = claims(f"[defaults]\nwhen = 2019-03-05\n{STATUS}")
    assert status.when == "2019-03-05"


def test_a_time_of_day_without_offset_is_read_where_the_document_states_its_zone():
    naive = DOCUMENT.replace('"2019-03-06"', '"2019-03-06T10:00:00"')
    zoned = naive + 'timezone = "Europe/Lisbon"\n'
    document, status = events(f"{zoned}\n{STATUS}said = 2019-03-06T09:00:00\n")
    assert (document.published, status.said) == ("2019-03-06T10:00:00", "2019-03-06T09:00:00")
    assert "without an offset" in only_fault(naive).message


def test_several_documents_and_each_claim_names_its_own():
    other = DOCUMENT.replace("courier", "herald")
    both = (DOCUMENT + other).replace("[document]", "[[document]]")
    assert events(f'{both}{STATUS}document = "herald"\n')[-1].document == "herald"
    fault = only_fault(both + STATUS)
    assert fault.line == 11
    assert "the file has 2" in fault.message
    assert fault.hint == 'document = "courier"'


def test_a_withdrawal_waits_for_the_id_of_its_claim():
    [_, entry] = read(f'{DOCUMENT}[[withdrawn]]\nclaim = "old#x"\nvia = "radio"\n').entries
    assert (entry.event, entry.claim) == (None, "old#x")
    event = entry.with_claim("b" * 20).event
    assert (event.claim, event.document, event.via) == ("b" * 20, "courier", ("radio",))
    with pytest.raises(BadValue):
        entry.with_claim("old#x")


def test_every_entry_knows_its_lines():
    defaults = '[defaults]\nlocator = "¶ 1"\n'
    detail = '[[detail]]\nperson = "a"\n\ncharge = [\n"x",\n]\n'
    text = f"\n{DOCUMENT}\n{defaults}\n{STATUS}\n{detail}"
    document, status, detail = read(text).entries
    assert (document.line, document.of("published")) == (2, 5)
    assert (status.line, status.of("status"), status.of("locator"), status.of("origin")) == (
        11,
        13,
        9,
        11,
    )
    assert (detail.line, detail.of("value"), detail.of("charge")) == (15, 18, 18)
    finding = status.fault("person", "m", "h")
    assert (finding.where, finding.hint) == ("seeds/courier.toml:12", "h")


def test_line_ends_and_a_byte_order_mark_make_no_difference():
    text = DOCUMENT + STATUS
    plain = read(text)
    for other in (text.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + text.encode()):
        assert read(other) == plain


# What a reader expects


def test_expectations_hold_what_is_stated_and_none_for_the_rest():
    found = read("""\
[[expect]]
as_of = 2019-03-06
person = ["a", "b"]
status = "unknown"
standing = "none"
pending = "released"
contradicted = []

[[expect]]
as_of = 2019-03-06T22:00:00-04:00
on = "2019-03-01"
person = "c"
absent = true
""")
    assert not found.findings
    first, second, third = found.expectations
    assert first == Expectation(
        as_of="2019-03-06",
        person="a",
        on=None,
        status="unknown",
        standing="none",
        custody=None,
        since=None,
        pending=("released",),
        contradicted=(),
        absent=None,
        path="seeds/courier.toml",
        line=1,
        lines=first.lines,
    )
    assert second.person == "b"
    assert (third.as_of, third.on, third.absent) == (
        "2019-03-06T22:00:00-04:00",
        "2019-03-01",
        True,
    )
    assert third.lines["absent"] == 13


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("as_of = 2019-03-06T22:00:00", "no offset", "2019-03-06T22:00:00-04:00"),
        ('as_of = "8/1/2019"', "8/1/2019", "2026-01-08"),
        ('as_of = "2019-03-06"\non = "2019-03-06T10:00:00Z"', "2019-03-06T10", None),
        ('as_of = "2019-03-06"\nabsent = "yes"', "'yes'", "absent = true"),
        ('as_of = "2019-03-06"\nabsent = true', "expects a row, and none", "leave out"),
        ('as_of = "2019-03-06"\nstanding = "sure"', "'sure'", "one of: confirmed"),
        ('as_of = "2019-03-06"\npending = ["freed"]', "'freed'", 'status = "released"'),
        ('as_of = "2019-03-06"\nsince = "soon"', "soon", None),
        ("status_ = 1", "no key 'status_'", "`status`"),
    ],
)
def test_faults_of_an_expectation(text, message, hint):
    found = read(f'[[expect]]\nperson = "a"\nstatus = "released"\n{text}\n')
    assert not found.expectations
    assert any(message in each.message for each in found.findings)
    assert hint is None or any(hint in (each.hint or "") for each in found.findings)


def test_an_expectation_asks_of_somebody_and_expects_something():
    told = [each.message for each in read("[[expect]]\non = 2019-01-01\n").findings]
    assert told == [
        "[[expect]] needs `as_of`",
        "[[expect]] needs `person`",
        "[[expect]] expects nothing",
    ]


# Twelve faults in one file

FAULTY = """\
[[party]]
party = "lantern"
name = "Lantern"
kind = "monitor"

[[party]]
party = "lantern"
name = "The Lantern"
kind = "monitor"

[[status]]
person = "ilse-varga"
status = "excarcelada"
document = "courier"

[[status]]
person = "ilse-varga"
status = "released"
when = "2019-02-30"
document = "courier"

[[status]]
person = "jon-pell"
status = "detained"
when = "2019-03-06/2019-03-05"
document = "courier"

[[status]]
person = "jon-pell"
status = "detained"
said = "2019-03-05T10:00:00"
document = "courier"

[[status]]
person = "Jon Pell"
status = "detained"
document = "courier"

[[detail]]
person = "jon-pell"
nationalty = "IE"
document = "courier"

[[count]]
measure = "held"
operator = "="
low = "41"
document = "courier"

[[status]]
person = "tomas-quill"
status = "detained"

[[count]]
measure = "held"
operator = ".."
low = 41
high = 14
document = "courier"

[[remark]]
about = "tomas-quill"
text = "caf\xe9"
document = "courier"

[[status]]
person = "tomas-quill"
status = "relea""".encode("latin-1")

TWELVE = [
    (7, "party 'lantern' is there already, with other content, at line 1", "another id"),
    (13, "'excarcelada'", "ambiguous: released, restricted or house_arrest"),
    (19, "'2019-02-30'", "2019-02-28"),
    (25, "'2019-03-05' lies before", "2019-03-05/2019-03-06"),
    (31, "without an offset", 'said = "2019-03-05T10:00:00-04:00"'),
    (35, "'Jon Pell', which is not an id", "'perkins-rocha'"),
    (41, "no key 'nationalty'", "`nationality`"),
    (47, "'41', which is no whole number", "low = 806"),
    (50, "does not say in which document", "add a [document]"),
    (57, "low 41 is greater than high 14", "swap"),
    (63, "byte 0xE9 at offset 911", "iconv"),
    (68, "'status = \"relea'", "cut off"),
]


def test_twelve_faults_are_told_each_with_its_line_and_how_to_mend_it():
    found = read(FAULTY)
    for finding, (line, message, hint) in zip(found.findings, TWELVE, strict=True):
        assert finding.where == f"seeds/courier.toml:{line}"
        assert message in finding.message
        assert hint in finding.hint
    assert {each.cls for each in found.entries} == {PartyRegistered}


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("[[status]]\nperson = 5\nstatus = 'released'\n", 2, "`person` is 5", "quotation marks"),
        ("[[status]]\nperson = 'a'\nstatus = true\n", 3, "`status` is True", None),
        ("[[status]]\nperson = 'a'\nstatus = 'relased'\n", 3, "'relased'", "`released`"),
        (f"{STATUS}stance = 'asertd'\n", 4, "'asertd'", "`asserted`"),
        (f"{STATUS}when = 5\n", 4, "`when` is 5", "quotation marks"),
        (f"{STATUS}when = 2019-02-30\n", 4, "2019-02-30", "2019-02-28"),
        (f"{STATUS}when = 2019-02\n", 4, "when = 2019-02", 'when = "2019-02"'),
        (f"{STATUS}when = '8/1/2019'\n", 4, "8/1/2019", "write 2019-01-08"),
        (f"{STATUS}when = 10:00:00\n", 4, "10:00:00", "quotation marks"),
        (f"{STATUS}said = 2019-03-05T10:00:00\n", 4, "without an offset", "10:00:00-04:00"),
        (f"{STATUS}said = '2019-03-05T10:00'\n", 4, "without an offset", "10:00:00-04:00"),
        (f"{STATUS}place = 2019-03-05\n", 4, "the date 2019-03-05", "quotation marks"),
        (f"{STATUS}place = ['a']\n", 4, "`place` is a list", "one value"),
        (f"{STATUS}place = {{a = 1}}\n", 4, "`place` is a table", "one value"),
        (f"{STATUS}place = ''\n", 4, "`place` is empty", "leave"),
        (f"{STATUS}[[remark]]\nabout='a'\ntext=''\n", 6, "`text` is empty", "fill it in: it is"),
        (f"{STATUS}place = “the keep”\n", 4, "no TOML", 'write place = "the keep"'),
        (f"{STATUS}via = [«a», „b“]\n", 4, "no TOML", 'write via = ["a", "b"]'),
        (f"{STATUS}when = “2019-02\n", 4, "no TOML", "quotation marks"),
        (f"{STATUS}via = ['a', 5]\n", 4, "`via` holds 5", "quotation marks"),
        (f"{STATUS}via = ['a', 'a']\n", 4, "twice", "once"),
        (f"{STATUS}sttus = 'x'\n", 4, "no key 'sttus'", "`status`"),
        (f"{STATUS}xyz = 'x'\n", 4, "no key 'xyz'", "its keys: document"),
        (f"{STATUS}status = 'x'\n", 4, "twice in one table", "keep one"),
        (f"{STATUS}place = freedom square\n", 4, "no TOML", 'place = "freedom square"'),
        (f"{STATUS}place =\n", 4, "no TOML", 'place = "…"'),
        (f"{STATUS}note = 'one\n[[remark]]\nabout='a'\ntext='t'\n", 4, "no TOML", "it begins with"),
        (f'{STATUS}note = """one\n{STATUS}', 4, "no TOML", "it begins with"),
        (f"{STATUS}via = [\n'a',\nplace = 'x'\n", 4, "no TOML", "a list with"),
        (f"{STATUS}so they said\nand wrote\n\nplace = 'x'\n", 4, "so they said", "a line is"),
        ("[[status]]\nperson = []\nstatus = 'released'\n", 2, "empty list", "person ="),
        ("[[status]]\nperson = ['a', 'a']\nstatus = 'released'\n", 2, "'a' twice", "once"),
        ("[[status]]\npersn = 'a'\nstatus = 'released'\n", 2, "no key 'persn'", "`person`"),
        (f"{STATUS}documnt = 'x'\n", 4, "no key 'documnt'", "`document`"),
        ("[[status]]\nperson = 'a'\n", 1, "needs `status`", 'status = "…"'),
        ("[[detail]]\nperson = 'a'\n", 1, "says nothing", "charge"),
        ("[[detail]]\nperson = 'a'\ncharges = 'x'\n", 3, "no key 'charges'", "`charge`"),
        ("[[detail]]\nperson = 'a'\nplace = 'x'\n", 3, "no key 'place'", "another table"),
        ("[[detail]]\nperson = 'a'\nHome = 'x'\n", 3, "no key 'Home'", "a-z"),
        ("[[detail]]\nperson = 'a'\nage = 44\n", 3, "`age` is 44", 'age = "…"'),
        ("[[detail]]\ncharge = 'a'\n", 1, "needs `person`", None),
        ("[[count]]\nmeasure = 'held'\noperator = '='\n", 1, "neither a number nor", "low"),
        ("[[remark]]\ntext = 'a'\nstance = 'denied'\n", 3, "no key 'stance'", None),
        ("[[withdrawn]]\nclaim = 'rocha'\n", 2, "'rocha', which names no claim", "document#ref"),
        ("[[withdrawn]]\n", 1, "needs `claim`", None),
        ("[defaults]\nstanse = 'x'\n", 2, "no key 'stanse'", "`stance`"),
        ("[defaults]\nref = 'x'\n", 2, "no key 'ref'", None),
        (f"[defaults]\nwhen = '2019-13'\n{STATUS}{STATUS}", 2, "2019-13", None),
        ("[[statsu]]\nperson = 'a'\n", 1, "no table [[statsu]]", "`status`"),
        ("[status]\nperson = 'a'\nstatus = 'released'\n", 1, "single table", "[[status]]"),
        ("[[status]\nperson = 'a'\n", 1, "no TOML", "[[status]]"),
        ("[case]\ncase = 'c'\ntitle = 't'\ntimezone = 'UTC'\n", 1, "[case]", "case.toml"),
        ("[[party]]\nparty='a'\nname='A'\nkind='medium'\n", 4, "'medium'", "`media`"),
        ("[[party]]\nparty='a'\nname='A'\nkind='media'\nof='b'\n", 5, "'media'", "lawyer"),
        (f"{DOCUMENT}", 1, "stands twice", "[[document]]"),
        (
            f"{STATUS}ref='r'\n[[status]]\nperson='b'\nstatus='died'\nref='r'\n",
            8,
            "courier#r",
            "id",
        ),
    ],
)
def test_a_fault_is_told_where_it_stands_and_how_to_mend_it(text, line, message, hint):
    finding = only_fault(f"{DOCUMENT}\n{text}")
    assert finding.line == line + 6
    assert message in finding.message
    assert hint is None or hint in finding.hint


@pytest.mark.parametrize(
    "document",
    [
        DOCUMENT.replace("[document]", "[documnt]"),
        DOCUMENT.replace('document = "courier"', "document = 5"),
        DOCUMENT.replace('document = "courier"', 'document = "courier'),
    ],
)
def test_a_fault_of_the_document_is_not_told_again_with_each_claim(document):
    found = read(document + STATUS)
    assert len(found.findings) == 1
    assert not found.entries


def test_a_key_before_any_table_is_told():
    finding = only_fault("person = 'a'\n")
    assert (finding.line, finding.message) == (1, "'person' stands before any table")
    assert "[[person]]" in finding.hint


def test_the_same_said_twice_is_no_fault():
    assert len(events(f"{DOCUMENT}\n{STATUS}ref='r'\n{STATUS}ref='r'\n")) == 3


def test_faulty_registrations_are_named_too():
    found = read("[[person]]\nperson = 'a'\n[[party]]\nparty = 5\n" + DOCUMENT)
    assert found.registers == {"person:a", "document:courier"}
    assert len(found.entries) == 1


def test_clashes_are_found_across_files():
    one = read("[[person]]\nperson = 'a'\nname = 'A'\n", "one.toml")
    two = read("\n[[person]]\nperson = 'a'\nname = 'B'\n", "two.toml")
    [clash] = dossier.clashes([*one.entries, *two.entries])
    assert clash.where == "two.toml:3"
    assert "one.toml:1" in clash.message
    assert not dossier.clashes([*one.entries, *one.entries])


def test_a_file_that_is_too_large_is_not_read():
    finding = only_fault(b"#" * (dossier.SIZE_MAX + 1))
    assert "16,777,217 bytes" in finding.message


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe[\x00c\x00",
        b"\x00",
        b"a = " + b"[" * 5000,
        b"a = " + b"[" * 5000 + b"]" * 5000,
        b"a = " + b"{a=" * 5000,
        b"a" + b".a" * 3000 + b" = 1",
        b"a = " + b"9" * 10_000,
        b"[[status]]\nperson = " + b"[" * 300 + b"]" * 300,
        b"[[status]]\nperson = " + b"9" * 4000,
        b'[[status]]\nvia = [[["a"]]]\nperson = [["a"]]',
        b"[[status]]\n[status.person]\n[[status.via]]\nx=1",
        b"status = [1, {}]",
        b"status = [{}]\nparty = {}",
        b"document = [{document = 'a'}, {document = 'a'}, {document = 5}]",
        b"case = 5\nexpect = 1979-05-27",
    ],
)
def test_nothing_in_a_file_raises(content):
    assert isinstance(read(content).findings, tuple)


@pytest.mark.parametrize(
    "line",
    [
        b"[[status]]\n",
        b"a = [\n",
        b'a = """\n',
        b"prose\n",
        b"a = {\n",
        b"[status]\n",
        b"\xff\n",
        b"a = 1\n",
    ],
)
def test_a_file_of_faults_is_read_in_good_time_and_told_in_brief(line):
    begun = time.perf_counter()
    found = read(line * 20_000)
    assert time.perf_counter() - begun < 20
    assert 0 < len(found.findings) < 300


# Whatever somebody writes


@given(st.binary(max_size=300))
def test_random_bytes_never_raise(content):
    found = read(content)
    assert found.entries == ()


TABLES = [
    DOCUMENT,
    "[[person]]\nperson = 'ilse-varga'\nname = 'Ilse Varga'\n",
    "[[party]]\nparty = 'lantern'\nname = 'Lantern'\nkind = 'monitor'\n",
    STATUS,
    '[[status]]\nperson = ["a", "b"]\nstatus = "detained"\nwhen = "2019"\nnote = """\nlong\n"""\n',
    "[[detail]]\nperson = 'a'\ncharge = [\n 'x', # one\n 'y',\n]\n",
    "[[count]]\nmeasure = 'held'\noperator = '='\nlow = 5\n",
    """\
[[group]]
group = 'g'
label = 'l'
status = 'released'
operator = '='
low = 2
members = ['c']
""",
    "[[remark]]\nabout = 'a'\ntext = '''\nmore\n'''\n",
    "[[expect]]\nas_of = '2019-03-06'\nperson = 'a'\nstatus = 'released'\n",
]


@given(st.data())
def test_mutated_dossiers_never_raise(data):
    content = bytearray("\n".join(TABLES).encode())
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 20)))
        content[start:end] = data.draw(st.binary(max_size=6))
    found = read(bytes(content))
    assert all(each.path and each.message for each in found.findings)
    last = content.count(b"\n") + 1
    assert all(each.line is None or 1 <= each.line <= last for each in found.findings)


@given(
    at=st.integers(3, len(TABLES) - 2),
    row=st.integers(0, 2),
    written=st.text(st.characters(codec="utf-8"), max_size=20).filter(
        lambda each: not re.search(r"[\r\n]|^\s*\[\[?\s*\w+\s*\]", each)
    ),
    whole=st.booleans(),
)
def test_a_slip_in_one_table_leaves_the_others_as_they_are(at, row, written, whole):
    lines = TABLES[at].split("\n")
    line = min(row + 1, len(lines) - 2)
    lines[line] = written if whole else lines[line].partition("=")[0] + "= " + written
    tables = [*TABLES[:at], "\n".join(lines), *TABLES[at + 1 :]]
    before, after = read("\n".join(TABLES)), read("\n".join(tables))
    assert not before.findings
    first = "\n".join(TABLES[:at]).count("\n") + 2
    mutated = range(first, first + TABLES[at].count("\n") + 1)

    def others(found):
        return [each for each in found.entries if each.line not in mutated]

    assert others(after) == others(before)
    assert after.expectations == before.expectations
    assert all(each.line in mutated for each in after.findings)


@given(st.integers(0, 600))
def test_a_file_cut_off_anywhere_gives_the_entries_before_the_cut(length):
    content = "\n".join(TABLES).encode()
    found = read(content[:length])
    whole = [each for each in read(content).entries if each.line < content[:length].count(b"\n")]
    kept = [each for each in found.entries if each in whole]
    last = max((each.line for each in found.entries), default=0)
    assert [each for each in whole if each.line < last] == [
        each for each in kept if each.line < last
    ]


# Files


def test_the_case_comes_first_then_the_others_by_name_folder_by_folder(tmp_path):
    for name in ("b.toml", "case.toml", "a.toml", "z/case.toml", "z/a.toml", ".hidden.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    for name in ("README.md", "projection.toml", ".git/x.toml", "empty/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = dossier.files([tmp_path, str(tmp_path / "a.toml")])
    names = [str(Path(each).relative_to(tmp_path)) for each in found]
    assert names == ["case.toml", "z/case.toml", "a.toml", "b.toml", "z/a.toml"]


def test_paths_that_are_no_dossiers_are_refused(tmp_path):
    (tmp_path / "projection.toml").touch()
    with pytest.raises(UnknownName, match="nowhere"):
        dossier.files([tmp_path / "nowhere"])
    with pytest.raises(HabeasError, match="no dossiers in this folder"):
        dossier.files([tmp_path])
    with pytest.raises(HabeasError, match="a projection is no dossier"):
        dossier.files([tmp_path / "projection.toml"])


# The real ones


@pytest.mark.parametrize(
    "path", dossier.files([REPOSITORY / "seeds"]), ids=lambda each: Path(each).name
)
def test_the_seeds_of_the_repository_have_no_faults(path):
    found = read(Path(path).read_bytes(), path)
    assert not found.findings
    assert found.entries or found.expectations


def test_the_example_in_the_reading_rules_has_no_faults():
    text = (REPOSITORY / "seeds" / "README.md").read_text(encoding="utf-8")
    [example] = re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    found = read(example)
    assert not found.findings
    assert found.entries
    assert found.expectations


def test_reading_dossiers_costs_no_start():
    script = "import sys, habeas.dossier; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        text=True,
        env={"PYTHONPATH": str(REPOSITORY / "src")},
    ).stdout.split()
    assert not {"difflib", "cattrs", "hypothesis", "typer", "sqlite3"} & {*loaded}


@pytest.mark.parametrize("word", ["confirmed", "Confirmed", "confirmado"])
def test_confirmed_is_no_stance_and_not_taken_for_its_opposite(word):
    text = f'[[status]]\ndocument = "d"\nperson = "ana"\nstatus = "detained"\nstance = "{word}"\n'
    [finding] = read(text).findings
    assert finding.hint == "`asserted`: confirmed is concluded by habeas, never written"
