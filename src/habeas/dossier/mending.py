"""As much of a broken TOML file as can be read, so that one slip does not hide the others.

A statement that is no TOML is a fault, and is blanked out; the rest is read as if it were not
there. What is read of a broken file serves to find its other faults: it is never loaded.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

from habeas.dossier.advice import told
from habeas.dossier.faults import FAULTS_MAX, Faults
from habeas.dossier.places import Places, Statement, find_places, statements

_ROUNDS: Final = 8
_position: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def mend(text: str, names: tuple[str, ...], faults: Faults) -> tuple[str, dict[str, Any], Places]:
    """Read what can be read of a text that is no TOML, and tell the rest.

    Returns the text that was read, of which offsets and lines are those of `text`, with its tables
    and their places. `names` are those of the tables there may be.
    """
    found = list(_joined(text, names))
    kept: list[Statement] = []
    said: set[tuple[str, ...]] = set()
    for each in found:
        if each.kind in ("table", "array"):
            said.clear()
        fault = _fault(each, text, said)
        if fault is None:
            kept.append(each)
            said.add(each.keys if each.kind == "pair" else ())
        else:
            faults.add(each.line, *fault)
        if len(faults.found) > FAULTS_MAX:
            break
    return _settled(text, found, kept, faults)


def _fault(each: Statement, text: str, said: set[tuple[str, ...]]) -> tuple[str, str] | None:
    """Return what is wrong with a statement after those keys that its table has `said`, if any."""
    error = _error(each, text)
    if error is not None:
        return told(text, each, error)
    return _told_again(each) if each.keys in said else None


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


def _settled(
    text: str, found: list[Statement], kept: list[Statement], faults: Faults
) -> tuple[str, dict[str, Any], Places]:
    """Read the statements `kept`, without those that say again what another has said."""
    for _ in range(_ROUNDS):
        mended = _only(text, kept)
        try:
            tables = tomllib.loads(mended)
        except (ValueError, RecursionError) as error:
            wrong = _where(str(error), kept)
            if wrong is None:
                break
            faults.add(kept[wrong].line, *_told_again(kept[wrong]))
            kept = _without(kept, wrong)
        else:
            places = find_places(mended)
            places.spoil(_unread(found, kept))
            return mended, tables, places
    return "", {}, Places()


def _told_again(again: Statement) -> tuple[str, str]:
    name = ".".join(again.keys)
    if again.kind == "pair":
        return f"`{name}` stands twice in one table", "keep one of the two"
    return f"[{name}] stands twice", f"several are written [[{name}]], each time"


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


def _unread(found: list[Statement], kept: list[Statement]) -> Iterator[int]:
    """Yield the lines of what could not be read, in tables whose header could."""
    read = {each.start for each in kept}
    inside = True
    for each in found:
        if each.kind in ("table", "array"):
            inside = each.start in read
        elif inside and each.start not in read:
            yield each.line
