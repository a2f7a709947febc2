"""Many readers at once beside a writer: whether all they read is whole, and how long they wait.

The readers are of one process, and speak HTTP as plainly as can be, so that what is measured is the
server. Times are wall times of one request each, in seconds.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Final

from habeas.case import Case
from habeas.events import PersonRegistered, StatusClaimed, build

READERS: Final = 200
_BARE: Final = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
content = b"x" * int(sys.argv[2])
async def bare(request): return Response(content, media_type="text/html")
uvicorn.run(Starlette(routes=[Route("/", bare)]), port=int(sys.argv[1]), log_level="warning")
"""

Faults = Callable[[bytes, bytes], str | None]
"""Says of an answer's head and body what is wrong with it; None where nothing is."""


class Read:
    """What readers met: how long each request took, what was wrong, and how much they were given.

    `seconds` is how long they read, `size` how many bytes the last answer had.
    """

    def __init__(self) -> None:
        self.took: list[float] = []
        self.faults: list[str] = []
        self.seconds = 0.0
        self.size = 0

    @property
    def parts(self) -> tuple[float, float]:
        """Half of the requests, and 99 of 100, took no longer than this, in milliseconds."""
        found = quantiles(self.took, n=100)
        return found[49] * 1e3, found[98] * 1e3


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def running(*command: str, port: int) -> Iterator[None]:
    """Run a server until the block ends; it begins when the server listens."""
    process = subprocess.Popen(command)
    try:
        for _ in range(600):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def serving(path: Path) -> Iterator[int]:
    """Serve a case's database, and give the port."""
    port = free_port()
    words = ("-m", "habeas", "serve", "--db", str(path), "--port", str(port))
    with running(sys.executable, *words, port=port):
        yield port


@contextmanager
def bare(size: int) -> Iterator[int]:
    """Serve a route that gives as many bytes and does nothing else."""
    port = free_port()
    with running(sys.executable, "-c", _BARE, str(port), str(size), port=port):
        yield port


async def read(
    port: int, faults: Faults, *, done: Callable[[int], bool], readers: int = READERS
) -> Read:
    """Let readers ask for the first page, each again and again, until the n-th of it is `done`."""
    found, begun = Read(), time.perf_counter()
    await asyncio.gather(*(_reader(port, faults, done, found) for _ in range(readers)))
    found.seconds = time.perf_counter() - begun
    return found


async def _reader(port: int, faults: Faults, done: Callable[[int], bool], found: Read) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    count = 0
    while not done(count):
        begun = time.perf_counter()
        writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        body = await reader.readexactly(int(field(head, b"content-length")))
        found.took.append(time.perf_counter() - begun)
        found.size = len(body)
        fault = faults(head, body)
        if fault is not None:
            found.faults.append(fault)
        count += 1
    writer.close()


def field(head: bytes, name: bytes) -> bytes:
    """Return a field of an answer's head, which is in lower case."""
    return head.split(b"\r\n" + name + b": ", 1)[1].split(b"\r\n", 1)[0]


def torn(persons: int, position: int) -> Faults:
    """Return what finds an answer that is none, or that mixes two positions of the log.

    The case has `persons` at `position`, and two events more for each that is added.
    """

    def fault(head: bytes, body: bytes) -> str | None:
        if not head.startswith(b"http/1.1 200"):
            return head.split(b"\r\n", 1)[0].decode()
        rows = body.count(b"<tr data-p=")
        told = int(body.split(b'id="n-all">', 1)[1].split(b"<", 1)[0])
        at = int(field(head, b"etag").strip(b'"').split(b"-", 1)[0])
        whole = rows == told and at == position + 2 * (told - persons)
        return None if whole else f"torn: {told} told, {rows} rows, at {at}"

    return fault


async def write(path: Path, document: str, times: int, pause: float) -> None:
    """Append persons one after another, each with a claim, with a pause in seconds between."""
    with Case.open(path) as case:
        for n in range(times):
            name = f"new-{n}"
            said = {"person": name, "status": "detained", "stance": "asserted", "locator": "¶ 1"}
            case.append(
                build(PersonRegistered, {"person": name, "name": f"Newcomer {n}"}),
                build(StatusClaimed, {**said, "document": document}),
            )
            await asyncio.sleep(pause)


async def beside(writing: Awaitable[None], reading: Awaitable[Read]) -> Read:
    """Return what is read while something is written."""
    _, found = await asyncio.gather(writing, reading)
    return found
