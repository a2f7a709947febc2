"""The change log: what differs between two answers, about whom, and which events made it so.

Two questions to one log may differ in known time, in log position, or in both. What is compared is
the answer itself (`facts`), not the evidence for it: a second voice that changes the standing is a
change, one that changes nothing is evidence added. Which events caused a change is found in
`causes`, by taking them away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from attrs import frozen

from habeas.log import State
from habeas.log.closure import Index
from habeas.projections import causes, person
from habeas.projections.as_told import facts_as_told
from habeas.projections.facts import Facts, reduced
from habeas.projections.question import Question
from habeas.projections.where import fits

KINDS: Final = {
    "status": ("status",),
    "custody": ("custody", "presumed"),
    "standing": ("standing", "custody_standing", "vouched"),
    "date": ("since", "custody_since"),
    "certainty": ("certainty",),
    "contested": ("contested", "disputes"),
    "pending": ("pending",),
    "contradicted": ("contradicted",),
    "name": ("name",),
    "place": ("place",),
}
"""Each kind of change, and the facts of which one differs. Besides: `appeared`, `removed` (no claim
counts any more), `merged` (the answer comes under another person's id), `evidence`."""


@frozen(kw_only=True)
class Side:
    """One of the two answers compared: a question, and the state of the log it is put to."""

    state: State
    question: Question

    def facts(self, one: str) -> Facts:
        """Return the facts about a person; None where the roster has no row of that id."""
        return facts_of(self.state, self.question, one)

    def as_told(self, one: str, facts: Facts) -> Facts:
        """Return a person's facts with the marks put to their dates beside them; see `as_told`."""
        told = None if facts is None else person.told(self.state, one, self.question)
        if facts is None or told is None:
            return facts
        return facts_as_told(facts, person.row(self.state, told))


def facts_of(state: State, question: Question, one: str) -> Facts:
    """Return what an answer says of a person, without its evidence; None where it has no row."""
    if state.registered(f"person:{one}") is None or state.keeper(one) != one:
        return None
    told = person.told(state, one, question)
    return None if told is None else reduced(person.row(state, told))


def changes(
    before: Side,
    after: Side,
    index: Index,
    *,
    evidence: bool,
    progress: Callable[[int, int | None], None],
    persons: Iterable[str] | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield what changed between two sides, person by person in the order of their ids.

    `index` finds the log's events. Where it is known that nobody but `persons` can have changed,
    the sides need hold no more than bears on them. With `evidence`, persons whose answer did not
    change but of whom more is said come too.
    """
    everybody = {*before.state.all_of("person"), *after.state.all_of("person")}
    names = sorted(everybody if persons is None else everybody.intersection(persons))
    for number, one in enumerate(names, start=1):
        progress(number, len(names))
        was, now = before.facts(one), after.facts(one)
        kinds = kinds_of(was, now, merged=after.state.keeper(one) != one)
        if was == now and not (evidence and now is not None):
            continue
        found = list(causes.of(before, after, one, index, evidence=was == now))
        if was == now and not found:
            continue
        if _fits(before, after, one):
            told = before.as_told(one, was), after.as_told(one, now)
            yield changed(one, *told, found, kinds)


def changed(
    one: str,
    was: Facts,
    now: Facts,
    causes: list[dict[str, Any]],
    kinds: list[str],
) -> dict[str, Any]:
    """Return a change as JSON values, with its kinds (`kinds_of`)."""
    return {
        "person": one,
        "name": (now or was or {})["name"],
        "kinds": kinds or ["evidence"],
        "before": was,
        "after": now,
        "causes": causes,
    }


def kinds_of(was: Facts, now: Facts, *, merged: bool) -> list[str]:
    """Return the kinds of change between two facts about a person; none where they are equal.

    `merged`: the newer answer comes under another person's id.
    """
    if was == now:
        return []
    if was is None:
        return ["appeared"]
    if now is None:
        return ["merged" if merged else "removed"]
    return [kind for kind, keys in KINDS.items() if any(was[key] != now[key] for key in keys)]


def _fits(before: Side, after: Side, one: str) -> bool:
    """Say whether a person fits the questions' `where`, before or after."""
    return any(_fits_side(side, one) for side in (before, after))


def _fits_side(side: Side, one: str) -> bool:
    where = side.question.where
    if not where:
        return True
    if side.state.registered(f"person:{one}") is None:
        return False
    told = person.told(side.state, one, side.question)
    return told is not None and fits(side.state, told, person.row(side.state, told), where)
