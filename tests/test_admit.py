"""What the log refuses: each rule with its words and its hint, and what it lets pass beside it."""

from __future__ import annotations

import pytest
from attrs import evolve

from habeas import times
from habeas.errors import HabeasError, Refused, Stale, UnknownName
from habeas.events import (
    AccessDisclosed,
    AccessWithheld,
    CaseOpened,
    ClaimWithdrawn,
    DocumentRegistered,
    EventCorrected,
    EventRedacted,
    EventVoided,
    PartyGraded,
    PartyRegistered,
    PersonRegistered,
    PersonsMerged,
    PersonsSeparated,
    SnapshotTaken,
    StatusClaimed,
    build,
)
from habeas.log import State, admit
from habeas.log.records import next_recorded
from logs import NOW, Log

DAY = times.MICROS_PER_DAY
TODAY = "2031-02-03"
PARTY = {"party": "p", "name": "P", "kind": "media"}


@pytest.fixture
def log():
    """Ana and Bo; an outlet and its article of 2026-01-08; a ministry that is part of a state."""
    made = Log("America/Caracas")
    made.person("ana", "Ana Nobody")
    made.person("bo")
    made.party("outlet")
    made.party("other")
    made.party("state", "government")
    made.party("ministry", "authority", part_of="state")
    made.document("article", "2026-01-08", "outlet")
    made.document("sequel", "2026-01-09", "outlet")
    made.document("elsewhere", "2026-01-09", "other")
    return made


def refused(error, words, hint):
    """Expect a refusal with these words and this hint: both are for a person to read."""
    return _Refusal(error, words, hint)


class _Refusal:
    def __init__(self, error, words, hint):
        self._error, self._words, self._hint = error, words, hint
        self._raises = pytest.raises(HabeasError)

    def __enter__(self):
        self._caught = self._raises.__enter__()

    def __exit__(self, *raised):
        done = self._raises.__exit__(*raised)
        caught = self._caught.value
        assert type(caught) is self._error, repr(caught)
        assert self._words in caught.message
        assert self._hint in (caught.hint or "")
        return done


# The first event


def test_nothing_comes_before_the_case():
    for event in (
        build(PersonRegistered, {"person": "ana", "name": "Ana"}),
        build(PartyGraded, {"party": "p", "reliability": "A", "reason": "x"}),
    ):
        with refused(UnknownName, "holds no case yet", "habeas init"):
            admit.check(State(), event, now=NOW)


def test_a_log_holds_one_case(log):
    with refused(Refused, "already holds the case 'invented'", "--db other.db"):
        log.add(CaseOpened, case="other", title="Another", timezone="UTC")
    with refused(Refused, "already holds", "--db"):
        log.add(CaseOpened, case="invented", title="An invented case", timezone="UTC")


# Names


@pytest.mark.parametrize(
    ("more", "words", "hint"),
    [
        ({"person": "anna"}, "no person 'anna'", "did you mean 'ana'"),
        ({"person": "ana", "document": "artcle"}, "no document 'artcle'", "did you mean 'article'"),
        ({"person": "ana", "origin": "xyzzy"}, "no party 'xyzzy'", "habeas add party xyzzy"),
        ({"person": "ana", "authority": "minstry"}, "no party 'minstry'", "'ministry'"),
        ({"person": "ana", "via": ["outlet", "ohter"]}, "no party 'ohter'", "'other'"),
    ],
)
def test_what_a_claim_names_is_registered(log, more, words, hint):
    known = {"document": "article", "status": "detained", "stance": "asserted"} | more
    with refused(UnknownName, words, hint):
        log.append(build(StatusClaimed, known))


@pytest.mark.parametrize(
    ("cls", "known", "words"),
    [
        (
            PartyRegistered,
            {"party": "p", "name": "P", "kind": "media", "part_of": "x"},
            "party 'x'",
        ),
        (
            PartyRegistered,
            {"party": "p", "name": "P", "kind": "media", "part_of": "p"},
            "party 'p'",
        ),
        (PartyRegistered, {"party": "p", "name": "P", "kind": "family", "of": ["x"]}, "person 'x'"),
        (
            DocumentRegistered,
            {"document": "d", "publisher": "x", "published": "2026", "title": "D"},
            "party 'x'",
        ),
        (PersonsMerged, {"keep": "ana", "merged": "x", "reason": "r"}, "person 'x'"),
        (PersonsMerged, {"keep": "x", "merged": "ana", "reason": "r"}, "person 'x'"),
        (PartyGraded, {"party": "x", "reliability": "A", "reason": "r"}, "party 'x'"),
    ],
)
def test_what_others_name_is_registered(log, cls, known, words):
    with refused(UnknownName, words, "habeas add"):
        log.append(build(cls, known))


