"""Faults: locks, no room, no right, no database, inputs cut, outputs that end, clocks set back.

Each through the command line: a clear error, the exit code that was promised, what was acknowledged
there afterwards, and a log that verifies. What kills commands is `test_torture`.
"""

from __future__ import annotations

import contextlib
import os
import random
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from habeas import cli
from habeas.case import Case, verifying
from habeas.errors import Refused
from habeas.events import PersonRegistered, build
from habeas.store import open_store
from habeas.store.library import wal_is_safe
from stored import filled

HABEAS = (sys.executable, "-m", "habeas")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A database, and a text log that goes on where it ends."""
    folder = tmp_path_factory.mktemp("world")
    filled(folder / "more.db", 300)[0].close()
    filled(folder / "log.db", 200)[0].close()
    with Case.open(folder / "more.db") as case:
        (folder / "more.jsonl").write_bytes(b"".join(case.export()))
    return folder


def test_a_clock_that_goes_backwards_is_told_after_a_day(tmp_path, entropy):
    now = [981_173_106_000_007]
    with Case.open(tmp_path / "log.db", create=True, clock=lambda: now[0], entropy=entropy) as case:
        case.open_case("invented", title="Invented", timezone="UTC", recorder="desk")
        now[0] -= 3_600_000_000
        case.append(build(PersonRegistered, {"person": "ana", "name": "Ana Nobody"}))
        now[0] -= 86_400_000_000
        with pytest.raises(Refused, match="the clock says"):
            case.append(build(PersonRegistered, {"person": "bo", "name": "Bo Nobody"}))
    assert verifying.verified(tmp_path / "log.db").sound


READERS = (
    *(["status"], ["timeline"], ["log"], ["show", "@9"], ["changes", "@100", "@200"], ["export"]),
    *(["verify"], ["counts"], ["snapshots"], ["explain", "person-1"], ["prove", "@9"]),
)
WRITERS = (
    ["add", "person", "p-new", "--name", "Nobody"],
    ["correct", "@7", "--set", "name=Somebody", "--reason", "misread"],
    ["withhold", "person:person-2", "--reason", "asked"],
    ["snapshot", "morning", "--as-of", "2001-01-20"],
    ["rebuild", "--new"],
    ["redact", "@9", "--reason", "asked"],
    ["import", "more.jsonl"],
)
OUTPUTS = (["backup", "copy.db"], ["export", "out.jsonl"], ["publish", "--site", "site"])


@pytest.fixture
def here(world, tmp_path, monkeypatch):
    """A folder of its own, with a copy of the database under the name that commands expect."""
    shutil.copy(world / "log.db", tmp_path / "habeas.db")
    shutil.copy(world / "more.jsonl", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HABEAS_DB", raising=False)
    return tmp_path


def told(words, code, *, contains=""):
    """Run a command in this process; check its exit code, and that an error is clear."""
    done = CliRunner().invoke(cli.app, words)
    said = done.stderr
    assert done.exit_code == code, (words, said, done.exception)
    assert "Traceback" not in said
    assert "a bug in habeas" not in said
    if code:
        assert said.startswith(("Error: ", "Usage: ")), said
        assert contains in said
    return done


def run(words, **options):
    """Run a command as a process of its own, which may be given limits."""
    return subprocess.run([*HABEAS, *words], capture_output=True, check=False, **options)


def assert_untouched(path, count=200):
    report = verifying.verified(path)
    assert report.faults == ()
    assert report.verdict.position == count


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
def test_who_writes_a_locked_database_is_told_so(here, words, monkeypatch, tried):
    monkeypatch.setattr("habeas.case.main.open_store", partial(open_store, patience=0.05))
    monkeypatch.setattr("habeas.store.erasing.PATIENCE", 0.05)
    other = open_store(here / "habeas.db")
    with other.appending():
        told(words, 1, contains="another process has kept")
        if wal_is_safe():
            for reading in (["status"], ["log"], ["verify"]):
                told(reading, 0)
    other.close()
    assert_untouched(here / "habeas.db")
    tried("a database that another process keeps locked", 1)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for a limit of file size")
@pytest.mark.parametrize("room", [0, 4_096, 40_000])
@pytest.mark.parametrize("words", [*WRITERS, *OUTPUTS], ids=" ".join)
def test_no_room_loses_nothing(here, words, room, tried):
    import resource  # noqa: PLC0415 - POSIX's

    (here / "out.jsonl").write_bytes(b"as it was\n")
    limit = 33_000 + room

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = run(words, preexec_fn=limited)
    assert done.returncode in (0, 1), done.stderr
    assert (b"Error: " in done.stderr) == (done.returncode == 1)
    assert (b"Hint: " in done.stderr) == (done.returncode == 1)
    assert b"a bug in habeas" not in done.stderr
    report = verifying.verified(here / "habeas.db")
    # A redaction that was cut short says so, and is finished by the next one.
    assert all("redact" in one for one in report.faults), report.faults
    with Case.open(here / "habeas.db") as case:
        printed = done.stdout.decode().split() if words in WRITERS[:4] else []
        assert all(len(case.store.with_prefix(id_)) == 1 for id_ in printed)
    assert report.verdict.position == 200 or done.returncode == 0 or words[0] == "redact"
    assert (here / "out.jsonl").read_bytes().count(b"\n") in (1, 200)
    if (here / "copy.db").exists():
        assert_untouched(here / "copy.db")
    assert run(words).returncode in (0, 1)
    assert_untouched(here / "habeas.db", verifying.verified(here / "habeas.db").verdict.position)
    tried("no room on the disk (`RLIMIT_FSIZE`)", 1)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 1 MB, where we may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "habeas-test", str(folder)]
    mounted = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount")
    if not mounted or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root mounts a file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_file_system_loses_nothing(world, small_disk, tried):
    path = shutil.copy(world / "log.db", small_disk / "habeas.db")
    acknowledged, failed = [], 0
    for number in range(40):
        words = ["import", str(world / "more.jsonl")] if number == 20 else None
        words = words or ["add", "person", f"p-{number}", "--name", "Nobody " * 140]
        done = CliRunner().invoke(cli.app, [*words, "--db", str(path)])
        assert done.exit_code in (0, 1), done.stderr
        acknowledged += done.stdout.split()
        failed += done.exit_code
        if number == 2:
            room = shutil.disk_usage(small_disk).free
            (small_disk / "ballast").write_bytes(bytes(max(room - 60_000, 0)))
    for words in (["backup", str(small_disk / "copy.db")], ["export", str(small_disk / "x.jsonl")]):
        done = CliRunner().invoke(cli.app, [*words, "--db", str(path)])
        assert done.exit_code == 1
        assert "Hint: " in done.stderr
    assert failed > 5
    (small_disk / "ballast").unlink()
    report = verifying.verified(path)
    assert report.sound
    assert report.verdict.position == 200 + len(acknowledged)
    assert {one.name for one in small_disk.iterdir()} <= {
        *("habeas.db", "habeas.db-wal", "habeas.db-shm"),
    }
    told(["add", "person", "p-last", "--name", "Nobody", "--db", str(path)], 0)
    tried("a full file system (1 MB)", 40)


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_what_is_read_only_is_read_and_not_written(world, monkeypatch):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(world / "log.db", folder / "habeas.db")
        shutil.copy(world / "more.jsonl", folder)
        for words in READERS:  # so that all is imported which nobody may read
            told([*words, "--db", str(world / "log.db")], 0)
        for mode, inside in ((0o444, 0o755), (0o644, 0o555), (0o444, 0o555)):
            (folder / "habeas.db").chmod(mode)
            folder.chmod(inside)
            monkeypatch.chdir(folder)
            with as_nobody():
                for words in READERS:
                    told(words, 0)
                for words in WRITERS:
                    told(words, 1, contains="cannot be written")
                for words in OUTPUTS[:2]:
                    told(words, 1)
            folder.chmod(0o755)
            assert_untouched(folder / "habeas.db")


@contextlib.contextmanager
def as_nobody():
    """Without the right of root to write what permissions forbid."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.parametrize("content", [b"", b"no database\n" * 600, None], ids=["empty", "text", "-"])
