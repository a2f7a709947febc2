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
from typing import IO, Any, Final

from habeas.errors import BadLog, HabeasError
from habeas.log.checked import Checked
from habeas.textlog.scanning import scanned as scanned_here

FEWEST: Final = 20_000
"""Below so many lines a process takes longer to start than it saves."""

BATCH: Final = 250
_BLOCK: Final = 1 << 20
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
def scanned(lines: Iterable[bytes], total: int | None) -> Iterator[Iterator[Checked]]:
    """Give the events of a text log of so many lines, as `scanning.scanned` yields them.

    Raises what it raises, and HabeasError if the process that reads comes to a sudden end.
    """
    if total is None or total < FEWEST or not sys.executable:
        yield scanned_here(lines)
        return
    from subprocess import PIPE, Popen  # noqa: PLC0415 - not for short files

    # What is buffered here would be missed there.
    os.lseek(lines.fileno(), 0, os.SEEK_SET)  # type: ignore[attr-defined]
    command = [sys.executable, "-c", _PROGRAM, *sys.path]
    with Popen(command, stdin=lines, stdout=PIPE) as process:  # type: ignore[call-overload] # noqa: S603
        try:
            yield _received(process.stdout)
        finally:
            process.kill()


def _received(pipe: IO[bytes]) -> Iterator[Checked]:
    from marshal import loads  # noqa: PLC0415

    while True:
        size = pipe.read(_LENGTH)
        batch = pipe.read(int.from_bytes(size, "big"))
        found = loads(batch) if batch else None  # noqa: S302 - our own process wrote it
        if found is None:
            message = "the process that read the file came to a sudden end"
            raise HabeasError(message, hint="import again; it goes on from where it was")
        if isinstance(found, tuple):
            message, hint = found
            raise BadLog(message, hint=hint)
        if not found:
            return
        yield from map(Checked._make, found)


def main() -> None:
    """Read a text log from standard input, and write what is found; for `scanned` alone."""
    import gc  # noqa: PLC0415
    import signal  # noqa: PLC0415

    # Ctrl-C reaches both processes: the other one ends this one, when it has done its own part.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    try:
        _send_all(scanned_here(sys.stdin.buffer))
    except BrokenPipeError:
        # Nobody reads on; nor shall Python complain when it closes what is left.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _send_all(events: Iterator[Checked]) -> None:
    """Send events in batches, then an empty one; before a fault, all that came before it."""
    batch: list[tuple[object, ...]] = []
    fault: BadLog | None = None
    try:
        for event in events:
            batch.append(tuple(event))
            if len(batch) >= BATCH:
                _send(batch)
                batch = []
    except BadLog as error:
        fault = error
    if batch:
        _send(batch)
    _send([] if fault is None else (fault.message, fault.hint))


def _send(found: Any) -> None:  # noqa: ANN401 - what `marshal` takes
    from marshal import dumps  # noqa: PLC0415

    text = dumps(found)
    sys.stdout.buffer.write(len(text).to_bytes(_LENGTH, "big") + text)
    sys.stdout.buffer.flush()
