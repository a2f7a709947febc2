"""Measure the pages and write what is found: `python -m web_bench [FILE]`."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from bench.machine import described
from habeas.case import Case
from habeas.store import open_store
from habeas.web import intervals
from habeas.web.edition import Edition
from habeas.web.site import write_site
from web_bench import moving, readers
from web_bench.invented import case_of
from web_bench.report import Built, Measured, written

LOG: Final = Path("events/venezuela-2026-01.jsonl")
PERSONS: Final = 5_000
SECONDS: Final = 12.0
"""For how long readers read."""

DOCUMENT: Final = "wgon-2026-01-09"
_WANTED: Final = ("date", "commit", "processor", "memory", "system", "Python")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing of requests."""


@contextmanager
def given_out(folder: Path) -> Iterator[int]:
    """Give out the files of a folder, and give the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()


def build(case: Case, folder: Path) -> Built:
    """Write a site, and return what it took."""
    processor, clock = time.process_time(), time.perf_counter()
    files = write_site(case, folder)
    took = time.process_time() - processor, time.perf_counter() - clock
    return Built(len(files), sum(one.stat().st_size for one in files), *took)


def sizes(case: Case) -> tuple[int, int]:
    """Return how large the intervals are, as JSON and as they travel."""
    edition = Edition(case)
    plain = json.dumps(intervals.intervals(edition), ensure_ascii=False, separators=(",", ":"))
    return len(plain.encode()), len(intervals.packed(edition))


def for_seconds(seconds: float) -> Callable[[int], bool]:
    """Return what ends reading after some time."""
    until = time.monotonic() + seconds
    return lambda _count: time.monotonic() > until


def served(path: Path, persons: int, position: int) -> tuple[dict[str, readers.Read], float]:
    """Let readers read from a server, with and without a writer, and from a bare route."""
    faults = readers.torn(persons, position)
    found: dict[str, readers.Read] = {}
    with readers.serving(path) as port:
        one = asyncio.run(readers.read(port, faults, done=lambda count: count >= 1, readers=1))
        size = one.size
        reading = partial(readers.read, port, faults)
        found["`serve`"] = asyncio.run(reading(done=for_seconds(SECONDS)))
        writing = readers.write(path, DOCUMENT, times=int(SECONDS) - 1, pause=1.0)
        beside = readers.beside(writing, reading(done=for_seconds(SECONDS)))
        found["`serve`, beside a writer"] = asyncio.run(beside)
    with readers.bare(size) as port:
        reading = partial(readers.read, port, lambda _head, _body: None)
        asyncio.run(reading(done=lambda count: count >= 1))
        found["a bare route"] = asyncio.run(reading(done=for_seconds(SECONDS)))
    return found, one.took[0]


def measured(folder: Path) -> Measured:
    """Measure everything, in a folder for what it takes."""
    small = Case.open(folder / "case.db", create=True)
    with LOG.open("rb") as lines:
        small.import_log(lines)
    large = case_of(PERSONS, open_store(folder / "many.db", create=True))
    cases = {"the case, 15 persons": small, f"{PERSONS:,} persons": large}
    built = {name: build(case, folder / name) for name, case in cases.items()}
    pages = {}
    for name, page in (
        ("the case, 15 persons", "index.html"),
        ("the case, 15 persons", "person/perkins-rocha.html"),
        (f"{PERSONS:,} persons", "index.html"),
        (f"{PERSONS:,} persons", "day/2001-01-05.html"),
        (f"{PERSONS:,} persons", "person/p-0003.html"),
    ):
        with given_out(folder / name) as port:
            [pages[f"{name}: {page}"]] = moving.of_folder(folder / name, port, (page,))
    weights = {name: sizes(case) for name, case in cases.items()}
    persons = len(small.status(as_of="2026-01-09").persons)
    position = small.store.head().position
    for case in cases.values():
        case.close()
    told, first = served(folder / "case.db", persons, position)
    machine = {key: value for key, value in described().items() if key in _WANTED}
    return Measured(machine, pages, weights, built, told, first)


def main() -> None:
    """Measure, and write the document."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "BENCHMARKS-WEB.md")
    with tempfile.TemporaryDirectory() as folder:
        text = written(measured(Path(folder)))
    target.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
