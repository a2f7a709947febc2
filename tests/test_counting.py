"""What counts at (as-of, position): since when something is known, as whose word, of what kind."""

from __future__ import annotations

import pytest

from habeas import times
from habeas.log import counting
from logs import Log

CARACAS = "America/Caracas"


@pytest.fixture
def log():
    made = Log(CARACAS)
    made.person("ana")
    made.person("bo")
    made.party("outlet")
    made.document("article", "2026-01-08", "outlet")
    return made


def event(log, claim):
    return log.state.thread(claim).event


def instant(text):
    return times.parse_instant(f"{text}Z" if "." in text else f"{text}.000000Z")


# Since when


@pytest.mark.parametrize(
    ("published", "more", "known"),
    [
        ("2026-01-08", {}, "2026-01-09T04:00:00"),
        ("2026-01-08?", {}, "2026-01-09T04:00:00"),
        ("[2026-01-08..2026-01-10]", {}, "2026-01-11T04:00:00"),
        ("[..2026-01-08]", {}, "2026-01-09T04:00:00"),
        ("2026-01", {}, "2026-02-01T04:00:00"),
        ("2026-01-08", {"timezone": "Asia/Tokyo"}, "2026-01-08T15:00:00"),
        ("2026-01-08T21:00:00-05:00", {"timezone": "Asia/Tokyo"}, "2026-01-09T02:00:00.000001"),
        ("2026-01-08/..", {"retrieved": "2026-01-12"}, "2026-01-13T04:00:00"),
        ("2026-01-08", {"retrieved": "2026-01-12"}, "2026-01-09T04:00:00"),
    ],
)
def test_a_claim_is_known_by_the_latest_instant_its_date_allows(log, published, more, known):
    log.document("d", published, "outlet", **more)
    claim = event(log, log.status("ana", "detained", "d"))
    assert counting.known_at(log.state, claim) == instant(known)


def test_a_claims_own_date_overrides_its_documents(log):
    claim = event(log, log.status("ana", "detained", "article", reported="2026-01-05"))
    assert counting.known_at(log.state, claim) == instant("2026-01-06T04:00:00")


@pytest.mark.parametrize(
    ("said", "end"),
    [
        (None, None),
        ("2026-01-05", "2026-01-06T04:00:00"),
        ("2026-01-08", "2026-01-09T04:00:00"),
        ("2026-01", "2026-01-09T04:00:00"),  # nobody is quoted before he spoke
        ("2026-02-03", "2026-01-09T04:00:00"),
        ("2026-01-05/..", None),
        ("2026-01-05/", None),
    ],
)
def test_nobody_spoke_after_it_was_known(log, said, end):
    claim = event(log, log.status("ana", "detained", "article", said=said))
    assert counting.said_at(log.state, claim) == (end and instant(end))


def test_a_claim_counts_from_its_day_until_it_is_withdrawn(log):
    claim = log.state.thread(log.status("ana", "detained", "article"))
    for day in ("2026-01-20", "2026-01-12", "2026-01-15"):
        log.document(f"back-{day}", day, "outlet")
        log.withdraw(claim.id, f"back-{day}")
    known, withdrawn = instant("2026-01-09T04:00:00"), instant("2026-01-13T04:00:00")
    assert counting.withdrawn_at(log.state, claim) == withdrawn
    for end, counts in ((known - 1, 0), (known, 1), (withdrawn - 1, 1), (withdrawn, 0)):
        assert counting.counts(log.state, claim, end) == bool(counts)
        assert bool(list(counting.said_of(log.state, "ana", end))) == bool(counts)


def test_a_voided_or_corrected_withdrawal_is_none(log):
    claim, other = (log.status(one, "detained", "article") for one in ("ana", "bo"))
    first = log.withdraw(claim, "article")
    second = log.withdraw(claim, "article", note="once more")
    log.void(first)
    log.correct(second, claim=other)
    assert counting.withdrawn_at(log.state, log.state.thread(claim)) is None
    assert counting.withdrawn_at(log.state, log.state.thread(other)) is not None


