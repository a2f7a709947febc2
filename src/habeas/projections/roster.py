"""The roster: everybody of whom something was known, and what.

One question, one answer; which rows a reader wants of it is a filter (`where`), applied to the
answer and never to the evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from habeas.projections import person
from habeas.projections.where import fits

if TYPE_CHECKING:
    from habeas.log import State
    from habeas.projections.question import Question


def roster(state: State, question: Question) -> Iterator[dict[str, Any]]:
    """Yield the answer about every person of whom a claim was known, in the order of their ids.

    Only those whose answer fits the question's `where`.
    """
    return (answer for _, answer in chosen(state, question))


def chosen(state: State, question: Question) -> Iterator[tuple[person.Told, dict[str, Any]]]:
    """Yield all whose answer fits the question's `where`, each with that answer."""
    for one in everybody(state, question):
        answer = person.row(state, one)
        if fits(state, one, answer, question.where):
            yield one, answer


def everybody(state: State, question: Question) -> Iterator[person.Told]:
    """Yield what was known of each person, in the order of their ids; merged persons are one."""
    for name in state.all_of("person"):
        if state.keeper(name) == name:
            one = person.told(state, name, question)
            if one is not None:
                yield one
