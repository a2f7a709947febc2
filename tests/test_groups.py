"""Groups: said, named, and what became of the named, on invented people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.projections.groups import SHOWN, groups
from habeas.projections.pending import pending
from habeas.render.groups import sentence
from logs import Log

STUDENTS = ("ilse-varga", "jon-pell", "marta-oduya")


@pytest.fixture
def log():
    made = Log()
    made.party("lantern", "monitor")
    made.party("embassy", "government")
    made.document("courier", "2019-03-06")
    made.document("post", "2019-03-07")
    made.document("note", "2019-03-08", "embassy")
    return made


def ask(log, as_of="2019-03-31", **more):
    return {one["group"]: one for one in groups(log.state, log.ask(as_of, **more))}


def said(group):
    counted = {kind: group[kind]["count"] for kind in SHOWN if group[kind]["count"]}
    return group["number"]["text"], group["named"]["count"], counted


def test_announced_and_nobody_named(log):
    log.group("the-187", 187, "courier", stance="expected", population="those announced")
    log.count(187, "courier", "announced", population="those announced")
    log.count("<187", "post", "verified", population="Those Announced")
    group = ask(log)["the-187"]
    assert said(group) == ("187", 0, {})
    assert group["unnamed"] == {"low": 187, "high": 187}
    assert [(one["measure"], one["number"]) for one in group["counts"]] == [
        ("announced", "187"),
        ("verified", "<187"),
    ]
    assert group["verified_by"] == []


def test_more_named_than_said_is_told(log):
    log.group("students", 2, "courier", when="2019-03-05", members=STUDENTS)
    group = ask(log)["students"]
    assert (group["more_named"], group["unnamed"]) == (True, {"low": 0, "high": 0})
    assert sentence(group) == (
        "2 said to be released; 3 named; 3 reported. More are named than are said to be of it."
    )
    log.group("miners", ">=2", "courier", members=STUDENTS)
    assert ask(log)["miners"]["more_named"] is False
    kinds = [(one["kind"], one["group"]) for one in pending(log.state, log.ask("2019-03-31"))]
    assert ("too many", "students") in kinds
    assert ("unnamed", "students") not in kinds


def test_three_students_named_and_confirmed_by_a_government(log):
    log.group("students", 3, "courier", when="2019-03-05", members=STUDENTS)
    assert said(ask(log)["students"]) == ("3", 3, {"reported": 3})
    whole = log.group("students", 3, "note", when="2019-03-05", members=STUDENTS)
    group = ask(log)["students"]
    assert said(group) == ("3", 3, {"confirmed": 3})
    assert group["unnamed"] == {"low": 0, "high": 0}
    (verifier,) = group["verified_by"]
    assert (verifier["voice"], verifier["group"]) == ("embassy", True)
    assert verifier["members"] == sorted(STUDENTS)
    assert whole in verifier["events"]
    assert len(verifier["events"]) == 4


def test_the_state_at_each_day(log):
    log.group(
        "students", ">=3", "courier", stance="unconfirmed", when="2019-03-05", members=STUDENTS
    )
    log.group("students", 3, "note", when="2019-03-05", members=STUDENTS[:2])
    assert said(ask(log, "2019-03-06")["students"]) == (">=3", 3, {"pending": 3})
    assert said(ask(log, "2019-03-08")["students"]) == ("3", 3, {"confirmed": 2, "pending": 1})


def test_members_whose_release_is_contradicted(log):
    log.group("students", 3, "courier", stance="unconfirmed", when="2019-03-05", members=STUDENTS)
    log.document("later", "2019-03-20", "lantern")
    log.status("jon-pell", "detained", "later")
    group = ask(log)["students"]
    assert said(group) == ("3", 3, {"pending": 2, "contradicted": 1})
    assert group["contradicted"]["persons"] == ["jon-pell"]


def test_a_past_group_is_judged_by_its_own_event(log):
    log.group("students", 1, "note", when="2018-05-05", members=("jon-pell",))
    log.status("jon-pell", "detained", "post", when="2019-01-05")
    assert said(ask(log)["students"]) == ("1", 1, {"confirmed": 1})


def test_a_finer_status_stands_only_as_those_who_assert_it_make_it(log):
    log.group(
        "exchanged", 1, "courier", status="sent_abroad", when="2019-03-05", members=("jon-pell",)
    )
    log.status("jon-pell", "released", "note", when="2019-03-05")
    assert said(ask(log)["exchanged"]) == ("1", 1, {"reported": 1})
    log.status("jon-pell", "sent_abroad", "post", when="2019-03-05")
    assert said(ask(log)["exchanged"]) == ("1", 1, {"confirmed": 1})


def test_numbers_of_voices_are_joined_and_never_chosen_between(log):
    log.group("students", ">1", "courier")
    log.group("students", "<=4", "post")
    number = ask(log)["students"]["number"]
    assert (number["text"], number["agree"], number["voices"]) == (
        "2..4",
        True,
        ["courier-press", "post-press"],
    )
    log.group("students", 7, "note")
    number = ask(log)["students"]["number"]
    assert (number["text"], number["agree"]) == ("7 or <=4 or >1", False)
    assert len(number["events"]) == 3


def test_a_voices_later_number_replaces_its_earlier_one(log):
    log.document("next", "2019-03-10", "embassy")
    log.group("students", 5, "note")
    log.group("students", 6, "next")
    assert said(ask(log, "2019-03-09")["students"])[0] == "5"
    assert said(ask(log)["students"])[0] == "6"


def test_words_are_no_numbers(log):
    log.group("many", "dozens", "courier")
    log.group("many", "significant", "post")
    group = ask(log)["many"]
    assert group["number"]["text"] == "dozens or significant"
    assert group["unnamed"] is None


def test_a_family_vouches_for_its_own_and_for_no_group(log):
    log.person("jon-pell")
    log.party("pell-mother", "family", of=("jon-pell",))
    log.group(
        "students", 2, "courier", origin="pell-mother", when="2019-03-05", members=STUDENTS[:2]
    )
    group = ask(log)["students"]
    assert said(group) == ("2", 2, {"confirmed": 1, "reported": 1})
    (verifier,) = group["verified_by"]
    assert (verifier["group"], verifier["members"]) == (False, ["jon-pell"])


def test_merged_persons_are_one_member(log):
    log.group("students", 2, "courier", members=("jon-pell", "j-pell"))
    assert ask(log)["students"]["named"]["count"] == 2
    log.merge("jon-pell", "j-pell")
    group = ask(log)["students"]
    assert group["named"]["persons"] == ["jon-pell"]
    assert group["unnamed"] == {"low": 1, "high": 1}


@pytest.mark.parametrize("stance", ["asserted", "unconfirmed", "expected"])
@pytest.mark.parametrize(
    "again", ["[2019-03-04..2019-03-05]", "2019-03-05", "[2019-03-05..2019-03-06]", "2019-03-04/.."]
)
def test_who_repeats_a_list_takes_nobody_off_it(log, again, stance):
    days = "[2019-03-04..2019-03-05]"
    log.group("students", 3, "note", when=days, members=STUDENTS, stance=stance)
    before = ask(log)["students"]
    for paper in ("herald", "mirror"):
        log.document(paper, "2019-03-09")
        log.status("jon-pell", "released", paper, when=again, origin="embassy", stance=stance)
    log.status("jon-pell", "released", "mirror", when=days, origin="embassy", stance=stance)
    after = ask(log)["students"]
    assert said(after) == said(before)
    assert [one["members"] for one in after["verified_by"]] == [
        one["members"] for one in before["verified_by"]
    ]


def test_a_firmer_word_of_the_same_voice_lifts_its_earlier_one(log):
    log.document("list", "2019-03-06", "embassy")
    log.group("students", 1, "list", stance="expected", when="2019-03-05", members=("jon-pell",))
    log.status("jon-pell", "released", "note", when="2019-03-05")
    assert said(ask(log, "2019-03-06")["students"]) == ("1", 1, {"pending": 1})
    assert said(ask(log)["students"]) == ("1", 1, {"confirmed": 1})


@pytest.mark.parametrize(("status", "stance"), [("released", "denied"), ("detained", "asserted")])
def test_who_says_something_else_since_is_counted_among_the_others(log, status, stance):
    log.group("students", 3, "note", when="2019-03-05", members=STUDENTS)
    log.document("later", "2019-03-09", "embassy")
    log.status("jon-pell", status, "later", when="2019-03-05", stance=stance)
    group = ask(log)["students"]
    assert said(group) == ("3", 3, {"confirmed": 2})
    assert (group["others"]["count"], group["others"]["persons"]) == (1, ["jon-pell"])
    assert sentence(group) == "3 said to be released; 3 named; 2 confirmed; 1 replaced."


def test_denials_make_nobody_a_member(log):
    log.group("students", 2, "courier", stance="denied", members=("jon-pell",))
    group = ask(log)["students"]
    assert (group["named"]["count"], group["number"]["text"]) == (0, "")
    assert not group["said"][0]["counted"]


def test_a_filter_keeps_the_groups_with_a_member_that_fits(log):
    log.group("students", 2, "courier", members=("jon-pell",))
    log.group("others", 2, "courier", members=("ilse-varga",))
    assert list(ask(log, where={"person": ("jon-pell",)})) == ["students"]


def test_a_withdrawn_claim_is_gone_from_its_day_on(log):
    claim = log.group("students", 2, "courier")
    log.withdraw(claim, "note", origin="courier-press")
    assert list(ask(log, "2019-03-07")) == ["students"]
    assert ask(log) == {}


STANCES = st.sampled_from(["asserted", "unconfirmed", "expected", "denied"])
TOLD = st.lists(
    st.tuples(
        st.sampled_from(STUDENTS),
        st.sampled_from(["detained", "released", "sent_abroad"]),
        STANCES,
        st.sampled_from(["2019-03-01", "2019-03-05", None]),
        st.booleans(),
    ),
    max_size=8,
)


@given(TOLD)
def test_totals_add_up(told):
    log = Log()
    log.document("start", "2019-03-01")
    log.group("students", 3, "start")
    for n, (person, status, stance, when, member) in enumerate(told):
        log.document(f"paper-{n}", f"2019-03-{n + 5:02}")
        group = "students" if member else None
        log.status(person, status, f"paper-{n}", stance=stance, when=when, group=group)
    group = ask(log)["students"]
    named = [one["person"] for one in group["members"]]
    assert group["named"]["count"] == len(named) == len(set(named))
    by_outcome = [person for kind in SHOWN for person in group[kind]["persons"]]
    assert sorted(by_outcome + group["others"]["persons"]) == sorted(named)
    assert group["unnamed"] == {"low": 3 - len(named), "high": 3 - len(named)}
