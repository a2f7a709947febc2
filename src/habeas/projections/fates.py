"""What became of each claim about a person's status, by the answer as of T.

It weighs nothing anew, but for how well a status itself stands where the event it was told in holds
others too: `sent_abroad` by one outlet, in a release that many confirm.

The outcomes: `confirmed`, `reported`, `disputed` (the standing of the event it tells of),
`pending`, `contradicted`, `replaced` (its voice has said otherwise since), `denial`, `unknown` (its
voice does not know), `not counted` (graded worse than the rules allow), `idle` (it bears on
nothing).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import frozen

from habeas import resolve
from habeas.projections.person import Told
from habeas.resolve.standing import scales
from habeas.resolve.words import Word, read
from habeas.rules import LEVELS
from habeas.vocabulary import refines

STANDING: Final = ("confirmed", "reported", "disputed")
OUTCOMES: Final = (
    *STANDING,
    "pending",
    "contradicted",
    "replaced",
    "denial",
    "unknown",
    "not counted",
    "idle",
)
"""From the best to the worst."""


@frozen
class Fate:
    """What became of a claim, and the claims that decide it: those of the same event or item."""

    outcome: str
    among: tuple[int, ...]


def fates(one: Told) -> dict[int, Fate]:
    """Return the fate of every status claim about a person, by `seq`."""
    answer = one.answer
    found: dict[int, Fate] = {}
    for item in answer.contradicted:
        _put(found, Fate("contradicted", item.support), item.support)
    for item in answer.pending:
        _put(found, Fate("pending", item.support), item.support)
    for spell in answer.spells:
        for event in spell.events:
            among = tuple(sorted({*event.support, *event.sightings}))
            _put(found, Fate(_outcome(event.standing), among), among)
    _put_replaced(found, answer.replaced)
    for claim in one.evidence.claims:
        if claim.seq not in found:
            found[claim.seq] = Fate(_silent(claim), (claim.seq,))
    for seq in one.evidence.ungraded:
        found[seq] = Fate("not counted", (seq,))
    return found


def _put(found: dict[int, Fate], fate: Fate, seqs: Iterable[int]) -> None:
    found.update(dict.fromkeys(seqs, fate))


def _outcome(standing: str) -> str:
    """Return the outcome of an accepted event; rules may accept what is no more than hedged."""
    return standing if standing in STANDING else "pending"


def _put_replaced(found: dict[int, Fate], replaced: Iterable[resolve.Replaced]) -> None:
    """Note what its own voice set aside: a repeat shares the fate of what it repeats."""
    for item in sorted(replaced, key=lambda one: one.seq):
        if item.seq in found or item.reason == "ended":
            continue
        by = found.get(item.by)
        repeats = item.reason == "repeat" and by is not None
        found[item.seq] = by if repeats and by else Fate("replaced", (item.seq, item.by))


def _silent(claim: resolve.Claim) -> str:
    return {"denied": "denial", "unknown": "unknown"}.get(claim.stance, "idle")


def best(found: Iterable[Fate]) -> Fate | None:
    """Return the fate that says most for a claim."""
    return min(found, key=lambda fate: OUTCOMES.index(fate.outcome), default=None)


def of_status(one: Told, fate: Fate, status: str, rules: resolve.Rules) -> str:
    """Return how a status stands in an event: no better than those who assert it make it."""
    if fate.outcome not in STANDING:
        return fate.outcome
    own = [word for word in words(one, rules) if word.seq in fate.among]
    finer = [word for word in own if refines(word.status, status)]
    if len(finer) == len(own):
        return fate.outcome
    level = scales(rules).testimony(finer).standing
    return _outcome(min(level, fate.outcome, key=LEVELS.index))


def words(one: Told, rules: resolve.Rules) -> list[Word]:
    """Return the claims that count, made ready for weighing."""
    return [read(claim, rules) for claim in one.evidence.claims]
