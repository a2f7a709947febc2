"""What a date expression is once it is read: a date, an interval, or a set, with its bounds.

It reads no text (that is `reader`) and guesses nothing: an open or unknown side has no bound.
It owns the convention that bounds are the hull of what the text allows, and that `earliest` and
`latest` are both included, while `start_instant` is and `end_instant` is not.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from attrs import frozen

from habeas.errors import HabeasError
from habeas.times import EVER, NEVER, Window, day_window, instant_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Kind = Literal["date", "interval", "one-of", "all-of"]
Precision = Literal["year", "month", "grouping", "day", "second"]
Side = Literal["stated", "open", "unknown"]
Qualifier = Literal["uncertain", "approximate"]

_SHOWN: Final = 60


class EdtfError(HabeasError):
    """A text that is no EDTF expression habeas takes; `part` is what is wrong in it."""

    def __init__(self, text: str, message: str, *, part: str, hint: str) -> None:
        super().__init__(f"{shorten(text)}: {message}", hint=hint)
        self.text = text
        self.part = part
        self.reason = message


class Part(NamedTuple):
    """One date of an expression, or one `a..b` of a set; both bounds included.

    `first` or `last` is None for `..b` or `a..`. A bound is a `datetime` if a time of day is
    stated, naive if that has no offset.
    """

    text: str
    first: date | None
    last: date | None
    precision: Precision
    qualified: frozenset[Qualifier]

    def window(self, zone: ZoneInfo) -> Window:
        """Give `[start, end)` of the part in `zone`; `EVER` and `NEVER` where it has no bound."""
        start = EVER if self.first is None else _span(self.first, zone)[0]
        return start, NEVER if self.last is None else _span(self.last, zone)[1]


@frozen(kw_only=True)
class Edtf:
    """A date expression: `text` as written, its `kind`, and the dates it is made of.

    `parts` of an interval are its start and its end, None where that is open or unknown; of a set
    its members; else the one date. `start` and `end` say whether a side is stated, open (`..`) or
    unknown (empty); `earliest` and `latest` (included) are None unless it is stated. `qualified`
    tells what `?`, `~` and `%` anywhere in the text say; they never move a bound.
    """

    text: str
    kind: Kind
    parts: tuple[Part | None, ...]
    start: Side
    end: Side
    earliest: date | None
    latest: date | None
    qualified: frozenset[Qualifier]

    def start_instant(self, zone: ZoneInfo) -> int | None:
        """Give the first instant allowed (µs, UTC, included), dates being read in `zone`."""
        if self.start != "stated":
            return None
        opening = self.parts[:1] if self.kind == "interval" else self.parts
        return min(part.window(zone)[0] for part in opening if part is not None)

    def end_instant(self, zone: ZoneInfo) -> int | None:
        """Give the end of the last instant allowed (µs, UTC, excluded), read in `zone`."""
        if self.end != "stated":
            return None
        closing = self.parts[-1:] if self.kind == "interval" else self.parts
        return max(part.window(zone)[1] for part in closing if part is not None)

    def window(self, zone: ZoneInfo) -> Window:
        """Give `[start, end)` of the whole; `EVER`, `NEVER` where it is open or unknown."""
        start, end = self.start_instant(zone), self.end_instant(zone)
        return EVER if start is None else start, NEVER if end is None else end


def calendar_day(bound: date) -> date:
    """Drop the time of day of a bound, keeping the day as it is written."""
    return bound.date() if isinstance(bound, datetime) else bound


def shorten(text: str) -> str:
    """Quote a text for a message, cut to a line's worth."""
    return repr(text) if len(text) <= _SHOWN else f"{text[:_SHOWN]!r}..."


def _span(bound: date, zone: ZoneInfo) -> Window:
    return instant_of(bound, zone) if isinstance(bound, datetime) else day_window(bound, zone)
