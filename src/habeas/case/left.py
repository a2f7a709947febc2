"""What a withdrawal leaves in force: of a group's claim, what was said of its members with it.

Each claim is taken back by itself: whoever withdraws how many there were may stand by the names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from habeas.events import ClaimWithdrawn, GroupClaimed, StatusClaimed
from habeas.log import State, Thread, counting


def left_in_force(state: State, claim: Thread) -> tuple[Thread, ...]:
    """Return the members' claims that the same party made of a group in the same document.

    In the order of the log, without those voided or withdrawn; none where `claim` is of no group.
    """
    said = claim.event
    if not isinstance(said, GroupClaimed):
        return ()
    beside = map(state.at, sorted(state.using(f"document:{said.document}")))
    return tuple(
        thread
        for thread in beside
        if thread is not None
        and isinstance(thread.event, StatusClaimed)
        and (thread.event.group, thread.event.document) == (said.group, said.document)
        and counting.origin_of(state, thread.event) == counting.origin_of(state, said)
        and not thread.voided
        and counting.withdrawn_at(state, thread) is None
    )


def left_by(state: State, seqs: Iterable[int]) -> Iterator[tuple[Thread, tuple[Thread, ...]]]:
    """Yield the group's claims that these events withdrew, each with what that left in force."""
    for seq in seqs:
        taken = state.at(seq)
        if taken is None or not isinstance(taken.event, ClaimWithdrawn):
            continue
        claim = state.at(state.place_of(taken.event.claim))
        if claim is not None and (members := left_in_force(state, claim)):
            yield claim, members
