"""The log as a page, a sentence an event, and as the lines of the text log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from habeas.render.blocks import Block, Foot, Heading, Paragraph, Table
from habeas.render.sentences import sentence
from habeas.render.words import counted

HEAD: Final = ("Seq", "Recorded", "Type", "Id", "What")
COLUMNS: Final = (
    *("seq", "id", "type", "version", "recorded", "recorder", "person", "document", "origin"),
    "sentence",
)

_ID_SHOWN: Final = 8
_MINUTES: Final = len("2026-01-08T04:00")


def page(data: dict[str, Any], title: str | None) -> list[Block]:
    """Return events as a page."""
    blocks: list[Block] = [] if title is None else [Heading(title, 1)]
    if data["events"]:
        blocks.append(Table(HEAD, tuple(_row(one) for one in data["events"])))
    else:
        blocks.append(Paragraph("No event fits."))
    shown = counted(len(data["events"]), "event")
    return [*blocks, Foot((f"{shown} of case {data['case']}, of {data['log_position']} in all.",))]


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    recorded = one["recorded"][:_MINUTES].replace("T", " ")
    return (str(one["seq"]), recorded, one["type"], one["id"][:_ID_SHOWN], sentence(one))


def lines(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the envelope of each event with its data: what a line of the text log holds."""
    for one in data["events"]:
        yield {key: one[key] for key in sorted(one)}


def records(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each event as a flat record."""
    for one in data["events"]:
        held = one.get("data", {})
        named = {key: held.get(key) for key in ("person", "document", "origin")}
        yield {**one, **named, "sentence": sentence(one)}
