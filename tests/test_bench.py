from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from bench import alone, floors, generate, material, ours, peers, report, rounds, spans
from bench.asked import asked
from bench.peers.appended_rows import AppendedRows
from bench.peers.sqlite_claims import SqliteLatest, SqliteWindow
from bench.peers.sqlite_spans import SqliteBoundaries, SqliteSpans
from habeas import textlog
from habeas.case import Case, verifying
from habeas.log import State, admit
from habeas.times import MICROS_PER_DAY
from logs import Log

SIZE = 1_000


@pytest.fixture(scope="module")
def lines() -> list[bytes]:
    return list(generate.lines(SIZE, seed=7))


def test_equal_seeds_give_equal_logs_and_others_do_not(lines):
    assert list(generate.lines(SIZE, seed=7)) == lines
    assert list(generate.lines(SIZE, seed=8)) != lines


def test_an_invented_register_is_what_a_log_would_have_taken(lines):
    state = State()
    for record in textlog.read_lines(lines):
        if state.position:
            assert admit.already(state, record.event) is None
        admit.check(state, record.event, now=record.recorded)
        state.apply(record)
    assert state.position == SIZE


def test_an_invented_register_is_imported_and_exported_as_it_is(lines, tmp_path):
    with Case.open(tmp_path / "case.db", create=True) as case:
        assert case.import_log(lines) == SIZE
        assert list(case.export()) == lines
        assert case.status(as_of="2020-01-01").persons


def test_an_invented_register_has_what_makes_answers_hard(lines):
    records = list(textlog.read_lines(lines))
    assert all(one.recorded < after.recorded for one, after in pairwise(records))
    types = Counter(record.type for record in records)
    assert {"event.corrected", "claim.withdrawn", "detail.claimed", "party.graded"} <= set(types)
    claims = [one.event for one in records if one.type == "status.claimed"]
    assert {claim.stance for claim in claims} >= {"asserted", "unconfirmed", "denied"}
    assert sum(claim.origin is not None for claim in claims) > len(claims) / 3
    published = [one.event.published for one in records if one.type == "document.registered"]
    assert published != sorted(published)


def test_a_file_is_made_once_for_each_size_and_seed(tmp_path):
    made = generate.cached(200, 7, tmp_path)
    assert generate.cached(200, 7, tmp_path) == made
    assert made.read_bytes().count(b"\n") == 200
    assert not list(tmp_path.glob("*.part"))


@pytest.fixture(scope="module")
def rows(lines, tmp_path_factory) -> material.Material:
    log = tmp_path_factory.mktemp("bench") / "log.jsonl"
    log.write_bytes(b"".join(lines))
    material.write(log, log.with_suffix(".db"))
    return material.Material(log.with_suffix(".db"), log)


def _answers(one, rows, folder) -> dict:
    one.prepare(rows, folder)
    found = {name: ways[0]() for name, ways in one.questions(asked(rows)).items()}
    one.close()
    return {
        name: sorted((*row[:4], *map(bool, row[4:])) for row in answer)
        if name == peers.ROSTER
        else answer
        for name, answer in found.items()
    }


def test_ready_made_intervals_are_what_habeas_answers(lines, rows, tmp_path):
    floor = _answers(SqliteSpans(), rows, tmp_path)
    assert _answers(SqliteBoundaries(), rows, tmp_path)[peers.YEAR] == floor[peers.YEAR]
    question = asked(rows)
    with Case.open(tmp_path / "case.db", create=True) as case:
        case.import_log(lines)
        case.catch_up()
        at = case.question(as_of=question.as_of.text)
        assert sorted(case.rows(at)) == floor[peers.ROSTER]
        assert case.tally(at) == floor[peers.COUNTS]
        told = [case.brief(person, at) for person in question.persons]
        assert [one and one[2] for one in told] == floor[peers.PERSON]
        changed = case.turns(question.year.text, question.as_of.text)
        assert ours.Habeas().plain(peers.YEAR, changed) == floor[peers.YEAR]


