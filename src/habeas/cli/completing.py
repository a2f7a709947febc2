"""What the shell may complete: names from the database, words from the vocabulary.

A completion that fails says nothing: there is no database, or it is busy, and nobody has asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import typer

Choices = list[tuple[str, str]]


def _of(kind: str) -> Callable[[typer.Context, str], Choices]:
    def complete(ctx: typer.Context, incomplete: str) -> Choices:
        with suppress(Exception):
            return list(_fitting(_registered(ctx, kind), incomplete))
        return []

    return complete


def _fitting(known: Iterator[tuple[str, str]], incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the ids that begin so, and those whose name has a word that does."""
    from habeas.vocabulary import fold

    wanted = fold(incomplete)
    for name, title in known:
        if name.startswith(incomplete) or f" {fold(title)}".find(f" {wanted}") >= 0:
            yield name, title


def _registered(ctx: typer.Context, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the ids registered as `kind`, with their names or titles."""
    from habeas.case import Case

    path = Path(_database(ctx))
    if not path.is_file():
        return
    with Case.open(path) as case:
        seqs = case.store.of_type(f"{kind}.registered")
        for record in case.store.read(seqs):
            event: Any = record.event
            if event is not None:
                title = event.title if kind == "document" else event.name
                yield getattr(event, kind), title


def _database(ctx: typer.Context) -> str:
    import os

    named = ctx.params.get("db")
    return str(named or os.environ.get("HABEAS_DB") or "habeas.db")


persons = _of("person")
parties = _of("party")
documents = _of("document")


def _among(words: Callable[[], tuple[str, ...]]) -> Callable[[str], list[str]]:
    def complete(incomplete: str) -> list[str]:
        return [word for word in words() if word.startswith(incomplete)]

    return complete


def _vocabulary(name: str) -> Callable[[], tuple[str, ...]]:
    def words() -> tuple[str, ...]:
        from habeas import vocabulary

        return tuple(getattr(vocabulary, name))

    return words


def _formats() -> tuple[str, ...]:
    from habeas.render import FORMATS

    return FORMATS


def _change_formats() -> tuple[str, ...]:
    from habeas.render import formats_of

    return formats_of("changes")


def _projections() -> tuple[str, ...]:
    found = Path("projections").glob("*/projection.toml")
    return ("default", *sorted(path.parent.name for path in found))


statuses = _among(_vocabulary("STATUSES"))
stances = _among(_vocabulary("STANCES"))
kinds = _among(_vocabulary("KINDS"))
bases = _among(_vocabulary("BASES"))
operators = _among(_vocabulary("OPERATORS"))
grades = _among(_vocabulary("GRADES"))
measures = _among(_vocabulary("MEASURES"))
detail_keys = _among(_vocabulary("DETAIL_KEYS"))
audiences = _among(_vocabulary("AUDIENCES"))
formats = _among(_formats)
change_formats = _among(_change_formats)
projections = _among(_projections)
