"""One job in a process of its own: how long it takes, and the most memory it ever held.

    python -m bench.alone JOB DATABASE [LOG]

Prints one line of JSON: seconds, megabytes (resident at its most, the interpreter included).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from bench.asked import AS_OF

_STATUS: Final = Path("/proc/self/status")
_PROJECTIONS: Final = Path(__file__).parents[2] / "projections"


class Spent(NamedTuple):
    """What a job took: seconds, and megabytes at its most."""

    seconds: float
    megabytes: float


def run(job: str, database: Path, log: Path | None = None) -> Spent:
    """Run a job in a new process. Raises CalledProcessError if it fails."""
    command = [sys.executable, "-m", "bench.alone", job, str(database)]
    done = subprocess.run(
        command + ([str(log)] if log else []), check=True, stdout=subprocess.PIPE, text=True
    )
    return Spent(**json.loads(done.stdout))


def _load(database: Path, log: str) -> None:
    from habeas.case import Case  # noqa: PLC0415 - each job imports what it needs

    with Case.open(database, create=True) as case, Path(log).open("rb") as lines:
        case.import_log(lines)


def _catch_up(database: Path) -> None:
    from habeas.case import Case  # noqa: PLC0415

    with Case.open(database) as case:
        case.catch_up()


def _all_models(database: Path) -> None:
    from habeas import projection_file  # noqa: PLC0415
    from habeas.case import Case  # noqa: PLC0415

    files = sorted(_PROJECTIONS.glob("*/projection.toml"))
    rules = dict.fromkeys(projection_file.find(file).rules for file in files)
    with Case.open(database) as case:
        case.catch_up(*rules)


def _rebuild(database: Path) -> None:
    from habeas.case import Case  # noqa: PLC0415

    with Case.open(database) as case:
        case.rebuild()


def _roster(database: Path) -> None:
    from habeas.case import Case  # noqa: PLC0415

    with Case.open(database) as case:
        sum(1 for _ in case.status(as_of=AS_OF).persons)


def _nothing(database: Path) -> None:
    from habeas.case import Case  # noqa: PLC0415

    Case.open(database).close()


_JOBS: Final[dict[str, Callable[..., None]]] = {
    "load": _load,
    "catch-up": _catch_up,
    "all-models": _all_models,
    "rebuild": _rebuild,
    "roster": _roster,
    "nothing": _nothing,
}


def main() -> None:
    """Do the job that the command line names."""
    job, database, *rest = sys.argv[1:]
    before = time.perf_counter()
    if job in _JOBS:
        _JOBS[job](Path(database), *rest)
        seconds = time.perf_counter() - before
    else:
        from bench import floors  # noqa: PLC0415

        seconds = floors.JOBS[job](Path(database))
    print(json.dumps({"seconds": seconds, "megabytes": _most()}))


def _most() -> float:
    """Return the most memory that this process held, in megabytes.

    On Linux `getrusage` would count what the process that started us held; the kernel's own figure
    does not.
    """
    if not _STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    for line in _STATUS.read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
