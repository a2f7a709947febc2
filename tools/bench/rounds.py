"""Interleaved rounds: everybody answers once, then everybody again, and medians are compared.

Two runs an hour apart may differ twofold on a shared machine; figures of one round do not. Of a
peer's formulations the fastest is found first and kept. Who takes long answers once, so that the
others' rounds are not few. Times are seconds of one call.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from bench.peers import Ask

BUDGET: Final = 20.0
"""Seconds that one question's rounds may take; at least three rounds are run, if they are short."""

_MOST: Final = 25
_LEAST: Final = 3
_LONG: Final = 60.0
_SLOW: Final = 5.0


class Timed(NamedTuple):
    """The times of one question to one peer, in seconds, and its answer."""

    seconds: list[float]
    answer: Any

    @property
    def median(self) -> float:
        """The median, in seconds."""
        return statistics.median(self.seconds)


def run(
    ways: Mapping[str, tuple[Ask, ...]], budget: float = BUDGET
) -> tuple[dict[str, Timed], list[str]]:
    """Ask everybody in turn, by name, until the budget is spent.

    Returns the times with the first answers, and who failed, and why.
    """
    failed = []
    chosen: dict[str, Ask] = {}
    answers: dict[str, Any] = {}
    first: dict[str, float] = {}
    for name, formulations in ways.items():
        try:
            chosen[name], first[name], answers[name] = _fastest(formulations)
        except Exception as error:  # noqa: BLE001 - one that fails does not stop the others
            failed.append(f"{name} fails: {error!r}")
    seconds = {name: [first[name]] if first[name] > _SLOW else [] for name in chosen}
    again = {name: ask for name, ask in chosen.items() if not seconds[name]}
    for _ in range(_rounds(sum(first[name] for name in again), budget)):
        for name, ask in tuple(again.items()):
            try:
                taken, _answer = _alone(ask)
            except Exception as error:  # noqa: BLE001 - likewise
                failed.append(f"{name} fails later on: {error!r}")
                del again[name]
            else:
                seconds[name].append(taken)
    return {name: Timed(seconds[name], answers[name]) for name in chosen if seconds[name]}, failed


def _rounds(one: float, budget: float) -> int:
    """Return how many rounds fit; one round of more than a minute is run once."""
    if one > _LONG:
        return 1
    return max(_LEAST, min(_MOST, int(budget / max(one, 1e-9))))


def _fastest(formulations: tuple[Ask, ...]) -> tuple[Ask, float, Any]:
    """Return the formulation that is fastest when warm, its time and its answer."""
    tried = []
    for ask in formulations:
        taken, answer = _alone(ask)
        if taken < _LONG / 6:
            again, answer = _alone(ask)
            taken = min(taken, again)
        tried.append((taken, ask, answer))
    taken, ask, answer = min(tried, key=lambda one: one[0])
    return ask, taken, answer


def _alone(ask: Ask) -> tuple[float, Any]:
    """Return what `timed` does; as in `timeit`, nothing is collected meanwhile.

    What others hold in this process would be gone through in somebody's time.
    """
    gc.collect()
    gc.disable()
    try:
        return timed(ask)
    finally:
        gc.enable()


def timed(ask: Ask) -> tuple[float, Any]:
    """Return how many seconds a call takes, and what it returns."""
    before = time.perf_counter()
    answer = ask()
    return time.perf_counter() - before, answer
