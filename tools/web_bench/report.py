"""The figures of the pages, as a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from web_bench.moving import Figures
from web_bench.readers import Read


class Built(NamedTuple):
    """What it took to write a site: files, bytes, seconds of the processor, and of the clock."""

    files: int
    size: int
    processor: float
    clock: float


class Measured(NamedTuple):
    """All that was measured."""

    machine: Mapping[str, str]
    pages: Mapping[str, Figures]
    intervals: Mapping[str, tuple[int, int]]
    built: Mapping[str, Built]
    readers: Mapping[str, Read]
    first: float


def written(found: Measured) -> str:
    """Return the document."""
    return "\n".join(
        [
            "# The pages, measured",
            "",
            "Written by `make bench-web`. Persons of the large case are invented.",
            "",
            *_table(("what", "it was"), found.machine.items()),
            "",
            "## In a browser",
            "",
            "Chromium without a window, 1280 by 900, over HTTP from this machine, uncompressed;",
            "medians of five loads by the browser's own clock. *Answer* is the time",
            "from moving the control to the frame that shows that day: the median (and the",
            "worst) of a hundred moves.",
            "",
            *_table(
                ("page", "bytes", "requests", "first paint", "ready", "answer"),
                ((name, *_cells(one)) for name, one in found.pages.items()),
            ),
            "",
            "The file of intervals, with which a page moves, holds every person's answers on every",
            "day:",
            "",
            *_table(
                ("case", "as JSON", "as it travels"),
                ((name, _size(a), _size(b)) for name, (a, b) in found.intervals.items()),
            ),
            "",
            "## Writing a site",
            "",
            *_table(
                ("case", "files", "bytes", "processor", "clock"),
                (
                    (
                        name,
                        f"{b.files:,}",
                        _size(b.size),
                        f"{b.processor:.0f} s",
                        f"{b.clock:.0f} s",
                    )
                    for name, b in found.built.items()
                ),
            ),
            "",
            "## `serve` with 200 readers at once",
            "",
            "Each asks for the first page again and again on a connection of its own; readers,",
            "server and writer share this machine. The writer appends a person each second, after",
            "which the page is made anew. The bare route is Starlette's, under the same server: as",
            "many bytes, from memory.",
            "",
            *_table(
                ("what", "requests a second", "p50", "p99", "faults"),
                ((name, *_reads(one)) for name, one in found.readers.items()),
            ),
            "",
            f"The very first page after the start took {found.first:.1f} s.",
            "",
        ]
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        f"| {' | '.join(head)} |",
        f"|{'|'.join('---' if n == 0 else '---:' for n in range(len(head)))}|",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def _cells(one: Figures) -> tuple[str, ...]:
    times = (f"{one.paint:.0f} ms", f"{one.ready:.0f} ms")
    return (
        _size(one.bytes),
        f"{one.requests:.0f}",
        *times,
        f"{one.answer:.0f} ms ({one.worst:.0f})",
    )


def _reads(one: Read) -> tuple[str, ...]:
    p50, p99 = one.parts
    rate = len(one.took) / one.seconds
    return f"{rate:,.0f}", f"{p50:,.0f} ms", f"{p99:,.0f} ms", f"{len(one.faults)}"


def _size(number: float) -> str:
    return f"{number / 1e3:,.0f} kB" if number < 1e6 else f"{number / 1e6:,.1f} MB"  # noqa: PLR2004
