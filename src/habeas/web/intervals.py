"""What a browser needs to move through time: of each person, what is answered from which day on.

One file, compressed: words are the page's own, and each answer stands in it once, however many
persons share it. A day's answer is the roster's row of that day, cut down to what a row shows.
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any, Final

from habeas.web import dates
from habeas.web.edition import Edition
from habeas.web.turns import Fact

MOST: Final = 5_000
"""Up to how many persons the file is made; a larger case is read day by day."""


class _Table:
    """Values, each with its place."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._places: dict[Any, int] = {}

    def place(self, value: Any) -> int:  # noqa: ANN401 - whatever can be a key
        if value not in self._places:
            self._places[value] = len(self.values)
            self.values.append(value)
        return self._places[value]


def intervals(edition: Edition) -> dict[str, Any]:
    """Return all persons' rows over time; days are counted from the first known one."""
    first, facts, since = edition.days[0], _Table(), _Table()
    persons = []
    for name, found in edition.turns.items():
        steps: list[int] = []
        for day, known, _ in found:
            place = -1 if known is None else facts.place(_coded(known, since))
            if place != (steps[-1] if steps else -1):
                steps += [(day - first).days, place]
        if steps:
            persons.append([name, edition.state.person(name).name, steps])
    return {
        "version": 1,
        "position": edition.position,
        "root": edition.root,
        "first": first.isoformat(),
        "marks": [(day - first).days for day in edition.days],
        "since": [[text, dates.say(text, "en"), dates.say(text, "es")] for text in since.values],
        "facts": facts.values,
        "persons": persons,
    }


def _coded(known: Fact, since: _Table) -> Fact:
    """Return a fact with the place of its date."""
    status, custody, standing, begun, *rest = known
    return (status, custody, standing, since.place(begun), *rest)


def packed(edition: Edition) -> bytes:
    """Return the intervals as a script, which a page opened from a file can read."""
    return _script(intervals(edition))


def nothing(edition: Edition, position: int) -> bytes:
    """Return the script of a position at which nothing was known."""
    first = edition.days[0].isoformat()
    empty = {"version": 1, "position": position, "first": first, "since": [], "facts": []}
    return _script(empty | {"marks": [], "persons": []})


def _script(told: dict[str, Any]) -> bytes:
    plain = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    text = base64.b64encode(zlib.compress(plain, 9)).decode()
    return f'habeasIntervals({told["position"]},"{text}");\n'.encode()
