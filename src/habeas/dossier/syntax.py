"""Bytes to tables: TOML as `tomllib` reads it, and where everything stands.

It knows the names of a dossier's tables and nothing of what they mean. What is not UTF-8 is a
fault; the file is read on with U+FFFD in its place, and other faults of those lines are not told.
"""

from __future__ import annotations

import tomllib
from typing import Any, Final

from attrs import frozen

from habeas.dossier.faults import Faults
from habeas.dossier.mending import mend
from habeas.dossier.places import Places, find_places

SIZE_MAX: Final = 16 * 2**20
"""A dossier has at most 16 MB."""

_BOM: Final = b"\xef\xbb\xbf"


@frozen(kw_only=True)
class Source:
    """What a file says: its tables as `tomllib` gives them, its text, and where all stands."""

    text: str
    tables: dict[str, Any]
    places: Places


def read_source(content: bytes, names: tuple[str, ...], faults: Faults) -> Source:
    """Read the TOML in `content`, whose tables have `names`; what is wrong goes to `faults`."""
    if len(content) > SIZE_MAX:
        message = f"the file has {len(content):,} bytes; a dossier has at most {SIZE_MAX:,} (16 MB)"
        faults.add(1, message, "write one dossier for each document")
        return Source(text="", tables={}, places=Places())
    text = _decode(content, faults).replace("\r\n", "\n")
    try:
        tables, places = tomllib.loads(text), find_places(text)
    except (ValueError, RecursionError):
        text, tables, places = mend(text, names, faults)
    places.spoil(faults.unreadable)
    return Source(text=text, tables=tables, places=places)


def _decode(content: bytes, faults: Faults) -> str:
    try:
        return content.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        lines = _undecodable(content)
        at = error.start + (len(_BOM) if content.startswith(_BOM) else 0)
        more = f", nor on {len(lines) - 1:,} more lines" if len(lines) > 1 else ""
        message = f"not UTF-8: byte 0x{content[at]:02X} at offset {at:,}{more}"
        hint = "save it as UTF-8, or: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW-FILE"
        faults.add(content.count(b"\n", 0, at) + 1, message, hint)
        faults.unreadable = lines
        return content.removeprefix(_BOM).decode(errors="replace")


def _undecodable(content: bytes) -> frozenset[int]:
    """Return the numbers of the lines that are not UTF-8."""
    found = set()
    for number, line in enumerate(content.split(b"\n"), 1):
        try:
            line.decode()
        except UnicodeDecodeError:
            found.add(number)
    return frozenset(found)
