"""The log in memory: the twin of the SQLite store, for tests and for questions without a file.

It keeps records in lists and finds by dictionaries; nothing survives the process. It has no
isolation to give: one thread uses it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from habeas.errors import HabeasError, Refused
from habeas.log.checked import Checked
from habeas.log.hashes import Tree
from habeas.log.marks import marks_of
from habeas.log.peaks import ends_of_peaks
from habeas.log.records import Record, stated
from habeas.store.memory_beliefs import MemoryBeliefs
from habeas.store.order import check_next, check_unbroken, no_such_position
from habeas.store.port import Head

if TYPE_CHECKING:
    from habeas.log.sayings import Carried


class MemoryStore:
    """A log in memory; see `store.port.LogStore`."""

    def __init__(self) -> None:
        self._clear()
        self._writing = False
        self.beliefs = MemoryBeliefs(lambda: len(self._records))

    @property
    def path(self) -> Path | None:
        """No file."""
        return None

    def _clear(self) -> None:
        self._records: list[Record] = []
        self._nodes: list[bytes] = []
        self._tree = Tree()
        self._marked: dict[str, list[int]] = {}
        self._statements: dict[bytes, int] = {}
        self._ids: dict[str, int] = {}

    def stamp(self) -> tuple[int, ...]:
        """Return what stays the same as long as nobody has written anything."""
        return (len(self._records), self.beliefs.written)

    def head(self) -> Head:
        """Return where the log stands."""
        last = self._records[-1].recorded if self._records else None
        return Head(len(self._records), last, self._tree.copy())

    def records(self, *, after: int = 0, upto: int | None = None) -> Iterator[Record]:
        """Yield the records of `(after, upto]`."""
        yield from self._records[max(after, 0) : upto if upto is None else max(upto, 0)]

    def read(self, seqs: Iterable[int]) -> Iterator[Record]:
        """Yield the records at `seqs`."""
        for seq in sorted(set(seqs)):
            if 1 <= seq <= len(self._records):
                yield self._records[seq - 1]

    def position_at(self, instant: int) -> int:
        """Return how many events were recorded at or before `instant`."""
        return bisect_right(self._records, instant, key=lambda record: record.recorded)

    def root_at(self, position: int) -> bytes:
        """Return the Merkle root after `position` events."""
        if not 0 <= position <= len(self._records):
            raise no_such_position(position, len(self._records))
        peaks = [self._nodes[end - 1] for end in ends_of_peaks(position)]
        return Tree(position, tuple(peaks)).root()

    def nodes(self, *, after: int, upto: int) -> Sequence[bytes]:
        """Return of each event of `(after, upto]` the largest perfect subtree that ends with it."""
        return self._nodes[max(after, 0) : max(upto, 0)]

    def marked(self, mark: str) -> tuple[int, ...]:
        """Return the `seq`s of the events that carry a mark."""
        return tuple(self._marked.get(mark, ()))

    def first_marked(self, mark: str) -> int | None:
        """Return the first event that carries a mark."""
        return min(self._marked.get(mark, ()), default=None)

    def carrying(self, marks: Iterable[str], *, first: bool = False) -> Iterator[Carried]:
        """Yield the events that carry one of some marks, as they are stored."""
        for mark in sorted(set(marks)):
            for seq in self.marked(mark)[: 1 if first else None]:
                one = self._records[seq - 1]
                if one.payload is not None:
                    yield mark, seq, one.id, one.type, one.version, one.payload

    def of_type(self, type_: str) -> tuple[int, ...]:
        """Return the `seq`s of the events of a type."""
        return tuple(record.seq for record in self._records if record.type == type_)

    def with_prefix(self, prefix: str, *, limit: int = 10) -> tuple[tuple[str, int], ...]:
        """Return (id, seq) of the events whose id begins so."""
        return tuple(sorted(one for one in self._ids.items() if one[0].startswith(prefix))[:limit])

    def statement_of(self, digest: bytes) -> int | None:
        """Return the `seq` of the first event that states this."""
        return self._statements.get(digest)

    def withheld(self) -> tuple[int, ...]:
        """Return the `seq`s of the events that came without their payload."""
        return tuple(record.seq for record in self._records if record.payload is None)

    @contextmanager
    def appending(self) -> Iterator[_Appending]:
        """Give the only writer there is."""
        if self._writing:
            raise RuntimeError("this store is already appending")
        self._writing, before = True, len(self._records)
        appending = _Appending(self)
        try:
            yield appending
            check_unbroken(failed=appending.failed)
        except BaseException:
            self._keep(before)
            raise
        finally:
            self._writing = False

    def _keep(self, count: int) -> None:
        kept = self._records[:count]
        self._clear()
        for record in kept:
            self._take(record)

    def _take(self, record: Record) -> None:
        self._records.append(record)
        self._tree.add(record.leaf)
        self._nodes.append(self._tree.peaks[-1])
        self._ids[record.id] = record.seq
        for mark in marks_of(record):
            self._marked.setdefault(mark, []).append(record.seq)
        if (digest := stated(record)) is not None:
            self._statements.setdefault(digest, record.seq)

    def add(self, records: Sequence[Record]) -> None:
        """Add records at the end; only for the writer that `appending` gives."""
        for record in records:
            check_next(record, len(self._records), self.head().recorded)
            if record.id in self._ids:
                raise Refused(f"an event with the id '{record.id}' is there already")
            self._take(record)

    @contextmanager
    def believing(self) -> Iterator[None]:
        """Give the only writer there is; what it wrote stays, even if the block raises."""
        yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Give one view; in one thread there is no other."""
        yield

    def glimpse(self) -> AbstractContextManager[None]:
        """Give none."""
        return nullcontext()

    def reindex(self) -> None:
        """Make the index anew."""
        self._keep(len(self._records))

    def backup(self, path: Path) -> None:
        """Refuse: there is no file to copy."""
        raise HabeasError(f"a log in memory cannot be copied to {path}", hint="export it")

    def only_read(self) -> None:
        """Do nothing: a log in memory is nobody else's."""

    def close(self) -> None:
        """Do nothing."""


class _Appending:
    """The writer of a log in memory."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self.failed = False

    def stamp(self) -> tuple[int, ...]:
        """Return the store's stamp."""
        return self._store.stamp()

    @property
    def head(self) -> Head:
        """Where the log stands."""
        return self._store.head()

    @property
    def position(self) -> int:
        """How many events there are."""
        return self._store.head().position

    def records(self, *, after: int = 0, upto: int | None = None) -> Iterator[Record]:
        """Yield the records of `(after, upto]`."""
        return self._store.records(after=after, upto=upto)

    def add(self, records: Sequence[Record]) -> None:
        """Add records at the end."""
        try:
            self._store.add(records)
        except BaseException:
            self.failed = True
            raise

    def load(self, events: Sequence[Checked]) -> None:
        """Add events at the end that were checked with all before them."""
        self.add([one.record() for one in events])

    def settle(self) -> None:
        """Do nothing: what is added is found at once."""
