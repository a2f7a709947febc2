"""A log in SQLite among processes: many writers, readers beside them, and law 11, death."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from habeas.errors import HabeasError
from habeas.log import Tree
from habeas.store import open_store
from habeas.store.library import sqlite3 as shipped
from habeas.store.library import wal_is_safe
from invented import invented_log
from stored import assert_whole, bare, filled

TESTS = Path(__file__).parent
SOURCE = TESTS.parent / "src"
LIBRARIES = ("shipped", "stdlib")
KILLS = 8 + int(os.environ.get("HABEAS_KILLS", "2"))
BLOCK = 3  # as many events does appender.py add at once


@pytest.fixture
def path(tmp_path):
    return tmp_path / "habeas.db"


@pytest.fixture
def python():
    """Start Pythons of their own, which find habeas and the tests; none outlives the test."""
    started = []

    def start(*arguments):
        environment = os.environ | {"PYTHONPATH": f"{SOURCE}{os.pathsep}{TESTS}"}
        process = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def finished(process):
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out.split("\n")


def write_together(python, path, library, processes, each):
    more = ["stdlib"] if library == "stdlib" else []
    started = [
        python(TESTS / "appender.py", path, each, f"writer-{n}", *more) for n in range(processes)
    ]
    acknowledged = [line for one in started for line in finished(one) if line[:1].isdigit()]
    assert len(acknowledged) == processes * each * BLOCK
    return acknowledged


READER = """
import sys, time
from pathlib import Path
if sys.argv[3:] == ["stdlib"]:
    sys.modules["pysqlite3"] = None
from habeas.log import Tree
from habeas.store import open_store
store, tree, views = open_store(Path(sys.argv[1])), Tree(), 0
while tree.size < int(sys.argv[2]):
    with store.reading():
        for record in store.records(after=tree.size):
            tree.add(record.leaf)
        head = store.head()
    assert (head.position, head.root) == (tree.size, tree.root())
    views += 1
    time.sleep(0.005)
print(views)
"""


@pytest.mark.parametrize("library", LIBRARIES)
def test_eight_writers_beside_four_readers_lose_nothing(python, path, library, tried):
    """Whichever library they use, readers see a whole log each time they look."""
    open_store(path, create=True).close()
    more = ["stdlib"] if library == "stdlib" else []
    readers = [python("-c", READER, path, 480, *more) for _ in range(4)]
    acknowledged = write_together(python, path, library, processes=8, each=20)
    assert all(int(finished(one)[0]) > 0 for one in readers)
    tried(f"appends of eight processes beside four readers, {library} SQLite", len(acknowledged))
    store = open_store(path)
    assert sorted(acknowledged) == sorted(f"{one.seq} {one.id}" for one in store.records())
    store.close()
    assert assert_whole(path) == 480


@pytest.mark.skipif(not wal_is_safe(), reason="without WAL, readers wait for a commit")
def test_readers_beside_writers_see_whole_logs_and_never_wait(python, path):
    open_store(path, create=True).close()
    writers = [python(TESTS / "appender.py", path, 40, f"writer-{n}") for n in range(3)]
    store, tree, seen = open_store(path, patience=0), Tree(), set()
    while any(one.poll() is None for one in writers):
        with store.reading():
            for record in store.records(after=tree.size):
                tree.add(record.leaf)
            head = store.head()
        assert (head.position, head.root) == (tree.size, tree.root())
        seen.add(head.position)
    store.close()
    assert len(seen) > 3
    assert assert_whole(path) == 360


MAKE = """
import sys
from pathlib import Path
from habeas.store import open_store
open_store(Path(sys.argv[1]), create=True).close()
"""


def test_a_database_is_made_once_by_many(python, path):
    for process in [python("-c", MAKE, path) for _ in range(6)]:
        finished(process)
    store = open_store(path)
    with store.appending() as writer:
        writer.add(invented_log(3))
    store.close()
    assert assert_whole(path) == 3


@pytest.mark.skipif(not wal_is_safe(), reason="needs WAL")
def test_a_reader_and_a_writer_do_not_wait_for_each_other(path):
    store, log = filled(path)
    reader = open_store(path, patience=0.1)
    with reader.reading():
        assert reader.head().position == 30
        with store.appending() as writer:
            writer.add(invented_log(1, after=log))
            assert reader.head().position == 30
        assert store.head().position == 31
        assert reader.head().position == 30
        assert [one.seq for one in reader.records(after=28)] == [29, 30]
    assert reader.head().position == 31
    reader.close()
    store.close()


def test_who_waits_too_long_is_told_so(path):
    store, _ = filled(path)
    other = open_store(path, patience=0.2)
    begun = time.monotonic()
    with (
        store.appending(),
        pytest.raises(HabeasError, match=r"locked for 0\.2 s"),
        other.appending(),
    ):
        pass
    assert 0.15 < time.monotonic() - begun < 5
    with other.appending():
        pass
    other.close()
    store.close()


def test_who_waits_long_enough_writes(path):
    store, log = filled(path)
    other = open_store(path, patience=20)
    entered, written = threading.Event(), threading.Event()

    def hold():
        mine = open_store(path)
        with mine.appending() as writer:
            writer.add(invented_log(1, after=log))
            entered.set()
            time.sleep(0.3)
            written.set()
        mine.close()

    thread = threading.Thread(target=hold)
    thread.start()
    entered.wait(10)
    with other.appending() as writer:
        assert written.is_set()
        assert writer.head.position == 31
    thread.join()
    other.close()
    store.close()


def test_a_store_stays_in_its_thread(path):
    store, _ = filled(path)
    caught = []

    def look():
        try:
            store.head()
        except Exception as error:  # noqa: BLE001
            caught.append(error)

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert isinstance(caught[0], shipped.ProgrammingError)
    store.close()


def test_an_older_sqlite_leaves_the_write_ahead_log(python, path):
    filled(path)[0].close()
    write_together(python, path, "stdlib", processes=1, each=1)
    with bare(path) as connection:
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    assert mode == ("wal" if wal_is_safe(sqlite3.sqlite_version_info) else "delete")
    assert assert_whole(path) == 33


LATE = """
import sys
from pathlib import Path
from habeas.store import open_store
from invented import invented_log
store = open_store(Path(sys.argv[1]))
with store.appending() as writer:
    writer.add(invented_log(1, after=list(store.records())))
