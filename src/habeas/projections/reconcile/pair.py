"""Two reported numbers of one measure, the earlier first, and what is known beside them."""

from __future__ import annotations

from attrs import frozen

from habeas import times
from habeas.errors import Refused
from habeas.events import CountClaimed
from habeas.log import State, Thread, counting
from habeas.projections import figures, person
from habeas.projections.figures import Figure
from habeas.projections.person import Told
from habeas.projections.question import Question
from habeas.projections.reconcile.between import Between, between, is_earlier
from habeas.projections.reconcile.turns import of_another_state
from habeas.projections.roster import everybody
from habeas.projections.where import fits


@frozen(kw_only=True)
class Pair:
    """Two numbers; `forward` is False where they were asked for the other way round.

    `said` are all reported numbers; `persons` the known persons that fit the question and are not
    `abroad`, that is, held by another state. `whole` says that every one of them is of the
    population counted; else each only perhaps is: the number is of a part of a population, and the
    question does not choose who belongs to it.
    """

    state: State
    question: Question
    first: Figure
    second: Figure
    forward: bool
    said: tuple[Figure, ...]
    persons: tuple[Told, ...]
    abroad: tuple[Told, ...]
    whole: bool
    time: Between


def pair_of(state: State, question: Question, one: Thread, other: Thread) -> Pair:
    """Return two reported numbers as a pair.

    Raises Refused for threads that are no counts, of two measures, or not known by then.
    """
    asked = count_known(state, question, one), count_known(state, question, other)
    measures = [figure.event.measure for figure in asked]
    if measures[0] != measures[1]:
        message = f"one number is of '{measures[0]}', the other of '{measures[1]}'"
        raise Refused(message, hint="`habeas counts` shows the numbers of each measure")
    forward = is_earlier(*asked)
    first, second = asked if forward else asked[::-1]
    persons, abroad = chosen(state, question)
    return Pair(
        state=state,
        question=question,
        first=first,
        second=second,
        forward=forward,
        said=tuple(figures.figures(state, question)),
        persons=persons,
        abroad=abroad,
        whole=is_whole(first, question) and is_whole(second, question),
        time=between(first, second, times.zone(state.case.timezone)),
    )


def count_known(state: State, question: Question, thread: Thread) -> Figure:
    """Return the number that a thread claims; a withdrawn one too, as long as it was known.

    Raises Refused for a thread that is no count, is voided, or was not known by then.
    """
    check_number(thread)
    if thread.voided:
        raise Refused(f"event {thread.id} is voided", hint=f"habeas show {thread.id}")
    if counting.known_at(state, thread.event) > question.as_of.end:
        message = f"event {thread.id} was not known as of {question.as_of.text}"
        raise Refused(message, hint="ask as of a later day: --as-of")
    return figures.figure(state, thread, question)


def check_number(thread: Thread) -> None:
    """Check that a thread is a reported number. Raises Refused."""
    if not isinstance(thread.event, CountClaimed):
        message = f"event {thread.id} is a {thread.type}, and no reported number"
        raise Refused(message, hint="`habeas counts` shows the numbers, with their events")


def is_whole(one: Figure, question: Question) -> bool:
    """Say whether every person chosen is of the population that a number counts."""
    return bool(question.where) or (one.event.part_of is None and one.event.place is None)


def chosen(state: State, question: Question) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """Return the known persons that fit the question, and of them those held by another state."""
    here: list[Told] = []
    abroad: list[Told] = []
    for one in everybody(state, question):
        if not question.where or fits(state, one, person.row(state, one), question.where):
            (abroad if of_another_state(state, one) else here).append(one)
    return tuple(here), tuple(abroad)
