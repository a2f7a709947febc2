"""Dates as a page says them, in English and in Spanish: as vague as they are, never rounded.

A form that is not known here is shown as it is written.
"""

from __future__ import annotations

import re
from functools import lru_cache, reduce
from typing import Final

_MONTHS: Final = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio"),
        *("agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
}
_POINT: Final = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")
_MARKS: Final = re.compile("[?~%]")

_FORMS: Final = {
    "en": {
        "day": "{day} {month} {year}",
        "month": "{month} {year}",
        "about": "about {}",
        "inferred": "{} (inferred)",
        "by": "by {}",
        "from": "{} or later",
        "between": "between {} and {}",
        "or": "{} or {}",
        "next": "{} or {}",
        "near": "between {} and {}",
        "still": "since {}, and still so when told",
        "open": "from {}, until a time not told",
        "until": "until {}",
        "on": "on {}",
        "span": "from {} to {}",
        "days": "{} days",
        "one_day": "1 day",
        "days_between": "between {} and {} days",
        "days_least": "at least {} days",
        "days_most": "at most {} days",
        "days_unknown": "nobody knows how long",
    },
    "es": {
        "day": "{day} de {month} de {year}",
        "month": "{month} de {year}",
        "about": "hacia {}",
        "inferred": "{} (deducido)",
        "by": "a más tardar {}",
        "from": "{} o después",
        "between": "entre {} y {}",
        "or": "{} o {}",
        "next": "{} o {}",
        "near": "entre el {} y el {}",
        "still": "desde {}, y aún así al contarse",
        "open": "desde {}, hasta un momento no contado",
        "until": "hasta {}",
        "on": "en {}",
        "span": "de {} a {}",
        "days": "{} días",
        "one_day": "1 día",
        "days_between": "entre {} y {} días",
        "days_least": "al menos {} días",
        "days_most": "a lo sumo {} días",
        "days_unknown": "no se sabe cuánto",
    },
}


NONE: Final = "–"
"""What stands where there is no date, or no number."""


@lru_cache(16_384)
def say(text: str | None, language: str) -> str:
    """Return an EDTF expression in words; empty where there is none."""
    if not text:
        return ""
    if "/" in text:
        return _interval(text, language)
    if text.startswith("[") and ".." in text and "," not in text:
        low, _, high = text[1:-1].partition("..")
        return _range(low, high, language)
    if text.startswith("[") and ".." not in text:
        first, *rest = (say(one, language) for one in text[1:-1].split(","))
        return reduce(_FORMS[language]["or"].format, rest, first)
    return _point(text, language)


def lasting(least: int, most: int | None, language: str) -> str:
    """Return a range of days in words; `most` is None where there is no knowing."""
    forms = _FORMS[language]
    if most is None:
        return forms["days_least"].format(least) if least else forms["days_unknown"]
    if least == most:
        return forms["one_day"] if most == 1 else forms["days"].format(most)
    return forms["days_between" if least else "days_most"].format(
        *((least, most) if least else (most,))
    )


def _range(low: str, high: str, language: str) -> str:
    forms = _FORMS[language]
    if not low:
        return forms["by"].format(say(high, language))
    if not high:
        return forms["from"].format(say(low, language))
    return _between(low, high, language)


def _between(low: str, high: str, language: str) -> str:
    """Return a range of days; within a month, the month is said once."""
    forms, (first, last) = _FORMS[language], (low[8:], high[8:])
    if low[:8] == high[:8] and first.isdigit() and last.isdigit():
        form = forms["next"] if int(last) - int(first) == 1 else forms["near"]
        return form.format(int(first), say(high, language))
    return forms["between"].format(say(low, language), say(high, language))


def _interval(text: str, language: str) -> str:
    forms = _FORMS[language]
    start, _, end = text.partition("/")
    match start, end:
        case "..", _:
            return forms["on"].format(say(end, language))
        case "", _:
            return forms["until"].format(say(end, language))
        case _, "..":
            return forms["still"].format(say(start, language))
        case _, "":
            return forms["open"].format(say(start, language))
    return forms["span"].format(say(start, language), say(end, language))


def _point(text: str, language: str) -> str:
    found = _POINT.fullmatch(_MARKS.sub("", text))
    if found is None:
        return text
    forms, (year, month, day) = _FORMS[language], found.groups()
    said = year
    if month:
        name = _MONTHS[language][int(month) - 1]
        form = forms["day"] if day else forms["month"]
        said = form.format(year=year, month=name, day=int(day or 0))
    if {"~", "%"} & set(text):
        said = forms["about"].format(said)
    return forms["inferred"].format(said) if {"?", "%"} & set(text) else said
