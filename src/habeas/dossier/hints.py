"""What was meant: the nearest word of those there are. A hint for a person; nothing is decided."""

from __future__ import annotations

from collections.abc import Iterable

from habeas.vocabulary import STATUSES, status_meant

_LIKENESS = 0.6


def nearest(word: str, words: Iterable[str], *, likeness: float = _LIKENESS) -> str | None:
    """Return the one of `words` that is most like `word`; None if none is like enough."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed for faults only

    found = get_close_matches(word.lower(), list(words), n=1, cutoff=likeness)
    return found[0] if found else None


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
