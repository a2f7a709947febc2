"""Laws 4 and 5: read models say what a plain replay says, and it is all one how they were made."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from unittest import mock

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas import times
from habeas.case import Case, believing, sharing
from habeas.errors import HabeasError
from habeas.log import State, counting
from habeas.log.sayings import Sayings
from habeas.projections import beliefs
from habeas.projections.question import ask, rules_from
from habeas.projections.roster import roster
from habeas.resolve import DEFAULT_RULES
from habeas.store import MemoryStore, open_store
from habeas.vocabulary import STANCES, STATUSES
from logs import NOW, Log

ZONE = "America/Caracas"
PERSONS = ("ana", "ben", "caro")
PARTIES = ("wire", "radio", "ngo", "ministry", "state", "abroad", "kin")
STRICT = rules_from({"min_grade": "C", "corroboration": 3})

_days = st.integers(1, 28).map(lambda day: f"2026-01-{day:02d}")
_published = _days | st.tuples(_days, _days).map(lambda two: "[{}..{}]".format(*sorted(two)))
_whens = st.one_of(
    st.none(),
    _days,
    st.tuples(_days, _days).map(lambda two: "[{}..{}]".format(*sorted(two))),
    st.tuples(_days, _days).map(lambda two: "{}/{}".format(*sorted(two))),
    _days.map(lambda day: f"{day}/.."),
    _days.map(lambda day: f"{day}/"),
    _days.map(lambda day: f"/{day}"),
    _days.map(lambda day: f"../{day}"),
    st.sampled_from(("2026-02", "[2026-02-03..]", "2025-12", "[..2025-11-30]")),
)
_status = st.fixed_dictionaries(
    {
        "person": st.sampled_from(PERSONS),
        "status": st.sampled_from(("detained", "released", "died", *STATUSES)),
        "stance": st.sampled_from((*["asserted"] * 4, *STANCES)),
        "when": _whens,
        "origin": st.none() | st.sampled_from(PARTIES),
        "authority": st.sampled_from((None, None, "ministry", "abroad")),
        "place": st.sampled_from((None, "a cell")),
        "reported": st.none() | _days,
        "said": st.none() | _days,
    }
)
_number = st.integers(0, 10**6)
_ops = st.one_of(
    st.tuples(st.just("status"), _status),
    st.tuples(st.just("status"), _status),
    st.tuples(st.just("status"), _status),
    st.tuples(st.just("document"), _published, st.sampled_from((None, "Asia/Tokyo"))),
    st.tuples(st.just("detail"), st.sampled_from(PERSONS)),
    st.tuples(st.just("withdraw"), _number, _number),
    st.tuples(st.just("correct"), _number, _status),
    st.tuples(st.just("void"), _number),
    st.tuples(st.just("merge"), st.sampled_from(PERSONS), st.sampled_from(PERSONS)),
    st.tuples(st.just("separate"), _number),
    st.tuples(st.just("grade"), st.sampled_from(PARTIES), st.sampled_from("ABDEF")),
    st.tuples(st.just("redate"), _number, _published),
    st.tuples(st.just("rename"), st.sampled_from(PERSONS)),
    st.tuples(st.just("rekind"), st.sampled_from(PARTIES), st.sampled_from(("media", "court"))),
)
logs = st.lists(_ops, min_size=6, max_size=30).map(lambda ops: _written(ops))  # noqa: PLW0108


def _begun():
    log = Log(ZONE)
    for person in PERSONS:
        log.person(person)
    log.party("wire")
    log.party("radio")
    log.party("ngo", "monitor")
    log.party("state", "authority")
    log.party("ministry", "authority", part_of="state")
    log.party("abroad", "authority")
    log.party("kin", "family", of=("ana",))
    log.document("d0", "2026-01-05", "wire")
    return log


def _written(ops):
    log = _begun()
    made = {"claims": [], "documents": ["d0"], "merges": [], "withdrawals": []}
    for number, op in enumerate(ops):
        try:
            _do(log, made, number, *op)
        except (HabeasError, ZeroDivisionError):
            continue
    return log.records


def _do(log, made, number, kind, *given_):  # noqa: C901 - one case for each op
    claims, documents, merges = made["claims"], made["documents"], made["merges"]
    things = [*claims, *made["withdrawals"]]
    match kind, given_:
        case "status", (fields,):
            document = documents[number % len(documents)]
            claims.append(log.status(document=document, **fields))
        case "detail", (person,):
            claims.append(log.detail(person, "occupation", "baker", documents[-1]))
        case "document", (published, timezone):
            log.document(f"d{number}", published, PARTIES[number % 6], timezone=timezone)
            documents.append(f"d{number}")
        case "withdraw", (one, other):
            target = claims[one % len(claims)]
            made["withdrawals"].append(log.withdraw(target, documents[other % len(documents)]))
        case "correct", (one, fields):
            claim = claims[one % len(claims)]
            known = {spec.name for spec in attrs.fields(type(log.state.thread(claim).event))}
            log.correct(claim, **{key: fields[key] for key in fields.keys() & known - {"stance"}})
        case "void", (one,):
            log.void(things[one % len(things)])
        case "merge", (keep, merged):
            merges.append(log.merge(keep, merged))
        case "separate", (one,):
            log.separate(merges[one % len(merges)])
        case "grade", (party, grade):
            log.grade(party, grade)
        case "redate", (one, published):
            subject = f"document:{documents[one % len(documents)]}"
            log.correct(log.state.registered(subject).id, published=published)
        case "rename", (person,):
            subject = log.state.registered(f"person:{person}")
            log.correct(subject.id, name=f"{person} {number}")
        case "rekind", (party, new):
            log.correct(log.state.registered(f"party:{party}").id, kind=new, of=())


def case_over(store):
    return Case(store, clock=lambda: NOW, entropy=bytes)


def put(store, records):
    """Append records as a case does, with its read models."""
    before = store.head().position
    with store.appending() as log:
        log.add(records)
        believing.append(store, None, before)


def ends(records):
    """As-of texts around every moment at which an answer can change, and some in between."""
    state = State.of(records)
    moments = {
        counting.known_at(state, thread.event)
        for thread in state.threads.values()
        if hasattr(thread.event, "document") and hasattr(thread.event, "reported")
    }
    moments = {moment for moment in moments if moment < times.NEVER}
    days = {f"2026-01-{day:02d}" for day in range(1, 30, 3)} | {"2025-12-31", "2026-02-04"}
    return sorted(days) + [times.instant_text(m - d) for m in sorted(moments) for d in (1, 2, 0)]


def assert_equal_to_replay(case, records, rules=DEFAULT_RULES, every=1):
    zone, state = case.zone(), State.of(records)
    for text in ends(records)[::every]:
        question = ask(text, zone, rules=rules)
        view = case.view(question)
        assert view is not None
        plain = list(roster(state, question))
        assert json.dumps(list(view.answers(question))) == json.dumps(plain), text
        brief = [
            (row["person"], row["name"], row["status"], row["standing"], row["contested"])
            for row in plain
        ]
        assert case.rows(question) == brief
        assert case.tally(question) == dict(Counter(row[2:4] for row in brief))
        for row in brief:
            assert case.brief(row[0], question) == row


def dumped(store):
    """All that a store believes, by names that do not depend on how it came to it."""
    models = store.beliefs.models()
    persons = sorted({person for person, _ in store.beliefs.names() if person})
    rows = {
        (model.basis, person): store.beliefs.rows(model.no, person)
        for model in models
        for person in persons
    }
    names = sorted(pair for pair in store.beliefs.names() if pair[0])
    positions = {model.basis: model.position for model in models}
    return rows, names, positions


@pytest.mark.parametrize("rules", [DEFAULT_RULES, STRICT], ids=["default", "strict"])
@settings(max_examples=15)
@given(records=logs)
def test_a_model_says_what_a_replay_says(rules, records):
    store = MemoryStore()
    put(store, records)
    case = case_over(store)
    case.rebuild(rules)
    assert_equal_to_replay(case, records, rules)


@given(records=logs, day=_days, moment=st.integers(-1, 1))
def test_rows_from_a_time_on_are_the_last_of_all(records, day, moment):
    sayings = Sayings(State.of(records))
    since = times.parse_as_of(day, sayings.zone).end + moment
    for person in PERSONS:
        rows = beliefs.rows(sayings, person, DEFAULT_RULES)
        tail = beliefs.rows(sayings, person, DEFAULT_RULES, since)
        assert tail == [row for row in rows if row.known_from >= since]


@settings(max_examples=15)
@given(records=logs, cuts=st.lists(st.integers(13, 40), max_size=4))
def test_catching_up_in_pieces_equals_rebuilding(records, cuts):
    store, other = MemoryStore(), MemoryStore()
    done = 13
    put(store, records[:done])
    case = case_over(store)
    case.rebuild(DEFAULT_RULES, STRICT)
    for cut in sorted({*cuts, len(records)}):
        put(store, records[done:cut])
        done = max(cut, done)
    put(other, records)
    again = case_over(other)
    again.rebuild(DEFAULT_RULES, STRICT)
    assert dumped(store) == dumped(other)
    assert_equal_to_replay(case, records, STRICT, every=5)


@given(records=logs, cut=st.integers(13, 40))
def test_a_model_that_is_behind_still_answers(records, cut):
    store = MemoryStore()
    put(store, records[:cut])
    case = case_over(store)
    case.rebuild(DEFAULT_RULES, STRICT)
    before = dumped(store)
    with store.appending() as log:
        log.add(records[cut:])
    assert_equal_to_replay(case, records, every=3)
    assert_equal_to_replay(case, records, STRICT, every=3)
    assert dumped(store) == before
    case.catch_up(DEFAULT_RULES, STRICT)
    assert_equal_to_replay(case, records, every=5)


@settings(max_examples=15)
@given(records=logs)
def test_sqlite_believes_what_memory_believes(records, tmp_path_factory):
    memory = MemoryStore()
    sqlite = open_store(tmp_path_factory.mktemp("beliefs") / "a.db", create=True)
    for store in (memory, sqlite):
        put(store, records[:15])
        case = case_over(store)
        case.rebuild(DEFAULT_RULES, STRICT)
        put(store, records[15:])
        assert_equal_to_replay(case, records, every=7)
    assert dumped(memory) == dumped(sqlite)
    sqlite.close()


_KILLED = """
import sys, time
from habeas.case import Case
with Case.open(sys.argv[1]) as case:
    def progress(done, total):
        print(done, flush=True)
        time.sleep(0.05)
    case.rebuild(progress=progress)
