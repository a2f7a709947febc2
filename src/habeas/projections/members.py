"""The named members of a group: what became of what is said of them, and who vouches for it.

A member is a person of whom a status is claimed as of one of the group; that somebody fits the
group's description makes him none. The outcome is that of the status which is said of the group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import frozen

from habeas.events import StatusClaimed
from habeas.log import State, counting
from habeas.projections import fates
from habeas.projections.fates import Fate
from habeas.projections.group_claims import STANCES, Said
from habeas.projections.person import Told
from habeas.projections.tallies import ids
from habeas.resolve import Rules
from habeas.vocabulary import CUSTODY_OF, PERSONAL_KINDS, refines


@frozen(kw_only=True)
class Member:
    """A person named as one of a group.

    `said` are the claims that say so, `fate` what became of the best of them, `outcome` how the
    group's status stands for him (one of `fates.OUTCOMES`).
    """

    told: Told
    said: tuple[int, ...]
    fate: Fate
    outcome: str


Named = dict[str, list[tuple[Told, tuple[int, ...]]]]
"""The persons named as one of each group, with the claims that say so."""


def named(everyone: Iterable[Told]) -> Named:
    """Return who is named as one of which group, each group's persons in the order given."""
    found: Named = {}
    for told in everyone:
        said: dict[str, list[int]] = {}
        for seq, thread in told.evidence.threads.items():
            event = thread.event
            if isinstance(event, StatusClaimed) and event.group and event.stance in STANCES:
                said.setdefault(event.group, []).append(seq)
        for group, seqs in said.items():
            found.setdefault(group, []).append((told, tuple(seqs)))
    return found


def members(those: Named, group: str, status: str, rules: Rules) -> list[Member]:
    """Return the named members of a group of which `status` is said."""
    return [_member(told, said, status, rules) for told, said in those.get(group, ())]


def _member(told: Told, said: tuple[int, ...], status: str, rules: Rules) -> Member:
    became = fates.fates(told)
    fate = fates.best(became[seq] for seq in said) or Fate("idle", said)
    outcome = fates.of_status(told, fate, status, rules)
    return Member(told=told, said=said, fate=fate, outcome=outcome)


def verified_by(
    state: State, told: Sequence[Said], named: Sequence[Member], status: str, rules: Rules
) -> list[dict[str, Any]]:
    """Return the voices that vouch: for the group as a whole, or for members of it.

    Voices vouch as in a person's answer (the kinds of `rules.vouching`; whoever holds somebody,
    that it does). For a whole group nobody's family, lawyer or own word vouches.
    """
    whole: dict[str, set[int]] = {}
    for one in told:
        if one.counted and _vouches_for_all(state, one, rules):
            whole.setdefault(one.voice, set()).add(one.thread.seq)
    single: dict[str, dict[str, set[int]]] = {}
    for member in named:
        for voice, seq in _vouching(member, status, rules):
            single.setdefault(voice, {}).setdefault(member.told.person, set()).add(seq)
    return [
        {
            "voice": voice,
            "name": state.party(voice).name,
            "kind": state.party(voice).kind,
            "group": voice in whole,
            "members": sorted(single.get(voice, {})),
            "events": ids(
                state,
                whole.get(voice, set()).union(*single.get(voice, {}).values()),
            ),
        }
        for voice in sorted({*whole, *single})
    ]


def _vouches_for_all(state: State, one: Said, rules: Rules) -> bool:
    kind = state.party(counting.origin_of(state, one.event)).kind
    if one.event.stance != "asserted" or kind in PERSONAL_KINDS:
        return False
    held = CUSTODY_OF[one.event.status] == "held"
    return kind in rules.vouching or (kind == "authority" and held)


def _vouching(member: Member, status: str, rules: Rules) -> Iterator[tuple[str, int]]:
    """Yield the voices that vouch for a member's status, with their claims."""
    if member.outcome not in fates.STANDING:
        return
    for word in fates.words(member.told, rules):
        asserts = word.stance == "asserted" and refines(word.status, status)
        if word.seq in member.fate.among and asserts and word.vouches:
            yield word.voice, word.seq
