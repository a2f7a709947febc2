"""The peers: other ways to answer the same questions, each in its own file.

No peer resolves. Some are given habeas's own answers as ready-made intervals, and only look them
up; the others take a person's latest word (the claim about the latest day, of those not hedged) and
so answer something simpler. `Peer.told` says which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, Protocol

from bench.asked import Asked
from bench.material import Material

Ask = Callable[[], Any]
"""Asks a question once and returns the answer; what is measured."""

READY: Final = "ready-made"
LATEST: Final = "latest word"

COUNTS: Final = "counts"
ROSTER: Final = "roster"
PERSON: Final = "person"
WEEK: Final = "week"
YEAR: Final = "year"
APPEND: Final = "append"
REBUILD: Final = "rebuild"


class Peer(Protocol):
    """Another way to answer; `told` is READY or LATEST."""

    name: str
    told: str

    def prepare(self, material: Material, folder: Path) -> None:
        """Take the rows in, with the indexes that the questions want; not measured here."""

    def questions(self, asked: Asked) -> dict[str, tuple[Ask, ...]]:
        """Return the questions it can answer, each in one or more formulations; the best counts.

        COUNTS: (status, standing) -> number, or status -> number; ROSTER: rows (person, name,
        status, standing, contested), or (person, name, status); PERSON: for each of
        `asked.persons` his status, or None; WEEK and YEAR: the ids of the persons whose row
        differs; APPEND: one more claim of somebody, durable on return; REBUILD: everything that is
        derived from the claims made anew.
        """

    def size(self) -> int:
        """Return how many bytes it takes on disk."""

    def close(self) -> None:
        """Let go of everything."""


def differing(before: Iterable[tuple[Any, ...]], after: Iterable[tuple[Any, ...]]) -> set[str]:
    """Return the first columns of the rows that are in one roster only, or differ."""
    was = {row[0]: row for row in before}
    now = {row[0]: row for row in after}
    changed = {one for one, row in now.items() if was.get(one) != row}
    return changed | (was.keys() - now.keys())
