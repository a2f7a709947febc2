"""Pages for a terminal: aligned text, nothing that a terminal would obey."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from habeas.render.blocks import Block, Facts, Foot, Heading, News, Paragraph, Points, Table
from habeas.render.layout import NARROWEST, table, width_of, wrap
from habeas.render.safe import visible


def screen(blocks: Iterable[Block], width: int) -> str:
    """Write a page for a terminal of `width` cells."""
    parts = ["\n".join(_WRITE[type(block)](block, width)) for block in blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def _heading(block: Heading, width: int) -> Iterator[str]:
    lines = wrap(visible(block.text), width)
    yield from lines
    yield ("═" if block.level == 1 else "─") * max(map(width_of, lines))


def _paragraph(block: Paragraph, width: int) -> list[str]:
    return wrap(visible(block.text), width)


def _table(block: Table, width: int) -> list[str]:
    return table(block.head, _visible(block.rows), width)


def _facts(block: Facts, width: int) -> list[str]:
    return table(("", ""), _visible(block.facts), width)


def _visible(rows: Iterable[tuple[str, ...]]) -> list[list[str]]:
    return [[visible(cell) for cell in row] for row in rows]


def _points(block: Points, width: int) -> Iterator[str]:
    for item in block.items:
        yield from _hanging("- ", item.text, width)
        for line in item.under:
            yield from _hanging("    ", line, width)


def _hanging(start: str, text: str, width: int) -> Iterator[str]:
    first, *more = wrap(visible(text), max(width - len(start), NARROWEST))
    yield start + first
    for line in more:
        yield " " * len(start) + line


def _news(block: News, width: int) -> Iterator[str]:
    for name, text in block.items:
        yield from _hanging("- ", f"{name}{'' if text.startswith(',') else ' '}{text}", width)


def _foot(block: Foot, width: int) -> Iterator[str]:
    for line in block.lines:
        yield from wrap(visible(line), width)


_WRITE: Final[dict[type[Block], Callable[[Any, int], Iterable[str]]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Table: _table,
    Facts: _facts,
    Points: _points,
    News: _news,
    Foot: _foot,
}
