r"""Where every table and every key of a TOML text stands: the lines that `tomllib` does not tell.

It finds the extent of each statement (a table's header, or a key with its value) and reads no
value: that is `tomllib`'s. Offsets count characters from 0, lines from 1. Line ends are `\n`
(`tomllib` reads `\r\n` as one too, so the caller replaces it first).

Of a text that is TOML, every statement is found. Of one that is not, the names of the tables that
may occur are given: no value reaches past a line that opens one of them, so that a quotation mark
left open spoils one table and not the rest of the file.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from attrs import Factory, define

_PART: Final = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\[^\n])*"|'[^'\n]*')"""
_KEY: Final = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_END: Final = r"[ \t]*(?:#[^\n]*)?(?:\n|\Z)"
_part: Final = re.compile(_PART)
_pair: Final = re.compile(rf"[ \t]*({_KEY})[ \t]*=[ \t]*")
_header: Final = re.compile(
    rf"[ \t]*(?:\[\[[ \t]*({_KEY})[ \t]*\]\]|\[[ \t]*({_KEY})[ \t]*\]){_END}"
)
_nothing: Final = re.compile(_END)
_opening: Final = re.compile(r"[ \t]*\[")
_token: Final = re.compile(r'''"""|\'\'\'|"(?:[^"\\\n]|\\[^\n])*"|'[^'\n]*'|["'\[\]{}\n]|#[^\n]*''')
_closing: Final = {
    '"""': re.compile(r'(?:[^\\"]++|\\.|"(?!""))*+"{3,5}', re.DOTALL),
    "'''": re.compile(r"(?:[^']++|'(?!''))*+'{3,5}"),
}

Kind = Literal["table", "array", "pair", "broken"]


class Statement(NamedTuple):
    """One statement of a TOML text, in `[start, end)`; its value (of a pair) begins at `value`.

    `keys` are the parts of the dotted key. What is "broken" is no statement; it has no keys.
    """

    kind: Kind
    keys: tuple[str, ...]
    line: int
    start: int
    end: int
    value: int


@define
class Place:
    """Where a table stands, and where each of its keys, with the offset of the key's value.

    `whole` is False when a part of the table could not be read.
    """

    line: int
    lines: dict[str, int] = Factory(dict)
    starts: dict[str, int] = Factory(dict)
    whole: bool = True

    def of(self, key: str) -> int:
        """Return the line of `key`, or of the table when it does not hold the key."""
        return self.lines.get(key, self.line)


@define
class Places:
    """Where the tables of a text stand: for each name its tables in order, and the keys of none."""

    top: Place = Factory(lambda: Place(1))
    tables: dict[str, list[Place]] = Factory(dict)

    def find(self, name: str, index: int) -> Place:
        """Return the place of the table `name`, or of the one at `index` where there are many."""
        known = self.tables.get(name, [])
        return known[index] if index < len(known) else Place(self.top.of(name))

    def spoil(self, lines: Iterable[int]) -> None:
        """Mark the tables that `lines` stand in as not whole."""
        every = [self.top, *(each for many in self.tables.values() for each in many)]
        every.sort(key=lambda each: each.line)
        starts = [each.line for each in every]
        for line in lines:
            every[max(bisect_right(starts, line) - 1, 0)].whole = False


def statements(text: str, tables: Sequence[str] | None = None) -> Iterator[Statement]:
    """Find the statements of `text`, in order.

    `tables`: None for a text that is TOML; for one that is not, the names of its tables.
    """
    trusted = tables is None
    bounds = [*([] if tables is None else _bounds(text, tables)), len(text)][::-1]
    start, line = 0, 1
    while start < len(text):
        while bounds[-1] <= start:
            bounds.pop()
        nothing = _nothing.match(text, start)
        if nothing:
            end = nothing.end()
        else:
            found = _statement(text, start, line, bounds[-1], trusted=trusted)
            end = found.end
            yield found
        line += text.count("\n", start, end)
        start = end


def find_places(text: str) -> Places:
    """Find the lines of all tables and keys of a text that is TOML."""
    found = Places()
    current = found.top
    for each in statements(text):
        if each.kind == "pair":
            current.lines.setdefault(each.keys[0], each.line)
            current.starts.setdefault(each.keys[0], each.value)
        elif each.keys:
            current = _enter(found, each)
    return found


def _enter(found: Places, header: Statement) -> Place:
    """Return the place in which the keys after `header` are to be noted."""
    name, *deeper = header.keys
    known = found.tables.setdefault(name, [])
    if not known or (header.kind == "array" and not deeper):
        known.append(Place(header.line))
    if not deeper:
        known[-1].line = header.line
        return known[-1]
    known[-1].lines.setdefault(deeper[0], header.line)
    return Place(header.line)


def _bounds(text: str, tables: Sequence[str]) -> list[int]:
    names = "|".join(re.escape(name) for name in tables)
    opened = rf"^[ \t]*\[\[?[ \t]*(?:{names})[ \t]*\]\]?[ \t]*(?:#[^\n]*)?$"
    return [found.start() for found in re.finditer(opened, text, re.MULTILINE)]


def _statement(text: str, start: int, line: int, bound: int, *, trusted: bool) -> Statement:
    """Return the statement that begins on the line at `start`."""
    header = _header.match(text, start)
    if header:
        kind: Kind = "array" if header[1] else "table"
        return Statement(kind, _parts(header[1] or header[2]), line, start, header.end(), start)
    if _opening.match(text, start):
        return Statement("broken", (), line, start, max(bound, _next_line(text, start)), start)
    pair = _pair.match(text, start)
    if not pair:
        return Statement("broken", (), line, start, _next_line(text, start), start)
    end = _value_end(text, pair.end(), bound, trusted=trusted)
    if end < 0:
        return Statement("broken", (), line, start, -end, pair.end())
    return Statement("pair", _parts(pair[1]), line, start, end, pair.end())


def _next_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end + 1


def _value_end(text: str, start: int, bound: int, *, trusted: bool) -> int:
    """Return where the line ends on which the value at `start` ends.

    The negative of where to go on, when it does not end before `bound`.
    """
    depth, here = 0, start
    while token := _token.search(text, here, bound):
        here = token.end()
        match token[0]:
            case '"""' | "'''":
                closed = _closing[token[0]].match(text, here, bound)
                if not closed:
                    return -bound
                here = closed.end()
            case '"' | "'":
                return -_next_line(text, here)
            case "[" | "{":
                depth += 1
            case "]" | "}":
                depth -= 1
            case "\n" if depth <= 0:
                return here
            case "\n" if not trusted and _pair.match(text, here):
                return -here
    return bound if depth <= 0 else -_next_line(text, start)


def _parts(key: str) -> tuple[str, ...]:
    """Return the parts of a dotted key, without their quotation marks."""
    return tuple(_unquoted(part[0]) for part in _part.finditer(key))


def _unquoted(part: str) -> str:
    if part[0] not in "\"'":
        return part
    try:
        return next(iter(tomllib.loads(f"{part}=0")))
    except tomllib.TOMLDecodeError:
        return part