slow = {"sqlite_utils", "click", "dateutil"} & sys.modules.keys()
print(*sorted(slow & {"sqlite_utils"}))
"""


def test_sqlite_utils_is_imported_only_to_make_tables(python, path):
    filled(path)[0].close()
    assert finished(python("-c", LATE, path)) == ["", ""]


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
@pytest.mark.parametrize("library", LIBRARIES)
def test_a_killed_process_loses_nothing_that_was_acknowledged(python, path, library, tried):
    open_store(path, create=True).close()
    chance = random.Random(11)  # noqa: S311 - the same instants in each run
    more = ["stdlib"] if library == "stdlib" else []
    acknowledged = []
    for number in range(KILLS):
        process = python(TESTS / "appender.py", path, 100_000, f"killed-{number}", *more)
        assert process.stdout.readline() == "ready\n"
        acknowledged += [process.stdout.readline().strip() for _ in range(number * BLOCK)]
        time.sleep(chance.uniform(0.0, 0.005))
        process.send_signal(signal.SIGKILL)
        # Not `communicate`, which would lose what `readline` has read ahead.
        out, err = process.stdout.read(), process.stderr.read()
        assert process.wait(60) == -signal.SIGKILL, err
        acknowledged += out.split("\n")[:-1]  # the last may be cut
    count = assert_whole(path)
    store = open_store(path)
    there = {f"{one.seq} {one.id}" for one in store.records()}
    store.close()
    assert len(acknowledged) >= KILLS * (KILLS - 1) // 2 * BLOCK
    tried(f"`kill -9` of a process that appends, {library} SQLite", KILLS)
    assert set(acknowledged) <= there
    assert count % BLOCK == 0
    assert count <= len(acknowledged) + KILLS * BLOCK


FULL = """
import resource, sys
from pathlib import Path
from habeas.errors import HabeasError
from habeas.store import open_store
from invented import invented_log
store = open_store(Path(sys.argv[1]))
log = list(store.records())
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    for _ in range(1000):
        more = invented_log(20, after=log)
        with store.appending() as writer:
            writer.add(more)
        log += more
        print(len(log), flush=True)
except HabeasError as error:
    print(error.message)
    assert store.head().position == len(log), store.head()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for a limit of file size")
@pytest.mark.parametrize("room", [0, 5_000, 60_000, 300_000])
def test_a_file_that_cannot_grow_loses_nothing(python, path, room):
    filled(path)[0].close()
    limit = path.stat().st_size + room
    *written, message, _ = finished(python("-c", FULL, path, limit))
    assert "nothing was added" in message
    assert assert_whole(path) == int(written[-1] if written else 30)
