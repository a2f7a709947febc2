"""A process that appends invented events to a log, and acknowledges each on stdout.

Run as: python appender.py DATABASE COUNT NAME [stdlib]. Each line is `seq id`, written after the
commit. With `stdlib` it uses the SQLite that Python was built with.
"""

from __future__ import annotations

import sys
from pathlib import Path

if sys.argv[4:] == ["stdlib"]:
    sys.modules["pysqlite3"] = None  # type: ignore[assignment]

from habeas.store import open_store
from invented import person, sealed


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Append one event after another, each in its own block."""
    path, count, name = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    store = open_store(path)
    say("ready")
    for number in range(count):
        with store.appending() as log:
            record = sealed(person(f"{name}-{number}"), log.head.position + 1, salt=name)
            log.add([record])
        say(f"{record.seq} {record.id}")
    store.close()


main()
