"""What the server keeps: each page as it was made last, and where the log stands now.

A page belongs to one position of the log. It is made once, however many wait for it. When the log
has grown, a page that was asked for lately is made anew, and until that is done it is given out as
it was: whole, and saying of which position it is. Any other is made when it is asked for. Where it
has changed what readers may be told, nothing of before is given out any more.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from typing import Final, NamedTuple

from habeas import times
from habeas.errors import HabeasError
from habeas.web.maker import Made, Mark, Opener, Order, mark_of
from habeas.web.workers import Worker

LOOK: Final = 0.05
"""How often, in seconds, it is looked where the log stands."""

LATELY: Final = 60.0
"""How many seconds ago a page was asked for lately."""

ROOM: Final = 256 * 2**20
"""How many bytes of pages are kept; those not asked for the longest go first."""


class Kept(NamedTuple):
    """What was made, and when it was asked for last, in seconds of a clock that never goes back."""

    made: Made
    asked: float


class Editions:
    """The newest edition of a case, as far as it was asked for."""

    def __init__(
        self,
        open_case: Opener,
        *,
        apart: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open, self._clock = open_case, clock
        self._pages = Worker(open_case, apart=apart)
        self._answers = Worker(open_case, apart=apart)
        self._kept: OrderedDict[Order, Kept] = OrderedDict()
        self._making: dict[Order, asyncio.Task[Made]] = {}
        self._size, self._looked = 0, float("-inf")
        self._stamp: object = None
        self._mark = Mark(0, "", "")

    def begin(self) -> None:
        """Open the case, to see where its log stands."""
        self._case = self._open()
        self._case.whole.only_read()

    def end(self) -> None:
        """Let go of the case."""
        for worker in (self._pages, self._answers):
            worker.close()
        self._case.close()

    @property
    def mark(self) -> Mark:
        """Where the log stands, a moment ago at the most. Raises HabeasError."""
        now = self._clock()
        if now - self._looked >= LOOK:
            with self._case.whole.reading():
                mark = mark_of(self._case)
            if mark.guard != self._mark.guard:
                self._kept.clear()
                self._size = 0
            self._mark, self._looked = mark, now
        return self._mark

    @property
    def today(self) -> str:
        """Today's date where the case is: what a question is about that names no day."""
        return times.day_of(self._case.now(), self._case.zone()).isoformat()

    async def page(self, address: str) -> Made:
        """Return a page or a file; see above for how new it is."""
        order, mark, now = Order(address, None), self.mark, self._clock()
        kept = self._kept.get(order)
        if kept is not None:
            self._kept[order] = kept._replace(asked=now)
            self._kept.move_to_end(order)
            if kept.made.mark == mark:
                return kept.made
        making = self._begin(self._pages, order)
        if kept is not None and now - kept.asked < LATELY:
            return kept.made
        return await asyncio.shield(making)

    async def answer(self, name: str, asked: tuple[tuple[str, str], ...]) -> Made:
        """Return the answer to a question, as the log stands now or later."""
        return await asyncio.shield(self._begin(self._answers, Order(name, asked)))

    def _begin(self, worker: Worker, order: Order) -> asyncio.Task[Made]:
        """Return the making of something, begun if it was not."""
        if order not in self._making:
            making = asyncio.create_task(self._make(worker, order))
            making.add_done_callback(_heard)
            self._making[order] = making
        return self._making[order]

    async def _make(self, worker: Worker, order: Order) -> Made:
        try:
            made = await worker.make(order)
            while made.mark.guard != self.mark.guard:
                made = await worker.make(order)
        finally:
            self._making.pop(order, None)
        if order.asked is None and made.code == 200:  # noqa: PLR2004 - found
            self._keep(order, made)
        return made

    def _keep(self, order: Order, made: Made) -> None:
        kept = self._kept.pop(order, None)
        asked = self._clock() if kept is None else kept.asked
        self._kept[order] = Kept(made, asked)
        self._size += len(made.content) - (0 if kept is None else len(kept.made.content))
        while self._size > ROOM and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest.made.content)


def _heard(task: asyncio.Task[Made]) -> None:
    """Take note of what a task raised, though nobody may be waiting for it any more."""
    with suppress(asyncio.CancelledError, HabeasError):
        task.result()
