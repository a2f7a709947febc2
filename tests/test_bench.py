from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from bench import generate
from habeas import textlog
from habeas.case import Case
from habeas.log import State, admit

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
