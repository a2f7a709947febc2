"""Reported numbers, made comparable: who says how many, of whom, and of which day.

It compares two numbers only by their bounds, and says nothing of what fits: that is the views'.

Conventions: bounds are whole numbers, both included, None where there is no upper one. "About n"
allows a tenth of n either way, and at least one. A word in place of a number allows anything. The
day a number is of is its `when`, else the end of its `period`, if stated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from attrs import frozen

from habeas import edtf, times
from habeas.events import Citation, CountClaimed, GroupClaimed
from habeas.log import State, Thread, counting
from habeas.projections import evidence
from habeas.projections.question import Question
from habeas.times import Window
from habeas.vocabulary import fold

Bounds = tuple[int, int | None]

_NEARLY = 10
"""About n is n give or take the n-th part by this."""


@frozen(kw_only=True)
class Figure:
    """One claim of a number.

    `voice` is its counter; `date` the window of the day it is of, None if that is not stated;
    `begin` where a running total begins, None if that is not stated; `spoken` when the counter
    spoke and `known` when it was public (exclusive ends). `counted` is False where the party is
    graded worse than the rules allow, or only says that it denies or does not know the number.
    """

    thread: Thread
    event: CountClaimed
    voice: str
    bounds: Bounds
    date: Window | None
    begin: Window | None
    spoken: int
    known: int
    first_hand: bool
    counted: bool


def figures(state: State, question: Question) -> Iterator[Figure]:
    """Yield the counts that were known and stood by the end of the as-of, by `seq`."""
    for thread, event in state.claims():
        if isinstance(event, CountClaimed) and counting.counts(state, thread, question.as_of.end):
            yield figure(state, thread, question)


def figure(state: State, thread: Thread, question: Question) -> Figure:
    """Read the count that a thread claims."""
    event: CountClaimed = thread.event
    document = state.document(event.document)
    zone = counting.zone_of(state, document)
    voice = state.voice(counting.origin_of(state, event))
    said, known = counting.said_at(state, event), counting.known_at(state, event)
    return Figure(
        thread=thread,
        event=event,
        voice=voice,
        bounds=bounds_of(event),
        date=_date(event, zone),
        begin=_begin(event, zone),
        spoken=known if said is None else said,
        known=known,
        first_hand=state.voice(document.publisher) == voice,
        counted=is_counted(state, event, question),
    )


def is_counted(state: State, event: Citation, question: Question) -> bool:
    """Say whether a number is put forward, by a party that the rules allow to count."""
    if getattr(event, "stance", None) in {"denied", "unknown"}:
        return False
    origin = counting.origin_of(state, event)
    return counting.well_graded(state, origin, question.rules.min_grade)


def _date(event: CountClaimed, zone: ZoneInfo) -> Window | None:
    if event.when is not None:
        return edtf.parse(event.when).window(zone)
    if event.period is None:
        return None
    period = edtf.parse(event.period)
    closing = period.parts[-1] if period.kind == "interval" else None
    return None if closing is None else closing.window(zone)


def _begin(event: CountClaimed, zone: ZoneInfo) -> Window | None:
    if event.period is None:
        return None
    opening = edtf.parse(event.period).parts[0]
    return None if opening is None else opening.window(zone)


def bounds_of(event: CountClaimed | GroupClaimed) -> Bounds:
    """Return the least and the greatest number that a claim allows."""
    low = event.low
    if low is None:
        return 0, None
    slack = max(1, -(-low // _NEARLY))
    allowed: dict[str, Bounds] = {
        "=": (low, low),
        ">": (low + 1, None),
        ">=": (low, None),
        "<": (0, max(low - 1, 0)),
        "<=": (0, low),
        "~": (max(low - slack, 0), low + slack),
        "..": (low, event.high),
    }
    return allowed[event.operator]


def meet(one: Bounds, other: Bounds) -> bool:
    """Say whether one number can be both."""
    return common(one, other) is not None


def common(one: Bounds, other: Bounds) -> Bounds | None:
    """Return the numbers that two bounds share; None if there is none."""
    low = max(one[0], other[0])
    highs = [high for high in (one[1], other[1]) if high is not None]
    high = min(highs, default=None)
    return None if high is not None and high < low else (low, high)


def number_text(event: CountClaimed | GroupClaimed) -> str:
    """Write a number as claimed: `806`, `>800`, `~850`, `800..900`, or the word in its place."""
    if event.low is None:
        return event.quantity or ""
    if event.operator == "..":
        return f"{event.low}..{event.high}"
    return f"{'' if event.operator == '=' else event.operator}{event.low}"


def bounds_text(bounds: Bounds | None) -> str:
    """Write bounds as a number: `806`, `800..900`, `>=4`; the empty text where all is allowed."""
    low, high = bounds or (0, None)
    if high is None:
        return f">={low}" if low else ""
    return str(low) if low == high else f"{low}..{high}"


def matter(event: CountClaimed) -> tuple[str, str, str]:
    """Return what is counted: measure, population, place; spelling and case aside."""
    return event.measure, fold(event.population or ""), fold(event.place or "")


def is_running(event: CountClaimed) -> bool:
    """Say whether a measure is a running total, which never falls."""
    return event.measure.endswith("_since")


def date_text(state: State, one: Figure) -> str | None:
    """Write the day a number is of as EDTF; None if that is not stated."""
    if one.date is None:
        return None
    return one.event.when or times.window_text(one.date, times.zone(state.case.timezone))


def cite(state: State, one: Figure) -> dict[str, Any]:
    """Return a number with everything a reader needs to check it."""
    note = evidence.footnote(state, one.thread)
    event = one.event
    kept = ("event", "voice", "origin", "origin_name", "kind", "document", "publisher", "via")
    said = ("published", "reported", "said", "known_at", "basis", "locator", "note", "corrected")
    return {key: note[key] for key in (*kept, "stance", *said)} | {
        "number": number_text(event),
        "operator": event.operator,
        "low": event.low,
        "high": event.high,
        "quantity": event.quantity,
        "date": date_text(state, one),
        "period": event.period,
        "scope": event.scope,
        "first_hand": one.first_hand,
        "counted": one.counted,
    }
