"""What the `when` of a claim says about a status: that it began, held, or ended, and where.

It knows no status and no person, and reads dates only through `edtf`. It owns the table of forms
of design section 3; a form outside it is refused with the nearest one that says something.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from habeas.edtf import Edtf, EdtfError, Part, Side, parse
from habeas.times import Window

WhenKind = Literal["began", "still", "ended", "ended_unknown", "ended_only", "held_on", "absent"]

_INTERVALS: Final[dict[tuple[Side, Side], WhenKind]] = {
    ("stated", "open"): "still",
    ("stated", "stated"): "ended",
    ("stated", "unknown"): "ended_unknown",
    ("unknown", "stated"): "ended_only",
    ("open", "stated"): "held_on",
}


class When(NamedTuple):
    """The `text` as written, and the windows `[start, end)` in which the status began and ended.

    `kind` is "began", "still" (`A/..`), "ended" (`A/B`), "ended_unknown" (`A/`), "ended_only"
    (`/B`), "held_on" (`../D`; `end` is D's window) or "absent". A window is None where the form
    states none; `EVER` and `NEVER` are the sides that `[..b]` and `[a..]` leave open.
    """

    text: str | None
    begin: Window | None
    end: Window | None
    kind: WhenKind


ABSENT: Final = When(None, None, None, "absent")


def read(text: str | None, zone: ZoneInfo) -> When:
    """Read the `when` of a claim, dates without an offset being days of `zone`.

    Raises `EdtfError` for a text that is no EDTF, or whose form says nothing of a status.
    """
    if text is None:
        return ABSENT
    return _read(text if isinstance(text, str) else parse(text).text, zone)


@lru_cache(maxsize=65_536)
def _read(text: str, zone: ZoneInfo) -> When:
    kind = kind_of(text)
    edtf = parse(text)
    if kind == "began":
        return When(text, edtf.window(zone), None, kind)
    begin, end = (_window(part, zone) for part in edtf.parts)
    return When(text, begin, end, kind)


def kind_of(text: str) -> WhenKind:
    """Return the kind of a `when` that is there: it is the same in every zone.

    Raises `EdtfError` as `read` does.
    """
    edtf = _parsed(text)
    if edtf.kind == "all-of":
        reason = "no status begins on all of several dates"
        raise EdtfError(text, reason, part=text, hint=_single_hint(edtf))
    if edtf.kind != "interval":
        return "began"
    kind = _INTERVALS.get((edtf.start, edtf.end))
    if kind is None:
        reason = "it says neither when the status began nor when it ended"
        raise EdtfError(text, reason, part=text, hint=_dateless_hint(edtf))
    return kind


def _parsed(text: str) -> Edtf:
    """Read a date; of a set that is the start of an interval, say how a status tells both."""
    try:
        return parse(text)
    except EdtfError as error:
        hint = _apart_hint(text)
        if hint is None:
            raise
        raise EdtfError(text, error.reason, part=error.part, hint=hint) from None


def _apart_hint(text: str) -> str | None:
    """Propose two claims for an interval that begins with a set; None for another text."""
    start, _, end = text.partition("/")
    if start[:1] not in {"[", "{"} or not end or not _is_date(start):
        return None
    if end == "..":
        return f'make it two claims: when = "{start}", and one without `when`, or "../DAY"'
    rest = f"/{end}"
    return f'make it two claims: when = "{start}" and when = "{rest}"' if _is_date(rest) else None


def _is_date(text: str) -> bool:
    try:
        parse(text)
    except EdtfError:
        return False
    return True


def _window(part: Part | None, zone: ZoneInfo) -> Window | None:
    return None if part is None else part.window(zone)


def _single_hint(edtf: Edtf) -> str:
    inner = edtf.text[1:-1]
    low, _, high = inner.partition("..")
    if low and high and len(edtf.parts) == 1:
        return f"it held from one to the other: {low}/{high}"
    return f"it began on one of them: [{inner}]"


def _dateless_hint(edtf: Edtf) -> str:
    if edtf.end == "unknown":
        return "say by when it had ended, as in /2025-08, or leave `when` out"
    return "leave `when` out: a status without one held when it was reported"
