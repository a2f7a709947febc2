"""Groups: how many were said to be one, how many are named, and how those stand as of T.

A group is what the claims about it say. The view never fills a group with persons who only fit its
description, and never turns a number into people: those who are not named are a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final

from habeas.log import State, Thread
from habeas.projections import evidence, figures, person
from habeas.projections.group_claims import Number, Said, group_claims, newest, number_of
from habeas.projections.members import Member, members, verified_by
from habeas.projections.members import named as named_in_groups
from habeas.projections.person import Told
from habeas.projections.question import Question
from habeas.projections.roster import everybody
from habeas.projections.tallies import ids, persons_tally
from habeas.projections.where import fits
from habeas.vocabulary import fold

SHOWN: Final = ("confirmed", "reported", "disputed", "pending", "contradicted")
"""What members are counted by; those with another outcome are counted as others."""

COUNTED: Final = frozenset({"announced", "verified"})
"""Measures of `count.claimed` that speak of a group of the same population."""


def groups(state: State, question: Question) -> tuple[dict[str, Any], ...]:
    """Return each group of which something was known, in the order of their ids.

    Where the question chooses rows: the groups with a member that fits.
    """
    said = sorted(group_claims(state, question), key=lambda one: one.event.group)
    if not said:
        return ()
    those = named_in_groups(everybody(state, question))
    numbers = [one for one in figures.figures(state, question) if one.event.measure in COUNTED]
    found = []
    for group, claims in groupby(said, key=lambda one: one.event.group):
        told = list(claims)
        named = members(those, group, newest(told).event.status, question.rules)
        if not question.where or any(_fits(state, one.told, question) for one in named):
            found.append(_group(state, told, named, question) | _counts(state, told, numbers))
    return tuple(found)


def _fits(state: State, one: Told, question: Question) -> bool:
    return fits(state, one, person.row(state, one), question.where)


def _group(
    state: State, told: Sequence[Said], named: Sequence[Member], question: Question
) -> dict[str, Any]:
    last, number = newest(told).event, number_of(told)
    return {
        "group": last.group,
        "label": last.label,
        "status": last.status,
        "population": last.population,
        "number": _number_data(state, number),
        "named": _tally(state, named),
        **{kind: _tally(state, [one for one in named if one.outcome == kind]) for kind in SHOWN},
        "others": _tally(state, [one for one in named if one.outcome not in SHOWN]),
        "unnamed": _unnamed(number, len(named)),
        "more_named": _more_named(number, len(named)),
        "verified_by": verified_by(state, told, named, last.status, question.rules),
        "members": [_member_data(state, one) for one in named],
        "said": [_claim_data(state, one) for one in told],
    }


def _claim_data(state: State, one: Said) -> dict[str, Any]:
    event = one.event
    return evidence.footnote(state, one.thread) | {
        "label": event.label,
        "number": figures.number_text(event),
        "operator": event.operator,
        "low": event.low,
        "high": event.high,
        "quantity": event.quantity,
        "population": event.population,
        "counted": one.counted,
    }


def _number_data(state: State, number: Number) -> dict[str, Any]:
    """Return how many; `text` is what is said, where that is words or does not agree."""
    said = sorted({figures.number_text(one.event) for one in number.by})
    plain = number.bounds is not None and number.agree
    low, high = number.bounds or (None, None)
    return {
        "text": figures.bounds_text(number.bounds) if plain else " or ".join(said),
        "low": low,
        "high": high,
        "stance": number.stance,
        "agree": number.agree,
        "voices": sorted({one.voice for one in number.by}),
        "events": ids(state, (one.thread.seq for one in number.by)),
    }


def _unnamed(number: Number, named: int) -> dict[str, Any] | None:
    """Return how many of a group nobody has named; None where no number is given."""
    if number.bounds is None:
        return None
    low, high = number.bounds
    return {"low": max(low - named, 0), "high": None if high is None else max(high - named, 0)}


def _more_named(number: Number, named: int) -> bool:
    """Say whether more persons are named than the group is said to have, at the most."""
    high = None if number.bounds is None else number.bounds[1]
    return high is not None and named > high


def _tally(state: State, named: Iterable[Member]) -> dict[str, Any]:
    return persons_tally(state, {one.told.person: one.said for one in named})


def _member_data(state: State, one: Member) -> dict[str, Any]:
    threads = one.told.evidence.threads
    return {
        "person": one.told.person,
        "name": state.person(one.told.person).name,
        "outcome": one.outcome,
        "said": [_cite(state, threads[seq]) for seq in one.said],
        "support": [_cite(state, threads[seq]) for seq in one.fate.among],
    }


def _cite(state: State, thread: Thread) -> dict[str, Any]:
    return evidence.cite(state, thread) | {"locator": thread.event.locator}


def _counts(
    state: State, told: Sequence[Said], numbers: Iterable[figures.Figure]
) -> dict[str, Any]:
    """Return what was counted of the same population as announced, or as verified."""
    called = {fold(one.event.population) for one in told if one.event.population}
    return {
        "counts": [
            {"measure": one.event.measure} | figures.cite(state, one)
            for one in numbers
            if fold(one.event.population or "") in called
        ]
    }
