"""Reported numbers of one thing: each counter's series by day, and apart those without a day.

A number is a mark, with a bar where it is a range, an arrow where it has no upper or lower bound,
and a line as long as its day is not exact. Each counter has its own mark. A dotted line joins the
exact numbers of one counter, scope and period: it only shows which belong together. The axis of
numbers need not begin at nothing, and says where it begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from habeas.render.pictures import svg
from habeas.render.pictures.axis import Axis, axis_of, days
from habeas.render.pictures.heights import Heights, apart
from habeas.render.pictures.speech import ENGLISH, Speech

WIDE: Final = 960
_LEFT, _RIGHT, _APART = 70, 650, 700
_TOP, _BOTTOM = 90, 390
_COLUMN: Final = 244
"""How wide the part for numbers without a day is."""

_BESIDE: Final = 13
"""How far apart marks stand at the least."""

_INKS: Final = ("#1f4e79", "#8a3d1f", "#3d6b35", "#6a3d7c", "#7a6a1f", "#1f6b6b")
_MARKS: Final = (
    "M{x0} {y}A5 5 0 1 0 {x1} {y}A5 5 0 1 0 {x0} {y}Z",
    "M{x0} {y0}L{x1} {y0}L{x1} {y1}L{x0} {y1}Z",
    "M{x} {y0}L{x1} {y1}L{x0} {y1}Z",
    "M{x} {y0}L{x1} {y}L{x} {y1}L{x0} {y}Z",
)
"""Circle, square, triangle, diamond: outlines within 5 pixels of a point."""


class Mark(NamedTuple):
    """One number to be drawn; `share` is its counter's place among all, from 0 to 1."""

    place: int
    said: str
    low: int
    high: int | None
    share: float
    days: tuple[date | None, date | None]
    dated: bool
    series: tuple[Any, ...]


class Placed(NamedTuple):
    """A mark, and where it stands."""

    mark: Mark
    x: float
    y: float


def series(
    data: dict[str, Any],
    matter: dict[str, Any],
    *,
    name: str = "series",
    speech: Speech = ENGLISH,
) -> str:
    """Draw one thing counted, of an answer of `counts` with its basis."""
    as_of = speech.as_of(data["basis"]["as_of"])
    marks = list(_marks(matter, speech))
    heights = _heights(marks)
    dated = [one for one in marks if one.dated]
    axis = axis_of((bound for one in dated for bound in one.days), _LEFT, _RIGHT)
    placed = _placed(axis, heights, marks)
    rows = len(matter["counters"])
    return svg.picture(
        name,
        WIDE,
        _BOTTOM + 60 + 20 * rows,
        title=speech.say("series", what=speech.heading(matter), as_of=as_of),
        description=_description(matter, heights, speech),
        patterns=[],
        body=[
            svg.text(
                _capital(speech.heading(matter)), 16, 28, size=18, look="bold", room=WIDE - 32
            ),
            svg.text(speech.say("series_by", as_of=as_of), 16, 48, fill=svg.FAINT),
            *heights.drawn(_LEFT, _APART + _COLUMN, speech.figure),
            *([svg.text(_foot(heights, speech), 16, 68, size=svg.SMALL, fill=svg.FAINT)]),
            *(axis.drawn(_TOP, _BOTTOM) if dated else ()),
            *_apart_from(marks, speech),
            *_joined(placed),
            *_drawn(axis, heights, placed),
            *_legend(matter, speech),
        ],
    )


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _marks(matter: dict[str, Any], speech: Speech) -> Iterator[Mark]:
    for place, counter in enumerate(matter["counters"]):
        for one in counter["numbers"]:
            yield Mark(
                place=place,
                share=(2 * place + 1) / (2 * len(matter["counters"])),
                said=speech.number(one["number"]),
                low=one["low"],
                high=one["high"],
                days=days(one["date"]),
                dated=one["date"] is not None,
                series=(place, one["scope"], one["period"]),
            )


