"""The editors of the invented register: corrections, voids, withdrawals, merges and grades.

They remember the newest claims only, as people do. What they decide comes back as data to seal;
`done` takes note of what it was sealed as.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any, Final

from bench import world
from bench.names import misspelt
from bench.sealing import Sealed

Data = dict[str, Any]
Act = tuple[str, Data]

_REMEMBERED: Final = 3_000
_CORRECTED, _VOIDED, _WITHDRAWN, _MERGED = 0.32, 0.06, 0.08, 0.03
_MISSPELT: Final = 0.008
_DONE: Final = 3


class _Seen:
    """A claim that may still be corrected; `newest` is the id of the last event about it."""

    __slots__ = ("acts", "data", "id", "newest", "publisher")

    def __init__(self, sealed: Sealed, data: Data, publisher: str) -> None:
        self.id = self.newest = sealed.id
        self.data, self.publisher = data, publisher
        self.acts = 0


class Editors:
    """What the editors remember, and what they do next."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._seen: list[_Seen] = []
        self._at = 0
        self._of: dict[str, _Seen] = {}
        self._names: list[tuple[str, str]] = []
        self._doubled: str | None = None
        self._doubles: list[tuple[str, str]] = []
        self._merges: list[str] = []
        self._grades = world.grades(rng)
        self._graded = 0

    def saw(self, sealed: Sealed, data: Data, publisher: str) -> None:
        """Remember a claim, and forget the oldest."""
        seen = _Seen(sealed, data, publisher)
        if len(self._seen) < _REMEMBERED:
            self._seen.append(seen)
        else:
            self._seen[self._at] = seen
            self._at = (self._at + 1) % _REMEMBERED

    def double(self, name: str) -> str:
        """Return a new person's name; seldom that of somebody who is there, spelt otherwise."""
        if not self._names or self._rng.random() >= _MISSPELT:
            return name
        self._doubled, name = self._rng.choice(self._names)
        return misspelt(name)

    def registered(self, person: str, name: str) -> None:
        """Remember a new person, and whom he may be."""
        if self._doubled is not None:
            self._doubles.append((self._doubled, person))
            self._doubled = None
        else:
            self._names = [*self._names[-50:], (person, name)]

    def acts(self, share: float) -> Iterator[Act]:
        """Yield what is done after a document; `share` of the log is written by then."""
        rng = self._rng
        if self._seen:
            yield from self._about_claims()
        if self._doubles and rng.random() < _MERGED:
            keep, merged = self._doubles.pop(rng.randrange(len(self._doubles)))
            yield "persons.merged", {"keep": keep, "merged": merged, "reason": "the same person"}
        if self._merges and rng.random() < _MERGED / 4:
            merge = self._merges.pop()
            yield "persons.separated", {"merge": merge, "follows": merge, "reason": "two persons"}
        if self._graded < len(self._grades) and share > self._graded / len(self._grades):
            yield "party.graded", self._grades[self._graded]
            self._graded += 1

    def _about_claims(self) -> Iterator[Act]:
        rng = self._rng
        if rng.random() < _CORRECTED:
            yield self._correction(rng.choice(self._seen))
        seen = rng.choice(self._seen)
        if seen.acts >= _DONE:
            return
        if rng.random() < _VOIDED:
            yield self._void(seen)
        elif rng.random() < _WITHDRAWN:
            yield self._withdrawal(seen)

    def _target(self, seen: _Seen) -> Data:
        self._of = {seen.id: seen}
        return {"event": seen.id, "follows": seen.newest}

    def _correction(self, seen: _Seen) -> Act:
        told = self._rng.randint(1, 28)
        changed = dict(seen.data)
        if changed.get("when", "")[4:8:3] == "--" and len(changed["when"]) == len("2026-01-08"):
            changed["when"] = f"{changed['when'][:8]}{told:02}"
        else:
            changed["note"] = f"Read again: it is on page {told}."
        if changed == seen.data:
            changed["note"] = "Read again."
        seen.data = changed
        more = {"type": "status.claimed", "version": 1, "data": changed, "reason": "a slip"}
        return "event.corrected", self._target(seen) | more

    def _void(self, seen: _Seen) -> Act:
        seen.acts = _DONE
        return "event.voided", self._target(seen) | {"reason": "recorded twice"}

    def _withdrawal(self, seen: _Seen) -> Act:
        seen.acts = _DONE
        return "claim.withdrawn", {
            "claim": seen.id,
            "document": self._seen[self._at - 1].data["document"],
            "origin": seen.data.get("origin", seen.publisher),
            "locator": "correction",
        }

    def done(self, data: Data, sealed: Sealed) -> Sealed:
        """Note what an act was sealed as, and return it."""
        if "keep" in data and self._rng.random() < 0.3:
            self._merges.append(sealed.id)
        seen = self._of.pop(data.get("event", ""), None)
        if seen is not None:
            seen.newest = sealed.id
        return sealed
