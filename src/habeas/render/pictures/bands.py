"""The roster over known time: how many were known to be where, day by day, as bands on each other.

The bands are steps: nothing is drawn between two days that was not known on one of them. Each band
has a pattern and is labelled at its end, with its last number.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from habeas.render.pictures import svg
from habeas.render.pictures.axis import Axis, axis_of
from habeas.render.pictures.heights import Heights, apart
from habeas.render.pictures.speech import ENGLISH, Speech

WIDE: Final = 960
_LEFT, _RIGHT = 60, 680
_TOP, _BOTTOM = 70, 390
HIGH: Final = 440

_STYLE: Final = {
    "held": ("#33475b", "#33475b", ""),
    "told": ("#8a6d1f", "#f6eed2", "M0 4H8"),
    "unknown": ("#777777", "#ececec", "M4 0V8"),
    "out_reported": ("#4f8a5e", "#ffffff", "M-2 6L2 10M-2 -2L10 10M6 -2L10 2"),
    "out_confirmed": ("#9fc5a8", "#9fc5a8", ""),
    "dead": ("#000000", "#ffffff", "M0 0L8 8M8 0L0 8"),
}
"""The bands from below upwards: ink, paper, and the lines of the pattern."""


def bands(
    data: dict[str, Any], *, name: str = "bands", moving: bool = False, speech: Speech = ENGLISH
) -> str:
    """Draw the roster over known time, of `{"basis": …, "steps": […]}` (see `over_time`).

    A `moving` picture carries what a page's script needs to show it as of an earlier day.
    """
    said, steps = data["basis"], data["steps"]
    as_of = speech.as_of(said["as_of"])
    end = date.fromisoformat(said["on"])
    axis = axis_of([*(date.fromisoformat(one["day"]) for one in steps), end], _LEFT, _RIGHT)
    heights = Heights(
        0, max((sum(one["counts"].values()) for one in steps), default=1), _BOTTOM, _TOP
    )
    shown = [band for band in _STYLE if any(one["counts"][band] for one in steps)]
    return svg.picture(
        name,
        WIDE,
        HIGH,
        title=speech.say("bands_title", case=said["case"], as_of=as_of),
        description=_description(steps, as_of, speech),
        patterns=[
            svg.hatch(f"{name}-{band}", ink, paper, lines)
            for band, (ink, paper, lines) in _STYLE.items()
            if lines and band in shown
        ],
        body=[
            svg.text(speech.say("bands", as_of=as_of), 16, 28, size=18, look="bold"),
            svg.text(speech.say("bands_below"), 16, 48, fill=svg.FAINT),
            *heights.drawn(_LEFT, _RIGHT, speech.figure),
            *axis.drawn(_BOTTOM, _BOTTOM + 4),
            *_areas(axis, heights, steps, shown, end, name),
            *(_veil(axis, steps, end) if moving and steps else ()),
            *_labels(axis, heights, steps, shown, end, speech=speech, moving=moving),
        ],
    )


def _tops(one: dict[str, Any], shown: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return from where to where each band reaches on a day."""
    low, found = 0, {}
    for band in shown:
        found[band] = (low, low + one["counts"][band])
        low += one["counts"][band]
    return found


def _areas(
    axis: Axis,
    heights: Heights,
    steps: Sequence[dict[str, Any]],
    shown: Sequence[str],
    end: date,
    name: str,
) -> Iterator[str]:
    xs = [axis.x(date.fromisoformat(one["day"])) for one in steps]
    xs.append(_end_x(axis, steps, end))
    reach = [_tops(one, shown) for one in steps]
    for band in shown:
        upper = [(heights.y(one[band][1]), xs[n], xs[n + 1]) for n, one in enumerate(reach)]
        lower = [(heights.y(one[band][0]), xs[n], xs[n + 1]) for n, one in enumerate(reach)]
        ink, paper, lines = _STYLE[band]
        yield svg.path(
            _outline(upper, lower),
            fill=f"url(#{name}-{band})" if lines else paper,
            stroke=ink,
            stroke_width=1,
        )


def _end_x(axis: Axis, steps: Sequence[dict[str, Any]], end: date) -> float:
    """Return where the bands end: after the as-of day, since that day is known through its end."""
    last = max([end, *(date.fromisoformat(one["day"]) for one in steps)])
    return axis.x(last + timedelta(days=1)) if last < date.max else axis.right


def _outline(
    upper: Sequence[tuple[float, float, float]], lower: Sequence[tuple[float, float, float]]
) -> str:
    """Return the outline of a band of steps: along its top, and back along its bottom."""
    there = [point for y, x, to in upper for point in ((x, y), (to, y))]
    back = [point for y, x, to in reversed(lower) for point in ((to, y), (x, y))]
    points = [f"{svg.number(x)} {svg.number(y)}" for x, y in (*there, *back)]
    return f"M{'L'.join(points)}Z"


def _veil(axis: Axis, steps: Sequence[dict[str, Any]], end: date) -> Iterator[str]:
    """Draw what covers the days after an earlier one, once there is one: nothing so far."""
    x = _end_x(axis, steps, end)
    told: dict[str, svg.Value] = {
        "data_first": axis.first.isoformat(),
        "data_left": axis.left,
        "data_right": x,
        "data_span": (axis.last - axis.first).days,
        "data_wide": axis.right - axis.left,
        "data_steps": json.dumps([[one["day"], one["counts"]] for one in steps]),
    }
    yield svg.box(x, _TOP - 1, 0, _BOTTOM - _TOP + 1, fill=svg.PAPER, class_="veil", **told)


def _labels(
    axis: Axis,
    heights: Heights,
    steps: Sequence[dict[str, Any]],
    shown: Sequence[str],
    end: date,
    *,
    speech: Speech,
    moving: bool,
) -> Iterator[str]:
    """Write what each band is beside its end, with a line to it where it had to be moved."""
    if not steps:
        yield svg.text(speech.say("bands_none"), _LEFT + 10, _TOP + 20)
        return
    reach, x = _tops(steps[-1], shown), _end_x(axis, steps, end)
    middles = [heights.y(sum(reach[band]) / 2) for band in shown]
    for band, middle, y in zip(shown, middles, apart(middles, 17, _TOP, _BOTTOM), strict=True):
        number = steps[-1]["counts"][band]
        tied: dict[str, svg.Value] = {"class_": "tie"} if moving else {}
        yield svg.line(x + 2, middle, _RIGHT + 26, y, stroke=svg.FAINT, **tied)
        said = f"{speech.figure(number)} {speech.words[band]}"
        label = svg.text(said, _RIGHT + 30, y + 4, room=WIDE - _RIGHT - 40)
        told = {"data_band": band, "data_label": speech.words[band]}
        yield svg.element("g", label, **told) if moving else label


def _description(steps: Sequence[dict[str, Any]], as_of: str, speech: Speech) -> str:
    """Say in words what the picture shows: the first day, the last, and how many between."""
    if not steps:
        return speech.say("bands_none_by", as_of=as_of)
    shown = [steps[0]] if len(steps) == 1 else [steps[0], steps[-1]]
    told = [
        speech.say("bands_from", day=speech.date(one["day"]), numbers=_numbers(one, speech))
        for one in shown
    ]
    days = speech.things(len(steps), "day", "days")
    return " ".join([*told, speech.say("bands_between", days=days)])


def _numbers(one: dict[str, Any], speech: Speech) -> str:
    found = (f"{n} {speech.words[band]}" for band, n in one["counts"].items() if n)
    return ", ".join(found) or speech.words["nobody"]
