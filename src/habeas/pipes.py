"""Pipes between two processes of ours: how much they hold.

A pipe holds 64 KiB at first. Whoever writes more waits for the other to read, and the other may be
busy with what it read before.
"""

from __future__ import annotations

from contextlib import suppress
from typing import IO, Final

ROOM: Final = 1 << 20
"""How many bytes a widened pipe holds; more is not everybody's to ask for."""


def widen(pipe: IO[bytes] | None) -> None:
    """Let a pipe hold ROOM bytes, where the system knows how and allows it; else leave it."""
    try:
        from fcntl import F_SETPIPE_SZ, fcntl  # noqa: PLC0415 - Linux only
    except ImportError:
        return
    if pipe is not None:
        with suppress(OSError):
            fcntl(pipe.fileno(), F_SETPIPE_SZ, ROOM)
