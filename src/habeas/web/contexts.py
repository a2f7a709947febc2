"""What each kind of page shows of an edition: the values that its template is given.

A page of one day holds what a reader can take in; what is too long for it stands on pages of its
own, in parts, or is given in full as data. Nothing is left out without saying how much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from habeas.projections.as_told import story_as_told
from habeas.projections.question import rules_data
from habeas.render import pictures, words
from habeas.render.pictures.speech import Speech
from habeas.vocabulary import CUSTODIES, CUSTODY_OF
from habeas.web import dates, intervals
from habeas.web.edition import Edition
from habeas.web.turns import Fact, fact

Context = dict[str, Any]

RECENT: Final = 3
"""Of how many days the first page tells the changes."""

BRIEF: Final = 30
"""How many changes of each of them it tells."""

MANY: Final = 200
"""How many changes a day's own page tells; more stand on pages of their own."""

PART: Final = 1_000
"""How many changes, or persons of a case too large to move through, are on a page of their own."""

DRAWN: Final = 12
"""Of how many of the last states of a person there is a picture."""

_WEIGHT: Final = ("custody", "appeared", "removed", "merged", "status")
"""The kinds of change that are told first where not all are."""


def moves(edition: Edition) -> bool:
    """Say whether a case is small enough to be moved through in the browser."""
    return len(edition.persons) <= intervals.MOST


def first_page(edition: Edition, speech: Speech) -> Context:
    """Return the page of the newest day, with the changes of the last ones in brief."""
    return _roster(edition, edition.newest, speech) | {
        "recent": [_brief(edition, day, BRIEF) for day in reversed(edition.days[-RECENT:])]
    }


def day(edition: Edition, day: date, speech: Speech) -> Context:
    """Return the page of a day: the roster and the change log as of then."""
    return _roster(edition, day, speech) | {"recent": [_brief(edition, day, MANY)]}


def _roster(edition: Edition, day: date, speech: Speech) -> Context:
    totals = edition.totals(day)
    size = totals["all"] if moves(edition) else PART
    return {
        "totals": totals,
        "bar": _bar(totals),
        "rows": list(edition.rows(day))[:size],
        "parts": parts(totals["all"], size),
        "causes": _causes,
        "picture": _bands(edition, day, speech),
    }


