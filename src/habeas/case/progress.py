"""Progress: how long work tells how far it has come. Who shows it, and how, is the caller's."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int | None], None]
"""Called with how much is done, and how much there is (None: not known)."""


def no_progress(_done: int, _total: int | None) -> None:
    """Show nothing."""
