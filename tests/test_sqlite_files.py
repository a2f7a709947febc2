"""The files of a log in SQLite: which are ours, who may read them, copies, and a full disk."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

import pytest

from habeas.errors import BadLog, HabeasError, Refused, UnknownName
from habeas.store import connection as connections
from habeas.store import open_store, schema
from habeas.store.library import sqlite3 as shipped
from invented import invented_log
from stored import added, assert_whole, bare, filled


@pytest.fixture
def path(tmp_path):
    return tmp_path / "habeas.db"


def test_a_database_is_made_only_when_asked(path):
    with pytest.raises(UnknownName, match="there is no database") as caught:
        open_store(path)
    assert "habeas init" in caught.value.hint
    assert not path.exists()


def test_an_empty_file_holds_no_log(path):
    path.touch()
    with pytest.raises(UnknownName, match="no log has been begun"):
        open_store(path)
    open_store(path, create=True).close()
    open_store(path).close()


@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_database_is_named_and_kept(path, create):
    path.write_bytes(b"these are my notes, all of them " * 200)
    with pytest.raises(BadLog, match=r"habeas\.db is not a database"):
        open_store(path, create=create)
    assert path.read_bytes().startswith(b"these are my notes")


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("mark", ["", "PRAGMA application_id = 7"])
def test_a_database_of_another_program_is_left_alone(path, create, mark):
    with bare(path) as connection:
        connection.executescript(f"CREATE TABLE photos(name); {mark}")
    before = path.read_bytes()
    with pytest.raises(BadLog, match="of another program"):
        open_store(path, create=create)
    assert path.read_bytes() == before


def test_a_database_of_a_newer_habeas_is_left_alone(path):
    filled(path)[0].close()
    with bare(path) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with pytest.raises(HabeasError, match="newer habeas") as caught:
        open_store(path)
    assert caught.value.hint == "upgrade habeas"


@pytest.mark.parametrize("create", [True, False])
def test_a_folder_is_no_database(tmp_path, create):
    with pytest.raises(HabeasError, match="is no file"):
        open_store(tmp_path, create=create)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(HabeasError, match="no database can be made at"):
        open_store(tmp_path / "no" / "habeas.db", create=True)


@pytest.mark.parametrize("name", ["a b.db", "a?b#c%41.db", "ñandú.db", ":memory:", "file:x.db"])
def test_any_name_will_do(tmp_path, name, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store, log = filled(Path(name))
    store.close()
    assert [one.name for one in tmp_path.iterdir()] == [name]
    store = open_store(tmp_path / name)
    assert list(store.records()) == log
    store.close()


def test_a_torn_database_is_damaged(path):
    store, _ = filled(path, 400)
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadLog, match="damaged"):
        list(open_store(path).records())


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_files_are_their_owners_alone(path):
    before = os.umask(0)
    try:
        store, log = filled(path)
        with store.appending() as writer:
            writer.add(invented_log(1, after=log))
            during = {one.name: stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()}
        store.backup(path.with_name("copy.db"))
        store.close()
    finally:
        os.umask(before)
    assert len(during) >= 2
    assert set(during.values()) == {0o600}
    assert stat.S_IMODE(path.with_name("copy.db").stat().st_mode) == 0o600


@contextlib.contextmanager
def as_nobody():
    """Without the right of root to read and write what permissions forbid."""
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
@pytest.mark.parametrize("folder", [0o555, 0o777])
@pytest.mark.parametrize("file", [0o444, 0o666])
def test_what_is_read_only_is_read(file, folder):
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "habeas.db")
        store, log = filled(path)
        store.close()
        path.chmod(file)
        path.parent.chmod(folder)
        with contextlib.nullcontext() if os.geteuid() else as_nobody():
            store = open_store(path)
            assert (store.head().position, len(list(store.records()))) == (30, 30)
            store.close()
            more = invented_log(1, after=log)
            if (file, folder) == (0o666, 0o777):
                added(path, more)
            else:
                with pytest.raises(HabeasError, match="cannot be written"):
                    added(path, more)
        path.parent.chmod(0o700)


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_what_may_not_be_read_is_named():
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "habeas.db")
        filled(path)[0].close()
        path.chmod(0o000)
        path.parent.chmod(0o755)
        with (
            contextlib.nullcontext() if os.geteuid() else as_nobody(),
            pytest.raises(HabeasError, match="cannot be opened"),
        ):
            open_store(path)


def test_a_backup_is_the_log_as_it_stands(path, tmp_path):
    store, log = filled(path)
    store.backup(tmp_path / "copy.db")
    with store.appending() as writer:
        writer.add(invented_log(1, after=log))
    copy = open_store(tmp_path / "copy.db")
    assert list(copy.records()) == log
    assert (
        copy.marked("person:person-1")
        == store.marked("person:person-1")[: len(copy.marked("person:person-1"))]
    )
    copy.close()
    store.close()
    assert assert_whole(tmp_path / "copy.db") == 30
    assert not list(tmp_path.glob("*.partial"))


def test_a_backup_overwrites_nothing(path, tmp_path):
    store, _ = filled(path)
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(Refused, match="already"):
        store.backup(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"
    with pytest.raises(HabeasError, match="No such file"):
        store.backup(tmp_path / "no" / "copy.db")
    store.close()


def test_a_full_disk_loses_nothing(path):
    store, log = filled(path)
    used = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {used + 4}")
    many = invented_log(500, after=log)
    full = pytest.raises(HabeasError, match="the disk is full: nothing was added")
    with full, store.appending() as writer:
        writer.add(many)
    assert store.head().position == 30
    store._connection.execute("PRAGMA max_page_count = 1000000")
    with store.appending() as writer:
        writer.add(many)
    store.close()
    assert assert_whole(path) == 530


def test_a_copy_cannot_be_made_on_a_full_disk(path, tmp_path, monkeypatch):
    store, _ = filled(path)

    def fail(_connection, _copy):
        error = shipped.OperationalError("database or disk is full")
        error.sqlite_errorcode = 13
        raise error

    monkeypatch.setattr(connections, "_copy", fail)
    with pytest.raises(HabeasError, match="disk is full"):
        store.backup(tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy.db*"))
    store.close()
