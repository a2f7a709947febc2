"""Reading a long text log in a process of its own, while the one that asked judges and writes.

The process is given the file as its standard input, and writes what it finds (`log.checked`) to its
standard output, in batches. It changes nothing anywhere: it can be ended at any moment, and ends by
itself when nobody reads what it writes. Of short files, and of what is no file, lines are read
where they are asked for.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO, TYPE_CHECKING, Any, Final

from habeas import pipes
from habeas.errors import BadLog, HabeasError
from habeas.log.checked import Checked, Run
from habeas.textlog import scanning
from habeas.textlog.runs import MOST, runs

if TYPE_CHECKING:
    from queue import Queue

FEWEST: Final = 20_000
"""Below so many lines a process takes longer to start than it saves."""

AHEAD: Final = 24
"""How many times MOST events are read before they are asked for, while others are committed."""

_BLOCK: Final = 1 << 20
_SWITCH: Final = 0.0002
_LENGTH: Final = 4
_PROGRAM: Final = (
    "import sys; sys.path[:] = sys.argv[1:]; from habeas.textlog import aside; aside.main()"
)


def length(lines: Iterable[bytes]) -> int | None:
    """Return how many lines a file holds that stands at its beginning; None of what is none."""
    try:
        number = lines.fileno()  # type: ignore[attr-defined]
        is_file = stat.S_ISREG(os.fstat(number).st_mode)
    except (AttributeError, OSError, ValueError):
        return None
    if not is_file or lines.tell() != 0:  # type: ignore[attr-defined]
        return None
    count = 0
    while block := lines.read(_BLOCK):  # type: ignore[attr-defined]
        count += block.count(b"\n")
    lines.seek(0)  # type: ignore[attr-defined]
    return count


@contextmanager
def scanned(lines: Iterable[bytes], total: int | None) -> Iterator[Iterator[Run]]:
    """Give the events of a text log of so many lines, in runs.

    Raises what it raises, and HabeasError if the process that reads comes to a sudden end.
    """
    if total is None or total < FEWEST or not sys.executable:
        yield map(_run, runs(scanning.values(lines)))
        return
    from subprocess import PIPE, Popen  # noqa: PLC0415 - not for short files

    # What is buffered here would be missed there.
    os.lseek(lines.fileno(), 0, os.SEEK_SET)  # type: ignore[attr-defined]
    command = [sys.executable, "-c", _PROGRAM, *sys.path]
    with Popen(command, stdin=lines, stdout=PIPE) as process:  # type: ignore[call-overload] # noqa: S603
        pipes.widen(process.stdout)
        try:
            yield _received(process.stdout)
        finally:
            process.kill()


# As `_make` does, which counts the fields each time.
_checked: Final = partial(tuple.__new__, Checked)


def _run(values: tuple[Any, ...]) -> Run:
    events, *others = values
    return Run([*map(_checked, events)], *others)


def _received(pipe: IO[bytes]) -> Iterator[Run]:
    from marshal import loads  # noqa: PLC0415

    while True:
        size = int.from_bytes(pipe.read(_LENGTH), "big")
        batch = pipe.read(size)
        if not size or len(batch) < size:
            message = "the process that read the file came to a sudden end"
            raise HabeasError(message, hint="import again; it goes on from where it was")
        found = loads(batch)  # noqa: S302 - our own process wrote it
        if isinstance(found, tuple):
            message, hint = found
            raise BadLog(message, hint=hint)
        if not found:
            return
        yield from map(_run, found)


def main() -> None:
    """Read a text log from standard input, and write what is found; for `scanned` alone."""
    import gc  # noqa: PLC0415
    import signal  # noqa: PLC0415
    from marshal import dumps  # noqa: PLC0415
    from queue import Queue  # noqa: PLC0415
    from threading import Thread  # noqa: PLC0415

    # Ctrl-C reaches both processes: the other one ends this one, when it has done its own part.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    # Who sends needs the interpreter for moments only, and should not wait for it while who reads
    # has work: what is ready here is waited for there.
    sys.setswitchinterval(_SWITCH)
    batches: Queue[bytes] = Queue(AHEAD)
    sending = Thread(target=_send, args=(batches,), daemon=True)
    sending.start()
    for found in _batches(runs(scanning.values(sys.stdin.buffer))):
        batches.put(dumps(found))
    batches.put(b"")
    sending.join()


def _batches(found: Iterator[tuple[Any, ...]]) -> Iterator[Any]:
    """Yield runs in batches, then an empty one; before a fault, all that came before it."""
    batch: list[tuple[Any, ...]] = []
    end: list[object] | tuple[str, str | None] = []
    try:
        for run in found:
            batch.append(run)
            if run[0][-1][0] % MOST == 0:
                yield batch
                batch = []
    except BadLog as error:
        end = (error.message, error.hint)
    if batch:
        yield batch
    yield end


def _send(batches: Queue[bytes]) -> None:
    """Write batches until one is empty."""
    try:
        while batch := batches.get():
            sys.stdout.buffer.write(len(batch).to_bytes(_LENGTH, "big") + batch)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Nobody reads on: there is nothing to do, and nothing to be put away.
        os._exit(0)