def test_what_is_no_database_is_named_and_left_alone(here, content):
    path = here / "other.db"
    if content is not None:
        path.write_bytes(content)
    for words in (*READERS, *WRITERS[:6], ["backup", "copy.db"]):
        told([*words, "--db", str(path)], 1, contains="other.db")
        assert (path.read_bytes() if path.exists() else None) == content


@pytest.mark.parametrize("words", [*READERS, *WRITERS, *OUTPUTS], ids=" ".join)
def test_a_database_of_a_newer_version_is_left_alone(here, words):
    with contextlib.closing(sqlite3.connect(here / "habeas.db")) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = (here / "habeas.db").read_bytes()
    told(words, 1, contains="written by a newer habeas")
    assert (here / "habeas.db").read_bytes() == before


def test_a_log_cut_anywhere_is_refused_and_goes_on_when_whole(here, tried, monkeypatch):
    whole = (here / "more.jsonl").read_bytes()[:60_000]
    whole = whole[: whole.rindex(b"\n") + 1]
    chance = random.Random(5)  # noqa: S311 - the same cuts each time
    cuts = [
        at for at in (chance.randrange(1, len(whole)) for _ in range(40)) if whole[at - 1] != 10
    ]
    for number, cut in enumerate(cuts):
        (here / "cut.jsonl").write_bytes(whole[:cut])
        db = str(here / f"{number}.db")
        told(["import", "cut.jsonl", "--db", db], 1, contains=f"line {whole[:cut].count(10) + 1}")
        assert not Path(db).exists()
        if number % 10 == 0:
            (here / "whole.jsonl").write_bytes(whole)
            told(["import", "whole.jsonl", "--db", db], 0)
            assert_untouched(Path(db), whole.count(b"\n"))
    tried("an exported log cut in the middle of a line", len(cuts))


