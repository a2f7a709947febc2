"""What a page is made of, before it is known whether it becomes a screen or Markdown.

A view makes blocks of plain text, as the data has it. `screen` and `gfm` write them, each escaping
what its medium needs; no view writes a mark-up of its own.
"""

from __future__ import annotations

from typing import NamedTuple


class Heading(NamedTuple):
    """A heading; `level` 1 is the page's."""

    text: str
    level: int


class Paragraph(NamedTuple):
    """Some sentences."""

    text: str


class Table(NamedTuple):
    """Rows under a head; every row has as many cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Facts(NamedTuple):
    """Names and what stands for each."""

    facts: tuple[tuple[str, str], ...]


class Item(NamedTuple):
    """A point of a list, and the lines that belong under it."""

    text: str
    under: tuple[str, ...]


class Points(NamedTuple):
    """A list of points."""

    items: tuple[Item, ...]


class News(NamedTuple):
    """Sentences that each begin with a name: (name, how it goes on), from a word or a comma."""

    items: tuple[tuple[str, str], ...]


class Foot(NamedTuple):
    """Small print at the end of a page."""

    lines: tuple[str, ...]


Block = Heading | Paragraph | Table | Facts | Points | News | Foot
