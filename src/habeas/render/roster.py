"""The roster as a page and as records: one line for each person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from habeas.render import basis, words
from habeas.render.blocks import Block, Foot, Heading, Paragraph, Table

HEAD: Final = ("Person", "Status", "Since", "Standing", "What else is told")

COLUMNS: Final = (
    *("person", "name", "status", "custody", "since", "certainty", "standing", "vouched"),
    *("custody_since", "custody_standing", "presumed", "contested", "disputes", "place"),
    *("last_known_at", "sources", "against", "pending", "contradicted", "unknown"),
    *basis.COLUMNS,
)


def page(data: dict[str, Any], title: str | None) -> list[Block]:
    """Return the roster as a page."""
    said, persons = data["basis"], data["persons"]
    heading = title or f"Roster of {said['case']}"
    blocks: list[Block] = [Heading(f"{heading}, as of {said['as_of']}", 1)]
    if not persons:
        blocks.append(Paragraph("Nothing was known of anybody by then."))
        return [*blocks, basis.foot(said)]
    blocks.append(Paragraph(totals(persons)))
    blocks.append(Table(HEAD, tuple(_row(one) for one in persons)))
    return [*blocks, Foot(legend(data)), basis.foot(said)]


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    return (
        one["name"],
        status(one),
        words.date(words.as_told(one["since"], one["support"])),
        one["standing"] or "–",
        "; ".join(notes(one)) or "–",
    )


def status(one: dict[str, Any]) -> str:
    """Return a person's status in words: how sure it is that it has begun, what is presumed."""
    said = words.status(one["status"])
    if one["certainty"] == "possible":
        return f"possibly {said}"
    if one["presumed"] is not None:
        return f"{said} (presumed {words.CUSTODY[one['presumed']]})"
    return said


def notes(one: dict[str, Any]) -> Iterator[str]:
    """Yield what a reader must know besides the status, each in a few words."""
    if one["disputes"]:
        yield f"contested: {words.disputed(one['disputes'])}"
    custody = _custody(one)
    if custody:
        yield custody
    for key in ("pending", "contradicted"):
        items = list(dict.fromkeys(map(words.aside, one[key])))
        if items:
            yield f"{key}: {words.listed(items)}"
    if one["unknown"]:
        voices = len({claim["voice"] for claim in one["unknown"]})
        yield f"{words.counted(voices, 'source')} {'does' if voices == 1 else 'do'} not know"


def _custody(one: dict[str, Any]) -> str | None:
    """Return when and how surely the custody began, where the status tells it otherwise."""
    since, standing = one["custody_since"], one["custody_standing"]
    if standing is None or (since, standing) == (one["since"], one["standing"]):
        return None
    if one["custody"] == "unknown":
        return None
    return f"{words.CUSTODY[one['custody']]} {words.since(since)} ({standing})"


def totals(persons: list[dict[str, Any]]) -> str:
    """Return how many persons there are of each status, the most frequent first."""
    found: dict[str, int] = {}
    for one in persons:
        found[status(one)] = found.get(status(one), 0) + 1
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    each = ", ".join(f"{number} {said}" for said, number in ranked)
    return f"{words.counted(len(persons), 'person')}: {each}."


def legend(data: dict[str, Any]) -> tuple[str, ...]:
    """Return what the words mean that this roster uses."""
    persons = data["persons"]
    items = [each for one in persons for key in ("pending", "contradicted") for each in one[key]]
    used = {one[key] for one in persons for key in ("standing", "custody_standing")}
    used |= {each["standing"] for each in items}
    lines = [
        f"{word}: {meaning.format(corroboration=data['basis']['rules']['corroboration'])}."
        for word, meaning in words.STANDING.items()
        if word in used
    ]
    if any(one["pending"] for one in persons):
        lines.append("pending: told, and not well enough supported to count yet.")
    if any(one["contradicted"] for one in persons):
        lines.append("contradicted: told, and what was seen later speaks against it.")
    if any(one["certainty"] == "possible" for one in persons):
        lines.append("possibly: by the dates told, it may not have begun on that day.")
    if any(one["presumed"] for one in persons):
        lines.append("presumed: nobody tells of the arrest, only of a release.")
    return tuple(lines)


def lines(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each person's answer, with the basis."""
    beside = basis.beside(data["basis"])
    for one in data["persons"]:
        yield {**one, "basis": beside}


def records(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each person's answer as a flat record."""
    beside = basis.beside(data["basis"])
    for one in data["persons"]:
        yield {
            **one,
            "sources": documents(one["support"]),
            "against": documents(one["against"]),
            "pending": [words.aside(item) for item in one["pending"]],
            "contradicted": [words.aside(item) for item in one["contradicted"]],
            "unknown": list(dict.fromkeys(claim["voice"] for claim in one["unknown"])),
            **beside,
        }


def documents(claims: list[dict[str, Any]]) -> list[str]:
    """Return the documents of claims, each once, in the order of the claims."""
    return list(dict.fromkeys(claim["document"] for claim in claims))
