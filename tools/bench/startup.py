"""Whole processes: `habeas status PERSON --format json` beside a Typer program that says one word.

All are started by the same interpreter in turn, with warm files and modules that are compiled once,
whatever the environment says of that; nothing they print is read.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from bench import rounds
from bench.asked import Asked

STATUS: Final = "habeas status PERSON --format json"
HELP: Final = "habeas --help"
WORD: Final = "a Typer program that prints one word"
PYTHON: Final = "python -c pass"

_WORD: Final = """
import typer

app = typer.Typer()


@app.command()
def say(person: str) -> None:
    print(person)


app()
"""
_BUDGET: Final = 15.0


def measure(database: Path, asked: Asked) -> dict[str, rounds.Timed]:
    """Return how long each takes, from start to end."""
    script = database.with_name("word.py")
    script.write_text(_WORD)
    person = asked.persons[0]
    status = ["status", person, "--as-of", asked.as_of.text, "--format", "json"]
    ways: dict[str, tuple[Callable[[], object], ...]] = {
        STATUS: (partial(_run, ["-m", "habeas", *status], database),),
        HELP: (partial(_run, ["-m", "habeas", "--help"], database),),
        WORD: (partial(_run, [str(script), person], database),),
        PYTHON: (partial(_run, ["-c", "pass"], database),),
    }
    found, failed = rounds.run(ways, _BUDGET)
    if failed:
        raise RuntimeError("; ".join(failed))
    return found


def _run(words: list[str], database: Path) -> None:
    command = [sys.executable, *words]
    environment = os.environ | {"HABEAS_DB": str(database)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
