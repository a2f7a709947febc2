"""The rules by which claims are judged, and the words for how well they stand.

It says what the measures are; how they are applied is `resolve`'s. Who only names the rules of an
answer need not wait for what applies them.
"""

from __future__ import annotations

from typing import Final, NamedTuple

LEVELS: Final = ("expected", "unconfirmed", "disputed", "reported", "confirmed")
"""The standings, from weak to strong."""

ENGINE: Final = "1"
"""The version of these rules; part of the basis of every answer and snapshot."""


class Rules(NamedTuple):
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


DEFAULT_RULES: Final = Rules(
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
