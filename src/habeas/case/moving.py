"""The text log taken in: byte-exact, and verified on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from habeas.case.collecting import uncollected
from habeas.case.progress import Progress
from habeas.case.taking import Taking
from habeas.errors import Refused
from habeas.log.checked import Checked
from habeas.store import LogStore
from habeas.textlog import aside

if TYPE_CHECKING:
    from habeas.case.main import Case

CHUNK: Final = 50_000
"""How many events an import keeps at a time."""

COMPARED: Final = 1_000
"""How many events are compared at a time."""


def import_log(case: Case, lines: Iterable[bytes], *, progress: Progress) -> int:
    """Take a text log into an empty database, or into one whose log is its beginning.

    Every line is checked: canonical form, commitment, id, order, and what it names. A chunk of
    CHUNK events is kept whole or not at all; stopped at any moment, it leaves the last whole chunk,
    and goes on from there when called again. A long file is read by a process of its own. Raises
    BadLog for a line at fault, Refused where the database holds another log, naming the first event
    that differs.
    """
    total = aside.length(lines)
    with uncollected(), aside.scanned(lines, total) as events:
        position = case.whole.head().position
        _compare(case.whole, events, position, progress, total)
        return sum(_chunks(case, events, position, progress, total))


def _chunks(
    case: Case, events: Iterator[Checked], position: int, progress: Progress, total: int | None
) -> Iterator[int]:
    """Take chunk after chunk; yield how many events each brought."""
    taking: Taking | None = None
    while (first := next(events, None)) is not None:
        with case.importing() as log:
            if log.head.position != position:
                message = "somebody else added to the log while it was imported"
                raise Refused(message, hint="import again; it goes on from where it was")
            taking = taking or Taking(case.whole, lacking=case.lacks())
            taking.into(log)
            for event in chain((first,), islice(events, CHUNK - 1)):
                taking.take(event)
                progress(event.seq, total)
            taking.settle()
        yield taking.position - position
        position = taking.position


def _compare(
    store: LogStore, events: Iterator[Checked], held: int, progress: Progress, total: int | None
) -> None:
    """Check that the events held are those that the file begins with, or begin with the file.

    A node stands for its own event too, so that the first that differ show the first event.
    """
    done = 0
    while done < held and (page := list(islice(events, min(COMPARED, held - done)))):
        before, done = done, page[-1].seq
        nodes = store.nodes(after=before, upto=done)
        event = next((one for one, node in zip(page, nodes, strict=True) if one.node != node), None)
        if event is not None:
            ours = next(store.read((event.seq,)))
            raise Refused(
                f"event {event.seq} is '{ours.id}' here and '{event.id}' in the file: "
                "these are two logs",
                hint="import into a new database: --db other.db",
            )
        progress(done, total)
