"""The laws (`style.md`), over random logs with editorial acts.

What a law says of *a log without some events* is tried on another log, in which they stand as
redacted ones do (`random_logs.without`), and not by the code that the law is about. Each test says
its law's number. Law 10 and 11 are the stores' (`test_sqlite_store`, `test_sqlite_processes`).
"""

from __future__ import annotations

import json
import tempfile
from itertools import combinations
from pathlib import Path
from unittest import mock

from hypothesis import assume, given
from hypothesis import strategies as st

from habeas import codec, edtf, textlog, times
from habeas.case import main, snapshots
from habeas.errors import UnknownName
from habeas.events import Citation, ClaimWithdrawn, EventCorrected
from habeas.log import State, seal
from habeas.projections.roster import roster
from habeas.store import open_store
from random_logs import (
    DAYS,
    corrections,
    days,
    grown,
    of_records,
    plans,
    plans_with,
    statements,
    steps,
    withdrawals,
    without,
)

FIRST = 14
"""What every random log begins with: the case, its persons, parties and two documents."""

CAUSES_TRIED = 6
"""Up to how many causes every smaller set is tried."""


def persons(case, **asked):
    """The roster's rows."""
    return case.status(**asked).persons


def stories(case, **asked):
    """Every person's whole story, by id; nothing of whom the log does not know."""
    told = {}
    for person in sorted(name for name in case.state().named if name.startswith("person:")):
        try:
            told[person] = case.status(person, **asked).persons
        except UnknownName:
            told[person] = ()
    return told


def said(case, **asked):
    """All that is told of everybody."""
    return persons(case, **asked), stories(case, **asked)


def positions(world):
    """A place in a world's log, from where there are documents on."""
    return st.integers(FIRST, world.state.position)


def at(position):
    return f"@{position}"


# 1: what is written comes back


@given(plans)
def test_1_every_event_of_a_log_comes_back_byte_for_byte(plan):
    for record in grown(plan).case.events():
        line = textlog.line_of(record)
        assert textlog.line_of(textlog.read_line(line, record.seq)) == line
        assert codec.encode(record.event, record.recorder) == record.payload


# 2: the first n events give the same answers for ever


@given(plans, days, days, st.data())
def test_2_nothing_appended_changes_what_a_position_said(plan, day, on, data):
    cut = data.draw(st.integers(0, len(plan)))
    world = grown(plan[:cut])
    position = at(world.state.position)
    recorded = times.instant_text(world.state.recorded)
    asked = {"as_of": day, "on": data.draw(st.sampled_from((None, on)))}
    before = world.case.status(**asked).data, stories(world.case, **asked)
    for step in plan[cut:]:
        world.take(step)
    for at_log in (position, recorded):
        later = {**asked, "at_log": at_log}
        assert world.case.status(**later).data == before[0]
        told = stories(world.case, **later)
        assert {one: told[one] for one in before[1]} == before[1]


