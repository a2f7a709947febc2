"""A log as one audience may read it: what is withheld from it stands there as its leaf alone.

It wraps a store and can only be read. Positions, roots, ids and proofs are those of the whole log;
payloads, marks and statements of hidden events are not to be had from it by any door. Beliefs are
made of the whole log, so it offers none: who asks is answered by replay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from habeas.errors import Refused
from habeas.log.records import Record
from habeas.store.belief_port import Beliefs
from habeas.store.memory_beliefs import MemoryBeliefs
from habeas.store.port import Appending, Head, LogStore

if TYPE_CHECKING:
    from habeas.log.sayings import Carried


class AudienceStore:
    """See `store.port.LogStore`; `hidden` are the `seq`s of what this audience is not told."""

    def __init__(self, whole: LogStore, hidden: frozenset[int]) -> None:
        self._whole, self.hidden = whole, hidden
        self._beliefs = MemoryBeliefs(lambda: 0)

    @property
    def path(self) -> Path | None:
        """The file that holds the log."""
        return self._whole.path

    @property
    def beliefs(self) -> Beliefs:
        """Return no beliefs."""
        return self._beliefs

    def stamp(self) -> tuple[int, ...]:
        """Return what stays the same as long as nobody has written anything."""
        return (*self._whole.stamp(), id(self))

    def head(self) -> Head:
        """Return where the log stands."""
        return self._whole.head()

    def _veiled(self, records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            hidden = record.seq in self.hidden
            yield evolve(record, salt=None, payload=None) if hidden else record

    def records(self, *, after: int = 0, upto: int | None = None) -> Iterator[Record]:
        """Yield the records of `(after, upto]`."""
        return self._veiled(self._whole.records(after=after, upto=upto))

    def read(self, seqs: Iterable[int]) -> Iterator[Record]:
        """Yield the records at `seqs`."""
        return self._veiled(self._whole.read(seqs))

    def position_at(self, instant: int) -> int:
        """Return how many events were recorded at or before `instant`."""
        return self._whole.position_at(instant)

    def root_at(self, position: int) -> bytes:
        """Return the Merkle root after `position` events."""
        return self._whole.root_at(position)

    def nodes(self, *, after: int, upto: int) -> Sequence[bytes]:
        """Return of each event of `(after, upto]` the largest perfect subtree that ends with it."""
        return self._whole.nodes(after=after, upto=upto)

    def _shown(self, seqs: Iterable[int]) -> tuple[int, ...]:
        return tuple(seq for seq in seqs if seq not in self.hidden)

    def marked(self, mark: str) -> tuple[int, ...]:
        """Return the `seq`s of the events that carry a mark, without those hidden."""
        return self._shown(self._whole.marked(mark))

    def first_marked(self, mark: str) -> int | None:
        """Return the first of them."""
        return min(self.marked(mark), default=None)

    def carrying(self, marks: Iterable[str], *, first: bool = False) -> Iterator[Carried]:
        """Yield the events that carry one of some marks, without those hidden."""
        last = None
        for carried in self._whole.carrying(marks):
            if carried[1] not in self.hidden and not (first and carried[0] == last):
                last = carried[0]
                yield carried

    def of_type(self, type_: str) -> tuple[int, ...]:
        """Return the `seq`s of the events of a type, without those hidden."""
        return self._shown(self._whole.of_type(type_))

    def with_prefix(self, prefix: str, *, limit: int = 10) -> tuple[tuple[str, int], ...]:
        """Return (id, seq) of the events whose id begins so; ids stand in the leaves."""
        return self._whole.with_prefix(prefix, limit=limit)

    def statement_of(self, digest: bytes) -> int | None:
        """Return the `seq` of the first event that states this, unless it is hidden."""
        seq = self._whole.statement_of(digest)
        return None if seq in self.hidden else seq

    def withheld(self) -> tuple[int, ...]:
        """Return the `seq`s of what is hidden here, or came without its payload."""
        return tuple(sorted({*self._whole.withheld(), *self.hidden}))

    def appending(self) -> AbstractContextManager[Appending]:
        """Refuse."""
        raise _only_read()

    def believing(self) -> AbstractContextManager[None]:
        """Refuse."""
        raise _only_read()

    def reading(self) -> AbstractContextManager[None]:
        """Give one consistent view to all reads in the block."""
        return self._whole.reading()

    def glimpse(self) -> AbstractContextManager[None]:
        """Give none."""
        return nullcontext()

    def reindex(self) -> None:
        """Refuse."""
        raise _only_read()

    def backup(self, path: Path) -> None:
        """Refuse: a copy would hold what is withheld."""
        raise _only_read(str(path))

    def only_read(self) -> None:
        """Refuse from now on whatever would write."""
        self._whole.only_read()

    def close(self) -> None:
        """Let go of the database."""
        self._whole.close()


def _only_read(what: str = "this log") -> Refused:
    return Refused(f"{what}: something is withheld from this audience, so it can only read")
