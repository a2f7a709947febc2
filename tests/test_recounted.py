"""What is kept of the claims about a person: he is answered from it as from the log."""

from __future__ import annotations

from itertools import pairwise
from unittest import mock

import pytest
from hypothesis import given, settings

from habeas.case import main
from habeas.events import StatusClaimed, build
from habeas.log.looking import Looked
from habeas.log.nearby import Nearby, Recalled
from habeas.log.sayings import Sayings
from habeas.projections import beliefs, between, recounted
from habeas.projections.believed import ELAPSED
from habeas.projections.retold import Retold
from habeas.resolve import DEFAULT_RULES
from habeas.times import NEVER
from random_logs import DOCUMENTS, World, grown, plans


def recalled(sayings, person):
    """The person as he is known from the texts alone; None where they do not do."""
    cited, rest = recounted.recounted(sayings, person)
    found = Recalled(person, sayings.name(person), 0, [], {}, {})
    return found if recounted.is_recalled(found, cited, rest, sayings.zone) else None


def people(state):
    return [name.removeprefix("person:") for name in state.named if name.startswith("person:")]


@settings(max_examples=60)
@given(plan=plans)
def test_a_person_is_answered_from_the_texts_as_from_the_log(plan):
    world = grown(plan)
    sayings, store = Sayings(world.state), world.case.whole
    nearby = Nearby(store, Looked(store, world.state.position, world.state.recorded))
    for person in people(world.state):
        known = recalled(sayings, person)
        if known is None:
            acted = sayings.keeper(person) != person or len(sayings.group(person)) > 1
            withdrawn = any(said.until < NEVER for said in sayings.of(person))
            assert acted or withdrawn or not sayings.registered(person)
            continue
        nearby.recall(known, ())
        expected = beliefs.rows(sayings, person, DEFAULT_RULES)
        assert beliefs.rows(nearby, person, DEFAULT_RULES) == expected
        assert recounted.recounted(nearby, person)[1] == recounted.recounted(sayings, person)[1]


@settings(max_examples=60)
@given(plan=plans)
def test_causes_are_found_from_the_texts_as_from_the_log(plan):
    sayings = Sayings(grown(plan).state)
    for person in people(sayings._state):
        known = recalled(sayings, person)
        if known is None:
            continue
        retold = Retold(known, sayings)
        moments = sorted({said.known for said in known.said})
        for ends in pairwise([moments[0] - 1, *moments] if moments else ()):
            asked = (person, DEFAULT_RULES, between.Ends(*ends))
            assert between.causes(retold, *asked) == between.causes(sayings, *asked)


@settings(max_examples=200)
@given(plan=plans)
def test_the_last_claim_is_told_from_the_row_before_it(plan):
    world = grown(plan)
    sayings = Sayings(world.state)
    for person in people(world.state):
        rows = beliefs.rows(sayings, person, DEFAULT_RULES)
        counted = (said.known for said in sayings.of(person) if said.known < said.until)
        known = max(counted, default=NEVER)
        before = [row for row in rows if row.known_from < known]
        if not before:
            continue
        found = beliefs.rows_after(sayings, person, DEFAULT_RULES, known, before[-1])
        assert found is None or found == rows[len(before) :]


@pytest.mark.parametrize(
    ("cited", "rest"),
    [
        ("", None),
        ("", "1"),
        ("", "-\n1\t2 3"),
        ("", "1\t2\t\tmedia\t\t\t\t0\t\t\t"),
        ("1\tid\tv\to\td\tasserted\tdetained\t", "1\t2\t\tmedia\t\t\t\t9\t\t\t"),
        ("1\tid\tv\to\td\tasserted\tdetained\t", "1\t2\t\tmedia\tNowhere/At_all\t\t\t6\t\t\t"),
    ],
    ids=["not kept", "short", "taken back", "no claim shown", "no such form", "no such zone"],
)
def test_other_texts_are_not_taken(cited, rest):
    zone = Sayings(World().state).zone
    person = Recalled("person-0", "Nobody", 0, [], {}, {})
    assert not recounted.is_recalled(person, cited, rest, zone)


def test_appends_about_a_person_who_is_kept_read_no_claim_of_the_log():
    with mock.patch.object(main, "FEW", 0):
        world = World()
        world.case.rebuild()
        known = {"person": "person-0", "status": "detained", "stance": "asserted"}
        with mock.patch.object(Nearby, "take", side_effect=AssertionError):
            for number in range(world.documents):
                claim = known | {"document": world.name("document", number)}
                world.case.append(build(StatusClaimed, claim))


def test_a_date_that_passes_after_the_last_claim_makes_a_row_too():
    world = World()
    known = {"person": "person-0", "stance": "asserted", "status": "detained"}
    first, *_, last = sorted(DOCUMENTS)
    for published, when in ((first, None), (last, "2025-12-30/2026-06-01")):
        claim = known | {"document": world.name("document", DOCUMENTS.index(published))}
        world.case.append(build(StatusClaimed, claim | {"when": when}))
    sayings = Sayings(world.state)
    before, *since = beliefs.rows(sayings, "person-0", DEFAULT_RULES)
    assert [row.why == ELAPSED for row in since] == [False, True]
    start = since[0].known_from
    assert beliefs.rows_after(sayings, "person-0", DEFAULT_RULES, start, before) == since
