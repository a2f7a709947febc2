"""Amounts that may not be known exactly: a least and a most, added and taken apart.

No amount is ever made narrower than what it came from. None stands for a side without a bound.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple


class Range(NamedTuple):
    """An amount between `low` and `high`, both included; either may be below zero."""

    low: int | None
    high: int | None

    def plus(self, other: Range) -> Range:
        """Return the sum of two amounts."""
        return Range(_sum(self.low, other.low), _sum(self.high, other.high))

    def minus(self, other: Range) -> Range:
        """Return the difference of two amounts that know nothing of each other."""
        return self.plus(other.times(-1))

    def times(self, sign: int) -> Range:
        """Return the amount itself (1), its opposite (-1) or nothing (0)."""
        if sign > 0:
            return self
        return Range(_negative(self.high), _negative(self.low)) if sign else NOTHING

    def at_least(self, least: int) -> Range:
        """Return the amount, known to be no less than `least`."""
        low = least if self.low is None else max(self.low, least)
        return Range(low, None if self.high is None else max(self.high, least))

    @property
    def floored(self) -> Range:
        """The amount, where it can be no less than nothing."""
        return Range(max(self.low or 0, 0), None if self.high is None else max(self.high, 0))

    @property
    def text(self) -> str:
        """The amount with its sign: `-57`, `0`, `-60..-40`, `>=3`, `<=-2`; empty if unknown."""
        low, high = self
        if low is None or high is None:
            sign = "" if low is high else ">=" if high is None else "<="
            return sign and f"{sign}{low if high is None else high}"
        return _signed(low) if low == high else f"{_signed(low)}..{_signed(high)}"

    @property
    def data(self) -> dict[str, Any]:
        """The amount as JSON values."""
        return {"low": self.low, "high": self.high, "text": self.text}


NOTHING = Range(0, 0)


def total(amounts: Iterable[Range]) -> Range:
    """Return the sum of amounts; nothing, if there are none."""
    found = NOTHING
    for one in amounts:
        found = found.plus(one)
    return found


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _negative(one: int | None) -> int | None:
    return None if one is None else -one


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else str(number)
