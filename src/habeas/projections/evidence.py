"""From the log to what `resolve` takes, and from its `seq`s back to words a reader can check.

It builds the claims about one person that count at (as-of, position) and describes claims as
evidence: who, where, when, in which stance. It judges nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from habeas import resolve, times, when
from habeas.log import counting
from habeas.vocabulary import STATUS

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from habeas.events import Citation, StatusClaimed
    from habeas.log import State, Thread
    from habeas.rules import Rules
    from habeas.times import Window


class Evidence(NamedTuple):
    """The claims about one person: those that count, and those set aside for their party's grade.

    `threads` holds all threads about him that are known by then, by `seq`, of every kind of claim.
    """

    persons: tuple[str, ...]
    threads: dict[int, Thread]
    claims: tuple[resolve.Claim, ...]
    ungraded: tuple[int, ...]
    last_known: int


def gather(state: State, person: str, end: int, rules: Rules) -> Evidence | None:
    """Return the evidence on a person (and those merged with him) known by `end`; None if none."""
    threads = {thread.seq: thread for thread in counting.said_of(state, person, end)}
    if not threads:
        return None
    persons = state.merged_with(person)
    said = tuple(one for one in threads.values() if one.type == STATUS)
    held_by = counting.holders(state, said)
    counted = [one for one in said if is_counted(state, one.event, rules)]
    return Evidence(
        persons=persons,
        threads=threads,
        claims=tuple(claim_of(state, one, persons, held_by) for one in counted),
        ungraded=tuple(one.seq for one in said if not is_counted(state, one.event, rules)),
        last_known=max(counting.known_at(state, one.event) for one in threads.values()),
    )


def is_counted(state: State, event: Citation, rules: Rules) -> bool:
    """Say whether a claim's party is graded well enough to count."""
    return counting.well_graded(state, counting.origin_of(state, event), rules.min_grade)


def claim_of(
    state: State, thread: Thread, persons: tuple[str, ...], held_by: frozenset[str]
) -> resolve.Claim:
    """Return what `resolve` takes of a status claim about `persons`, whom these voices hold."""
    event: StatusClaimed = thread.event
    origin = counting.origin_of(state, event)
    zone = counting.zone_of(state, state.document(event.document))
    known, said = counting.known_at(state, event), counting.said_at(state, event)
    span = when.read(event.when, zone)
    return resolve.Claim(
        seq=thread.seq,
        voice=state.voice(origin),
        kind=counting.kind_for(state, origin, persons, held_by),
        status=event.status,
        stance=event.stance,
        known=known,
        said=said,
        when=span,
        seen=seen_on(span, known if said is None else said, zone),
    )


def seen_on(span: when.When, told: int, zone: ZoneInfo) -> Window | None:
    """Return the day on which a claim says that its status held; `told` is when it was told."""
    if span.kind in {"absent", "still"}:
        return day_before(told, zone)
    if span.kind == "held_on":
        return span.end
    if span.kind == "ended_only" and span.end is not None:
        return day_before(span.end[0], zone)
    return None


@lru_cache(maxsize=65_536)
def day_before(end: int, zone: ZoneInfo) -> Window:
    """Return the day, `[start, end)`, of the last instant before `end`."""
    return times.day_window(times.day_of(end - 1, zone), zone)


def cite(state: State, thread: Thread) -> dict[str, Any]:
    """Return a claim as the roster shows it: event, voice, origin, document, stance, what, when."""
    event = thread.event
    origin = counting.origin_of(state, event)
    return {
        "event": thread.id,
        "voice": state.voice(origin),
        "origin": origin,
        "document": event.document,
        "stance": getattr(event, "stance", None),
        "status": getattr(event, "status", None),
        "when": getattr(event, "when", None),
    }


def footnote(state: State, thread: Thread) -> dict[str, Any]:
    """Return a claim with everything a reader needs to check it."""
    event = thread.event
    document = state.document(event.document)
    known = counting.known_at(state, event)
    return cite(state, thread) | {
        "origin_name": state.party(counting.origin_of(state, event)).name,
        "kind": state.party(counting.origin_of(state, event)).kind,
        "publisher": document.publisher,
        "via": list(event.via),
        "published": document.published,
        "reported": event.reported,
        "said": event.said,
        "known_at": times.instant_text(known - 1),
        "basis": event.basis,
        "locator": event.locator,
        "place": getattr(event, "place", None),
        "authority": getattr(event, "authority", None),
        "group": getattr(event, "group", None),
        "named": getattr(event, "named", None),
        "note": event.note,
        "corrected": len(thread.history) > 1,
    }