def test_a_person_is_no_party(log):
    with refused(UnknownName, "no party 'ana'", "habeas add party ana"):
        log.add(
            DocumentRegistered, document="d", publisher="ana", published="2026-01-08", title="D"
        )


# Registrations


def test_an_id_is_given_once(log):
    with refused(Refused, "already registered, with other content (name)", "habeas correct"):
        log.person("ana", "Ana Somebody")
    with refused(Refused, "(kind, name)", "--set kind=court --set 'name=The Outlet'"):
        log.party("outlet", "court", name="The Outlet")
    log.party("ana")


def test_the_ready_command_corrects(log):
    with pytest.raises(Refused) as refusal:
        log.person("ana", "Ana O'Nobody", "A. N.", "Anna")
    assert refusal.value.hint == (
        f"habeas correct {log.records[1].id} --set 'aliases=A. N.,Anna' "
        "--set 'name=Ana O'\"'\"'Nobody' --reason '…' (or choose another id)"
    )


def test_what_was_voided_is_restored_and_not_registered_anew(log):
    log.person("cy")
    log.void(log.records[-1].id)
    with refused(Refused, "registered before, and voided", "restores it"):
        log.person("cy", "Cy Nobody")
    with refused(UnknownName, "no person 'cy'", "habeas add person cy"):
        log.append(_claim("cy"))
    log.correct(log.state.threads[log.state.named["person:cy"]].id, name="Cy Nobody")
    log.append(_claim("cy"))


def _claim(person, **more):
    known = {"person": person, "document": "article", "status": "detained", "stance": "asserted"}
    return build(StatusClaimed, known | more)


@pytest.mark.parametrize("length", [1, 2, 3, 5])
def test_part_of_runs_in_no_circle(log, length):
    log.party("p-0")
    for number in range(1, length):
        log.party(f"p-{number}", part_of=f"p-{number - 1}")
    top = log.records[log.state.named["party:p-0"] - 1].id
    with refused(Refused, "in a circle: p-0 → ", "leave one"):
        log.correct(top, part_of=f"p-{length - 1}")
    log.correct(top, part_of="state")
    assert log.state.voice(f"p-{length - 1}") == "state"


# Dates


@pytest.mark.parametrize(
    ("published", "words", "hint"),
    [
        ("2026-01-08/..", "no latest day", f'retrieved = "{TODAY}"'),
        ("[2026-01-08..]", "no latest day", "retrieved"),
        ("2026/", "no latest day", "retrieved"),
        ("2031-02-04", "after today", "check the year"),
        ("2032", "after today", "check the year"),
        ("2031-02", "or may lie, after today", f"[..{TODAY}]"),
        ("2031", "or may lie, after today", f"[..{TODAY}]"),
        ("[2031-02-01..2031-02-04]", "or may lie", TODAY),
    ],
)
def test_a_document_was_public_by_today(log, published, words, hint):
    for more in ({}, {"retrieved": "2026-01"} if "after" in words else {}):
        with refused(Refused, words, hint):
            log.document("d", published, "outlet", **more)


@pytest.mark.parametrize(
    ("published", "more"),
    [
        (TODAY, {}),
        ("2031-01", {}),
        (f"[..{TODAY}]", {}),
        (f"[2026-01-01..{TODAY}?]", {}),
        ("2026-01-08/..", {"retrieved": TODAY}),
        ("2026-01-08/", {"retrieved": "2026-01-09"}),
        ("2031-02-03T00:06:06-04:00", {}),
    ],
)
def test_dates_that_are_taken(log, published, more):
    log.document("d", published, "outlet", **more)


def test_today_is_that_of_the_documents_zone(log):
    """The log's clock stands at 04:05 UTC on the 3rd: on Caracas' 3rd, Kiritimati's same 3rd."""
    with refused(Refused, "after today, 2031-02-02", "check the year"):
        log.document("d", "2031-02-03", "outlet", timezone="America/Los_Angeles")
    log.document("d", "2031-02-02", "outlet", timezone="America/Los_Angeles")
    log.document("e", "2031-02-03", "outlet", timezone="Pacific/Kiritimati")


