"""How a cause is found again: who said it and where, or who of us did what to the record, and why.

It describes one event, with the names of all who had a part in it. Why the event is a cause, and of
what, is found in `causes`. Days are the case's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from habeas import times
from habeas.events import (
    Citation,
    ClaimWithdrawn,
    DetailClaimed,
    Event,
    EventCorrected,
    EventVoided,
    PartyGraded,
    PersonsMerged,
    PersonsSeparated,
    subject_of,
)
from habeas.log import Record, State, Thread
from habeas.projections import explanation

CITED: Final = (
    *("voice", "voice_name", "origin", "origin_name", "kind", "document", "title", "published"),
    *("reported", "publisher", "publisher_name", "via", "via_names", "stance", "status", "when"),
    *("place", "known_at", "known_on", "locator"),
)
"""What of a claim's footnote belongs to a cause."""


def described(state: State, record: Record) -> dict[str, Any]:
    """Return what an event is, as `state` has it: its source, or the act, and when we recorded it.

    `about` is the event that an act is about; what `about` says stands beside it if it is a claim,
    as `subject` (`party:x`) if it is a registration, and as `claim` if it was withdrawn.
    """
    event = record.event
    zone = times.zone(state.case.timezone)
    found = dict(_parts(state, record, event)) if event is not None else {}
    return found | {
        "recorded": times.instant_text(record.recorded),
        "recorded_on": times.day_of(record.recorded, zone).isoformat(),
    }


def _parts(state: State, record: Record, event: Event) -> Iterator[tuple[str, Any]]:
    match event:
        case ClaimWithdrawn(claim=target):
            yield "about", target
            yield from _thing(state, record.id)
            yield "claim", dict(_thing(state, target))
        case EventCorrected(event=target) | EventVoided(event=target):
            yield "about", target
            yield from _thing(state, target)
        case PersonsMerged():
            yield from _merge(state, event)
        case PersonsSeparated(merge=merge):
            yield "about", merge
            yield from _merge(state, state.merge_acts[merge])
        case PartyGraded(party=party, reliability=grade):
            yield "party", party
            yield "party_name", state.party(party).name
            yield "reliability", grade
        case _:
            yield from _thing(state, record.id)
    if (reason := getattr(event, "reason", None)) is not None:
        yield "reason", reason


def _thing(state: State, event_id: str) -> Iterator[tuple[str, Any]]:
    """Yield what a claim, withdrawal or registration says now."""
    thread = state.threads.get(state.seq_of.get(event_id, 0))
    if thread is None:
        return
    if isinstance(thread.event, Citation):
        yield from _cited(state, thread)
    elif (subject := subject_of(thread.event)) is not None:
        yield "subject", subject
        yield "subject_name", getattr(thread.event, "name", None) or thread.event.title


def _cited(state: State, thread: Thread) -> Iterator[tuple[str, Any]]:
    note = explanation.footnote(state, thread)
    for key in CITED:
        yield key, note[key]
    above = state.party(note["origin"]).part_of
    yield "part_of_name", None if above is None else state.party(above).name
    if isinstance(thread.event, DetailClaimed):
        yield "key", thread.event.key
        yield "value", thread.event.value


def _merge(state: State, act: PersonsMerged) -> Iterator[tuple[str, Any]]:
    for role, person in (("keep", act.keep), ("merged", act.merged)):
        yield role, person
        yield f"{role}_name", state.person(person).name
