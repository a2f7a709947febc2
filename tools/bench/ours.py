"""habeas itself, asked as a peer is, and what only it is asked.

It calls what a program that uses the library would call.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bench import alone
from bench.asked import Asked, Day
from bench.copies import copied, removed
from bench.material import Material
from bench.peers import APPEND, COUNTS, PERSON, READY, REBUILD, ROSTER, WEEK, YEAR, Ask
from habeas import times
from habeas.case import Case, comparing
from habeas.events import StatusClaimed, build
from habeas.projections.question import Question
from habeas.resolve import DEFAULT_RULES

NAME: Final = "habeas"
WHOLE: Final = "whole"
WHOLE_WEEK: Final = "whole week"
HEAVY: Final = "heavy"
LATE: Final = "late"

NOW: Final = times.parse_instant("2026-06-30T12:00:00.000000Z")
"""When the bench appends: after all that the register holds."""


class Habeas:
    """A case in a database of its own, loaded from the text log by a process of its own."""

    name = NAME
    told = READY

    def prepare(self, material: Material, folder: Path) -> None:
        """Load the log."""
        self.path = folder / "habeas.db"
        removed(self.path)
        self.alone = {
            "load": alone.run("load", self.path, material.log),
            "catch-up": alone.run("catch-up", self.path),
            "nothing": alone.run("nothing", self.path),
        }
        self._size = self._with_all_models()
        self._case = Case.open(self.path, clock=lambda: NOW)
        self._case.zone()
        self._first, self._newest = material.documents()

    def _with_all_models(self) -> int:
        """Return the size of a copy that has the models of all the repository's projections."""
        copy = copied(self.path, "all-models.db")
        self.alone["all-models"] = alone.run("all-models", copy)
        return removed(copy)

    def questions(self, asked: Asked) -> dict[str, tuple[Ask, ...]]:
        """Return the questions that this habeas can answer."""
        case = self._case
        return {
            COUNTS: (lambda: case.tally(self._question(asked.as_of.text)),),
            ROSTER: (lambda: case.rows(self._question(asked.as_of.text)),),
            PERSON: (lambda: self._persons(asked),),
            WHOLE: (lambda: case.status(as_of=asked.as_of.text).persons,),
            WEEK: (lambda: case.turns(asked.week.text, asked.as_of.text),),
            YEAR: (lambda: case.turns(asked.year.text, asked.as_of.text),),
            WHOLE_WEEK: (lambda: self._changes(asked.week, asked.as_of),),
            HEAVY: (lambda: case.status(asked.heavy, as_of=asked.as_of.text).persons,),
            REBUILD: (lambda: case.rebuild(DEFAULT_RULES),),
            APPEND: (appending(case, asked.persons, self._newest, {}),),
            LATE: (appending(case, (asked.heavy,), self._first, {"when": "2013-06"}),),
        }

    def _changes(self, before: Day, after: Day) -> tuple[object, ...]:
        """Return the changes about persons, which are what others are asked for too."""
        sides = (self._question(one.text) for one in (before, after))
        return comparing.of_persons(self._case, *sides).changes

    def _question(self, as_of: str) -> Question:
        return self._case.question(as_of=as_of)

    def _persons(self, asked: Asked) -> list[Any]:
        question = self._question(asked.as_of.text)
        return [self._case.brief(person, question) for person in asked.persons]

    def plain(self, question: str, answer: Any) -> Any:  # noqa: ANN401 - each its own
        """Return an answer as the peers give it, to be compared with theirs."""
        if question in {WEEK, YEAR}:
            return {turn.person for turn in answer}
        if question == PERSON:
            return [None if one is None else one[2] for one in answer]
        return answer

    def size(self) -> int:
        """Return how many bytes the database takes with the models of all projections."""
        return self._size

    def close(self) -> None:
        """Close the case."""
        self._case.close()


def appending(
    case: Case, persons: tuple[str, ...], document: str, more: dict[str, str]
) -> Callable[[], None]:
    """Return what appends a claim about the next of some persons, each another one."""
    chosen, places = itertools.cycle(dict.fromkeys(persons)), itertools.count(1)

    def append() -> None:
        known = {
            "person": next(chosen),
            "document": document,
            "status": "detained",
            "stance": "asserted",
            "locator": f"p. {next(places)}",
        }
        case.append(build(StatusClaimed, known | more), recorder="bench")

    return append
