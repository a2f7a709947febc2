"""The vocabulary in words that read well, and dates as a person would say them.

Every word of the vocabulary has one here; an unknown one is shown as it is. Dates stay in ISO form,
so that nothing is rounded by being read: only what stands around them is put into words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from habeas.projections import as_told as dates

STATUS: Final = {
    "house_arrest": "under house arrest",
    "restricted": "released under restrictions",
    "at_liberty": "at liberty",
    "sent_abroad": "sent abroad",
    "incommunicado": "held incommunicado",
}
"""Statuses whose word is not what a person would say."""

CUSTODY: Final = {
    "held": "in custody",
    "out": "out of custody",
    "dead": "dead",
    "unknown": "not known",
}

SAYS: Final = {
    "asserted": "says",
    "unconfirmed": "passes on, as not confirmed",
    "expected": "expects",
    "denied": "denies",
    "unknown": "does not know whether",
}
"""What a party does that takes a stance."""

STANDING: Final = {
    "confirmed": "somebody near to it says so, or {corroboration} independent sources do",
    "reported": "said without a hedge, but by fewer",
    "disputed": "denied by sources at least as strong",
    "unconfirmed": "passed on, and marked as not confirmed",
    "expected": "announced, or about to happen",
}
"""What a standing means; `corroboration` is the projection's."""

DISPUTE: Final = {
    "date": "the date",
    "label": "what it is called",
    "status": "whether it is so",
}

_SEASONS: Final = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_SEASON: Final = re.compile(r"^(\d{4})-(2[1-4])$")


def status(word: str | None) -> str:
    """Return a status as it is said of a person."""
    return "–" if word is None else STATUS.get(word, word.replace("_", " "))


def date(text: str | None) -> str:
    """Return an EDTF expression in words; "–" where there is none."""
    if text is None:
        return "–"
    if text == "../..":
        return "not known"
    if "/" in text:
        return _interval(*text.split("/", 1))
    if text[:1] in {"[", "{"}:
        return _set(text[1:-1], " or " if text[0] == "[" else " and ")
    return _point(text)


def _interval(start: str, end: str) -> str:
    first, last = date(start), date(end)
    match start, end:
        case "..", _:
            return f"on {last}"
        case "", _:
            return f"until {last}"
        case _, "..":
            return f"since {first}, and still so when told"
        case _, "":
            return f"from {first}, until a time not told"
    return f"from {first} to {last}"


def _set(inner: str, joint: str) -> str:
    if ".." in inner and "," not in inner:
        low, _, high = inner.partition("..")
        if not low:
            return f"by {_point(high)}"
        return f"between {_point(low)} and {_point(high)}" if high else f"{_point(low)} or later"
    parts = (f"[{part}]" if ".." in part else part for part in inner.split(","))
    return joint.join(map(date, parts))


def _point(text: str) -> str:
    plain = re.sub("[?~%]", "", text)
    season = _SEASON.match(plain)
    if season:
        plain = f"{_SEASONS[season[2]]} {season[1]}"
    about = "about " if {"~", "%"} & set(text) else ""
    return f"{about}{plain}{' (inferred)' if {'?', '%'} & set(text) else ''}"


def since(text: str | None) -> str:
    """Return the beginning of a status, as it follows its name: "since 2026-01-08", "by …"."""
    said = date(text)
    if text is None:
        return ""
    return said if said.startswith(("by ", "between ", "from ", "since ")) else f"since {said}"


def as_told(text: str | None, claims: Iterable[dict[str, Any]]) -> str | None:
    """Return a date with the qualifiers that all claims which give it put to it, for a reader.

    An answer's window has none: it is bounds, and `2024-08~` has those of `2024-08`.
    """
    return dates.as_told(text, (one.get("when") for one in claims))


def marked(one: dict[str, Any]) -> dict[str, Any]:
    """Return values with the marks put to their dates (`as_told`), those of their items too."""
    items = {
        key: [marked(item) for item in one[key]]
        for key in ("pending", "contradicted", "spells")
        if key in one
    }
    kept = {key: value for key, value in one.items() if key != "as_told"}
    return {**kept, **one.get("as_told", {}), **items}


def until(text: str | None) -> str:
    """Return the end of a status, as it follows its beginning; nothing where it goes on."""
    if text is None:
        return ""
    said = date(text)
    return f", ended {said}" if said.startswith(("by ", "between ")) else f", until {said}"


def held(held: dict[str, Any] | None) -> str:
    """Return how long somebody was held, or has been by the day asked: "held for 1 month"."""
    if held is None:
        return ""
    if held["text"] == "unknown":
        return "held for a time not known"
    return f"held for {held['text']}"


def told(claim: dict[str, Any]) -> str:
    """Return what a claim says of its person: the status, the date, the place."""
    parts = [status(claim["status"])]
    if claim.get("when"):
        parts.append(date(claim["when"]))
    if claim.get("place"):
        parts.append(claim["place"])
    return ", ".join(parts)


def aside(item: dict[str, Any]) -> str:
    """Return something told that does not count, in short: "released (unconfirmed)"."""
    return f"{status(item['status'])} ({item['standing']})"


def item(item: dict[str, Any]) -> str:
    """Return something told that does not count: "released since 2026-01-08 (unconfirmed)"."""
    said = status(item["status"])
    if item["standing"] == "expected":
        return f"{said}, expected {date(item['since'])}" if item["since"] else f"{said}, expected"
    standing = f" ({item['standing']})" if item["standing"] else ""
    return f"{said} {since(item['since'])}".rstrip() + standing


def disputed(disputes: Iterable[str]) -> str:
    """Return what is contested, as a list in a sentence."""
    return listed(DISPUTE.get(each, each) for each in disputes)


def listed(words: Iterable[str], joint: str = "and") -> str:
    """Return words as a list in a sentence."""
    *first, last = words
    return f"{', '.join(first)} {joint} {last}" if first else last


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number of things: "1 person", "2 persons"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
