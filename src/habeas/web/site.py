"""The static site: every page and every file of an edition, written into a folder.

A file is replaced whole or not at all, and left alone where it is right already; what an earlier
writing left and this one has not is removed. The list of what is ours stands in `MANIFEST`: nothing
else in the folder is touched.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from habeas.case import Case
from habeas.case.publishing import replace_file
from habeas.errors import HabeasError
from habeas.web.edition import Edition
from habeas.web.files import Files

MANIFEST: Final = "MANIFEST"


def write_site(case: Case, folder: Path) -> tuple[Path, ...]:
    """Write the site of a case into a folder, and return the files that changed or went.

    It tells the case's audience what that may be told: the public, unless the case says otherwise.
    Raises HabeasError for a folder that holds something, and no site of ours.
    """
    _check(folder)
    with case.store.reading():
        files = Files(Edition(case))
        if not (folder / MANIFEST).is_file():
            # Before all else, so that a writing that was cut short can be taken up again.
            _put(folder / MANIFEST, b"")
        changed, names = [], []
        for name in files.addresses():
            names.append(name)
            if _put(folder / name, files.file(name) or b""):
                changed.append(folder / name)
    changed += _remove(folder, set(names))
    _put(folder / MANIFEST, "".join(f"{name}\n" for name in sorted(names)).encode())
    return tuple(changed)


def _check(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        message = f"'{folder}' holds files that are no site of ours"
        raise HabeasError(message, hint=f"habeas publish --site {folder}/site")
    if folder.exists() and not folder.is_dir():
        raise HabeasError(f"'{folder}' is no folder", hint="habeas publish --site site")


def _put(path: Path, content: bytes) -> bool:
    """Write a file where it is not right already, and say whether it was written."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, content)
    return True


def _remove(folder: Path, names: set[str]) -> list[Path]:
    """Remove what an earlier writing left; only what its list names, and only below the folder."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return []
    found, root = [], folder.resolve()
    for name in manifest.read_text("utf-8").splitlines():
        path = (folder / name).resolve()
        if name not in names and path.is_file() and path.is_relative_to(root):
            path.unlink()
            found.append(path)
    return found
