"""How sources date what they tell: exact days, months, ranges, open ends, nothing at all.

It writes EDTF as design section 3 reads it. Days count from 1970-01-01.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from random import Random
from typing import Final

_EPOCH: Final = date(1970, 1, 1).toordinal()


@cache
def iso(day: int) -> str:
    """Return the day's date."""
    return date.fromordinal(_EPOCH + day).isoformat()


def _between(first: int, last: int) -> str:
    return iso(first) if first == last else f"[{iso(first)}..{iso(last)}]"


_BEGAN: Final[dict[str, int]] = {
    "day": 56,
    "month": 11,
    "about": 5,
    "range": 7,
    "by": 6,
    "year": 2,
    "still": 6,
    "absent": 6,
    "held on": 1,
}
_WORDS: Final = tuple(_BEGAN)
_WEIGHTS: Final = tuple(_BEGAN.values())
_MAKE: Final[dict[str, Callable[[Random, int, int], str | None]]] = {
    "day": lambda _, day, __: iso(day),
    "month": lambda _, day, __: iso(day)[:7],
    "about": lambda _, day, __: f"{iso(day)}~",
    "range": lambda rng, day, told: _between(day - rng.randrange(4), min(told, day + 2)),
    "by": lambda _, __, told: f"[..{iso(told)}]",
    "year": lambda _, day, __: iso(day)[:4],
    "still": lambda rng, day, __: f"{iso(day)[: rng.choice((7, 10))]}/..",
    "absent": lambda _, __, ___: None,
    "held on": lambda _, __, told: f"../{iso(told)}",
}


def began(rng: Random, day: int, told: int) -> str | None:
    """Return how a source of the day `told` dates what began on `day`; None: not at all."""
    if rng.random() < 0.05:
        day = min(told, day + rng.choice((-3, -2, -1, -1, 1, 1, 2, 30)))
    return _MAKE[rng.choices(_WORDS, _WEIGHTS)[0]](rng, day, told)


def ended(rng: Random, first: int, last: int) -> str:
    """Return how a source dates what began on day `first` and ended on `last`."""
    begin, end = iso(first), iso(max(first, last))
    return rng.choice((f"{begin}/{end}", f"{begin[:7]}/{end[:7]}", f"/{end}", f"{begin}/"))


def expected(rng: Random, day: int, told: int) -> str | None:
    """Return how a source dates what is announced for about `day`."""
    return rng.choice((None, None, iso(max(day, told)), f"[{iso(told)}..]"))


def published(rng: Random, day: int) -> dict[str, str]:
    """Return how a document is dated that became public on `day`."""
    draw = rng.random()
    if draw < 0.94:
        return {"published": iso(day)}
    if draw < 0.97:
        return {"published": f"[{iso(day - rng.randint(1, 5))}..{iso(day)}]"}
    if draw < 0.985:
        return {"published": f"{iso(day)}?"}
    return {"published": f"[{iso(day - rng.randint(1, 30))}..]", "retrieved": iso(day)}
