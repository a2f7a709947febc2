"""The log as it is while many events are taken in (`taking`), part of which it does not show yet.

What was taken waits to be handed to the log, and what was handed waits to be found by its marks:
both are dear if they are done for one event. So what can be told without is told from what waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from habeas.log import Record
from habeas.log.hashes import ID_CHARS

if TYPE_CHECKING:
    from habeas.case.taking import Taking

EVENT: Final = "event:"
"""How marks begin that point at an event."""


class Unsettled:
    """The log as it is while events are taken: an index (`closure.Index`) that is settled late.

    To be found by its marks, an event has to be settled, which is dear if it is done often; so what
    cannot have been marked since is looked up as it is.
    """

    def __init__(self, taking: Taking) -> None:
        self._taking, self._store = taking, taking.store

    def marked(self, mark: str) -> tuple[int, ...]:
        """Return the `seq`s of the events that carry a mark, in order."""
        # Only acts and withdrawals point at events, and those are judged, and noted.
        if mark.startswith(EVENT):
            return (*self._store.marked(mark), *self._taking.unsettled.get(mark, ()))
        self._taking.settle()
        return self._store.marked(mark)

    def first_marked(self, mark: str) -> int | None:
        """Return the first of them."""
        self._taking.settle()
        return self._store.first_marked(mark)

    def statement_of(self, digest: bytes) -> int | None:
        """Return the `seq` of the first event that states this, if such a statement was voided.

        To state again what was not voided is in order, so that nobody has to look it up.
        """
        if digest not in self._taking.voided:
            return None
        self._taking.settle()
        return self._store.statement_of(digest)

    def of_type(self, type_: str) -> tuple[int, ...]:
        """Return the `seq`s of the events of a type, in order."""
        self._taking.flush()
        return self._store.of_type(type_)

    def with_prefix(self, prefix: str, *, limit: int = 10) -> tuple[tuple[str, int], ...]:
        """Return (id, seq) of the events whose id begins so."""
        if len(prefix) < ID_CHARS:
            self._taking.flush()
        elif (seq := self._taking.waiting_as(prefix)) is not None:
            return ((prefix, seq),)
        return self._store.with_prefix(prefix, limit=limit)

    def event(self, id_: str) -> Record | None:
        """Return the event with this id."""
        found = self.with_prefix(id_, limit=1)
        return next(self.read([seq for known, seq in found if known == id_]), None)

    def read(self, seqs: Iterable[int]) -> Iterator[Record]:
        """Yield the records at `seqs`, in order of `seq`."""
        wanted = sorted(set(seqs))
        handed = self._taking.handed
        if wanted and wanted[-1] > handed:
            yield from self._store.read([seq for seq in wanted if seq <= handed])
            waiting = [self._taking.waiting_at(seq) for seq in wanted if seq > handed]
            yield from [one for one in waiting if one is not None]
        else:
            yield from self._store.read(wanted)
