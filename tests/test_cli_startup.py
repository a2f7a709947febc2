"""What a command imports: no more than it uses. Each in a process of its own; none is timed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from random_logs import grown
from test_glancing import DETAINED, stored

_PROBE = """\
import sys
from habeas.cli import process

def leave(code):
    sys.stdout.flush()
    sys.stderr.write("\\n".join([str(code), *sys.modules]))

process.leave = leave
sys.argv[0] = "habeas"
from habeas.cli import main
main()
"""
LOG = ("attrs", "habeas.events", "habeas.codec", "habeas.log.records", "habeas.log.state")
"""What reads a log event by event."""

ANSWERS = ("habeas.resolve.history", "habeas.projections.person")
WRITES = ("habeas.log.admit", "habeas.case.appending", "habeas.store.writer", "sqlite_utils")


def imported(*words: str) -> set[str]:
    """The modules that a command line imports."""
    command = [sys.executable, "-c", _PROBE, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    code, *modules = done.stderr.splitlines()
    assert code in {"0", "None"}
    assert done.stdout
    return set(modules)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stored(tmp_path_factory.mktemp("case"), grown([DETAINED]).case.events())


@pytest.mark.parametrize("format_", ["table", "json", "nl", "csv", "md"])
def test_the_roster_is_told_without_what_reads_a_log(database, format_):
    found = imported("status", "--db", str(database), "--format", format_)
    assert not found & {*LOG, *ANSWERS, *WRITES, "dateutil"}


@pytest.mark.parametrize("format_", ["table", "json"])
def test_a_person_is_told_without_what_reads_a_log(database, format_):
    found = imported("status", "person-0", "--db", str(database), "--format", format_)
    assert not found & {*LOG, *WRITES}


@pytest.mark.parametrize("words", [(), ("status",), ("add",), ("add", "person"), ("load",)])
def test_help_needs_no_case(words):
    found = imported(*words, "--help")
    assert not found & {*LOG, *ANSWERS, *WRITES, "json", "zoneinfo", "pysqlite3", "sqlite3"}


def test_the_form_of_the_log_is_told_without_a_store():
    found = imported("schema")
    assert not found & {*ANSWERS, *WRITES, "habeas.store.sqlite", "pysqlite3", "sqlite3"}


def test_a_log_is_exported_without_what_answers_or_writes(database):
    found = imported("export", "--db", str(database))
    assert not found & {*ANSWERS, "habeas.log.admit", "habeas.case.appending"}


def test_a_library_s_user_imports_what_he_asks_for():
    code = "import sys, habeas; print([one for one in sys.modules if one.startswith('habeas.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['habeas.late']\n"
