"""How long invented people have been held, by spells, as ranges, and in total."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.projections import person
from habeas.projections.durations import beside, durations
from habeas.projections.stories import stories
from logs import Log


@pytest.fixture
def log():
    made = Log()
    made.document("courier", "2019-12-31")
    return made


def ask(log, on="2019-12-31", **more):
    return durations(log.state, log.ask("2019-12-31", on, **more))


def one(log, on="2019-12-31"):
    (found,) = ask(log, on)["persons"]
    return found


def test_a_spell_with_both_days_known(log):
    arrest = log.status("quill", "detained", "courier", when="2019-01-10")
    release = log.status("quill", "released", "courier", when="2019-02-10")
    found = one(log)
    assert found["held"] == {"least_days": 31, "most_days": 31, "text": "1 month"}
    (spell,) = found["spells"]
    assert (spell["since"], spell["until"]) == ("2019-01-10", "2019-02-10")
    assert spell["events"] == [arrest, release]
    assert one(log, "2019-01-31")["spells"][0]["events"] == [arrest]


def test_a_spell_that_goes_on_is_counted_to_the_day_asked(log):
    log.status("quill", "detained", "courier", when="2019-01-10")
    assert one(log, "2019-01-20")["held"]["least_days"] == 10
    assert one(log)["held"]["least_days"] == 355


def test_what_comes_after_the_day_is_cut_off(log):
    log.status("quill", "detained", "courier", when="2019-01-10")
    log.status("quill", "released", "courier", when="2019-02-10")
    assert one(log, "2019-01-15")["held"]["most_days"] == 5
    assert ask(log, "2019-01-09")["persons"] == []


def test_ranges_of_dates_give_ranges_of_days(log):
    log.status("quill", "detained", "courier", when="2019-01")
    log.status("quill", "released", "courier", when="[2019-03-01..2019-03-05]")
    held = one(log)["held"]
    assert (held["least_days"], held["most_days"]) == (29, 63)
    assert held["text"] == "between 1 and 2 months"


def test_an_unbounded_beginning_has_no_most(log):
    log.status("quill", "detained", "courier", when="[..2019-01-10]")
    held = one(log, "2019-01-20")["held"]
    assert (held["least_days"], held["most_days"]) == (10, None)


def test_house_arrest_is_held(log):
    log.status("quill", "detained", "courier", when="2019-01-10")
    log.status("quill", "house_arrest", "courier", when="2019-01-20")
    found = one(log, "2019-01-30")
    assert found["held"]["least_days"] == 20
    assert [spell["status"] for spell in found["spells"]] == ["house_arrest"]


def test_two_spells_add_up_in_days(log):
    log.status("quill", "detained", "courier", when="2019-01-10")
    log.status("quill", "released", "courier", when="2019-01-20")
    log.status("quill", "detained", "courier", when="2019-03-01")
    log.status("quill", "released", "courier", when="[2019-03-05..2019-03-07]")
    found = one(log)
    assert len(found["spells"]) == 2
    assert found["held"] == {"least_days": 14, "most_days": 16, "text": "between 14 and 16 days"}


def test_spells_never_add_up_to_more_than_there_was(log):
    log.status("quill", "detained", "courier", when="2019-01-01")
    log.status("quill", "released", "courier", when="2019-01")
    log.status("quill", "detained", "courier", when="2019-02")
    found = one(log, "2019-02-20")
    assert found["held"]["most_days"] <= 50


def test_totals_over_a_selection(log):
    log.status("quill", "detained", "courier", when="2019-12-21")
    log.status("varga", "detained", "courier", when="2019-12-30", place="Old Customs House")
    log.status("pell", "released", "courier", when="2019-12-30")
    total = ask(log)["total"]
    assert (total["persons"], total["least_days"], total["text"]) == (2, 11, "11 days")
    assert len(total["events"]) == 2
    chosen = ask(log, where={"place": ("old customs house",)})
    assert [one["person"] for one in chosen["persons"]] == ["varga"]
    assert chosen["total"]["least_days"] == 1


def test_durations_stand_beside_a_persons_story(log):
    log.status("quill", "detained", "courier", when="2019-01-10")
    log.status("quill", "released", "courier", when="2019-01-20")
    log.status("pell", "released", "courier", when="2019-12-30")
    question = log.ask("2019-12-31")

    def story(name):
        told = person.told(log.state, name, question)
        return beside(log.state, told, question, person.story(log.state, told))

    quill, pell = story("quill"), story("pell")
    assert quill["held"] == {"least_days": 10, "most_days": 10, "text": "10 days"}
    assert [spell["held"] and spell["held"]["text"] for spell in quill["spells"]] == [
        "10 days",
        None,
    ]
    assert pell["held"] is None


def test_a_persons_view_has_the_time_held_and_the_day_last_known(log):
    log.document("far", "2019-12-30T23:30:00-05:00")
    log.status("quill", "detained", "courier", when="2019-01-10")
    log.status("quill", "detained", "far", when="../2019-12-01")
    log.status("pell", "released", "far", when="2019-12-01")
    question = log.ask("2019-12-31", where={"custody": ("held",)})
    (quill,) = stories(log.state, question)
    assert (quill["person"], quill["held"]["least_days"]) == ("quill", 355)
    assert quill["last_known_on"] == "2019-12-31"
    (pell,) = stories(log.state, log.ask("2019-12-31", where={"custody": ("out",)}))
    assert (pell["held"], pell["last_known_on"]) == (None, "2019-12-31")


def test_dates_are_written_as_in_the_story(log):
    log.document("far", "2019-12-31", timezone="Asia/Kathmandu")
    log.status("quill", "detained", "far", when="2019-01-10")
    log.status("quill", "released", "far", when="2019-02")
    told = person.told(log.state, "quill", log.ask("2019-12-31"))
    story = person.story(log.state, told)["spells"][0]
    (spell,) = one(log)["spells"]
    assert (spell["since"], spell["until"]) == (story["since"], story["until"])


def test_nobody_held(log):
    assert ask(log) == {
        "persons": [],
        "total": {
            "persons": 0,
            "least_days": 0,
            "most_days": 0,
            "text": "0 days",
            "open": [],
            "events": [],
        },
    }


DATES = st.sampled_from(
    ["2019-01-05", "2019-02", "[2019-03-01..2019-03-20]", "2019-04-10", "[..2019-05-01]", None]
)
TOLD = st.lists(st.tuples(st.sampled_from(["detained", "released"]), DATES), min_size=1, max_size=6)


@given(TOLD, st.sampled_from(["2019-01-31", "2019-03-10", "2019-06-01"]))
def test_at_least_is_never_more_than_at_most_and_time_only_adds(told, on):
    log = Log()
    for n, (status, when) in enumerate(told):
        log.document(f"paper-{n}", "2019-12-01")
        log.status("quill", status, f"paper-{n}", when=when)

    def held(day):
        found = ask(log, day)["persons"]
        return (found[0]["held"]["least_days"], found[0]["held"]["most_days"]) if found else (0, 0)

    least, most = held(on)
    assert most is None or least <= most
    assert least <= held("2019-11-30")[0]


def test_what_is_put_to_the_dates_of_a_spell_stands_beside_them(log):
    log.status("quill", "detained", "courier", when="2019-01~")
    log.status("quill", "released", "courier", when="2019-03?")
    data = ask(log)
    (spell,) = data["persons"][0]["spells"]
    assert (spell["since"], spell["until"]) == ("2019-01", "2019-03")
    assert spell["as_told"] == {"since": "2019-01~", "until": "2019-03?"}
    log.status("quill", "detained", "courier", when="2019-01")
    assert one(log)["spells"][0]["as_told"] == {"until": "2019-03?"}
