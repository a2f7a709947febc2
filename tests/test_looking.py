"""A log that is looked up answers what may follow as one that was read whole."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas import textlog
from habeas.case import Case
from habeas.errors import BadLog, HabeasError
from habeas.events import CaseOpened, EventCorrected, EventVoided, build
from habeas.log import State, admit, seal
from habeas.log.looking import Looked
from habeas.log.marks import marks_of
from habeas.store import MemoryStore
from random_logs import counted_clock, counted_entropy, grown, of_records, plans

NOW = counted_clock()()


def outcome(state, event):
    """What is said of an event: that it is there, that it may follow, or why it may not."""
    try:
        there = admit.already(state, event)
        admit.check(state, event, now=NOW + 10**14)
    except HabeasError as error:
        return type(error), error.message
    return there


def variants(records):
    """Events that were recorded, and acts that were not: some may follow, most may not."""
    for record in records:
        event = record.event
        yield event
        for follows in dict.fromkeys((record.id, records[-1].id)):
            yield build(EventVoided, {"event": record.id, "follows": follows, "reason": "x"})
            if isinstance(event, EventCorrected):
                yield evolve(event, follows=follows)


@given(plan=plans, at=st.integers(0, 10_000))
def test_what_may_follow_is_the_same(plan, at):
    records = list(grown(plan).case.events())
    position = 1 + at % len(records)
    case = of_records(records[:position])
    whole = State.of(case.events())
    looked = Looked(case.whole, position, records[position - 1].recorded)
    for event in variants(records):
        assert outcome(looked, event) == outcome(whole, event)
        fresh = Looked(case.whole, position, records[position - 1].recorded)
        assert outcome(fresh, event) == outcome(whole, event)


@settings(max_examples=40)
@given(plan=plans, at=st.integers(0, 10_000), more=st.integers(1, 4))
def test_what_was_applied_counts_before_it_is_in_the_log_and_after(plan, at, more):
    records = list(grown(plan).case.events())
    position = 1 + at % len(records)
    new = records[position : position + more]
    whole = State.of(records[: position + more])
    store = of_records(records[:position]).whole
    asked, unasked = (Looked(store, position, records[position - 1].recorded) for _ in range(2))
    asked.take(new)
    unasked.take(new)
    expected = [outcome(whole, event) for event in variants(new)]
    assert [outcome(asked, event) for event in variants(new)] == expected
    with store.appending() as log:
        log.add(new)
    for looked in (asked, unasked):
        looked.let_go()
        assert [outcome(looked, event) for event in variants(new)] == expected


@settings(max_examples=30)
@given(plan=plans, chosen=st.integers(0, 10_000), resumed=st.booleans())
def test_an_import_refuses_what_an_append_would(tmp_path_factory, plan, chosen, resumed):
    records = list(grown(plan).case.events())
    others = [one for one in variants(records) if not isinstance(one, CaseOpened)]
    event = others[chosen % len(others)]
    extra = seal(
        event,
        recorder="x",
        seq=len(records) + 1,
        recorded=records[-1].recorded + 1,
        entropy=counted_entropy(),
    )
    lines = [textlog.line_of(record) for record in records]
    path = tmp_path_factory.mktemp("taken") / "log.db"
    with Case.open(path, create=True, clock=counted_clock(), audience="desk") as case:
        if resumed:
            case.import_log(lines)
        try:
            admit.check(State.of(records), event, now=extra.recorded)
        except HabeasError as error:
            with pytest.raises(BadLog) as refusal:
                case.import_log([*lines, textlog.line_of(extra)])
            said = f"event {extra.seq} cannot follow those before it: {error.message}"
            assert refusal.value.message == said
        else:
            assert case.import_log([*lines, textlog.line_of(extra)]) == 1 + len(lines) * (
                not resumed
            )
            marks = {mark for one in (*records, extra) for mark in marks_of(one)}
            whole = of_records([*records, extra]).whole
            assert {m: case.whole.marked(m) for m in marks} == {m: whole.marked(m) for m in marks}


@given(plan=plans, cuts=st.lists(st.integers(0, 10_000), max_size=3))
def test_a_log_taken_in_pieces_is_taken_whole(plan, cuts):
    lines = list(grown(plan).case.export())
    copy = Case(MemoryStore(), clock=counted_clock(), entropy=counted_entropy(), audience="desk")
    for cut in sorted(cut % len(lines) for cut in cuts):
        copy.import_log(lines[:cut])
    copy.import_log(lines)
    assert list(copy.export()) == lines
