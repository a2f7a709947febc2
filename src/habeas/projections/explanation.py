"""The explanation: one person's story with every claim as a footnote, and what became of each.

It adds to the story what only a sceptic asks for: the claims that bear on nothing, those withdrawn
by then, and the corrections of our own record. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from habeas import times
from habeas.events import EventCorrected
from habeas.log import Record, State, Thread, counting
from habeas.projections import evidence, person
from habeas.projections.person import Cite, Told

Read = Callable[[Iterable[int]], Iterator[Record]]
"""Returns the records at some `seq`s."""


def explanation(state: State, one: Told, read: Read) -> dict[str, Any]:
    """Return a person's story with footnotes; `read` gives the records of corrections."""
    cite, threads = _citing(read), one.evidence.threads
    written = person.story(state, one, cite)
    return written | {
        "unknown": [cite(state, threads[seq]) for seq in one.answer.unknown],
        "idle": [cite(state, threads[seq]) for seq in one.answer.idle],
        "withdrawn": withdrawn(state, one.evidence.persons, one.end, read, beside=threads),
    }


def withdrawn(
    state: State, persons: Iterable[str], end: int, read: Read, *, beside: Collection[int] = ()
) -> list[dict[str, Any]]:
    """Return the claims about persons that were known and withdrawn by then, by `seq`.

    `beside` are those that count; `end` is exclusive (µs). With each those who took it back.
    """
    cite = _citing(read)
    seqs = {seq for name in persons for seq in state.said_of.get(name, ())}
    threads = [state.threads[seq] for seq in sorted(seqs.difference(beside))]
    return [
        cite(state, thread) | {"withdrawals": list(_withdrawals(state, thread, end))}
        for thread in threads
        if not thread.voided and counting.known_at(state, thread.event) <= end
    ]


def _citing(read: Read) -> Cite:
    """Return what tells of a claim, with its corrections."""

    def cite(state: State, thread: Thread) -> dict[str, Any]:
        return footnote(state, thread) | {"corrections": list(_corrections(thread, read))}

    return cite


def footnote(state: State, thread: Thread) -> dict[str, Any]:
    """Return a claim with the names of all who had a part in it; `known_on`: the case's day."""
    event = thread.event
    cited = evidence.footnote(state, thread)
    known = counting.known_at(state, event)
    zone = times.zone(state.case.timezone)
    document = state.document(event.document)
    return cited | {
        "voice_name": state.party(cited["voice"]).name,
        "publisher_name": state.party(document.publisher).name,
        "via_names": [state.party(party).name for party in event.via],
        "title": document.title,
        "url": document.url,
        "ref": event.ref,
        "known_on": times.day_of(known - 1, zone).isoformat(),
    }


def _corrections(thread: Thread, read: Read) -> Iterator[dict[str, Any]]:
    if len(thread.history) == 1:
        return
    for record in read(thread.history[1:]):
        if isinstance(record.event, EventCorrected):
            recorded = times.instant_text(record.recorded)
            yield {"event": record.id, "recorded": recorded, "reason": record.event.reason}


def _withdrawals(state: State, thread: Thread, end: int) -> Iterator[dict[str, Any]]:
    for seq in state.withdrawals.get(thread.seq, ()):
        withdrawal = state.threads[seq]
        if not withdrawal.voided and counting.known_at(state, withdrawal.event) <= end:
            yield footnote(state, withdrawal)
