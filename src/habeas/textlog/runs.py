"""Events in runs: stretches of which no more has to be judged than what they name and register.

To ask that of a run is to ask a few sets, where each event by itself would be asked a dozen things.
Nothing is judged here: what is not seen to be in order with its neighbours goes by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from habeas.errors import BadLog
from habeas.log.marks import REF

MOST: Final = 1_000
"""Up to how many events are in a run: one ends with each event whose `seq` is a multiple."""

_SEQ: Final = 0


def runs(events: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Yield events, the values of a `Checked` each, in runs, the values of a `Run` each.

    Raises what `events` raises, after the run that came before.
    """
    run = _Growing()
    try:
        for event in events:
            if not run.takes(event):
                yield from run.ended()
                run = _Growing()
                if not run.takes(event):
                    yield [event], None, {}, [], []
            if event[_SEQ] % MOST == 0:
                yield from run.ended()
                run = _Growing()
    except BadLog:
        yield from run.ended()
        raise
    yield from run.ended()


class _Growing:
    """A run to which events are added."""

    __slots__ = ("_digests", "_events", "_names", "_recorded", "_refs", "_registers")

    def __init__(self) -> None:
        self._events: list[tuple[Any, ...]] = []
        self._names: set[str] = set()
        self._registers: dict[str, int] = {}
        self._refs: list[str] = []
        self._digests: list[bytes] = []
        self._recorded = 0

    def takes(self, event: tuple[Any, ...]) -> bool:
        """Add an event, if it is plain, and what it says has nothing to do with what others say.

        Nor with itself: what an event names has to be registered before it.
        """
        seq, _, _, _, recorded, _, _, _, _, digest, subject, names, marks, plain = event
        if not plain or recorded <= self._recorded or seq == 1:
            return False
        if subject in self._registers or subject in self._names or subject in names:
            return False
        if marks:
            refs = [mark for mark in marks if mark.startswith(REF)]
            if any(ref in self._refs for ref in refs):
                return False
            self._refs += refs
        if subject is not None:
            self._registers[subject] = seq
        self._names.update(names)
        self._events.append(event)
        self._digests.append(digest)
        self._recorded = recorded
        return True

    def ended(self) -> Iterator[tuple[Any, ...]]:
        """Yield the run, unless it is empty."""
        if self._events:
            names = list(self._names.difference(self._registers))
            yield self._events, names, self._registers, self._refs, self._digests
