"""`resolve`: the claims about one person in, the history they tell out (design, section 6).

Pure: no I/O, no clock, no zones, no dates; integers and short words only. What counts at an as-of
and a log position is the caller's matter: every claim given is weighed.

The steps, one module each, in the order of the design: `latest` (6.1), `changes` (6.2),
`standing` (6.3), `order` (6.4), `sightings` and `contradictions` (6.5), `spells` (6.6), `labels`,
`disputes` and `history` (6.7); `hearing` takes claims in, one by one. Where the design leaves two
readings open, the module says which one is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from habeas.resolve.claims import DEFAULT_RULES, ENGINE, Claim, Rules
from habeas.resolve.hearing import Hearing
from habeas.resolve.history import History
from habeas.resolve.values import Answer, Event, Item, Replaced, Spell
from habeas.resolve.words import Word, read

__all__ = [
    "DEFAULT_RULES",
    "ENGINE",
    "Answer",
    "Claim",
    "Event",
    "Hearing",
    "History",
    "Item",
    "Replaced",
    "Rules",
    "Spell",
    "Step",
    "Word",
    "read",
    "replay",
    "resolve",
    "steps",
]


def resolve(claims: Iterable[Claim], rules: Rules) -> History:
    """Tell the history of one person from the claims about him, given in any order.

    The claims are those that count: known, recorded, corrected, neither voided nor withdrawn by
    then, and of parties graded well enough.
    """
    hearing = Hearing(rules)
    hearing.hear([read(claim, rules) for claim in claims])
    return hearing.history()


class Step(NamedTuple):
    """A history as it was known at a moment.

    `came` are the claims that count from then on; where they are several, and had not been the
    first, `before` has heard those before them.
    """

    moment: int
    history: History
    came: Sequence[Word]
    before: Hearing | None


def steps(words: Iterable[Word], rules: Rules, moments: Iterable[int]) -> Iterator[Step]:
    """Tell the history of one person as it was known at each of some moments, ascending.

    Of claims made ready by `read`: the same as resolving, at each moment, those whose `known` is
    not after it.
    """
    hearing = Hearing(rules)
    told = sorted(words, key=_known)
    heard, history = 0, None
    for moment in moments:
        first = heard
        while heard < len(told) and told[heard].known <= moment:
            heard += 1
        before = None
        if history is None or first < heard:
            if history is not None and first + 1 < heard:
                before = hearing.fork()
            hearing.hear(told[first:heard])
            history = hearing.history()
        yield Step(moment, history, told[first:heard], before)


def replay(claims: Iterable[Claim], rules: Rules) -> Iterator[tuple[int, History]]:
    """Tell the history of one person as it was known, at each moment at which something came out.

    Gives each distinct `known` of the claims, ascending, with what `resolve` tells of those known
    by then: the same as resolving anew each time, in less time.
    """
    words = [read(claim, rules) for claim in claims]
    for step in steps(words, rules, sorted({word.known for word in words})):
        yield step.moment, step.history


_known: Final = attrgetter("known", "seq")
