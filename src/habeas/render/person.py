"""One person: the answer, the spells, the details, as `status PERSON` shows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from habeas.render import basis, roster, timeline, words
from habeas.render.blocks import Block, Facts, Foot, Heading, Paragraph, Table

COLUMNS: Final = roster.COLUMNS
_SECONDS: Final = len("2026-01-08T04:00:00")
lines = roster.lines
records = roster.records


def page(data: dict[str, Any], title: str | None) -> list[Block]:
    """Return one person's answer as a page."""
    said = data["basis"]
    if not data["persons"]:
        blocks: list[Block] = [Heading(f"{title or said['case']}, as of {said['as_of']}", 1)]
        return [*blocks, Paragraph("Nothing was known of this person by then."), basis.foot(said)]
    [one] = data["persons"]
    blocks = [Heading(f"{title or one['name']}, as of {said['as_of']}", 1)]
    blocks.append(Facts(tuple(_facts(one))))
    if one["spells"]:
        blocks += [Heading("Timeline", 2), timeline.spells(one)]
    if one["details"]:
        blocks += [Heading("Details", 2), _details(one)]
    return [*blocks, Foot(roster.legend(data)), basis.foot(said)]


def _facts(one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    since, standing = words.since(one["since"]), one["standing"]
    yield "Person", f"{one['person']}{''.join(f', {alias}' for alias in one['aliases'])}"
    yield "Status", f"{roster.status(one)} {since}".rstrip() + (f", {standing}" if standing else "")
    if one["custody_standing"]:
        since = words.since(one["custody_since"])
        yield "Custody", f"{words.CUSTODY[one['custody']]} {since}, {one['custody_standing']}"
    if one["before"] is not None:
        before = one["before"]
        yield "Else", f"{words.status(before['status'])} {words.since(before['since'])}"
    if one["place"]:
        yield "Place", one["place"]
    yield "Contested", words.disputed(one["disputes"]) if one["disputes"] else "no"
    for key in ("pending", "contradicted"):
        for item in one[key]:
            sources = ", ".join(roster.documents(item["support"]))
            yield key.capitalize(), f"{words.aside(item)} {words.since(item['since'])} [{sources}]"
    if one["unknown"]:
        voices = dict.fromkeys(claim["voice"] for claim in one["unknown"])
        yield "Not known to", ", ".join(voices)
    if one["support"]:
        yield "Sources", ", ".join(roster.documents(one["support"]))
    if one["against"]:
        yield "Against", ", ".join(roster.documents(one["against"]))
    if one["merged"]:
        yield "Merged", ", ".join(one["merged"])
    yield "Last known", f"{one['last_known_at'][:_SECONDS]}Z"


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
