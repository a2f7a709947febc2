"""Beliefs in memory: the twin of those in SQLite.

It keeps rows in lists by person, and condenses nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from habeas.store.belief_port import Believed, Kept, Model, Row, Turned


class MemoryBeliefs:
    """See `store.belief_port.Beliefs`."""

    def __init__(self, position: Callable[[], int]) -> None:
        self._position = position
        self._begun = self.written = 0
        self.drop()

    def drop(self) -> None:
        """Drop everything."""
        self.written += 1
        self._models: dict[int, Model] = {}
        self._rows: dict[int, dict[str, list[Row]]] = {}
        self._names: dict[str, str] = {}
        self._cited: dict[str, tuple[str, str | None]] = {}

    def models(self) -> tuple[Model, ...]:
        """Return the models that are finished."""
        return tuple(self._models.values())

    def begin(self) -> int:
        """Begin a model."""
        self.written += 1
        self._rows = {no: rows for no, rows in self._rows.items() if no in self._models}
        self._begun += 1
        self._rows[self._begun] = {}
        return self._begun

    def finish(self, no: int, basis: str, position: int) -> None:
        """Let a model be found."""
        self.written += 1
        kept = {old: model for old, model in self._models.items() if model.basis != basis}
        self._models = kept | {no: Model(no, basis, position)}

    def forget(self, no: int) -> None:
        """Drop a model."""
        self.written += 1
        self._models.pop(no, None)
        self._rows.pop(no, None)

    def advance(self, no: int, position: int) -> None:
        """Note a model's position."""
        self.written += 1
        self._models[no] = self._models[no]._replace(position=position)

    def name(self, names: Mapping[str, str]) -> None:
        """Keep persons."""
        self.written += 1
        self._names |= names

    def cite(self, cited: Iterable[tuple[str, str, str | None]]) -> None:
        """Keep what is shown of the claims about persons, and the rest."""
        self.written += 1
        self._cited |= {person: (data, rest) for person, data, rest in cited}

    def cite_more(self, place: int, cited: str, rest: str) -> None:
        """Put texts at the end of those that are kept of the claims about a person."""
        person = self._at_place(place)
        data, before = self._cited[person]
        self.cite([(person, data + cited, None if before is None else before + rest)])

    def kept(self, person: str) -> Kept | None:
        """Return what is kept of a person."""
        found = self._cited.get(person)
        if found is None:
            return None
        return Kept(list(self._names).index(person), self._names[person], *found)

    def _at_place(self, place: int) -> str:
        return list(self._names)[place]

    def replace(self, no: int, rows: Mapping[str, Sequence[Row]]) -> None:
        """Put rows in place of those of these persons."""
        self.written += 1
        self._rows[no] |= {person: list(found) for person, found in rows.items()}

    def tail(self, no: int, place: int, since: int) -> list[Row]:
        """Return one person's last row before a time, and those from then on."""
        rows = self._rows[no].get(self._at_place(place), [])
        first = bisect_left(rows, since, key=lambda row: row.known_from)
        return rows[max(0, first - 1) :]

    def amend(self, no: int, place: int, tail: Sequence[Row], rows: Sequence[Row]) -> None:
        """Put rows in place of those at the end of one person's."""
        person = self._at_place(place)
        held = self._rows[no].get(person, [])
        self.replace(no, {person: [*held[: len(held) - len(tail)], *rows]})

    def condense(self, no: int) -> None:
        """Do nothing."""

    def names(self) -> list[tuple[str, str]]:
        """Return everybody, with his name."""
        return sorted(self._names.items())

    def places(self) -> list[int]:
        """Return everybody's place."""
        place = {person: at for at, person in enumerate(self._names)}
        return [place[person] for person in sorted(place)]

    def codes(self, no: int, end: int) -> bytes:
        """Return everybody's code."""
        return bytes(self._at(no, person, end).code for person in self._names)

    def _at(self, no: int, person: str, end: int) -> Row:
        rows = self._rows[no].get(person, [])
        place = bisect_right(rows, end, key=lambda row: row.known_from)
        return rows[place - 1] if place else Row(end, 0, "", "")

    def one(self, no: int, person: str, end: int) -> tuple[str, str, int, int] | None:
        """Return a person's code, with his name."""
        if person not in self._names:
            return None
        return person, self._names[person], self._at(no, person, end).code, self._position()

    def all(self, no: int, end: int, persons: Iterable[str] | None = None) -> Iterator[Believed]:
        """Yield the rows with an answer."""
        for person in sorted(self._names if persons is None else persons):
            row = self._at(no, person, end)
            if row.code:
                cited, _ = self._cited.get(person, ("", None))
                yield Believed(person, self._names[person], row.code, row.body, cited)

    def turns(self, no: int, after: int, upto: int) -> list[Turned]:
        """Return the turns in a stretch of time."""
        found = []
        for place, person in enumerate(self._names):
            was = 0
            for row in self._rows[no].get(person, ()):
                if row.code != was and after < row.known_from <= upto:
                    found.append((row.known_from, (place, was, row.code, row.why)))
                was = row.code
        return [turn for _, turn in sorted(found)]

    def named(self, places: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Return those in some places."""
        names = list(self._names.items())
        return {place: names[place] for place in places}

    def turned(self, no: int, after: int, upto: int, *, quiet: bool) -> set[str]:
        """Return the persons with a row in a stretch of time."""
        return {
            person
            for person, rows in self._rows[no].items()
            if any(after < row.known_from <= upto and (quiet or row.why) for row in rows)
        }

    def whys(self, no: int, after: int, upto: int) -> dict[str, list[str]]:
        """Return why each row in a stretch of time was another answer, by person."""
        found = {
            person: [row.why for row in rows if after < row.known_from <= upto]
            for person, rows in self._rows[no].items()
        }
        return {person: whys for person, whys in found.items() if whys}

    def rows(self, no: int, person: str) -> list[Row]:
        """Return all rows of a person."""
        return list(self._rows[no].get(person, []))

    def cited(self, persons: Iterable[str]) -> dict[str, str]:
        """Return what is shown of the claims about persons."""
        return {person: self._cited[person][0] for person in persons if person in self._cited}
