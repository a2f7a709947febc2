"""A state of a person in words that follow "is now": "reported detained since August 2024".

It says status, standing and date as an answer has them, and nothing of what was before. The phrases
name no sex, since the log holds none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from habeas.render import prose_dates

Facts = dict[str, Any]


class Said(NamedTuple):
    """A status in a sentence: what somebody is, what that is called, how its date is joined."""

    being: str
    noun: str
    dated: Callable[[str], str]


SAID: Final = {
    "detained": Said("detained", "detention", prose_dates.since),
    "incommunicado": Said("held incommunicado", "detention incommunicado", prose_dates.since),
    "disappeared": Said("disappeared", "disappearance", prose_dates.since),
    "house_arrest": Said("under house arrest", "house arrest", prose_dates.since),
    "released": Said("released", "release", prose_dates.on),
    "restricted": Said("released under restrictions", "restricted release", prose_dates.on),
    "at_liberty": Said("at liberty", "unconditional release", prose_dates.since),
    "sent_abroad": Said("sent abroad", "transfer abroad", prose_dates.on),
    "escaped": Said("to have escaped", "escape", prose_dates.on),
    "died": Said("to have died", "death", prose_dates.on),
    "missing": Said("missing", "absence without trace", prose_dates.since),
    "unknown": Said("to be of unknown status", "unknown status", prose_dates.since),
}

_WITHOUT_ARTICLE: Final = frozenset({"detention incommunicado", "house arrest"})

_INFINITIVE: Final = {
    "disputed": "said, against denials,",
    "unconfirmed": "said, without confirmation,",
    "expected": "expected",
}
"""Standings after which the status is an infinitive; the others stand before it as they are."""

WAS: Final = {
    "confirmed": "confirmed",
    "reported": "reported",
    "disputed": "disputed",
    "unconfirmed": "passed on as unconfirmed",
    "expected": "only expected",
}
"""A standing that has been left for another."""


def state(facts: Facts) -> str:
    """Return status, standing and date."""
    if facts["standing"] is None:
        return "of unknown status"
    said = standing(facts)
    if facts["since"] is not None:
        said += f" {SAID[facts['status']].dated(facts['since'])}"
    if facts["certainty"] == "possible":
        said += ", though by the dates told this may be still to come"
    return said


def turned(was: Facts, now: Facts) -> bool:
    """Say whether the status is another, or stands where none stood, or no longer does."""
    one, other = ((x["status"], x["custody"], x["standing"] is None) for x in (was, now))
    return one != other


def standing(facts: Facts) -> str:
    """Return status and standing, without the date."""
    being, said = SAID[facts["status"]].being, facts["standing"]
    if said not in _INFINITIVE:
        return f"{said} {being}"
    return f"{_INFINITIVE[said]} {being if being.startswith('to ') else f'to be {being}'}"


def place(facts: Facts) -> str:
    """Return the place, as it follows a state; empty where none is told."""
    return f", the last place told being {facts['place']}" if facts["place"] else ""


def event(item: dict[str, Any]) -> str:
    """Return what is told of as a thing: "a release on 8 January 2026"."""
    said = SAID[item["status"]]
    dated = "" if item["since"] is None else f" {said.dated(item['since'])}"
    return f"{_article(said.noun)}{said.noun}{dated}"


def _article(noun: str) -> str:
    if noun in _WITHOUT_ARTICLE:
        return ""
    return "an " if noun[0] in "aeiou" else "a "


def earlier(standing: str, since: str | None, now: dict[str, Any]) -> str:
    """Return how something was told before: its standing then, and its date if it was another."""
    said = WAS[standing]
    if (standing, now["standing"]) == ("reported", "confirmed"):
        said = "reported but not confirmed"
    if since is None or since == now["since"]:
        return f"this was {said}"
    return f"this was {said}, and dated {prose_dates.told(since)}"
