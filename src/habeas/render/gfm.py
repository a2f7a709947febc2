"""Pages in GitHub's Markdown: the same text, escaped, in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from habeas.render.blocks import Block, Facts, Foot, Heading, News, Paragraph, Points, Table
from habeas.render.safe import markdown


def gfm(blocks: Iterable[Block]) -> str:
    """Write a page in Markdown."""
    parts = ["\n".join(_WRITE[type(block)](block)) for block in blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def _heading(block: Heading) -> Iterator[str]:
    yield f"{'#' * block.level} {markdown(block.text)}"


def _paragraph(block: Paragraph) -> Iterator[str]:
    yield markdown(block.text)


def _table(block: Table) -> Iterator[str]:
    yield _cells(block.head)
    yield f"|{' --- |' * len(block.head)}"
    for row in block.rows:
        yield _cells(row)


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(markdown, cells))} |"


def _facts(block: Facts) -> Iterator[str]:
    for name, value in block.facts:
        yield f"- **{markdown(name)}:** {markdown(value)}"


def _points(block: Points) -> Iterator[str]:
    for item in block.items:
        yield f"- {markdown(item.text)}"
        for line in item.under:
            yield f"  - {markdown(line)}"


def _news(block: News) -> Iterator[str]:
    for name, text in block.items:
        yield f"- **{markdown(name)}**{'' if text.startswith(',') else ' '}{markdown(text)}"


def _foot(block: Foot) -> Iterator[str]:
    if block.lines:
        yield "\\\n".join(map(markdown, block.lines))


_WRITE: Final[dict[type[Block], Callable[[Any], Iterable[str]]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Table: _table,
    Facts: _facts,
    Points: _points,
    News: _news,
    Foot: _foot,
}
