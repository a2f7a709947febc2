"""Bytes to tables: TOML as `tomllib` reads it, with the lines, and as much of a broken file as can be.

It knows the names of a dossier's tables and nothing of what they mean. A statement that is no TOML
is a fault, and is blanked out; the rest is read as if it were not there, so that one slip does not
hide the others. What is read of a broken file is for finding faults only: it is never loaded.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen

from habeas import edtf
from habeas.dossier.faults import FAULTS_MAX, Faults
from habeas.dossier.places import Place, Places, Statement, find_places, statements
from habeas.events.fields import shown

SIZE_MAX: Final = 16 * 2**20
"""A dossier has at most 16 MB."""

_ROUNDS: Final = 20
_line: Final = re.compile(r"[^\n]*")
_bare: Final = re.compile(r"[^\n#]*")
_position: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


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
        return Source(text=text, tables=tomllib.loads(text), places=find_places(text))
    except (ValueError, RecursionError):
        return _mended(text, names, faults)


def _decode(content: bytes, faults: Faults) -> str:
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        lines = _undecodable(content)
        at, byte = error.start, content[error.start]
        more = f", nor on {len(lines) - 1:,} more lines" if len(lines) > 1 else ""
        message = f"not UTF-8: byte 0x{byte:02X} at offset {at:,}{more}"
        hint = "save it as UTF-8, or: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW-FILE"
        faults.add(content.count(b"\n", 0, at) + 1, message, hint)
        faults.unreadable = lines
        return content.decode(errors="replace")


def _undecodable(content: bytes) -> frozenset[int]:
    """Return the numbers of the lines that are not UTF-8."""
    found = set()
    for number, line in enumerate(content.split(b"\n"), 1):
        try:
            line.decode()
        except UnicodeDecodeError:
            found.add(number)
    return frozenset(found)


def _mended(text: str, names: tuple[str, ...], faults: Faults) -> Source:
    """Read what can be read of a text that is no TOML, and tell the rest."""
    found = list(_joined(text, names))
    kept: list[Statement] = []
    for each in found:
        error = _error(each, text)
        if error is None:
            kept.append(each)
        else:
            _tell(text, each, error, faults)
        if len(faults.found) > FAULTS_MAX:
            break
    return _settled(text, found, kept, faults)


def _joined(text: str, names: tuple[str, ...]) -> Iterator[Statement]:
    """Find the statements; lines that are none are part of the broken one before them."""
    last: Statement | None = None
    for each in statements(text, names):
        if last is None:
            last = each
        elif last.kind == "broken" and last.end == each.start and _is_prose(text, each):
            last = last._replace(end=each.end)
        else:
            yield last
            last = each
    if last is not None:
        yield last


def _is_prose(text: str, each: Statement) -> bool:
    is_line = each.kind == "broken" and each.value == each.start
    return is_line and not text.startswith("[", each.start)


def _error(each: Statement, text: str) -> str | None:
    """Return what `tomllib` says against a statement alone; None if it is TOML."""
    if each.kind == "broken":
        return ""
    try:
        tomllib.loads(text[each.start : each.end])
    except (ValueError, RecursionError) as error:
        return _plain(error)
    return None


def _settled(text: str, found: list[Statement], kept: list[Statement], faults: Faults) -> Source:
    """Read the statements `kept`, without those that do not go with the others (twice the same)."""
    for _ in range(_ROUNDS):
        mended = _only(text, kept)
        try:
            tables = tomllib.loads(mended)
        except (ValueError, RecursionError) as error:
            wrong = _where(str(error), kept)
            if wrong is None:
                break
            message = f"this does not go with what stands before it: {_plain(error)}"
            faults.add(kept[wrong].line, message, "name each key once in a table")
            kept = _without(kept, wrong)
        else:
            places = find_places(mended)
            _mark(places, found, kept)
            return Source(text=mended, tables=tables, places=places)
    return Source(text="", tables={}, places=Places())


def _only(text: str, kept: list[Statement]) -> str:
    """Return `text` with everything blank that is not in `kept`; offsets and lines stay."""
    pieces, here = [], 0
    for each in kept:
        pieces += [_blank(text[here : each.start]), text[each.start : each.end]]
        here = each.end
    return "".join([*pieces, _blank(text[here:])])


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _where(message: str, kept: list[Statement]) -> int | None:
    """Return the index of the statement in which `tomllib` found a fault."""
    position = _position.search(message)
    line = int(position[1]) if position and position[1] else None
    before = [number for number, each in enumerate(kept) if line is None or each.line <= line]
    return before[-1] if before else None


def _plain(error: Exception) -> str:
    return _position.sub("", str(error)).lower() or "nested too deep"


def _without(kept: list[Statement], wrong: int) -> list[Statement]:
    """Return the statements without one; without a header, all that it heads goes too."""
    end = wrong + 1
    if kept[wrong].kind != "pair":
        while end < len(kept) and kept[end].kind == "pair":
            end += 1
    return kept[:wrong] + kept[end:]


def _mark(places: Places, found: list[Statement], kept: list[Statement]) -> None:
    """Mark the tables of which something could not be read."""
    read = {each.start for each in kept}
    for each in found:
        if each.start not in read:
            _mark_at(places, each.line)


def _mark_at(places: Places, line: int) -> None:
    place: Place = places.at(line)
    place.whole = False


def _tell(text: str, broken: Statement, error: str, faults: Faults) -> None:
    line = _line.match(text, broken.start)
    written = line[0].strip() if line else ""
    message = f"no TOML: {shown(written)}" + (f" ({error})" if error else "")
    lines = text.count("\n", broken.start, broken.end)
    if broken.end == len(text) and (lines > 1 or not text.endswith("\n")):
        hint = "the file ends in the middle of this: was it cut off? fetch it whole, or finish it"
        faults.add(broken.line, message, hint)
    else:
        faults.add(broken.line, *_advice(text, broken, message))


def _advice(text: str, broken: Statement, message: str) -> tuple[str, str]:
    """Return the message and the hint for a statement that is no TOML."""
    written = text[broken.start : broken.end].lstrip()
    if written.startswith("["):
        return message, "a table's name stands alone on its line, as in [[status]]"
    if broken.value == broken.start:
        return message, 'a line is a table ([[status]]), a value (key = "…") or a comment (# …)'
    key = text[broken.start : broken.value].split("=")[0].strip()
    rest = _bare.match(text, broken.value)
    value = rest[0].strip() if rest else ""
    if not value:
        return message, f'give it a value, {key} = "…", or leave the line out'
    if value[0] in "\"'[{":
        return message, "a text ends with the quotation mark it begins with, a list with ']'"
    return _unquoted(key, value, message)


def _unquoted(key: str, value: str, message: str) -> tuple[str, str]:
    quoted = f'write it in quotation marks: {key} = "{value}"'
    try:
        edtf.parse(value)
    except edtf.EdtfError as error:
        if value[0].isdigit():
            return f"`{key}`: {error.message}", error.hint or quoted
    return message, quoted