@pytest.mark.parametrize(
    ("reported", "words"),
    [
        ("2026-01-08/..", "`reported` is '2026-01-08/..', which has no latest day"),
        ("2031-02-04", "after today"),
        ("2031-02", "may lie, after today"),
    ],
)
def test_a_claim_was_public_by_today(log, reported, words):
    with refused(Refused, words, ""):
        log.status("ana", "detained", "article", reported=reported)
    claim = log.status("ana", "detained", "article", reported="2026-01-10")
    with refused(Refused, words, ""):
        log.correct(claim, reported=reported)


@pytest.mark.parametrize("published", ["2031-02-04", "[2026-01-08..]", "2032"])
def test_a_correction_is_held_to_the_same_dates(log, published):
    document = log.records[log.state.named["document:article"] - 1].id
    with refused(Refused, "", ""):
        log.correct(document, published=published)
    log.correct(document, published="2026-01-07")


# Refs


def test_a_ref_is_given_once_in_a_document(log):
    log.status("ana", "detained", "article", ref="r")
    with refused(
        Refused, "article#r is already recorded, with other content (person)", "article#r"
    ):
        log.status("bo", "detained", "article", ref="r")
    log.status("bo", "detained", "sequel", ref="r")
    claim = log.status("bo", "detained", "article", ref="s")
    with refused(Refused, "another claim's (event ", "choose another ref"):
        log.correct(claim, ref="r")
    log.correct(claim, ref="t", place="The Tower")
    log.correct(claim, ref="s")


def test_a_voided_claims_ref_is_free_until_it_is_restored(log):
    first = log.status("ana", "detained", "article", ref="r")
    log.void(first)
    second = log.status("bo", "detained", "article", ref="r")
    with refused(Refused, "another claim's", "choose another ref"):
        log.correct(first)
    log.correct(first, ref="s")
    refs = {ref: log.state.calling_itself("article", ref) for ref in ("r", "s")}
    assert {ref: log.records[seq - 1].id for ref, seq in refs.items()} == {"r": second, "s": first}


# Withdrawals


def test_its_own_voice_or_the_publisher_takes_a_claim_back(log):
    claim = log.status("ana", "detained", "article", origin="ministry")
    with refused(Refused, "'other' cannot withdraw what outlet or state said", "stance 'denied'"):
        log.withdraw(claim, "elsewhere")
    with refused(Refused, "cannot withdraw", "denied"):
        log.withdraw(claim, "article", origin="other")
    log.withdraw(claim, "sequel")
    log.withdraw(claim, "elsewhere", origin="state")
    correcting = log.withdraw(claim, "elsewhere", origin="ministry")
    with refused(Refused, "cannot withdraw", "denied"):
        log.correct(correcting, origin=None)


def test_only_claims_are_withdrawn(log):
    with refused(Refused, "is no claim", "habeas void"):
        log.withdraw(log.records[1].id, "article")
    withdrawal = log.withdraw(log.status("ana", "detained", "article"), "sequel")
    with refused(Refused, "is no claim", f"habeas void {withdrawal}"):
        log.withdraw(withdrawal, "sequel")
    with refused(UnknownName, "no claim, withdrawal or registration", "habeas log"):
        log.withdraw("a" * 20, "article")
    grade = log.grade("outlet", "B")
    with refused(UnknownName, "no claim, withdrawal or registration", "habeas log"):
        log.withdraw(grade, "article")


# Corrections and voids


def _correction(log, event, **changed):
    thread = log.state.thread(event)
    known = {
        "event": event,
        "follows": thread.newest,
        "type": thread.type,
        "version": 1,
        "data": thread.event,
        "reason": "a slip",
    }
    return EventCorrected(**known | changed)


def test_a_correction_keeps_type_and_id(log):
    claim = log.status("ana", "detained", "article")
    detail = log.detail("ana", "charge", "x", "article")
    wrong = log.state.thread(detail).event
    with refused(Refused, "is a status.claimed; a correction keeps its type", "void it"):
        log.append(_correction(log, claim, data=wrong, type="detail.claimed"))
    with refused(Refused, "keeps its type", "void it"):
        log.append(_correction(log, claim, type="detail.claimed"))
    with refused(Refused, "never changes (person:ana)", "habeas merge"):
        log.correct(log.records[1].id, person="cy")
    with refused(Refused, "never changes (case:invented)", "register the new one"):
        log.correct(log.records[0].id, case="else")
    log.correct(log.records[0].id, timezone="UTC", title="Another title")


