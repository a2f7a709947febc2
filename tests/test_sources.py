"""What became of each source's claims, how early they came, and who relays whom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.projections.question import basis
from habeas.projections.sources import sources
from habeas.render.blocks import Table
from habeas.render.sources import OTHERS, VOICES_HEAD, page, text
from logs import Log


@pytest.fixture
def log():
    made = Log()
    made.party("lantern", "monitor")
    made.document("courier", "2019-03-06")
    made.document("post", "2019-03-08")
    made.document("bulletin", "2019-03-10", "lantern")
    return made


def ask(log, as_of="2019-03-31", **more):
    recorded = {record.seq: record.recorded for record in log.records}
    return sources(log.state, log.ask(as_of, **more), recorded)


def voices(log, as_of="2019-03-31", **more):
    return {one["voice"]: one for one in ask(log, as_of, **more)["voices"]}


def test_a_claim_that_others_confirm_later(log):
    claim = log.status("varga", "released", "courier", when="2019-03-05")
    row = voices(log)["courier-press"]
    assert (row["confirmed"]["count"], row["open"]["events"]) == (0, [claim])
    log.status("varga", "released", "bulletin", when="2019-03-05")
    row = voices(log)["courier-press"]
    assert (row["confirmed"]["events"], row["open"]["count"]) == ([claim], 0)
    assert voices(log, "2019-03-09")["courier-press"]["open"]["count"] == 1


def test_a_claim_that_others_contradict(log):
    claim = log.status("varga", "released", "courier", when="2019-03-05", stance="unconfirmed")
    log.status("varga", "detained", "bulletin")
    assert voices(log)["courier-press"]["contradicted"]["events"] == [claim]


def test_withdrawn_corrected_and_replaced_claims(log):
    taken_back = log.status("varga", "released", "courier", when="2019-03-05")
    log.withdraw(taken_back, "post", origin="courier-press")
    slip = log.status("quill", "detained", "courier", when="2019-03-01")
    log.correct(slip, place="Old Customs House")
    log.party("editor", part_of="courier-press")
    log.status("quill", "detained", "post", when="[2019-03-01..2019-03-03]", origin="editor")
    row = voices(log)["courier-press"]
    assert row["withdrawn"]["events"] == [taken_back]
    assert row["corrected"]["events"] == [slip]
    assert row["claims"]["count"] == 3
    assert row["parties"] == ["courier-press", "editor"]
    assert voices(log, "2019-03-07")["courier-press"]["withdrawn"]["count"] == 0


def test_a_voice_that_says_otherwise_later(log):
    old = log.status("varga", "restricted", "courier", when="2019-03-05")
    log.status("varga", "at_liberty", "post", when="2019-03-05", origin="courier-press")
    assert voices(log)["courier-press"]["replaced"]["events"] == [old]


def test_who_was_first_and_how_late(log):
    first = log.status("varga", "released", "courier", when="2019-03-05")
    log.status("varga", "released", "post", when="[2019-03-01..2019-03-05]")
    rows = voices(log)
    assert rows["courier-press"]["first"]["events"] == [first]
    assert rows["post-press"]["first"]["count"] == 0
    lag = rows["courier-press"]["days_to_report"]
    assert (lag["least"], lag["most"]) == (1, 1)
    lag = rows["post-press"]["days_to_report"]
    assert (lag["least"], lag["most"]) == (3, 7)
    assert rows["post-press"]["days_to_record"]["median"] > 4000


def test_lags_without_a_first_day_have_no_most(log):
    log.status("varga", "detained", "courier", when="[..2019-03-01]")
    log.status("quill", "detained", "courier")
    lag = voices(log)["courier-press"]["days_to_report"]
    assert (lag["least"], lag["most"], lag["claims"]["count"]) == (5, None, 1)


def test_four_outlets_that_relay_one_voice_are_one_row(log):
    for n in range(4):
        log.document(f"paper-{n}", "2019-03-07")
        log.status("varga", "released", f"paper-{n}", when="2019-03-05", origin="lantern")
    found = ask(log)
    (row,) = found["voices"]
    assert (row["voice"], row["claims"]["count"]) == ("lantern", 4)
    assert row["relayed_by"] == [f"paper-{n}-press" for n in range(4)]
    assert row["read_in"] == [f"paper-{n}" for n in range(4)]
    assert [(one["relay"], one["of"]) for one in found["relays"]] == [
        (f"paper-{n}-press", "lantern") for n in range(4)
    ]
    assert [one["voices"] for one in found["documents"]] == [["lantern"]] * 4


def test_the_way_of_a_relay_has_its_steps_in_order(log):
    log.party("ministry", "authority")
    log.party("minister", "authority", part_of="ministry")
    log.status(
        "varga", "released", "courier", origin="minister", via=("radio", "agency", "ministry")
    )
    assert [(one["relay"], one["of"]) for one in ask(log)["relays"]] == [
        ("agency", "ministry"),
        ("courier-press", "radio"),
        ("radio", "agency"),
    ]


def test_badly_graded_claims_are_shown_and_not_counted(log):
    claim = log.status("varga", "released", "courier", when="2019-03-05")
    log.grade("courier-press", "E")
    row = voices(log, min_grade="C")["courier-press"]
    assert (row["grade"], row["not_counted"]["events"]) == ("E", [claim])


def test_a_filter_keeps_the_claims_about_the_persons_that_fit(log):
    log.status("varga", "released", "courier", when="2019-03-05")
    log.status("quill", "detained", "post", when="2019-03-05")
    log.count(41, "post")
    chosen = voices(log, where={"person": ("varga",)})
    assert list(chosen) == ["courier-press"]


OUTCOMES = ("confirmed", "contradicted", "open", "replaced", *OTHERS)


def test_a_denial_and_a_withdrawn_group_have_their_place(log):
    log.party("ministry", "authority")
    denial = log.status("varga", "died", "courier", stance="denied", origin="ministry")
    unsure = log.status("quill", "detained", "courier", stance="unknown", origin="ministry")
    taken_back = log.status("pell", "released", "courier", when="2019-03-05", origin="ministry")
    group = log.group("students", 3, "courier", origin="ministry")
    for claim in (taken_back, group):
        log.withdraw(claim, "post", origin="ministry")
    row = voices(log)["ministry"]
    assert [row[key]["events"] for key in ("denial", "unknown", "status_withdrawn")] == [
        [denial],
        [unsure],
        [taken_back],
    ]
    assert row["withdrawn"]["events"] == [taken_back, group]
    (cells,) = [cells for cells in rows(log, page) if cells[0] == "ministry"]
    assert cells[4] == (
        "3 of a status: 1 denial, 1 not known, 1 withdrawn; 1 of another kind withdrawn"
    )
    (cells,) = [cells for cells in rows(log, text) if cells[0] == "ministry"]
    assert dict(zip(VOICES_HEAD, cells, strict=True))["Other"] == "3"


def rows(log, made):
    question = log.ask("2019-03-31")
    data = {"basis": basis(log.state, question, "00" * 32), **ask(log)}
    return next(block for block in made(data, None) if isinstance(block, Table)).rows


def test_who_tells_again_what_it_told_was_right_and_first_all_the_same(log):
    log.document("list", "2019-03-06", "lantern")
    first = log.status("varga", "released", "list", when="[2019-03-04..2019-03-05]")
    again = log.status("varga", "released", "post", when="2019-03-05", origin="lantern")
    (row,) = ask(log)["voices"]
    assert (row["confirmed"]["events"], row["replaced"]["events"]) == ([first, again], [])
    assert row["first"]["events"] == [first]
    expected = log.status("quill", "released", "list", when="2019-03-07", stance="expected")
    told = log.status("quill", "released", "post", when="2019-03-07", origin="lantern")
    (row,) = ask(log)["voices"]
    assert row["confirmed"]["events"] == [first, again, expected, told]
    assert row["first"]["events"] == [first, told]


def test_a_denial_that_its_voice_takes_back_by_telling_is_replaced(log):
    denial = log.status("varga", "released", "courier", stance="denied")
    told = log.status("varga", "released", "post", when="2019-03-05", origin="courier-press")
    row = voices(log)["courier-press"]
    assert (row["replaced"]["events"], row["open"]["events"]) == ([denial], [told])


TOLD = st.lists(
    st.tuples(
        st.sampled_from(["varga", "quill"]),
        st.sampled_from(["detained", "released", "house_arrest"]),
        st.sampled_from(["asserted", "unconfirmed", "expected", "denied", "unknown"]),
        st.sampled_from(["2019-02-01", "2019-03-05", None]),
        st.sampled_from(["lantern", "courier-press", None]),
    ),
    max_size=7,
)


@given(TOLD)
def test_every_claim_is_one_voices_and_one_documents_and_has_one_outcome(told):
    log = Log()
    for n, (person, status, stance, when, origin) in enumerate(told):
        log.document(f"paper-{n}", f"2019-03-{n + 6:02}")
        log.status(person, status, f"paper-{n}", stance=stance, when=when, origin=origin)
    found = ask(log)
    ids = sorted(thread.id for thread, _ in log.state.claims())
    for rows in (found["voices"], found["documents"]):
        assert sorted(event for row in rows for event in row["claims"]["events"]) == ids
        for row in rows:
            outcomes = [event for kind in OUTCOMES for event in row[kind]["events"]]
            assert sorted(outcomes) == sorted(row["status_claims"]["events"])
