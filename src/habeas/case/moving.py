"""The text log in and out: byte-exact, and verified on the way in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from habeas import textlog
from habeas.case.believing import uncollected
from habeas.case.progress import Progress
from habeas.errors import BadLog, HabeasError, Refused
from habeas.log import Record, State, admit
from habeas.log.hashes import leaf_hash
from habeas.log.records import stated
from habeas.store import LogStore

if TYPE_CHECKING:
    from habeas.case.main import Case

CHUNK: Final = 50_000
"""How many events an import keeps at a time."""


def export(store: LogStore) -> Iterator[bytes]:
    """Yield the lines of the text log, in the order of the events."""
    for record in store.records():
        yield textlog.line_of(record)


def import_log(case: Case, lines: Iterable[bytes], *, progress: Progress) -> int:
    """Take a text log into an empty database, or into one whose log is its beginning.

    Every line is checked: canonical form, commitment, id, order, and what it names. A chunk of
    CHUNK events is kept whole or not at all; stopped at any moment, it leaves the last whole chunk,
    and goes on from there when called again. Raises BadLog for a line at fault, Refused where the
    database holds another log, naming the first event that differs.
    """
    theirs = textlog.read_lines(lines)
    added, position = 0, None
    with uncollected():
        while position is None or added % CHUNK == 0:
            before = added
            with case.writing(importing=True) as writer:
                if position is None:
                    _compare(case.whole.records(upto=writer.state.position), theirs, progress)
                elif writer.state.position != position:
                    message = "somebody else added to the log while it was imported"
                    raise Refused(message, hint="import again; it goes on from where it was")
                for record in islice(theirs, CHUNK):
                    _take(writer.state, record)
                    writer.take(record)
                    added += 1
                    progress(record.seq, None)
                position = writer.state.position
            if added == before:
                break
    return added


def _compare(held: Iterable[Record], theirs: Iterator[Record], progress: Progress) -> None:
    """Check that what is held is what the file begins with, or that it begins with the file."""
    for ours in held:
        record = next(theirs, None)
        if record is None:
            return
        if leaf_hash(ours.leaf) != leaf_hash(record.leaf):
            raise Refused(
                f"event {ours.seq} is '{ours.id}' here and '{record.id}' in the file: "
                "these are two logs",
                hint="import into a new database: --db other.db",
            )
        progress(record.seq, None)


def _take(state: State, record: Record) -> None:
    """Check what a record says of itself, and names, against the log before it.

    What a withheld or redacted event said is not there to be named; where there is one, an event is
    believed in what it names.
    """
    if state.recorded is not None and record.recorded <= state.recorded:
        message = f"event {record.seq} was recorded no later than the one before it"
        raise BadLog(message, hint="the file was changed; fetch it again")
    if (record.seq == 1) != (record.type == "case.opened"):
        message = f"event {record.seq} is '{record.type}'; a log begins with case.opened, once"
        raise BadLog(message, hint="take the whole file, from its first line")
    if record.event is None or state.lacking:
        return
    try:
        admit.check(state, record.event, now=record.recorded, digest=stated(record))
    except HabeasError as error:
        message = f"event {record.seq} cannot follow those before it: {error.message}"
        raise BadLog(message, hint="the file was not written by habeas, or was changed") from error
