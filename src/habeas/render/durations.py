"""Time held: a row for each person, with the spells, and the total."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from habeas.render import basis, roster, words
from habeas.render.blocks import Block, Foot, Heading, Paragraph, Table
from habeas.render.numbers import events

HEAD: Final = ("Person", "Held for", "Days", "Spells", "Events")
COLUMNS: Final = (
    *("person", "name", "held", "least_days", "most_days", "spells", "events"),
    *basis.COLUMNS,
)

lines = roster.lines


def page(data: dict[str, Any], title: str | None) -> list[Block]:
    """Return the time held as a page."""
    said = data["basis"]
    heading = title or f"Time held in {said['case']}"
    blocks: list[Block] = [Heading(f"{heading}, by {said['on']}", 1)]
    if not data["persons"]:
        blocks.append(Paragraph("Nobody is known to have been held by then."))
        return [*blocks, basis.foot(said)]
    blocks.append(Paragraph(_total(data["total"])))
    blocks.append(Table(HEAD, tuple(_row(one) for one in data["persons"])))
    foot = Foot(
        ("Where dates are ranges, so is the time held; days are counted to the day asked.",)
    )
    return [*blocks, foot, basis.foot(said)]


def _total(total: dict[str, Any]) -> str:
    said = f"{words.counted(total['persons'], 'person')}, together {total['text']}."
    if total["open"]:
        number = words.counted(len(total["open"]), "person")
        said += f" Of {number} it is not known since when, at the most."
    return said


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    ids = list(dict.fromkeys(event for spell in one["spells"] for event in spell["events"]))
    return (
        one["name"],
        one["held"]["text"],
        _days(one["held"]),
        "; ".join(map(_spell, one["spells"])),
        events(ids),
    )


def _days(held: dict[str, Any]) -> str:
    least, most = held["least_days"], held["most_days"]
    if most is None:
        return f"{least:,} or more"
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def _spell(spell: dict[str, Any]) -> str:
    spell = words.marked(spell)
    return f"in custody {words.since(spell['since'])}{words.until(spell['until'])}"


def records(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each person as a flat record."""
    beside = basis.beside(data["basis"])
    for one in data["persons"]:
        yield {
            "person": one["person"],
            "name": one["name"],
            "held": one["held"]["text"],
            "least_days": one["held"]["least_days"],
            "most_days": one["held"]["most_days"],
            "spells": [_spell(spell) for spell in one["spells"]],
            "events": [event for spell in one["spells"] for event in spell["events"]],
            **beside,
        }