# As whose


def test_a_voice_is_the_root_of_the_chain(log):
    log.party("state", "government")
    log.party("ministry", "authority", part_of="state")
    log.party("minister", "other", part_of="ministry")
    assert [log.state.voice(one) for one in ("minister", "ministry", "state", "outlet")] == [
        *("state", "state", "state", "outlet")
    ]
    relayed = event(log, log.status("ana", "detained", "article", origin="minister"))
    assert counting.origin_of(log.state, relayed) == "minister"
    own = event(log, log.status("ana", "detained", "article"))
    assert counting.origin_of(log.state, own) == "outlet"


@pytest.mark.parametrize(
    ("grade", "counted"),
    [
        *(("A", "ABCDE"), ("B", "BCDE"), ("C", "CDE"), ("D", "DE"), ("E", "E")),
        *(("F", "ABCDE"), (None, "ABCDE")),
    ],
)
def test_who_is_graded_worse_is_not_counted(log, grade, counted):
    """F cannot be judged, and the ungraded has not been: neither is worse."""
    if grade is not None:
        log.grade("outlet", grade)
    for least in "ABCDE":
        assert counting.well_graded(log.state, "outlet", least) == (least in counted)
    assert counting.well_graded(log.state, "outlet", None)


def test_a_grade_is_the_partys_own_or_that_of_whom_it_speaks_for(log):
    log.party("state", "government")
    log.party("ministry", "authority", part_of="state")
    log.party("minister", "other", part_of="ministry")
    grades = []
    for party, reliability in (("state", "D"), ("ministry", "B"), ("minister", "E")):
        log.grade(party, reliability)
        grades.append([log.state.grade(one) for one in ("state", "ministry", "minister")])
    assert grades == [["D", "D", "D"], ["D", "B", "B"], ["D", "B", "E"]]
    assert log.state.grade("outlet") is None


# Of what kind


@pytest.mark.parametrize("kind", ["detainee", "family", "lawyer"])
def test_who_belongs_to_some_is_a_witness_about_others(log, kind):
    log.party("own", kind, of=("ana",))
    log.party("nobodys", kind)
    about = {
        persons: counting.kind_for(log.state, "own", persons, frozenset())
        for persons in (("ana",), ("bo",), ("bo", "ana"))
    }
    assert about == {("ana",): kind, ("bo",): "witness", ("bo", "ana"): kind}
    assert counting.kind_for(log.state, "nobodys", ("ana",), frozenset()) == "witness"


@pytest.fixture
def states(log):
    """Two states, each with a ministry, a court and a gazette."""
    for one in ("east", "west"):
        log.party(one, "government")
        log.party(f"{one}-ministry", "authority", part_of=one)
        log.party(f"{one}-court", "court", part_of=one)
        log.party(f"{one}-gazette", "media", part_of=one)
    return log


def kinds(log, *named):
    """Kinds of the two states' parts about a man of whom claims name these as his holders."""
    for one in named:
        log.status("ana", "detained", "article", authority=one)
    threads = tuple(counting.said_of(log.state, "ana", times.NEVER))
    held_by = counting.holders(log.state, threads)
    parts = ("", "-ministry", "-court", "-gazette")
    return {
        state: [counting.kind_for(log.state, f"{state}{part}", ("ana",), held_by) for part in parts]
        for state in ("east", "west")
    }


def test_while_nobody_is_said_to_hold_him_kinds_are_as_registered(states):
    registered = ["government", "authority", "court", "media"]
    assert kinds(states) == {"east": registered, "west": registered}


def test_who_is_said_to_hold_him_is_the_authority_and_other_states_governments(states):
    holder = ["authority", "authority", "court", "media"]
    other = ["government", "government", "court", "media"]
    assert kinds(states, "east-ministry") == {"east": holder, "west": other}


def test_two_may_be_said_to_hold_him(states):
    holder = ["authority", "authority", "court", "media"]
    assert kinds(states, "east", "west-ministry") == {"east": holder, "west": holder}
