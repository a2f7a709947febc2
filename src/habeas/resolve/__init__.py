"""`resolve`: the claims about one person in, the history they tell out (design, section 6).

Pure: no I/O, no clock, no zones, no dates; integers and short words only.
"""

from __future__ import annotations

from habeas.resolve.answer import History
from habeas.resolve.claims import DEFAULT_RULES, ENGINE, Claim, Rules
from habeas.resolve.values import Answer, Event, Item, Replaced, Spell


def resolve(claims, rules):
    return History(claims, rules)


__all__ = ["DEFAULT_RULES", "ENGINE", "Answer", "Claim", "Event", "History", "Item", "Replaced", "Rules", "Spell", "resolve"]
