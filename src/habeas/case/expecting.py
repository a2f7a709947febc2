"""Expectations: what a careful reader concludes, written beside the claims and checked with them.

An expectation is met or it is a finding at its line; it never changes an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from habeas import times
from habeas.dossier import Dossier, Expectation
from habeas.errors import Finding, HabeasError
from habeas.log import State
from habeas.projections import person
from habeas.projections.question import ask


def failures(state: State, dossiers: Iterable[Dossier]) -> Iterator[Finding]:
    """Yield a finding for each expectation that the state does not meet."""
    for dossier in dossiers:
        for expectation in dossier.expectations:
            try:
                found = _failure(state, expectation)
            except HabeasError as error:
                found = error.message
            if found is not None:
                hint = f"habeas explain {expectation.person} --as-of {expectation.as_of}"
                yield Finding(
                    message=f"expected otherwise: {found}",
                    hint=hint,
                    path=expectation.path,
                    line=expectation.line,
                )


def _failure(state: State, wanted: Expectation) -> str | None:
    zone = times.zone(state.case.timezone)
    question = ask(wanted.as_of, zone, on=wanted.on)
    state.person(wanted.person)
    told = person.told(state, state.keeper(wanted.person), question)
    subject = f"{wanted.person} as of {wanted.as_of}" + (f", on {wanted.on}" if wanted.on else "")
    if told is None:
        return None if wanted.absent else f"nothing is known of {subject}"
    if wanted.absent:
        return f"{subject} is in the roster"
    row = person.row(state, told)
    differing = [
        f"{key} is {_shown(have)}, not {_shown(want)}"
        for key, want, have in _compared(wanted, row)
        if want != have
    ]
    return f"{subject}: {'; '.join(differing)}" if differing else None


def _compared(wanted: Expectation, row: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for key in ("status", "custody", "since", "standing"):
        value = getattr(wanted, key)
        if value is not None:
            yield key, None if value == "none" else value, row[key]
    for key in ("pending", "contradicted"):
        value = getattr(wanted, key)
        if value is not None:
            yield key, sorted(set(value)), sorted({item["status"] for item in row[key]})


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return "none" if value is None else str(value)
