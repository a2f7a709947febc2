"""Who relays whom: the ways by which claims came from their origin to where we read them.

A relay adds no voice. Each step is from the publisher over those it came `via` (nearest first) to
the origin, between voices; steps within one voice are none.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from habeas.events import Claim
from habeas.log import State, Thread, counting
from habeas.projections.tallies import tally


def relays(state: State, claims: Iterable[tuple[Thread, Claim]]) -> list[dict[str, Any]]:
    """Return each step of a relay, `relay` telling what it has `of` another, with its claims."""
    steps: dict[tuple[str, str], list[int]] = {}
    for thread, event in claims:
        for step in pairwise(_way(state, event)):
            steps.setdefault(step, []).append(thread.seq)
    return [
        {"relay": relay, "of": of, "claims": tally(state, seqs)}
        for (relay, of), seqs in sorted(steps.items())
    ]


def _way(state: State, event: Claim) -> list[str]:
    """Return the voices a claim passed, from the publisher to its origin, neighbours differing."""
    publisher = state.document(event.document).publisher
    parties = (publisher, *event.via, counting.origin_of(state, event))
    way: list[str] = []
    for voice in map(state.voice, parties):
        if not way or way[-1] != voice:
            way.append(voice)
    return way
