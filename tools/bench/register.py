"""The invented register: documents one after the other, and what each of them brings to the log.

Twelve years, whatever the number of events, so that larger logs are denser and not longer. Each
document tells of the persons who are due by then, and of new ones; now and then the editors correct
what they had recorded. Nothing here holds more than the lives that are still spoken of.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any, Final

from bench import lives, names, tellings, wording, world
from bench.editors import Editors
from bench.sealing import Sealed, Sealer

Data = dict[str, Any]

FIRST_DAY: Final = (date(2014, 1, 6) - date(1970, 1, 1)).days
LAST_DAY: Final = (date(2025, 12, 15) - date(1970, 1, 1)).days
_DAY: Final = 86_400_000_000
_ZONE_BEHIND: Final = 5 * 3_600_000_000  # more than the case's zone ever is: a day is over there
_CLAIMS_A_DOCUMENT: Final = 20
_DOCUMENTS: Final = 0.0415  # of all events
_PERSONS: Final = 0.087  # of all events, and so many claims on each
_RECORDERS: Final = ("desk-a", "desk-b", "desk-c")


class Register:
    """An invented register of about `size` events; `events` yields them, exactly so many."""

    def __init__(self, size: int, seed: int) -> None:
        self._size = size
        self._rng = Random(f"habeas bench {seed}")
        self._sealer = Sealer(self._rng)
        self._editors = Editors(self._rng)
        self._due: list[tuple[int, int]] = []
        self._lives: dict[int, lives.Life] = {}
        self._persons = 0
        self._heavy = max(1, size // 100_000)
        self._now = 0

    def events(self) -> Iterator[Sealed]:
        """Yield the events in their order."""
        for event in self._all():
            yield event
            if event.seq == self._size:
                return

    def _seal(self, type_: str, data: Data) -> Sealed:
        recorder = _RECORDERS[self._sealer.seq // 500 % len(_RECORDERS)]
        return self._sealer.seal(type_, data, recorder, self._now)

    def _all(self) -> Iterator[Sealed]:
        self._now = FIRST_DAY * _DAY
        title = "An invented register of persons held"
        opened = {"case": "altomar", "title": title, "timezone": "America/Caracas"}
        yield self._seal("case.opened", opened)
        for party in world.parties():
            yield self._seal("party.registered", party)
        number = 0
        while True:
            number += 1
            self._now = self._instant()
            yield from self._document(number)
            for type_, data in self._editors.acts(self._sealer.seq / self._size):
                yield self._editors.done(data, self._seal(type_, data))

    def _instant(self) -> int:
        """Return when the next document is recorded: as far into the years as into the log."""
        share = self._sealer.seq / self._size
        return int((FIRST_DAY + share * (LAST_DAY - FIRST_DAY)) * _DAY)

    def _document(self, number: int) -> Iterator[Sealed]:
        rng = self._rng
        today = (self._now - _ZONE_BEHIND) // _DAY
        told = today - _lag(rng)
        publisher = world.outlet(rng)
        document = f"{publisher}-{wording.iso(told)}-{number}"
        registered = {
            "document": document,
            "publisher": publisher,
            "title": f"Of those who are held, and of those who came out, {number}",
            "url": f"https://{publisher}.example/{number}",
            "language": rng.choice(("es", "es", "en")),
        }
        yield self._seal("document.registered", registered | wording.published(rng, told))
        count = 1 + min(120, int(rng.expovariate(1 / (_CLAIMS_A_DOCUMENT - 1))))
        for place in range(1, count + 1):
            yield from self._telling(document, publisher, place, told)

    def _telling(self, document: str, publisher: str, place: int, told: int) -> Iterator[Sealed]:
        rng = self._rng
        if rng.random() < 0.01:
            data = tellings.of_many(rng) | tellings.citation(rng, document, place, None)
            yield self._seal("count.claimed", data)
            return
        life = self._next_life(told)
        if life is None:
            life = self._new_life(told)
            yield self._seal("person.registered", {"person": life.person, "name": life.name})
        origin, party = world.origin(rng, life)
        if party is not None:
            yield self._seal("party.registered", party)
        cited = tellings.citation(rng, document, place, origin) | tellings.times_of(rng, told)
        yield self._claim(life, cited, publisher, told)

    def _claim(self, life: lives.Life, cited: Data, publisher: str, told: int) -> Sealed:
        rng = self._rng
        if rng.random() < 0.08:
            return self._seal("detail.claimed", tellings.detail(rng, life) | cited)
        data = tellings.status(rng, life, told) | cited
        sealed = self._seal("status.claimed", data)
        self._editors.saw(sealed, data, publisher)
        return sealed

    def _next_life(self, told: int) -> lives.Life | None:
        """Return the person who is due next, and note when he is due again; None: a new one."""
        behind = self._persons < _PERSONS * self._sealer.seq
        if behind or not self._due or self._due[0][0] > told:
            return None
        life = self._lives[self._due[0][1]]
        if life.dues:
            heapq.heapreplace(self._due, (life.dues.pop(), life.no))
        else:
            heapq.heappop(self._due)
            del self._lives[life.no]
        return life

    def _new_life(self, told: int) -> lives.Life:
        rng = self._rng
        self._persons += 1
        no = self._persons
        heavy = no % 50 == 0 and no // 50 <= self._heavy
        spelt = self._editors.double(names.name(rng))
        called = (names.slug(spelt, no), spelt)
        life = lives.draw(rng, no, called, told, last=LAST_DAY, heavy=heavy)
        self._editors.registered(life.person, life.name)
        if life.dues:
            self._lives[no] = life
            heapq.heappush(self._due, (life.dues.pop(), no))
        return life


def _lag(rng: Random) -> int:
    """Return how many days after its publication a document is recorded."""
    draw = rng.random()
    if draw < 0.75:
        return rng.randrange(3)
    if draw < 0.93:
        return rng.randrange(3, 30)
    return rng.randrange(30, 900)
