"""The hook that guards `events/*.jsonl`, in real git repositories."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from habeas.log.hashes import commitment_of, leaf_of

HOOK = Path(__file__).parents[1] / "tools" / "append_only.py"
LOG = "events/invented.jsonl"

# Two whole lines and the first one's leaf, computed once with sha256sum and base32.
FIRST = (
    '{"data":{"case":"invented","timezone":"America/Caracas","title":"Ñandú"},"id":"ka4'
    '3gnepb2o6gfdenoxl","recorded":"2001-02-03T04:05:06.000007Z","recorder":"unnamed","'
    'salt":"00112233445566778899aabbccddeeff","seq":1,"type":"case.opened","version":1}\n'
).encode()
SECOND = (
    b'{"data":{"name":"No one","person":"no-one"},"id":"a7jmjqeodcoirqoz3tai","recorded"'
    b':"2001-02-03T04:05:07.000007Z","recorder":"unnamed","salt":"ffeeddccbbaa9988776655'
    b'4433221100","seq":2,"type":"person.registered","version":1}\n'
)
FIRST_REDACTED = (
    b'{"commitment":"5039b3348f0e9de314646baeb9af91037fdd5f9ff9da776ca1baf306b7753101","'
    b'id":"ka43gnepb2o6gfdenoxl","recorded":"2001-02-03T04:05:06.000007Z","seq":1,"type"'
    b':"case.opened","version":1}\n'
)


class Repository:
    """A git repository of our own, untouched by the settings of who runs the tests."""

    def __init__(self, path: Path) -> None:
        self.path = path
        unset = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self.environment = unset | {
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_AUTHOR_NAME": "A",
            "GIT_COMMITTER_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        self.run("git", "init", "-q", "-b", "main")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.path, env=self.environment, check=True, capture_output=True, text=True
        )

    def stage(self, content: bytes, name: str = LOG) -> None:
        path = self.path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        self.run("git", "add", name)

    def commit(self, content: bytes, name: str = LOG) -> str:
        self.stage(content, name)
        self.run("git", "commit", "-q", "-m", "a commit")
        return self.run("git", "rev-parse", "HEAD").stdout.strip()

    def hook(self, *arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, HOOK, *arguments],
            cwd=self.path,
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.stdout == ""
        return done.returncode, done.stderr


@pytest.fixture
def repository(tmp_path):
    return Repository(tmp_path)


@pytest.mark.parametrize(
    "after",
    [
        FIRST + SECOND,
        FIRST + SECOND + FIRST,
        FIRST_REDACTED + SECOND,
        FIRST_REDACTED + SECOND + SECOND,
    ],
    ids=["unchanged", "appended", "redacted", "redacted and appended"],
)
def test_an_append_and_a_redaction_pass(repository, after):
    repository.commit(FIRST + SECOND)
    repository.stage(after)
    assert repository.hook() == (0, "")


@pytest.mark.parametrize(
    ("before", "after", "line", "what"),
    [
        (FIRST + SECOND, FIRST + SECOND.replace(b"one", b"two"), 2, "neither"),
        (FIRST + SECOND, SECOND + FIRST, 1, "neither"),
        (FIRST + SECOND, SECOND + FIRST + SECOND, 1, "neither"),
        (FIRST + SECOND, FIRST, 2, "gone"),
        (FIRST + SECOND, b"", 1, "gone"),
        (FIRST_REDACTED, FIRST, 1, "neither"),
        (FIRST, FIRST_REDACTED.replace(b'"version":1', b'"version":2'), 1, "neither"),
        (FIRST, FIRST_REDACTED.replace(b'"seq":1', b'"seq": 1'), 1, "neither"),
        (FIRST, FIRST_REDACTED.replace(b'"commitment":"', b'"commitment":"0'), 1, "neither"),
        (b"no event\n", b"no event either\n", 1, "neither"),
        (FIRST, FIRST + SECOND.replace(b"\n", b"\r\n"), 2, "carriage return"),
        (FIRST, FIRST + SECOND[:-1], 2, "line feed"),
    ],
    ids=[
        "changed",
        "swapped",
        "inserted before",
        "cut off",
        "emptied",
        "un-redacted",
        "redacted to another leaf",
        "redacted with a space",
        "redacted to another commitment",
        "no event",
        "carriage return",
        "no line feed at the end",
    ],
)
def test_anything_else_is_refused_with_its_line(repository, before, after, line, what):
    repository.commit(before)
    repository.stage(after)
    code, said = repository.hook()
    assert code == 1
    assert said.startswith(f"Error: {LOG}:{line}: ")
    assert what in said
    assert f"git restore --source=HEAD --staged --worktree -- ':/{LOG}'" in said


@pytest.mark.parametrize(
    "command", ["rm events/invented.jsonl", "mv events/invented.jsonl x.jsonl"]
)
def test_a_log_is_neither_deleted_nor_renamed(repository, command):
    repository.commit(FIRST)
    repository.run("git", *command.split())
    code, said = repository.hook()
    assert code == 1
    assert said.startswith(f"Error: {LOG}: the log is deleted or renamed")


def test_a_new_log_may_be_added_even_by_the_first_commit(repository):
    repository.stage(FIRST)
    assert repository.hook() == (0, "")
    repository.commit(FIRST)
    repository.stage(SECOND, "events/another.jsonl")
    assert repository.hook() == (0, "")


def test_a_new_log_needs_its_line_ends_too(repository):
    repository.stage(FIRST.replace(b"\n", b"\r\n"))
    code, said = repository.hook()
    assert code == 1
    assert said.startswith(f"Error: {LOG}:1: ")
    assert "habeas export" in said
    assert "git restore" not in said


def test_only_logs_are_guarded_and_only_what_is_staged(repository):
    repository.commit(FIRST)
    repository.commit(b"a\n", "events/README.md")
    repository.stage(b"b\n", "events/README.md")
    (repository.path / LOG).write_bytes(b"")
    assert repository.hook() == (0, "")


def test_every_log_is_judged_from_any_folder(repository):
    repository.commit(FIRST)
    repository.commit(FIRST, "events/ñandú two.jsonl")
    repository.stage(SECOND)
    repository.stage(SECOND, "events/ñandú two.jsonl")
    repository.path /= "events"
    code, said = repository.hook()
    assert code == 1
    assert said.count("Error: events/") == 2
    assert "events/ñandú two.jsonl:1: " in said


def test_a_range_of_commits_is_judged_from_where_it_branched(repository):
    base = repository.commit(FIRST)
    repository.commit(FIRST + SECOND)
    assert repository.hook("--base", base) == (0, "")
    repository.run("git", "branch", "ahead")
    repository.run("git", "reset", "-q", "--hard", base)
    repository.commit(SECOND)
    code, said = repository.hook("--base", "ahead")
    assert code == 1
    assert said.startswith(f"Error: {LOG}:1: ")
    assert f"--source={base}" in said


def test_an_unknown_revision_is_told_apart_from_a_fault(repository):
    repository.commit(FIRST)
    code, said = repository.hook("--base", "nowhere")
    assert code == 2
    assert said.startswith("Error: git merge-base nowhere HEAD: ")


def test_the_hook_and_the_log_agree_on_the_redacted_form():
    salt = bytes.fromhex("00112233445566778899aabbccddeeff")
    payload = (
        '{"data":{"case":"invented","timezone":"America/Caracas","title":"Ñandú"},'
        '"recorder":"unnamed"}'
    )
    leaf = leaf_of(
        commitment=commitment_of(salt, payload.encode()),
        recorded=981_173_106_000_007,
        seq=1,
        type_="case.opened",
        version=1,
    )
    assert leaf + b"\n" == FIRST_REDACTED
