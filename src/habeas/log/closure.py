"""Which events an answer about some persons can depend on, so that no others need be read.

It may name too many, and never too few: folding these alone gives the same answer about these
persons as folding the whole log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from habeas.events import Citation, DocumentRegistered, PartyRegistered
from habeas.log.state import State, Thread


def about(state: State, persons: Iterable[str]) -> set[int]:
    """Return the `seq`s of all that bears on `persons`: claims, acts, and what these name.

    Claims that once named one of them, and were corrected since, are among them.
    """
    seqs: set[int] = set()
    waiting = [seq for one in persons for seq in _of_person(state, one)]
    waiting += [*state.threads[1].history] if 1 in state.threads else []
    waiting += state.acts
    while waiting:
        seq = waiting.pop()
        thread = state.threads.get(seq)
        if thread is not None and seq not in seqs:
            waiting += thread.history
            waiting += state.withdrawals.get(seq, ())
            waiting += [at for one in _named(state, thread) for at in _registered(state, one)]
        seqs.add(seq)
    return seqs


def _of_person(state: State, person: str) -> Iterator[int]:
    yield from state.ever_said_of.get(person, ())
    yield from _registered(state, f"person:{person}")


def _registered(state: State, subject: str) -> Iterator[int]:
    seq = state.named.get(subject)
    if seq is not None:
        yield seq


def _named(state: State, thread: Thread) -> Iterator[str]:
    """Yield what a thread has named, in any of its versions; persons only where it is about one."""
    if isinstance(thread.event, (Citation, PartyRegistered, DocumentRegistered)):
        yield from state.ever_named.get(thread.seq, ())
