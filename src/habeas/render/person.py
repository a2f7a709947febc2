"""One person: the answer, the spells, the details, as `status PERSON` shows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from habeas.projections.as_told import story_as_told
from habeas.render import basis, roster, timeline, words
from habeas.render.blocks import Block, Facts, Foot, Heading, Paragraph, Table

COLUMNS: Final = (*roster.COLUMNS[: -len(basis.COLUMNS)], "held", *basis.COLUMNS)
lines = roster.lines


def records(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the person's answer as a flat record."""
    for one, record in zip(data["persons"], roster.records(data), strict=True):
        yield {**record, "held": None if one["held"] is None else one["held"]["text"]}


def page(data: dict[str, Any], title: str | None) -> list[Block]:
    """Return one person's answer as a page."""
    said = data["basis"]
    if not data["persons"]:
        blocks: list[Block] = [Heading(f"{title or said['case']}, as of {said['as_of']}", 1)]
        return [*blocks, Paragraph("Nothing was known of this person by then."), basis.foot(said)]
    one = words.marked(story_as_told(data["persons"][0]))
    blocks = [Heading(f"{title or one['name']}, as of {said['as_of']}", 1)]
    blocks.append(Facts(tuple(_facts(one, said["on"]))))
    if one["spells"]:
        blocks += [Heading("Timeline", 2), timeline.spells(one)]
    if one["details"]:
        blocks += [Heading("Details", 2), _details(one)]
    return [*blocks, Foot(roster.legend(data)), basis.foot(said)]


def _facts(one: dict[str, Any], on: str) -> Iterator[tuple[str, str]]:
    yield "Person", f"{one['person']}{''.join(f', {alias}' for alias in one['aliases'])}"
    yield from _answer(one)
    if one["held"] is not None:
        yield "Held", _held(one["held"], one["spells"], on)
    if one["place"]:
        yield "Place", one["place"]
    yield "Contested", words.disputed(one["disputes"]) if one["disputes"] else "no"
    yield from _evidence(one)
    if one["merged"]:
        yield "Merged", ", ".join(one["merged"])
    yield "Last known", one["last_known_on"]


def _answer(one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield status and custody, and what else it may be."""
    since = words.since(words.as_told(one["since"], one["support"]))
    standing = one["standing"]
    yield "Status", f"{roster.status(one)} {since}".rstrip() + (f", {standing}" if standing else "")
    if one["custody_standing"]:
        since = words.since(words.as_told(one["custody_since"], one["support"]))
        yield "Custody", f"{words.CUSTODY[one['custody']]} {since}, {one['custody_standing']}"
    if one["before"] is not None:
        before = one["before"]
        yield "Else", f"{words.status(before['status'])} {words.since(before['since'])}"


def _held(held: dict[str, Any], spells: list[dict[str, Any]], on: str) -> str:
    """Return how long a person has been held by a day, in how many spells if in several."""
    number = sum(spell["held"] is not None for spell in spells)
    together = f", {number} times in all" if number > 1 else ""
    said = "a time not known" if held["text"] == "unknown" else held["text"]
    return f"{said}, counted to {on}{together}"


def _evidence(one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is told besides, and who tells what."""
    for key in ("pending", "contradicted"):
        for item in one[key]:
            sources = ", ".join(roster.documents(item["support"]))
            yield key.capitalize(), f"{words.item(item)} [{sources}]"
    if one["unknown"]:
        spoken = one["since_spoken"]
        told = (
            f"{claim['voice']}{' (who has since spoken)' if claim['event'] in spoken else ''}"
            for claim in one["unknown"]
        )
        yield "Not known to", ", ".join(dict.fromkeys(told))
    for key, label in (("support", "Sources"), ("against", "Against"), ("unlisted", "Unlisted")):
        if one.get(key):
            yield label, ", ".join(roster.documents(one[key]))


def _details(one: dict[str, Any]) -> Table:
    """Return the details; the same one, told by several, once."""
    told: dict[tuple[str, str, str], list[str]] = {}
    for each in one["details"]:
        key = (each["key"], each["value"], each["stance"])
        told.setdefault(key, []).append(each["document"])
    return Table(
        ("", "", "Stance", "Sources"),
        tuple((*key, ", ".join(dict.fromkeys(found))) for key, found in told.items()),
    )
