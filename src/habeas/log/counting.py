"""What counts at (as-of, position): which claims are known by then, who makes them, of what kind.

The position is the state's: fold fewer events to ask an older log. A claim counts when it is known
by the end of the as-of interval, is not voided, is not withdrawn by then, and its party is graded
well enough. All instants are UTC microseconds, and every end is exclusive.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from habeas import edtf, times
from habeas.times import NEVER
from habeas.vocabulary import GRADES, PERSONAL_KINDS, STATUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from habeas.events import Citation, DocumentRegistered
    from habeas.log.folding import Thread
    from habeas.log.state import State

HOLDER_KINDS = frozenset({"authority", "government", "other"})
"""Kinds that become `authority` or `government` by who is said to hold the person.

A court or an outlet that is part of a state stays what it is: the kind that counts is the speaking
party's, not the root's.
"""


def zone_of(state: State, document: DocumentRegistered) -> ZoneInfo:
    """Return the zone in which a document's dates are read: its own, else the case's."""
    return times.zone(document.timezone or state.case.timezone)


def reported_text(document: DocumentRegistered, reported: str | None) -> str:
    """Return the date by which something in a document was public.

    It is the claim's own `reported`, else `published`; where that has no latest day, `retrieved`.
    """
    if reported is not None:
        return reported
    return public_by(document.published, document.retrieved)


def public_by(published: str, retrieved: str | None) -> str:
    """Return the date by which a document was public: see `reported_text`."""
    if retrieved is not None and edtf.parse(published).latest is None:
        return retrieved
    return published


def known_at(state: State, cited: Citation) -> int:
    """Return the end of the interval in which a claim became public: it is known from then on.

    NEVER, where its date has no latest day (such a document is refused when it is added here, but a
    log may come from elsewhere).
    """
    document = state.document(cited.document)
    zone = zone_of(state, document)
    if cited.reported is None:
        end = _public_end(document.published, document.retrieved, zone)
    else:
        end = _end(cited.reported, zone)
    return NEVER if end is None else end


@lru_cache(maxsize=4_096)
def _public_end(published: str, retrieved: str | None, zone: ZoneInfo) -> int | None:
    """Return the end of when a document was public; None where that has none."""
    return _end(public_by(published, retrieved), zone)


@lru_cache(maxsize=4_096)
def _end(text: str, zone: ZoneInfo) -> int | None:
    """Return the end of what a date allows; None where it has none."""
    return edtf.parse(text).end_instant(zone)


def said_at(state: State, cited: Citation) -> int | None:
    """Return the end of the interval in which the origin spoke, if that is told; never past known.

    An open or unknown end tells nothing of it.
    """
    if cited.said is None:
        return None
    zone = zone_of(state, state.document(cited.document))
    return said_by(cited.said, zone, known_at(state, cited))


def said_by(said: str | None, zone: ZoneInfo, known: int) -> int | None:
    """Return the end of the interval in which somebody spoke, if it is told; at most `known`."""
    end = None if said is None else _end(said, zone)
    return None if end is None else min(end, known)


def origin_of(state: State, cited: Citation) -> str:
    """Return the party to which a claim is attributed: its origin, else the publisher."""
    return cited.origin or state.document(cited.document).publisher


def withdrawn_at(state: State, thread: Thread) -> int | None:
    """Return from when a claim counts as withdrawn; None where nobody has taken it back."""
    withdrawals = state.withdrawals.get(thread.seq)
    if not withdrawals:
        return None
    ends = []
    for seq in withdrawals:
        withdrawal = state.threads[seq]
        if not withdrawal.voided and withdrawal.event.claim == thread.id:
            ends.append(known_at(state, withdrawal.event))
    return min(ends, default=None)


def counts(state: State, thread: Thread, end: int) -> bool:
    """Say whether a claim is known by `end`, and neither voided nor withdrawn by then."""
    return not thread.voided and _counts(state, thread, known_at(state, thread.event), end)


def _counts(state: State, thread: Thread, known: int, end: int) -> bool:
    if known > end:
        return False
    withdrawn = withdrawn_at(state, thread)
    return withdrawn is None or withdrawn > end


def said_of(state: State, person: str, end: int) -> Iterator[Thread]:
    """Yield the claims of any kind about a person (and those merged with him) that count."""
    return (thread for thread, _ in known_of(state, person, end))


def known_of(state: State, person: str, end: int) -> Iterator[tuple[Thread, int]]:
    """Yield what `said_of` does, each claim with when it is known from (`known_at`)."""
    seqs: set[int] = set()
    for one in state.merged_with(person):
        seqs |= state.said_of.get(one, set())
    for seq in sorted(seqs):
        thread = state.threads[seq]
        if not thread.voided:
            known = known_at(state, thread.event)
            if _counts(state, thread, known, end):
                yield thread, known


def well_graded(state: State, party: str, min_grade: str | None) -> bool:
    """Say whether a party's claims are counted: F (cannot be judged) and ungraded always are."""
    return is_good(state.grade(party), min_grade)


def is_good(grade: str | None, min_grade: str | None) -> bool:
    """Say whether a grade is good enough to count."""
    if min_grade is None or grade is None or grade == "F":
        return True
    return GRADES.index(grade) <= GRADES.index(min_grade)


def holders(state: State, threads: Iterable[Thread]) -> frozenset[str]:
    """Return the voices of those who, by these claims, hold the person."""
    return frozenset(
        state.voice(thread.event.authority)
        for thread in threads
        if thread.type == STATUS and thread.event.authority is not None
    )


class Parties(Protocol):
    """Who tells parties and their voices: a state of the log, or what is read of it."""

    def party(self, name: str) -> Party:
        """Return a party."""

    def voice(self, party: str) -> str:
        """Return the root of a party's `part_of` chain."""


class Party(Protocol):
    """What is asked of a party here."""

    @property
    def kind(self) -> str:
        """What it is."""

    @property
    def of(self) -> Sequence[str]:
        """Whose family, lawyer or detainee it is."""


def kind_for(state: Parties, party: str, persons: tuple[str, ...], held_by: frozenset[str]) -> str:
    """Return as what a party counts when it speaks of a person (and those merged with him).

    `held_by` are the voices of those said to hold him. A family, lawyer or detainee of others is a
    witness; where it is told who holds him, that voice is the authority and other states are
    governments.
    """
    registered = state.party(party)
    if registered.kind in PERSONAL_KINDS:
        return registered.kind if set(registered.of) & set(persons) else "witness"
    if held_by and registered.kind in HOLDER_KINDS:
        if state.voice(party) in held_by:
            return "authority"
        return "government" if registered.kind == "authority" else registered.kind
    return registered.kind
