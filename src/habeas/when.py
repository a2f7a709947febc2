"""What the `when` of a claim says about a status: that it began, held, or ended, and where.

It knows no status and no person, and reads dates only through `edtf`. It owns the table of forms
of design section 3; forms outside it are refused with the nearest form that says it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from habeas.edtf import Edtf, EdtfError, Part, parse
from habeas.times import Window

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

WhenKind = Literal["began", "still", "ended", "ended_unknown", "ended_only", "held_on", "absent"]

_OPENINGS: Final[dict[tuple[str, str], WhenKind]] = {
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
    parse(text)
    return _read(text, zone)


@lru_cache(maxsize=16_384)
def _read(text: str, zone: ZoneInfo) -> When:
    edtf = parse(text)
    if edtf.kind == "all-of":
        raise _refuse(edtf, "all of several dates", f"write one of them: [{text[1:-1]}]")
    if edtf.kind != "interval":
        return When(text, edtf.window(zone), None, "began")
    kind = _OPENINGS.get((edtf.start, edtf.end))
    if kind is None:
        raise _refuse(edtf, "neither a beginning nor an end", _without_dates(edtf))
    begin, end = (_window(part, zone) for part in edtf.parts)
    return When(text, begin, end, kind)


def _window(part: Part | None, zone: ZoneInfo) -> Window | None:
    return None if part is None else part.window(zone)


def _without_dates(edtf: Edtf) -> str:
    if edtf.end == "unknown":
        return "leave `when` out, or say by when it had ended: /2025-08"
    return "leave `when` out: a status without one held when it was reported"


def _refuse(edtf: Edtf, what: str, hint: str) -> EdtfError:
    message = f"{what} cannot be when a status began or ended"
    return EdtfError(edtf.text, message, part=edtf.text, hint=hint)
