"""Law 11, death: every command that writes, killed with signal 9 at random instants of its work.

The short form runs with the other tests; HABEAS_KILLS is how often each command is killed, and
`make torture` asks for many. Instants are drawn from a fixed seed, between the moment at which the
command is about to run and the one at which it ended when nobody killed it.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from habeas.case import Case, verifying
from habeas.errors import UnknownName
from stored import filled

TESTS = Path(__file__).parent
KILLS = int(os.environ.get("HABEAS_KILLS", "2"))
PERSONS = 16
COMMANDS = {
    "add": "add person p-new --name Nobody",
    "add, a claim": "add status person-1 released --document d-1 --when 2001-01-08",
    "correct": "correct @7 --set name=Somebody --reason misread",
    "withhold": "withhold person:person-2 --reason asked",
    "snapshot": "snapshot morning --as-of 2001-01-20",
    "import": "import more.jsonl",
    "load": "load seeds --db new.db",
    "rebuild": "rebuild --new",
    "publish": "publish",
    "publish --site": "publish --site site",
    "backup": "backup copy.db",
    "export": "export out.jsonl",
    "redact": "redact person:person-2 --reason asked",
}
PROJECTION = """\
title = "{0}"
view = "{0}"
as_of = ["2001-01-08", "2001-01-20", "2001-01-31"]
formats = ["json", "md", "csv"]
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")


class Victims:
    """The process of `victims.py`."""

    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, str(TESTS / "victims.py")],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == ["ready"]

    def _line(self):
        return self._process.stdout.readline().split()

    def run(self, folder, words, delay=None):
        """Run a command, killed after a delay; return its exit code, and how long it ran."""
        order = [str(folder), str(folder / "printed"), *words]
        self._process.stdin.write(f"{json.dumps(order)}\n")
        self._process.stdin.flush()
        pid, begun = int(self._line()[1]), time.monotonic()
        if delay is not None:
            time.sleep(delay)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return int(self._line()[1]), time.monotonic() - begun

    def end(self):
        self._process.communicate(timeout=60)


@pytest.fixture(scope="module")
def victims():
    started = Victims()
    yield started
    started.end()


@pytest.fixture(scope="module")
def world(tmp_path_factory, victims):
    """A folder with a database of 200 events and read models, and all that commands need.

    `more.jsonl` goes on where the database ends; projections and a site were published of less.
    """
    folder = tmp_path_factory.mktemp("world") / "before"
    folder.mkdir()
    filled(folder / "more.db", 1_400)[0].close()
    filled(folder / "habeas.db", 120)[0].close()
    with Case.open(folder / "more.db") as case:
        lines = list(case.export())
    (folder / "more.db").unlink()
    for view in ("roster", "timeline"):
        (folder / "projections" / view).mkdir(parents=True)
        (folder / "projections" / view / "projection.toml").write_text(PROJECTION.format(view))
    for words in ("publish", "publish --site site"):
        assert victims.run(folder, words.split())[0] == 0, (folder / "printed.err").read_text()
    with Case.open(folder / "habeas.db") as case:
        case.import_log(lines[:200])
        case.rebuild()
    (folder / "more.jsonl").write_bytes(b"".join(lines))
    (folder / "out.jsonl").write_bytes(b"as it was\n")
    (folder / "seeds").mkdir()
    for name, text in dossiers():
        (folder / "seeds" / name).write_text(text)
    return folder


def dossiers():
    """Yield invented dossiers: a case, and what each document says of each person."""
    yield (
        "case.toml",
        '[case]\ncase = "another"\ntitle = "Another"\ntimezone = "UTC"\n'
        + "".join(f'[[person]]\nperson = "q-{n}"\nname = "Nobody {n}"\n' for n in range(PERSONS)),
    )
    for number in range(PERSONS):
        head = (
            f'[[party]]\nparty = "press-{number}"\nname = "Press {number}"\nkind = "media"\n'
            f'[document]\ndocument = "e-{number}"\npublisher = "press-{number}"\n'
            f'published = "2001-01-{number % 28 + 1:02}"\ntitle = "Nobody {number}"\n'
        )
        claims = (
            f'[[status]]\nperson = "q-{n}"\nstatus = "detained"\nref = "r-{n}"\n'
            for n in range(PERSONS)
        )
        yield f"{number:02}.toml", head + "".join(claims)


LOADED = 1 + PERSONS * 3 + PERSONS * PERSONS


