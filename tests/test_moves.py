"""What moved between two answers about numbers and groups."""

from __future__ import annotations

import pytest

from habeas.log import State
from habeas.projections.changes import Side
from habeas.projections.moved import moved as all_moved
from logs import Log


@pytest.fixture
def log():
    made = Log()
    made.party("lantern", "monitor")
    made.document("courier", "2019-03-06")
    made.document("post", "2019-03-08")
    made.document("bulletin", "2019-03-10", "lantern")
    return made


def read(log):
    return lambda seqs: (log.records[seq - 1] for seq in sorted(seqs))


def side(log, day, at=None, **asked):
    state = log.state if at is None else State.of(log.records[:at])
    return Side(state=state, question=log.ask(day, **asked))


def between(log, one, other, *, evidence=True):
    found = all_moved(one, other, read(log), evidence=evidence)
    for item in (*found["counts"], *found["groups"]):
        assert item["causes"], "nothing moves without a cause"
    return found


def numbers(log, one, other):
    return between(log, side(log, one), side(log, other))["counts"]


def moved(log, one, other):
    return between(log, side(log, one), side(log, other))["groups"]


def causes(item):
    return [(one["cause"], one["event"]) for one in item["causes"]]


def plain(told):
    return [(one["number"], one["date"]) for one in told]


def test_a_counters_newest_number(log):
    log.count(863, "courier", origin="lantern", when="2019-03-01")
    second = log.count(806, "post", origin="lantern", when="2019-03-07")
    (item,) = numbers(log, "2019-03-06", "2019-03-08")
    assert (item["counter"], item["kinds"]) == ("lantern", ["newest", "series"])
    assert causes(item) == [("reported", second)]
    assert plain(item["before"]["newest"]) == [("863", "2019-03-01")]
    assert plain(item["after"]["newest"]) == [("806", "2019-03-07")]
    assert numbers(log, "2019-03-08", "2019-03-08") == []


def test_a_new_series_and_one_that_is_taken_back(log):
    claim = log.count(863, "courier", origin="lantern", when="2019-03-01")
    back = log.withdraw(claim, "bulletin")
    (item,) = numbers(log, "2019-03-05", "2019-03-06")
    assert (item["before"], item["kinds"]) == (None, ["newest", "series"])
    (item,) = numbers(log, "2019-03-09", "2019-03-10")
    assert (item["after"], causes(item)) == (None, [("withdrawn", back)])
    (item,) = numbers(log, "2019-03-10", "2019-03-09")
    assert (item["before"], causes(item)) == (None, [("withdrawn", back)])


def test_a_conflict_and_a_mere_relay(log):
    log.count(863, "courier", origin="lantern", when="2019-03-01")
    log.count(863, "post", origin="lantern", when="2019-03-01")
    assert [one["kinds"] for one in numbers(log, "2019-03-06", "2019-03-08")] == [["relayed"]]
    sides = side(log, "2019-03-06"), side(log, "2019-03-08")
    assert between(log, *sides, evidence=False)["counts"] == []
    log.document("late", "2019-03-12")
    log.count(860, "late", origin="lantern", when="2019-03-01")
    (item,) = numbers(log, "2019-03-08", "2019-03-12")
    assert item["kinds"] == ["newest", "series", "conflict"]
    assert item["after"]["conflict"]


def test_a_number_of_an_earlier_day_and_one_without_a_day(log):
    log.count(863, "courier", origin="lantern", when="2019-03-01")
    log.count(900, "post", origin="lantern", when="2019-02-01")
    log.count(850, "bulletin")
    (item,) = numbers(log, "2019-03-06", "2019-03-08")
    assert item["kinds"] == ["series"]
    (item,) = numbers(log, "2019-03-08", "2019-03-10")
    assert item["kinds"] == ["perhaps_newer", "series"]
    assert plain(item["after"]["perhaps_newer"]) == [("850", None)]


def test_what_we_did_to_the_record_is_the_cause(log):
    claim = log.count(863, "courier", origin="lantern", when="2019-03-01")
    at = log.state.position
    slip = log.correct(claim, low=836)
    gone = log.void(claim)
    first, second = side(log, "2019-03-09", at), side(log, "2019-03-09", at + 1)
    (item,) = between(log, first, second)["counts"]
    assert causes(item) == [("corrected", slip)]
    assert plain(item["after"]["newest"]) == [("836", "2019-03-01")]
    (item,) = between(log, second, side(log, "2019-03-09"))["counts"]
    assert (item["after"], causes(item)) == (None, [("voided", gone)])


