"""`make bench`: measure, and write BENCHMARKS.md.

    python -m bench [SIZE ...] [--only WORD] [--report] [--to FILE]

Without the largest size it is a try, and its report goes to build/bench. `--only` keeps the peers
whose name has a word in it; `--report` measures nothing and writes the report of what was measured
last of these sizes.
"""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from bench import generate, machine, report, run
from bench.peers import Peer

_SIZES: Final = (10_000, 100_000, 1_000_000)
_PEERS: Final = {
    "sqlite_spans": ("SqliteSpans", "SqliteCodes", "SqliteBoundaries"),
    "sqlite_claims": ("SqliteWindow", "SqliteLatest"),
    "duck": ("DuckSpans", "DuckClaims"),
    "bare_insert": ("BareInsert",),
    "appended_rows": ("AppendedRows",),
    "eventsourced": ("EventSourced",),
    "postgres": ("PostgresBtree", "PostgresGist", "PostgresClaims"),
    "maria": ("MariaVersioned",),
}


def peers(only: list[str]) -> list[Peer]:
    """Return the peers whose packages are installed."""
    found: list[Peer] = []
    for module, classes in _PEERS.items():
        try:
            there: Any = import_module(f"bench.peers.{module}")
        except ImportError as error:
            run.say(f"!! left out: {module} ({error})")
            continue
        shared = (there.Cluster(),) if hasattr(there, "Cluster") else ()
        found += [getattr(there, name)(*shared) for name in classes]
    return [one for one in found if not only or any(word in one.name for word in only)]


def main() -> int:
    """Measure what the command line asks for; 1 where answers that should be equal were not."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, help="how many events")
    parser.add_argument("--only", action="append", default=[], metavar="WORD")
    parser.add_argument("--to", type=Path, metavar="FILE")
    parser.add_argument("--report", action="store_true", help="measure nothing, write the report")
    given = parser.parse_args()
    sizes = sorted(given.sizes or _SIZES)
    for size in () if given.report else sizes:
        run.measure(size, peers(given.only), partial(_keep, machine.described()))
    results = [json.loads(_kept(size).read_text()) for size in sizes]
    to = given.to or (Path() if max(sizes) in _SIZES[-1:] else generate.FOLDER) / "BENCHMARKS.md"
    to.write_text(report.text(results[-1]["machine"], results))
    run.say(f"written: {to}")
    return 1 if any(result["faults"] for result in results) else 0


def _keep(described: dict[str, str], result: run.Result) -> None:
    """Keep what was measured so far, in one step."""
    whole = _kept(result["size"])
    part = whole.with_suffix(".part")
    part.write_text(json.dumps(result | {"machine": described}))
    part.replace(whole)


def _kept(size: int) -> Path:
    """Return where the figures of a size are kept."""
    return generate.FOLDER / f"results-{size}.json"


if __name__ == "__main__":
    sys.exit(main())
