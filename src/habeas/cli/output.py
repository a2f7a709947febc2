"""Where answers go: stdout, in the format asked for."""

from __future__ import annotations

import shutil
import sys
from typing import Any, Final

from habeas.cli.errors import say

_DAY: Final = 24 * 3_600 * 1_000_000
_EASTERNMOST: Final = 14 * 3_600 * 1_000_000
"""How far ahead of UTC a day begins at the earliest, in µs."""


def chosen(format: str | None) -> str:  # noqa: A002 - what it is called on the command line
    """Return the format to write: the one asked for, else what suits who reads."""
    return format or ("table" if sys.stdout.isatty() else "json")


def answer(
    view: str,
    data: dict[str, Any],
    format: str | None,  # noqa: A002 - what it is called on the command line
    *,
    title: str | None = None,
) -> None:
    """Print an answer; a page under `title`, if it is given."""
    from habeas import render

    for side in ("basis", "from", "to"):
        if "as_of_instant" in data.get(side, ()):
            _note_future(data[side])
    width = shutil.get_terminal_size((render.WIDTH, 24)).columns
    put(render.write(view, data, chosen(format), title=title, width=width))


def _note_future(basis: dict[str, Any]) -> None:
    """Say on stderr that an answer is as of, or on, a day that has not begun anywhere yet."""
    from habeas.case.clock import system_clock
    from habeas.times import instant_text

    now = system_clock()
    whole_day = "T" not in basis["as_of"]
    ahead = basis["as_of_instant"] > instant_text(now + (_DAY if whole_day else 0))
    if ahead:
        say(f"Note: {basis['as_of']} is still to come; this is what is known so far.")
    elif f"{basis['on']}T00:00:00" > instant_text(now + _EASTERNMOST):
        say(f"Note: {basis['on']} is still to come; this is what is told of it so far.")


def put(text: str) -> None:
    """Print a text that ends where it ends."""
    sys.stdout.write(text)


def put_bytes(lines: Any) -> None:  # noqa: ANN401 - an iterable of bytes
    """Print bytes as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.writelines(lines)
    sys.stdout.buffer.flush()
