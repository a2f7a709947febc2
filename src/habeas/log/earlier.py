"""An index that ends at an earlier position than its log: what could be found there then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from habeas.log.closure import Index
from habeas.log.records import Record


class Earlier:
    """A log as it was after `position` events: see `closure.Index`."""

    def __init__(self, index: Index, position: int) -> None:
        self._index, self._position = index, position

    def _till(self, seqs: Iterable[int]) -> tuple[int, ...]:
        return tuple(seq for seq in seqs if seq <= self._position)

    def marked(self, mark: str) -> tuple[int, ...]:
        """Return the `seq`s of the events that carry a mark, in order."""
        return self._till(self._index.marked(mark))

    def first_marked(self, mark: str) -> int | None:
        """Return the first of them."""
        first = self._index.first_marked(mark)
        return None if first is None or first > self._position else first

    def of_type(self, type_: str) -> tuple[int, ...]:
        """Return the `seq`s of the events of a type, in order."""
        return self._till(self._index.of_type(type_))

    def with_prefix(self, prefix: str, *, limit: int = 10) -> tuple[tuple[str, int], ...]:
        """Return (id, seq) of the events whose id begins so, in order of id, at most `limit`."""
        asked = limit
        while True:
            found = self._index.with_prefix(prefix, limit=asked)
            fitting = [one for one in found if one[1] <= self._position]
            if len(fitting) >= limit or len(found) < asked:
                return tuple(fitting[:limit])
            asked *= 10

    def statement_of(self, digest: bytes) -> int | None:
        """Return the `seq` of the first event that states this."""
        seq = self._index.statement_of(digest)
        return None if seq is None or seq > self._position else seq

    def read(self, seqs: Iterable[int]) -> Iterator[Record]:
        """Yield the records at `seqs`, in order of `seq`."""
        return self._index.read(self._till(seqs))
