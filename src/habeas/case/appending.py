"""Appending: under the log's lock, checked against everything before it, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from habeas.events import Event, check_fields
from habeas.events.fields import check_name, nfc
from habeas.log import Clock, Entropy, Record, State, admit, tense
from habeas.log.records import draft, next_recorded
from habeas.store import Appending

BATCH = 10_000
"""How many records go to the store at once."""


class Appended(NamedTuple):
    """What became of one event: its place and id, and whether it was there already."""

    seq: int
    id: str
    already: bool


class _Undo(Exception):
    """Raised inside a transaction to leave nothing behind."""


class Writer:
    """Appends events to a log that is locked for it; `state` and `taken` grow with each."""

    def __init__(
        self, log: Appending | None, state: State, clock: Clock, entropy: Entropy, recorder: str
    ) -> None:
        check_name("recorder", recorder)
        self.state = state
        self._log, self._clock, self._entropy, self._recorder = log, clock, entropy, nfc(recorder)
        self.taken: list[Record] = []
        self._new: list[Record] = []

    def trial(self) -> Writer:
        """Return a writer that keeps nothing: its state grows apart, and it writes to no log."""
        return Writer(None, self.state.fork(), self._clock, bytes, self._recorder)

    def append(self, event: Event, *, whole: bool = True) -> Appended:
        """Append one event, unless a registration or claim states the same already.

        `whole` is as in `admit.check`.
        Raises what `admit.check` and `tense.check` raise, and Refused when the clock is a day
        behind the log.
        """
        check_fields(event)
        new = draft(event, self._recorder)
        there = admit.same(self.state, event, new.digest)
        if there is not None and not there.voided:
            return Appended(there.seq, there.id, already=True)
        now = self._clock()
        admit.check_beside(self.state, event, there, now=now, whole=whole)
        tense.check(self.state, event)
        record = new.seal(
            seq=self.state.position + 1,
            recorded=next_recorded(now, self.state.recorded),
            entropy=self._entropy,
        )
        self.take(record)
        return Appended(record.seq, record.id, already=False)

    def take(self, record: Record) -> None:
        """Take a record that is already sealed."""
        self.state.apply(record)
        self.taken.append(record)
        self._new.append(record)
        if len(self._new) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Hand the new records to the store."""
        if self._log is not None:
            self._log.add(self._new)
        self._new = []


@contextmanager
def undone() -> Iterator[Callable[[], None]]:
    """Give a function that leaves the block, and everything in it undone, without an error."""

    def leave() -> None:
        raise _Undo

    try:
        yield leave
    except _Undo:
        return