def test_a_correction_changes_something(log):
    claim = log.status("ana", "detained", "article")
    with refused(Refused, "already says that", "nothing"):
        log.correct(claim)
    log.correct(claim, status="released")
    with refused(Refused, "already says that", "nothing"):
        log.correct(claim)
    log.void(claim)
    log.correct(claim)


def test_a_correction_names_what_is_registered(log):
    claim = log.status("ana", "detained", "article")
    for changed in ({"person": "cy"}, {"origin": "cy"}, {"document": "cy"}, {"via": ("cy",)}):
        with refused(UnknownName, "'cy' is registered", "habeas add"):
            log.correct(claim, **changed)
    log.correct(claim, person="bo")


def test_what_can_be_corrected_or_voided(log):
    merge = log.merge("ana", "bo")
    correction = log.correct(log.status("ana", "detained", "article"), status="released")
    for event in (merge, correction, "a" * 20):
        with refused(UnknownName, "no claim, withdrawal or registration", "habeas log"):
            log.add(EventVoided, event=event, follows=event, reason="x")


def test_acts_follow_the_newest(log):
    claim = log.status("ana", "detained", "article")
    first = log.correct(claim, status="released")
    with refused(Stale, f"has changed since {claim}: event 12", f"--follows {first}"):
        log.append(_correction(log, claim, follows=claim))
    second = log.void(claim)
    with refused(Stale, f"has changed since {first}: event 13", f"--follows {second}"):
        log.append(_correction(log, claim, follows=first))
    with refused(Stale, "event 12, event 13", f"--follows {second}"):
        log.add(EventVoided, event=claim, follows=claim, reason="x")
    with refused(Stale, "", f"--follows {second}"):
        log.append(_correction(log, claim, follows="a" * 20))
    other = log.records[1].id
    with refused(Stale, "", f"--follows {second}"):
        log.append(_correction(log, claim, follows=other))
    log.append(_correction(log, claim, follows=second))


def test_what_follows_a_later_event_never_followed_it(log):
    claim = log.status("ana", "detained", "article")
    later = log.status("bo", "detained", "article")
    with refused(Stale, "it never followed that", f"--follows {claim}"):
        log.append(_correction(log, claim, follows=later))


def test_a_void_is_done_once(log):
    claim = log.status("ana", "detained", "article")
    log.void(claim)
    with refused(Refused, "already voided", " --reason '…' restores it"):
        log.void(claim)


def test_a_case_is_not_voided(log):
    with refused(Refused, "cannot be voided", "correct it"):
        log.void(log.records[0].id)


def test_what_is_named_is_not_voided(log):
    def of(name):
        return log.records[log.state.named[name] - 1].id

    log.party("sister", "family", of=("bo",))
    claim = log.status("ana", "detained", "article", origin="ministry", via=("other",))
    for name in (
        "person:ana",
        "person:bo",
        "party:ministry",
        "party:state",
        "party:outlet",
        "party:other",
        "document:article",
    ):
        kind, _, one = name.partition(":")
        with refused(Refused, f"the {kind} '{one}' is named by", kind):
            log.void(of(name))
    log.void(claim)
    log.void(of("document:article"))
    log.void(of("person:ana"))
    with refused(Refused, "'state' is named by 1", "party"):
        log.void(of("party:state"))
    log.void(of("party:ministry"))
    log.void(of("party:state"))
    with refused(UnknownName, "no person 'ana' is registered", "habeas add"):
        log.correct(claim)


def test_a_correction_moves_what_is_named(log):
    claim = log.status("ana", "detained", "article")
    log.correct(claim, person="bo")
    log.void(log.records[1].id)
    with refused(Refused, "'bo' is named by 1 events (event 11 first)", "habeas log --person bo"):
        log.void(log.records[2].id)


# Merges


