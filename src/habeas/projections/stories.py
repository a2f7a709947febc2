"""Stories: a person's answer with all spells, and how long each in custody has lasted by the day.

What a person and a timeline are shown as, of one or of all that fit a question's `where`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from habeas import resolve, times
from habeas.projections import durations, person
from habeas.projections.roster import chosen

if TYPE_CHECKING:
    from habeas.log import State
    from habeas.projections.person import Told
    from habeas.projections.question import Question


def story(state: State, one: Told, question: Question) -> dict[str, Any]:
    """Return a person's story (see `person.story`), completed."""
    return completed(state, one, question, person.story(state, one))


def completed(state: State, one: Told, question: Question, told: dict[str, Any]) -> dict[str, Any]:
    """Return a person's story with the time held (`durations.beside`) and who knows by now.

    `last_known_on` is the day, in the case's zone, on which the newest claim was public.
    """
    last = times.day_of(one.evidence.last_known - 1, times.zone(state.case.timezone))
    more = {"last_known_on": last.isoformat(), "since_spoken": since_spoken(one)}
    return durations.beside(state, one, question, told) | more


def since_spoken(one: Told) -> dict[str, list[str]]:
    """Return who said once not to know, and has since told what is so: by the claim of not knowing.

    Of each such claim, the ids of the later assertions and denials of the same voice. That it did
    not know stays in the answer, as evidence.
    """
    found: dict[str, list[str]] = {}
    for claim in one.evidence.claims:
        if claim.seq in one.answer.unknown:
            later = [
                one.evidence.threads[other.seq].id
                for other in one.evidence.claims
                if other.voice == claim.voice
                and other.stance in {"asserted", "denied"}
                and _spoken(other) > _spoken(claim)
            ]
            if later:
                found[one.evidence.threads[claim.seq].id] = later
    return found


def _spoken(claim: resolve.Claim) -> tuple[int, int]:
    return claim.known if claim.said is None else claim.said, claim.seq


def stories(state: State, question: Question) -> Iterator[dict[str, Any]]:
    """Yield the stories of all who fit the question's `where`, in the order of their ids."""
    return (story(state, one, question) for one, _ in chosen(state, question))
