"""Which read models a writer finds in need: behind the log, or made by another version of habeas.

A reader makes do with what there is; who wrote the log brings them up to date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from habeas.case import believing
from habeas.log import State, closure
from habeas.resolve import DEFAULT_RULES

if TYPE_CHECKING:
    from habeas.resolve import Rules
    from habeas.store import LogStore


def outdated(store: LogStore, *, begin: bool) -> tuple[Rules, ...]:
    """Return the rules whose models are behind the log, or are not what this version makes.

    With `begin`, also the default rules, if they have no model. None of a log without a case.
    """
    position = store.head().position
    if not position:
        return ()
    zone = State.of(closure.case(store)).case.timezone
    wanted = [DEFAULT_RULES] if begin else []
    current = set()
    for model in store.beliefs.models():
        rules = believing.rules_of(model)
        if model.basis == believing.basis_of(rules, zone) and model.position == position:
            current.add(rules)
        else:
            wanted.append(rules)
    return tuple(rules for rules in dict.fromkeys(wanted) if rules not in current)
