"""What is asked of everybody: the same dates and persons, for habeas and for each peer.

As-of times are whole days in the case's zone: `at` is the exclusive end of the day, in µs.
"""

from __future__ import annotations

from random import Random
from typing import Final, NamedTuple

from bench.material import Material
from habeas import times

ZONE: Final = times.zone("America/Caracas")
AS_OF: Final = "2024-06-30"
"""The day most is asked of."""
_WEEK: Final = "2024-06-23"
_YEAR: Final = "2023-06-30"
PERSONS: Final = 200
"""How many persons are asked for, one after the other."""


class Day(NamedTuple):
    """A day as it is typed, and its exclusive end in µs."""

    text: str
    at: int

    @classmethod
    def of(cls, text: str) -> Day:
        """Return a day from its text."""
        return cls(text, times.day_window(times.parse_day(text), ZONE)[1])


class Asked(NamedTuple):
    """The questions' dates and persons; `heavy` is the person most is told of."""

    as_of: Day
    week: Day
    year: Day
    persons: tuple[str, ...]
    heavy: str


def asked(material: Material) -> Asked:
    """Return what is asked of a log: the same each time."""
    known = [person for _, person, _ in material.persons()]
    persons = tuple(Random("asked").choices(known, k=PERSONS))
    return Asked(Day.of(AS_OF), Day.of(_WEEK), Day.of(_YEAR), persons, material.most_told())
