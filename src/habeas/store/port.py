"""The port: what the rest of habeas asks of a store of the log, whichever database is behind it.

It says nothing of events: a store keeps records in their order, the tree over them, and an index by
mark that it derives from them. Bounds are `(after, upto]`: after is excluded, upto included.
Positions count events from 1; position 0 is the empty log.

One store belongs to one thread and one process: open another for another. Every failure that is
not a bug is a HabeasError.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from habeas.log.checked import Checked
from habeas.log.hashes import Tree
from habeas.log.records import Record
from habeas.store.belief_port import Beliefs

if TYPE_CHECKING:
    from habeas.log.sayings import Carried
    from habeas.store.glimpse import Glimpse


class Head(NamedTuple):
    """Where a log stands: after `position` events, the last of them recorded then (UTC µs).

    The caller may grow the `tree`: it is its own.
    """

    position: int
    recorded: int | None
    tree: Tree

    @property
    def root(self) -> bytes:
        """The Merkle root of the tree."""
        return self.tree.root()


class Appending(Protocol):
    """A log that is locked for one writer, until the block that opened it ends."""

    @property
    def head(self) -> Head:
        """Where the log stands, with what was added in this block."""

    @property
    def position(self) -> int:
        """How many events there are, with what was added in this block."""

    def stamp(self) -> tuple[int, ...]:
        """Return the store's stamp, also after the block: then it is that of its end."""

    def records(self, *, after: int = 0, upto: int | None = None) -> Iterator[Record]:
        """Yield the records of `(after, upto]`, in order of `seq`; None: through the last."""

    def add(self, records: Sequence[Record]) -> None:
        """Add records at the end: with each its node of the tree, its marks and its statement.

        Raises Refused unless each `seq` follows the last and each is recorded later than the one
        before. After a failure nothing of the block can be kept.
        """

    def load(self, events: Sequence[Checked]) -> None:
        """Add events at the end as `add` does, with nodes, marks and digests as they come.

        For many: whoever calls it has made these of the whole log, from its beginning. They are
        found by mark and by statement only after `settle`, which the end of the block calls too.
        """

    def settle(self) -> None:
        """Let all that was loaded be found by mark and by statement."""


class LogStore(Protocol):
    """A log at work. Inside `appending`, it reads what that block has added so far."""

    @property
    def path(self) -> Path | None:
        """The file that holds the log; None where there is none."""

    @property
    def beliefs(self) -> Beliefs:
        """What is derived from the log for quick answers."""

    def stamp(self) -> tuple[int, ...]:
        """Return what stays the same as long as nobody has written anything."""

    def head(self) -> Head:
        """Return where the log stands."""

    def records(self, *, after: int = 0, upto: int | None = None) -> Iterator[Record]:
        """Yield the records of `(after, upto]`, in order of `seq`; None: through the last.

        The last is fixed when the first is asked for, and no lock is held in between.
        """

    def read(self, seqs: Iterable[int]) -> Iterator[Record]:
        """Yield the records at `seqs`, in order of `seq`, each once; those not there are left out.

        May yield nothing until `seqs` is exhausted.
        """

    def position_at(self, instant: int) -> int:
        """Return how many events were recorded at or before `instant` (UTC µs)."""

    def root_at(self, position: int) -> bytes:
        """Return the Merkle root after `position` events. Raises UnknownName past the last."""

    def nodes(self, *, after: int, upto: int) -> Sequence[bytes]:
        """Return of each event of `(after, upto]` the largest perfect subtree that ends with it."""

    def marked(self, mark: str) -> tuple[int, ...]:
        """Return the `seq`s of the events that carry a mark (see `log.marks`), in order."""

    def first_marked(self, mark: str) -> int | None:
        """Return the first of them; None where there is none."""

    def carrying(self, marks: Iterable[str], *, first: bool = False) -> Iterator[Carried]:
        """Yield the events that carry one of some marks, or the first of each; by mark and `seq`.

        Those without a payload are left out. May yield nothing until `marks` is exhausted.
        """

    def of_type(self, type_: str) -> tuple[int, ...]:
        """Return the `seq`s of the events of a type, in order."""

    def with_prefix(self, prefix: str, *, limit: int = 10) -> tuple[tuple[str, int], ...]:
        """Return (id, seq) of the events whose id begins so, in order of id, at most `limit`."""

    def statement_of(self, digest: bytes) -> int | None:
        """Return the `seq` of the first event that states this (`log.marks.stated`)."""

    def withheld(self) -> tuple[int, ...]:
        """Return the `seq`s of the events that came without their payload, in order."""

    def appending(self) -> AbstractContextManager[Appending]:
        """Lock the log for one writer: kept whole when the block ends, dropped if it raises.

        Raises HabeasError when others have been writing for as long as this store waits.
        """

    def believing(self) -> AbstractContextManager[None]:
        """Lock the beliefs for one writer: kept when the block ends, dropped if it raises."""

    def reading(self) -> AbstractContextManager[None]:
        """Give one consistent view to all reads in the block; blocks may be nested."""

    def glimpse(self) -> AbstractContextManager[Glimpse | None]:
        """Give one consistent view to who reads events as they are stored; None: there is none."""

    def reindex(self) -> None:
        """Make the index of marks and statements anew, from the log."""

    def backup(self, path: Path) -> None:
        """Copy the log as it stands to a new file. Raises Refused if there is one already."""

    def only_read(self) -> None:
        """Refuse from now on whatever would write, where the database can."""

    def close(self) -> None:
        """Let go of the database; a second time does nothing."""
