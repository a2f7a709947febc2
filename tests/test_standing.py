"""What one append leaves to the next: models kept up are as those made anew, whoever writes."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.case import Case, main
from habeas.errors import Refused, UnknownName
from habeas.events import PersonRegistered, StatusClaimed, build
from habeas.resolve import DEFAULT_RULES
from habeas.store import open_store
from random_logs import World, counted_clock, grown, plans
from test_beliefs import STRICT, dumped


def all_of(store):
    persons = sorted(person for person, _ in store.beliefs.names() if person)
    return dumped(store), {one: store.beliefs.kept(one)[1:] for one in persons}


# A correction of the case's zone makes another model of it, which has to be asked for.
steady = plans.map(lambda plan: [step for step in plan if step["do"] != "rezone"])


@pytest.mark.parametrize("rules", [DEFAULT_RULES, STRICT], ids=["default", "strict"])
@settings(max_examples=25)
@given(plan=steady, begin=st.integers(0, 12))
def test_models_kept_up_are_as_made_anew(plan, begin, rules):
    with mock.patch.object(main, "FEW", 0):
        world = grown(plan[:begin])
        world.case.rebuild(rules)
        for step in plan[begin:]:
            world.take(step)
        kept = all_of(world.case.whole)
        world.case.rebuild(rules)
        assert all_of(world.case.whole) == kept


@settings(max_examples=15)
@given(plan=steady, begin=st.integers(0, 12))
def test_in_sqlite_too_with_somebody_else_writing_now_and_then(plan, begin, tmp_path_factory):
    path = tmp_path_factory.mktemp("standing") / "log.db"
    with mock.patch.object(main, "FEW", 0):
        world = grown(plan[:begin], store=open_store(path, create=True))
        world.case.rebuild()
        for number, step in enumerate(plan[begin:]):
            world.take(step)
            if number % 3 == 1:
                other = Case.open(path, clock=counted_clock(START), entropy=salts(number))
                with other:
                    other.append(build(PersonRegistered, {"person": f"x-{number}", "name": "X"}))
        kept = all_of(world.case.whole)
        world.case.rebuild()
        assert all_of(world.case.whole) == kept
        world.case.close()


START = counted_clock()() + 10**9


def salts(number):
    """Salts that nobody else has drawn."""
    return lambda size: number.to_bytes(size, "big")


def claim(document, **more):
    known = {"person": "person-0", "document": document, "status": "detained", "stance": "asserted"}
    return build(StatusClaimed, known | more)


def test_what_is_refused_leaves_nothing_behind():
    with mock.patch.object(main, "FEW", 0):
        world = World()
        world.case.rebuild()
        before = all_of(world.case.whole), world.case.store.head()
        with pytest.raises(UnknownName, match="no document 'none'"):
            world.case.append(claim("document-0"), claim("none"))
        assert (all_of(world.case.whole), world.case.store.head()) == before
        done = world.case.append(claim("document-0", ref="a"), claim("document-1", ref="a"))
        assert [one.already for one in done] == [False, False]
        again = world.case.append(claim("document-0", ref="a"), dry_run=False)
        assert (again[0].seq, again[0].already) == (done[0].seq, True)
        with pytest.raises(Refused, match="already recorded"):
            world.case.append(claim("document-0", ref="a", status="released"))
        dry = world.case.append(claim("document-0", status="released"), dry_run=True)
        assert not dry[0].already
        assert world.case.append(claim("document-0", status="released"))[0].seq == dry[0].seq
