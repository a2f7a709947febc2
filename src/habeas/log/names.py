"""What an event names: persons, parties and documents, by their typed ids (`person:x`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from habeas import codec
from habeas.events import (
    TAGS,
    CaseOpened,
    DocumentRegistered,
    Event,
    PartyRegistered,
    PersonRegistered,
)

_NAMING_FIELDS: Final = (
    ("person", "person"),
    ("document", "document"),
    ("origin", "party"),
    ("authority", "party"),
    ("party", "party"),
    ("keep", "person"),
    ("merged", "person"),
    ("via", "party"),
)
"""Fields in which a claim, withdrawal or act names something, and the kind of what they name."""

NAMING: Final[dict[type[Any], tuple[tuple[str, str], ...]]] = {
    cls: tuple((field, kind) for field, kind in _NAMING_FIELDS if field in codec.FIELDS[cls])
    for cls in TAGS.values()
} | {
    CaseOpened: (),
    PersonRegistered: (),
    PartyRegistered: (("part_of", "party"), ("of", "person")),
    DocumentRegistered: (("publisher", "party"),),
}
"""For each class of event, the fields in which it names something else, and of which kind."""


def names_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names by which what a registration registers is known, from its plain values."""
    return (data.get("name") or data["title"], *data.get("aliases", ()))


def names_in(event: Event) -> tuple[str, ...]:
    """Return the typed ids (`person:x`, `party:y`, `document:z`) that an event names.

    What a registration itself registers is not among them.
    """
    found: dict[str, None] = {}
    for field, kind in NAMING[type(event)]:
        value = getattr(event, field)
        if isinstance(value, str):
            found[f"{kind}:{value}"] = None
        elif value:
            found.update(dict.fromkeys([f"{kind}:{one}" for one in value]))
    return tuple(found)
