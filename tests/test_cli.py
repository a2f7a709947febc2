"""The command line: what is printed where, which exit code, and that nothing happens twice."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import attrs
import pytest
from typer.testing import CliRunner, Result

from habeas import cli
from habeas.case import Case
from habeas.cli import adding, completing, lazy
from habeas.events import TAGS

Run = Callable[..., Result]

DOSSIER = """\
[document]
document = "gazette-1"
publisher = "gazette"
published = "2001-01-09"
title = "The first of them are out"

[[status]]
person = "ana-perez"
status = "detained"
when = "2000-08"
place = "The Tower"
locator = "¶ 2"
ref = "arrest"

[[status]]
person = "ana-perez"
status = "released"
stance = "unknown"
origin = "her-brother"

[[expect]]
as_of = "2001-01-09"
person = "ana-perez"
status = "detained"
standing = "reported"
"""

CASE = """\
[case]
case = "invented"
title = "An invented case"
timezone = "America/Caracas"

[[party]]
party = "gazette"
name = "The Gazette"
kind = "media"

[[party]]
party = "her-brother"
name = "Her brother"
kind = "family"
of = ["ana-perez"]

[[person]]
person = "ana-perez"
name = "Ana Pérez Ñandú"
aliases = ["Anita"]
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock, entropy) -> Run:
    """Run a command line in an empty folder, by the tests' clock, and expect an exit code."""
    monkeypatch.chdir(tmp_path)
    for name in ("HABEAS_DB", "HABEAS_RECORDER", "HABEAS_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    opening = Case.open
    monkeypatch.setattr(Case, "open", partial(opening, clock=clock, entropy=entropy))

    def invoke(*args: str, code: int = 0, **options: object) -> Result:
        result = CliRunner().invoke(cli.app, args, prog_name="habeas", **options)
        assert result.exit_code == code, (args, result.stdout, result.stderr, result.exception)
        return result

    return invoke


@pytest.fixture
def loaded(run: Run, tmp_path: Path) -> Run:
    """A case with one person, two parties and one dossier, loaded."""
    folder = tmp_path / "seeds" / "invented"
    folder.mkdir(parents=True)
    (folder / "case.toml").write_text(CASE, encoding="utf-8")
    (folder / "gazette.toml").write_text(DOSSIER, encoding="utf-8")
    run("load", "seeds/invented")
    return run


def commands() -> list[tuple[str, lazy.Lazy]]:
    return [
        *((name, one) for name, one in cli.COMMANDS.items() if name != "add"),
        *((f"add {name}", one) for name, one in adding.KINDS.items()),
    ]


class TestNewcomers:
    """What somebody meets who has never used it."""

    def test_a_status_told_as_done_of_a_day_to_come_is_refused(self, loaded: Run, tmp_path: Path):
        path = tmp_path / "seeds" / "invented" / "early.toml"
        text = DOSSIER.replace("gazette-1", "gazette-2").partition("[[expect]]")[0]
        path.write_text(f'{text}\n[[status]]\nperson = "ana-perez"\nstatus = "died"\n' + WHEN)
        said = loaded("load", str(path), code=1).stderr
        assert f"{path}:{len(path.read_text().splitlines())}: `when` is '2001-02-11'" in said
        assert 'stance = "expected"' in said
        path.write_text(path.read_text() + 'stance = "expected"\n')
        loaded("load", str(path))
        add = ("add", "status", "ana-perez", "released", "--document", "gazette-2")
        assert "told as done" in loaded(*add, "--when", "2001-02-11", code=1).stderr

    def test_a_file_without_a_table_is_a_finding(self, loaded: Run, tmp_path: Path):
        for content in ("", "# nothing yet\n"):
            (tmp_path / "empty.toml").write_text(content)
            assert (
                "empty.toml:1: there are no tables" in loaded("load", "empty.toml", code=1).stderr
            )

    def test_an_empty_log_makes_no_database(self, run: Run, tmp_path: Path):
        (tmp_path / "empty.jsonl").write_bytes(b"")
        said = run("import", "empty.jsonl", "--db", "new.db", code=1).stderr
        assert "empty.jsonl: no event stands in it" in said
        assert "Hint: " in said
        assert not (tmp_path / "new.db").exists()
        assert run("import", "-", "--db", "new.db", code=1, input=b"").stdout == ""

    def test_another_case_is_the_one_finding(self, loaded: Run, tmp_path: Path):
        (tmp_path / "other").mkdir()
        case = CASE.replace('"invented"', '"another"').replace("ana-perez", "bo-lund")
        (tmp_path / "other" / "case.toml").write_text(case)
        (tmp_path / "other" / "gazette.toml").write_text(DOSSIER.replace("ana-perez", "nobody"))
        said = loaded("load", "other", code=1).stderr
        assert "this opens the case 'another', and the log is of 'invented'" in said
        assert "--db another.db" in said
        assert said.count("toml:") == 1

    def test_expectations_that_hold_are_counted(self, loaded: Run):
        assert "1 of 1 expectation holds." in loaded("load", "seeds/invented").stderr

    def test_what_is_voided_is_found_by_its_ref(self, loaded: Run, tmp_path: Path):
        path = tmp_path / "refs.toml"
        text = DOSSIER.replace("gazette-1", "gazette-3").partition("[[expect]]")[0]
        path.write_text(f'{text}\n[[status]]\nperson = "ana-perez"\nstatus = "died"\nref = "end"\n')
        loaded("load", "refs.toml")
        loaded("void", "gazette-3#end", "--reason", "another person")
        again = loaded("void", "gazette-3#end", "--reason", "another person", code=1)
        assert "is already voided" in again.stderr
        assert "no claim is called" in (
            loaded("withdraw", "gazette-3#end", "--document", "gazette-3", code=1).stderr
        )
        loaded("correct", "gazette-3#end", "--set", "status=missing", "--reason", "it is this one")

    def test_what_was_voided_is_restored_as_the_hint_says(self, loaded: Run):
        loaded("void", "gazette-1#arrest", "--reason", "another case")
        said = loaded("void", "gazette-1#arrest", "--reason", "another case", code=1).stderr
        assert said.split("Hint: ")[1].strip() in loaded("load", "seeds/invented", code=1).stderr
        command = re.search(r"Hint: habeas (correct \S+) --reason '…' restores it", said)
        assert command is not None
        loaded(*command[1].split(), "--reason", "of this one after all")
        assert "nothing added" in loaded("load", "seeds/invented").stderr
        again = loaded(*command[1].split(), "--reason", "once more", code=1).stderr
        assert "nothing is given to correct" in again
        assert "Hint: say what is right: --set when=2024-09" in again

    def test_a_person_is_not_merged_with_himself(self, loaded: Run):
        said = loaded("merge", "ana-perez", "ana-perez", "--reason", "x", code=1).stderr
        assert "'ana-perez' is named twice; a merge is of two persons" in said

    def test_a_state_is_shown_by_examples(self, loaded: Run):
        said = loaded("changes", "foo", "2001-01-09", code=1).stderr
        assert "no snapshot is called 'foo', and it is no day and no position" in said
        assert "Hint: 2001-01-08, " not in said
        assert "@12" in said

    @pytest.mark.parametrize("view", ["status", "timeline", "explain"])
    def test_of_whom_nothing_was_known_yet_is_said(self, loaded: Run, view: str):
        said = loaded(view, "Anita", "--as-of", "1999-01-01", "--format", "table").stdout
        assert said.startswith("Ana Pérez Ñandú, as of 1999-01-01\n")

    def test_a_day_that_is_still_to_come_is_remarked(self, loaded: Run):
        note = "Note: 2999-01-01 is still to come; this is what is "
        assert f"{note}known so far." in loaded("status", "--as-of", "2999-01-01").stderr
        assert f"{note}told of it so far." in loaded("status", "--on", "2999-01-01").stderr
        assert note in loaded("changes", "2001-01-08", "2999-01-01").stderr
        assert "Note" not in loaded("status").stderr

    def test_a_claim_corrected_in_log_and_dossier_is_there_already(
        self, loaded: Run, tmp_path: Path
    ):
        path = tmp_path / "seeds" / "invented" / "gazette.toml"
        event = json.loads(
            loaded("log", "--type", "status.claimed", "--format", "nl").stdout.splitlines()[-1]
        )["id"]
        loaded("correct", event, "--set", "place=The Keep", "--reason", "misread")
        before = loaded("log", "--format", "nl").stdout
        origin = 'origin = "her-brother"\n'
        path.write_text(path.read_text().replace(origin, f'{origin}place = "The Keep"\n'))
        assert "nothing added" in loaded("load", "seeds/invented").stderr
        assert loaded("log", "--format", "nl").stdout == before


WHEN = 'when = "2001-02-11"\n'


class TestHelp:
    def test_the_help_names_every_command(self, run: Run):
        said = run("--help").stdout
        assert all(f"  {name} " in said for name in cli.COMMANDS)
        said = run("add", "--help").stdout
        assert all(f"  {name} " in said for name in adding.KINDS)

    @pytest.mark.parametrize(("name", "place"), commands())
    def test_every_command_shows_an_example_of_itself(self, run: Run, name: str, place: lazy.Lazy):
        said = run(*name.split(), "--help").stdout
        assert "Examples:" in said
        assert f"habeas {name} " in said or f"habeas {name}\n" in said
        command = lazy.load(name, place)
        assert all(one.help for one in command.params)

    def test_no_command_asks_for_help_with_a_hint(self, run: Run):
        assert "Did you mean 'status'?" in run("statsu", code=2).stderr

    @pytest.mark.parametrize(
        ("name", "type_"),
        [
            ("party", "party.registered"),
            ("document", "document.registered"),
            ("person", "person.registered"),
            ("status", "status.claimed"),
            ("detail", "detail.claimed"),
            ("count", "count.claimed"),
            ("group", "group.claimed"),
            ("remark", "remark.claimed"),
            ("unlisted", "row.unlisted"),
        ],
    )
    def test_every_field_of_an_event_can_be_given(self, name: str, type_: str):
        fields = {one.name for one in attrs.fields(TAGS[type_, 1])}
        given = {one.name for one in lazy.load(name, adding.KINDS[name]).params}
        assert given - {"db", "recorder", "dry_run", "member"} == fields

    def test_versions_and_the_promise_of_the_database(self, run: Run):
        first, second, third = run("--version").stdout.splitlines()
        assert first.startswith("habeas ")
        assert second.startswith("Python ")
        assert "what is acknowledged is on disk" in third


class TestAdding:
    @pytest.fixture
    def begun(self, run: Run) -> Run:
        run("init", "invented", "--title", "An invented case", "--timezone", "America/Caracas")
        run("add", "party", "gazette", "--name", "The Gazette", "--kind", "media")
        run("add", "person", "ana-perez", "--name", "Ana Pérez", "--alias", "Anita")
        run("add", "person", "li-wu", "--name", "Li Wu")
        run(
            *("add", "document", "gazette-1", "--publisher", "gazette"),
            *("--published", "2001-01-09", "--title", "The first of them are out"),
        )
        return run

    def test_the_id_stands_alone_on_stdout(self, begun: Run):
        done = begun("add", "status", "ana-perez", "detained", "--document", "gazette-1")
        assert len(done.stdout) == 21
        assert done.stdout.endswith("\n")
        assert done.stderr == ""

    def test_the_same_again_gives_the_same_id_and_says_so(self, begun: Run):
        words = ("add", "status", "ana-perez", "detained", "--document", "gazette-1")
        first, again = begun(*words), begun(*words)
        assert first.stdout == again.stdout
        assert "already recorded, as event 6" in again.stderr

    def test_a_dry_run_checks_and_keeps_nothing(self, begun: Run):
        words = ("add", "status", "ana-perez", "detained", "--document", "gazette-1", "--dry-run")
        assert begun(*words).stdout == ""
        assert "it would be event 6" in begun(*words).stderr
        assert "no document" in begun(*words[:5], "none-such", "--dry-run", code=1).stderr

    def test_another_content_is_no_proposal_to_take_out_what_was_not_given(self, begun: Run):
        said = begun("add", "person", "ana-perez", "--name", "Ana P", code=1).stderr
        assert " --set 'name=Ana P' --reason" in said
        assert "aliases=" not in said
        said = begun("add", "person", "ana-perez", "--name", "Ana Pérez", code=1).stderr
        assert "(aliases)" in said
        assert "Hint: habeas show " in said

    def test_a_ref_again_keeps_what_was_not_given(self, begun: Run):
        words = ("add", "status", "ana-perez", "detained", "--document", "gazette-1", "--ref", "r")
        begun(*words, "--stance", "unconfirmed", "--locator", "¶ 2", "--place", "The Tower")
        said = begun(*words, "--place", "The Fort", code=1).stderr
        assert "habeas correct 'gazette-1#r' --set 'place=The Fort' --reason '…'" in said

    def test_a_person_is_found_by_another_spelling_or_an_alias(self, begun: Run):
        for typed in ("ANA PEREZ", "anita", "person:ana-perez"):
            begun("add", "status", typed, "detained", "--document", "gazette-1")
        [one] = json.loads(begun("status", "--as-of", "2001-01-09").stdout)["persons"]
        assert one["person"] == "ana-perez"

    def test_an_unknown_person_gets_the_nearest_as_a_hint(self, begun: Run):
        said = begun("add", "status", "ana-peres", "detained", "--document", "gazette-1", code=1)
        assert "Hint: did you mean ana-perez" in said.stderr

    @pytest.mark.parametrize(
        ("word", "hint"),
        [
            ("libertad plena", "at_liberty"),
            ("excarcelada", "ambiguous: released, restricted or house_arrest"),
            ("detaned", "detained"),
        ],
    )
    def test_a_word_that_is_no_status_gets_a_hint(self, begun: Run, word: str, hint: str):
        said = begun("add", "status", "ana-perez", word, "--document", "gazette-1", code=1)
        assert hint in said.stderr

    def test_a_wrong_date_is_named(self, begun: Run):
        words = ("add", "status", "ana-perez", "detained", "--document", "gazette-1")
        assert "2001-13-45" in begun(*words, "--when", "2001-13-45", code=1).stderr

    def test_a_group_claims_the_status_of_each_member(self, begun: Run):
        done = begun(
            *("add", "group", "two-of-them", "two of them", "released", "--low", "2"),
            *("--member", "ana-perez", "--member", "Li Wu", "--when", "2001-01-08"),
            *("--document", "gazette-1", "--ref", "two"),
        )
        assert len(done.stdout.split()) == 3
        shown = json.loads(begun("show", "gazette-1#two-li-wu", "--format", "json").stdout)
        assert shown["event"]["data"]["group"] == "two-of-them"
        assert shown["event"]["data"]["when"] == "2001-01-08"

    def test_a_group_with_an_unknown_member_adds_nothing(self, begun: Run):
        begun(
            *("add", "group", "two-of-them", "two", "released", "--low", "2"),
            *("--member", "ana-perez", "--member", "nobody", "--document", "gazette-1"),
            code=1,
        )
        assert json.loads(begun("log", "--format", "json").stdout)["log_position"] == 5

    def test_a_detail_of_several_values_is_several_claims(self, begun: Run):
        words = ("add", "detail", "ana-perez", "nationality", "VE", "ES")
        assert len(begun(*words, "--document", "gazette-1").stdout.split()) == 2

    def test_numbers_are_exact_ranges_or_words(self, begun: Run):
        begun("add", "count", "held", "806", "--document", "gazette-1")
        begun("add", "count", "held", "5", "7", "--document", "gazette-1")
        begun("add", "count", "held", "--quantity", "dozens", "--document", "gazette-1")
        said = begun("log", "--type", "count", "--format", "table").stdout
        assert "held: 806 [gazette-1]" in said
        assert "held: 5 to 7" in said
        assert "held: dozens" in said
        low_above_high = ("add", "count", "held", "7", "5", "--document", "gazette-1")
        assert "swap them" in begun(*low_above_high, code=1).stderr

    def test_remarks_and_lists(self, begun: Run):
        begun("add", "remark", "No list", "--about", "gazette", "--document", "gazette-1")
        begun("add", "unlisted", "ana-perez", "--document", "gazette-1")
        said = begun("log", "--format", "md").stdout
        assert "gazette: No list" in said
        assert "ana-perez: no longer on the list" in said

    def test_who_is_no_longer_listed_is_told_so_with_the_source(self, begun: Run):
        assert "unlisted" not in begun("status", "ana-perez", "--format", "json").stdout
        begun("add", "unlisted", "ana-perez", "--document", "gazette-1", "--locator", "¶ 3")
        said = begun("explain", "ana-perez", "--format", "table").stdout
        assert "No longer on a list, which is no release" in said
        assert "no longer on the list. [gazette-1 ¶ 3" in said
        assert "- gazette-1: " in said
        assert ",unlisted," in begun("explain", "ana-perez", "--format", "csv").stdout
        facts = begun("status", "ana-perez", "--format", "table").stdout
        assert re.search(r"Unlisted +gazette-1", facts)
        (one,) = json.loads(begun("status", "ana-perez", "--format", "json").stdout)["persons"]
        assert [claim["text"] for claim in one["unlisted"]] == ["no longer on the list"]
        assert one["status"] == "unknown"

    def test_the_recorder_is_named_or_unnamed_and_never_the_login(self, begun: Run):
        words = ("add", "status", "ana-perez", "detained", "--document", "gazette-1")
        begun(*words, "--recorder", "a desk")
        begun(*words, "--note", "b", env={"HABEAS_RECORDER": "another desk"})
        begun(*words, "--note", "c")
        events = json.loads(begun("log", "--format", "json").stdout)["events"]
        assert [one["recorder"] for one in events[-3:]] == ["a desk", "another desk", "unnamed"]

    def test_a_second_case_needs_another_database(self, begun: Run):
        words = ("init", "other", "--title", "Another", "--timezone", "UTC")
        assert "--db other.db" in begun(*words, code=1).stderr
        begun(*words, "--db", "other.db")


class TestAsking:
    def test_json_where_nobody_looks_and_the_basis_in_it(self, loaded: Run):
        data = json.loads(loaded("status", "--as-of", "2001-01-09").stdout)
        assert data["basis"]["as_of"] == "2001-01-09"
        assert [one["status"] for one in data["persons"]] == ["detained"]

    def test_before_anything_was_known_nobody_is_in_the_roster(self, loaded: Run):
        assert json.loads(loaded("status", "--as-of", "2001-01-08").stdout)["persons"] == []

    def test_one_person_with_the_spells(self, loaded: Run):
        words = ("status", "Ana Perez Nandu", "--as-of", "2001-01-09")
        [one] = json.loads(loaded(*words).stdout)["persons"]
        assert [each["status"] for each in one["spells"]] == ["detained"]
        assert "Not known to  her-brother" in loaded(*words, "--format", "table").stdout

    def test_timelines_of_one_and_of_all(self, loaded: Run):
        words = ("--as-of", "2001-01-09", "--format", "md")
        assert "| detained | 2000-08 | – |" in loaded("timeline", "anita", *words).stdout
        assert "## Ana Pérez Ñandú" in loaded("timeline", *words).stdout

    def test_an_explanation_names_who_where_and_the_stance(self, loaded: Run):
        words = ("explain", "anita", "--as-of", "2001-01-09", "--format", "table")
        said = " ".join(loaded(*words).stdout.split())
        assert "The Gazette (media) says: detained, 2000-08, The Tower. [gazette-1 ¶ 2" in said
        assert "Her brother (family) does not know whether: released." in said

    @pytest.mark.parametrize(
        "as_of", ["yesterday", "8/1/2026", "2026-13-45", "2026-01-08T12:00:00"]
    )
    def test_an_as_of_that_cannot_be_read_is_usage(self, loaded: Run, as_of: str):
        said = loaded("status", "--as-of", as_of, code=2).stderr
        assert "2026-01-08" in said.partition("Hint:")[2]

    def test_positions_of_the_log(self, loaded: Run):
        data = json.loads(loaded("status", "--as-of", "2001-01-09", "--at-log", "@5").stdout)
        assert data["basis"]["log_position"] == 5
        assert data["persons"] == []
        assert "@1 to @7" in loaded("status", "--at-log", "@99", code=1).stderr
        assert "how many events, @5" in loaded("status", "--at-log", "5", code=2).stderr

    def test_a_format_that_is_none_is_usage(self, loaded: Run):
        assert "table, json, nl, csv, md" in loaded("status", "--format", "xml", code=2).stderr

    def test_an_unknown_projection_is_named_with_those_there_are(self, loaded: Run):
        assert "default" in loaded("status", "--projection", "none", code=1).stderr

    def test_without_a_database_the_hint_makes_one(self, run: Run):
        said = run("status", code=1).stderr
        assert "Error: there is no database at habeas.db" in said
        assert "Hint: habeas init" in said


class TestLoading:
    def test_counts_on_stderr_and_nothing_on_stdout(self, loaded: Run):
        again = loaded("load", "seeds/invented")
        assert again.stdout == ""
        assert "nothing added, all 7 events are there already" in again.stderr

    def test_a_dry_run_says_what_would_be(self, loaded: Run, tmp_path: Path):
        path = tmp_path / "seeds" / "invented" / "gazette.toml"
        path.write_text(DOSSIER + '[[detail]]\nperson = "ana-perez"\ncharge = "x"\n')
        assert "1 event would be added" in loaded("load", "seeds", "--dry-run").stderr
        assert "1 event added" in loaded("load", "seeds").stderr

    def test_nothing_is_made_for_a_dry_run_or_a_path_that_is_not_there(self, loaded: Run):
        assert "7 events would be" in loaded("load", "seeds", "--dry-run", "--db", "b.db").stderr
        assert "none" in loaded("load", "none", "--db", "b.db", code=1).stderr
        assert "none" in loaded("import", "none", "--db", "b.db", code=1).stderr
        assert not Path("b.db").exists()

    def test_faults_have_file_line_and_hint(self, loaded: Run, tmp_path: Path):
        path = tmp_path / "seeds" / "invented" / "gazette.toml"
        path.write_text(DOSSIER.replace('status = "detained"\nwhen', 'status = "detaned"\nwhen'))
        said = loaded("load", "seeds/invented", code=1).stderr
        assert "seeds/invented/gazette.toml:9: " in said
        assert "  Hint: did you mean `detained`?" in said
        assert "1 finding" in said
        assert "nothing of seeds/invented/gazette.toml was taken\n2 files: " in said
        dry = loaded("load", "seeds/invented", "--dry-run", code=1).stderr
        assert "nothing of seeds/invented/gazette.toml would be taken" in dry
        assert "case.toml" not in dry

    def test_an_expectation_that_fails_is_a_finding(self, loaded: Run, tmp_path: Path):
        path = tmp_path / "seeds" / "invented" / "gazette.toml"
        path.write_text(DOSSIER.replace('standing = "reported"', 'standing = "confirmed"'))
        said = loaded("load", "seeds/invented", code=1).stderr
        assert "standing is reported, not confirmed" in said
        assert "habeas explain ana-perez --as-of 2001-01-09" in said

    def test_a_claim_that_left_its_dossier_is_listed(self, loaded: Run, tmp_path: Path):
        path = tmp_path / "seeds" / "invented" / "gazette.toml"
        head, _, _ = DOSSIER.partition("[[status]]")
        path.write_text(head)
        said = loaded("load", "seeds/invented").stderr
        assert "gazette-1#arrest is in the log, but no longer in its dossier" in said


class TestMoving:
    def test_export_and_import_are_byte_exact(self, loaded: Run):
        text = loaded("export").stdout_bytes
        assert "7 events written" in loaded("export", "log.jsonl").stderr
        assert Path("log.jsonl").read_bytes() == text
        assert "7 events added" in loaded("import", "log.jsonl", "--db", "b.db").stderr
        assert loaded("export", "-", "--db", "b.db").stdout_bytes == text
        assert "nothing added" in loaded("import", "log.jsonl", "--db", "b.db").stderr

    def test_import_reads_stdin(self, loaded: Run):
        text = loaded("export").stdout_bytes
        assert "7 events added" in loaded("import", "-", "--db", "b.db", input=text).stderr

    def test_a_changed_file_is_refused_and_nothing_is_taken(self, loaded: Run):
        text = loaded("export").stdout.replace("The Tower", "The Palace")
        Path("log.jsonl").write_text(text)
        said = loaded("import", "log.jsonl", "--db", "b.db", code=1).stderr
        assert "line 6" in said
        assert not [*Path().glob("b.db*")]

    def test_a_failed_import_takes_no_database_away_that_was_there(self, loaded: Run):
        text = loaded("export").stdout
        Path("log.jsonl").write_text(text.replace("The Tower", "The Palace"))
        before = loaded("export").stdout
        loaded("import", "log.jsonl", code=1)
        assert loaded("export").stdout == before

    def test_a_file_that_is_not_there_is_named(self, loaded: Run):
        assert "none.jsonl" in loaded("import", "none.jsonl", code=1).stderr

    def test_export_into_a_folder_that_is_not_there_leaves_nothing(self, loaded: Run):
        loaded("export", "none/log.jsonl", code=1)
        assert not Path("none").exists()


class TestBrowsing:
    def seqs(self, run: Run, *words: str) -> list[int]:
        return [one["seq"] for one in json.loads(run("log", *words).stdout)["events"]]

    def test_nl_is_the_text_log(self, loaded: Run):
        assert loaded("log", "--format", "nl").stdout == loaded("export").stdout

    def test_events_by_what_they_name(self, loaded: Run):
        assert self.seqs(loaded) == [1, 2, 3, 4, 5, 6, 7]
        assert self.seqs(loaded, "--person", "anita") == [2, 4, 6, 7]
        assert self.seqs(loaded, "--party", "gazette") == [3, 5, 6]
        assert self.seqs(loaded, "--party", "Her brother") == [4, 7]
        assert self.seqs(loaded, "--document", "gazette-1") == [5, 6, 7]
        assert self.seqs(loaded, "--document", "gazette-1", "--party", "gazette") == [5, 6]
        assert self.seqs(loaded, "--type", "status") == [6, 7]
        assert self.seqs(loaded, "--type", "party.registered") == [3, 4]
        assert self.seqs(loaded, "--since", "@5") == [6, 7]
        assert self.seqs(loaded, "--since", "2001-02-03") == [1, 2, 3, 4, 5, 6, 7]
        assert self.seqs(loaded, "--since", "2001-02-04") == []
        assert self.seqs(loaded, "--at-log", "@2") == [1, 2]

    def test_the_acts_upon_a_claim_come_with_it(self, loaded: Run):
        loaded("correct", "gazette-1#arrest", "--set", "when=2000-09", "--reason", "misread")
        assert self.seqs(loaded, "--person", "anita") == [2, 4, 6, 7, 8]

    def test_unknown_names_and_types_are_refused_with_hints(self, loaded: Run):
        assert "status.claimed" in loaded("log", "--type", "none", code=1).stderr
        assert "did you mean gazette" in loaded("log", "--party", "gazete", code=1).stderr

    def test_an_event_by_its_id_its_beginning_its_ref_or_its_place(self, loaded: Run):
        whole = json.loads(loaded("show", "@6").stdout)["event"]
        for name in (whole["id"], whole["id"][:10], "gazette-1#arrest"):
            assert json.loads(loaded("show", name).stdout)["event"] == whole
        line = loaded("show", "@6", "--format", "nl").stdout
        assert line == loaded("export").stdout.splitlines(keepends=True)[5]
        assert "no event has an id" in loaded("show", "zzzz", code=1).stderr

    def test_what_became_of_an_event(self, loaded: Run):
        words = ("show", "gazette-1#arrest", "--format", "table")
        assert "It stands as it was recorded." in loaded(*words).stdout
        loaded("correct", "gazette-1#arrest", "--set", "when=2000-09", "--reason", "misread")
        said = loaded(*words).stdout
        assert "It is corrected, and says now:" in said
        assert "Reason: misread" in said
        loaded("void", "gazette-1#arrest", "--reason", "not ours")
        assert "It is voided" in loaded(*words).stdout


class TestEditing:
    def status(self, run: Run, *words: str) -> dict:
        [one] = json.loads(run("status", "--as-of", "2001-01-09", *words).stdout)["persons"]
        return one

    def test_a_correction_counts_from_when_it_was_recorded(self, loaded: Run):
        done = loaded("correct", "gazette-1#arrest", "--set", "when=2000-09", "--reason", "misread")
        assert len(done.stdout) == 21
        assert self.status(loaded)["since"] == "2000-09"
        assert self.status(loaded, "--at-log", "@7")["since"] == "2000-08"

    def test_a_field_without_a_sign_is_usage(self, loaded: Run):
        words = ("correct", "gazette-1#arrest", "--reason", "misread")
        assert "when=2024-09" in loaded(*words, "--set", "when", code=2).stderr
        assert "has no field" in loaded(*words, "--set", "wen=2000", code=1).stderr

    def test_a_stale_act_is_refused_with_what_came_between(self, loaded: Run):
        first = json.loads(loaded("show", "@6").stdout)["event"]["id"]
        loaded("correct", "@6", "--set", "when=2000-09", "--reason", "misread")
        words = ("void", "@6", "--reason", "not ours", "--follows", first)
        assert "event 8" in loaded(*words, code=1).stderr

    def test_a_source_withdraws(self, loaded: Run):
        loaded(
            *("add", "document", "gazette-2", "--publisher", "gazette"),
            *("--published", "2001-01-12", "--title", "A correction"),
        )
        loaded("withdraw", "gazette-1#arrest", "--document", "gazette-2")
        assert self.status(loaded)["status"] == "detained"
        words = ("explain", "anita", "--as-of", "2001-01-12", "--format", "table")
        assert "Withdrawn by The Gazette: [gazette-2" in loaded(*words).stdout

    def test_persons_are_merged_and_separated(self, loaded: Run):
        loaded("add", "person", "a-perez", "--name", "A. Perez")
        loaded("merge", "anita", "A. Perez", "--reason", "the same")
        [one] = json.loads(loaded("status", "a-perez", "--as-of", "2001-01-09").stdout)["persons"]
        assert one["person"] == "ana-perez"
        assert one["merged"] == ["a-perez"]
        loaded("separate", "a-perez", "--reason", "not the same")
        [one] = json.loads(loaded("status", "anita", "--as-of", "2001-01-09").stdout)["persons"]
        assert one["merged"] == []

    def test_a_party_is_graded(self, loaded: Run):
        loaded("grade", "gazette", "c", "--reason", "two reports withdrawn")
        assert "gazette graded C" in loaded("log", "--type", "graded", "--format", "table").stdout

    def test_a_dry_run_of_an_act_keeps_nothing(self, loaded: Run):
        words = ("void", "@6", "--reason", "not ours", "--dry-run")
        assert "it would be event 8" in loaded(*words).stderr
        assert json.loads(loaded("log").stdout)["log_position"] == 7


class TestOthers:
    def test_schema_needs_no_database(self, run: Run):
        assert json.loads(run("schema").stdout)["$schema"].startswith("https://json-schema.org/")

    def test_a_draft_with_and_without_a_database(self, loaded: Run, tmp_path: Path):
        (tmp_path / "article.txt").write_text("Ana Pérez Ñandú is still held.\n\nSo it is said.\n")
        assert "ana-perez" in loaded("draft", "article.txt").stdout
        assert "sha256 = " in loaded("draft", "article.txt", "--db", "none.db").stdout

    def test_published_answers_are_written_and_checked(self, loaded: Run, tmp_path: Path):
        folder = tmp_path / "projections" / "roster"
        folder.mkdir(parents=True)
        (folder / "projection.toml").write_text(
            'title = "The roster"\nview = "roster"\nas_of = ["2001-01-09"]\n'
        )
        assert "this answer is not there" in loaded("publish", "--check", code=1).stderr
        assert "wrote projections/roster/2001-01-09.md" in loaded("publish").stderr
        assert "Nothing has changed." in loaded("publish").stderr
        loaded("publish", "--check")
        page = folder / "2001-01-09.md"
        page.write_text(page.read_text().replace("detained", "released"))
        said = loaded("publish", "--check", code=1).stderr
        assert "projections/roster/2001-01-09.md:" in said

    def test_projections_of_other_cases_alone_are_told(self, loaded: Run, tmp_path: Path):
        folder = tmp_path / "projections" / "roster"
        folder.mkdir(parents=True)
        (folder / "projection.toml").write_text(
            'title = "x"\ncase = "other"\nview = "roster"\nas_of = ["2001-01-09"]\n'
        )
        said = loaded("publish", code=1).stderr
        assert "is asked of the case 'invented', only of other" in said


class TestFailures:
    def test_a_bug_says_where_and_shows_no_data(self, loaded: Run, monkeypatch):
        def broken(*_: object, **__: object) -> None:
            raise ValueError("Ana Pérez Ñandú")

        monkeypatch.setattr("habeas.case.asking.status", broken)
        result = loaded("status", "--on", "2020-01-01", code=70)
        assert "ValueError at test_cli.py:" in result.stderr
        assert "Ana" not in result.stderr
        debugged = loaded("status", "--on", "2020-01-01", code=70, env={"HABEAS_DEBUG": "1"})
        assert "Traceback" in debugged.stderr

    def test_an_interruption_is_told(self, loaded: Run, monkeypatch):
        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(Case, "load", interrupted)
        assert "nothing is half-written" in loaded("load", "seeds", code=130).stderr

    def test_a_load_that_opens_no_case_leaves_no_database(self, loaded: Run):
        said = loaded("load", "seeds/invented/gazette.toml", "--db", "new.db", code=1).stderr
        assert "holds no case yet" in said
        assert not Path("new.db").exists()

    def test_a_fault_after_whole_chunks_says_what_is_in(self, loaded: Run, monkeypatch):
        loaded("export", "log.jsonl")
        log = Path("log.jsonl")
        log.write_bytes(log.read_bytes() + b"{}\n")
        monkeypatch.setattr("habeas.case.moving.CHUNK", 3)
        said = loaded("import", "log.jsonl", "--db", "b.db", code=1).stderr
        assert "The log has 6 events; fetch or mend the file, and import it again to go on." in said
        loaded("export", "log.jsonl")
        assert "1 event added" in loaded("import", "log.jsonl", "--db", "b.db").stderr

    def test_what_is_no_number_is_told_before_the_log_is_read(self, loaded: Run, monkeypatch):
        with monkeypatch.context() as patched:
            patched.setattr(Case, "state", None)
            patched.setattr("habeas.case.main.FEW", 0)
            said = loaded("reconcile", "@7", code=1).stderr
        assert "is a status.claimed, and no reported number" in said

    def test_of_whom_nothing_stands_it_is_told_who_took_it_back(self, loaded: Run):
        cited = ("--document", "gazette-1", "--reported", "2001-01-12")
        loaded("add", "person", "bo-lund", "--name", "Bo Lund")
        loaded("add", "status", "bo-lund", "detained", "--document", "gazette-1", "--ref", "bo")
        assert "withdrawn" not in json.loads(loaded("explain", "bo-lund").stdout)
        loaded("withdraw", "gazette-1#bo", *cited)
        said = loaded("explain", "bo-lund", "--format", "table").stdout
        assert "Nothing that stands was known of this person by then." in said
        assert "Withdrawn by The Gazette" in said
        found = json.loads(loaded("explain", "bo-lund").stdout)
        assert (found["persons"], [one["ref"] for one in found["withdrawn"]]) == ([], ["bo"])

    def test_a_new_citation_says_that_it_was_recorded(self, loaded: Run):
        assert "Recorded as a new snapshot, event 8." in loaded("cite", "brief").stderr
        assert loaded("cite", "brief").stderr == ""

    def test_what_is_expected_otherwise_stands(self, loaded: Run, tmp_path: Path):
        one = DOSSIER.replace('status = "detained"\nstanding', 'status = "died"\nstanding')
        (tmp_path / "seeds" / "invented" / "gazette.toml").write_text(one, encoding="utf-8")
        said = loaded("load", "seeds/invented", "--db", "new.db", code=1).stderr
        assert "What was added stands all the same" in said

    def test_an_interrupted_import_says_what_is_in(self, loaded: Run, monkeypatch):
        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        loaded("export", "log.jsonl")
        with monkeypatch.context() as patched:
            patched.setattr("habeas.cli.moving.refresh", interrupted)
            said = loaded("import", "log.jsonl", "--db", "b.db", code=130).stderr
        assert "The log has 7 events; import the same file again to go on." in said
        assert "nothing added" in loaded("import", "log.jsonl", "--db", "b.db").stderr
        monkeypatch.setattr(Case, "import_log", interrupted)
        assert "No event was" in loaded("import", "log.jsonl", "--db", "c.db", code=130).stderr
        assert not Path("c.db").exists()

    def test_what_a_terminal_would_obey_is_shown_in_errors(self, loaded: Run):
        said = loaded("status", "a\x1b[31mb", code=1).stderr
        assert "\x1b" not in said

    def test_no_command_at_all_shows_the_help(self, run: Run):
        assert "Commands:" in run(code=2).stderr


class TestCompletion:
    class Context:
        params: dict = {}  # noqa: RUF012

    @pytest.fixture
    def context(self):
        return self.Context()

    def test_names_come_from_the_database(self, loaded: Run, context):
        assert completing.persons(context, "an") == [("ana-perez", "Ana Pérez Ñandú")]
        assert completing.persons(context, "per") == [("ana-perez", "Ana Pérez Ñandú")]
        assert [name for name, _ in completing.parties(context, "")] == ["gazette", "her-brother"]
        assert [name for name, _ in completing.documents(context, "g")] == ["gazette-1"]

    def test_words_come_from_the_vocabulary(self):
        assert completing.statuses("re") == ["released", "restricted"]
        assert completing.formats("") == ["table", "json", "nl", "csv", "md"]

    def test_without_a_database_there_is_nothing_to_complete(self, run: Run, context):
        assert completing.persons(context, "") == []
        Path("habeas.db").write_text("no database")
        assert completing.persons(context, "") == []

    def test_a_shell_is_answered(self, loaded: Run):
        env = os.environ | {"_HABEAS_COMPLETE": "complete_bash", "COMP_CWORD": "2"}
        env["COMP_WORDS"] = "habeas status an"
        done = habeas("", env=env)
        assert done.stdout.split() == ["ana-perez"]


def habeas(*args: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "habeas", *filter(None, args)]
    return subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=False)


