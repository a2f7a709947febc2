"""How a cause is found again: who said it and where, or who of us did what to the record, and why.

It describes one event, with the names of all who had a part in it. Why the event is a cause, and of
what, is found in `causes`. Days are the case's.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from habeas import times
from habeas.events import (
    Citation,
    ClaimWithdrawn,
    Event,
    EventCorrected,
    EventVoided,
    PartyGraded,
    PersonsMerged,
    PersonsSeparated,
    subject_of,
)
from habeas.log import Record, State, counting
from habeas.vocabulary import DETAIL


def described(state: State, record: Record) -> dict[str, Any]:
    """Return what an event is, as `state` has it: its source, or the act, and when we recorded it.

    `about` is the event that an act is about; what `about` says stands beside it if it is a claim,
    as `subject` (`party:x`) if it is a registration, and as `claim` if it was withdrawn.
    """
    event = record.event
    found = dict(_parts(state, record, event)) if event is not None else {}
    return found | _recorded(state, record)


def cited(state: State, record: Record, event: Any) -> dict[str, Any]:  # noqa: ANN401 - see below
    """Return what `described` does of a claim, as far as `state` tells of what it names.

    `event` is what the claim says now: a `Citation`, or the same in plain values.
    """
    return _citation(state, record.type, event) | _recorded(state, record)


def _recorded(state: State, record: Record) -> dict[str, Any]:
    zone = times.zone(state.case.timezone)
    return {
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
        yield from _citation(state.with_voided(), thread.type, thread.event).items()
    elif (subject := subject_of(thread.event)) is not None:
        yield "subject", subject
        yield "subject_name", getattr(thread.event, "name", None) or thread.event.title


def _citation(state: State, type_: str, event: Any) -> dict[str, Any]:  # noqa: ANN401 - see `cited`
    """Return the claim's source: what of its footnote belongs to a cause."""
    document = state.document(event.document)
    origin = event.origin or document.publisher
    voice, speaker = state.voice(origin), state.party(origin)
    known_at, known_on = _known(counting.known_at(state, event), state.case.timezone)
    found = {
        "voice": voice,
        "voice_name": state.party(voice).name,
        "origin": origin,
        "origin_name": speaker.name,
        "kind": speaker.kind,
        "document": event.document,
        "title": document.title,
        "published": document.published,
        "reported": event.reported,
        "publisher": document.publisher,
        "publisher_name": state.party(document.publisher).name,
        "via": list(event.via),
        "via_names": [state.party(party).name for party in event.via],
        "stance": getattr(event, "stance", None),
        "status": getattr(event, "status", None),
        "when": getattr(event, "when", None),
        "place": getattr(event, "place", None),
        "known_at": known_at,
        "known_on": known_on,
        "locator": event.locator,
        "part_of_name": speaker.part_of and state.party(speaker.part_of).name,
    }
    return found | {"key": event.key, "value": event.value} if type_ == DETAIL else found


@lru_cache(maxsize=4_096)
def _known(known: int, zone: str) -> tuple[str, str]:
    """Return from when on something is known, and the day on which it came to be, as texts."""
    return times.instant_text(known - 1), times.day_of(known - 1, times.zone(zone)).isoformat()


def _merge(state: State, act: PersonsMerged) -> Iterator[tuple[str, Any]]:
    for role, person in (("keep", act.keep), ("merged", act.merged)):
        yield role, person
        yield f"{role}_name", state.person(person).name
