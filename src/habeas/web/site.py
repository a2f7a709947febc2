"""The static site: every page and every file of an edition, written into a folder.

A file is replaced whole or not at all, and left alone where it is right already; what an earlier
writing left and this one has not is removed. The list of what is ours stands in `MANIFEST`: nothing
else in the folder is touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final

from habeas.case import Case
from habeas.case.publishing import replace_file
from habeas.errors import HabeasError
from habeas.web import data, intervals
from habeas.web.edition import Edition
from habeas.web.pages import Pages, data_files

MANIFEST: Final = "MANIFEST"
ASSETS: Final = ("site.css", "site.js")


def write_site(case: Case, folder: Path) -> tuple[Path, ...]:
    """Write the site of a case into a folder, and return the files that changed or went.

    It tells the case's audience what that may be told: the public, unless the case says otherwise.
    Raises HabeasError for a folder that holds something, and no site of ours.
    """
    _check(folder)
    edition = Edition(case)
    changed, names = [], []
    if not (folder / MANIFEST).is_file():
        # Before all else, so that a writing that was cut short can be taken up again.
        _put(folder / MANIFEST, b"")
    for name, content in site_files(edition):
        names.append(name)
        if _put(folder / name, content):
            changed.append(folder / name)
    changed += _remove(folder, set(names))
    _put(folder / MANIFEST, "".join(f"{name}\n" for name in sorted(names)).encode())
    return tuple(changed)


def site_files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a site: its address, and what it holds."""
    pages = Pages(edition)
    for name in ASSETS:
        yield f"assets/{name}", asset(name)
    for name in (*data.FEEDS, *data_files(edition)):
        yield name, (data.data_file(edition, name) or "").encode()
    if pages.moves:
        yield "data/intervals.js", data.packed(edition)
        yield from _older(edition, pages)
    for address in pages.addresses():
        yield address, (pages.page(address) or "").encode()


def _older(edition: Edition, pages: Pages) -> Iterator[tuple[str, bytes]]:
    """Yield the intervals as the log stood earlier: what the second clock shows."""
    for one in pages.positions:
        at = one["position"]
        if at != edition.position:
            yield f"data/intervals-{at}.js", older(edition, at)


def older(edition: Edition, position: int) -> bytes:
    """Return the script of intervals at an earlier position of the log."""
    try:
        was = Edition(edition.case, position=position)
    except HabeasError:
        return intervals.nothing(edition, position)
    return intervals.packed(was)


def asset(name: str) -> bytes:
    """Return the stylesheet or the script."""
    return files("habeas.web").joinpath("static", name).read_bytes()


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
