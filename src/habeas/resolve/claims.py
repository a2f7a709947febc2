"""What goes in: the claims about one person, and the rules they are judged by.

No zones, no dates, no documents and no names of people: whoever builds a `Claim` (log.py) has
turned all of that into integers and short words, and has left out what does not count (withdrawn,
voided, unknown by then, of parties graded worse than the rules allow).

Instants are integer microseconds since 1970-01-01T00:00Z; windows are half-open, `[start, end)`,
with `times.EVER` and `times.NEVER` for sides without a bound.
"""

from __future__ import annotations

from typing import NamedTuple

from attrs import frozen

from habeas.times import Window
from habeas.when import When

ENGINE = "1"
"""The version of these rules; part of the basis of every answer and snapshot."""


class Claim(NamedTuple):
    """One voice's statement about one person's status.

    `seq` is the claim's place in the log and its name in every answer. `voice` is the root of the
    speaking party's `part_of` chain and `kind` the speaking party's own kind (design section 4).
    `known` is the exclusive end of the reported interval, `said` that of the `said` date, or None.
    `seen` is the day, `[start, end)`, on which the claim says that the status held: of `../D` it is
    D, of `/B` the day before B's first, else (absent `when`, `A/..`, `expected`) the last day of
    `said`, or of `known`; None where that is not stated.
    """

    seq: int
    voice: str
    kind: str
    status: str
    stance: str
    known: int
    said: int | None
    when: When
    seen: Window | None


@frozen(kw_only=True)
class Rules:
    """By what measure claims are accepted (design, section 6); part of the basis of every answer.

    `accept` is the least standing of an accepted change, `corroboration` the number of independent
    voices that confirm one another, `vouching` the kinds of party whose word alone confirms,
    `same_event_days` how near two dates for one event may lie, `stale_days` after how many days
    without news an answer is called stale (by readers; nothing here uses it), `min_grade` the worst
    grade of a party that still counts (used by the caller, who leaves the other claims out).
    """

    accept: str
    corroboration: int
    vouching: tuple[str, ...]
    same_event_days: int
    stale_days: int
    min_grade: str | None


DEFAULT_RULES = Rules(
    accept="reported",
    corroboration=2,
    vouching=(
        "detainee",
        "family",
        "lawyer",
        "court",
        "monitor",
        "government",
        "intergovernmental",
    ),
    same_event_days=31,
    stale_days=30,
    min_grade=None,
)
