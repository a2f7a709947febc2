"""Faults: commands killed at random instants, outputs that end, clocks that go backwards.

The short form runs with the other tests; HABEAS_KILLS=240 (`make torture`) runs it at length. The
instants are drawn from a fixed seed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from habeas.case import Case, verifying
from habeas.errors import Refused
from habeas.events import PersonRegistered, build
from stored import filled

KILLS = int(os.environ.get("HABEAS_KILLS", "24"))
LONGEST = 0.9
HABEAS = (sys.executable, "-m", "habeas")
COMMANDS = (
    ("add", "person", "p-{n}", "--name", "Nobody {n}", "--db", "{db}"),
    ("import", "{more}", "--db", "{db}"),
    ("rebuild", "--db", "{db}"),
    ("backup", "{copy}", "--db", "{db}"),
    ("export", "{out}", "--db", "{db}"),
    ("redact", "@{n}", "--reason", "asked for", "--db", "{db}"),
)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A database, and a text log that goes on where it ends."""
    folder = tmp_path_factory.mktemp("world")
    filled(folder / "more.db", 1_200)[0].close()
    filled(folder / "log.db", 200)[0].close()
    with Case.open(folder / "more.db") as case:
        (folder / "more.jsonl").write_bytes(b"".join(case.export()))
    return folder


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
def test_a_command_killed_at_any_instant_leaves_a_sound_log(world, tmp_path):
    chance = random.Random(9)  # noqa: S311 - the same instants each time
    killed = 0
    for n in range(KILLS):
        folder = tmp_path / str(n)
        folder.mkdir()
        db = shutil.copy(world / "log.db", folder / "log.db")
        (folder / "out.jsonl").write_bytes(b"as it was\n")
        names = {
            "n": n + 100,
            "db": db,
            "more": world / "more.jsonl",
            "copy": folder / "copy.db",
            "out": folder / "out.jsonl",
        }
        command = [part.format(**names) for part in COMMANDS[n % len(COMMANDS)]]
        process = subprocess.Popen(
            [*HABEAS, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.1, LONGEST))
        process.send_signal(signal.SIGKILL)
        out, _ = process.communicate(timeout=60)
        killed += process.returncode == -signal.SIGKILL
        _check(folder, db, out.decode().split())
    assert killed > KILLS // 4


def _check(folder, db, acknowledged):
    report = verifying.verified(db)
    # A redaction that was cut short says so, and is finished by the next one.
    assert all("is redacted, and its payload is still there" in one for one in report.faults)
    assert report.verdict.position >= 200
    with Case.open(db) as case:
        assert all(len(case.store.with_prefix(id_)) == 1 for id_ in acknowledged)
    if (folder / "copy.db").exists():
        assert verifying.verified(folder / "copy.db").sound
    out = (folder / "out.jsonl").read_bytes()
    assert out == b"as it was\n" or out.count(b"\n") == 200


def test_a_reader_that_goes_away_is_no_fault(world):
    command = f"'{sys.executable}' -m habeas export --db '{world / 'more.db'}' | head -1 | wc -l"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False
    )
    assert done.stdout.strip() == b"1"
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")  # noqa: PTH110
def test_a_full_output_is_told(world):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [*HABEAS, "export", "--db", str(world / "log.db")],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert b"Error: " in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_log_cut_in_the_middle_of_a_line_is_refused_whole(world, tmp_path):
    whole = (world / "more.jsonl").read_bytes()
    (tmp_path / "cut.jsonl").write_bytes(whole[: len(whole) // 2])
    done = subprocess.run(
        [*HABEAS, "import", str(tmp_path / "cut.jsonl"), "--db", str(tmp_path / "new.db")],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"the file is cut off" in done.stderr or b"JSON" in done.stderr
    if (tmp_path / "new.db").exists():
        position = verifying.verified(tmp_path / "new.db").verdict.position
        assert position < 600


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
