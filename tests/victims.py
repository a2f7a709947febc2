"""A process that runs commands in children of its own, which are killed while they work.

Run as: python victims.py. All of habeas is imported once, so a child is at work within a few
milliseconds. A line on stdin is a JSON list: the folder to stand in, the file that takes what is
printed, then the words of a command; without words, the process ends. On stdout come, for each,
`began PID` when the command is about to run, and `ended STATUS` when it is over: the exit code, or
the signal as a negative number.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import sys

import habeas
from habeas import cli
from habeas.case import moving

moving.CHUNK = 400  # type: ignore[misc] # so that a short log is imported in several chunks


def say(text: str) -> None:
    """Write a line at once."""
    os.write(1, f"{text}\n".encode())


def work(folder: str, out: str, words: list[str]) -> None:
    """Run one command, in a child, and never return."""
    os.chdir(folder)
    say(f"began {os.getpid()}")
    handle = os.open(out, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(handle, 1)
    error = os.open(f"{out}.err", os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    os.dup2(error, 2)
    sys.argv = ["habeas", *words]
    cli.main()


def main() -> None:
    """Take one order after another."""
    for module in pkgutil.walk_packages(habeas.__path__, "habeas."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    say("ready")
    for line in sys.stdin:
        folder, out, *words = json.loads(line)
        child = os.fork()
        if child == 0:
            work(folder, out, words)
        _, status = os.waitpid(child, 0)
        say(f"ended {os.waitstatus_to_exitcode(status)}")


main()