@pytest.fixture
def after(name, world, victims, tmp_path):
    """What a command leaves when nobody kills it: its folder, and how many seconds it took."""
    folder = shutil.copytree(world, tmp_path / "after")
    status, took = victims.run(folder, COMMANDS[name].split())
    assert status == 0, (folder / "printed.err").read_text()
    return folder, took


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_killed_at_any_instant_leaves_nothing_half_written(
    name, world, after, victims, tmp_path, tried
):
    chance = random.Random(name)  # noqa: S311 - the same instants each time
    done, took = after
    words, killed, runs = COMMANDS[name].split(), 0, 0
    while killed < KILLS and runs < 4 * KILLS + 4:
        folder = tmp_path / str(runs)
        shutil.copytree(world, folder)
        status, _ = victims.run(folder, words, delay=chance.uniform(0, took))
        runs += 1
        killed += status == -signal.SIGKILL
        assert status in (0, -signal.SIGKILL), (folder / "printed.err").read_text()
        check(name, folder, world, done, finished=status == 0)
        again(name, folder, words, victims, done)
        shutil.rmtree(folder)
    assert killed >= KILLS // 2
    tried(f"`kill -9` of `{name}`", killed)


def check(name, folder, world, done, *, finished):
    """Check what is there after a kill: the database, and every file."""
    report = verifying.verified(folder / "habeas.db")
    if name == "redact":
        words = ("is redacted, and its payload is still", "a redaction was cut short")
        assert all(any(word in one for word in words) for one in report.faults)
    else:
        assert report.faults == ()
    position, printed = report.verdict.position, (folder / "printed").read_text().split()
    with Case.open(folder / "habeas.db", audience="desk") as case:
        acknowledged = printed if name in tuple(COMMANDS)[:5] else []
        assert all(len(case.store.with_prefix(id_)) == 1 for id_ in acknowledged)
    assert position in positions(name, finished=finished)
    for path in files(folder):
        check_file(path.relative_to(folder), folder, world, done)


def positions(name, *, finished):
    """Where the log may stand: each command adds all, or nothing; an import in whole chunks."""
    if name == "import":
        return {1_400} if finished else {200, 600, 1_000, 1_400}
    if name == "redact":
        return range(200, 400)
    added = name in tuple(COMMANDS)[:5]
    return {201} if finished and added else {200, 201} if added else {200}


def files(folder):
    hidden = (".", "printed")
    return [p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(hidden)]


def check_file(name, folder, world, done):
    """Check one file: it is what it was, or what it was to become, and never a part of that."""
    if name.name in {"new.db", "copy.db"}:
        try:
            report = verifying.verified(folder / name)
        except UnknownName:  # an empty file: killed before the tables were made
            assert name.name == "new.db"
            return
        if name.name == "copy.db":
            assert report.sound
            assert report.verdict.position == 200
        else:
            assert report.verdict.position in {0, LOADED}
            assert report.sound or not report.verdict.position
    elif ".db" not in name.name:
        content = (folder / name).read_bytes()
        held = [p / name for p in (world, done) if (p / name).is_file()]
        assert content in [p.read_bytes() for p in held] or name == Path("site/MANIFEST"), name


def again(name, folder, words, victims, done):
    """Check that the same command, given again, does what the killed one was to do."""
    if name == "backup" and (folder / "copy.db").exists():
        return
    status, _ = victims.run(folder, words)
    error = (folder / "printed.err").read_text()
    assert "Traceback" not in error
    assert status in (0, 1), error
    done_before = (
        *("already says that", "was already taken", "is withheld already"),
        "no event names a person",
    )
    assert status == 0 or any(word in error for word in done_before), error
    if name in {"publish", "publish --site", "export"}:
        for path in files(done):
            if ".db" not in path.name:
                assert (folder / path.relative_to(done)).read_bytes() == path.read_bytes()
    assert verifying.verified(folder / "habeas.db").sound
    if name == "redact":
        assert not any(b"Nobody person-2" in one.read_bytes() for one in folder.glob("habeas.db*"))
    if name == "load":
        assert verifying.verified(folder / "new.db").verdict.position == LOADED


def test_the_victims_are_told_from_the_dead(victims, world):
    """The instrument itself: who is not killed ends well, who is killed says nothing."""
    assert victims.run(world, ["--version"])[0] == 0
    assert victims.run(world, ["no-such-command"])[0] == 2
    assert victims.run(world, ["verify"], delay=0)[0] == -signal.SIGKILL