def test_a_clock_set_back_is_told_on_the_command_line(here, monkeypatch):
    last = verifying.verified(here / "habeas.db").verdict.recorded
    now = [last + 3_600_000_000]
    monkeypatch.setattr(time, "time_ns", lambda: now[0] * 1_000)
    told(["add", "person", "p-1", "--name", "One"], 0)
    now[0] = last - 3_600_000_000  # some hours behind: events come one microsecond apart
    told(["add", "person", "p-2", "--name", "Two"], 0)
    now[0] = last - 3 * 86_400_000_000
    for words in WRITERS[:4]:
        told(words, 1, contains="more than a day later")
    assert_untouched(here / "habeas.db", 202)


def test_a_full_pipe_waits_and_loses_nothing(here):
    process = subprocess.Popen([*HABEAS, "export", "--db", "habeas.db"], stdout=subprocess.PIPE)
    time.sleep(0.5)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    with Case.open(here / "habeas.db") as case:
        assert out == b"".join(case.export())


@pytest.mark.parametrize("words", [["export"], ["log"], ["status"], ["log", "--format", "csv"]])
def test_a_reader_that_goes_away_is_no_fault(here, words):
    command = f"'{sys.executable}' -m habeas {' '.join(words)} | head -1 | wc -l"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == (b"1", b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")  # noqa: PTH110
@pytest.mark.parametrize("words", [["export"], ["log"], ["verify"], WRITERS[0]], ids=" ".join)
def test_a_full_output_is_told(here, words):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run([*HABEAS, *words], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert b"Error: " in done.stderr
    assert b"Hint: " in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_closed_output_is_told_before_anything_is_done(here):
    """A database that was opened as number 1 would be what is printed to."""
    for words in (["status"], WRITERS[0]):
        line = f"'{sys.executable}' -m habeas {shlex.join(words)} >&-"
        done = subprocess.run(["bash", "-c", line], capture_output=True, check=False)
        assert done.returncode == 1
        assert done.stderr.startswith(b"Error: stdout is closed")
    line = f"'{sys.executable}' -m habeas status nobody 2>&- 0>&-"
    assert subprocess.run(["bash", "-c", line], check=False).returncode == 1
    assert_untouched(here / "habeas.db")
