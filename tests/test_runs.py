"""Events judged in runs: what is taken so is what is taken one by one, and nothing else."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from habeas import textlog
from habeas.case import moving, taking
from habeas.events import TAGS, EventVoided, build
from habeas.log import seal
from habeas.log.checked import Run
from habeas.store import MemoryStore
from habeas.store.sqlite import SqliteStore
from habeas.textlog import runs, scanning
from invented import START, entropy_of, invented_log, leaf_only, person
from stored import imported

BEFORE = invented_log(60)
DAY = 86_400_000_000


def document(number, published, zone):
    values = {"document": f"more-{number}", "publisher": "outlet", "published": published}
    values |= {"title": "One more"} | ({} if zone is None else {"timezone": zone})
    return build(TAGS["document.registered", 1], values)


def claim(name, ref):
    values = {"person": name, "document": "d-1", "status": "detained", "stance": "asserted"}
    return build(TAGS["status.claimed", 1], values | ({} if ref is None else {"ref": ref}))


SELF = {"party": "self", "name": "A Self", "kind": "media"}
PERSONS = ("person-1", "new-1", "new-2")
LATER = (
    st.builds(claim, st.sampled_from(PERSONS), st.sampled_from([None, None, "a", "b"]))
    | st.builds(person, st.sampled_from(PERSONS))
    | st.builds(
        document,
        st.integers(1, 3),
        st.sampled_from(["2001-03-08", "2001-03-08", "2001-03-09"]),
        st.sampled_from([None, None, "Pacific/Kiritimati"]),
    )
    | st.sampled_from(["Pacific/Kiritimati", "Pacific/Pago_Pago"])
    | st.tuples(st.sampled_from(["again", "void"]), st.integers(1, 3))
)
"""What follows: an event, a correction of the case's time zone, or what is done with the last."""

STEPS = st.sampled_from([1_000_000] * 20 + [DAY, 0])


def made(later, records):
    """The event that follows some records."""
    if not isinstance(later, str | tuple):
        return later
    target = records[0 if isinstance(later, str) else -later[1]]
    act = {"event": target.id, "follows": target.id, "reason": "x"}
    if isinstance(later, str):
        opened = evolve(records[0].event, timezone=later)
        act |= {"type": "case.opened", "version": 1, "data": opened}
        return build(TAGS["event.corrected", 1], act)
    return target.event if later[0] == "again" else build(TAGS["event.voided", 1], act)


def records_of(begun, more):
    """The first records of a log, and those of what follows, each so much later than the last."""
    records = BEFORE[:begun]
    recorded = START + 33 * DAY
    for later, step in more:
        seq, recorded = len(records) + 1, recorded + step
        entropy = entropy_of("runs", seq)
        event = made(later, records)
        records.append(
            seal(event, recorder="x", seq=seq, recorded=recorded, entropy=lambda _, e=entropy: e)
        )
    return records


def following(*more, step=1_000_000, most=20):
    """An example of what follows, the last of it so much later than the one before."""
    steps = [(one, 1_000_000) for one in more[:-1]] + [(more[-1], step)]
    return example(begun=20, more=steps, chunk=80, most=most, withheld=None)


@following("Pacific/Pago_Pago", document(1, "2001-03-08", None))
@following(person("new-1"), person("new-1"))
@following(claim("person-1", None), claim("person-2", None), step=0)
@following(claim("person-1", None), claim("person-2", None), step=0, most=21)
@following(person("new-1"), ("void", 1), evolve(person("new-1"), name="Somebody else"))
@following(claim("person-1", None), ("void", 1), ("again", 2))
@following(person("new-1"), ("void", 1), person("new-1"))
@following(person("new-1"), ("void", 1), claim("person-1", None), ("again", 3))
@following(claim("new-1", None), person("new-1"))
@following(build(TAGS["party.registered", 1], {**SELF, "part_of": "self"}))
@following(build(TAGS["party.registered", 1], SELF))
@following(claim("person-1", "a"), claim("person-2", "a"))
@following(claim("person-1", "a"), claim("person-2", "a"), most=21)
@given(
    begun=st.sampled_from([8, 20, 20]),
    more=st.lists(st.tuples(LATER, STEPS), max_size=8),
    chunk=st.integers(1, 80),
    most=st.integers(4, 20),
    withheld=st.sampled_from([None, None, None, 3, 5, 22]),
)
def test_in_runs_as_one_by_one(begun, more, chunk, most, withheld):
    records = records_of(begun, more)
    if withheld is not None and withheld < len(records):
        records[withheld] = leaf_only(records[withheld])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moving, "CHUNK", chunk)
        patch.setattr(runs, "MOST", most)
        in_runs = imported(MemoryStore(), records)
        patch.setattr(taking.Taking, "_are_plain", lambda *_: False)
        assert imported(MemoryStore(), records) == in_runs


def test_a_log_begins_with_its_case():
    record = seal(
        person("new-1"), recorder="x", seq=1, recorded=START, entropy=lambda size: b"x" * size
    )
    assert "begins with case.opened" in imported(MemoryStore(), [record])[1]


@given(cut=st.integers(0, 59), most=st.integers(1, 20))
def test_what_is_begun_goes_on(cut, most):
    records = records_of(60, ())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "MOST", most)
        store = MemoryStore()
        assert imported(store, records[:cut])[1] is None
        assert imported(store, records) == imported(MemoryStore(), records)
        assert store.head().position == 60


def test_most_events_are_judged_in_runs(tmp_path, monkeypatch):
    alone = []
    take = taking.Taking._take
    monkeypatch.setattr(
        taking.Taking, "_take", lambda self, event: (alone.append(event), take(self, event))
    )
    records = invented_log(300)
    assert imported(SqliteStore(tmp_path / "log.db", create=True), records)[1] is None
    acts = [one for one in records if one.type in {"event.corrected", "claim.withdrawn"}]
    acts += [one for one in records if isinstance(one.event, EventVoided)]
    assert {one.seq for one in acts} <= {one.seq for one in alone}
    assert len(alone) < 60


@given(most=st.integers(1, 70))
def test_a_run_tells_what_its_events_say(most):
    lines = [textlog.line_of(one) for one in invented_log(200)]
    events = list(scanning.values(lines))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "MOST", most)
        found = [Run._make(one) for one in runs.runs(events)]
    assert [event for one in found for event in one.events] == events
    assert max(len(one.events) for one in found) <= most
    for one in found:
        if one.names is None:
            continue
        assert all(event[-1] for event in one.events)
        subjects = [event[10] for event in one.events if event[10] is not None]
        assert [*one.registers] == subjects
        assert {*one.names} == {name for event in one.events for name in event[11]} - {*subjects}
        assert one.digests == [event[9] for event in one.events]