def parts(number: int, size: int) -> int:
    """Return on how many pages so many things stand."""
    return -(-number // size) if number else 1


def _brief(edition: Edition, day: date, most: int) -> Context:
    """Return a day's changes, or as many as are wanted of those that weigh most."""
    changes = edition.changes(day)
    persons = changes["changes"]
    return {
        "day": day.isoformat(),
        "changes": _marked(
            persons if len(persons) <= most else sorted(persons, key=_weight)[:most]
        ),
        "more": max(len(persons) - most, 0),
        "apart": len(persons) > MANY,
        "counts": changes["counts"][:most],
        "groups": changes["groups"][:most],
        "more_moved": len(changes["counts"][most:]) + len(changes["groups"][most:]),
    }


def _marked(changes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return changes with the marks put to their dates."""
    sides = ("before", "after")
    return [
        one | {side: None if one[side] is None else words.marked(one[side]) for side in sides}
        for one in changes
    ]


def _weight(change: dict[str, Any]) -> int:
    found = (place for place, kind in enumerate(_WEIGHT) if kind in change["kinds"])
    return next(found, len(_WEIGHT))


def part(edition: Edition, kind: str, day: date, number: int) -> Context | None:
    """Return a page of a part of a day's changes or roster; None where there is no such part."""
    if kind == "changes":
        whole: Sequence[Any] = edition.changes(day)["changes"]
        there = len(whole) > MANY
    else:
        whole = list(edition.rows(day))
        there = not moves(edition) and number > 1
    count = parts(len(whole), PART)
    if not there or number > count:
        return None
    shown = whole[(number - 1) * PART : number * PART]
    named = (
        {"changes": _marked(shown), "rows": []}
        if kind == "changes"
        else {"changes": [], "rows": shown}
    )
    return named | {"number": number, "parts": count, "all": len(whole), "causes": _causes}


def _bands(edition: Edition, day: date, speech: Speech) -> Markup | None:
    """Return the picture of everybody over time."""
    if not moves(edition):
        return None
    steps = [one for one in edition.steps if one["day"] <= day.isoformat()]
    data = {"basis": edition.basis(day), "steps": steps}
    return Markup(pictures.bands(data, moving=True, speech=speech))  # noqa: S704 - SVG of ours, escaped there


def person(edition: Edition, name: str, speech: Speech) -> Context:
    """Return the page of a person."""
    last = edition.told_last(name)
    [told] = edition.story(name, last)["persons"]
    one = words.marked(story_as_told(told))
    seen: list[tuple[str, Fact | None]] = []
    for turn in edition.turns[name]:
        if not seen or seen[-1][1] != turn.fact:
            seen.append((turn.day.isoformat(), turn.fact))
    return {
        "title": one["name"],
        "one": one,
        "told": fact(one)[7],
        "told_last": None if last == edition.newest else last.isoformat(),
        "seen": seen,
        "drawn": _drawn(edition, name, seen, speech),
        "marked": {day.isoformat() for day in edition.days},
    }


def _drawn(
    edition: Edition, name: str, seen: list[tuple[str, Fact | None]], speech: Speech
) -> list[tuple[str, Markup]]:
    """Return a person's picture on each of the last days on which it became another, and now."""
    days = [text for text, known in seen[-DRAWN:] if known is not None]
    newest = edition.newest.isoformat()
    if seen[-1][1] is not None and newest not in days:
        days.append(newest)
    found = []
    for n, text in enumerate(days):
        told = edition.story(name, date.fromisoformat(text))
        drawn = pictures.spells(told, told["persons"][0], name=f"spells-{n}", speech=speech)
        found.append((text, Markup(drawn)))  # noqa: S704 - SVG of ours, escaped there
    return found


def counts(edition: Edition, day: date, speech: Speech) -> Context:
    """Return the page of reported numbers."""
    data = edition.view("counts", day)

    def draw(matter: dict[str, Any], place: int) -> Markup | None:
        if sum(len(one["numbers"]) for one in matter["counters"]) < 2:  # noqa: PLR2004 - a series
            return None
        return Markup(pictures.series(data, matter, name=f"series-{place}", speech=speech))  # noqa: S704

    return {"counts": data["counts"], "mark": _mark, "draw": draw}


def groups(edition: Edition, day: date, _speech: Speech) -> Context:
    """Return the page of groups."""
    return {
        "groups": edition.view("groups", day)["groups"],
        "names": lambda part: zip(part["persons"], part["names"], strict=True),
        "bounds": _bounds,
    }


def sources(edition: Edition, day: date, _speech: Speech) -> Context:
    """Return the page of sources."""
    state = edition.state
    return {
        "sources": edition.view("sources", day),
        "party": lambda name: state.party(name).name,
        "url_of": lambda name: state.document(name).url,
    }


def days(edition: Edition, _speech: Speech) -> Context:
    """Return the page of all days."""
    listed = [
        {"day": day.isoformat(), "changes": edition.changed(day), "totals": edition.totals(day)}
        for day in reversed(edition.days)
    ]
    return {"listed": listed}


def about(edition: Edition, _speech: Speech) -> Context:
    """Return the page that tells what the words mean, and how to check."""
    newest = edition.newest
    return {
        "statuses": {one: [s for s, c in CUSTODY_OF.items() if c == one] for one in CUSTODIES},
        "basis": edition.basis(newest) | {"rules": rules_data(edition.question(newest).rules)},
        "eve": edition.before(newest).isoformat(),
    }


DAILY: Final[dict[str, Callable[[Edition, date, Speech], Context]]] = {
    "day": day,
    "counts": counts,
    "groups": groups,
    "sources": sources,
}
"""The pages that there are of each day."""


def _bar(numbers: dict[str, int]) -> list[tuple[str, int, int]]:
    """Return each custody's part of a bar of 1000: where it begins, and how long it is."""
    found, begun, count = [], 0, 0
    for custody in CUSTODIES:
        count += numbers[custody]
        end = round(1000 * count / max(numbers["all"], 1))
        found.append((custody, begun, end - begun))
        begun = end
    return found


def _causes(change: dict[str, Any]) -> list[dict[str, str]]:
    """Return each cause of a change once: what, who, where."""
    found = {}
    for one in change["causes"]:
        who = one.get("origin_name") or one.get("party_name") or ""
        where = one.get("publisher_name") or ""
        told = {"cause": one["cause"], "who": who, "where": "" if where == who else where}
        found[tuple(told.values())] = told
    return list(found.values())


def _mark(counter: dict[str, Any], number: dict[str, Any]) -> str:
    """Return the word for what is to be said of a number; empty where nothing is."""
    if number["expected"]:
        return "standing.expected"
    if not any(one["counted"] for one in number["told"]):
        return "not_confirmed"
    for key in ("newest", "perhaps_newer"):
        if len(counter["numbers"]) > 1 and any(
            one["events"] == number["events"] for one in counter[key]
        ):
            return key
    return ""


def _bounds(unnamed: dict[str, Any] | None) -> str:
    """Return how many of a group have no name, as a number or a range."""
    if unnamed is None or (unnamed["low"] is None and unnamed["high"] is None):
        return dates.NONE
    low, high = unnamed["low"], unnamed["high"]
    if high is None:
        return f"≥ {low}"
    return str(low) if low == high else f"{low}–{high}"
