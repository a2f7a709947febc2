"""The basis of an answer as JSON values: what it rests on, and what it takes to produce it again.

It holds the order of the keys, and nothing of a log: whoever answers knows the values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from habeas import times
from habeas.rules import DEFAULT_RULES, ENGINE, Rules

if TYPE_CHECKING:
    from datetime import date

    from habeas.times import AsOf

DEFAULT_PROJECTION: Final = "default"


class Basis(NamedTuple):
    """What an answer rests on; `position` and `root` are those of the log that was asked."""

    case: str
    as_of: AsOf
    on: date
    position: int
    root: str
    projection: str
    rules: Rules
    where: Mapping[str, tuple[str, ...]]
    audience: str
    withheld: int
    redacted: int

    @property
    def data(self) -> dict[str, Any]:
        """The basis as JSON values."""
        where = {"where": {key: list(values) for key, values in self.where.items()}}
        return {
            "case": self.case,
            "as_of": self.as_of.text,
            "as_of_instant": times.instant_text(self.as_of.end - 1),
            "on": self.on.isoformat(),
            "log_position": self.position,
            "log_root": self.root,
            "projection": self.projection,
            "rules": rules_data(self.rules),
            **(where if self.where else {}),
            "engine": ENGINE,
            "audience": self.audience,
            "withheld": self.withheld,
            "redacted": self.redacted,
        }


def rules_data(rules: Rules) -> dict[str, Any]:
    """Return rules as JSON values."""
    return rules._asdict() | {"vouching": list(rules.vouching)}


def rules_from(values: dict[str, Any]) -> Rules:
    """Return the default rules with `values` in place of theirs; keys are known to be right."""
    changed: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
    }
    return DEFAULT_RULES._replace(**changed)
