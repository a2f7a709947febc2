"""What became of each claim about a person's status, by the answer as of T.

It weighs nothing anew, but for how well a status itself stands where the event it was told in holds
others too: `sent_abroad` by one outlet, in a release that many confirm.

The outcomes: `confirmed`, `reported`, `disputed` (the standing of the event it tells of),
`pending`, `contradicted`, `replaced` (its voice has said otherwise since: another status, or that
it is not so), `denial`, `unknown` (its voice does not know), `not counted` (graded worse than the
rules allow), `idle` (it bears on nothing). What its voice has told again shares the fate of the
word that stands for it, whatever the date: who repeats a list takes nothing off it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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

_SILENT: Final = {"denied": "denial", "unknown": "unknown"}


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
            among = behind(event)
            _put(found, Fate(_outcome(event.standing), among), among)
    set_aside = [item for item in answer.replaced if item.reason != "ended"]
    gone = {item.seq: item for item in set_aside if item.seq not in found}
    told = {claim.seq: claim for claim in one.evidence.claims}
    for seq, claim in told.items():
        if seq not in found and seq not in gone:
            found[seq] = Fate(_silent(claim), (seq,))
    found.update({seq: _of_replaced(seq, found, gone, told) for seq in gone})
    for seq in one.evidence.ungraded:
        found[seq] = Fate("not counted", (seq,))
    return found


def behind(event: resolve.Event) -> tuple[int, ...]:
    """Return the claims that an event is made of, those that only saw it hold too."""
    return tuple(sorted({*event.support, *event.sightings}))


def _put(found: dict[int, Fate], fate: Fate, seqs: Iterable[int]) -> None:
    found.update(dict.fromkeys(seqs, fate))


def _outcome(standing: str) -> str:
    """Return the outcome of an accepted event; rules may accept what is no more than hedged."""
    return standing if standing in STANDING else "pending"


def _of_replaced(
    seq: int,
    found: Mapping[int, Fate],
    gone: Mapping[int, resolve.Replaced],
    told: Mapping[int, resolve.Claim],
) -> Fate:
    """Return the fate of a claim that its own voice set aside.

    That of the word in its place, from one to the next, as long as each says the same.
    """
    last = seq
    while last in gone:
        by = gone[last].by
        if not _says_the_same(told[last], told[by]):
            return Fate("replaced", tuple(sorted({seq, by})))
        last = by
    return found[last]


def _says_the_same(one: resolve.Claim, other: resolve.Claim) -> bool:
    """Say whether two claims of a voice tell, or deny, or do not know, of the same status."""
    silent = _SILENT.get(one.stance), _SILENT.get(other.stance)
    return one.status == other.status and silent[0] == silent[1]


def _silent(claim: resolve.Claim) -> str:
    return _SILENT.get(claim.stance, "idle")


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
