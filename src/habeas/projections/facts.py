"""The facts of an answer: what is compared where two answers about a person are.

Its evidence is not among them: a second voice that changes the standing makes another answer, one
that changes nothing does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

FACTS: Final = (
    "name",
    "status",
    "custody",
    "since",
    "certainty",
    "standing",
    "vouched",
    "custody_since",
    "custody_standing",
    "presumed",
    "contested",
    "disputes",
    "place",
)
ITEM_FACTS: Final = ("status", "custody", "since", "standing")

Facts = dict[str, Any] | None


def reduced(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a roster's row without its evidence: what `changes` compares, before and after."""
    return {key: row[key] for key in FACTS} | {
        key: [{part: item[part] for part in ITEM_FACTS} for item in row[key]]
        for key in ("pending", "contradicted")
    }
