"""Numbers that can have moved: what is left unread moves nothing."""

from __future__ import annotations

from contextlib import suppress
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.case import numbers
from habeas.errors import Refused
from habeas.projections.stirred import stirred
from habeas.store import MemoryStore
from logs import Log
from test_beliefs import case_over, put

DAYS = st.integers(1, 9).map(lambda day: f"2019-03-{day:02d}")
DOCUMENTS = ("d0", "d1", "d2", "d3")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("count", "count", "count", "withdraw", "correct", "void", "redate")),
        st.integers(0, 20),
        st.sampled_from(DOCUMENTS),
        st.sampled_from(("held", "announced")),
        DAYS,
    ),
    min_size=1,
    max_size=14,
)


def grown(published, steps):
    log = Log()
    log.party("lantern", "monitor")
    log.party("lamp", "monitor", part_of="lantern")
    for place, (document, day) in enumerate(zip(DOCUMENTS, published, strict=True)):
        log.document(document, day, ("lamp", "beacon")[place % 2])
    claims = []
    for step in steps:
        with suppress(Refused):  # such as a withdrawal that was public before its claim
            take(log, claims, *step)
    return log


def take(log, claims, do, number, document, measure, day):
    if do == "count":
        more = {"origin": "lantern"} if number % 3 == 0 else {}
        more |= {"reported": day} if number % 4 == 0 else {}
        claims.append(log.count(number, document, measure, when=day, **more))
    elif do == "redate":
        log.correct(log.state.registered(f"document:{document}").id, published=day)
    elif claims:
        claim = claims[number % len(claims)]
        if do == "withdraw":
            log.withdraw(claim, document)
        elif do == "void":
            log.void(claim)
        else:
            log.correct(claim, measure=measure, when=day)


@settings(max_examples=150)
@given(published=st.tuples(*[DAYS] * 4), steps=STEPS, sides=st.tuples(DAYS, DAYS))
def test_the_rest_moves_nothing(published, steps, sides):
    log = grown(published, steps)
    store = MemoryStore()
    put(store, log.records)
    case = case_over(store)
    questions = [case.question(as_of=side) for side in sides]
    found = numbers.moved(case, *questions, evidence=True)
    with mock.patch.object(numbers, "stirred", return_value=None):
        assert found == numbers.moved(case, *questions, evidence=True)


def test_of_a_series_that_moved_all_is_read_and_of_another_nothing():
    log = Log()
    log.document("early", "2019-03-01", "beacon")
    log.document("late", "2019-03-05", "beacon")
    old = log.count(1, "early")
    log.count(2, "early", "announced")
    log.count(3, "early", place="a prison")
    new = log.count(4, "late")
    store = MemoryStore()
    put(store, log.records)
    case = case_over(store)
    ends = tuple(case.question(as_of=day).as_of.end for day in ("2019-03-02", "2019-03-06"))
    assert stirred(store, ends) == {log.state.seq_of[old], log.state.seq_of[new]}
    assert stirred(store, (ends[1], ends[1])) == set()
