"""Claims quoted as they are stored: they say the same as in a state of the log."""

from __future__ import annotations

from hypothesis import given, settings

from habeas.log.quoting import Quoting
from habeas.projections import attribution
from habeas.store import MemoryStore
from random_logs import grown, plans
from test_beliefs import _begun, put


def quoted(store, upto):
    """Return what a store quotes of its first events."""
    return Quoting(store).quoted(range(1, upto + 1))


@settings(max_examples=100)
@given(plan=plans)
def test_what_is_quoted_is_what_a_state_of_the_log_tells(plan):
    world = grown(plan)
    state, quoting = world.state, Quoting(world.case.whole)
    for seq, (record, event) in quoting.quoted(range(1, state.position + 1)).items():
        assert attribution.cited(quoting, record, event) == attribution.described(state, record)
        assert len(state.threads[seq].history) == 1


def test_of_what_an_act_bears_on_nothing_is_quoted():
    log = _begun()
    log.document("d1", "2026-01-06", "radio")
    own = log.status("ana", "detained", "d0", when="2026-01-02")
    of_d1 = log.detail("ben", "place", "a prison", "d1")
    through = log.status("ben", "released", "d0", when="2026-01-03", via=("ngo",))
    speaking = log.status("caro", "released", "d0", when="2026-01-03", origin="ministry")
    there = {own, of_d1, through, speaking}
    named = {"document:d1": of_d1, "party:ngo": through, "party:state": speaking}

    def found():
        store = MemoryStore()
        put(store, log.records)
        return {one.record.id for one in quoted(store, len(log.records)).values()}

    assert found() == there
    for name, left in named.items():
        thread = log.state.registered(name)
        text = "title" if name.startswith("document") else "name"
        log.correct(thread.id, **{text: "another"})
        there -= {left}
        assert found() == there
    log.correct(own, when="2026-01-04")
    assert found() == set()
