"""Dates with the marks put to them by who tells them: `2024-08~` is about then, `?` is inferred.

An answer's window has no marks, since it is bounds. Where all claims that give a window put the
same mark to it, the window as told stands beside it, under `as_told`, by the name of its field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any, Final

_MARKS: Final = re.compile("[?~%]")

Fields = Mapping[str, tuple[str | None, Iterable[str | None]]]


def as_told(text: str | None, whens: Iterable[str | None]) -> str | None:
    """Return a window's text with the marks that all dates which give it have."""
    told = {begun for when in whens if (begun := (when or "").partition("/")[0])}
    giving = {one for one in told if _MARKS.sub("", one) == text}
    return giving.pop() if len(giving) == 1 else text


def beside(fields: Fields) -> dict[str, Any]:
    """Return `{"as_told": {field: text}}` for the fields that have a mark; without any, nothing.

    `fields` are the text of each window, and the `when` of the claims behind it.
    """
    found = {name: (text, as_told(text, whens)) for name, (text, whens) in fields.items()}
    marked = {name: told for name, (text, told) in found.items() if told != text}
    return {"as_told": marked} if marked else {}


def facts_as_told(facts: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of a roster's row with `as_told` beside its dates, and those of its items.

    `row` is the row itself, whose claims have their `when`.
    """
    whens = [claim["when"] for claim in row["support"]]
    dated = {name: (facts[name], whens) for name in ("since", "custody_since")}
    items = {
        key: [fact | item_as_told(item) for fact, item in zip(facts[key], row[key], strict=True)]
        for key in ("pending", "contradicted")
    }
    return {**facts, **items, **beside(dated)}


def item_as_told(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands beside something told that does not count."""
    return beside({"since": (item["since"], [claim["when"] for claim in item["support"]])})


def row_since(row: Mapping[str, Any]) -> str | None:
    """Return since when a roster's row says that its status is so, as told."""
    return as_told(row["since"], [claim["when"] for claim in row["support"]])


def story_as_told(story: Mapping[str, Any]) -> dict[str, Any]:
    """Return a person's story with `as_told` beside its dates; what ended a spell tells of that."""
    told = []
    for spell, after in zip_longest(story["spells"], story["spells"][1:]):
        ending = after["events"][0]["support"] if after and after["events"] else ()
        begun = spell["since"], [claim["when"] for claim in spell["support"]]
        ended = spell["until"], [claim["when"] for claim in ending]
        told.append(spell | beside({"since": begun, "until": ended}))
    return facts_as_told(story, story) | {"spells": told}
