"""A process that registers persons through the Python API, each in an append of its own.

Run as: python registrar.py DATABASE COUNT NAME. It says "ready", waits for a line on stdin, and
writes `seq id` for each commit when it is done.
"""

from __future__ import annotations

import sys

from habeas import Case
from habeas.events import PersonRegistered, build


def main() -> None:
    """Register so many persons."""
    path, count, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    with Case.open(path) as case:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        for number in range(count):
            person = f"{name}-{number}"
            done = case.append(build(PersonRegistered, {"person": person, "name": person.title()}))
            sys.stdout.write(f"{done[0].seq} {done[0].id}\n")
    sys.stdout.flush()


main()