def test_merges_follow_the_last_act_on_the_merged(log):
    merge = log.merge("ana", "bo")
    known = {"keep": "ana", "merged": "bo", "reason": "x"}
    with refused(Stale, f"follows nothing, but event {merge} came since", f"--follows {merge}"):
        log.add(PersonsMerged, **known)
    with refused(Refused, "'ana' and 'bo' are one already", "habeas explain"):
        log.add(PersonsMerged, **known, follows=merge)
    separation = log.separate(merge)
    with refused(Stale, f"event {separation} came since", f"--follows {separation}"):
        log.add(PersonsMerged, **known, follows=merge)
    with refused(Stale, "there is none before it", ""):
        log.add(PersonsMerged, keep="bo", merged="ana", follows=merge, reason="x")
    again = log.merge("ana", "bo")
    assert log.state.newest_act["merge:bo"] == again


def test_merges_run_in_chains_and_no_circle(log):
    for name in ("cy", "di"):
        log.person(name)
    log.merge("bo", "cy")
    log.merge("ana", "bo")
    log.merge("cy", "di")
    assert [log.state.keeper(one) for one in ("ana", "bo", "cy", "di")] == ["ana"] * 4
    assert log.state.merged_with("di") == ("ana", "bo", "cy", "di")
    for keep in ("bo", "cy", "di"):
        with refused(Refused, f"'{keep}' and 'ana' are one already", "habeas explain"):
            log.merge(keep, "ana")
    log.person("ed")
    with refused(Refused, "'cy' is already merged into 'bo'", "habeas merge ed bo"):
        log.merge("ed", "cy")


def test_nobody_is_merged_with_himself(log):
    with refused(Refused, "'ana' and 'ana' are one already", "habeas explain"):
        log.merge("ana", "ana")


def test_a_merge_is_separated_once(log):
    merge = log.merge("ana", "bo")
    separation = log.separate(merge)
    with refused(Stale, f"event {separation} came since", f"--follows {separation}"):
        log.separate(merge)
    with refused(Refused, "already undone", "nothing is to be separated"):
        log.add(PersonsSeparated, merge=merge, follows=separation, reason="x")
    again = log.merge("ana", "bo")
    with refused(Refused, "already undone", "nothing is to be separated"):
        log.add(PersonsSeparated, merge=merge, follows=again, reason="x")
    with refused(Stale, f"event {again} came since", again):
        log.add(PersonsSeparated, merge=again, follows=separation, reason="x")
    log.separate(again)
    with refused(UnknownName, "no merge has the id", "habeas log --type persons.merged"):
        log.add(PersonsSeparated, merge=log.records[1].id, follows=merge, reason="x")


def test_separating_in_the_middle_of_a_chain(log):
    log.person("cy")
    lower = log.merge("bo", "cy")
    upper = log.merge("ana", "bo")
    log.separate(upper)
    assert [log.state.keeper(one) for one in ("ana", "bo", "cy")] == ["ana", "bo", "bo"]
    log.merge("ana", "bo")
    log.separate(lower)
    assert [log.state.keeper(one) for one in ("ana", "bo", "cy")] == ["ana", "ana", "cy"]


def test_a_merged_person_is_not_voided(log):
    merge = log.merge("ana", "bo")
    for at in (1, 2):
        with refused(Refused, "is part of a merge", "separate it first"):
            log.void(log.records[at].id)
    log.separate(merge)
    log.void(log.records[2].id)


# Grades, access, snapshots


def test_grades_follow_one_another(log):
    first = log.grade("outlet", "B")
    known = {"party": "outlet", "reliability": "C", "reason": "x"}
    with refused(Stale, f"follows nothing, but event {first} came since", f"--follows {first}"):
        log.add(PartyGraded, **known)
    second = log.add(PartyGraded, **known, follows=first)
    with refused(Stale, f"event {second} came since", f"--follows {second}"):
        log.add(PartyGraded, **known, follows=first)
    with refused(Stale, "there is none before it", ""):
        log.add(PartyGraded, party="other", reliability="A", follows=second, reason="x")


def test_access_events_follow_one_another(log):
    known = {"what": "person:ana", "audience": "public", "reason": "x"}
    first = log.add(AccessWithheld, **known)
    with refused(Stale, f"event {first} came since", f"--follows {first}"):
        log.add(AccessDisclosed, **known)
    second = log.add(AccessDisclosed, **known, follows=first)
    with refused(Stale, f"event {second} came since", f"--follows {second}"):
        log.add(AccessWithheld, **known, follows=first)


def _snapshot(log, name):
    known = {
        "name": name,
        "as_of": "2026-01-08",
        "position": 3,
        "audience": "public",
        "projection": "{}",
        "engine": "1",
        "digest": "0" * 64,
    }
    return log.add(SnapshotTaken, **known)


