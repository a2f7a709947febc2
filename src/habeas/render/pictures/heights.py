"""A vertical axis of numbers, and labels kept apart from each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from habeas.render.pictures import svg

_MOST: Final = 6
"""How many steps an axis of numbers has at the most."""


class Heights(NamedTuple):
    """An axis from `low` to `high`, which stand at the heights `bottom` and `top`."""

    low: int
    high: int
    bottom: float
    top: float

    def y(self, value: float) -> float:
        """Return the height of a value; values beyond the axis are at its ends."""
        span = max(self.high - self.low, 1)
        share = min(max((value - self.low) / span, 0.0), 1.0)
        return self.bottom - (self.bottom - self.top) * share

    def ticks(self) -> list[int]:
        """Return the numbers to mark: whole, and as round as there is room for."""
        span = max(self.high - self.low, 1)
        size = 1
        while True:
            for factor in (1, 2, 5):
                step = factor * size
                if span / step <= _MOST:
                    return list(range(-(-self.low // step) * step, self.high + 1, step))
            size *= 10

    def drawn(self, left: float, right: float, figure: Callable[[int], str]) -> list[str]:
        """Draw the ticks across the picture, with their numbers on the left."""
        parts: list[str] = []
        for tick in self.ticks():
            y = self.y(tick)
            parts.append(svg.line(left, y, right, y))
            parts.append(
                svg.text(
                    figure(tick), left - 8, y + 4, size=svg.SMALL, anchor="end", fill=svg.FAINT
                )
            )
        return parts


def apart(wanted: Sequence[float], least: float, top: float, bottom: float) -> list[float]:
    """Move heights, as little as it takes, so that they are `least` apart; in the same order.

    They stay between `top` and `bottom`, as long as there is room for them all.
    """
    order = sorted(range(len(wanted)), key=lambda n: (wanted[n], n))
    placed = [0.0] * len(wanted)
    at = top - least
    for n in order:
        at = max(wanted[n], at + least)
        placed[n] = at
    limit = bottom + least
    for n in reversed(order):
        limit = min(placed[n], limit - least)
        placed[n] = limit
    return placed