def test_who_is_told_of_in_details_alone_has_an_interval_from_the_first_on():
    log = Log()
    log.document("courier", "2019-03-06")
    log.document("post", "2019-03-08", "courier-press")
    log.document("bulletin", "2019-03-10")
    claim = log.status("varga", "detained", "courier")
    log.withdraw(claim, "post")
    log.detail("varga", "occupation", "teacher", "bulletin")
    found = [*spans.spans(log.state, ["varga"])]
    assert [one.status for one in found] == ["detained", "unknown"]
    assert found[1].start - found[0].end == 2 * MICROS_PER_DAY


@pytest.fixture
def loaded(lines, tmp_path):
    """A database that holds the log and its beliefs, where the bench keeps it."""
    path = tmp_path / "habeas.db"
    with Case.open(path, create=True) as case:
        case.import_log(lines)
        case.catch_up()
    return path


def test_the_floor_of_an_append_writes_what_appends_write(rows, loaded):
    floor = AppendedRows()
    floor.prepare(rows, loaded.parent)
    (append,) = floor.questions(asked(rows))[peers.APPEND]
    for _ in range(3):
        append()
    with Case.open(loaded.with_name("floor.db")) as case, Case.open(loaded) as before:
        assert case.whole.head().position == before.whole.head().position + 3
    assert verifying.verified(loaded.with_name("floor.db")).faults == ()
    floor.close()
    assert [file.name for file in loaded.parent.iterdir()] == [loaded.name]


def test_the_rows_of_a_load_are_those_of_the_log(loaded, monkeypatch):
    monkeypatch.setattr(floors, "removed", lambda _database: None)
    assert floors.load_rows(loaded) > 0
    with Case.open(loaded.with_name("rows.db")) as case, Case.open(loaded) as whole:
        assert case.whole.head().root == whole.whole.head().root
    assert verifying.verified(loaded.with_name("rows.db")).faults == ()


def test_parts_of_a_task_are_timed_alone(rows, loaded, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(alone.__file__).parent.parent))
    assert alone.run(floors.READ_LOG, rows.log).seconds > 0
    assert alone.run(floors.ANSWERS, loaded).seconds > 0


def test_two_ways_to_the_latest_word_agree(rows, tmp_path):
    window, latest = (_answers(one(), rows, tmp_path) for one in (SqliteWindow, SqliteLatest))
    assert window[peers.ROSTER] == latest[peers.ROSTER]
    assert window[peers.COUNTS] == latest[peers.COUNTS]


def test_who_fails_does_not_stop_the_others():
    found, failed = rounds.run({"a": (lambda: 7,), "b": (lambda: 1 // 0,)}, budget=0)
    assert found["a"].answer == 7
    assert len(found["a"].seconds) >= 3
    assert failed == ["b fails: ZeroDivisionError('integer division or modulo by zero')"]


def test_the_fastest_formulation_is_kept():
    slow, fast = (lambda: sum(range(300_000))), (lambda: 5)
    found, _ = rounds.run({"a": (slow, fast)}, budget=0)
    assert found["a"].answer == 5


def _result(size: int, seconds: float) -> dict:
    everybody = {ours.NAME: [seconds, seconds * 2, seconds * 3], "SQLite, one bare row": [0.001]}
    return {
        "size": size,
        "text": size * 400,
        "claims": size // 2,
        "persons": size // 10,
        "spans": size // 5,
        "sizes": {ours.NAME: size * 800},
        "prepared": {ours.NAME: 3.0},
        "alone": dict.fromkeys(("load", "catch-up", "all-models", "nothing"), size / 40_000),
        "megabytes": {"load": 90.0},
        "times": {peers.APPEND: everybody, peers.WEEK: everybody},
        "answers": {peers.APPEND: 1, peers.WEEK: size // 100},
        "faults": [],
    }


def test_a_report_tells_demands_ratios_and_growth():
    text = report.text({"commit": "none"}, [_result(1_000, 0.002), _result(10_000, 0.05)])
    lines = text.splitlines()
    assert "| an append, of a bare row's time | at most 1.50 × | 100.00 × | **no** |  |" in lines
    assert "| load from text | at least 30,000 events/s | 40,000 events/s | yes |  |" in lines
    assert "| SQLite, one bare row | 1 ms | 1 ms–1 ms | 1 | 0.01 |" in lines
    assert "| Changes over one week | 4 ms | 100 ms | 25.0 | 10.0 | **no** |" in lines
    assert "They are equal." in text
