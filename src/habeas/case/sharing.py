"""Beliefs computed by two processes: this one, which also writes, and one that it starts.

The other one opens the database for itself and writes nothing: it is given persons and a position
of the log, and gives back what is to be kept of them. It ends when this one does, however that
ends; where it cannot be started, or ends too soon, this one does the work alone. What is computed
is the same either way.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any, Final

from habeas import pipes
from habeas.case.collecting import uncollected
from habeas.errors import HabeasError
from habeas.store import open_store

if TYPE_CHECKING:
    from habeas.case.believing import Computed
    from habeas.resolve import Rules

AHEAD: Final = 2
"""How many chunks the other process is given at a time, so that it never waits for the next."""

_SERVE: Final = "from habeas.case.sharing import serve; serve()"

Chunk = Sequence[str]


class Other:
    """The other process, with the chunks that it has been given and has not given back."""

    def __init__(self, path: Path, rules: Rules) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, with words of ours
            [sys.executable, "-c", _SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What goes wrong there goes wrong here too, where it is said as it should be.
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        pipes.widen(self._process.stdout)
        self._given: deque[Chunk] = deque()
        self._back: SimpleQueue[tuple[int, Computed] | None] = SimpleQueue()
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._say((str(path.absolute()), rules))

    @property
    def ready(self) -> bool:
        """Whether it can be given one more chunk."""
        return self._process.poll() is None and len(self._given) < AHEAD

    def give(self, position: int, chunk: Chunk) -> None:
        """Have a chunk computed, as the log is at a position."""
        self._given.append(chunk)
        self._say((position, chunk))

    def back(self, *, wait: bool) -> tuple[Chunk, tuple[int, Computed] | None] | None:
        """Return a chunk that it was given, with the position and what it computed.

        None in place of these where it could not; None if there is no chunk, or none yet.
        """
        if not self._given:
            return None
        try:
            found = self._back.get(block=wait)
        except Empty:
            return None
        if found is None:
            self._back.put(None)
        return self._given.popleft(), found

    def _say(self, value: object) -> None:
        # Where it has ended, what it was given comes back undone.
        with suppress(OSError):
            pickle.dump(value, _pipe(self._process.stdin))
            _pipe(self._process.stdin).flush()

    def _listen(self) -> None:
        try:
            while True:
                self._back.put(pickle.load(_pipe(self._process.stdout)))  # noqa: S301 - our own
        except (OSError, EOFError, ValueError, LookupError, pickle.UnpicklingError):
            self._back.put(None)

    def end(self) -> None:
        """End it, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                _pipe(pipe).close()


@contextmanager
def helped(path: Path | None, rules: Rules, *, much: bool) -> Iterator[Other | None]:
    """Start the other process, if there is a file, a second processor and much to do."""
    other = None
    if much and path is not None and sys.executable and (os.cpu_count() or 1) > 1:
        with suppress(OSError):
            other = Other(path, rules)
    try:
        yield other
    finally:
        if other is not None:
            other.end()


def serve() -> None:
    """Compute what is asked for on stdin, until there is no more; this is the other process."""
    from habeas.case import believing  # noqa: PLC0415 - it is `believing` that begins all this

    # Ctrl-C is for the process that started this one, and ends both.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    with suppress(EOFError, BrokenPipeError), uncollected():
        path, rules = _heard(asked)
        compute = believing.Computing(open_store(Path(path)), rules)
        while True:
            position, chunk = _heard(asked)
            found = None
            with suppress(HabeasError):
                found = position, compute(position, chunk)
            pickle.dump(found, answers, protocol=pickle.HIGHEST_PROTOCOL)
            answers.flush()
    # Nobody listens any more, and nothing is written: there is nothing to put in order.
    os._exit(0)


def _heard(stream: IO[bytes]) -> Any:  # noqa: ANN401 - what the other side said
    return pickle.load(stream)  # noqa: S301 - from the process that started this one


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise BrokenPipeError
    return stream
