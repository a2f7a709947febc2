"""What a date expression is once it is read: a date, an interval, or a set, with its bounds.

It reads no text (that is `reader`) and guesses nothing: an open or unknown side has no bound.
It owns the convention that bounds are the hull of what the text allows, and that `earliest` and
`latest` are both included, while of the instants the start is and the end is not.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from habeas.errors import HabeasError
from habeas.times import EVER, NEVER, Window, day_window, instant_of, quoted

Kind = Literal["date", "interval", "one-of", "all-of"]
Precision = Literal["year", "month", "grouping", "day", "second"]
Side = Literal["stated", "open", "unknown"]
Qualifier = Literal["uncertain", "approximate"]


class EdtfError(HabeasError):
    """A text that is no EDTF expression, or none that is taken here.

    `text` is the whole, `part` what is wrong in it, `reason` the message without the text.
    """

    def __init__(self, text: str, reason: str, *, part: str, hint: str) -> None:
        super().__init__(f"{quoted(text)}: {reason}", hint=hint)
        self.text = text
        self.reason = reason
        self.part = part


class Part(NamedTuple):
    """One date of an expression, or one `a..b` of a set; both bounds included.

    `first` or `last` is None for `..b` or `a..`. Where a time of day is stated the bound is a
    `datetime`, naive if the text has no offset.
    """

    text: str
    first: date | None
    last: date | None
    precision: Precision
    qualified: frozenset[Qualifier]

    @property
    def earliest(self) -> date | None:
        """The first day allowed, as written whatever its offset."""
        return _day(self.first)

    @property
    def latest(self) -> date | None:
        """The last day allowed (included), as written whatever its offset."""
        return _day(self.last)

    def window(self, zone: ZoneInfo) -> Window:
        """Give `[start, end)` with days read in `zone`; `EVER` and `NEVER` where unbounded."""
        start = EVER if self.first is None else _span(self.first, zone)[0]
        return start, NEVER if self.last is None else _span(self.last, zone)[1]


class Edtf(NamedTuple):
    """A date expression: `text` as written, its `kind`, and the dates it is made of.

    `parts` are, of an interval, its start and its end, None where that is open or unknown; of a
    set, its members; else the one date. `start` and `end` say whether a side is stated, open
    (`..`) or unknown (empty); `earliest` and `latest` (included) are None unless it is stated.
    `qualified` tells what `?`, `~` and `%` anywhere in the text say; they never move a bound.
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
        """Give the first instant allowed (µs, UTC, included), days being read in `zone`."""
        if self.start != "stated":
            return None
        opening = self.parts[:1] if self.kind == "interval" else self.parts
        return min(part.window(zone)[0] for part in opening if part)

    def end_instant(self, zone: ZoneInfo) -> int | None:
        """Give the end of the last instant allowed (µs, UTC, excluded), days read in `zone`."""
        if self.end != "stated":
            return None
        closing = self.parts[-1:] if self.kind == "interval" else self.parts
        return max(part.window(zone)[1] for part in closing if part)

    def window(self, zone: ZoneInfo) -> Window:
        """Give `[start, end)` of the whole; `EVER`, `NEVER` where it is open or unknown."""
        start, end = self.start_instant(zone), self.end_instant(zone)
        return EVER if start is None else start, NEVER if end is None else end


def _day(bound: date | None) -> date | None:
    return bound.date() if isinstance(bound, datetime) else bound


def _span(bound: date, zone: ZoneInfo) -> Window:
    return instant_of(bound, zone) if isinstance(bound, datetime) else day_window(bound, zone)
