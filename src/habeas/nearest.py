"""The nearest of many words to one that was mistyped: for hints, which a person reads."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

MOST: Final = 1_000
"""How many words are compared letter by letter; of more, those are that share most of it."""

_PIECE: Final = 3


def nearest(word: str, known: Collection[str], *, likeness: float = 0.6) -> str | None:
    """Return the one of `known`, which are in small letters, that is most like `word`, if any is.

    `likeness` is as in `near`.
    """
    return next(iter(near(word.lower(), known, 1, likeness=likeness)), None)


def near(word: str, known: Collection[str], most: int = 3, *, likeness: float = 0.6) -> list[str]:
    """Return the words of `known` that are most like `word`, at most so many, the nearest first.

    `likeness` is the least that counts, from 0 to 1 (`difflib`'s ratio).
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only an error needs it

    return get_close_matches(word, _alike(word, known), n=most, cutoff=likeness)


def _alike(word: str, known: Collection[str]) -> list[str]:
    """Return the words that share the most pieces of a few letters with one."""
    if len(known) <= MOST:
        return list(known)
    size = min(_PIECE, len(word) - 1)
    pieces = {word[at : at + size] for at in range(len(word) - size + 1)} if size > 0 else {word}
    shared = {one: sum(piece in one for piece in pieces) for one in known}
    return sorted(known, key=shared.__getitem__, reverse=True)[:MOST]
