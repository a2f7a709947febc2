"""Reads a whole expression: an interval, a set, or one date.

It does not read single dates (`dates`) or members of sets (`sets`). It owns intervals, the limit
of length, and the order of questions asked of a text that cannot be read.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from habeas.edtf.dates import DAY_HINT, read_date
from habeas.edtf.forms import Edtf, EdtfError, Kind, Part, Side
from habeas.edtf.sets import SETS, read_set

MAX_LENGTH: Final = 256
"""The longest text that is read, in characters: sets of some twenty days."""

_INTERVAL_HINT: Final = "an interval is written 2024-08/2025-08, 2024-08/.. or 2024-08/"
_SIDES: Final[dict[str, Side]] = {"..": "open", "": "unknown"}
_KINDS: Final[dict[str, Kind]] = {"[": "one-of", "{": "all-of"}


def parse(text: str) -> Edtf:
    """Read an EDTF expression: ISO 8601-2:2019, levels 0 to 2, years 0001 to 9999.

    The rules are those of the specification of the Library of Congress of 4 February 2019.
    Raises `EdtfError`, which names the part that is wrong, for whatever they do not allow, and
    nothing else whatever it is given.
    """
    if not isinstance(text, str):
        raise EdtfError(
            repr(text),
            f"a date is a text, not of type {type(text).__name__}",
            part="",
            hint='write it in quotes: "2026-01-08"',
        )
    return _parse(text)


@lru_cache(maxsize=65_536)
def _parse(text: str) -> Edtf:
    if len(text) > MAX_LENGTH:
        reason = f"{len(text)} characters are more than the {MAX_LENGTH} that are read"
        hint = "give the bounds only, as in [2026-01-08..2026-01-10]"
        raise EdtfError(text, reason, part=text[MAX_LENGTH:][:20], hint=hint)
    try:
        return _read(text)
    except EdtfError as fault:
        raise _explain(text, fault) from None


def _explain(text: str, fault: EdtfError) -> EdtfError:
    """Give the fault with the spelling that was meant, if there is one that can be read."""
    from habeas.edtf.respelling import respell  # noqa: PLC0415 - wanted only for a wrong text

    respelt = respell(text)
    if respelt is None:
        return fault
    hint = respelt.hint
    try:
        _read(respelt.text)
    except EdtfError as still:
        if not respelt.from_draft:
            return fault
        hint = f"the modern spelling is {respelt.text}, but {still.reason}: {still.hint}"
    return EdtfError(text, respelt.reason, part=fault.part, hint=hint)


def _read(text: str) -> Edtf:
    _check_signs(text)
    if "/" in text:
        return _read_interval(text)
    if text[0] in SETS:
        return _of_dates(text, read_set(text, text), _KINDS[text[0]])
    return _of_dates(text, (read_date(text, text),), "date")


def _check_signs(text: str) -> None:
    if not text:
        raise EdtfError(text, "a date is missing", part=text, hint=DAY_HINT)
    for sign in text:
        if not "!" <= sign <= "~":
            reason = f"{sign!r} (U+{ord(sign):04X}) has no place in a date"
            raise EdtfError(text, reason, part=sign, hint=DAY_HINT)


def _of_dates(text: str, parts: tuple[Part, ...], kind: Kind) -> Edtf:
    firsts = [part.earliest for part in parts if part.earliest]
    lasts = [part.latest for part in parts if part.latest]
    opens, ends = len(firsts) < len(parts), len(lasts) < len(parts)
    return Edtf(
        text=text,
        kind=kind,
        parts=parts,
        start="open" if opens else "stated",
        end="open" if ends else "stated",
        earliest=None if opens else min(firsts),
        latest=None if ends else max(lasts),
        qualified=frozenset().union(*(part.qualified for part in parts)),
    )


def _read_interval(text: str) -> Edtf:
    sides = text.split("/")
    if len(sides) != 2:  # noqa: PLR2004 - a start and an end
        reason = f"an interval has one '/', not {len(sides) - 1}"
        raise EdtfError(text, reason, part="/", hint=_INTERVAL_HINT)
    if sides == ["", ""]:
        raise EdtfError(text, "neither side has a date", part="/", hint=_INTERVAL_HINT)
    left, right = (None if side in _SIDES else _read_side(side, text) for side in sides)
    earliest, latest = left and left.earliest, right and right.latest
    if earliest and latest and latest < earliest:
        reason = f"the end {sides[1]!r} lies before the start {sides[0]!r}"
        raise EdtfError(text, reason, part=sides[1], hint=f"write {sides[1]}/{sides[0]}")
    return Edtf(
        text=text,
        kind="interval",
        parts=(left, right),
        start=_SIDES.get(sides[0], "stated"),
        end=_SIDES.get(sides[1], "stated"),
        earliest=earliest,
        latest=latest,
        qualified=frozenset().union(*(part.qualified for part in (left, right) if part)),
    )


def _read_side(side: str, text: str) -> Part:
    if side[0] in SETS:
        reason = f"the set {side!r} stands inside an interval"
        raise EdtfError(text, reason, part=side, hint=_cover_hint(side, text))
    if side[0] in "PR":
        reason = f"EDTF has no durations or repetitions, such as {side!r}"
        raise EdtfError(text, reason, part=side, hint=_INTERVAL_HINT)
    part = read_date(side, text)
    if part.precision == "second":
        reason = f"the time of day {side!r} stands inside an interval, which has dates only"
        raise EdtfError(text, reason, part=side, hint=f"write {text.replace(side, side[:10])}")
    return part


def _cover_hint(side: str, text: str) -> str:
    """Propose the interval with the smallest day, month, year or decade that holds the set."""
    parts = read_set(side, text)
    bounds = [bound for part in parts for bound in (part.earliest, part.latest)]
    cover = _cover([bound.isoformat() for bound in bounds if bound])
    if None in bounds or cover is None:
        return _INTERVAL_HINT
    return f"write {text.replace(side, cover, 1)}"


def _cover(days: list[str]) -> str | None:
    for length, unspecified in ((10, ""), (7, ""), (4, ""), (3, "X"), (2, "XX"), (1, "XXX")):
        starts = {day[:length] for day in days}
        if len(starts) == 1:
            return f"{starts.pop()}{unspecified}"
    return None
