"""Acts taken in at a glance: what passes so is what `admit` takes, and nothing else passes."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from habeas.case import acting, moving, taking
from habeas.events import TAGS, build
from habeas.store import MemoryStore
from habeas.store.sqlite import SqliteStore
from invented import invented_log, sealed
from stored import imported

BEFORE = invented_log(40)
CHANGES = (
    ("place", "The Yard"),
    ("reported", "2001-01-09"),
    ("reported", "2001-02"),
    ("reported", "2031"),
    ("ref", "r-1"),
    ("ref", "r-5"),
    ("person", "person-2"),
    ("person", "nobody"),
    ("origin", "outlet"),
    ("origin", "nobody"),
)
EVENTS = [one.event for one in BEFORE[1:]]


@st.composite
def acts(draw):
    """What makes an act after some records: about any of them, following any, saying anything."""
    target, follows = draw(st.integers(0, 60)), draw(st.none() | st.integers(0, 60))
    replacement = draw(st.none() | st.sampled_from(EVENTS))
    changes = draw(st.lists(st.sampled_from(CHANGES), max_size=2).map(dict))
    kind = draw(st.sampled_from(("corrected", "corrected", "voided", "withdrawn", "again")))
    return lambda records: _act(records, kind, target, follows, replacement, changes)


def _act(records, kind, target, follows, replacement, changes):
    target = records[target % len(records)]
    newest = target if follows is None else records[follows % len(records)]
    if kind == "again":
        return target.event
    if kind == "withdrawn":
        return build(TAGS["claim.withdrawn", 1], {"claim": target.id, "document": "d-1"})
    about = {"event": target.id, "follows": newest.id, "reason": "why not"}
    if kind == "voided":
        return build(TAGS["event.voided", 1], about)
    data = replacement or getattr(target.event, "data", target.event)
    fields = {name: value for name, value in changes.items() if hasattr(data, name)}
    data = evolve(data, **fields) if type(data) in TAGS.values() else EVENTS[5]
    type_ = next(tag for tag, cls in TAGS.items() if cls is type(data))
    known = {"type": type_[0], "version": type_[1], "data": data}
    return build(TAGS["event.corrected", 1], about | known)


@given(more=st.lists(acts() | st.just(None), min_size=1, max_size=6), chunk=st.integers(1, 50))
def test_at_a_glance_as_at_length(more, chunk):
    records = list(BEFORE)
    for make in more:
        event = EVENTS[len(records) % 30] if make is None else make(records)
        records.append(sealed(event, len(records) + 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moving, "CHUNK", chunk)
        at_a_glance = imported(MemoryStore(), records)
        patch.setattr(taking.Taking, "_is_plain_act", lambda *_: False)
        assert imported(MemoryStore(), records) == at_a_glance


def test_most_acts_are_taken_at_a_glance(tmp_path, monkeypatch):
    seen = []
    in_order = acting.is_in_order

    def noted(*act):
        seen.append(in_order(*act))
        return seen[-1]

    monkeypatch.setattr(acting, "is_in_order", noted)
    records = invented_log(300)
    assert imported(SqliteStore(tmp_path / "log.db", create=True), records)[1] is None
    assert seen.count(True) > 10
