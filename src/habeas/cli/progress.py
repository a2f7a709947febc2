"""A line on stderr that says how far a long command is; only on a terminal, only if it is long."""

from __future__ import annotations

import sys
import time
from typing import Final, Self

_QUIET: Final = 0.3
"""Seconds before anything is shown."""

_PAUSE: Final = 0.1
_CELLS: Final = 24
_CLEAR: Final = "\r\x1b[K"


class Progress:
    """Shows progress while its `with` block lasts; call it with what is done, and of how much."""

    def __init__(self, verb: str) -> None:
        self._verb = verb
        self._began = time.monotonic()
        self._next = self._began + _QUIET
        self._shown = False
        self._terminal = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()

    def __call__(self, done: int, total: int | None) -> None:
        """Show how much is done; `total` is None where it is not known."""
        if not self._terminal or (now := time.monotonic()) < self._next:
            return
        self._next, self._shown = now + _PAUSE, True
        speed = _speed(done, total, now - self._began)
        sys.stderr.write(f"{_CLEAR}{self._verb} {_bar(done, total)}{speed}")
        sys.stderr.flush()


def _bar(done: int, total: int | None) -> str:
    if not total:
        return f"{done:,}"
    full = _CELLS * done // total
    return f"[{'#' * full}{'.' * (_CELLS - full)}] {done:,} of {total:,}"


def _speed(done: int, total: int | None, seconds: float) -> str:
    """Return how many are done in a second, and how long the others take at that rate."""
    rate = done / max(seconds, _PAUSE)
    if not total or not rate:
        return f", {rate:,.0f}/s"
    minutes, left = divmod(round((total - done) / rate), 60)
    return f", {rate:,.0f}/s, {minutes}:{left:02d} left"