def test_a_number_learned_late(log):
    at = log.state.position
    claim = log.count(863, "courier", origin="lantern", when="2019-03-01")
    (item,) = between(log, side(log, "2019-03-09", at), side(log, "2019-03-09"))["counts"]
    assert causes(item) == [("backfilled", claim)]


def test_a_choice_of_persons_leaves_no_series(log):
    log.count(863, "courier", origin="lantern", when="2019-03-01")
    log.group("students", 2, "courier", members=("varga",))
    log.group("miners", 2, "courier", members=("quill",))
    for where, series, groups in (
        ({"person": ("varga",)}, 0, ["students"]),
        ({"party": ("courier-press",)}, 1, ["miners", "students"]),
        ({"party": ("nobody",)}, 0, []),
    ):
        sides = (side(log, day, where=where) for day in ("2019-03-05", "2019-03-06"))
        found = between(log, *sides)
        assert len(found["counts"]) == series
        assert [one["group"] for one in found["groups"]] == groups


def test_groups_appear_are_named_and_confirmed(log):
    log.group("students", ">1", "courier", when="2019-03-05")
    log.group("students", 2, "post", when="2019-03-05", members=("varga", "quill"))
    log.group("students", 2, "bulletin", when="2019-03-05", members=("varga",))
    assert [one["kinds"] for one in moved(log, "2019-03-05", "2019-03-06")] == [["appeared"]]
    (item,) = moved(log, "2019-03-06", "2019-03-08")
    assert item["kinds"] == ["number", "named", "reported"]
    assert (item["before"]["number"], item["after"]["number"]) == (">=2", "2")
    assert len(item["causes"]) == 3
    assert item["after"]["persons"]["named"] == ["quill", "varga"]
    (item,) = moved(log, "2019-03-08", "2019-03-10")
    assert item["kinds"] == ["confirmed", "reported", "verified_by"]
    assert item["after"]["verified_by"] == ["lantern"]
    assert moved(log, "2019-03-10", "2019-03-12") == []


def test_two_members_who_are_one(log):
    log.group("students", 2, "courier", when="2019-03-05", members=("varga", "warga"))
    at = log.state.position
    merge = log.merge("varga", "warga")
    (item,) = between(log, side(log, "2019-03-09", at), side(log, "2019-03-09"))["groups"]
    assert item["kinds"] == ["named", "reported"]
    assert causes(item) == [("merged", merge)]


def test_a_member_whose_day_has_come(log):
    log.group("students", 1, "courier", when="[2019-03-05..2019-03-20]", members=("varga",))
    sides = (side(log, "2019-03-09", on=day) for day in ("2019-03-04", "2019-03-25"))
    assert between(log, *sides)["groups"] == []


def test_rules_of_ones_own(log):
    log.group("students", 1, "courier", when="2019-03-05", members=("varga",))
    sides = side(log, "2019-03-09"), side(log, "2019-03-09", accept="confirmed")
    (item,) = between(log, *sides)["groups"]
    assert item["kinds"] == ["reported", "pending"]
    assert [one["cause"] for one in item["causes"]] == ["ruled"]


def test_a_denial_of_a_members_release_is_why_a_group_moves(log):
    log.group("students", 2, "courier", when="2019-03-05", members=("varga", "quill"))
    log.party("varga-family", "family", of=("varga",))
    earlier = log.status("varga", "detained", "post", when="2019-01-05")
    denial = log.status("varga", "released", "post", origin="varga-family", stance="denied")
    (item,) = moved(log, "2019-03-06", "2019-03-08")
    assert item["after"]["reported"] == 1
    assert ("reported", denial) in causes(item)
    assert ("reported", earlier) not in causes(item)
    assert "elapsed" not in [one["cause"] for one in item["causes"]]
    at = log.state.position
    void = log.void(denial)
    (item,) = between(log, side(log, "2019-03-08", at), side(log, "2019-03-08"))["groups"]
    assert causes(item) == [("voided", void)]


