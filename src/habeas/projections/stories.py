"""Stories: a person's answer with all spells, and how long each in custody has lasted by the day.

What a person and a timeline are shown as, of one or of all that fit a question's `where`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from habeas import times
from habeas.projections import durations, person
from habeas.projections.roster import chosen

if TYPE_CHECKING:
    from habeas.log import State
    from habeas.projections.person import Told
    from habeas.projections.question import Question


def story(state: State, one: Told, question: Question) -> dict[str, Any]:
    """Return a person's story (see `person.story`), with the time held (`durations.beside`).

    `last_known_on` is the day, in the case's zone, on which the newest claim was public.
    """
    last = times.day_of(one.evidence.last_known - 1, times.zone(state.case.timezone))
    told = durations.beside(state, one, question, person.story(state, one))
    return told | {"last_known_on": last.isoformat()}


def stories(state: State, question: Question) -> Iterator[dict[str, Any]]:
    """Yield the stories of all who fit the question's `where`, in the order of their ids."""
    return (story(state, one, question) for one, _ in chosen(state, question))
