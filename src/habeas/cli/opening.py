"""Opening the case that a command works on, and appending to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from habeas.cli.errors import say
from habeas.cli.output import put
from habeas.cli.refreshing import refresh
from habeas.vocabulary import DESK, PUBLIC

if TYPE_CHECKING:
    from habeas.case import Appended, Case
    from habeas.events import Event


def opened(path: Path, *, create: bool = False, audience: str = PUBLIC) -> Case:
    """Open the case's database, to tell an audience; use it in a `with` block."""
    from habeas.case import Case

    return Case.open(path, create=create, audience=audience)


@contextmanager
def opened_or_made(path: Path, *, audience: str = PUBLIC) -> Iterator[Case]:
    """Open the case's database, or make it: one in which nothing came to be is taken away again."""
    there, kept = path.exists(), None
    try:
        with opened(path, create=True, audience=audience) as case:
            try:
                yield case
            finally:
                kept = case.store.head().position
    finally:
        # Where another process has it open, its -wal is there, and it stays.
        if not there and kept == 0 and not path.with_name(f"{path.name}-wal").exists():
            path.unlink(missing_ok=True)


def tried(path: Path) -> Case:
    """Open the case's database, or where there is none an empty case that is kept nowhere."""
    if path.exists():
        return opened(path, audience=DESK)
    from habeas.case.clock import system_clock
    from habeas.case.main import Case
    from habeas.store import MemoryStore

    return Case(MemoryStore(), clock=system_clock, entropy=bytes)


def record(
    path: Path,
    make: Callable[[Case], Iterable[Event]],
    *,
    recorder: str,
    dry_run: bool,
) -> None:
    """Append the events that `make` makes of a case, all or none, and print the id of each."""
    with opened(path, audience=DESK) as case:
        report(case.append(*make(case), recorder=recorder, dry_run=dry_run), dry_run=dry_run)
        if not dry_run:
            refresh(case, begin=False)


def report(done: Iterable[Appended], *, dry_run: bool) -> None:
    """Print the ids of what was appended, and say on stderr what was not."""
    for one in done:
        if one.already:
            put(f"{one.id}\n")
            say(f"already recorded, as event {one.seq}; nothing was added")
        elif dry_run:
            say(f"dry run: it would be event {one.seq}; nothing was added")
        else:
            put(f"{one.id}\n")
