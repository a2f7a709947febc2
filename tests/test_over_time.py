"""The roster over known time, of invented people."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from habeas.projections import person
from habeas.projections.over_time import BANDS, band_of, over_time
from logs import Log


def steps(log, as_of="2019-12-31", **more):
    found = over_time(log.state, log.ask(as_of, **more))
    return [(one["day"], {b: n for b, n in one["counts"].items() if n}) for one in found]


def test_people_move_from_band_to_band_as_it_becomes_known():
    log = Log()
    log.document("courier", "2019-03-06")
    log.document("post", "2019-03-08")
    log.document("note", "2019-03-10")
    log.status("varga", "detained", "courier", when="2018-01-05")
    log.status("quill", "released", "courier", stance="unconfirmed", when="2019-03-05")
    log.status("quill", "released", "post", when="2019-03-05")
    log.status("quill", "released", "note", when="2019-03-05")
    log.status("varga", "died", "note", when="2019-03-09")
    assert steps(log) == [
        ("2019-03-06", {"held": 1, "told": 1}),
        ("2019-03-08", {"held": 1, "out_reported": 1}),
        ("2019-03-10", {"out_confirmed": 1, "dead": 1}),
    ]
    assert steps(log, "2019-03-07") == [("2019-03-06", {"held": 1, "told": 1})]
    assert steps(log, where={"person": ("quill",)})[0] == ("2019-03-06", {"told": 1})


def test_a_date_that_passes_moves_people_too():
    log = Log()
    log.document("courier", "2019-03-06")
    log.status("varga", "detained", "courier", when="2018-01-05/2019-03-20")
    assert steps(log) == [("2019-03-06", {"held": 1}), ("2019-03-21", {"unknown": 1})]


def test_who_is_only_in_a_claim_taken_back_is_nowhere():
    log = Log()
    log.document("courier", "2019-03-06", "courier-press")
    log.document("sorry", "2019-03-08", "courier-press")
    claim = log.status("varga", "detained", "courier", when="2018-01-05")
    other = log.status("quill", "detained", "courier", when="2018-01-05")
    assert other
    log.withdraw(claim, "sorry")
    assert steps(log) == [("2019-03-06", {"held": 2}), ("2019-03-08", {"held": 1})]


def test_nobody_is_nothing():
    assert steps(Log()) == []


TOLD = st.lists(
    st.tuples(
        st.sampled_from(["varga", "quill"]),
        st.sampled_from(["detained", "released", "died"]),
        st.sampled_from(["asserted", "unconfirmed", "expected"]),
        st.sampled_from(["2019-02-20", "2019-03-15", "[2019-03-01..2019-03-12]", None]),
    ),
    min_size=1,
    max_size=6,
)


@given(TOLD, st.integers(1, 30))
def test_each_day_is_what_would_be_answered_on_it(told, day):
    log = Log()
    for n, (name, status, stance, when) in enumerate(told):
        log.document(f"paper-{n}", f"2019-03-{3 * n + 5:02}")
        log.status(name, status, f"paper-{n}", stance=stance, when=when)
    asked = f"2019-03-{day:02}"
    now = [counts for on, counts in steps(log) if on <= asked]
    expected = dict.fromkeys(BANDS, 0)
    for name in log.state.all_of("person"):
        found = person.told(log.state, name, log.ask(asked))
        if found is not None:
            expected[band_of(found.answer)] += 1
    assert (now[-1] if now else {}) == {band: n for band, n in expected.items() if n}
