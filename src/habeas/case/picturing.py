"""Which pictures belong to an answer, and what their files are called.

A roster has its bands over known time, a page of timelines one picture for each person, a page of
counts one for each thing of which there are several numbers. Pictures are made of the answer's data
(and, for the bands, of the days before), never of more than it shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from habeas.projections.over_time import over_time
from habeas.projections.question import Question
from habeas.render import pictures
from habeas.vocabulary import fold

if TYPE_CHECKING:
    from habeas.case.main import Case

Drawn = Iterator[tuple[str, str]]
"""Pictures, each with what its file's name adds to the answer's: nothing, or a dot and a word."""

_UNSAFE: Final = re.compile(r"[^a-z0-9]+")


def drawn(case: Case, view: str, data: dict[str, Any], question: Question) -> Drawn:
    """Yield the pictures of an answer. Raises KeyError for a view without any (see `DRAWN`)."""
    yield from _DRAW[view](case, data, question)


def _bands(case: Case, data: dict[str, Any], question: Question) -> Drawn:
    steps = over_time(case.state(question.position), question)
    yield "", pictures.bands({"basis": data["basis"], "steps": steps})


def _spells(_case: Case, data: dict[str, Any], _question: Question) -> Drawn:
    for one in data["persons"]:
        yield f".{one['person']}", pictures.spells(data, one)


def _series(_case: Case, data: dict[str, Any], _question: Question) -> Drawn:
    taken: set[str] = set()
    for matter in data["counts"]:
        told = [one for counter in matter["counters"] for one in counter["numbers"]]
        if len([one for one in told if _has_number(one)]) > 1:
            name = _name(matter)
            while name in taken:
                name += "-"
            taken.add(name)
            yield f".{name}", pictures.series(data, matter, name=f"series-{name}")


def _has_number(one: dict[str, Any]) -> bool:
    return one["low"] > 0 or one["high"] is not None


def _name(matter: dict[str, Any]) -> str:
    """Return a file's name for a thing counted: plain letters and digits."""
    words = filter(None, (matter["measure"], matter["population"], matter["place"]))
    return _UNSAFE.sub("-", fold(" ".join(words)))[:80].strip("-")


_DRAW: Final[dict[str, Callable[[Case, dict[str, Any], Question], Drawn]]] = {
    "roster": _bands,
    "timeline": _spells,
    "counts": _series,
}
DRAWN: Final = tuple(_DRAW)
"""The views that have pictures."""
