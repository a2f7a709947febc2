"""One person's timeline: a row for each spell and each thing told that does not count.

A bar is solid where the spell surely was, hatched where it may have been: before the last day on
which it can have begun, and after the first on which it can have ended. An arrow says that no first
day is known, or that nothing has ended it. What is pending or contradicted is an outline, dashed or
dotted. Rows stand in the order of the answer; what they are is written beside each.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from habeas.projections.as_told import story_as_told
from habeas.render import words
from habeas.render.pictures import svg
from habeas.render.pictures.axis import Axis, axis_of, days
from habeas.render.pictures.speech import ENGLISH, Speech

WIDE: Final = 960
_LEFT, _RIGHT = 250, 700
_TOP: Final = 76
_ROW: Final = 38
_BAR: Final = 16
_LEAST: Final = 3
"""How wide a bar is at the least, to be seen."""

_FILLS: Final = {"held": "#33475b", "out": "#9fc5a8", "dead": "#000000", "unknown": "#c9c9c9"}
_LEGEND: Final = (
    ("solid", "surely"),
    ("perhaps", "perhaps"),
    ("pending", "told_pending"),
    ("contradicted", "told_contradicted"),
)


class Row(NamedTuple):
    """One row: what it says, where its bar lies, and when one stage of it followed another."""

    kind: str
    custody: str
    stages: tuple[str, ...]
    note: str
    since: str | None
    until: str | None
    turns: tuple[str, ...]
    speech: Speech

    @property
    def label(self) -> str:
        """What it was, from stage to stage."""
        return self.speech.words["and_then"].join(self.stages)


def spells(
    data: dict[str, Any],
    one: dict[str, Any],
    *,
    name: str | None = None,
    speech: Speech = ENGLISH,
) -> str:
    """Draw the timeline of one person, of an answer of `timeline` with its basis.

    `name` sets the picture's ids apart on a page; by default it is made of the person's id.
    """
    said, one = data["basis"], words.marked(story_as_told(one))
    day = date.fromisoformat(said["on"])
    as_of = speech.as_of(said["as_of"])
    rows = list(_rows(one, speech))
    axis = axis_of([day, *_bounds(rows)], _LEFT, _RIGHT)
    bottom = _TOP + max(len(rows), 1) * _ROW
    prefix = name or f"spells-{one['person']}"
    return svg.picture(
        prefix,
        WIDE,
        bottom + 74,
        title=speech.say("spells_title", name=one["name"], as_of=as_of),
        description=_description(one, rows, speech.date(said["on"]), speech),
        patterns=_patterns(prefix),
        body=[
            svg.text(one["name"], 16, 28, size=18, look="bold", room=WIDE - 32),
            svg.text(speech.say("as_of", as_of=as_of), 16, 48, fill=svg.FAINT),
            *axis.drawn(_TOP - 6, bottom),
            *_day_asked(axis, day, bottom, speech),
            *(
                part
                for place, row in enumerate(rows)
                for part in _row(axis, row, place, day, prefix)
            ),
            *([] if rows else [svg.text(speech.say("nothing"), _LEFT, _TOP + 22)]),
            *_legend(prefix, bottom + 44, speech),
        ],
    )


def _rows(one: dict[str, Any], speech: Speech) -> Iterator[Row]:
    for spell in one["spells"]:
        told = dict.fromkeys(event["status"] for event in spell["events"])
        yield Row(
            kind="spell",
            custody=spell["custody"],
            stages=tuple(map(speech.status, told or [spell["status"]])),
            note=speech.standing(spell["standing"]),
            since=spell["since"],
            until=spell["until"],
            turns=tuple(event["since"] for event in spell["events"][1:] if event["since"]),
            speech=speech,
        )
    for kind in ("pending", "contradicted"):
        for item in one[kind]:
            yield Row(
                kind=kind,
                custody=item["custody"],
                stages=(speech.status(item["status"]),),
                note=f"{speech.words[kind]}: {speech.standing(item['standing'])}",
                since=item["since"],
                until=None,
                turns=(),
                speech=speech,
            )


def _bounds(rows: list[Row]) -> Iterator[date | None]:
    for row in rows:
        yield from days(row.since)
        yield from days(row.until)


def _dates(row: Row) -> str:
    """Return from when until when, as it stands beside the bar."""
    speech = row.speech
    since = speech.date(row.since) if row.since else speech.words["not_told"]
    if row.kind != "spell":
        return since
    return f"{since} – {speech.date(row.until) if row.until else speech.words['goes_on']}"


def _row(axis: Axis, row: Row, place: int, day: date, prefix: str) -> Iterator[str]:
    y = _TOP + place * _ROW
    yield from _label(row, y)
    yield from _bar(axis, row, y + 6, day, prefix)
    yield from _turns(axis, row, y + 6)
    yield from _beside(row, y)


def _label(row: Row, y: float) -> Iterator[str]:
    """Write what a row is: the stages in one line if they fit, and beside the note if not."""
    room = _LEFT - 30
    first, note = row.label, row.note
    if svg.width(first) > room and len(row.stages) > 1:
        first, rest = row.stages[0], row.stages[1:]
        stages = row.speech.words["and_then"].join(rest)
        note = row.speech.say("also_then", stages=stages, note=row.note)
    yield svg.text(first[:1].upper() + first[1:], 16, y + 15, room=room)
    yield svg.text(note, 16, y + 29, size=svg.SMALL, fill=svg.FAINT, room=room)


def _turns(axis: Axis, row: Row, y: float) -> Iterator[str]:
    """Draw where one stage of a spell followed another, at the latest."""
    for turn in row.turns:
        last = days(turn)[1]
        if last is not None:
            x = axis.x(last)
            yield svg.line(x, y, x, y + _BAR, stroke=svg.PAPER, stroke_width=4)
            yield svg.line(x, y - 3, x, y + _BAR + 3, stroke=svg.INK)


def _beside(row: Row, y: float) -> Iterator[str]:
    """Write the dates, in two lines where one is too short for them."""
    said, room = _dates(row), WIDE - _RIGHT - 24
    first, dash, rest = said.partition(" – ")
    if svg.width(said, svg.SMALL) <= room or not dash:
        yield svg.text(said, _RIGHT + 14, y + 18, size=svg.SMALL, room=room)
        return
    yield svg.text(f"{first} –", _RIGHT + 14, y + 11, size=svg.SMALL, room=room)
    yield svg.text(rest, _RIGHT + 14, y + 26, size=svg.SMALL, room=room)


def _bar(axis: Axis, row: Row, y: float, day: date, prefix: str) -> Iterator[str]:
    start, begun = days(row.since)
    ends, end = (day, day) if row.until is None else days(row.until)
    left = axis.left if start is None else axis.x(start)
    right = axis.right if end is None else axis.x(end)
    if row.kind != "spell":
        yield from _outline(axis, row, left, y, day)
        return
    sure_from = right if begun is None else min(axis.x(begun), max(right, left))
    sure_to = left if ends is None else axis.x(ends)
    fill, edge = _FILLS[row.custody], svg.INK
    right = max(right, left + _LEAST)
    perhaps = f"url(#{prefix}-{row.custody})"
    if sure_from < sure_to:
        if left < sure_from:
            yield svg.box(left, y, sure_from - left, _BAR, fill=perhaps, stroke=edge)
        if sure_to < right:
            yield svg.box(sure_to, y, right - sure_to, _BAR, fill=perhaps, stroke=edge)
        yield svg.box(sure_from, y, max(sure_to - sure_from, _LEAST), _BAR, fill=fill, stroke=edge)
    else:
        sure = (start, begun) == (ends, end)
        yield svg.box(left, y, right - left, _BAR, fill=fill if sure else perhaps, stroke=edge)
    if start is None:
        yield _arrow(axis.left, y, -1)
    if row.until is None and (start is None or start <= day):
        yield _arrow(max(axis.x(day), left + _LEAST), y, 1)


def _outline(axis: Axis, row: Row, left: float, y: float, day: date) -> Iterator[str]:
    """Draw what is told and does not count: an outline over the days on which it would begin."""
    _, begun = days(row.since)
    right = axis.x(max(day, axis.first) if begun is None else begun)
    dashes = "5 3" if row.kind == "pending" else "1.5 3"
    wide = max(right - left, 10)
    left = min(left, axis.right - wide)
    edge: dict[str, svg.Value] = {"stroke": svg.INK, "stroke_width": 1.5}
    yield svg.box(left, y, wide, _BAR, fill=svg.PAPER, stroke_dasharray=dashes, **edge)
    if row.kind == "contradicted":
        yield svg.line(left - 3, y + _BAR + 3, left + wide + 3, y - 3, stroke=svg.INK)


def _arrow(x: float, y: float, way: int) -> str:
    """Draw the sign that a bar goes on beyond what is known."""
    middle = y + _BAR / 2
    tip, base = svg.number(x + way * 9), svg.number(x + way * 1)
    points = f"M{base} {svg.number(y)}L{tip} {svg.number(middle)}L{base} {svg.number(y + _BAR)}Z"
    return svg.path(points, fill=svg.PAPER, stroke=svg.INK)


def _day_asked(axis: Axis, day: date, bottom: float, speech: Speech) -> Iterator[str]:
    x = axis.x(day)
    yield svg.line(x, _TOP - 12, x, bottom, stroke=svg.INK, stroke_dasharray="2 2")
    label = speech.say("on", day=speech.date(day.isoformat()))
    half = svg.width(label, svg.SMALL) / 2
    at = min(x, WIDE - 16 - half)
    yield svg.text(label, at, _TOP - 16, size=svg.SMALL, anchor="middle")


def _patterns(prefix: str) -> list[str]:
    lines = "M-2 6L2 10M-2 -2L10 10M6 -2L10 2"
    return [
        svg.hatch(f"{prefix}-{custody}", fill if custody != "out" else "#4f8a5e", svg.PAPER, lines)
        for custody, fill in _FILLS.items()
    ]


def _legend(prefix: str, y: float, speech: Speech) -> Iterator[str]:
    x = 16.0
    edge: dict[str, svg.Value] = {"stroke": svg.INK, "stroke_width": 1}
    for kind, key in _LEGEND:
        said = speech.words[key]
        if kind == "solid":
            yield svg.box(x, y, 22, 12, fill=_FILLS["held"], **edge)
        elif kind == "perhaps":
            yield svg.box(x, y, 22, 12, fill=f"url(#{prefix}-held)", **edge)
        else:
            dashes = "5 3" if kind == "pending" else "1.5 3"
            yield svg.box(x, y, 22, 12, fill=svg.PAPER, stroke_dasharray=dashes, **edge)
            if kind == "contradicted":
                yield svg.line(x - 2, y + 14, x + 24, y - 2, stroke=svg.INK)
        yield svg.text(said, x + 28, y + 10, size=svg.SMALL)
        x += 28 + svg.width(said, svg.SMALL) + 22


def _description(one: dict[str, Any], rows: list[Row], on: str, speech: Speech) -> str:
    """Say in words all that the picture shows."""
    shown = [f"{row.label} ({row.note}): {_dates(row)}." for row in rows]
    many = speech.things(len(rows), "row", "rows")
    said = speech.say("spells", name=one["name"], on=on, rows=many)
    return f"{said} {' '.join(shown)}".rstrip()
