"""The process that a command line runs in: how it begins, and how it ends.

Both are for speed as much as for order: most commands take less time than Python's own start.
"""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper

from habeas.cli.errors import OK, WRONG, say

_GARBAGE = 100_000
"""How many new objects there may be before cycles are looked for: more than a start makes."""


def prepare() -> None:
    """Make the streams take any character; what UTF-8 cannot hold is shown as an escape.

    Ends the process where stdout is closed: a file of ours could take its number, and what is
    printed would be written into it.
    """
    gc.set_threshold(_GARBAGE)
    if sys.stderr is None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        sys.stderr = open(2, "w", encoding="utf-8")  # noqa: SIM115 - it stays
    if sys.stdout is None:
        say("Error: stdout is closed, so there is nowhere to answer")
        say("Hint: > FILE, or > /dev/null")
        os._exit(WRONG)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def leave(code: str | int | None) -> None:
    """End the process once all is written, without taking every module down first.

    By then each database is closed and each file whole; the rest is memory, which the system
    takes back in a tenth of the time. With HABEAS_DEBUG, Python ends as it always does.
    """
    status = code if isinstance(code, int) else WRONG if code else OK
    if os.environ.get("HABEAS_DEBUG"):
        sys.exit(status)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            pass
        except OSError:
            status = WRONG
    os._exit(status)
