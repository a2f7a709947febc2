"""Importing in chunks: what is stopped keeps its last whole chunk, and goes on from there."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from habeas import cli, textlog
from habeas.case import Case, moving
from habeas.errors import BadLog, HabeasError
from habeas.store import MemoryStore
from habeas.store.sqlite import SqliteStore
from habeas.textlog import aside, runs, scanning
from invented import invented_log
from stored import bare


class _StoppedError(BaseException):
    """As when somebody presses Ctrl-C."""


@pytest.fixture
def lines():
    return [textlog.line_of(record) for record in invented_log(60)]


@pytest.fixture
def case(clock, entropy, monkeypatch):
    monkeypatch.setattr(moving, "CHUNK", 20)
    return Case(MemoryStore(), clock=clock, entropy=entropy)


def test_chunks_make_the_same_log(case, lines):
    assert case.import_log(lines) == 60
    assert list(case.export()) == lines
    assert case.import_log(lines) == case.import_log(lines[:30]) == case.import_log([]) == 0


def test_what_is_stopped_goes_on(case, lines):
    def stop(done, _total):
        if done >= 47:
            raise _StoppedError

    with pytest.raises(_StoppedError):
        case.import_log(lines, progress=stop)
    assert case.store.head().position == 40
    assert case.import_log(lines) == 20
    assert list(case.export()) == lines


# Read by a process of its own


@pytest.fixture
def file(tmp_path, lines, monkeypatch):
    monkeypatch.setattr(aside, "FEWEST", 10)
    monkeypatch.setattr(runs, "MOST", 7)
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"".join(lines))
    return path


def test_a_long_file_is_read_aside(case, lines, file):
    seen = []
    with file.open("rb") as text:
        assert case.import_log(text, progress=lambda *now: seen.append(now)) == 60
    assert list(case.export()) == lines
    assert seen == sorted(set(seen))
    assert seen[-1] == (60, 60)
    assert len(seen) > 8
    with file.open("rb") as text:
        assert case.import_log(text) == 0


def test_what_is_read_aside_is_stopped_and_goes_on(case, lines, file):
    def stop(done, _total):
        if done >= 47:
            raise _StoppedError

    with file.open("rb") as text, pytest.raises(_StoppedError):
        case.import_log(text, progress=stop)
    assert case.store.head().position == 40
    with file.open("rb") as text:
        assert case.import_log(text) == 20
    assert list(case.export()) == lines


def test_a_fault_that_is_found_aside_is_told_as_here(case, lines, file):
    spoilt = [*lines[:44], lines[45], *lines[46:]]
    file.write_bytes(b"".join(spoilt))
    with pytest.raises(BadLog) as here:
        list(scanning.scanned(spoilt))
    with file.open("rb") as text, pytest.raises(BadLog) as there:
        case.import_log(text)
    assert (there.value.message, there.value.hint) == (here.value.message, here.value.hint)
    assert case.store.head().position == 40, "all whole chunks before it are kept"


@pytest.mark.parametrize("written", ["", "00", "000001", "00000100e901"])
def test_a_process_that_comes_to_a_sudden_end_is_told(case, file, monkeypatch, written):
    program = (
        f"import sys; sys.stdout.buffer.write(bytes.fromhex('{written}')); raise SystemExit(3)"
    )
    monkeypatch.setattr(aside, "_PROGRAM", program)
    with file.open("rb") as text, pytest.raises(HabeasError, match="a sudden end"):
        case.import_log(text)
    assert case.store.head().position == 0


def test_a_file_that_is_begun_is_read_here(case, lines, file):
    with file.open("rb") as text:
        assert next(text) == lines[0]
        assert aside.length(text) is None
    assert aside.length(lines) is None


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        ("DELETE FROM event WHERE seq = 20", "some are gone"),
        ("DELETE FROM event WHERE seq = 21", "some are gone"),
        ("UPDATE event SET node = zeroblob(32) WHERE seq = 20", "its place in the tree is not"),
    ],
)
def test_a_database_at_fault_takes_nothing_in(tmp_path, clock, entropy, lines, spoil, fault):
    path = tmp_path / "log.db"
    store = SqliteStore(path, create=True)
    Case(store, clock=clock, entropy=entropy).import_log(lines)
    store.close()
    with bare(path, isolation_level=None) as connection:
        connection.execute("DROP TRIGGER event_stays")
        connection.execute("DROP TRIGGER event_is_fixed")
        connection.execute(spoil)
    store = SqliteStore(path)
    with pytest.raises(BadLog, match=fault):
        Case(store, clock=clock, entropy=entropy).import_log(lines)
    store.close()


def test_the_command_has_a_long_file_read_aside(tmp_path, monkeypatch, lines):
    seen = []
    received = aside._received
    monkeypatch.setattr(aside, "FEWEST", 10)
    monkeypatch.setattr(aside, "_received", lambda pipe: seen.append(pipe) or received(pipe))
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"".join(lines))
    said = CliRunner().invoke(cli.app, ["import", str(path), "--db", str(tmp_path / "log.db")])
    assert "60 events added" in said.stderr
    assert len(seen) == 1