@given(plans, days)
def test_2_a_snapshot_is_produced_again_whatever_follows(plan, day):
    world = grown(plan[: len(plan) // 2])
    world.case.snapshot("then", world.case.question(as_of=day))
    citation = snapshots.citation(world.case, "then")
    for step in plan[len(plan) // 2 :]:
        world.take(step)
    produced = snapshots.answer_to(world.case, citation)
    assert produced.differs is None


# 3: what is not known by then changes nothing


def known_at(state, cited):
    """The end of the interval in which something in a document was reported, worked out anew."""
    document = state.document(cited.document)
    zone = times.zone(document.timezone or state.case.timezone)
    return edtf.parse(cited.reported or document.published).end_instant(zone)


def end_of(state, day):
    return times.parse_as_of(day, times.zone(state.case.timezone)).end


@given(plans, days, st.data())
def test_3_a_claim_not_known_by_then_changes_nothing(plan, day, data):
    world = grown(plan)
    position = data.draw(positions(world))
    state = world.case.state(position)
    later = set()
    for thread in state.threads.values():
        if isinstance(thread.event, Citation) and known_at(state, thread.event) > end_of(
            state, day
        ):
            later |= {*thread.history}
    asked = {"as_of": day, "at_log": at(position)}
    assert said(without(list(world.case.events()), later), **asked) == said(world.case, **asked)


@given(plans, days)
def test_3_nobody_is_in_the_roster_before_a_claim_is_known(plan, day):
    world = grown(plan)
    state = world.state
    known = {
        state.keeper(event.person)
        for _, event in state.claims()
        if hasattr(event, "person") and known_at(state, event) <= end_of(state, day)
    }
    listed = [row["person"] for row in persons(world.case, as_of=day)]
    assert listed == sorted(listed)
    assert set(listed) <= known


# 4 and 9: whatever answers, and wherever the log is, the answer is that of a plain replay


@given(plans, st.data())
def test_4_every_answer_is_that_of_a_plain_replay(plan, data):
    world = grown(plan)
    position = data.draw(st.none() | positions(world))
    state = State.of(world.case.events(upto=position))
    if data.draw(st.booleans()):
        world.case.rebuild()
    for day in data.draw(st.lists(days, min_size=1, max_size=3)):
        at_log = None if position is None else at(position)
        asked = {"as_of": day, "on": data.draw(st.none() | days), "at_log": at_log}
        question = world.case.question(**asked)
        assert persons(world.case, **asked) == tuple(roster(state, question))


@given(plans, days, st.none() | days)
def test_9_memory_and_sqlite_agree(plan, day, on):
    world = grown(plan)
    with tempfile.TemporaryDirectory() as folder:
        other = grown(plan, store=open_store(Path(folder) / "a.db", create=True))
        assert list(other.case.export()) == list(world.case.export())
        middle = (FIRST + world.state.position) // 2
        for at_log in (None, at(middle)):
            asked = {"as_of": day, "on": on, "at_log": at_log}
            assert other.case.status(**asked).data == world.case.status(**asked).data
            assert stories(other.case, **asked) == stories(world.case, **asked)
        both = [one.case.changes(f"{DAYS[2]}@{middle}", day).data for one in (world, other)]
        assert both[0] == both[1]
        other.case.close()


@given(plans, days)
def test_9_a_log_read_in_part_is_judged_and_answers_as_one_read_whole(plan, day):
    whole = grown(plan)
    with mock.patch.object(main, "FEW", 0):
        partly = grown(plan)
        assert list(partly.case.export()) == list(whole.case.export())
        fresh = of_records(partly.case.events())
        for person, story in stories(whole.case, as_of=day).items():
            try:
                told = fresh.status(person, as_of=day).persons
            except UnknownName:
                told = ()
            assert told == story


# 6: twice is once, and a copy is as good


@given(plans, days)
def test_6_an_import_has_the_same_bytes_root_and_answers(plan, day):
    world = grown(plan)
    lines = list(world.case.export())
    copy = of_records(())
    cut = len(lines) // 2
    assert copy.import_log(lines[:cut]) == cut
    assert copy.import_log(lines) == len(lines) - cut
    assert copy.import_log(lines) == 0
    assert list(copy.export()) == lines
    assert copy.store.head().root == world.case.store.head().root
    assert copy.status(as_of=day).data == world.case.status(as_of=day).data
    assert stories(copy, as_of=day) == stories(world.case, as_of=day)


@given(plans)
def test_6_what_is_stated_again_is_there_already(plan):
    world = grown(plan)
    state = world.state
    stated = [
        (record.event, state.threads[record.seq])
        for record in world.case.events()
        if record.seq in state.threads and not state.threads[record.seq].voided
    ]
    for event, thread in stated:
        there = world.case.append(event)[0]
        assert there.already
        assert state.threads[there.seq].event == thread.event or there.seq == thread.seq
    assert world.state.position == state.position


TABLES = {
    "person.registered": "person",
    "party.registered": "party",
    "document.registered": "document",
    "status.claimed": "status",
    "detail.claimed": "detail",
    "remark.claimed": "remark",
    "row.unlisted": "unlisted",
}


def written(records, folder):
    """The dossiers of what a log states: `case.toml`, and one file of all else."""
    tables = {record.type: [] for record in records}
    for record in records:
        data = codec.plain(record.event)
        if record.type == "detail.claimed":
            data[data.pop("key")] = data.pop("value")
        # JSON's texts and lists are TOML's.
        lines = (f"{key} = {json.dumps(value)}" for key, value in data.items())
        tables[record.type].append("\n".join(lines))
    (folder / "case.toml").write_text(f"[case]\n{tables['case.opened'][0]}\n")
    parts = (
        f"[[{TABLES[type_]}]]\n{one}\n"
        for type_, ones in tables.items()
        if type_ in TABLES
        for one in ones
    )
    (folder / "said.toml").write_text("\n".join(parts))


@given(st.lists(statements, max_size=12), st.lists(steps, max_size=6), days)
def test_6_a_dossier_loaded_twice_adds_nothing_whatever_was_edited_since(stated, edits, day):
    world = grown(stated)
    with tempfile.TemporaryDirectory() as folder:
        written(list(world.case.events()), Path(folder))
        loaded = of_records(())
        first = loaded.load([folder])
        assert (first.findings, first.new, first.already) == ((), world.state.position, 0)
        again = loaded.load([folder])
        assert (again.findings, again.new, again.already) == ((), 0, world.state.position)
        ids = {_plainly(one): one.id for one in world.case.events()}
        names = {one.id: ids[_plainly(one)] for one in loaded.events()}
        assert renamed(persons(loaded, as_of=day), names) == persons(world.case, as_of=day)
        for step in edits:
            if step["do"] not in {"void", "restore"}:
                world.take(step)
        edited = world.state.position
        assert world.case.load([folder]).findings == ()
        assert world.state.position == edited


def _plainly(record):
    return record.type, json.dumps(codec.plain(record.event))


# 7: withdrawals act from their own time on, corrections on all of it but no earlier position


@given(plans_with(withdrawals))
def test_7_a_withdrawal_changes_answers_from_its_own_time_on(plan):
    world = grown(plan)
    state, records = world.state, list(world.case.events())
    taken_back = [
        one
        for one in state.threads.values()
        if isinstance(one.event, ClaimWithdrawn) and not one.voided
    ]
    assume(taken_back)
    for one in taken_back:
        never = without(records, set(one.history))
        claim = state.threads[state.seq_of[one.event.claim]]
        for day in DAYS:
            if known_at(state, one.event) > end_of(state, day):
                assert said(never, as_of=day) == said(world.case, as_of=day)
            else:
                assert claim.id not in json.dumps(said(world.case, as_of=day))


@given(plans_with(corrections))
def test_7_a_correction_changes_no_answer_at_a_position_before_it(plan):
    world = grown(plan)
    records = list(world.case.events())
    made = [one for one in records if isinstance(one.event, EventCorrected)]
    assume(made)
    for one in made:
        never, before = without(records, {one.seq}), at(one.seq - 1)
        for day in DAYS[::3]:
            asked = {"as_of": day, "at_log": before}
            assert said(never, **asked) == said(world.case, **asked)


@given(plans_with(corrections))
def test_7_a_corrected_log_answers_as_if_it_had_been_recorded_right(plan):
    world = grown(plan)
    state, records = world.state, list(world.case.events())
    referred = {getattr(one.event, "claim", None) for one in records}
    right = {
        one.history[0]: one
        for one in state.threads.values()
        if len(one.history) == 2 and not one.voided and one.id not in referred
    }
    assume(right)
    slips = {one.history[1] for one in right.values()}
    clean = without([_recorded_as(one, right.get(one.seq)) for one in records], slips)
    ids = {new.id: old.id for new, old in zip(clean.events(), records, strict=True)}
    for day in DAYS[::2]:
        assert renamed(said(clean, as_of=day), ids) == said(world.case, as_of=day)


def _recorded_as(record, thread):
    """The record as it would be, had it said from the start what its thread says now."""
    if thread is None:
        return record
    return seal(
        thread.event,
        recorder=record.recorder,
        seq=record.seq,
        recorded=record.recorded,
        entropy=lambda _: record.salt,
    )


# 8: the change log


FACTS = (
    *("name", "status", "custody", "since", "certainty", "standing", "vouched", "custody_since"),
    *("custody_standing", "presumed", "contested", "disputes", "place"),
)
ITEMS = ("status", "custody", "since", "standing")


def facts(case, side, on=None):
    """What an answer says of everybody, without its evidence."""
    day, position = side
    rows = persons(case, as_of=day, at_log=at(position), on=on)
    return {row["person"]: facts_in(row) for row in rows}


def facts_in(row):
    told = {key: row[key] for key in FACTS}
    for key in ("pending", "contradicted"):
        told[key] = [{part: item[part] for part in ITEMS} for item in row[key]]
    return told


def named(side):
    return f"{side[0]}@{side[1]}"


def applied(changes, before):
    """The facts after a change log, which must say rightly what was before."""
    after = dict(before)
    for change in changes:
        assert change["before"] == after.get(change["person"])
        after[change["person"]] = change["after"]
    return {person: told for person, told in after.items() if told is not None}


def sides(world):
    return st.tuples(days, positions(world))


@given(plans, st.data())
def test_8_a_change_log_leads_from_one_answer_to_the_other(plan, data):
    world = grown(plan)
    if data.draw(st.booleans()):
        world.case.rebuild()
    a, b = data.draw(sides(world)), data.draw(sides(world))
    there, back = (
        world.case.changes(named(one), named(two)).changes for one, two in ((a, b), (b, a))
    )
    assert applied(there, facts(world.case, a)) == facts(world.case, b)
    assert applied(back, facts(world.case, b)) == facts(world.case, a)
    assert all(change["causes"] for change in (*there, *back))
    assert all(change["before"] != change["after"] for change in there)
    assert [one["person"] for one in there] == sorted(one["person"] for one in there)
    assert [(one["person"], one["before"], one["after"]) for one in there] == [
        (one["person"], one["after"], one["before"]) for one in back
    ]
    assert world.case.changes(named(a), named(a)).changes == ()


@given(plans, st.data())
def test_8_causes_are_complete_and_minimal(plan, data):
    world = grown(plan)
    (day_a, day_b), (at_a, at_b) = (
        sorted(pair) for pair in zip(data.draw(sides(world)), data.draw(sides(world)), strict=True)
    )
    a, b = (day_a, at_a), (day_b, at_b)
    records = list(world.case.events())
    for change in world.case.changes(named(a), named(b)).changes:
        causes = {_seq(world, one) for one in change["causes"] if one["cause"] != "elapsed"}
        elapsed = any(one["cause"] == "elapsed" for one in change["causes"])
        days_asked = (day_a,) if elapsed else {day_a, day_b}

        def is_back(seqs, change=change, days_asked=days_asked):
            """Without these events, TO answers as FROM did: on FROM's day, and on its own."""
            other = without(records, set(seqs))
            try:
                return all(
                    facts(other, b, on=day).get(change["person"]) == change["before"]
                    for day in days_asked
                )
            except UnknownName:
                return False

        assert is_back(causes), "complete"
        smaller = (
            part
            for size in range(len(causes))
            for part in combinations(sorted(causes), size)
            if size == len(causes) - 1 or len(causes) <= CAUSES_TRIED
        )
        assert not any(is_back(part) for part in smaller), "minimal"
        assert not (elapsed and day_a == day_b), "no time has passed"


def _seq(world, cause):
    return world.state.seq_of[cause["event"]]


@given(plans, st.data())
def test_8_causes_are_told_apart(plan, data):
    world = grown(plan)
    a, b = data.draw(sides(world)), data.draw(sides(world))
    assume(a[0] <= b[0] and a[1] <= b[1])
    state = world.case.state(b[1])
    for change in world.case.changes(named(a), named(b)).changes:
        for cause in change["causes"]:
            if cause["cause"] == "elapsed":
                assert a[0] < b[0]
                continue
            seq = _seq(world, cause)
            assert seq <= b[1]
            if cause["cause"] in {"reported", "backfilled"}:
                known = known_at(state, state.threads[seq].event)
                assert known <= end_of(state, b[0]) or _corrected(change)
                assert (cause["cause"] == "backfilled") == (known <= end_of(state, a[0]))
                assert known > end_of(state, a[0]) or seq > a[1]
            elif cause["cause"] != "withdrawn":
                assert seq > a[1]


def _corrected(change):
    """Without the correction of a date, claims would be known that are not known with it."""
    return any(cause["cause"] == "corrected" for cause in change["causes"])


@given(plans, days, days)
def test_8_what_is_only_evidence_is_told_when_asked_for(plan, one, other):
    world = grown(plan)
    before, after = sorted((one, other))
    changed = world.case.changes(before, after).changes
    whole = world.case.changes(before, after, evidence=True).changes
    assert [one for one in whole if one["kinds"] != ["evidence"]] == list(changed)
    for change in whole:
        if change["kinds"] == ["evidence"]:
            assert change["before"] == change["after"]
            assert change["causes"]
            for cause in change["causes"]:
                thread = world.state.threads[_seq(world, cause)]
                assert not thread.voided
                assert known_at(world.state, thread.event) <= end_of(world.state, after)
                assert all(
                    known_at(world.state, one.event) > end_of(world.state, after)
                    for one in world.state.threads.values()
                    if isinstance(one.event, ClaimWithdrawn)
                    and one.event.claim == thread.id
                    and not one.voided
                )


# 12: names are only names


def other_name(kind, number):
    """Names that sort the other way round."""
    return f"{kind[:2]}{9 - number}-x"


def renamed(value, names):
    """JSON values with strings exchanged; lists of names in the order of the new ones."""
    if isinstance(value, dict):
        return {
            names.get(key, key): sorted(renamed(one, names))
            if key in {"merged", "aliases"}
            else renamed(one, names)
            for key, one in value.items()
        }
    if isinstance(value, list | tuple):
        return type(value)(renamed(one, names) for one in value)
    return names.get(value, value) if isinstance(value, str) else value


def back_to_plain(world, other):
    """What each name and id of a log under other names is called in the plain one."""
    names = {}
    for kind, count in (("person", 3), ("party", 8), ("document", world.documents)):
        for number in range(count):
            plain, new = world.name(kind, number), other.name(kind, number)
            names |= {new: plain, new.title(): plain.title()}
            names |= {f"{new.title()} Anew": f"{plain.title()} Anew"}
            names |= {f"{kind}:{new}": f"{kind}:{plain}"}
    ids = zip(other.case.events(), world.case.events(), strict=True)
    return names | {two.id: one.id for two, one in ids}


@given(plans, days, st.data())
def test_12_other_names_rename_the_answers_and_nothing_else(plan, day, data):
    world, other = grown(plan), grown(plan, name=other_name)
    assert other.seqs == world.seqs
    names = back_to_plain(world, other)
    asked = {"as_of": day, "at_log": at(data.draw(positions(world)))}
    rows = sorted(renamed(persons(other.case, **asked), names), key=lambda row: row["person"])
    assert rows == list(renamed(persons(world.case, **asked), {}))
    assert renamed(stories(other.case, **asked), names) == renamed(stories(world.case, **asked), {})
    before = f"{DAYS[3]}@{FIRST}"
    there = [one.case.changes(before, day).changes for one in (world, other)]
    plain, new = (
        sorted(renamed(one, table), key=lambda change: change["person"])
        for one, table in zip(there, ({}, names), strict=True)
    )
    assert new == plain
