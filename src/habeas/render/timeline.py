"""Timelines: the stretches of custody of one person or of many, and what supports each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from habeas.projections.as_told import story_as_told
from habeas.render import basis, roster, words
from habeas.render.blocks import Block, Foot, Heading, Paragraph, Table

HEAD: Final = ("Status", "From", "Until", "Standing", "Sources", "Note")

COLUMNS: Final = (
    *("person", "name", "spell", "status", "custody", "since", "until", "standing", "disputes"),
    *("held", "least_days", "most_days", "sources", "against"),
    *basis.COLUMNS,
)


def page(data: dict[str, Any], title: str | None) -> list[Block]:
    """Return the timelines as a page, a section for each person."""
    said, persons = data["basis"], data["persons"]
    heading = title or f"Timeline of {said['case']}"
    blocks: list[Block] = [Heading(f"{heading}, as of {said['as_of']}", 1)]
    if not persons:
        blocks.append(Paragraph("Nothing was known of this by then."))
    for one in persons:
        blocks += section(words.marked(story_as_told(one)))
    return [*blocks, Foot(roster.legend(data)), basis.foot(said)]


def section(one: dict[str, Any]) -> Iterator[Block]:
    """Yield one person's timeline, under a heading."""
    yield Heading(one["name"], 2)
    yield Paragraph(f"{answer(one)}.")
    if one["spells"]:
        yield spells(one)
    else:
        yield Paragraph("No arrest or release stands so far.")
    rest = list(_aside(one))
    if rest:
        yield Paragraph(" ".join(rest))


def answer(one: dict[str, Any]) -> str:
    """Return the answer about a person as a clause, beginning with a capital letter."""
    said = roster.status(one)
    since = words.since(words.as_told(one["since"], one["support"]))
    parts = [f"{said[:1].upper()}{said[1:]} {since}".rstrip()]
    if one["standing"]:
        parts.append(one["standing"])
    return "; ".join([", ".join(parts), *roster.notes(one)])


def spells(one: dict[str, Any]) -> Table:
    """Return the spells of a person as a table."""
    return Table(HEAD, tuple(_row(spell) for spell in one["spells"]))


def _row(spell: dict[str, Any]) -> tuple[str, ...]:
    stages = [event["status"] for event in spell["events"]]
    said = ", then ".join(words.status(word) for word in dict.fromkeys(stages))
    return (
        said or words.status(spell["status"]),
        _beginning(spell),
        "–" if spell["until"] is None else words.date(spell["until"]),
        spell["standing"],
        ", ".join(roster.documents(spell["support"])),
        "; ".join(_notes(spell)) or "–",
    )


def _beginning(spell: dict[str, Any]) -> str:
    first = spell["events"][0]
    said = words.date(words.as_told(spell["since"], spell["support"]))
    return said if first["reported"] else f"not told; {said}"


def _held(held: dict[str, Any] | None) -> dict[str, Any]:
    """Return how long a spell in custody has lasted, as the fields of a flat record."""
    if held is None:
        return {"held": None, "least_days": None, "most_days": None}
    return {**held, "held": held["text"]}


def _notes(spell: dict[str, Any]) -> Iterator[str]:
    if spell["held"] is not None:
        yield words.held(spell["held"])
    for event in spell["events"]:
        if len(event["dates"]) > 1:
            dates = words.listed((words.date(date) for date in event["dates"]), "or")
            yield f"{words.status(event['status'])}: dates told are {dates}"
    if spell["disputes"]:
        yield f"contested: {words.disputed(spell['disputes'])}"
    for denies, verb in ((True, "denied by"), (False, "against it:")):
        who = [c["origin"] for c in spell["against"] if (c["stance"] == "denied") is denies]
        if who:
            yield f"{verb} {words.listed(dict.fromkeys(who))}"


def _aside(one: dict[str, Any]) -> Iterator[str]:
    for key in ("pending", "contradicted"):
        for item in one[key]:
            sources = ", ".join(roster.documents(item["support"]))
            yield f"{key.capitalize()}: {words.item(item)} [{sources}]."


def lines(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each spell, with its person and the basis."""
    beside = basis.beside(data["basis"])
    for one in data["persons"]:
        for spell in one["spells"]:
            yield {"person": one["person"], "name": one["name"], **spell, "basis": beside}


def records(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each spell as a flat record; `spell` counts from 1."""
    beside = basis.beside(data["basis"])
    for one in data["persons"]:
        for number, spell in enumerate(one["spells"], start=1):
            yield {
                **spell,
                "person": one["person"],
                "name": one["name"],
                "spell": number,
                **_held(spell["held"]),
                "sources": roster.documents(spell["support"]),
                "against": roster.documents(spell["against"]),
                **beside,
            }
