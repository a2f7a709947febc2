"""Durations: how long a person has been held by the day asked about, by spells; and in total.

Only custody counts: house arrest is held, and a status within a spell changes nothing. What happens
after the day is cut off. A duration is a range where dates are ranges; sums are given in days,
since months do not add up. `most_days` is None where there is no knowing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from habeas import resolve, times
from habeas.log import counting
from habeas.projections.as_told import beside as as_told_beside
from habeas.projections.roster import chosen
from habeas.projections.tallies import ids
from habeas.times import EVER, Held, Window

if TYPE_CHECKING:
    from habeas.log import State
    from habeas.projections.person import Told
    from habeas.projections.question import Question


def durations(state: State, question: Question) -> dict[str, Any]:
    """Return how long each person has been held, in the order of their ids, and the total.

    Those who fit the question's `where`; persons who were never held by then are left out.
    """
    held = [
        held_by(state, one, question)
        for one, _ in chosen(state, question)
        if held_spells(state, one, question)
    ]
    return {"persons": held, "total": _total(held)}


def held_by(state: State, one: Told, question: Question) -> dict[str, Any]:
    """Return how long a person has been held by the day asked about, with each spell of it."""
    found = held_spells(state, one, question)
    longest = _longest(state, [spell for _, spell, _ in found], question)
    return {
        "person": one.person,
        "name": state.person(one.person).name,
        "held": _sum([held for _, _, held in found], longest),
        "spells": [
            _spell(state, one, spell, held)
            | {"events": _behind(state, one, place, question)}
            | _as_told(state, one, place)
            for place, spell, held in found
        ],
    }


def beside(state: State, one: Told, question: Question, story: dict[str, Any]) -> dict[str, Any]:
    """Return a person's story (see `person.story`) with the time held: of spells, and in all.

    `held` is None of a person who was never in custody by the day; so is that of other spells.
    """
    found = held_spells(state, one, question)
    held = {place: _days(held) | {"text": held.text} for place, _, held in found}
    longest = _longest(state, [spell for _, spell, _ in found], question)
    return story | {
        "held": _sum([held for _, _, held in found], longest) if found else None,
        "spells": [
            spell | {"held": held.get(place)} for place, spell in enumerate(story["spells"])
        ],
    }


def held_spells(
    state: State, one: Told, question: Question
) -> list[tuple[int, resolve.Spell, Held]]:
    """Return the spells in custody begun, or perhaps begun, by the day asked about.

    Each with its place among the answer's spells and how long it had lasted by then.
    """
    zone, end = times.zone(state.case.timezone), question.day_end(state)
    return [
        (place, spell, times.held_for(_cut(spell.since, end), _until(spell, question, end), zone))
        for place, spell in enumerate(one.answer.spells)
        if spell.custody == "held" and spell.since[0] < end
    ]


def _cut(window: Window, end: int) -> Window:
    return window[0], min(window[1], end)


def _until(spell: resolve.Spell, question: Question, end: int) -> date | Window:
    """Return when a spell ended by the day asked about, else that day."""
    if spell.until is None or spell.until[0] >= end:
        return question.on
    return _cut(spell.until, end)


def _spell(state: State, one: Told, spell: resolve.Spell, held: Held) -> dict[str, Any]:
    return {
        "status": spell.status,
        "since": _date(state, one, spell.since, spell.support),
        "until": None if spell.until is None else _date(state, one, spell.until, ()),
        "standing": spell.standing,
        **_days(held),
        "text": held.text,
    }


def _as_told(state: State, one: Told, place: int) -> dict[str, Any]:
    """Return a spell's dates with the marks put to them; what ended it tells of its end."""
    spell, *following = one.answer.spells[place : place + 2]
    dated = {"since": (_date(state, one, spell.since, spell.support), _whens(one, spell.support))}
    if spell.until is not None and following:
        ending = following[0].events[0].support
        dated["until"] = (_date(state, one, spell.until, ()), _whens(one, ending))
    return as_told_beside(dated)


def _whens(one: Told, seqs: Iterable[int]) -> list[str | None]:
    return [one.evidence.threads[seq].event.when for seq in seqs]


def _date(state: State, one: Told, window: Window, support: Iterable[int]) -> str:
    """Write a window as EDTF, in the zone in which it is whole days, as a person's story does."""
    zones = [times.zone(state.case.timezone)]
    for seq in support:
        document = state.document(one.evidence.threads[seq].event.document)
        zones.append(counting.zone_of(state, document))
    whole = (zone for zone in zones if _is_whole(window, zone))
    return times.window_text(window, next(whole, zones[0]))


def _is_whole(window: Window, zone: ZoneInfo) -> bool:
    return all(
        edge in {times.EVER, times.NEVER}
        or times.day_window(times.day_of(edge, zone), zone)[0] == edge
        for edge in window
    )


def _behind(state: State, one: Told, place: int, question: Question) -> list[str]:
    """Return the claims of a spell and, where it has ended by the day, of what ended it."""
    spells = one.answer.spells
    seqs = {*spells[place].support}
    until = spells[place].until
    if until is not None and until[0] < question.day_end(state) and place + 1 < len(spells):
        seqs |= {*spells[place + 1].events[0].support}
    return ids(state, seqs)


def _days(held: Held) -> dict[str, int | None]:
    most = None if held.most is None else held.most.total_days
    return {"least_days": held.least.total_days, "most_days": most}


def _longest(state: State, spells: Iterable[resolve.Spell], question: Question) -> int | None:
    """Return the days from the first day he may have been held; spells never add up to more."""
    first = min((spell.since[0] for spell in spells), default=EVER)
    if first <= EVER:
        return None
    return (question.on - times.day_of(first, times.zone(state.case.timezone))).days


def _sum(found: Sequence[Held], longest: int | None) -> dict[str, Any]:
    if len(found) == 1:
        return _days(found[0]) | {"text": found[0].text}
    days = [_days(held) for held in found]
    least = sum(one["least_days"] or 0 for one in days)
    mosts = [one["most_days"] for one in days]
    most = _most(mosts)
    if most is not None and longest is not None:
        most = min(most, longest)
    return {"least_days": least, "most_days": most, "text": days_text(least, most)}


def _most(mosts: Iterable[int | None]) -> int | None:
    known = list(mosts)
    return None if None in known else sum(one for one in known if one is not None)


def days_text(least: int, most: int | None) -> str:
    """Write a range of days in words."""
    if most is None:
        return f"at least {_count(least)}" if least else "unknown"
    if most == least:
        return _count(least)
    return f"between {least} and {_count(most)}" if least else f"at most {_count(most)}"


def _count(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _total(held: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the days of all persons together, and of how many there is no knowing the most."""
    least = sum(one["held"]["least_days"] for one in held)
    known = [one for one in held if one["held"]["most_days"] is not None]
    most = sum(one["held"]["most_days"] for one in known) if len(known) == len(held) else None
    return {
        "persons": len(held),
        "least_days": least,
        "most_days": most,
        "text": days_text(least, most),
        "open": [one["person"] for one in held if one["held"]["most_days"] is None],
        "events": sorted({event for one in held for s in one["spells"] for event in s["events"]}),
    }
