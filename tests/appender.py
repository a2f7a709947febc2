"""A process that appends invented events to a log, and acknowledges each on stdout.

Run as: python appender.py DATABASE COUNT NAME [stdlib]. It appends COUNT blocks of three events;
each line is `seq id`, written after the commit. With `stdlib` it uses the SQLite that Python was
built with.
"""

from __future__ import annotations

import sys
from pathlib import Path

if sys.argv[4:] == ["stdlib"]:
    sys.modules["pysqlite3"] = None  # type: ignore[assignment]

from habeas.store import open_store
from invented import person, sealed

BLOCK = 3


def say(lines: list[str]) -> None:
    """Write lines at once."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def main() -> None:
    """Append one block after another."""
    path, count, name = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    store = open_store(path)
    say(["ready"])
    for number in range(count):
        with store.appending() as log:
            first = log.head.position + 1
            events = [person(f"{name}-{number}-{one}") for one in range(BLOCK)]
            records = [sealed(event, seq, salt=name) for seq, event in enumerate(events, first)]
            log.add(records)
        say([f"{record.seq} {record.id}" for record in records])
    store.close()


main()
