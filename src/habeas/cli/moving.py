"""`import` and `export`: the text log in and out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from habeas.cli.errors import say
from habeas.cli.lazy import examples
from habeas.cli.opening import opened, opened_or_made
from habeas.cli.options import DATABASE, Audience, Db
from habeas.cli.output import put_bytes
from habeas.cli.progress import Progress
from habeas.cli.refreshing import refresh
from habeas.vocabulary import PUBLIC

if TYPE_CHECKING:
    from habeas.case import Case


@examples("habeas import events/venezuela-2026-01.jsonl", "habeas import - < log.jsonl")
def import_log(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A text log, or - for stdin.")],
    db: Db = DATABASE,
) -> None:
    """Take in a text log, verified: into a new database, or one whose log is its beginning."""
    source = nullcontext(sys.stdin.buffer) if str(file) == "-" else file.open("rb")
    with source as lines:
        _take_in(_not_empty(lines, file), db)


def _not_empty(lines: IO[bytes], file: Path) -> Iterable[bytes]:
    """Return the lines of a text log, before a database is made. Raises BadLog for none."""
    from habeas.errors import BadLog

    first = lines.readline()
    if not first:
        raise BadLog(f"{file}: no event stands in it", hint="`habeas export FILE` writes a log")
    if lines.seekable():
        # As a file it is: a long one is then read by a process of its own.
        lines.seek(0)
        return lines
    return chain((first,), lines)


def _take_in(lines: Iterable[bytes], db: Path) -> None:
    from habeas.errors import HabeasError

    with opened_or_made(db) as case:
        before = case.store.head().position
        try:
            _tell_taken(case, lines)
        except KeyboardInterrupt:
            say(_told_in(case.store.head().position, "import the same file again"))
            raise
        except HabeasError:
            position = case.store.head().position
            if position > before:
                mending = "fetch or mend the file, and import it again"
                say(f"What stands well before the fault is in. {_told_in(position, mending)}")
            raise


def _told_in(position: int, how: str) -> str:
    """Say how much was taken in by an import that did not come to its end, and how it goes on."""
    if not position:
        return "No event was taken in."
    return f"The log has {position:,} events; {how} to go on."


def _tell_taken(case: Case, lines: Iterable[bytes]) -> None:
    """Take in a text log, and say what came of it."""
    with Progress("importing") as progress:
        added = case.import_log(lines, progress=progress)
    head = case.store.head()
    refresh(case)
    count = f"{added} event{'' if added == 1 else 's'} added" if added else "nothing added"
    say(f"{count}; the log has {head.position}, root {head.root.hex()}.")


@examples("habeas export events/venezuela-2026-01.jsonl", "habeas export | wc -l")
def export(
    *,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="Where to write, - for stdout. [default: stdout]"),
    ] = None,
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """Write the text log, byte for byte what `import` reads; a file is replaced whole."""
    with opened(db, audience=audience) as case:
        if file is None or str(file) == "-":
            put_bytes(case.export())
            return
        from habeas.case.publishing import replace_file

        replace_file(file, case.export())
        say(f"{case.store.head().position} events written to {file}.")
