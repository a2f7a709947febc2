"""Who is known to have been arrested, released or to have died in a span of time.

It counts named persons only, each turn of custody once, by the accepted spells. A beginning of
which no first day is known (`[..b]`) is no arrest in any span: whoever is found in custody may have
been there for years. Persons held by another state are told apart: no counter of a country's
prisoners means them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from habeas import resolve
from habeas.events import StatusClaimed
from habeas.log import State, counting
from habeas.projections.person import Told
from habeas.projections.reconcile.between import Between
from habeas.times import EVER, Window

RELEASED: Final = "released"
ARRESTED: Final = "arrested"
DIED: Final = "died"


@frozen(kw_only=True)
class Turn:
    """One arrest, release or death of one person. `behind` are the claims that tell of it."""

    told: Told
    kind: str
    window: Window
    behind: tuple[int, ...]


def turns(one: Told) -> Iterator[Turn]:
    """Yield a person's turns of custody in order; a release presupposes custody, told or not."""
    before: resolve.Spell | None = None
    for spell in one.answer.spells:
        kind = _kind(before, spell)
        if kind is not None and not (kind == ARRESTED and spell.since[0] <= EVER):
            behind = spell.events[0].support or spell.support
            yield Turn(told=one, kind=kind, window=spell.since, behind=behind)
        before = spell


def _kind(before: resolve.Spell | None, spell: resolve.Spell) -> str | None:
    was = None if before is None else before.custody
    if spell.custody == "held":
        return None if was == "held" else ARRESTED
    if spell.custody == "out":
        return RELEASED if was in {None, "held"} else None
    return DIED if spell.custody == "dead" and was == "held" else None


def within(found: Iterator[Turn], kind: str, time: Between) -> tuple[list[Turn], list[Turn]]:
    """Return the turns of a kind that surely, and those that perhaps, lie in a time."""
    sure: list[Turn] = []
    unsure: list[Turn] = []
    for turn in found:
        if turn.kind == kind:
            surely, perhaps = time.holds(turn.window)
            if surely:
                sure.append(turn)
            elif perhaps:
                unsure.append(turn)
    return sure, unsure


def of_another_state(state: State, one: Told) -> bool:
    """Say whether all who are said to hold a person are other states (kind `government`)."""
    said = tuple(
        thread
        for thread in one.evidence.threads.values()
        if isinstance(thread.event, StatusClaimed)
    )
    held_by = counting.holders(state, said)
    return bool(held_by) and all(state.party(voice).kind == "government" for voice in held_by)
