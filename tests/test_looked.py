"""A log in which things are looked up says what a log that was read whole says.

What is asked of both: who is called what, what an event is about, what an editorial act would do,
and what becomes of a dossier.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from unittest import mock

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.case import asking, browsing, comparing, editing, guarding, main, turning
from habeas.errors import HabeasError, Refused, UnknownName
from habeas.events import CLAIMS, TYPE_OF, EventCorrected, build
from habeas.log.earlier import Earlier
from habeas.log.looking import Looked
from habeas.store import MemoryStore
from logs import Log
from random_logs import World, grown, of_records, plans
from test_beliefs import case_over, put
from test_laws import written

PERSON, PARTY, DOCUMENT = "person-0", "party-0", "document-0"


def ended(world: World, choices: list[int]) -> World:
    """A world in which claims call themselves something, and some of that was undone."""
    for number, choice in enumerate(choices):
        claims = [thread for thread, _ in world.state.claims()]
        if not claims:
            break
        thread = claims[choice % len(claims)]
        with suppress(Refused):
            refer(world, thread, f"r{number % 3}")
            if choice % 3 == 0:
                world.case.edit(editing.void(f"@{thread.seq}", reason="a slip", follows=None))
    acts = [
        guarding.withhold(f"person:{PERSON}", until=None, audience="public", **why),
        guarding.disclose(f"person:{PERSON}", until=None, audience="public", **why),
    ]
    for act in acts[: len(choices) % 3]:
        world.case.edit(act)
    if len(choices) % 2:
        world.case.snapshot("then", world.case.question(as_of="2026-01-09"))
    return world


why = {"reason": "a reason", "follows": None}


def refer(world: World, thread, ref: str) -> None:
    type_, version = TYPE_OF[type(thread.event)]
    values = {"event": thread.id, "follows": thread.newest, "type": type_, "version": version}
    data = evolve(thread.event, ref=ref)
    world.case.append(build(EventCorrected, {**values, "data": data, "reason": "named"}))


worlds = st.builds(ended, st.builds(grown, plans), st.lists(st.integers(0, 20), max_size=5))


def lookups(whole, seqs):
    """What is asked of a log, each by a few words: the question, and who answers it."""
    ids = [id_ for id_, seq in whole.seq_of.items() if seq in seqs]
    subjects = (f"person:{PERSON}", "person:person-1", f"party:{PARTY}", f"document:{DOCUMENT}")
    for subject in (*subjects, "person:nobody"):
        yield "using", (subject,)
        yield "registering", (subject,)
        yield "is_registered", (subject,)
        yield "access_on", (subject,)
    for id_ in ids:
        yield "place_of", (id_,)
        yield "with_prefix", (id_[:2],)
        yield "newest_on", (f"event:{id_}",)
    for seq in seqs:
        yield "at", (seq,)
        yield "bearing", (seq,)
    for document in ("document-0", "document-1", "document-9"):
        yield "refs_in", (document,)
        for ref in ("r0", "r1", "r2"):
            yield "calling_itself", (document, ref)
            yield "voided_as", (document, ref)
    for kind in ("person", "party", "document"):
        yield "called", (kind,)
        yield "all_of", (kind,)
    for name in ("merges", "snapshots_taken"):
        yield name, ()
    for person in ("person-0", "person-1", "person-2"):
        yield "is_merged", (person,)
        yield "keeper", (person,)
        yield "newest_on", (f"merge:{person}",)
    yield "has_snapshot", ("then",)


def told(state, name, given_):
    found = getattr(state, name)(*given_)
    return list(found) if name == "all_of" else found


@settings(max_examples=40)
@given(worlds, st.data())
def test_what_is_looked_up_is_what_the_whole_log_says(world, data):
    store, head = world.case.store, world.state.position
    at = data.draw(st.sampled_from((head, max(1, head - 3), head // 2 + 1)))
    whole = world.case.state(at)
    seqs = data.draw(st.lists(st.integers(1, at + 1), max_size=6))
    asked = data.draw(st.permutations(list(lookups(whole, seqs))))
    kept = Looked(Earlier(store, at), at, None)
    for name, given_ in asked:
        wanted = told(whole, name, given_)
        assert told(Looked(Earlier(store, at), at, None), name, given_) == wanted
        assert told(kept, name, given_) == wanted
        assert told(kept.fork(), name, given_) == wanted


def named(world, number: int) -> list[str]:
    """Ways to name an event."""
    seq = number % world.state.position + 1
    id_ = next(id_ for id_, at in world.state.seq_of.items() if at == seq)
    refs = [f"{document}#{ref}" for document, ref in sorted(world.state.refs)]
    refs += [f"document-{number % 3}#r{number % 4}"]
    return [f"@{seq}", id_, id_[:3], id_[:1], refs[number % len(refs)], PERSON, "@0", "", "nothing"]


@st.composite
def acts(draw, world):
    name = draw(st.sampled_from(named(world, draw(st.integers(0, 60)))))
    person = st.sampled_from(("person-0", "person-1", "person-2", "nobody"))
    sets = st.sampled_from(({"when": "2026-01-02"}, {"bogus": "1"}, {"ref": "r1"}, {"note": "n"}))
    shut = {"until": None, "audience": "public", **why}
    what = draw(st.sampled_from((name, f"person:{draw(person)}", "document:document-0")))
    cited = {"document": draw(st.sampled_from(("document-0", "document-1", "nope")))}
    return draw(
        st.sampled_from(
            (
                editing.correct(name, draw(sets), **why),
                editing.void(name, **why),
                editing.withdraw(name, cited),
                editing.merge(draw(person), draw(person), **why),
                editing.separate(draw(st.sampled_from((name, draw(person)))), **why),
                editing.grade(draw(st.sampled_from(("party-0", "party-9"))), "B", **why),
                guarding.withhold(what, **shut),
                guarding.disclose(what, **shut),
            )
        )
    )


def outcome(case, act, *, dry_run=False):
    try:
        return case.edit(act, dry_run=dry_run)[:2]
    except HabeasError as error:
        return str(error), error.hint


@settings(max_examples=40)
@given(worlds, st.data())
def test_an_act_is_judged_in_part_as_on_the_whole(world, data):
    for act in data.draw(st.lists(acts(world), min_size=1, max_size=4)):
        whole, partly = (of_records(world.case.whole.records()) for _ in range(2))
        wanted = outcome(whole, act)
        with mock.patch.multiple(main, FEW=0, WORTH=0):
            assert outcome(partly, act) == wanted
        assert list(partly.export()) == list(whole.export())
        day = {"as_of": "2026-01-09"}
        assert partly.status(**day).data == whole.status(**day).data


@settings(max_examples=40)
@given(worlds, st.data())
def test_a_name_is_found_in_part_as_in_the_whole(world, data):
    names = ("Person-1", "PERSON 0", "person-2", "Pearson 1", "nobody", "", "Document-0", "Other")
    typed = data.draw(st.sampled_from(names))
    positions = st.integers(1, world.state.position)
    position = data.draw(st.none() | positions)
    whole, partly = (of_records(world.case.whole.records()) for _ in range(2))

    def found(case):
        for ask in (
            lambda: asking.person_of(case, typed, position),
            lambda: browsing.thing_of(case, "document", typed),
            lambda: browsing.thing_of(case, "party", typed),
            lambda: browsing.record_named(case, typed).seq,
        ):
            try:
                yield ask()
            except UnknownName as error:
                yield error.message, error.hint

    wanted = list(found(whole))
    with mock.patch.object(main, "FEW", 0):
        assert list(found(partly)) == wanted


@settings(max_examples=40)
@given(worlds, worlds, st.booleans())
def test_a_dossier_is_loaded_in_part_as_into_the_whole(world, other, dry_run):
    stated = [one for one in other.case.events() if isinstance(one.event, CLAIMS) or one.seq == 1]
    with tempfile.TemporaryDirectory() as folder:
        written(stated, Path(folder))
        text = (Path(folder) / "said.toml").read_text()
        more = '[[expect]]\nas_of = "2026-01-09"\nperson = "person-0"\nstatus = "detained"\n'
        (Path(folder) / "said.toml").write_text(f"{text}\n{more}")
        cases = [of_records(world.case.whole.records()) for _ in range(2)]
        loaded = []
        for case, few in zip(cases, (main.FEW, 0), strict=True):
            with mock.patch.multiple(main, FEW=few, WORTH=min(few, main.WORTH)):
                loaded.append(case.load([folder], dry_run=dry_run))
    assert loaded[1] == loaded[0]
    assert list(cases[1].export()) == list(cases[0].export())
    assert cases[1].status(as_of="2026-01-09").data == cases[0].status(as_of="2026-01-09").data


@settings(max_examples=40)
@given(worlds, st.data())
def test_changes_of_some_persons_and_between_positions_are_those_of_the_whole(world, data):
    at = st.integers(1, world.state.position).map("@{}".format) | st.just("")
    texts = [f"2026-01-{data.draw(st.sampled_from(('05', '12')))}{data.draw(at)}" for _ in "ab"]
    persons = data.draw(st.sets(st.sampled_from(("person-0", "person-1", "person-2")), max_size=2))
    where = {"person": tuple(sorted(persons))} if persons else {}
    case = of_records(world.case.whole.records())
    case.rebuild()

    def found():
        sides = (comparing.where_of(comparing.side_named(case, text), where) for text in texts)
        return comparing.of_persons(case, *sides).data

    quick = found()
    with (
        mock.patch.object(comparing, "_asked_for", return_value=None),
        mock.patch.object(turning, "candidates", return_value=None),
    ):
        assert found() == quick


def test_a_withdrawal_corrected_twice_is_no_act_upon_its_claim():
    log = Log()
    log.document("doc", "2019-03-01", "radio")
    log.document("later", "2019-03-02", "radio")
    claim = log.status("ilse", "detained", "doc", ref="r")
    withdrawal = log.withdraw(claim, "later", ref="w")
    log.correct(withdrawal, note="one")
    newest = log.correct(withdrawal, note="two")
    store = MemoryStore()
    put(store, log.records)
    looked = Looked(store, len(log.records), None)
    for ref, document in (("w", "later"), ("r", "doc"), ("w", "later")):
        looked.at(looked.calling_itself(document, ref))
    assert looked.thread(withdrawal) == log.state.thread(withdrawal)
    assert looked.thread(withdrawal).newest == newest
    assert looked.thread(claim) == log.state.thread(claim)
    case = case_over(store)
    assert browsing.show(case, claim)["now"] == {
        "data": browsing.show(case, claim)["event"]["data"],
        "voided": False,
        "newest": claim,
    }
    assert browsing.show(case, withdrawal)["now"]["data"]["note"] == "two"


def test_a_ref_that_one_claim_gave_up_is_the_other_claim_s():
    log = Log()
    log.document("doc", "2019-03-01")
    first = log.status("ilse", "detained", "doc", ref="r")
    log.correct(first, ref="s")
    second = log.status("jon", "detained", "doc", ref="r")
    store = MemoryStore()
    put(store, log.records)
    looked = Looked(store, len(log.records), None)
    assert looked.at(looked.calling_itself("doc", "r")).id == second
    assert looked.at(looked.calling_itself("doc", "s")).id == first
    assert looked.refs_in("doc") == ["r", "s"]
