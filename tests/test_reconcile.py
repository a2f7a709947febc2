"""From one number to another, on made-up series of which the answers are known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.errors import Refused
from habeas.projections.reconcile import against_roster, reconcile
from habeas.projections.reconcile.ranges import NOTHING, Range, total
from logs import Log


class Series(Log):
    """A monitor, Lantern, that counts those held; every claim in a document of its own day."""

    def __init__(self):
        super().__init__()
        self.party("lantern", "monitor")

    def paper(self, day):
        """Return a document published on a day."""
        name = f"paper-{day}-{len(self.records)}"
        self.document(name, day)
        return name

    def says(self, number, day, told=None, measure="held", **more):
        """Lantern counts a number, of a day, and tells it then or later."""
        return self.count(
            number,
            self.paper(told or day),
            measure,
            **({"origin": "lantern", "when": day} | more),
        )

    def told(self, person, status, when, day="2019-03-31", **more):
        return self.status(person, status, self.paper(day), when=when, **more)

    def between(self, one, other, as_of="2019-12-31", **more):
        state = self.state
        return reconcile(state, self.ask(as_of, **more), state.thread(one), state.thread(other))


def amounts(found):
    return {line["kind"]: line["amount"] and line["amount"]["text"] for line in found["lines"]}


def test_everything_is_explained():
    log = Series()
    one, other = log.says(863, "2019-03-01"), log.says(862, "2019-03-10")
    release = log.told("varga", "released", "2019-03-05")
    log.told("quill", "released", "2019-03-06")
    log.told("oduya", "detained", "2019-03-07")
    found = log.between(one, other)
    assert amounts(found) == {"released": "-2", "arrested": "+1"}
    assert (found["difference"]["text"], found["explained"]["text"]) == ("-1", "-1")
    assert found["remainder"]["text"] == "0"
    assert found["lines"][0]["persons"] == ["quill", "varga"]
    assert release in found["lines"][0]["events"]


def test_the_remainder_is_shown_and_not_spread():
    log = Series()
    one, other = log.says(863, "2019-03-01"), log.says(806, "2019-03-10")
    log.told("varga", "released", "2019-03-05")
    found = log.between(one, other)
    assert amounts(found) == {"released": "-1"}
    assert (found["difference"]["text"], found["remainder"]["text"]) == ("-57", "-56")


def test_asked_the_other_way_round_all_signs_turn():
    log = Series()
    one, other = log.says(863, "2019-03-01"), log.says(806, "2019-03-10")
    log.told("varga", "released", "2019-03-05")
    found = log.between(other, one)
    assert amounts(found) == {"released": "+1"}
    assert (found["difference"]["text"], found["remainder"]["text"]) == ("+57", "+56")
    assert (found["from"]["number"], found["to"]["number"]) == ("806", "863")


def test_what_happened_on_the_days_of_the_numbers():
    log = Series()
    one, other = log.says(10, "2019-03-01"), log.says(9, "2019-03-10")
    log.told("varga", "released", "2019-03-01")
    log.told("quill", "released", "2019-03-10")
    log.told("oduya", "released", "2019-03-11")
    found = log.between(one, other)
    assert [line["persons"] for line in found["lines"]] == [["quill"]]
    assert found["remainder"]["text"] == "0"


def test_dates_that_are_ranges_make_the_amounts_ranges():
    log = Series()
    one, other = log.says(10, "2019-03-01"), log.says(8, "2019-03-10")
    log.told("varga", "released", "[2019-02-27..2019-03-03]")
    log.told("quill", "released", "2019-03-04")
    log.told("oduya", "detained", "[..2019-03-05]")
    found = log.between(one, other)
    (line,) = found["lines"]
    assert line["amount"]["text"] == "-2..-1"
    assert (line["persons"], line["perhaps"]) == (["quill"], ["varga"])
    assert found["remainder"]["text"] == "-1..0"


def test_an_operator_makes_the_difference_a_range():
    log = Series()
    one, other = log.says(">800", "2019-03-01"), log.says(806, "2019-03-10")
    found = log.between(one, other)
    assert found["difference"]["text"] == "<=5"
    assert found["remainder"]["text"] == "<=5"
    third = log.says("800..820", "2019-03-20")
    assert log.between(other, third)["difference"]["text"] == "-6..+14"


def test_the_counters_own_releases_are_taken_before_names():
    log = Series()
    one, other = log.says(863, "2019-03-01"), log.says(750, "2019-03-12")
    total = log.says(116, "2019-03-12", measure="released_since", period="2019-03-08/..")
    log.told("varga", "released", "2019-03-09")
    found = log.between(one, other)
    (line,) = found["lines"]
    assert (line["amount"]["text"], line["persons"]) == ("-116", ["varga"])
    assert total in line["events"]
    assert found["remainder"]["text"] == "+3"


def test_a_running_total_counts_from_its_number_on_the_first_day():
    log = Series()
    one, other = log.says(863, "2019-03-01"), log.says(850, "2019-03-12")
    log.says(100, "2019-03-01", measure="released_since", period="2019-01-01/..")
    log.says(113, "2019-03-12", measure="released_since", period="2019-01-01/..")
    assert amounts(log.between(one, other)) == {"released": "-13"}
    early = log.says(870, "2019-02-20")
    assert amounts(log.between(early, other)) == {"released": "-113..-13"}


def test_days_that_no_total_covers_are_added():
    log = Series()
    one, other = log.says(50, "2019-03-01"), log.says(40, "2019-03-12")
    log.says(4, "2019-03-10", measure="released_since", period="2019-03-08/..")
    for number, day in ((3, "2019-03-04"), (2, "2019-03-09"), (1, "2019-03-11")):
        log.says(number, day, measure="released_on")
    assert amounts(log.between(one, other)) == {"released": "-8"}


def test_names_are_the_least_of_what_a_counter_says():
    log = Series()
    one, other = log.says(50, "2019-03-01"), log.says(48, "2019-03-12")
    log.says(1, "2019-03-04", measure="released_on")
    for person in ("varga", "quill"):
        log.told(person, "released", "2019-03-04")
    assert amounts(log.between(one, other)) == {"released": "-2"}


def test_a_revised_past_is_late_cases():
    log = Series()
    one = log.says(806, "2019-03-05")
    other = log.says(811, "2019-03-05", told="2019-03-20")
    log.says(4, None, told="2019-03-20", measure="late_added")
    found = log.between(one, other)
    assert amounts(found) == {"late": "+4"}
    assert found["remainder"]["text"] == "+1"


def test_a_late_case_is_sure_if_the_counter_names_it():
    log = Series()
    one = log.says(806, "2019-03-05")
    log.told("varga", "detained", "2018-01-05", "2019-03-10", origin="lantern")
    log.told("quill", "detained", "2018-01-05", "2019-03-11")
    log.told("pell", "detained", "2018-01-05", "2019-03-04")
    log.told("oduya", "detained", "2018-01-05", "2019-04-04")
    other = log.says(808, "2019-03-12")
    (line,) = log.between(one, other)["lines"]
    assert line["amount"]["text"] == "+1..+2"
    assert (line["persons"], line["perhaps"]) == (["varga"], ["quill"])


def test_what_the_counter_withdraws_moves_its_number():
    log = Series()
    claims = [
        log.told(person, "detained", "2018-01-05", "2019-02-01", origin="lantern")
        for person in ("varga", "quill")
    ]
    again = log.told("quill", "detained", "2018-01-05", "2019-02-03", origin="lantern")
    others = log.told("pell", "detained", "2018-01-05", "2019-02-01")
    one = log.says(806, "2019-03-05")
    sorry = log.paper("2019-03-08")
    for claim in claims:
        log.withdraw(claim, sorry, origin="lantern")
    log.withdraw(
        others, sorry, origin=log.state.document(log.state.thread(others).event.document).publisher
    )
    other = log.says(805, "2019-03-12")
    found = log.between(one, other)
    (line,) = found["lines"]
    assert (line["kind"], line["amount"]["text"], line["persons"]) == ("withdrawn", "-1", ["varga"])
    assert again not in line["events"]
    assert found["remainder"]["text"] == "0"


def test_persons_found_to_be_one_may_have_been_counted_twice():
    log = Series()
    for person in ("pell", "j-pell", "jon-pell"):
        log.told(person, "detained", "2018-01-05", "2019-02-01", origin="lantern")
    log.told("j-p", "detained", "2018-01-05", "2019-02-01")
    one, other = log.says(806, "2019-03-05"), log.says(804, "2019-03-12")
    merges = [log.merge("pell", name) for name in ("j-pell", "jon-pell", "j-p")]
    (line,) = log.between(one, other)["lines"]
    assert (line["kind"], line["amount"]["text"]) == ("merged", "-2..0")
    assert set(merges[:2]) <= set(line["events"])
    assert merges[2] not in line["events"]


def test_a_change_of_scope_without_a_size_stays_in_the_remainder():
    log = Series()
    one = log.says(806, "2019-03-05", scope="in prisons")
    other = log.says(900, "2019-03-12", scope="in prisons and at home")
    found = log.between(one, other)
    (line,) = found["lines"]
    assert (line["kind"], line["amount"]) == ("definition", None)
    assert line["about"] == [
        {"about": "scope", "from": "in prisons", "to": "in prisons and at home"}
    ]
    assert found["includes"] == ["definition"]
    assert found["remainder"]["text"] == "+94"


def test_a_change_of_scope_has_the_size_of_a_day_counted_both_ways():
    log = Series()
    one = log.says(806, "2019-03-05", scope="in prisons")
    log.says(810, "2019-03-10", scope="in prisons")
    both = log.says(893, "2019-03-10", scope="in prisons and at home")
    other = log.says(900, "2019-03-12", scope="in prisons and at home")
    found = log.between(one, other)
    assert amounts(found) == {"definition": "+83"}
    assert both in found["lines"][0]["events"]
    assert found["includes"] == []
    assert found["remainder"]["text"] == "+11"


def test_two_counters_are_set_beside_each_other_by_a_day_both_counted():
    log = Series()
    log.party("beacon", "monitor")
    one = log.says(806, "2019-03-05")
    log.says(700, "2019-03-05", origin="beacon")
    other = log.says(690, "2019-03-12", origin="beacon")
    found = log.between(one, other)
    assert amounts(found) == {"definition": "-106"}
    assert found["remainder"]["text"] == "-10"


def test_a_part_of_a_population_takes_nobody_for_sure_unless_chosen():
    log = Series()
    one = log.says(5, "2019-03-05", population="women", part_of="prisoners")
    other = log.says(4, "2019-03-12", population="women", part_of="prisoners")
    log.told("varga", "released", "2019-03-07")
    log.told("quill", "released", "2019-03-07")
    assert log.between(one, other)["remainder"]["text"] == "-1..+1"
    chosen = log.between(one, other, where={"person": ("varga",)})
    assert chosen["remainder"]["text"] == "0"


def test_persons_held_by_another_state_are_told_apart():
    log = Series()
    log.party("far-state", "government")
    one, other = log.says(10, "2019-03-01"), log.says(10, "2019-03-10")
    log.told("varga", "detained", "2019-03-05", authority="far-state")
    found = log.between(one, other)
    assert (found["lines"], found["held_elsewhere"]) == ([], ["varga"])


def test_running_totals_grow_by_releases():
    log = Series()
    one = log.says(41, "2019-03-05", measure="released_since")
    other = log.says(43, "2019-03-12", measure="released_since")
    log.told("varga", "released", "2019-03-07")
    found = log.between(one, other)
    assert amounts(found) == {"released": "+1"}
    assert found["remainder"]["text"] == "+1"


def test_with_an_undated_number_nothing_is_placed_between():
    log = Series()
    one = log.says(806, "2019-03-01")
    other = log.says(800, None, told="2019-03-12")
    log.told("varga", "released", "2019-03-05")
    found = log.between(one, other)
    assert amounts(found) == {"undated": None}
    assert (found["remainder"]["text"], found["includes"]) == ("-6", ["undated"])


def test_numbers_whose_days_are_not_exact():
    log = Series()
    one, other = log.says(10, "2019-02"), log.says(8, "2019-03")
    log.told("varga", "released", "2019-02-10")
    log.told("quill", "released", "2019-03-01")
    assert amounts(log.between(one, other)) == {"released": "-2..-1"}


def test_what_cannot_be_reconciled_is_refused_with_a_hint():
    log = Series()
    one, other = log.says(806, "2019-03-01"), log.says(41, "2019-03-01", measure="released_on")
    claim = log.told("varga", "released", "2019-03-05")
    with pytest.raises(Refused, match="one number is of 'held'") as refused:
        log.between(one, other)
    assert "habeas counts" in refused.value.hint
    with pytest.raises(Refused, match="no reported number"):
        log.between(one, claim)
    with pytest.raises(Refused, match="was not known as of"):
        log.between(one, one, "2019-02-01")
    log.void(other)
    with pytest.raises(Refused, match="voided"):
        log.between(other, other)


def test_a_withdrawn_number_is_marked():
    log = Series()
    one, other = log.says(806, "2019-03-01"), log.says(800, "2019-03-05")
    log.withdraw(one, log.paper("2019-03-06"), origin="lantern")
    assert [log.between(one, other)[end]["withdrawn"] for end in ("from", "to")] == [True, False]


def roster_of(log, count, as_of="2019-12-31", **more):
    return against_roster(log.state, log.ask(as_of, **more), log.state.thread(count))


def test_a_number_beside_the_roster():
    log = Series()
    number = log.says(5, "2019-03-05")
    log.told("varga", "detained", "2018-01-05")
    log.told("quill", "detained", "[2019-03-01..2019-03-09]")
    log.told("pell", "released", "2019-03-07")
    log.told("oduya", "detained", "2018-01-05")
    log.told("oduya", "released", "2018-03-05")
    found = roster_of(log, number)
    assert found["on"] == "2019-03-05"
    assert found["named"]["persons"] == ["varga"]
    assert found["perhaps"]["persons"] == ["pell", "quill"]
    assert found["others"]["out"]["persons"] == ["oduya"]
    assert found["not_named"]["text"] == "2..4"
    assert all(log.state.thread(event) for event in found["perhaps"]["events"])


def test_a_number_of_releases_beside_the_roster():
    log = Series()
    number = log.says(5, "2019-03-12", measure="released_since", period="2019-03-08/..")
    log.told("varga", "released", "2019-03-09")
    log.told("quill", "released", "[2019-03-01..2019-03-09]")
    log.told("pell", "released", "2019-03-01")
    found = roster_of(log, number)
    assert (found["named"]["persons"], found["perhaps"]["persons"]) == (["varga"], ["quill"])
    assert found["not_named"]["text"] == "3..4"
    day = log.says(1, "2019-03-01", measure="released_on")
    assert roster_of(log, day)["named"]["persons"] == ["pell"]


def test_more_named_than_counted_leaves_nobody_unnamed():
    log = Series()
    number = log.says(1, "2019-03-05")
    for person in ("varga", "quill"):
        log.told(person, "detained", "2018-01-05")
    assert roster_of(log, number)["not_named"]["text"] == "0"


def test_no_roster_stands_beside_an_announcement():
    log = Series()
    with pytest.raises(Refused, match="nothing to set beside"):
        roster_of(log, log.says(187, "2019-03-05", measure="announced"))


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["varga", "quill", "pell"]),
        st.sampled_from(["detained", "released", "died"]),
        st.sampled_from(["2019-02-20", "2019-03-05", "2019-03", "[..2019-03-09]", "2019-03-20"]),
    ),
    max_size=6,
)
NUMBERS = st.sampled_from([40, 38, ">39", "35..45", "~40"])


@given(EVENTS, NUMBERS, NUMBERS)
def test_the_lines_and_the_remainder_make_the_difference(events, first, second):
    log = Series()
    one, other = log.says(first, "2019-03-01"), log.says(second, "2019-03-10")
    for person, status, when in events:
        log.told(person, status, when)
    found = log.between(one, other)
    lines = total(Range(line["amount"]["low"], line["amount"]["high"]) for line in found["lines"])
    assert found["explained"] == lines.data
    difference = Range(found["difference"]["low"], found["difference"]["high"])
    assert found["remainder"] == difference.minus(lines).data
    for line in found["lines"]:
        assert line["events"]
        assert len(line["names"]) == len(line["persons"])
    turned = log.between(other, one)
    assert (
        turned["remainder"]
        == Range(**{k: found["remainder"][k] for k in ("low", "high")}).times(-1).data
    )


BOUND = st.integers(-9, 9)
RANGE = st.tuples(BOUND, BOUND).map(sorted).map(lambda pair: Range(*pair))


@given(RANGE, RANGE, st.data())
def test_ranges_hold_every_sum_and_difference(one, other, data):
    a = data.draw(st.integers(one.low, one.high))
    b = data.draw(st.integers(other.low, other.high))
    plus, minus = one.plus(other), one.minus(other)
    assert plus.low <= a + b <= plus.high
    assert minus.low <= a - b <= minus.high
    assert one.plus(NOTHING) == one
    assert one.times(-1).times(-1) == one
