"""The figures of one size, by question and name: medians, ratios, rates."""

from __future__ import annotations

import statistics
from typing import Any

from bench import ours, peers
from bench.asked import PERSONS

Result = dict[str, Any]


class Figures:
    """What was measured for one size. Times are seconds; what was not measured is None."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.size: int = result["size"]

    def times(self, question: str, name: str = ours.NAME) -> list[float] | None:
        """Return the times of each round; of one person, where many were asked for."""
        found = self.result["times"].get(question, {}).get(name)
        if found is None:
            return None
        share = PERSONS if question == peers.PERSON else 1
        return [seconds / share for seconds in found]

    def median(self, question: str, name: str = ours.NAME) -> float | None:
        """Return the median time."""
        found = self.times(question, name)
        return None if found is None else statistics.median(found)

    def names(self, question: str) -> list[str]:
        """Return who answered a question, habeas first."""
        return list(self.result["times"].get(question, ()))

    def over(self, question: str, name: str) -> float | None:
        """Return habeas's median as a multiple of a peer's."""
        return divided(self.median(question), self.median(question, name))

    def under(self, question: str, name: str) -> float | None:
        """Return how many times faster habeas is than a peer."""
        return divided(self.median(question, name), self.median(question))

    def rate(self, question: str, count: float) -> float | None:
        """Return how many of `count` are done a second."""
        return divided(count, self.median(question))

    def answer(self, question: str) -> int:
        """Return how long habeas's answer is."""
        found: int = self.result["answers"].get(question, 1)
        return found


def divided(one: float | None, other: float | None) -> float | None:
    """Return a ratio, where both are there."""
    return None if one is None or not other else one / other
