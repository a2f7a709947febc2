"""The port's second family: beliefs, what was held of each person from which known time on.

Beliefs are derived from the log and may be dropped at any moment: the log answers without them. A
*model* holds the rows of one `basis` (rules, engine, audience and zone, as text) and remembers up
to which position of the log it is made. A row holds from `known_from`, the first as-of end
(exclusive, UTC µs) at which it is the answer, until the next row of its person. What `code`, `body`
and `why` mean is the caller's matter, except that code 0 says that there is no answer. Numbers of
persons are the store's own; the port speaks of their ids.

All that writes is called inside `LogStore.appending` or `LogStore.believing`; what reads sees
one state of the store inside `LogStore.reading`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol


class Model(NamedTuple):
    """A model: its number, what it rests on, and up to which position of the log it is made."""

    no: int
    basis: str
    position: int


class Row(NamedTuple):
    """What is answered of a person from `known_from` on; `code` from 0 to 255.

    `why` says what made it another answer than that of the row before.
    """

    known_from: int
    code: int
    body: str
    why: str


class Kept(NamedTuple):
    """What is kept of the claims about a person, by name: what is shown of them, and the rest.

    `rest` is None where it is not known; `place` is his place in `codes`.
    """

    place: int
    name: str
    cited: str
    rest: str | None


class Believed(NamedTuple):
    """One person's row as of a time, with his name, and what is shown of the claims about him."""

    person: str
    name: str
    code: int
    body: str
    cited: str


Turned = tuple[int, int, int, str]
"""A row with another code than the row before: (place, that code, its own code, why).

The place is the person's in `Beliefs.codes`.
"""


class Beliefs(Protocol):
    """Rows by model, person and known time; names; and what is shown of each claim cited."""

    def models(self) -> tuple[Model, ...]:
        """Return the models that are finished, by number."""

    def begin(self) -> int:
        """Begin a model, which nobody finds before it is finished, and return its number.

        Models that were begun and never finished are dropped.
        """

    def finish(self, no: int, basis: str, position: int) -> None:
        """Let a model be found by its basis, in place of the one that was, and its position."""

    def advance(self, no: int, position: int) -> None:
        """Note up to which position a finished model is made."""

    def forget(self, no: int) -> None:
        """Drop a model."""

    def drop(self) -> None:
        """Drop all models, names and citations."""

    def name(self, names: Mapping[str, str]) -> None:
        """Keep persons, with their names; a name replaces the one before."""

    def cite(self, cited: Iterable[tuple[str, str, str | None]]) -> None:
        """Keep what is shown of the claims about persons, and the rest; replaces both.

        Each person is kept by `name`.
        """

    def cite_more(self, place: int, cited: str, rest: str) -> None:
        """Put texts at the end of those that are kept of the claims about a person."""

    def kept(self, person: str) -> Kept | None:
        """Return what `name` and `cite` keep of a person; None where one of them does not."""

    def replace(self, no: int, rows: Mapping[str, Sequence[Row]]) -> None:
        """Put rows, ascending, in place of all rows of these persons, each kept by `name`."""

    def tail(self, no: int, place: int, since: int) -> list[Row]:
        """Return one person's last row before `since` (µs), if he has one, and those from then on.

        He is told by his place in `codes`, as in all that adds to what is kept of one person.
        """

    def amend(self, no: int, place: int, tail: Sequence[Row], rows: Sequence[Row]) -> None:
        """Put rows in place of those at the end of one person's, both ascending.

        The first of both may be the same: one that stays.
        """

    def condense(self, no: int) -> None:
        """Note the codes of everybody at some times, so that `codes` needs to read few rows."""

    def names(self) -> list[tuple[str, str]]:
        """Return (person, name) of everybody kept, by id."""

    def places(self) -> list[int]:
        """Return the place in `codes` of everybody kept, by id."""

    def codes(self, no: int, end: int) -> bytes:
        """Return everybody's code as of `end`; 0, also past the last, for who has no row."""

    def one(self, no: int, person: str, end: int) -> tuple[str, str, int, int] | None:
        """Return (person, name, code, the log's position) as of `end`; None of nobody who is kept.

        The position is that of the log as the row was read: what was read of it before still holds,
        if it is the same.
        """

    def all(self, no: int, end: int, persons: Iterable[str] | None = None) -> Iterator[Believed]:
        """Yield the rows with an answer as of `end`, in the order of the persons' ids."""

    def turns(self, no: int, after: int, upto: int) -> list[Turned]:
        """Return the turns with `known_from` in `(after, upto]`, in the order of time."""

    def named(self, places: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Return (person, name) of those in some places of `codes`."""

    def turned(self, no: int, after: int, upto: int, *, quiet: bool) -> set[str]:
        """Return the persons who have a row with `known_from` in `(after, upto]`.

        Without `quiet`, only where something made one of those rows another answer (`why`).
        """

    def whys(self, no: int, after: int, upto: int) -> dict[str, list[str]]:
        """Return the `why` of each row with `known_from` in `(after, upto]`, by person.

        Of each person in the order of time.
        """

    def rows(self, no: int, person: str) -> list[Row]:
        """Return all rows of a person, ascending."""

    def cited(self, persons: Iterable[str]) -> dict[str, str]:
        """Return what is shown of the claims about persons; of those that are kept."""
