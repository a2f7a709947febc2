"""Voices: whose word a party's word is, by the parties that it speaks for.

It is given who a party is part of, and asks no log for it.
"""

from __future__ import annotations

from collections.abc import Callable


def voice_of(party: str, part_of: Callable[[str], str | None]) -> str:
    """Return the root of a party's `part_of` chain; of a circle, the last before it closes."""
    seen = {party}
    while (above := part_of(party)) is not None and above not in seen:
        seen.add(above)
        party = above
    return party
