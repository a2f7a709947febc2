"""What was meant: the nearest word of those there are. A hint for a person; nothing is decided."""

from __future__ import annotations

from collections.abc import Iterable

from habeas.nearest import nearest
from habeas.vocabulary import STATUSES, status_meant


def meant(word: str, words: Iterable[str]) -> str:
    """Return a hint for a `word` that is none of `words`: the nearest, or all of them."""
    words = list(words)
    if word.lower().startswith("confirm") and "asserted" in words:
        return "`asserted`: confirmed is concluded by habeas, never written"
    near = nearest(word, words)
    return f"did you mean `{near}`?" if near else f"one of: {', '.join(words)}"


def status_hint(word: str) -> str:
    """Return a hint for a word that is no status: what it may mean, or the nearest status."""
    several = status_meant(word)
    if len(several) > 1:
        first = ", ".join(several[:-1])
        return f"ambiguous: {first} or {several[-1]}; which of them does the source say?"
    return f'write status = "{several[0]}"' if several else meant(word, STATUSES)
