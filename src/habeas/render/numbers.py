"""Numbers of persons in words, and where they stand: what the views of numbers share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from habeas.render import words

_SIGNS: Final = {
    ">=": "at least",
    "<=": "at most",
    ">": "more than",
    "<": "fewer than",
    "~": "about",
}
_SIGNED: Final = re.compile(r"(>=|<=|>|<|~)(-?\d+)")
_RANGE: Final = re.compile(r"(\+?-?\d+)\.\.(\+?-?\d+)")
EVENT_SHOWN: Final = 8
"""How many letters of an event's id are shown; any unique beginning names it to a command."""


def number(text: str) -> str:
    """Return a number as claimed in words: `>187` is "more than 187"; a word stays as it is."""
    if not text:
        return "not told"
    said = _SIGNED.sub(lambda found: f"{_SIGNS[found[1]]} {found[2]}", text)
    return _RANGE.sub(lambda found: f"{found[1]} to {found[2]}", said)


def quoted(text: str) -> str:
    """Return a number as claimed in words; a source's word in its place in quotation marks."""
    return number(text) if not text or any(map(str.isdecimal, text)) else f"“{text}”"


def claimed(one: dict[str, Any]) -> str:
    """Return the number of a claim in words; a source's word in its place in quotation marks."""
    return f"“{one['quantity']}”" if one["low"] is None else number(one["number"])


def amount(text: str) -> str:
    """Return an amount with its sign in words: "-60 to -40"."""
    return number(text) if text else "not known"


def day(text: str | None) -> str:
    """Return the day that a number is of."""
    return "date not stated" if text is None else words.date(text)


def pointer(claim: dict[str, Any]) -> str:
    """Return where a claim stands: document, place there, and event."""
    place = " ".join(filter(None, (claim["document"], claim.get("locator"))))
    return f"{place} ({event(claim['event'])})"


def event(one: str) -> str:
    """Return the beginning of an event's id, as a command takes it."""
    return f"event {one[:EVENT_SHOWN]}"


def events(ids: Iterable[str]) -> str:
    """Return the beginnings of several events' ids."""
    found = [one[:EVENT_SHOWN] for one in ids]
    return f"{'event' if len(found) == 1 else 'events'} {', '.join(found)}" if found else "–"


def days(least: int | None, most: int | None) -> str:
    """Return a range of days in figures: "3", "3–7", "3 or more"; "–" where there is none."""
    if least is None:
        return "–"
    if most is None:
        return f"{least} or more"
    return str(least) if least == most else f"{least}–{most}"
