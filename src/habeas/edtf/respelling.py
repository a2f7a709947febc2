"""Finds the right spelling behind a wrong one: the 2012 draft's forms, and common slips.

It decides nothing: what it proposes is only ever a hint, and only where it can be read. It owns
the list of differences between the 2012 draft and the specification of 2019.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import decimal

if TYPE_CHECKING:
    from collections.abc import Callable

_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_WORDS: Final = re.compile(r"unknown|open")
_DRAFT: Final = re.compile(r"[0-9uxyepXYEPS?~%/.,\[\]{}()T:Z+-]*")


class Respelt(NamedTuple):
    """A proposal, and what is wrong with the text as it stands."""

    text: str
    reason: str


def respell(text: str) -> Respelt | None:
    """Propose another spelling of a text that could not be read; None if there is none."""
    reasons = []
    for change, reason in _CHANGES:
        changed = change(text)
        if changed != text:
            reasons.append(reason)
        text = changed
    return Respelt(text, "; ".join(reasons)) if reasons else None


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _ascii(text: str) -> str:
    signs = (str(decimal(sign, sign)) for sign in text.translate(_DASHES))
    return "".join(signs)


def _draft(change: Callable[[str], str]) -> Callable[[str], str]:
    """Let a change see only texts that could be the draft's, so that no word becomes a date."""
    return lambda text: change(text) if _DRAFT.fullmatch(_WORDS.sub("", text)) else text


def _ends(text: str) -> str:
    if "/" not in text:
        return text
    ends = {"unknown": "", "open": ".."}
    return "/".join(ends.get(side, side) for side in text.split("/"))


def _grouped(match: re.Match[str]) -> str:
    return "-".join(f"{match[2]}{piece}" for piece in match[1].split("-"))


_CHANGES: Final[tuple[tuple[Callable[[str], str], str], ...]] = (
    (_without_spaces, "there are no spaces in EDTF"),
    (_ascii, "EDTF is written in plain ASCII"),
    (_draft(_ends), "'unknown' and 'open' are words of the 2012 draft"),
    (
        _draft(lambda text: re.sub(r"\?~|~\?", "%", text)),
        "'?~' is the 2012 draft's, now '%'",
    ),
    (
        _draft(lambda text: re.sub(r"\(([0-9uxX-]+)\)([?~%])", _grouped, text)),
        "parentheses are the 2012 draft's; a qualifier now stands left of what it qualifies",
    ),
    (
        _draft(lambda text: re.sub(r"[ux](?!nknown)", "X", text)),
        "'u' and 'x' are the 2012 draft's unspecified digits, now 'X'",
    ),
    (
        _draft(lambda text: text.replace("y", "Y").replace("e", "E").replace("p", "S")),
        "'y', 'e' and 'p' are the 2012 draft's, now 'Y', 'E' and 'S'",
    ),
    (
        lambda text: re.sub(r"^([0-9]{4})/([0-9]{2})/([0-9]{2})$", r"\1-\2-\3", text),
        "the parts of a date are joined by '-'",
    ),
    (
        lambda text: re.sub(
            r"(?<![0-9-])([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9-])", r"\1-\2-\3", text
        ),
        "EDTF has only the extended format, with '-' between the parts",
    ),
    (
        lambda text: re.sub(r"-([0-9])(?![0-9X])", r"-0\1", text),
        "a month and a day have two digits",
    ),
    (
        lambda text: re.sub(r"(?<=T)([0-9]{2}:[0-9]{2})(?![:0-9])", r"\1:00", text),
        "a time of day has seconds",
    ),
)
