"""Finds the right spelling behind a wrong one: the 2012 draft's forms, and common slips.

It decides nothing: what it proposes is only ever a hint, and only where it can be read. It owns
the list of differences between the draft of 2012 and the specification of 2019.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple
from unicodedata import decimal

_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_WORDS: Final = re.compile(r"\b(?:unknown|open)\b")
_DRAFT: Final = re.compile(r"[0-9uxXyYeEpS?~%/.,(){}\[\]-]*")


class Respelt(NamedTuple):
    """A proposal, what is wrong with the text as it stands, and whether the draft allowed it.

    `other` is a second proposal, where the text may as well mean that.
    """

    text: str
    other: str | None
    reason: str
    from_draft: bool

    @property
    def hint(self) -> str:
        """What to write; both readings of a day and a month that may be the other way round."""
        if self.other is not None:
            return f"write {self.text} or {self.other}, whichever it means (year-month-day)"
        told = {_YEAR_FIRST: " (year-month-day)", _SECONDS: " (some time in that minute)"}
        return f"write {self.text}{told.get(self.reason, '')}"


class _Rule(NamedTuple):
    pattern: str
    replacement: str | Callable[[re.Match[str]], str]
    reason: str


def respell(text: str) -> Respelt | None:
    """Propose another spelling of a text that could not be read; None if there is none."""
    plain, slips = _apply(_SLIPS, _ascii(text))
    if plain != text and not slips:
        slips = ["EDTF is written in plain ASCII"]
    # Only what could be the draft's is read as such, so that no word becomes a date.
    drafts: list[str] = []
    if _DRAFT.fullmatch(_WORDS.sub("", plain)):
        plain, drafts = _apply(_DRAFTS, plain)
    if not drafts and not slips:
        return None
    reasons = [f"the draft of 2012 wrote {' and '.join(drafts)}"] if drafts else []
    meant = _within_minute(plain) if _SECONDS in slips else plain
    return Respelt(meant, _month_first(_ascii(text)), "; ".join(reasons + slips), bool(drafts))


def _within_minute(text: str) -> str:
    """Return all seconds of the minute at whose first a text stands: it had named none."""
    moment = re.fullmatch(_FIRST_SECOND, text)
    return f"[{text}..{moment[1]}59{moment[2]}]" if moment else text


def _month_first(text: str) -> str | None:
    """Return the other date that a day and a month may mean, where either can come first."""
    numeric = re.fullmatch(_NUMERIC, text)
    if numeric is None:
        return None
    one, two = int(numeric[1]), int(numeric[3])
    either = one != two and min(one, two) >= 1 and max(one, two) <= 12  # noqa: PLR2004 - months
    return f"{numeric[4]}-{one:02}-{two:02}" if either else None


def _ascii(text: str) -> str:
    return "".join(str(decimal(sign, sign)) for sign in text.translate(_DASHES))


def _apply(rules: tuple[_Rule, ...], text: str) -> tuple[str, list[str]]:
    reasons = []
    for rule in rules:
        text, count = re.subn(rule.pattern, rule.replacement, text)
        reasons += [rule.reason] if count else []
    return text, reasons


def _qualify_inside(match: re.Match[str]) -> str:
    return _qualify(match[1], match[2])


def _qualify_outside(match: re.Match[str]) -> str:
    return f"{match[1]}-{_qualify(match[2], match[3])}"


def _qualify(components: str, qualifier: str) -> str:
    return "-".join(f"{qualifier}{component}" for component in components.split("-"))


def _long_year(match: re.Match[str]) -> str:
    exponent = f"E{match[2]}" if match[2] else ""
    return f"Y{match[1]}{exponent}"


_MONTHS: Final = {
    month: number
    for months in (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "january february march april may june july august september october november december",
    )
    for number, month in enumerate(months.split(), start=1)
} | {"setiembre": 9}


def _with_month(match: re.Match[str]) -> str:
    day = f"-{int(match[1]):02}" if match[1] else ""
    return f"{match[3]}-{_MONTHS[match[2].lower()]:02}{day}"


def _day_first(match: re.Match[str]) -> str:
    day, month = int(match[1]), int(match[3])
    if month > 12 >= day:  # noqa: PLR2004 - months
        day, month = month, day
    return f"{match[4]}-{month:02}-{day:02}"


_YEAR_FIRST: Final = "a date is written year-month-day"
_SECONDS: Final = "a time of day has seconds"
_NUMERIC: Final = r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})"
_FIRST_SECOND: Final = r"([0-9-]{10}T[0-9]{2}:[0-9]{2}:)00(Z|[+-][0-9]{2}:?[0-9]{2}|)"

_SLIPS: Final = (
    _Rule(f"^{_NUMERIC}$", _day_first, _YEAR_FIRST),
    _Rule(
        rf"(?i)^(?:([0-9]{{1,2}}) (?:de )?)?({'|'.join(_MONTHS)}),? (?:del? )?([0-9]{{4}})$",
        _with_month,
        _YEAR_FIRST,
    ),
    _Rule(r"(?<=[0-9]{2})[ t](?=[0-9]{2}:)", "T", "a time of day follows a 'T'"),
    _Rule(r"(?<=[0-9])z\b", "Z", "UTC is 'Z'"),
    _Rule(r"\s+", "", "EDTF has no spaces"),
    _Rule(r"(?<=:[0-9]{2})[.,][0-9]+", "", "EDTF has no parts of a second"),
    _Rule(r"(?<=T)([0-9]{2}:[0-9]{2})(?![:0-9])", r"\1:00", _SECONDS),
    _Rule(r"(?<=:[0-9]{2})([+-][0-9]{2})([0-9]{2})$", r"\1:\2", "an offset has a ':'"),
    _Rule(r"^([0-9]{4})-([0-9]{4})$", r"\1/\2", "an interval has a '/'"),
    _Rule(r"^([\[{].*)/(.*[\]}])$", r"\1..\2", "in a set '..' joins two dates"),
    _Rule(r"^([0-9]{4})/([0-9]{2})/([0-9]{2})$", r"\1-\2-\3", "a date is joined by '-'"),
    _Rule(
        r"(?<![0-9-])([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9-])",
        r"\1-\2-\3",
        "a date is joined by '-'",
    ),
    _Rule(r"-([0-9])(?![0-9X:])", r"-0\1", "a month and a day have two digits"),
    _Rule(r"\bY([0-9]{4})\b", r"\1", "a year of four digits has no 'Y'"),
)
_DRAFTS: Final = (
    _Rule(r"\bunknown(?=/)|(?<=/)unknown\b", "", "'unknown' for an end that is not known"),
    _Rule(r"\bopen(?=/)|(?<=/)open\b", "..", "'open' for '..'"),
    _Rule(r"\?~|~\?", "%", "'?~' for '%'"),
    _Rule(r"\(([0-9ux-]+)\)([?~%])", _qualify_inside, "parentheses for a qualifier on the left"),
    _Rule(
        r"\(([0-9ux]{4})\)-([0-9ux-]+)([?~%])",
        _qualify_outside,
        "parentheses for a qualifier on the left",
    ),
    _Rule(r"\by(-?[0-9]+)(?:e([0-9]+))?", _long_year, "'y' and 'e' for 'Y' and 'E'"),
    _Rule(r"(?<=[0-9])p(?=[0-9])", "S", "'p' for 'S'"),
    _Rule(r"[ux](?!nk)", "X", "'u' or 'x' for 'X'"),
)
