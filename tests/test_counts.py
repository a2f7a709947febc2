"""Counts: series, newest values, and the reason of everything that does not fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.projections.counts import counts
from habeas.projections.figures import bounds_of, common, meet
from logs import Log

POPULATION = "political prisoners"


@pytest.fixture
def log():
    made = Log("America/Caracas")
    made.party("lantern", "monitor")
    made.party("beacon", "monitor")
    made.document("courier", "2019-03-08")
    made.document("post", "2019-03-08")
    made.document("bulletin", "2019-03-08", "lantern")
    return made


def ask(log, as_of="2019-03-31", **rules):
    return counts(log.state, log.ask(as_of, **rules))


def held(log, number, when=None, document="courier", origin="lantern", **more):
    return log.count(
        number, document, origin=origin, when=when, **({"population": POPULATION} | more)
    )


def reasons(log, **rules):
    return [item["reason"] for matter in ask(log, **rules) for item in matter["misfits"]]


def numbers(items):
    return [(item["number"], item["date"]) for item in items]


def test_dates_of_one_series_are_no_disagreement(log):
    held(log, 902)
    held(log, 863, "2019-02-20")
    held(log, 806, "2019-03-05")
    (matter,) = ask(log)
    assert {item["reason"] for item in matter["misfits"]} == {"different date", "date not stated"}
    assert not any(item["conflict"] for item in matter["misfits"])
    (counter,) = matter["counters"]
    assert numbers(counter["numbers"]) == [
        ("863", "2019-02-20"),
        ("806", "2019-03-05"),
        ("902", None),
    ]
    assert numbers(counter["newest"]) == [("806", "2019-03-05")]
    assert numbers(counter["perhaps_newer"]) == [("902", None)]


def test_an_undated_number_shows_the_dates_its_own_series_leaves(log):
    undated = held(log, 902)
    held(log, 863, "2019-02-20")
    held(log, 806, "2019-03-05")
    held(log, 902, "2019-01-31")
    (item,) = (one for one in ask(log)[0]["misfits"] if one["reason"] == "date not stated")
    assert item["possible"] == "[..2019-02-19,2019-02-21..2019-03-04,2019-03-06..2019-03-08]"
    assert numbers(item["matches"]) == [("902", "2019-01-31")]
    assert item["numbers"][0]["events"] == [undated]


def test_a_number_given_with_and_without_its_date_is_no_misfit(log):
    held(log, 806, "2019-03-05")
    held(log, 806, document="post")
    (matter,) = ask(log)
    assert matter["misfits"] == []
    assert matter["counters"][0]["perhaps_newer"] == []


def test_two_numbers_of_one_counter_for_one_date_are_a_conflict(log):
    first = held(log, 806, "2019-03-05")
    second = held(log, 790, "2019-03-05", "post")
    (matter,) = ask(log)
    (item,) = matter["misfits"]
    assert (item["reason"], item["conflict"]) == ("conflict", True)
    assert [number["events"] for number in item["numbers"]] == [[first], [second]]
    assert len(matter["counters"][0]["newest"]) == 2


def test_the_later_word_of_the_counter_is_the_newest_and_the_conflict_stays(log):
    log.document("later", "2019-03-20", "lantern")
    held(log, 806, "2019-03-05", "bulletin")
    held(log, 811, "2019-03-05", "later")
    (matter,) = ask(log)
    assert [item["reason"] for item in matter["misfits"]] == ["conflict"]
    assert numbers(matter["counters"][0]["newest"]) == [("811", "2019-03-05")]
    assert numbers(ask(log, "2019-03-10")[0]["counters"][0]["newest"]) == [("806", "2019-03-05")]


def test_two_counters_for_one_date_are_another_counter(log):
    held(log, 806, "2019-03-05")
    held(log, 1000, "2019-03-05", origin="beacon")
    (matter,) = ask(log)
    (item,) = matter["misfits"]
    assert (item["reason"], item["dates"], item["conflict"]) == (
        "another counter",
        "one date",
        False,
    )
    assert [one["counter"] for one in matter["counters"]] == ["beacon", "lantern"]


@pytest.mark.parametrize(
    ("one", "other", "dates"),
    [
        ("2019-03-05", "2019-03-04", "different dates"),
        ("2019-03-05", None, "date not stated"),
    ],
)
def test_two_counters_say_how_their_dates_lie(log, one, other, dates):
    held(log, 806, one)
    held(log, 1000, other, origin="beacon")
    assert ask(log)[0]["misfits"][0]["dates"] == dates


def test_a_relay_that_differs_is_told_from_the_counter(log):
    held(log, 806, "2019-03-05", "bulletin")
    held(log, 860, "2019-03-05", "courier")
    (matter,) = ask(log)
    assert [item["reason"] for item in matter["misfits"]] == ["relay differs from the counter"]
    assert numbers(matter["counters"][0]["newest"]) == [("806", "2019-03-05")]


def test_scope_and_period_set_numbers_apart_only_where_both_say_them(log):
    held(log, 86, "2019-03-05", scope="one foreign passport")
    held(log, 70, "2019-03-05", "post", scope="foreign passports only")
    assert reasons(log) == ["another scope or period"]
    assert len(ask(log)[0]["counters"][0]["newest"]) == 2
    held(log, 85, "2019-03-04")
    assert "different date" in reasons(log)


def test_running_totals_of_two_periods_are_not_compared(log):
    log.count(
        116,
        "courier",
        "released_since",
        origin="lantern",
        when="2019-03-07",
        period="2019-03-01/..",
    )
    log.count(
        400, "post", "released_since", origin="lantern", when="2019-03-07", period="2018-12-01/.."
    )
    assert reasons(log) == ["another scope or period"]


def test_a_running_total_that_falls_is_shown_and_no_conflict(log):
    for number, day in ((116, "2019-03-04"), (110, "2019-03-07")):
        log.count(number, "courier", "released_since", origin="lantern", when=day)
    (item,) = ask(log)[0]["misfits"]
    assert (item["reason"], item["conflict"]) == ("total fell", False)


def test_an_undated_running_total_lies_between_its_neighbours(log):
    for number, day in ((100, "2019-03-02"), (150, None), (200, "2019-03-06")):
        log.count(number, "courier", "released_since", origin="lantern", when=day)
    item = next(one for one in ask(log)[0]["misfits"] if one["reason"] == "date not stated")
    assert item["possible"] == "[2019-03-03..2019-03-05]"


def test_no_day_may_be_left_for_an_undated_running_total(log):
    for number, day in ((100, "2019-03-02"), (150, None), (200, "2019-03-03")):
        log.count(number, "courier", "released_since", origin="lantern", when=day)
    item = next(one for one in ask(log)[0]["misfits"] if one["reason"] == "date not stated")
    assert item["possible"] is None
    assert not item["conflict"]


def test_what_is_expected_is_no_number_yet(log):
    log.count(116, "courier", "released_on", origin="lantern", when="2019-03-07", stance="expected")
    log.count(90, "post", "released_on", origin="lantern", when="2019-03-07")
    assert reasons(log) == ["not yet told as done"]
    assert numbers(ask(log)[0]["counters"][0]["newest"]) == [("90", "2019-03-07")]


def test_dates_that_may_be_one_day_are_no_conflict(log):
    held(log, 806, "2019-03")
    held(log, 790, "2019-03-05")
    assert reasons(log) == ["date not exact"]


def test_ranges_and_operators_are_compared_by_what_they_allow(log):
    held(log, "800..900", "2019-03-05")
    held(log, 806, "2019-03-05", "post")
    held(log, ">800", "2019-03-05", "post")
    held(log, "~850", "2019-03-05", "post")
    held(log, "many", "2019-03-05", "post")
    assert reasons(log) == []
    held(log, "<800", "2019-03-05", "post")
    assert set(reasons(log)) == {"conflict"}


def test_the_parts_of_one_voice_are_one_counter(log):
    log.party("lantern-speaker", "monitor", part_of="lantern")
    held(log, 806, "2019-03-05", origin="lantern-speaker")
    held(log, 790, "2019-03-05")
    assert reasons(log) == ["conflict"]


def test_other_populations_and_places_are_other_matters(log):
    held(log, 806, "2019-03-05")
    held(log, 105, "2019-03-05", population="women", part_of=POPULATION)
    held(log, 40, "2019-03-05", place="Old Customs House")
    held(log, 3, "2019-03-05", measure="foreign_held")
    assert len(ask(log)) == 4
    assert reasons(log) == []


def test_spelling_and_case_of_a_population_are_one_matter(log):
    held(log, 806, "2019-03-05")
    held(log, 806, "2019-03-05", "post", population="Political  Prisoners")
    (matter,) = ask(log)
    assert len(matter["counters"][0]["numbers"]) == 1
    assert len(matter["counters"][0]["numbers"][0]["events"]) == 2


def test_denials_and_badly_graded_numbers_are_shown_and_not_compared(log):
    held(log, 806, "2019-03-05")
    held(log, 806, "2019-03-05", origin="beacon", stance="denied")
    log.party("rumour", "media")
    held(log, 5000, "2019-03-05", origin="rumour")
    log.grade("rumour", "E")
    (matter,) = ask(log, min_grade="C")
    assert matter["misfits"] == []
    by_voice = {one["counter"]: one for one in matter["counters"]}
    assert [one["number"] for one in by_voice["rumour"]["not_counted"]] == ["5000"]
    assert [one["stance"] for one in by_voice["beacon"]["not_counted"]] == ["denied"]
    assert by_voice["rumour"]["newest"] == []


def test_numbers_count_from_when_they_were_known_until_withdrawn(log):
    log.document("early", "2019-03-02")
    log.document("back", "2019-03-20", "lantern")
    claim = held(log, 820, "2019-03-01", "early")
    log.withdraw(claim, "back")
    assert ask(log, "2019-03-01") == ()
    assert len(ask(log, "2019-03-19")) == 1
    assert ask(log, "2019-03-20") == ()


def test_a_filter_keeps_the_numbers_of_a_party(log):
    held(log, 806, "2019-03-05")
    held(log, 700, "2019-03-05", origin="beacon", document="post")
    held(log, 40, "2019-03-05", place="Old Customs House")

    def counters(**where):
        return {one["counter"] for matter in ask(log, where=where) for one in matter["counters"]}

    assert counters(party=("Beacon",)) == {"beacon"}
    assert counters(party=("courier-press",)) == {"lantern"}
    assert counters(person=("varga",)) == {"lantern", "beacon"}
    (matter,) = ask(log, where={"place": ("old customs house",)})
    assert matter["place"] == "Old Customs House"


DAYS = st.sampled_from(["2019-03-01", "2019-03-02", "2019-03", None])
NUMBERS = st.sampled_from([100, 120, ">110", "90..105", "~100", "many"])
CLAIMS = st.lists(
    st.tuples(
        NUMBERS, DAYS, st.sampled_from(["lantern", "beacon"]), st.sampled_from(["a", "b", None])
    ),
    min_size=2,
    max_size=7,
)


def made_of(claims, rename=str):
    log = Log()
    for party in ("lantern", "beacon"):
        log.party(rename(party), "monitor")
    for n, (number, when, origin, scope) in enumerate(claims):
        document = rename(f"paper-{n}")
        log.document(document, "2019-03-08")
        log.count(number, document, origin=rename(origin), when=when, scope=scope)
    return log


@given(CLAIMS, st.sampled_from(["held", "released_since"]))
def test_only_one_counter_for_one_date_is_ever_a_conflict(claims, measure):
    log = Log()
    for n, (number, when, origin, scope) in enumerate(claims):
        log.document(f"paper-{n}", "2019-03-08")
        log.count(number, f"paper-{n}", measure, origin=origin, when=when, scope=scope)
    for matter in ask(log):
        for item in matter["misfits"]:
            shown = item["numbers"] + item["against"]
            assert item["numbers"]
            assert len(shown) >= 2
            if item["conflict"]:
                assert len({number["date"] for number in shown}) == 1
                assert len({number["counter"] for number in shown}) == 1
                assert shown[0]["date"] is not None


@given(CLAIMS)
def test_every_claim_is_in_a_series_once(claims):
    log = made_of(claims)
    told = [
        event
        for matter in ask(log)
        for counter in matter["counters"]
        for number in counter["numbers"]
        for event in number["events"]
    ]
    ids = [thread.id for thread, _ in log.state.claims()]
    assert sorted(told) == sorted(ids)


@given(CLAIMS)
def test_renaming_parties_and_documents_changes_no_reason(claims):
    plain, renamed = made_of(claims), made_of(claims, lambda name: f"z{name}"[::-1])
    assert sorted(reasons(plain)) == sorted(reasons(renamed))


NUMBER_FIELDS = st.one_of(
    st.tuples(st.sampled_from(["=", ">", ">=", "<", "<=", "~"]), st.integers(0, 50), st.none()),
    st.tuples(st.just(".."), st.integers(0, 20), st.integers(20, 50)),
)


class Number:
    def __init__(self, fields):
        self.operator, self.low, self.high = fields


@given(NUMBER_FIELDS, NUMBER_FIELDS)
def test_two_numbers_meet_if_there_is_a_number_both_allow(one, other):
    first, second = bounds_of(Number(one)), bounds_of(Number(other))

    def allows(bounds, n):
        return bounds[0] <= n and (bounds[1] is None or n <= bounds[1])

    both = [n for n in range(120) if allows(first, n) and allows(second, n)]
    assert meet(first, second) == meet(second, first) == bool(both)
    if both:
        assert common(first, second)[0] == both[0]
