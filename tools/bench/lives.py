"""Invented lives: what truly happened to a person, and on which days somebody will speak of it.

A life is drawn once, when the person is first heard of; what sources make of it is `tellings`'.
Days are whole numbers of days since 1970-01-01, in the case's zone.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from random import Random
from typing import Final, NamedTuple

HEAVY_CLAIMS: Final = 1_250
"""How often the most talked about persons are spoken of; some of it is no status."""

_MOST_CLAIMS: Final = 300
_MEAN_LOG, _SPREAD_LOG = 1.6, 1.1
_AFTER_HELD: Final = {
    "released": 38,
    "restricted": 25,
    "at_liberty": 6,
    "sent_abroad": 6,
    "house_arrest": 12,
    "incommunicado": 5,
    "disappeared": 3,
    "died": 2,
    "escaped": 1,
    "detained": 2,
}
_HELD: Final = frozenset({"detained", "incommunicado", "disappeared", "house_arrest"})
_PLACES: Final = tuple(
    f"{kind} {name}"
    for kind in ("Prison of", "Barracks of", "Police post", "Women's prison of")
    for name in ("Altomar", "Cerro Ventoso", "Delgada", "Ensenada Gris", "Lagunar", "Tres Puentes")
)


class Turn(NamedTuple):
    """Something that truly happened."""

    day: int
    status: str
    place: str | None


@dataclass(slots=True)
class Life:
    """A person, all that happens to him, and the days he is spoken of, the next one last."""

    no: int
    person: str
    name: str
    turns: list[Turn]
    dues: list[int]
    kin: dict[str, str] = field(default_factory=dict)

    def latest(self, day: int) -> int:
        """Return the index of the last turn by the end of `day`; -1 where there is none."""
        return bisect_right(self.turns, day, key=lambda turn: turn.day) - 1


def draw(rng: Random, no: int, names: tuple[str, str], day: int, *, last: int, heavy: bool) -> Life:
    """Draw the life of somebody who is first heard of on `day`; nothing is told after `last`."""
    turns = _turns(rng, day - _silence(rng), last)
    person, name = names
    return Life(no, person, name, turns, _dues(rng, turns, day, last=last, heavy=heavy))


def _silence(rng: Random) -> int:
    """Return how many days an arrest goes unnoticed."""
    draw = rng.random()
    if draw < 0.7:
        return rng.randrange(4)
    return rng.randrange(3, 60) if draw < 0.9 else rng.randrange(60, 1500)


def _turns(rng: Random, day: int, last: int) -> list[Turn]:
    turns = [Turn(day, "detained", rng.choice(_PLACES))]
    while (after := _next(rng, turns[-1])) is not None:
        turns.append(after)
        if after.day > last:
            break
    return turns


def _next(rng: Random, turn: Turn) -> Turn | None:
    if turn.status == "died":
        return None
    if turn.status in _HELD:
        status = rng.choices(tuple(_AFTER_HELD), tuple(_AFTER_HELD.values()))[0]
        place = rng.choice(_PLACES) if status in _HELD else None
        return Turn(turn.day + 1 + int(rng.expovariate(1 / 300)), status, place)
    if rng.random() < 0.2:
        return Turn(turn.day + 1 + int(rng.expovariate(1 / 500)), "detained", rng.choice(_PLACES))
    return None


def _dues(rng: Random, turns: list[Turn], day: int, *, last: int, heavy: bool) -> list[int]:
    """Return the days on which he is spoken of: most soon after something happened."""
    if heavy:
        return sorted((rng.randint(day, last) for _ in range(HEAVY_CLAIMS)), reverse=True)
    count = min(_MOST_CLAIMS, int(rng.lognormvariate(_MEAN_LOG, _SPREAD_LOG)))
    dues = [_due(rng, rng.choice(turns).day, day) for _ in range(count)]
    return sorted((due for due in dues if due <= last), reverse=True)


def _due(rng: Random, happened: int, first: int) -> int:
    mean = 8 if rng.random() < 0.7 else 500
    return max(happened, first) + int(rng.expovariate(1 / mean))
