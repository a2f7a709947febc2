"""An index that remembers: for who asks for the events about many persons, chunk after chunk.

It keeps what chunks share (parties, documents, acts, and where names first stand) and asks the
store for the rest. It must not outlive a change of the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import Final

from habeas.log.closure import Index
from habeas.log.marks import marks_of
from habeas.log.records import Record

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
