"""Snapshots as a page and as records: what each is of, and whether it can still be produced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from habeas.render.blocks import Block, Foot, Heading, Paragraph, Table
from habeas.render.words import counted

HEAD: Final = ("Name", "As of", "On", "Log", "Projection", "The same answer")
COLUMNS: Final = (
    *("name", "as_of", "on", "position", "projection", "audience", "engine", "digest"),
    *("same", "differs", "citation"),
)


def page(data: dict[str, Any], title: str | None) -> list[Block]:
    """Return snapshots as a page."""
    taken = data["snapshots"]
    blocks: list[Block] = [Heading(title or f"Snapshots of {data['case']}", 1)]
    if taken:
        blocks.append(Table(HEAD, tuple(map(_row, taken))))
    else:
        blocks.append(Paragraph("None has been taken: `habeas snapshot NAME` takes one."))
    number = counted(len(taken), "snapshot")
    said = f"{number} in {counted(data['log_position'], 'event')}."
    return [*blocks, Foot((said, "`habeas cite NAME` prints the citation of one."))]


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    return (
        one["name"],
        one["as_of"],
        one["on"],
        f"@{one['position']}",
        one["projection"],
        "yes" if one["same"] else f"no: {one['differs']}",
    )


def lines(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each snapshot."""
    yield from data["snapshots"]


def records(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each snapshot as a flat record."""
    yield from data["snapshots"]
