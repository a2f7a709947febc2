"""The quick door says what the log says, or nothing: on random logs, and wherever it must not."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.case import Case, editing, glancing, guarding, redacting
from habeas.errors import HabeasError, UnknownName
from habeas.events import TYPE_OF, DetailClaimed, RemarkClaimed, build
from habeas.log import plain, reading
from habeas.times import BadTime
from habeas.vocabulary import AUDIENCES, DESK, PUBLIC
from invented import leaf_only
from random_logs import PERSONS, START, days, grown, plans, statements

NOW = START + 86_400_000_000
SIDES = ("2026-01-14", "2026-01-20")
"""Before a claim is taken back, and after."""

OTHER = (
    ("", None),
    ("", "1\t2\t\tmedia"),
    ("", "1\t2\t\tmedia\t\t\t\t0\t\t\t"),
    ("1\tid\tv\to\td\tasserted\tdetained\t", "1\t2\t\tmedia\t\t\t\t9\t\t\t"),
    ("1\tid\tv\to\td\tasserted\tdetained\t", "-\n1\t2 x\t\tmedia\t\t\t\t6\t\t\t"),
)
"""Texts that are not kept of anybody."""

OTHER_IDS = ("not kept", "short", "no claim shown", "no such form", "no instant")
DETAINED = {
    "do": "status",
    "person": 0,
    "document": 0,
    "status": "detained",
    "stance": "asserted",
    "when": "2026-01-02",
} | dict.fromkeys(("origin", "said", "reported", "authority", "place"))


def glance(path, person=None, *, as_of="2026-01-14", on=None, audience=PUBLIC):
    asked = glancing.Asked(as_of, on, audience, NOW)
    return glancing.person(path, person, asked) if person else glancing.roster(path, asked)


def stored(folder, records, *, kept=True):
    """A database that holds these records and, with `kept`, the model of the default rules."""
    path = Path(folder) / "a.db"
    with Case.open(path, create=True) as case:
        with case.store.appending() as log:
            log.add(list(records))
        if kept:
            case.rebuild()
    return path


@settings(max_examples=40)
@given(plans, days, st.none() | days, st.sampled_from(AUDIENCES))
def test_it_says_what_a_replay_says(plan, day, on, audience):
    world = grown(plan)
    with TemporaryDirectory() as folder:
        path = stored(folder, world.case.events())
        found = glance(path, as_of=day, on=on, audience=audience)
    if on in {None, day} and all(step["do"] != "rezone" for step in plan):
        assert found is not None
    if found is not None:
        world.case.audience = audience
        assert json.dumps(found) == json.dumps(world.case.status(as_of=day, on=on).data)


def one_by_one(plan, day, on, audience, *, kept):
    """Yield what is told of each person at a glance, and what a replay tells.

    With `kept`, from what is kept beside his answers, where that will do; else from the log.
    """
    world = grown(plan)
    world.case.audience = audience
    with TemporaryDirectory() as folder:
        path = stored(folder, world.case.events(), kept=kept)
        for number in range(PERSONS):
            person = world.name("person", number)
            found = glance(path, person, as_of=day, on=on, audience=audience)
            try:
                said = world.case.status(person, as_of=day, on=on).data
            except UnknownName:  # nobody is called so any more
                said = None
            yield found, said


@settings(max_examples=40)
@given(plans, days, st.none() | days, st.sampled_from(AUDIENCES), st.booleans())
def test_of_a_person_it_says_what_a_replay_says(plan, day, on, audience, kept):
    for found, said in one_by_one(plan, day, on, audience, kept=kept):
        assert found is None or json.dumps(found) == json.dumps(said)


@settings(max_examples=40)
@given(st.lists(statements, max_size=20), days, st.none() | days, st.booleans())
def test_a_person_whom_no_act_touches_is_told_at_a_glance(plan, day, on, kept):
    for found, said in one_by_one(plan, day, on, PUBLIC, kept=kept):
        assert json.dumps(found) == json.dumps(said)


@pytest.fixture
def path(tmp_path):
    return stored(tmp_path, grown([DETAINED]).case.events())


@pytest.fixture
def case(path):
    with Case.open(path, clock=lambda: NOW, audience=DESK) as opened:
        yield opened


def test_of_today_where_no_day_is_given(path):
    found = glance(path, as_of=None)
    assert found["basis"]["as_of"] == "2026-02-04"
    assert [one["status"] for one in found["persons"]] == ["detained"]


@pytest.mark.parametrize("asked", [{"as_of": "2026-13-01"}, {"as_of": ""}, {"on": "yesterday"}])
def test_a_time_that_cannot_be_read_is_refused(path, asked):
    with pytest.raises(BadTime):
        glance(path, **asked)


def test_after_an_append_it_knows(path, case):
    act = editing.merge("person-0", "person-1", reason="the same", follows=None)
    case.edit(act)
    assert glance(path)["basis"]["log_position"] == case.state().position


def test_a_person_is_told_without_a_model(path, case):
    case.whole.beliefs.drop()
    assert glance(path, "person:person-0")["persons"][0]["status"] == "detained"
    assert glance(path, "person-1")["persons"] == []


@pytest.mark.parametrize("typed", ["Person-0", "nobody", "person-", "person:", "ministry"])
def test_a_name_that_is_no_id_is_left_to_who_knows_names(path, typed):
    assert glance(path, typed) is None


def test_of_whom_an_act_speaks_it_does_not_know(path, case):
    case.edit(editing.merge("person-0", "person-1", reason="the same", follows=None))
    assert glance(path, "person-0") is None
    assert glance(path, "person-1") is None
    assert glance(path, "person-2")["persons"] == []


@pytest.mark.parametrize("kept", [True, False])
def test_what_was_done_about_his_own_claims_is_told_at_a_glance(path, case, kept):
    if not kept:
        case.whole.beliefs.drop()
    claim = next(one for one in case.events() if one.type == "status.claimed")
    changes = {"place": "The Tower"}, {"status": "released"}
    for values in changes:
        case.edit(editing.correct(claim.id, values, reason="misread", follows=None))
        assert glance(path, "person-0")["persons"] == list(told(case))
    case.edit(editing.withdraw(claim.id, {"document": "document-0", "reported": "2026-01-10"}))
    assert glance(path, "person-0")["persons"] == list(told(case))
    case.edit(editing.void(claim.id, reason="of somebody else", follows=None))
    assert glance(path, "person-0")["persons"] == list(told(case)) == []


def test_what_is_kept_is_not_read_in_the_log(path, case, monkeypatch):
    claim = next(one for one in case.events() if one.type == "status.claimed")
    said = {"person": "person-0", "document": "document-0", "stance": "asserted"}
    detail = build(DetailClaimed, said | {"key": "age", "value": "40"})
    remark = {"document": "document-0", "about": ["person-0"], "text": "He was seen."}
    for event in (detail, build(RemarkClaimed, remark)):
        case.append(event)
    case.edit(editing.correct(claim.id, {"place": "The Tower"}, reason="misread", follows=None))
    case.edit(editing.withdraw(claim.id, {"document": "document-0", "reported": "2026-01-20"}))
    monkeypatch.setattr(reading, "about", None)
    [before], after = (glance(path, "person-0", as_of=day)["persons"] for day in SIDES)
    assert (before["place"], before["status"]) == ("The Tower", "detained")
    assert [one["value"] for one in before["details"]] == ["40"]
    assert [one["text"] for one in before["remarks"]] == ["He was seen."]
    assert [one["status"] for one in after] == ["unknown"]


@pytest.mark.parametrize(("cited", "rest"), OTHER, ids=OTHER_IDS)
def test_where_what_is_kept_cannot_be_read_the_log_is(path, case, cited, rest):
    expected = glance(path, "person-0")
    with case.whole.believing():
        case.whole.beliefs.cite([("person-0", cited, rest)])
    assert glance(path, "person-0") == expected


def told(case):
    return case.status("person-0", as_of="2026-01-14").persons


def test_it_reads_events_in_their_newest_version():
    versions = {version for tag, version in TYPE_OF.values() if tag in plain.READ}
    assert versions == {plain.VERSION}


def test_a_field_that_is_absent_is_nothing_as_in_the_classes():
    for cls, (tag, _) in TYPE_OF.items():
        if tag in plain.READ and tag not in {"event.corrected", "event.voided", "case.opened"}:
            for field in attrs.fields(cls):
                if field.default is not attrs.NOTHING:
                    assert getattr(plain.Said({}), field.name) == field.default, field.name


def test_behind_the_log_it_does_not_know(path, case):
    beliefs = case.whole.beliefs
    [model] = beliefs.models()
    with case.whole.believing():
        beliefs.advance(model.no, model.position - 1)
    assert glance(path) is None


def test_under_other_rules_alone_it_does_not_know(path, case):
    beliefs = case.whole.beliefs
    [model] = beliefs.models()
    with case.whole.believing():
        beliefs.finish(beliefs.begin(), model.basis.replace("31", "32"), model.position)
        beliefs.forget(model.no)
    assert glance(path) is None


def test_of_what_is_withheld_the_desk_alone_is_told(path, case):
    act = guarding.withhold(
        "person:person-0", until=None, audience="public", reason="asked for", follows=None
    )
    case.edit(act)
    assert glance(path) is None
    assert glance(path, audience=DESK)["basis"]["audience"] == DESK


def test_once_something_is_redacted_it_does_not_know(path, case):
    redacting.redact(case, "person:person-2", reason="asked for", recorder="desk")
    case.rebuild()
    assert glance(path) is None


def test_where_a_payload_never_came_it_does_not_know(tmp_path):
    *records, last = grown([DETAINED, DETAINED]).case.events()
    assert glance(stored(tmp_path, [*records, leaf_only(last)])) is None


def test_where_there_is_no_log_it_does_not_know(tmp_path):
    assert glance(tmp_path / "none.db") is None
    assert glance(tmp_path) is None
    with Case.open(tmp_path / "empty.db", create=True):
        pass
    assert glance(tmp_path / "empty.db") is None


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "a.db").write_bytes(b"no database" * 100)
    with pytest.raises(HabeasError, match="not a database"):
        glance(tmp_path / "a.db")


def test_an_audience_that_there_is_not_is_left_to_who_refuses_it(path):
    assert glance(path, audience="everybody") is None
