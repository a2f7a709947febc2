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
    found = list(counting.known_of(state, person, end))
    if not found:
        return None
    persons = state.merged_with(person)
    said = [(thread, known) for thread, known in found if thread.type == STATUS]
    counted = {one.seq for one, _ in said if is_counted(state, one.event, rules)}
    reading = Reading(state, persons, counting.holders(state, [thread for thread, _ in said]))
    return Evidence(
        persons=persons,
        threads={thread.seq: thread for thread, _ in found},
        claims=tuple(reading.claim(one, known) for one, known in said if one.seq in counted),
        ungraded=tuple(one.seq for one, _ in said if one.seq not in counted),
        last_known=max(known for _, known in found),
    )


def is_counted(state: State, event: Citation, rules: Rules) -> bool:
    """Say whether a claim's party is graded well enough to count."""
    if rules.min_grade is None:
        return True
    return counting.well_graded(state, counting.origin_of(state, event), rules.min_grade)


def claim_of(
    state: State, thread: Thread, persons: tuple[str, ...], held_by: frozenset[str]
) -> resolve.Claim:
    """Return what `resolve` takes of a status claim about `persons`, whom these voices hold."""
    known = counting.known_at(state, thread.event)
    return Reading(state, persons, held_by).claim(thread, known)


class Reading:
    """Reads status claims about `persons`, whom these voices hold; of each party once, who it is.

    It must not outlive a change of the state.
    """

    def __init__(self, state: State, persons: tuple[str, ...], held_by: frozenset[str]) -> None:
        self._state, self._persons, self._held_by = state, persons, held_by
        self._who: dict[str, tuple[str, str]] = {}

    def claim(self, thread: Thread, known: int) -> resolve.Claim:
        """Return what `resolve` takes of a claim; `known` is its `counting.known_at`."""
        event: StatusClaimed = thread.event
        document = self._state.document(event.document)
        zone = counting.zone_of(self._state, document)
        voice, kind = self._speaking(event.origin or document.publisher)
        said = counting.said_by(event.said, zone, known)
        span = when.read(event.when, zone)
        return resolve.Claim(
            seq=thread.seq,
            voice=voice,
            kind=kind,
            status=event.status,
            stance=event.stance,
            known=known,
            said=said,
            when=span,
            seen=seen_on(span, known if said is None else said, zone),
        )

    def _speaking(self, origin: str) -> tuple[str, str]:
        """Return the voice of a party, and as what it counts."""
        who = self._who.get(origin)
        if who is None:
            kind = counting.kind_for(self._state, origin, self._persons, self._held_by)
            who = self._who[origin] = (self._state.voice(origin), kind)
        return who


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