class TestProcess:
    def test_the_environments_encoding_does_not_matter(self, loaded: Run):
        env = os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
        done = habeas("status", "--as-of", "2001-01-09", "--format", "table", env=env)
        assert done.returncode == 0
        assert "Ana Pérez Ñandú" in done.stdout

    def test_a_reader_that_leaves_is_no_error(self, loaded: Run):
        line = f'"{sys.executable}" -m habeas log --format nl | head -n 1'
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", line], capture_output=True, check=True
        )
        assert done.stdout.count(b"\n") == 1
        assert done.stderr == b""

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
    @pytest.mark.parametrize("word", ["log", "--help"])
    def test_a_full_disk_is_told(self, loaded: Run, word: str):
        line = f'"{sys.executable}" -m habeas {word} > /dev/full'
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "Error: No space left on device" in done.stderr
        assert "Traceback" not in done.stderr

    def test_the_help_imports_no_engine(self):
        code = (
            "import sys\nsys.argv = ['habeas', '--help']\nfrom habeas.cli import main\n"
            "try:\n    main()\nexcept SystemExit:\n    pass\n"
            "slow = {'attr', 'habeas.errors', 'json', 'rich', 'sqlite3'} & set(sys.modules)\n"
            "assert not slow, slow\n"
        )
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
