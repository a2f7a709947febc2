"""What is asked: as of when, on which day, under which rules, for whom.

A question holds no answer and reads no file. With the position of a log it is the basis of an
answer, from which the answer can be produced again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from habeas import times
from habeas.projections.basis import DEFAULT_PROJECTION, Basis, rules_data, rules_from
from habeas.rules import DEFAULT_RULES, Rules
from habeas.times import AsOf
from habeas.vocabulary import PUBLIC

if TYPE_CHECKING:
    from habeas.log.state import State


class Question(NamedTuple):
    """A question to a log.

    `as_of` is the known time, inclusive of its end; `on` the day in the person's life; `position`
    the number of events asked (None: all); `projection` names the rules, for the basis alone;
    `where` chooses rows: of each key, one of its values must fit.
    """

    as_of: AsOf
    on: date
    position: int | None
    projection: str
    rules: Rules
    where: Mapping[str, tuple[str, ...]]
    audience: str

    def day_end(self, state: State) -> int:
        """Return the exclusive end of the day asked about, in the case's zone."""
        return times.day_window(self.on, times.zone(state.case.timezone))[1]


def ask(
    as_of: str,
    zone: ZoneInfo,
    *,
    on: str | None = None,
    position: int | None = None,
    projection: str = DEFAULT_PROJECTION,
    rules: Rules = DEFAULT_RULES,
    where: Mapping[str, tuple[str, ...]] | None = None,
    audience: str = PUBLIC,
) -> Question:
    """Make a question of what a person types; `on` is by default the as-of's last day in `zone`.

    Raises BadTime for an as-of or a day that cannot be read.
    """
    known = times.parse_as_of(as_of, zone)
    return Question(
        as_of=known,
        on=times.parse_day(on) if on else times.day_of(known.end - 1, zone),
        position=position,
        projection=projection,
        rules=rules,
        where=where or {},
        audience=audience,
    )


def basis(state: State, question: Question, root: str) -> dict[str, Any]:
    """Return what an answer rests on; `root` is the log's Merkle root at the state's position."""
    return Basis(
        case=state.case.case,
        as_of=question.as_of,
        on=question.on,
        position=state.position,
        root=root,
        projection=question.projection,
        rules=question.rules,
        where=question.where,
        audience=question.audience,
        withheld=state.withheld,
        redacted=state.redacted,
    ).data


__all__ = [
    "DEFAULT_PROJECTION",
    "PUBLIC",
    "Question",
    "ask",
    "basis",
    "rules_data",
    "rules_from",
]
