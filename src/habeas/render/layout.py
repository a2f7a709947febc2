"""Text in columns, for a screen of characters of one width.

It counts what a terminal shows: wide characters as two, combining marks as none. It knows neither
data nor formats. Widths are numbers of cells.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

GAP: Final = "  "
NARROWEST: Final = 8
"""No column is made narrower than this to fit the screen."""


def width_of(text: str) -> int:
    """Return how many cells a text takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` cells, between words where that is possible."""
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width_of(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, width)
        lines += whole
    return [*lines, line]


def _broken(word: str, width: int) -> list[str]:
    """Break a word that is wider than a line; marks stay with the character they are on."""
    if width_of(word) <= width:
        return [word]
    parts, part, used = [], "", 0
    for character in word:
        cells = _cells(character)
        if used + cells > width and part:
            parts.append(part)
            part, used = "", 0
        part, used = part + character, used + cells
    return [*parts, part]


def table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Lay out a table under its head; cells that do not fit are wrapped. An empty head is left out.

    Every row has as many cells as the head.
    """
    columns = _fitting(
        [max(map(width_of, column)) for column in zip(head, *rows, strict=True)], width
    )
    lines = []
    if any(head):
        lines += _row(head, columns)
        lines.append(GAP.join("─" * cells for cells in columns))
    for row in rows:
        lines += _row(row, columns)
    return lines


def _fitting(columns: list[int], width: int) -> list[int]:
    """Make the widest columns narrower until all fit, or none can be made narrower."""
    room = width - len(GAP) * (len(columns) - 1)
    while sum(columns) > room:
        widest = max(columns)
        if widest <= NARROWEST:
            break
        columns[columns.index(widest)] -= 1
    return columns


def _row(cells: Sequence[str], columns: Sequence[int]) -> list[str]:
    wrapped = [wrap(cell, width) for cell, width in zip(cells, columns, strict=True)]
    lines = []
    for number in range(max(map(len, wrapped))):
        parts = [part[number] if number < len(part) else "" for part in wrapped]
        padded = [
            part + " " * (width - width_of(part))
            for part, width in zip(parts, columns, strict=True)
        ]
        lines.append(GAP.join(padded).rstrip())
    return lines
