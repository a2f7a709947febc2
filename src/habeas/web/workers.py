"""Workers: makers that work beside the server, in a thread or in a process of their own.

A process takes no time from the one that serves, which is what readers wait for; a thread needs
nothing that can be sent to another process, which is what tests want. Either works on one order
after another, in the order in which they came.
"""

from __future__ import annotations

import asyncio
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection

from habeas.errors import HabeasError
from habeas.web.maker import Made, Maker, Opener, Order


class Worker:
    """A maker in a thread of its own; `apart` puts it into a process, which the thread asks."""

    def __init__(self, open_case: Opener, *, apart: bool) -> None:
        self._open, self._apart = open_case, apart
        self._thread = ThreadPoolExecutor(1)
        self._maker: Maker | Distant | None = None

    async def make(self, order: Order) -> Made:
        """Have something made. Raises HabeasError where the case cannot be opened."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._make, order)

    def _make(self, order: Order) -> Made:
        if self._maker is None:
            self._maker = Distant(self._open) if self._apart else Maker(self._open)
        try:
            return self._maker.make(order)
        except (EOFError, OSError):
            # The process is gone; the next order finds another.
            self._maker = None
            raise HabeasError("the pages cannot be made now", hint="ask again") from None

    def close(self) -> None:
        """Finish what is being made, and let go of the case."""
        self._thread.submit(self._leave).result()
        self._thread.shutdown()

    def _leave(self) -> None:
        if self._maker is not None:
            self._maker.__exit__(None, None, None)


class Distant:
    """A maker in another process, which ends when this one does."""

    def __init__(self, open_case: Opener) -> None:
        context = get_context("spawn")
        self._orders, there = context.Pipe()
        self._process = context.Process(target=_work, args=(there, open_case), daemon=True)
        self._process.start()
        there.close()

    def make(self, order: Order) -> Made:
        """Have something made there. Raises EOFError where that process has ended."""
        self._orders.send(order)
        made: Made = self._orders.recv()
        return made

    def __exit__(self, *_: object) -> None:
        self._orders.close()
        self._process.join()


def _work(orders: Connection, open_case: Opener) -> None:
    """Make what is ordered until nobody can order any more."""
    # Ctrl-C is for the server, which then closes the orders.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Maker(open_case) as maker, suppress(EOFError, BrokenPipeError):
        while True:
            orders.send(maker.make(orders.recv()))