def _is_number(one: Mark) -> bool:
    """Say whether a mark has a height; a word in place of a number allows anything."""
    return one.low > 0 or one.high is not None


def _heights(marks: Sequence[Mark]) -> Heights:
    """Make the axis of numbers; it begins at nothing unless all lies far above it."""
    known = [one for one in marks if _is_number(one)]
    lows = [one.low if one.low or one.high is None else one.high for one in known]
    highs = [one.low if one.high is None else one.high for one in known]
    low, high = min(lows, default=0), max(highs, default=1)
    room = max((high - low) // 8, 1)
    return Heights(max(low - room, 0) if low * 3 > high else 0, high + room, _BOTTOM, _TOP)


def _foot(heights: Heights, speech: Speech) -> str:
    return speech.say("series_from", number=speech.figure(heights.low))


def _x(axis: Axis, one: Mark) -> float:
    """Return where a mark stands: in the middle of its days; without one, in its counter's part."""
    if not one.dated:
        return _APART + _COLUMN * one.share - 15
    first, last = _span(axis, one)
    return (first + last) / 2


def _span(axis: Axis, one: Mark) -> tuple[float, float]:
    first, last = one.days
    return (
        axis.left if first is None else axis.x(first),
        axis.right if last is None else axis.x(last),
    )


def _placed(axis: Axis, heights: Heights, marks: Sequence[Mark]) -> list[Placed]:
    """Place the marks; one that would cover another stands to the right of it."""
    placed: list[Placed] = []
    for one in marks:
        if _is_number(one):
            x, y = _x(axis, one), _height(heights, one)
            while any(_covers(other, x, y) for other in placed):
                x += _BESIDE
            placed.append(Placed(one, x, y))
    return placed


def _covers(other: Placed, x: float, y: float) -> bool:
    return abs(other.x - x) < _BESIDE and abs(other.y - y) < _BESIDE


def _height(heights: Heights, one: Mark) -> float:
    if one.high is None:
        return heights.y(one.low)
    return heights.y(one.high) if one.low == 0 else heights.y((one.low + one.high) / 2)


def _joined(placed: Sequence[Placed]) -> Iterator[str]:
    """Join the dated and exact numbers of each series, in their order."""
    together: dict[tuple[Any, ...], list[Placed]] = {}
    for one in placed:
        if one.mark.dated and one.mark.low == one.mark.high:
            together.setdefault(one.mark.series, []).append(one)
    for found in together.values():
        points = [f"{svg.number(one.x)} {svg.number(one.y)}" for one in found]
        if len(points) > 1:
            ink = _INKS[found[0].mark.place % len(_INKS)]
            yield svg.path(f"M{'L'.join(points)}", fill="none", stroke=ink, stroke_dasharray="1 3")


def _drawn(axis: Axis, heights: Heights, placed: Sequence[Placed]) -> Iterator[str]:
    """Draw the marks, and their numbers beside them, kept apart where marks stand close.

    Where marks of several counters do, each number has its counter's mark before it.
    """
    for one in placed:
        yield from _mark(axis, heights, one)
    for group in _columns(placed):
        ys = apart([one.y for one in group], 13, _TOP, _BOTTOM)
        x = max(one.x for one in group) + 10
        several = len({one.mark.place for one in group}) > 1
        for one, y in zip(group, ys, strict=True):
            at = y - 8 if one.mark.dated and _is_long(axis, one.mark) else y
            if several:
                yield _sign(one.mark.place, x + 5, at)
            beside = x + 14 if several else x
            yield svg.text(one.mark.said, beside, at + 4, size=svg.SMALL, look="clear")


def _is_long(axis: Axis, one: Mark) -> bool:
    left, right = _span(axis, one)
    return right - left > 2 * _BESIDE


def _columns(placed: Sequence[Placed]) -> list[list[Placed]]:
    """Return marks whose labels may meet, together."""
    found: list[list[Placed]] = []
    last = float("-inf")
    for one in sorted(placed, key=lambda one: (one.x, one.mark.place, one.mark.low)):
        if one.x - last > 2 * _BESIDE:
            found.append([])
        found[-1].append(one)
        last = one.x
    return found


def _mark(axis: Axis, heights: Heights, placed: Placed) -> Iterator[str]:
    one, x, y = placed
    ink = _INKS[one.place % len(_INKS)]
    if one.dated:
        left, right = _span(axis, one)
        if left < right:
            yield svg.line(left, y, right, y, stroke=ink, stroke_width=2)
    if one.high is None:
        yield _arrow(x, y, y - 22, ink)
    elif one.low == 0 < one.high:
        yield _arrow(x, y, y + 22, ink)
    elif one.low < one.high:
        low, high = heights.y(one.low), heights.y(one.high)
        yield svg.line(x, low, x, high, stroke=ink, stroke_width=2)
        for end in (low, high):
            yield svg.line(x - 5, end, x + 5, end, stroke=ink, stroke_width=2)
    yield _sign(one.place, x, y)


def _sign(place: int, x: float, y: float) -> str:
    """Draw a counter's own mark; filled, or from the fifth counter on not."""
    around = {"x": x, "y": y, "x0": x - 5, "x1": x + 5, "y0": y - 5, "y1": y + 5}
    outline = _MARKS[place % len(_MARKS)].format(
        **{key: svg.number(value) for key, value in around.items()}
    )
    ink = _INKS[place % len(_INKS)]
    filled = (place // len(_MARKS)) % 2 == 0
    return svg.path(outline, fill=ink if filled else svg.PAPER, stroke=ink, stroke_width=2)


def _arrow(x: float, y: float, tip: float, ink: str) -> str:
    """Draw an arrow from a mark to where its number has no bound."""
    back = tip + (6 if tip < y else -6)
    shaft = f"M{svg.number(x)} {svg.number(y)}V{svg.number(tip)}"
    head = f"M{svg.number(x - 4)} {svg.number(back)}L{svg.number(x)} {svg.number(tip)}"
    points = f"{shaft}{head}L{svg.number(x + 4)} {svg.number(back)}"
    return svg.path(points, fill="none", stroke=ink, stroke_width=2)


def _apart_from(marks: Sequence[Mark], speech: Speech) -> Iterator[str]:
    """Draw the part for numbers without a day, if there are any."""
    if any(not one.dated for one in marks):
        yield svg.line(_APART, _TOP, _APART, _BOTTOM, stroke=svg.FAINT)
        middle = _APART + _COLUMN / 2
        yield svg.text(
            speech.say("dateless"),
            middle,
            _BOTTOM + 15,
            size=svg.SMALL,
            anchor="middle",
            fill=svg.FAINT,
        )


def _legend(matter: dict[str, Any], speech: Speech) -> Iterator[str]:
    for place, counter in enumerate(matter["counters"]):
        y = _BOTTOM + 50 + 20 * place
        yield _sign(place, 24, y - 4)
        only = [one["number"] for one in counter["numbers"] if _wordy(one)]
        said = speech.say("in_words", words=", ".join(dict.fromkeys(only))) if only else ""
        yield svg.text(f"{counter['name']}{said}", 38, y, size=12, room=WIDE - 60)


def _wordy(one: dict[str, Any]) -> bool:
    return one["low"] == 0 and one["high"] is None


def _description(matter: dict[str, Any], heights: Heights, speech: Speech) -> str:
    """Say in words all that the picture shows."""
    told = []
    for counter in matter["counters"]:
        numbers = [_told(one, speech) for one in counter["numbers"]]
        told.append(f"{counter['name']}: {', '.join(numbers) or speech.words['counter_none']}.")
    return " ".join([*told, _foot(heights, speech)])


def _told(one: dict[str, Any], speech: Speech) -> str:
    day = speech.words["dateless"] if one["date"] is None else speech.date(one["date"])
    return f"{speech.number(one['number'])} ({day})"
