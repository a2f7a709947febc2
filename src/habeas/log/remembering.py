"""An index that remembers: for who asks for the events about many persons, chunk after chunk.

It keeps what chunks share (parties, documents, acts, and where names first stand) and asks the
store for the rest. It must not outlive a change of the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

from habeas.events import Event
from habeas.log.closure import Index
from habeas.log.marks import marks_of
from habeas.log.names import names_in
from habeas.log.records import Record

if TYPE_CHECKING:
    from habeas.log.sayings import Shelf

SHARED: Final = frozenset(
    (
        *("case.opened", "party.registered", "document.registered", "persons.merged"),
        *("persons.separated", "party.graded", "event.corrected", "event.voided"),
    )
)
"""Types whose records are kept: few, or named by claims about many persons."""

_POINTING: Final = (
    *("event.corrected", "event.voided", "event.redacted", "claim.withdrawn"),
    *("persons.separated", "access.withheld", "access.disclosed"),
)
"""Types of which an event carries the mark `event:<id>`."""

_MANY: Final = 5_000
"""From how many asked for on, all marks `event:<id>` are read at once."""


class Remembering:
    """See `closure.Index`; what was asked once is not asked of `index` again."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._first: dict[str, int | None] = {}
        self._ids: dict[str, tuple[tuple[str, int], ...]] = {}
        self._types: dict[str, tuple[int, ...]] = {}
        self._kept: dict[int, Record] = {}
        self._asked = 0

    @cached_property
    def _pointing(self) -> dict[str, list[int]]:
        """All marks `event:<id>`, with the events that carry them."""
        found: dict[str, list[int]] = {}
        seqs = chain.from_iterable(map(self.of_type, _POINTING))
        for record in self.read(seqs):
            for mark in marks_of(record):
                if mark.startswith("event:"):
                    found.setdefault(mark, []).append(record.seq)
        return found

    def marked(self, mark: str) -> tuple[int, ...]:
        """Return the `seq`s of the events that carry a mark, in order."""
        if mark.startswith("event:"):
            self._asked += 1
            if self._asked < _MANY:
                return self._index.marked(mark)
            return tuple(self._pointing.get(mark, ()))
        return self._index.marked(mark)

    def first_marked(self, mark: str) -> int | None:
        """Return the first of them."""
        if mark not in self._first:
            self._first[mark] = self._index.first_marked(mark)
        return self._first[mark]

    def of_type(self, type_: str) -> tuple[int, ...]:
        """Return the `seq`s of the events of a type, in order."""
        if type_ not in self._types:
            self._types[type_] = self._index.of_type(type_)
        return self._types[type_]

    def with_prefix(self, prefix: str, *, limit: int = 10) -> tuple[tuple[str, int], ...]:
        """Return (id, seq) of the events whose id begins so."""
        key = f"{prefix} {limit}"
        if key not in self._ids:
            self._ids[key] = self._index.with_prefix(prefix, limit=limit)
        return self._ids[key]

    def statement_of(self, digest: bytes) -> int | None:
        """Return the `seq` of the first event that states this."""
        return self._index.statement_of(digest)

    def read(self, seqs: Iterable[int]) -> Iterator[Record]:
        """Yield the records at `seqs`, in order of `seq`."""
        wanted = set(seqs)
        found = {seq: self._kept[seq] for seq in wanted & self._kept.keys()}
        for record in self._index.read(wanted - found.keys()):
            found[record.seq] = record
            if record.type in SHARED:
                self._kept[record.seq] = record
        yield from (found[seq] for seq in sorted(found))


class Foreseeing(Remembering):
    """An index that asks at once for all that leads on from what it reads.

    For whoever follows events to what they name and to what became of them (`closure.behind`).
    Acts without a payload, which say nothing, are not found by `event:<id>`.
    """

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf)
        self._shelf = shelf
        self._acts: dict[str, list[int]] = {}

    def marked(self, mark: str) -> tuple[int, ...]:
        """Return the `seq`s of the events that carry a mark, in order."""
        return tuple(self._acts[mark]) if mark in self._acts else super().marked(mark)

    def read(self, seqs: Iterable[int]) -> Iterator[Record]:
        """Yield the records at `seqs`, in order of `seq`."""
        found = list(super().read(seqs))
        self._foresee_acts(f"event:{one.id}" for one in found)
        self._foresee_names(one.event for one in found)
        yield from found

    def _foresee_acts(self, marks: Iterable[str]) -> None:
        fresh: dict[str, list[int]] = {mark: [] for mark in marks if mark not in self._acts}
        for mark, seq, *_ in self._shelf.carrying(fresh):
            fresh[mark].append(seq)
        self._acts |= fresh

    def _foresee_names(self, events: Iterable[Event | None]) -> None:
        names = {name for event in events if event is not None for name in names_in(event)}
        fresh: dict[str, int | None] = dict.fromkeys(names - self._first.keys())
        fresh |= {mark: seq for mark, seq, *_ in self._shelf.carrying(fresh, first=True)}
        self._first |= fresh
