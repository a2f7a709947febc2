"""One event: every field, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from habeas.render import log
from habeas.render.blocks import Block, Facts, Heading, Item, Paragraph, Points
from habeas.render.sentences import sentence

COLUMNS: Final = ("field", "value")


def page(data: dict[str, Any], title: str | None) -> list[Block]:
    """Return an event as a page."""
    event = data["event"]
    blocks: list[Block] = [
        Heading(title or f"Event {event['seq']}: {event['type']}", 1),
        Facts(tuple(_facts(event))),
    ]
    blocks += _fate(data)
    return blocks


def _facts(event: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("id", "type", "version", "recorded", "recorder", "salt", "commitment"):
        if name in event:
            yield name, _text(event[name])
    for name, value in event.get("data", {}).items():
        yield name, _text(value)


def _text(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key} = {_text(one)}" for key, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _fate(data: dict[str, Any]) -> Iterator[Block]:
    """Yield what became of the event: what it says now, and the acts upon it."""
    now = data["now"]
    if "data" not in data["event"]:
        yield Paragraph("Its payload is withheld or redacted; its place in the log is proven.")
    if now is not None:
        changed = list(_changed(data["event"].get("data", {}), now["data"]))
        if now["voided"]:
            yield Paragraph("It is voided: it should not have been recorded, and counts nowhere.")
        elif changed:
            yield Paragraph("It is corrected, and says now:")
            yield Facts(tuple(changed))
        if data["withdrawals"]:
            yield Paragraph("It is withdrawn, from when that became known.")
    acts = [*data["acts"], *data["withdrawals"]]
    seen = {one["seq"]: one for one in acts}
    if seen:
        yield Heading("Recorded about it", 2)
        yield Points(tuple(Item(_act(seen[seq]), ()) for seq in sorted(seen)))
    elif now is not None:
        yield Paragraph("It stands as it was recorded.")


def _changed(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in sorted(before | after):
        if before.get(name) != after.get(name):
            yield name, _text(after[name]) if name in after else "(nothing)"


def _act(one: dict[str, Any]) -> str:
    return f"@{one['seq']} {one['recorded'][:10]} {one['id'][:8]}: {sentence(one)}"


def lines(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the event's envelope with its data: its line in the text log."""
    return log.lines({"events": [data["event"]]})


def records(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each field of the event as a record."""
    return ({"field": name, "value": value} for name, value in _facts(data["event"]))
