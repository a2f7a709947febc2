"""What the withdrawal of a group's claim leaves in force is told, by `load` and by `withdraw`."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from habeas import cli
from habeas.case import main

CASE = """\
[case]
case = "harbour"
title = "An invented case"
timezone = "Europe/Lisbon"

[[party]]
party = "lantern"
name = "Lantern"
kind = "monitor"

[[party]]
party = "courier"
name = "Courier"
kind = "media"

[[person]]
person = "ilse-varga"
name = "Ilse Varga"

[[person]]
person = "jon-pell"
name = "Jon Pell"
"""
LIST = """\
[document]
document = "list"
publisher = "lantern"
published = "2019-03-05"
title = "Who is out"

[[group]]
group = "students"
label = "two students"
status = "released"
operator = "="
low = 2
when = "2019-03-04"
members = ["ilse-varga", "jon-pell"]
ref = "out"

[[group]]
group = "students"
label = "two students"
status = "released"
operator = "="
low = 2
origin = "courier"
members = ["jon-pell"]
"""
SORRY = """\
[document]
document = "sorry"
publisher = "lantern"
published = "2019-03-08"
title = "A correction"

[[withdrawn]]
claim = "list#out"
"""
JON = '\n[[withdrawn]]\nclaim = "list#out-jon-pell"\n'
ILSE = '\n[[withdrawn]]\nclaim = "list#out-ilse-varga"\n'
BOTH = (
    "2 members' claims said of the group of list#out stay in force:"
    " list#out-ilse-varga, list#out-jon-pell\n"
    "  Hint: withdraw those too, if the source took them back\n"
)
ONE = (
    "1 member's claim said of the group of list#out stays in force: list#out-ilse-varga\n"
    "  Hint: withdraw it too, if the source took it back\n"
)


@pytest.fixture(params=[main.FEW, 0], ids=["read whole", "looked up"])
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest):
    """Run a command line where a list of two students is loaded; give what it says on stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HABEAS_DB", raising=False)
    monkeypatch.setattr(main, "FEW", request.param)

    def invoke(*words: str) -> str:
        result = CliRunner().invoke(cli.app, words, prog_name="habeas")
        assert result.exit_code == 0, (result.stderr, result.exception)
        return result.stderr

    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "case.toml").write_text(CASE, encoding="utf-8")
    (tmp_path / "seeds" / "list.toml").write_text(LIST, encoding="utf-8")
    assert "in force" not in invoke("load", "seeds")
    return invoke


@pytest.mark.parametrize(
    ("more", "said"), [("", BOTH), (JON, ONE), (JON + ILSE, "")], ids=["both", "one", "none"]
)
def test_a_dossier_that_withdraws_a_group(run, more, said):
    Path("sorry.toml").write_text(SORRY + more, encoding="utf-8")
    for words in (("load", "sorry.toml", "--dry-run"), ("load", "sorry.toml")):
        told = run(*words)
        assert said in told
        assert ("in force" in told) == bool(said)
    assert "in force" not in run("load", "sorry.toml")


def test_the_withdrawal_of_a_group_on_the_command_line(run):
    run(
        *("add", "document", "sorry", "--publisher", "lantern"),
        *("--published", "2019-03-08", "--title", "A correction"),
    )
    assert BOTH in run("withdraw", "list#out", "--document", "sorry", "--dry-run")
    assert "in force" not in run("withdraw", "list#out-jon-pell", "--document", "sorry")
    assert ONE in run("withdraw", "list#out", "--document", "sorry")
