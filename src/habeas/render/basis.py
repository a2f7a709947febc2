"""The basis of an answer as it is printed: at a page's foot, and beside each record.

With the same log, these words are enough to produce the answer again.
"""

from __future__ import annotations

from typing import Any, Final

from habeas.render.blocks import Foot
from habeas.render.words import counted

COLUMNS: Final = ("case", "as_of", "on", "log_position", "log_root", "projection")
"""The part of the basis that stands beside each record of `nl` and `csv`."""

_ROOT_SHOWN: Final = 16


def foot(basis: dict[str, Any], *more: str) -> Foot:
    """Return the foot of a page: notes, then what the answer rests on."""
    return Foot((*more, sentence(basis)))


def sentence(basis: dict[str, Any]) -> str:
    """Return what an answer rests on, in one line."""
    parts = [f"Basis: case {basis['case']}", f"as of {basis['as_of']}"]
    if basis["on"] != basis["as_of"]:
        parts.append(f"on {basis['on']}")
    parts += [
        f"log position {basis['log_position']}",
        f"root {basis['log_root'][:_ROOT_SHOWN]}…",
        f"projection {basis['projection']}",
    ]
    parts += _chosen(basis)
    if basis["withheld"]:
        parts.append(f"{basis['withheld']} withheld")
    if basis["redacted"]:
        parts.append(f"{counted(basis['redacted'], 'event')} redacted")
    return ", ".join(parts) + "."


def _chosen(basis: dict[str, Any]) -> list[str]:
    return [f"where {key} is {' or '.join(one)}" for key, one in basis.get("where", {}).items()]


def beside(basis: dict[str, Any]) -> dict[str, Any]:
    """Return the part of the basis that stands beside each record."""
    return {name: basis[name] for name in COLUMNS}