"""


def test_a_rebuild_killed_in_the_middle_leaves_what_was_there(tmp_path):
    path = tmp_path / "a.db"
    log = _begun()
    for number in range(60):
        log.status(f"p{number}", "detained", "d0")
    with closing(open_store(path, create=True)) as store:
        put(store, log.records[:40])
        case_over(store).rebuild()
        put(store, log.records[40:45])
    child = _rebuilding(path)
    assert child.stdout.readline() == "10\n"
    assert child.stdout.readline() == "20\n"
    others = Path(f"/proc/{child.pid}/task/{child.pid}/children")
    others = others.read_text().split() if others.exists() else []
    child.send_signal(signal.SIGKILL)
    child.communicate()
    for _ in range(500):
        if not any(Path(f"/proc/{other}").exists() for other in others):
            break
        time.sleep(0.02)
    assert not any(Path(f"/proc/{other}").exists() for other in others)
    with closing(open_store(path)) as store:
        case = case_over(store)
        assert_equal_to_replay(case, log.records[:45], every=7)
        put(store, log.records[45:])
        assert_equal_to_replay(case, log.records, every=7)
        case.rebuild()
        assert len(store.beliefs.models()) == 1
        assert_equal_to_replay(case, log.records, every=7)


@settings(max_examples=4)
@given(records=logs)
def test_two_processes_compute_what_one_does(records, tmp_path_factory):
    path = tmp_path_factory.mktemp("shared") / "a.db"
    with closing(open_store(path, create=True)) as store:
        put(store, records)
        case = case_over(store)
        case.rebuild(DEFAULT_RULES, STRICT)
        alone = dumped(store)
        with mock.patch.multiple(believing, MUCH=0, CHUNK=1):
            case.rebuild(DEFAULT_RULES, STRICT)
        assert dumped(store) == alone


@pytest.mark.parametrize("other", ["raise SystemExit(3)", "print('no answer')"])
def test_where_the_other_process_ends_one_computes_alone(other, tmp_path):
    log = _begun()
    for number in range(9):
        log.status(f"p{number}", "detained", "d0")
    with closing(open_store(tmp_path / "a.db", create=True)) as store:
        put(store, log.records)
        case = case_over(store)
        patches = mock.patch.multiple(believing, MUCH=0, CHUNK=2)
        with patches, mock.patch.object(sharing, "_SERVE", other):
            assert case.rebuild() == 12
        assert_equal_to_replay(case, log.records, every=9)


def _rebuilding(path):
    """Start a process that makes the model anew, ten persons at a time, and helped by another."""
    small = f"from habeas.case import believing\nbelieving.CHUNK, believing.MUCH = 10, 0\n{_KILLED}"
    return subprocess.Popen(
        [sys.executable, "-c", small, str(path)], stdout=subprocess.PIPE, text=True
    )


@settings(max_examples=15)
@given(
    records=logs,
    cut=st.integers(13, 40),
    sides=st.tuples(_days, _days),
    evidence=st.booleans(),
    full=st.booleans(),
)
def test_changes_are_those_of_a_plain_replay(records, cut, sides, evidence, full):
    store, plain = MemoryStore(), MemoryStore()
    put(store, records)
    put(plain, records)
    case, other = case_over(store), case_over(plain)
    case.rebuild()
    older = "" if full else f"@{min(cut, len(records))}"
    for first, second in ((sides[0] + older, sides[1]), (sides[0], sides[1] + older)):
        with mock.patch("habeas.case.main.FEW", 0):
            told = case.changes(first, second, evidence=evidence)
        assert told.data == other.changes(first, second, evidence=evidence).data


@settings(max_examples=15)
@given(records=logs, cut=st.integers(13, 40), sides=st.tuples(_days, _days))
def test_turns_are_those_whose_answer_in_a_few_words_is_another(records, cut, sides):
    store, plain = MemoryStore(), MemoryStore()
    put(store, records[:cut])
    put(plain, records)
    case, other = case_over(store), case_over(plain)
    case.rebuild()
    with store.appending() as log:
        log.add(records[cut:])
    first, second = sides
    found = case.turns(first, second)
    told = {one["person"]: one for one in other.changes(first, second).changes}
    for turn in found:
        facts = (told[turn.person]["before"], told[turn.person]["after"])
        assert (turn.before, turn.after) == tuple(
            None if one is None else (one["status"], one["standing"], one["contested"])
            for one in facts
        )
        assert turn.name == told[turn.person]["name"]
        assert turn.causes or turn.elapsed
    assert [turn.person for turn in found] == [
        person for person, one in sorted(told.items()) if _few(one["before"]) != _few(one["after"])
    ]


def _few(facts):
    return facts and [facts[key] for key in ("status", "standing", "contested")]
