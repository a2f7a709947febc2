"""What moved between two answers about numbers and groups."""

from __future__ import annotations

import pytest

from habeas.projections.counts import counts
from habeas.projections.groups import groups
from habeas.projections.moves import counts_moved, groups_moved
from logs import Log


@pytest.fixture
def log():
    made = Log()
    made.party("lantern", "monitor")
    made.document("courier", "2019-03-06")
    made.document("post", "2019-03-08")
    made.document("bulletin", "2019-03-10", "lantern")
    return made


def numbers(log, one, other):
    return counts_moved(*(counts(log.state, log.ask(day)) for day in (one, other)))


def moved(log, one, other):
    return groups_moved(*(groups(log.state, log.ask(day)) for day in (one, other)))


def test_a_counters_newest_number(log):
    log.count(863, "courier", origin="lantern", when="2019-03-01")
    second = log.count(806, "post", origin="lantern", when="2019-03-07")
    (item,) = numbers(log, "2019-03-06", "2019-03-08")
    assert (item["counter"], item["kinds"], item["events"]) == ("lantern", ["newest"], [second])
    assert item["before"]["newest"] == [{"number": "863", "date": "2019-03-01"}]
    assert item["after"]["newest"] == [{"number": "806", "date": "2019-03-07"}]
    assert numbers(log, "2019-03-08", "2019-03-08") == []


def test_a_new_series_and_one_that_is_taken_back(log):
    claim = log.count(863, "courier", origin="lantern", when="2019-03-01")
    log.withdraw(claim, "bulletin")
    (item,) = numbers(log, "2019-03-05", "2019-03-06")
    assert (item["before"], item["kinds"]) == (None, ["newest"])
    (item,) = numbers(log, "2019-03-09", "2019-03-10")
    assert (item["after"], item["events"]) == (None, [claim])


def test_a_conflict_and_a_mere_relay(log):
    log.count(863, "courier", origin="lantern", when="2019-03-01")
    log.count(863, "post", origin="lantern", when="2019-03-01")
    assert [one["kinds"] for one in numbers(log, "2019-03-06", "2019-03-08")] == [["relayed"]]
    log.document("late", "2019-03-12")
    log.count(860, "late", origin="lantern", when="2019-03-01")
    (item,) = numbers(log, "2019-03-08", "2019-03-12")
    assert item["kinds"] == ["newest", "conflict"]
    assert item["after"]["conflict"]


def test_groups_appear_are_named_and_confirmed(log):
    log.group("students", ">1", "courier", when="2019-03-05")
    log.group("students", 2, "post", when="2019-03-05", members=("varga", "quill"))
    log.group("students", 2, "bulletin", when="2019-03-05", members=("varga",))
    assert [one["kinds"] for one in moved(log, "2019-03-05", "2019-03-06")] == [["appeared"]]
    (item,) = moved(log, "2019-03-06", "2019-03-08")
    assert item["kinds"] == ["number", "named", "reported"]
    assert (item["before"]["number"], item["after"]["number"]) == (">=2", "2")
    assert len(item["events"]) == 3
    (item,) = moved(log, "2019-03-08", "2019-03-10")
    assert item["kinds"] == ["confirmed", "reported", "verified_by"]
    assert item["after"]["verified_by"] == ["lantern"]
    assert moved(log, "2019-03-10", "2019-03-12") == []