class TestWhyAGroupComesBack:
    """What made the group's own claims count again is the cause, and nothing else is."""

    @pytest.fixture
    def claim(self, log):
        made = log.group("students", 2, "courier", when="2019-03-05", members=("varga",))
        log.status("varga", "escaped", "bulletin", when="2019-03-08/2019-03-09")
        return made

    def at(self, log, day, position=None):
        return side(log, day, position or log.state.position)

    def item(self, log, one, other):
        (item,) = between(log, one, other)["groups"]
        return item["kinds"], causes(item)

    def test_a_withdrawal_of_it_is_voided(self, log, claim):
        back = log.withdraw(claim, "post", origin="courier-press")
        was = self.at(log, "2019-03-09")
        log.status("varga", "detained", "bulletin", when="2019-03-10")
        void = log.void(back)
        for day in ("2019-03-09", "2019-03-12"):
            assert self.item(log, was, self.at(log, day)) == (["returned"], [("voided", void)])
            assert self.item(log, self.at(log, day), was) == (["removed"], [("voided", void)])

    def test_a_withdrawal_of_it_is_corrected(self, log, claim):
        other = log.group("miners", 3, "courier")
        back = log.withdraw(claim, "post", origin="courier-press")
        was = self.at(log, "2019-03-09")
        slip = log.correct(back, claim=other)
        found = between(log, was, self.at(log, "2019-03-09"))["groups"]
        assert [(one["group"], one["kinds"], causes(one)) for one in found] == [
            ("miners", ["removed"], [("corrected", slip)]),
            ("students", ["returned"], [("corrected", slip)]),
        ]

    def test_a_withdrawal_that_is_voided_and_restored(self, log, claim):
        back = log.withdraw(claim, "post", origin="courier-press")
        held = self.at(log, "2019-03-09")
        log.void(back)
        voided = self.at(log, "2019-03-09")
        slip = log.correct(back, note="It was right.")
        now = self.at(log, "2019-03-09")
        assert self.item(log, voided, now) == (["removed"], [("corrected", slip)])
        assert between(log, held, now)["groups"] == []

    def test_a_withdrawal_recorded_and_voided_between_is_no_cause(self, log, claim):
        was = self.at(log, "2019-03-09")
        log.void(log.withdraw(claim, "post", origin="courier-press"))
        log.document("late", "2019-03-09")
        more = log.group("students", 5, "late", when="2019-03-05")
        kinds, found = self.item(log, was, self.at(log, "2019-03-09"))
        assert (kinds, found) == (["number"], [("backfilled", more)])

    def test_it_is_voided_and_restored(self, log, claim):
        log.void(claim)
        was = self.at(log, "2019-03-09")
        slip = log.correct(claim, low=3)
        assert self.item(log, was, self.at(log, "2019-03-12")) == (
            ["returned"],
            [("corrected", slip)],
        )

    def test_it_is_corrected_to_be_of_another_group(self, log, claim):
        was = self.at(log, "2019-03-09")
        slip = log.correct(claim, group="pupils", label="pupils")
        found = between(log, was, self.at(log, "2019-03-09"))["groups"]
        assert [(one["group"], one["kinds"], causes(one)) for one in found] == [
            ("pupils", ["appeared"], [("corrected", slip)]),
            ("students", ["removed"], [("corrected", slip)]),
        ]

    def test_it_is_withdrawn_between_and_that_is_undone_later(self, log, claim):
        back = log.withdraw(claim, "post", origin="courier-press")
        before = self.at(log, "2019-03-07")
        assert self.item(log, before, self.at(log, "2019-03-08")) == (
            ["removed"],
            [("withdrawn", back)],
        )
        log.void(back)
        assert between(log, before, self.at(log, "2019-03-08"))["groups"] == []

    def test_a_correction_of_its_date_made_it_known(self, log, claim):
        was = self.at(log, "2019-03-03")
        slip = log.correct(claim, reported="2019-03-02")
        assert self.item(log, was, self.at(log, "2019-03-03")) == (
            ["appeared"],
            [("corrected", slip)],
        )

    def test_members_taken_back_and_restored(self, log, claim):
        named = log.status("quill", "released", "courier", when="2019-03-05", group="students")
        was = self.at(log, "2019-03-07")
        back = log.withdraw(named, "post", origin="courier-press")
        gone = self.at(log, "2019-03-08")
        kinds, found = self.item(log, was, gone)
        assert (kinds, found) == (["named", "reported"], [("withdrawn", back)])
        void = log.void(back)
        kinds, found = self.item(log, gone, self.at(log, "2019-03-08"))
        assert (kinds, found) == (["named", "reported"], [("voided", void)])

    def test_told_before_in_a_document_that_is_voided_too(self, log, claim):
        log.document("slip", "2019-03-06")
        log.void(log.group("miners", 3, "slip"))
        log.void(log.state.registered("document:slip").id)
        was = self.at(log, "2019-03-09")
        more = log.group("miners", 3, "post")
        assert self.item(log, was, self.at(log, "2019-03-09")) == (
            ["appeared"],
            [("backfilled", more)],
        )
