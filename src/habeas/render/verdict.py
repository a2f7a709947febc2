"""What `verify` found as a page and as records: where the log stands, and every fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from habeas.render.blocks import Block, Facts, Foot, Heading, Item, Paragraph, Points
from habeas.render.words import counted

COLUMNS: Final = (
    *("sound", "log_position", "log_root", "last_recorded", "withheld", "redacted", "fault"),
)


def page(data: dict[str, Any], title: str | None) -> list[Block]:
    """Return what was found as a page."""
    faults = data["faults"]
    words = f"{counted(len(faults), 'fault')} found" if faults else "The log is what it was"
    blocks: list[Block] = [Heading(title or words, 1)]
    if faults:
        blocks.append(Points(tuple(Item(fault, ()) for fault in faults)))
    else:
        blocks.append(Paragraph("Every hash, root, table and read model is what the log gives."))
    facts = (
        ("Events", f"{data['log_position']:,}"),
        ("Last recorded", data["last_recorded"] or "–"),
        ("Root", data["log_root"]),
        ("Without payload", _lacking(data)),
    )
    return [*blocks, Facts(facts), Foot((data["promise"], _advice(data)))]


def _lacking(data: dict[str, Any]) -> str:
    """Say how many events are here as their leaves alone, and why."""
    if not data["withheld"]:
        return f"{data['redacted']:,} redacted"
    held = counted(data["withheld"], "event")
    return f"{data['redacted']:,} redacted; {held} withheld from this copy, so it can only be read"


def _advice(data: dict[str, Any]) -> str:
    if data["sound"]:
        return "That it was not made anew from its first event: habeas checkpoint --against FILE."
    return "What `habeas rebuild --new` does not mend, a backup does: to restore is to open it."


def lines(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the whole report, in one line."""
    yield data


def records(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a flat record for each fault; one where there is none."""
    for fault in data["faults"] or (None,):
        yield data | {"fault": fault}
