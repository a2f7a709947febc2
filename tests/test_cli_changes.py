"""`changes`, `snapshot`, `snapshots`, `cite`, `answer`, and change logs that are published."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from habeas import cli, projection_file
from habeas.case import Case, publishing
from habeas.errors import BadData

Run = Callable[..., Result]

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
party = "union"
name = "The Union"
kind = "monitor"

[[person]]
person = "ana-perez"
name = "Ana Pérez"
aliases = ["Anita"]

[[person]]
person = "bo-lund"
name = "Bo Lund"

[[person]]
person = "cy-reed"
name = "Cy Reed"
"""

FIRST = """\
[document]
document = "gazette-1"
publisher = "gazette"
published = "2001-01-08"
title = "The first of them are out"

[[status]]
person = ["ana-perez", "bo-lund"]
status = "detained"
when = "2000-08"
place = "The Tower"
locator = "¶ 2"
"""

SECOND = """\
[document]
document = "gazette-2"
publisher = "gazette"
published = "2001-01-09"
title = "And others"

[[status]]
person = "ana-perez"
status = "released"
when = "2001-01-09"
locator = "¶ 1"

[[status]]
person = "cy-reed"
status = "detained"
when = "2000"
origin = "union"
locator = "¶ 3"

[[detail]]
person = "ana-perez"
nationality = "ES"
"""

