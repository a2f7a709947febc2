"""From one reported number to another, line by line, and what the lines leave unexplained."""

from __future__ import annotations

from typing import Any

from habeas.log import State, Thread, counting
from habeas.projections import figures
from habeas.projections.figures import Figure
from habeas.projections.question import Question
from habeas.projections.reconcile.definitions import bridge, differences
from habeas.projections.reconcile.happened import happened
from habeas.projections.reconcile.late import late
from habeas.projections.reconcile.lines import Line, line_data, line_of
from habeas.projections.reconcile.pair import Pair, pair_of
from habeas.projections.reconcile.ranges import Range, total
from habeas.projections.reconcile.revised import revised
from habeas.projections.tallies import names


def reconcile(state: State, question: Question, one: Thread, other: Thread) -> dict[str, Any]:
    """Return the lines that lead from one reported number to another, and the remainder.

    Where a line has no size, the remainder includes it (`includes` names its kind). Raises Refused
    for threads that are no counts, of two measures, or not known by then.
    """
    pair = pair_of(state, question, one, other)
    lines = (*happened(pair), *late(pair), *revised(pair), *_defined(pair), *_undated(pair))
    difference = _value(pair.second).minus(_value(pair.first))
    explained = total(line.amount for line in lines if line.amount is not None)
    sign = 1 if pair.forward else -1
    ends = (pair.first, pair.second)[::sign]
    return {
        "measure": pair.first.event.measure,
        "from": _number(state, ends[0], question),
        "to": _number(state, ends[1], question),
        "difference": difference.times(sign).data,
        "lines": [line_data(state, line, sign) for line in lines],
        "explained": explained.times(sign).data,
        "remainder": difference.minus(explained).times(sign).data,
        "includes": [line.kind for line in lines if line.amount is None],
        "held_elsewhere": names(state, (told.person for told in pair.abroad)),
    }


def _value(one: Figure) -> Range:
    return Range(*one.bounds)


def _number(state: State, one: Figure, question: Question) -> dict[str, Any]:
    stands = counting.counts(state, one.thread, question.as_of.end)
    return figures.cite(state, one) | {"withdrawn": not stands}


def _undated(pair: Pair) -> list[Line]:
    """Return the line of a number without a day: what happened between cannot be told."""
    if pair.first.date is not None and pair.second.date is not None:
        return []
    days = [figures.date_text(pair.state, one) for one in (pair.first, pair.second)]
    return [line_of("undated", None, about=[{"about": "date", "from": days[0], "to": days[1]}])]


def _defined(pair: Pair) -> list[Line]:
    """Return the line of what the two numbers count differently, if anything."""
    about = differences(pair.first, pair.second)
    if not about:
        return []
    found = bridge(pair.said, pair.first, pair.second)
    if found is None:
        return [line_of("definition", None, about=about)]
    amount, counts = found
    return [line_of("definition", amount, counts=counts, about=about)]
