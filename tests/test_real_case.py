"""The first case as it stands in the repository: its dossiers, its log, its published answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from habeas.case import Case, publishing

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
LOG = ROOT / "events" / "venezuela-2026-01.jsonl"


@pytest.fixture
def imported(tmp_path):
    with Case.open(tmp_path / "case.db", create=True) as case:
        with LOG.open("rb") as lines:
            case.import_log(lines)
        yield case


def answers(case, as_of):
    return {row["person"]: row for row in case.status(as_of=as_of).persons}


def test_the_dossiers_load_without_a_finding_and_as_expected(tmp_path):
    with Case.open(tmp_path / "case.db", create=True) as case:
        done = case.load([SEEDS])
        assert (done.findings, done.failed, done.already) == ((), (), 0)
        assert done.new == len(LOG.read_bytes().splitlines())


def test_the_log_holds_all_that_the_dossiers_say(imported):
    done = imported.load([SEEDS])
    assert (done.new, done.findings, done.failed, done.unlisted) == (0, (), (), ())


def test_the_log_is_exported_byte_for_byte(imported):
    assert b"".join(imported.export()) == LOG.read_bytes()


def test_the_published_answers_are_what_the_log_gives(imported):
    assert publishing.check(imported, ROOT / "projections", SEEDS) == ()


@pytest.mark.parametrize(
    ("as_of", "person", "status", "since", "standing", "pending"),
    [
        ("2026-01-08", "enrique-marquez", "released", "2026-01-08", "reported", []),
        ("2026-01-09", "enrique-marquez", "released", "2026-01-08", "confirmed", []),
        ("2026-01-08", "perkins-rocha", "unknown", None, None, ["released"]),
        ("2026-01-09", "perkins-rocha", "detained", "2024-08", "reported", ["released"]),
        ("2026-01-09", "javier-tarazona", "released", "2026-01-08", "reported", []),
    ],
)
def test_the_rows_worked_in_the_design(imported, as_of, person, status, since, standing, pending):
    row = answers(imported, as_of)[person]
    assert (row["status"], row["since"], row["standing"]) == (status, since, standing)
    assert [item["status"] for item in row["pending"]] == pending


def test_the_wife_who_does_not_know_is_evidence(imported):
    row = answers(imported, "2026-01-09")["perkins-rocha"]
    assert [one["voice"] for one in row["unknown"]] == ["maria-constanza-cipriani"]
    assert row["place"] == "El Helicoide"


def test_what_was_published_later_changes_no_earlier_answer(imported):
    assert "biagio-pilieri" not in answers(imported, "2026-01-08")
    assert answers(imported, "2026-01-09")["biagio-pilieri"]["standing"] == "reported"
