"""Where answers go: stdout, in the format asked for."""

from __future__ import annotations

import shutil
import sys
from typing import Any


def chosen(format: str | None) -> str:  # noqa: A002 - what it is called on the command line
    """Return the format to write: the one asked for, else what suits who reads."""
    return format or ("table" if sys.stdout.isatty() else "json")


def answer(view: str, data: dict[str, Any], format: str | None) -> None:  # noqa: A002
    """Print an answer."""
    from habeas import render

    width = shutil.get_terminal_size((render.WIDTH, 24)).columns
    put(render.write(view, data, chosen(format), width=width))


def put(text: str) -> None:
    """Print a text that ends where it ends."""
    sys.stdout.write(text)


def put_bytes(lines: Any) -> None:  # noqa: ANN401 - an iterable of bytes
    """Print bytes as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.writelines(lines)
    sys.stdout.buffer.flush()