@pytest.mark.parametrize("what", ["person:cy", "party:ana", "document:ana", "event:" + "a" * 20])
@pytest.mark.parametrize("act", [AccessWithheld, AccessDisclosed])
def test_what_is_not_in_the_log_is_not_withheld(log, act, what):
    kind, _, name = what.partition(":")
    with refused(UnknownName, f"no {kind} '{name}' is in the log", "lists them"):
        log.add(act, what=what, audience="public", reason="asked")


def test_what_is_not_in_the_log_is_not_redacted(log):
    with refused(UnknownName, f"no event '{'a' * 20}' is in the log", "`habeas log` lists them"):
        log.add(EventRedacted, event="a" * 20, reason="asked")
    log.add(EventRedacted, event=log.records[2].id, reason="asked")


@pytest.mark.parametrize("name", ["2026-01-08", "2026", "8-january", "0", "20260108t00", "1.0"])
def test_no_snapshot_is_named_like_a_date(log, name):
    with refused(Refused, "begins like a date", f"as-of-{name}"):
        _snapshot(log, name)


@pytest.mark.parametrize("name", ["@12", "Brief", "a b", "", "-a", ".a", "a@3", "@", "a" * 65])
def test_what_is_no_name_of_a_snapshot(log, name):
    with pytest.raises(HabeasError):
        _snapshot(log, name)


def test_a_snapshots_name_is_given_once(log):
    for name in ("morning-brief", "as-of-2026-01-08", "brief_1.0"):
        _snapshot(log, name)
        with refused(Refused, f"'{name}' was already taken", "habeas snapshots"):
            _snapshot(log, name)


# What is there already


def test_the_same_statement_is_there_already(log):
    claim = _claim("ana", place="The Tower")
    event = log.append(claim)
    seq = log.state.seq_of[event]
    assert admit.already(log.state, claim) == seq
    assert admit.already(log.state, evolve(claim, place="Elsewhere")) is None
    log.correct(event, place="Elsewhere")
    assert admit.already(log.state, claim) == seq, "as first recorded"


def test_what_a_correction_says_is_there_already(log):
    event = log.append(_claim("ana", ref="r"))
    log.correct(event, place="Elsewhere")
    assert admit.already(log.state, _claim("ana", ref="r", place="Elsewhere"))
    person = build(PersonRegistered, {"person": "ana", "name": "Ana N."})
    log.correct(log.records[1].id, name="Ana N.")
    assert admit.already(log.state, person) == 2


def test_what_was_voided_is_not_taken_again_unseen(log):
    claim = _claim("ana", ref="r")
    event = log.append(claim)
    log.correct(event, place="The Tower")
    log.void(event)
    assert admit.already(log.state, claim) is None
    with refused(Refused, f"({event}), and voided", f"habeas correct {event}"):
        log.append(claim)
    log.append(evolve(claim, place="Elsewhere", ref=None))
    log.correct(event)
    assert admit.already(log.state, claim) == log.state.seq_of[event]


def test_a_correction_without_a_ref_is_known_as_first_recorded_only(log):
    event = log.append(_claim("ana"))
    log.correct(event, place="The Tower")
    assert admit.already(log.state, _claim("ana")) == log.state.seq_of[event]
    assert admit.already(log.state, _claim("ana", place="The Tower")) is None


def test_acts_are_never_there_already(log):
    log.grade("outlet", "B")
    assert admit.already(log.state, log.records[-1].event) is None
    withdrawal = log.withdraw(log.status("ana", "detained", "article"), "sequel")
    assert admit.already(log.state, log.records[-1].event) == log.state.seq_of[withdrawal]
    assert isinstance(log.records[-1].event, ClaimWithdrawn)


# The clock


@pytest.mark.parametrize(
    ("now", "recorded"),
    [
        (NOW + 1, NOW + 1),
        (NOW + DAY, NOW + DAY),
        (NOW, NOW + 1),
        (NOW - 5, NOW + 1),
        (NOW - DAY, NOW + 1),
    ],
)
def test_recorded_times_always_rise(now, recorded):
    assert next_recorded(now, NOW) == recorded
    assert next_recorded(now, None) == now


def test_a_clock_that_is_a_day_behind_is_refused():
    with refused(Refused, "the clock says 2031-02-02T04:05:06.000006Z", "set this machine's clock"):
        next_recorded(NOW - DAY - 1, NOW)
