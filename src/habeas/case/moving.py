"""The text log taken in: byte-exact, and verified on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

from habeas.case.collecting import uncollected
from habeas.case.progress import Progress
from habeas.case.taking import Taking
from habeas.errors import BadLog, HabeasError, Refused
from habeas.log.checked import Checked, Run
from habeas.store import LogStore
from habeas.textlog import aside

if TYPE_CHECKING:
    from habeas.case.main import Case

CHUNK: Final = 50_000
"""How many events an import keeps at a time."""


def import_log(case: Case, lines: Iterable[bytes], *, progress: Progress) -> int:
    """Take a text log into an empty database, or into one whose log is its beginning.

    Every line is checked: canonical form, commitment, id, order, and what it names. A chunk of
    CHUNK events is kept whole or not at all; stopped at any moment, it leaves the last whole chunk,
    and goes on from there when called again. A long file is read by a process of its own. Raises
    BadLog for a line at fault, Refused where the database holds another log, naming the first event
    that differs.
    """
    total = aside.length(lines)
    with uncollected(), aside.scanned(lines, total) as runs:
        position = case.whole.head().position
        left = _compare(case.whole, runs, position, progress, total)
        return sum(_chunks(case, _cut(chain(left, runs)), position, progress, total))


def _cut(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield runs, cut in two where a chunk ends within."""
    done = 0
    for run in runs:
        left = run
        while (room := CHUNK - done % CHUNK) < len(left.events):
            yield Run.apart(left.events[:room])
            left = Run.apart(left.events[room:])
            done += room
        yield left
        done += len(left.events)


def _chunks(
    case: Case, runs: Iterator[Run], position: int, progress: Progress, total: int | None
) -> Iterator[int]:
    """Take chunk after chunk; yield how many events each brought."""
    taking: Taking | None = None
    while (first := next(runs, None)) is not None:
        with case.importing() as log:
            if log.head.position != position:
                message = "somebody else added to the log while it was imported"
                raise Refused(message, hint="import again; it goes on from where it was")
            taking = taking or Taking(case.whole, lacking=case.lacks())
            taking.into(log)
            for run in chain((first,), runs):
                taking.take(run)
                progress(taking.position, total)
                if taking.position - position >= CHUNK:
                    break
            taking.settle()
        yield taking.position - position
        position = taking.position


def _compare(
    store: LogStore, runs: Iterator[Run], held: int, progress: Progress, total: int | None
) -> list[Run]:
    """Check that the events held are those that the file begins with, or begin with the file.

    A node stands for its own event too, so that the first that differ show the first event. Returns
    what comes after them of the run that is begun.
    """
    done = 0
    while done < held and (run := next(runs, None)):
        there = run.events[: held - done]
        nodes = store.nodes(after=done, upto=done + len(there))
        if len(nodes) < len(there):
            message = f"of the events @{done + 1} to @{done + len(there)} some are gone from here"
            raise BadLog(message, hint="habeas verify")
        pairs = zip(there, nodes, strict=True)
        event = next((one for one, node in pairs if one.node != node), None)
        if event is not None:
            raise _another(store, event)
        done += len(there)
        progress(done, total)
        if len(there) < len(run.events):
            return [Run.apart(run.events[len(there) :])]
    return []


def _another(store: LogStore, event: Checked) -> HabeasError:
    """Return the error for an event that is not the one of the file."""
    ours = next(store.read((event.seq,)))
    if ours.id == event.id:
        message = f"event {event.seq} is the file's, but its place in the tree is not"
        return BadLog(message, hint="habeas verify")
    message = f"event {event.seq} is '{ours.id}' here and '{event.id}' in the file: these are two "
    return Refused(f"{message}logs", hint="import into a new database: --db other.db")
