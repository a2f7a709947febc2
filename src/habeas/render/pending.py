"""The work list: by kind, the most urgent first, each with what would settle it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, Final

from habeas.render import basis, words
from habeas.render.blocks import Block, Heading, Item, Paragraph, Points
from habeas.render.numbers import events, number

COLUMNS: Final = (
    *("kind", "person", "name", "group", "persons", "status", "custody", "standing", "since"),
    *("voices", "about", "waiting_since", "days", "settles", "events"),
    *basis.COLUMNS,
)

TITLES: Final = {
    "overdue": "Unconfirmed for longer than {stale_days} days",
    "contradicted": "Contradicted, and not withdrawn",
    "unconfirmed": "Unconfirmed",
    "one voice": "Not confirmed by anybody else",
    "disputed": "Disputed",
    "ask again": "Who did not know, and may know by now",
    "too many": "Groups of which more are named than said",
    "unnamed": "Groups of which not everybody is named",
    "stale": "Nothing new for longer than {stale_days} days",
    "likely one": "Perhaps one person",
}
"""The kinds of work in words; `stale_days` are the projection's."""


def page(data: dict[str, Any], title: str | None) -> list[Block]:
    """Return the work list as a page, a section for each kind of work."""
    said = data["basis"]
    heading = title or f"What is open in {said['case']}"
    blocks: list[Block] = [Heading(f"{heading}, as of {said['as_of']}", 1)]
    if not data["pending"]:
        blocks.append(Paragraph("Nothing is open."))
    for kind, found in groupby(data["pending"], key=lambda one: one["kind"]):
        items = list(found)
        words_of_kind = TITLES[kind].format(stale_days=said["rules"]["stale_days"])
        blocks.append(Heading(f"{words_of_kind} ({len(items)})", 2))
        blocks += _points(items)
    return [*blocks, basis.foot(said)]


def _points(items: list[dict[str, Any]]) -> Iterator[Block]:
    """Yield the items of a kind; what would settle them all is said once."""
    shared = {one["settles"] for one in items}
    if len(shared) == 1 and len(items) > 1:
        yield Paragraph(f"To settle each: {items[0]['settles']}.")
        yield Points(tuple(Item(_item(one), ()) for one in items))
    else:
        yield Points(
            tuple(Item(_item(one), (f"To settle it: {one['settles']}.",)) for one in items)
        )


def _item(one: dict[str, Any]) -> str:
    waiting = f"; for {words.counted(one['days'], 'day')} now" if one["days"] else ""
    return f"{_WHAT[one['kind']](one)}{waiting} [{events(one['events'])}]"


def _told(one: dict[str, Any]) -> str:
    voices = f", told by {words.listed(one['voice_names'])}" if one["voices"] else ""
    return f"{one['name']}: {words.item(words.marked(one))}{voices}"


def _disputed(one: dict[str, Any]) -> str:
    against = f"; against it: {words.listed(one['against_names'])}" if one["against"] else ""
    return f"{_told(one)}{against}; contested: {words.disputed([one['about']])}"


_WHAT: Final[dict[str, Callable[[dict[str, Any]], str]]] = {
    "overdue": _told,
    "contradicted": _told,
    "unconfirmed": _told,
    "one voice": _told,
    "disputed": _disputed,
    "ask again": lambda one: f"{one['name']}: {words.listed(one['voice_names'])} did not know",
    "too many": lambda one: f"{one['name']} ({one['group']}): {number(one['about'])}",
    "unnamed": lambda one: f"{one['name']} ({one['group']}): {number(one['about'])}",
    "stale": _told,
    "likely one": lambda one: f"{words.listed(one['persons'])}: {one['name']} ({one['about']})",
}


def lines(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each item, with the basis."""
    beside = basis.beside(data["basis"])
    for one in data["pending"]:
        yield {**one, "basis": beside}


def records(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each item as a flat record."""
    beside = basis.beside(data["basis"])
    for one in data["pending"]:
        yield {**one, **beside}
