"""The one clock: all else is given the time."""

from __future__ import annotations

import time


def system_clock() -> int:
    """Return the present instant in microseconds since 1970-01-01T00:00Z."""
    return time.time_ns() // 1_000  # noqa: TID251 - the one clock; all else is given it
