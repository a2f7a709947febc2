"""The change log: a table for a screen, and in Markdown a text that a newsroom can paste.

The text has one sentence for each person, with its source in brackets; how many there are stands at
the top, what it rests on at the foot. What a sentence says is made in `change_clauses` and
`change_sources`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any, Final

from habeas.render import (
    basis,
    change_groups,
    change_moves,
    change_sources,
    prose_dates,
    roster,
    words,
)
from habeas.render.blocks import Block, Foot, Heading, Item, News, Paragraph, Points, Table
from habeas.render.change_clauses import clauses

HEAD: Final = ("Person", "What changed", "Before", "Now", "Because of")

BACK: Final = (
    "This reads back in time: the sources in brackets are those not yet known, or not yet "
    "recorded, in the second of the two."
)

NOTHING: Final = (
    "Nothing has changed in the answers on the days asked; `habeas timeline` shows earlier spells."
)
"""What is said where no answer changed: what went before the days asked is not compared."""

_FACTS: Final = ("status", "custody", "since", "certainty", "standing", "place")
_OF_STATUS: Final = frozenset({"custody", "standing", "date", "certainty"})
_ITEMS: Final = ("pending", "contradicted")
COLUMNS: Final = (
    *("person", "name", "kinds", "known_at", "known_on"),
    *(f"{key}_{side}" for key in (*_FACTS, *_ITEMS) for side in ("before", "after")),
    *("causes", "voices", "documents", "events", "sentence"),
    *(*change_moves.FIELDS, "told_before", "told_after"),
    *(f"{side}_{key}" for side in ("from", "to") for key in basis.COLUMNS),
)

Change = dict[str, Any]
Data = dict[str, Any]


def page(data: Data, title: str | None) -> list[Block]:
    """Return a change log as a page with a table."""
    rows = [_row(one) for group in change_groups.groups(data["changes"]) for one in group.changes]
    blocks = _top(data, title)
    if rows:
        blocks.append(Table(HEAD, tuple(rows)))
    blocks += change_moves.tables(data)
    return [*blocks, Foot(_legend(data)), _foot(data)]


def text(data: Data, title: str | None) -> list[Block]:
    """Return a change log as a text of sentences."""
    blocks = _top(data, title)
    for group in change_groups.groups(data["changes"]):
        blocks.append(Heading(f"{group.title} ({len(group.changes)})", 2))
        if group.meaning is not None:
            blocks.append(Paragraph(group.meaning))
        blocks.append(News(tuple((one["name"], sentence(one)) for one in group.changes)))
    blocks += change_moves.news(data)
    causes = (cause for one in _all(data) for cause in one["causes"])
    cited = change_sources.documents(causes)
    if cited:
        blocks += [Heading("Sources", 2), Points(tuple(Item(one, ()) for one in cited))]
    standings = (line for line in _legend(data) if line.partition(":")[0] in words.STANDING)
    return [*blocks, Foot(tuple(standings)), _foot(data)]


def _all(data: Data) -> Iterator[Change]:
    """Yield all that changed: of persons, of reported numbers, of groups."""
    counts, groups = change_moves.moved(data)
    return chain(data["changes"], counts, groups)


def sentence(change: Change) -> str:
    """Return what changed, as it follows the name, with its sources, and a full stop."""
    return f"{clauses(change)} ({change_sources.bracket(change)})."


def told(change: Change) -> str:
    """Return what changed about a person as a whole sentence."""
    said = sentence(change)
    return f"{change['name']}{'' if said.startswith(',') else ' '}{said}"


def heading(data: Data, title: str | None) -> str:
    """Return the heading of a change log."""
    return f"{title or 'What changed in ' + data['to']['case']}, {span(data)}"


def span(data: Data) -> str:
    """Return which states are compared: "from 8 to 9 January 2026"."""
    before, after = data["from"], data["to"]
    if before["as_of"] == after["as_of"] and before["on"] == after["on"]:
        ends = f"from @{before['log_position']} to @{after['log_position']} of the log"
        return f"{ends}, as of {_said(after)}"
    if before["log_position"] != after["log_position"]:
        return " ".join(
            f"{joint} {_said(one)} at @{one['log_position']}"
            for joint, one in (("from", before), ("to", after))
        )
    first, last = _day(before), _day(after)
    plain = (str(first), str(last)) == (before["on"], after["on"])
    if first is not None and last is not None and plain:
        return f"from {prose_dates.pair(first, last, 'to')}"
    return f"from {_said(before)} to {_said(after)}"


def _said(side: Data) -> str:
    """Return as of when, and on which day where that is another."""
    day = _day(side)
    said = side["as_of"] if day is None else prose_dates.bare(side["as_of"])
    return said if str(day) == side["on"] else f"{said}, on {prose_dates.bare(side['on'])}"


def _day(side: Data) -> date | None:
    try:
        return date.fromisoformat(side["as_of"])
    except ValueError:
        return None


def summary(data: Data) -> str:
    """Return how many changes there are of each sort, in a sentence."""
    number = len(data["changes"])
    counts, groups = change_moves.moved(data)
    numbers = "series of reported numbers"
    found = ((counts, numbers, numbers), (groups, "group", "groups"))
    moved = [words.counted(len(many), *named) for many, *named in found if many]
    said = []
    if number:
        total = change_groups.totals(data["changes"])
        said.append(f"What is known has changed for {words.counted(number, 'person')}: {total}.")
    if moved:
        verb = "has" if len(counts) + len(groups) == 1 else "have"
        said.append(f"{words.listed(moved)} {verb} moved.")
    return " ".join(said) or NOTHING


def is_back(data: Data) -> bool:
    """Say whether the second state is the older one, so that changes are those of the way back."""
    ends = [(data[side]["as_of_instant"], data[side]["log_position"]) for side in ("from", "to")]
    return bool(ends[0] > ends[1])


def _top(data: Data, title: str | None) -> list[Block]:
    blocks: list[Block] = [Heading(heading(data, title), 1), Paragraph(summary(data))]
    return [*blocks, Paragraph(BACK)] if is_back(data) else blocks


def _legend(data: Data) -> tuple[str, ...]:
    """Return what the words mean that are used."""
    facts = [one[side] for one in data["changes"] for side in ("before", "after") if one[side]]
    return roster.legend({"persons": facts, "basis": data["to"]})


def _foot(data: Data) -> Foot:
    """Return what both answers rest on."""
    said = {side: basis.sentence(data[side]).removeprefix("Basis: ") for side in ("from", "to")}
    return Foot(tuple(f"{side.capitalize()}: {words}" for side, words in said.items()))


def _row(change: Change) -> tuple[str, ...]:
    return (
        change["name"],
        ", ".join(_kinds(change["kinds"])),
        short(change["before"]),
        short(change["after"]),
        change_moves.because(change["causes"]),
    )


def _kinds(kinds: list[str]) -> list[str]:
    """Return kinds of change without those that a change of status brings with it."""
    return [one for one in kinds if "status" not in kinds or one not in _OF_STATUS]


def short(facts: Data | None) -> str:
    """Return an answer about a person in few words."""
    if facts is None:
        return "–"
    since = words.marked(facts)["since"]
    said = f"{roster.status(facts)} {words.since(since)}".strip()
    parts = [said, *([facts["standing"]] if facts["standing"] else [])]
    parts = [", ".join(parts)]
    for key in _ITEMS:
        if facts[key]:
            parts.append(f"{key}: {words.listed(dict.fromkeys(map(words.aside, facts[key])))}")
    return "; ".join(parts)


def lines(data: Data) -> Iterator[Change]:
    """Yield each change, with the basis of both answers; persons, then numbers, then groups."""
    beside = {side: basis.beside(data[side]) for side in ("from", "to")}
    for one in _all(data):
        yield {**one, **_known(one, data), **beside}


def _known(change: Change, data: Data) -> dict[str, str]:
    known = change_groups.became_known(change, data)
    return {"known_at": known.instant, "known_on": known.day}


def records(data: Data) -> Iterator[dict[str, Any]]:
    """Yield each change as a flat record; facts of nobody are empty."""
    beside = {
        f"{side}_{key}": value
        for side in ("from", "to")
        for key, value in basis.beside(data[side]).items()
    }
    for one in data["changes"]:
        yield {
            **{key: one[key] for key in ("person", "name", "kinds")},
            **_known(one, data),
            **_flat(one["before"], "before"),
            **_flat(one["after"], "after"),
            **_sources(one["causes"]),
            "sentence": told(one),
            **beside,
        }
    for one in chain(*change_moves.moved(data)):
        yield {
            **change_moves.record(one),
            "name": change_moves.title(one),
            "kinds": one["kinds"],
            **_known(one, data),
            **_sources(one["causes"]),
            "sentence": change_moves.told(one),
            **beside,
        }


def _flat(facts: Data | None, side: str) -> dict[str, Any]:
    if facts is None:
        return {}
    items = {key: list(map(words.aside, facts[key])) for key in _ITEMS}
    facts = {key: value for key, value in facts.items() if key != "as_told"}
    return {f"{key}_{side}": value for key, value in ({**facts, **items}).items()}


def _sources(causes: list[Data]) -> dict[str, list[str]]:
    """Return what causes name, each once, in their order."""
    columns = (("causes", "cause"), ("voices", "voice"), ("documents", "document"))
    return {
        column: list(dict.fromkeys(one[key] for one in causes if one.get(key)))
        for column, key in (*columns, ("events", "event"))
    }
