"""A counter's number beside our own roster: named and held, named and out, not named.

The roster is asked for the day that the number is of, or for the question's where it has none. It
says who is known, not who was counted: a person of the roster need not be among the counter's. A
person whose custody on that day is only possible, or presumed from a release told later, is
perhaps meant; so is everybody, where the number is of a part of a population and the question does
not choose its members.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from habeas import times
from habeas.errors import Refused
from habeas.log import State, Thread
from habeas.projections import figures
from habeas.projections.figures import Figure
from habeas.projections.person import Told
from habeas.projections.question import Question
from habeas.projections.reconcile.between import Between
from habeas.projections.reconcile.late import HELD
from habeas.projections.reconcile.pair import chosen, count_known, is_whole
from habeas.projections.reconcile.ranges import Range
from habeas.projections.reconcile.turns import RELEASED, turns, within
from habeas.projections.tallies import persons_tally
from habeas.times import EVER

OUT: Final = frozenset({"released_on", "released_since", "verified"})
"""Measures of how many came out of custody."""

_Persons = dict[str, tuple[int, ...]]
"""Persons, with the claims that say so."""


def against_roster(state: State, question: Question, thread: Thread) -> dict[str, Any]:
    """Return a reported number with the persons of the roster that it can mean, and how many more.

    `named` are surely meant, as far as a roster can say so, and `perhaps` may be; `others` are the
    persons of each custody who are not. Raises Refused for a thread that is no count, or whose
    measure no roster can be set beside.
    """
    number = count_known(state, question, thread)
    measure = number.event.measure
    if measure not in HELD | OUT:
        message = f"a roster has nothing to set beside a number of '{measure}'"
        raise Refused(message, hint=f"it has beside: {', '.join(sorted(HELD | OUT))}")
    day = _day(state, number, question)
    persons, abroad = chosen(state, question._replace(on=day))
    meant, perhaps = (_held if measure in HELD else _released)(persons, number)
    others = [one for one in persons if one.person not in meant.keys() | perhaps.keys()]
    if not is_whole(number, question):
        meant, perhaps = {}, meant | perhaps
    named = Range(len(meant), len(meant) + len(perhaps))
    return {
        "measure": measure,
        "number": figures.cite(state, number),
        "on": day.isoformat(),
        "named": persons_tally(state, meant),
        "perhaps": persons_tally(state, perhaps),
        "others": {
            custody: persons_tally(state, {one.person: _behind(one) for one in found})
            for custody, found in _by_custody(others).items()
        },
        "held_elsewhere": persons_tally(state, {one.person: _behind(one) for one in abroad}),
        "not_named": _not_named(Range(*number.bounds).minus(named).floored),
    }


def _not_named(left: Range) -> dict[str, Any]:
    """Return how many of a number are nobody of the roster; it is never below nothing."""
    bounds = left.low or 0, left.high
    return {"low": bounds[0], "high": bounds[1], "text": figures.bounds_text(bounds) or "any"}


def _day(state: State, number: Figure, question: Question) -> date:
    if number.date is None:
        return question.on
    last = times.first_and_last_day(number.date, times.zone(state.case.timezone))[1]
    return question.on if last is None else last


def _behind(one: Told) -> tuple[int, ...]:
    """Return the claims behind where a person is; of one of whom nothing counts, all of them."""
    return one.answer.support or tuple(one.evidence.threads)


def _held(persons: tuple[Told, ...], _number: Figure) -> tuple[_Persons, _Persons]:
    """Return who is held on the day asked about: surely, and perhaps."""
    meant, perhaps = {}, {}
    for one in persons:
        answer = one.answer
        if answer.custody == "held" and answer.certainty == "certain":
            meant[one.person] = _behind(one)
        elif answer.custody == "held" or answer.presumed == "held":
            perhaps[one.person] = _behind(one)
    return meant, perhaps


def _released(persons: tuple[Told, ...], number: Figure) -> tuple[_Persons, _Persons]:
    """Return who came out in the time that a number is of: surely, and perhaps."""
    start = EVER if number.begin is None else number.begin[0]
    end = number.spoken if number.date is None else number.date[1]
    if number.event.measure == "released_on" and number.date is not None:
        start = number.date[0]
    time = Between((start, end), (start, end))
    sure, unsure = within((turn for one in persons for turn in turns(one)), RELEASED, time)
    meant = {turn.told.person: turn.behind for turn in sure}
    perhaps = {turn.told.person: turn.behind for turn in unsure}
    return meant, {name: seqs for name, seqs in perhaps.items() if name not in meant}


def _by_custody(persons: list[Told]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    for one in persons:
        found.setdefault(one.answer.custody, []).append(one)
    return dict(sorted(found.items()))
