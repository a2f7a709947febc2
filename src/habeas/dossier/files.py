"""Which files are dossiers, and in which order they are read. It opens none of them.

`case.toml` comes first, then the others by name, folder by folder. In folders, what is hidden,
what is not `*.toml`, and `projection.toml` is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from habeas.dossier.reading import CASE_FILE
from habeas.errors import HabeasError, UnknownName

PROJECTION_FILE: Final = "projection.toml"


def files(paths: Iterable[str | Path]) -> list[str]:
    """Return the dossiers that `paths` (files and folders) name, in reading order, each once.

    Raises HabeasError for a path that does not exist, a folder without dossiers, and a projection.
    """
    found = {path.resolve(): str(path) for given in paths for path in _files(Path(given))}
    return sorted(found.values(), key=lambda each: Path(each).name != CASE_FILE)


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        inside = list(_folder(path))
        if not inside:
            hint = "a dossier's name ends in .toml; `habeas draft ARTICLE` writes a skeleton"
            raise HabeasError(f"{path}: no dossiers in this folder", hint=hint)
        yield from inside
    elif not path.exists():
        raise UnknownName(f"{path}: no such file or folder", hint="habeas load seeds/")
    elif path.name == PROJECTION_FILE:
        hint = "`habeas publish` reads it; dossiers are in seeds/"
        raise HabeasError(f"{path}: a projection is no dossier", hint=hint)
    else:
        yield path


def _folder(folder: Path) -> Iterator[Path]:
    inside = sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    for each in inside:
        if each.suffix == ".toml" and each.name != PROJECTION_FILE and each.is_file():
            yield each
    for each in inside:
        if each.is_dir() and not each.is_symlink():
            yield from _folder(each)
