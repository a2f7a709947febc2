"""The order of the changes that stand (design, section 6.4).

It neither weighs nor drops. Windows are those cut at `known`, half-open.

Reading: only an `out` that comes before the first `held` has something moved before it; once
there is a `held` before it, by date or by such a move, custody need not be presupposed again.
"""

from __future__ import annotations

from collections.abc import Sequence

from habeas.resolve.changes import Change
from habeas.resolve.words import overlap


def in_order(changes: Sequence[Change]) -> list[Change]:
    """Order changes by the end of their window, an arrest before a release that implies it."""
    if len(changes) < 2:  # noqa: PLR2004 - one comes before nothing
        return list(changes)
    line = sorted(changes, key=_key)
    for n, change in enumerate(line):
        if change.custody == "held":
            break
        if change.custody == "out":
            arrest = _first_arrest_meeting(line, n)
            if arrest is not None:
                line.insert(n, line.pop(arrest))
                break
    return line


def _key(change: Change) -> tuple[int, int, int]:
    return (change.end, change.known, change.seq)


def _first_arrest_meeting(line: list[Change], release: int) -> int | None:
    for n in range(release + 1, len(line)):
        if line[n].custody == "held" and overlap(line[n].window, line[release].window):
            return n
    return None