DAYS = ("2001-01-08", "2001-01-09")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock, entropy) -> Run:
    """Run a command line in a folder with a loaded case, and expect an exit code."""
    monkeypatch.chdir(tmp_path)
    for name in ("HABEAS_DB", "HABEAS_RECORDER", "HABEAS_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Case, "open", partial(Case.open, clock=clock, entropy=entropy))

    def invoke(*args: str, code: int = 0) -> Result:
        result = CliRunner().invoke(cli.app, args, prog_name="habeas")
        assert result.exit_code == code, (args, result.stdout, result.stderr, result.exception)
        return result

    folder = tmp_path / "seeds" / "invented"
    folder.mkdir(parents=True)
    for name, text in (("case", CASE), ("first", FIRST), ("second", SECOND)):
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    invoke("load", "seeds/invented")
    return invoke


def changed(result: Result) -> list[str]:
    return [one["person"] for one in json.loads(result.stdout)["changes"]]


COUNTED = """\
[document]
document = "union-1"
publisher = "union"
published = "2001-01-09"
title = "How many they are"

[[count]]
measure = "held"
population = "miners"
operator = "="
low = 41
when = "2001-01-05"
locator = "¶ 1"

[[count]]
measure = "held"
population = "miners"
quantity = "dozens"
operator = "~"
locator = "¶ 2"

[[group]]
group = "two-miners"
label = "two miners"
status = "released"
operator = "="
low = 2
when = "2001-01-09"
locator = "¶ 3"
members = ["bo-lund"]
"""


class TestNumbersAndGroups:
    """What moved besides persons is in every format, and chosen by kind and cause."""

    @pytest.fixture
    def run(self, run: Run) -> Run:
        Path("seeds/invented/union.toml").write_text(COUNTED, encoding="utf-8")
        run("load", "seeds/invented/union.toml")
        return run

    def test_sentences_say_what_is_told_now_and_by_whom(self, run: Run):
        said = run("changes", *DAYS, "--format", "md").stdout
        assert "1 series of reported numbers and 1 group have moved." in said
        assert (
            "- **The Union, held: miners**, not told before, is 41 (5 January 2001); also told: "
            "“dozens” (day not stated) (The Union, 9 January 2001, ¶ 1, 2)."
        ) in said
        assert (
            "- **two miners**, not told of before, are said to be released: 2 said, 1 named, "
            "1 confirmed, verified by The Union (The Union, 9 January 2001, ¶ 3)."
        ) in said
        assert "The Union: “How many they are”" in said

    def test_every_format_has_them(self, run: Run):
        for form in ("table", "json", "nl", "csv", "atom", "jsonfeed"):
            said = run("changes", *DAYS, "--format", form).stdout
            assert "two miners" in said
            assert "41" in said
        rows = run("changes", *DAYS, "--format", "csv").stdout.splitlines()
        assert ",union,held,miners,," in rows[-2]
        assert "two-miners,two miners,–," in rows[-1]

    @pytest.mark.parametrize(
        ("filters", "persons", "counts", "groups"),
        [
            ([], 3, 1, 1),
            (["--kind", "counts"], 0, 1, 0),
            (["--kind", "groups"], 0, 0, 1),
            (["--kind", "status"], 2, 0, 0),
            (["--cause", "corrected"], 0, 0, 0),
            (["--cause", "reported"], 3, 1, 1),
            (["--person", "bo-lund"], 1, 0, 1),
            (["--party", "gazette"], 3, 0, 1),
        ],
    )
    def test_filters(self, run: Run, filters: list[str], persons: int, counts: int, groups: int):
        data = json.loads(run("changes", *DAYS, *filters).stdout)
        found = [len(data[key]) for key in ("changes", "counts", "groups")]
        assert found == [persons, counts, groups]

    def test_a_correction_of_ours_moves_a_number_between_two_positions(self, run: Run):
        at = len(run("log", "--format", "nl").stdout.splitlines())
        claims = run("log", "--type", "count.claimed", "--format", "nl").stdout.splitlines()
        event = json.loads(claims[0])["id"]
        run("correct", event, "--set", "low=14", "--reason", "digits turned round")
        (moved,) = json.loads(run("changes", f"@{at}", f"@{at + 1}").stdout)["counts"]
        assert [one["cause"] for one in moved["causes"]] == ["corrected"]
        said = run("changes", f"@{at}", f"@{at + 1}", "--format", "md").stdout
        assert "is now 14 (5 January 2001); before, it was 41 (5 January 2001)" in said
        assert "digits turned round" in said

    def test_a_snapshot_compared_with_itself_has_none(self, run: Run):
        run("snapshot", "evening", "--as-of", DAYS[1])
        data = json.loads(run("changes", "evening", "evening").stdout)
        assert [data[key] for key in ("changes", "counts", "groups")] == [[], [], []]


class TestChanges:
    def test_the_default_is_json_and_the_answers_are_told_apart(self, run: Run):
        data = json.loads(run("changes", *DAYS).stdout)
        assert [data[side]["as_of"] for side in ("from", "to")] == list(DAYS)
        assert [one["kinds"][0] for one in data["changes"]] == ["status", "appeared"]

    @pytest.mark.parametrize(
        ("filters", "persons"),
        [
            (["--person", "Anita"], ["ana-perez"]),
            (["--person", "bo-lund"], []),
            (["--status", "released"], ["ana-perez"]),
            (["--status", "detained"], ["ana-perez", "cy-reed"]),
            (["--status", "released", "--status", "died"], ["ana-perez"]),
            (["--custody", "held", "--place", "the tower"], ["ana-perez"]),
            (["--nationality", "ES"], ["ana-perez"]),
            (["--party", "union"], ["cy-reed"]),
            (["--kind", "appeared"], ["cy-reed"]),
            (["--cause", "reported"], ["ana-perez", "cy-reed"]),
            (["--cause", "corrected"], []),
        ],
    )
    def test_filters(self, run: Run, filters: list[str], persons: list[str]):
        assert changed(run("changes", *DAYS, *filters)) == persons

    @pytest.mark.parametrize(
        ("option", "code"),
        [
            (["--status", "freed"], 2),
            (["--custody", "jail"], 2),
            (["--cause", "rumour"], 2),
            (["--kind", "mood"], 2),
            (["--format", "rss"], 2),
            (["--person", "Nobody"], 1),
            (["--party", "nobody"], 1),
            (["--projection", "nowhere"], 1),
        ],
    )
    def test_a_wrong_word_is_refused(self, run: Run, option: list[str], code: int):
        result = run("changes", *DAYS, *option, code=code)
        assert option[1] in result.stderr
        assert result.stdout == ""

    @pytest.mark.parametrize("state", ["yesterday", "2001-13-01", "8/1/2001", "@999"])
    def test_a_state_that_is_none_is_refused_with_a_right_one(self, run: Run, state: str):
        for args in ((state, DAYS[1]), (DAYS[0], state)):
            result = CliRunner().invoke(cli.app, ["changes", *args], prog_name="habeas")
            assert result.exit_code in {1, 2}
            assert "Hint: " in result.stderr

    def test_every_format_is_written(self, run: Run):
        for form in ("table", "json", "nl", "csv", "md", "atom", "jsonfeed"):
            assert "Ana Pérez" in run("changes", *DAYS, "--format", form).stdout

    def test_a_feed_is_no_format_of_a_roster(self, run: Run):
        assert "atom" in run("status", "--format", "atom", code=2).stderr

    def test_evidence_that_changes_nothing_comes_with_all(self, run: Run):
        run(
            *("add", "detail", "bo-lund", "occupation", "baker"),
            *("--document", "gazette-2", "--locator", "¶ 7"),
        )
        assert "bo-lund" not in changed(run("changes", *DAYS))
        found = json.loads(run("changes", *DAYS, "--all", "--person", "bo-lund").stdout)
        assert found["changes"][0]["kinds"] == ["evidence"]

    def test_the_day_asked_about(self, run: Run):
        assert changed(run("changes", *DAYS, "--on", "2000-12-31")) == ["cy-reed"]

    def test_between_positions_and_between_snapshots(self, run: Run):
        run("snapshot", "morning", "--as-of", DAYS[0])
        run("snapshot", "evening", "--as-of", DAYS[1])
        assert changed(run("changes", "morning", "evening")) == ["ana-perez", "cy-reed"]
        result = run("changes", "morning", DAYS[1], "--on", "2000-12-31")
        assert "'morning' keeps its own day" in result.stderr
        assert changed(run("changes", "@8", "@13")) == ["ana-perez", "bo-lund", "cy-reed"]


class TestSnapshots:
    def test_a_snapshot_prints_its_id_and_how_to_cite_it(self, run: Run):
        result = run("snapshot", "morning", "--as-of", DAYS[0])
        assert len(result.stdout) == len("q6jccw24okk5euvfzeby\n")
        assert "Cite it as habeas:invented/morning@" in result.stderr

    @pytest.mark.parametrize("name", ["2001-01-08", "@12", "morning"])
    def test_a_name_that_is_taken_or_reads_as_a_state_is_refused(self, run: Run, name: str):
        run("snapshot", "morning")
        assert "Hint: " in run("snapshot", name, code=1).stderr

    def test_they_are_listed_with_whether_they_can_be_produced(self, run: Run):
        run("snapshot", "morning", "--as-of", DAYS[0])
        [one] = json.loads(run("snapshots").stdout)["snapshots"]
        assert (one["name"], one["same"], one["differs"]) == ("morning", True, None)
        for form in ("table", "nl", "csv", "md"):
            assert "morning" in run("snapshots", "--format", form).stdout

    def test_none_yet(self, run: Run):
        assert "None has been taken" in run("snapshots", "--format", "table").stdout


class TestCitations:
    def test_an_answer_is_the_same_bytes_from_the_same_log_elsewhere(self, run: Run):
        citation = run("cite", "morning", "--as-of", DAYS[0]).stdout.strip()
        assert citation.startswith("habeas:invented/morning@")
        here = run("answer", citation)
        assert here.stderr == ""
        run("snapshot", "later")
        run("export", "log.jsonl")
        run("import", "log.jsonl", "--db", "other.db")
        assert run("answer", citation, "--db", "other.db").stdout == here.stdout
        assert "Ana Pérez" in run("answer", citation, "--format", "md").stdout

    def test_what_is_cited_already_is_cited_again(self, run: Run):
        first = run("cite", "--as-of", DAYS[0], "--at-log", "@9").stdout
        assert run("cite", "--as-of", DAYS[0], "--at-log", "@9").stdout == first
        named = run("cite", "morning", "--as-of", DAYS[0]).stdout
        assert run("cite", "morning").stdout == named
        assert run("cite", "morning", "--as-of", DAYS[0]).stdout == named

    def test_a_snapshot_is_not_cited_for_another_question(self, run: Run):
        run("snapshot", "morning", "--as-of", DAYS[0])
        for option in (["--as-of", DAYS[1]], ["--on", "2000-12-31"], ["--at-log", "@3"]):
            assert "another question" in run("cite", "morning", *option, code=1).stderr

    def test_an_answer_that_differs_says_why_and_fails(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ):
        citation = run("cite", "morning", "--as-of", DAYS[0]).stdout.strip()
        for module in ("projections.basis", "case.snapshots"):
            monkeypatch.setattr(f"habeas.{module}.ENGINE", "999")
        result = run("answer", citation, code=1)
        assert "it was answered by engine 1; this is engine 999" in result.stderr
        assert f"habeas status --as-of {DAYS[0]} --at-log @" in result.stderr
        assert result.stdout == ""

    @pytest.mark.parametrize(
        "citation",
        ["morning", "habeas:other/morning@" + "0" * 64, "habeas:invented/evening@" + "0" * 64],
    )
    def test_what_names_no_answer_of_this_log_is_refused(self, run: Run, citation: str):
        run("snapshot", "morning")
        assert "Hint: " in run("answer", citation, code=1).stderr

    def test_another_log_is_told(self, run: Run):
        run("snapshot", "morning")
        citation = "habeas:invented/morning@" + "0" * 64
        assert "root" in run("answer", citation, code=1).stderr


PROJECTION = """\
title = "What changed"
view = "changes"
as_of = ["2001-01-07", "2001-01-08", "2001-01-09"]
formats = ["md", "json", "csv", "atom", "jsonfeed"]
author = "The desk"
url = "https://example.org/changes/"
"""


@pytest.fixture
def question(tmp_path: Path) -> Path:
    folder = tmp_path / "projections" / "changes"
    folder.mkdir(parents=True)
    (folder / "projection.toml").write_text(PROJECTION, encoding="utf-8")
    return folder


class TestPublishing:
    def test_each_two_days_that_follow_each_other_are_compared(self, run: Run, question: Path):
        run("publish")
        endings = ("atom", "csv", "json", "jsonfeed.json", "md")
        pairs = ("2001-01-07..2001-01-08", "2001-01-08..2001-01-09")
        names = sorted(path.name for path in question.iterdir())
        assert names == [
            *(f"{pair}.{ending}" for pair in pairs for ending in endings),
            "projection.toml",
        ]
        text = (question / f"{pairs[1]}.md").read_text("utf-8")
        assert text.startswith("# What changed, from 8 to 9 January 2001\n")
        feed = json.loads((question / f"{pairs[1]}.jsonfeed.json").read_text("utf-8"))
        assert feed["feed_url"] == f"https://example.org/changes/{pairs[1]}.jsonfeed.json"
        assert feed["authors"] == [{"name": "The desk"}]

    def test_publishing_again_writes_nothing_and_the_check_agrees(self, run: Run, question: Path):
        run("publish")
        assert "Nothing has changed." in run("publish").stderr
        run("publish", "--check")
        (question / "2001-01-01..2001-01-02.atom").write_text("<feed/>", encoding="utf-8")
        changed = question / "2001-01-08..2001-01-09.md"
        changed.write_text(changed.read_text("utf-8").replace("Ana", "Eva"), encoding="utf-8")
        said = run("publish", "--check", code=1).stderr
        assert "2001-01-01..2001-01-02.atom: no projection asks for this answer" in said
        assert "2001-01-08..2001-01-09.md:7: this answer is not what the log gives now" in said

    @pytest.mark.parametrize(
        ("old", "new", "finding"),
        [
            ("title = ", "titel = ", "a projection has no key `titel`"),
            ('"2001-01-07", "2001-01-08", ', "", "`as_of` names fewer than two days to compare"),
            ('"2001-01-07", ', '"2001-01-09", ', "`as_of` names a day twice"),
            ('view = "changes"', 'view = "roster"', "`formats` is 'atom'"),
            ('"csv"', '"pdf"', "`formats` is 'pdf'"),
            ('author = "The desk"', "author = 7", "`author` is 7"),
        ],
    )
    def test_a_fault_is_a_finding(self, run: Run, question: Path, old: str, new: str, finding: str):
        path = question / "projection.toml"
        path.write_text(PROJECTION.replace(old, new), encoding="utf-8")
        with pytest.raises(BadData) as found:
            projection_file.read(path)
        assert finding in [one.message for one in found.value.findings]
        assert finding in run("publish", code=1).stderr

    def test_a_timeline_and_a_roster_are_asked_for_each_day(self, run: Run, question: Path):
        path = question / "projection.toml"
        for view in ("roster", "timeline"):
            text = f'title = "T"\nview = "{view}"\nas_of = ["2001-01-08", "2001-01-09"]\n'
            path.write_text(text, encoding="utf-8")
            with Case.open("habeas.db") as case:
                publishing.publish(case, question.parent)
            assert "Ana Pérez" in (question / "2001-01-09.md").read_text("utf-8")
