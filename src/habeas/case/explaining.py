"""The long answers: timelines, and the reasons for an answer about one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from habeas.case import asking
from habeas.case.asking import Answer
from habeas.projections import person as persons
from habeas.projections.explanation import explanation, withdrawn
from habeas.projections.question import Question
from habeas.projections.stories import completed, stories

if TYPE_CHECKING:
    from habeas.case.main import Case


def timeline(case: Case, question: Question, person: str | None) -> Answer:
    """Answer about one person, or about everybody, each with his whole story.

    Raises UnknownName for a person that nobody is called.
    """
    if person is not None:
        return asking.status(case, question, person)
    state = case.state(question.position)
    return asking.answered(case, state, question, stories(state, question))


def explain(case: Case, question: Question, person: str) -> Answer:
    """Answer about one person with every claim as a footnote. Raises UnknownName."""
    name = asking.person_of(case, person, question.position)
    state = case.state_about(name, question.position)
    told = persons.told(state, state.keeper(name), question)
    if told is None:
        group, end = state.merged_with(name), question.as_of.end
        gone = withdrawn(state, group, end, case.store.read)
        return evolve(asking.answered(case, state, question, ()), withdrawn=tuple(gone))
    found = explanation(state, told, case.store.read)
    return asking.answered(case, state, question, (completed(state, told, question, found),))
