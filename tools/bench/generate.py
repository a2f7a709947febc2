"""The generator: an invented register as a canonical text log, written to a file and kept there.

    python -m bench.generate 100000 build/bench/100k.jsonl [--seed 1]

Equal sizes, seeds and versions give equal bytes. `VERSION` rises with every change of them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.register import Register

VERSION: Final = 1
SEED: Final = 1
FOLDER: Final = Path("build/bench")


def lines(size: int, seed: int = SEED) -> Iterator[bytes]:
    """Yield the lines of a register of `size` events."""
    return (sealed.line for sealed in Register(size, seed).events())


def cached(size: int, seed: int = SEED, folder: Path = FOLDER) -> Path:
    """Return the file of a register, made now if it is not there."""
    path = folder / f"{size}-seed{seed}-v{VERSION}.jsonl"
    if not path.exists():
        write(path, size, seed)
    return path


def write(path: Path, size: int, seed: int) -> None:
    """Write a register to a file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.writelines(lines(size, seed))
    part.replace(path)


def main() -> None:
    """Write a register, as the command line says."""
    parser = argparse.ArgumentParser(prog="bench.generate", description=__doc__)
    parser.add_argument("size", type=int, help="how many events")
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    write(given.file, given.size, given.seed)


if __name__ == "__main__":
    main()
