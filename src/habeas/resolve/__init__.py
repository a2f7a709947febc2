"""`resolve`: the claims about one person in, the history they tell out (design, section 6).

Pure: no I/O, no clock, no zones, no dates; integers and short words only. What counts at an as-of
and a log position is the caller's matter: every claim given is weighed.

The steps, one module each, in the order of the design: `latest` (6.1), `changes` (6.2),
`standing` (6.3), `order` (6.4), `sightings` and `contradictions` (6.5), `spells` (6.6), `labels`,
`disputes` and `history` (6.7). Where the design leaves two readings open, the module says which
one is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from habeas.resolve.claims import DEFAULT_RULES, ENGINE, Claim, Rules
from habeas.resolve.history import History
from habeas.resolve.latest import Voices
from habeas.resolve.standing import scales
from habeas.resolve.values import Answer, Event, Item, Replaced, Spell
from habeas.resolve.words import Word, read

__all__ = [
    "DEFAULT_RULES",
    "ENGINE",
    "Answer",
    "Claim",
    "Event",
    "History",
    "Item",
    "Replaced",
    "Rules",
    "Spell",
    "histories",
    "replay",
    "resolve",
]


def resolve(claims: Iterable[Claim], rules: Rules) -> History:
    """Tell the history of one person from the claims about him, given in any order.

    The claims are those that count: known, recorded, corrected, neither voided nor withdrawn by
    then, and of parties graded well enough.
    """
    words = [read(claim, rules) for claim in claims]
    voices = Voices()
    for word in sorted(words, key=attrgetter("order", "seq")):
        voices.hear(word)
    return History(words, voices.latest(), voices.replaced(), scales(rules))


def histories(
    claims: Iterable[Claim], rules: Rules, moments: Iterable[int]
) -> Iterator[tuple[int, History]]:
    """Tell the history of one person as it was known at each of some moments, ascending.

    The same as resolving, at each moment, the claims whose `known` is not after it.
    """
    measures = scales(rules)
    voices = Voices()
    words: list[Word] = []
    said = sorted([read(claim, rules) for claim in claims], key=lambda w: (w.known, w.seq))
    heard, history = 0, None
    for moment in moments:
        first = heard
        while heard < len(said) and said[heard].known <= moment:
            voices.hear(said[heard])
            heard += 1
        words += said[first:heard]
        if history is None or first < heard:
            history = History(tuple(words), voices.latest(), voices.replaced(), measures)
        yield moment, history


def replay(claims: Iterable[Claim], rules: Rules) -> Iterator[tuple[int, History]]:
    """Tell the history of one person as it was known, at each moment at which something came out.

    Gives each distinct `known` of the claims, ascending, with what `resolve` tells of those known
    by then: the same as resolving anew each time, in less time.
    """
    told = list(claims)
    return histories(told, rules, sorted({claim.known for claim in told}))
