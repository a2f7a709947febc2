"""`draft`: the skeleton of a dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from habeas.cli.lazy import examples
from habeas.cli.opening import opened
from habeas.cli.options import DATABASE, Db
from habeas.cli.output import put
from habeas.vocabulary import DESK


@examples("habeas draft article.txt > seeds/venezuela-2026-01/005-gazette.toml")
def draft(
    *,
    article: Annotated[Path, typer.Argument(metavar="ARTICLE", help="A text file.")],
    db: Db = DATABASE,
) -> None:
    """Write a dossier's skeleton for an article: hash, language, numbered paragraphs as comments.

    With a database, also the known parties and persons whose names it seems to hold. Delete the
    comments before you commit: a source's sentences stay out of the repository.
    """
    from habeas.draft import draft as skeleton

    content = article.read_bytes()
    if not db.is_file():
        put(skeleton(content, article.name, (), ()))
        return
    with opened(db, audience=DESK) as case:
        looked = case.looked()
        parties = [(one, names[0]) for one, names in looked.called("party").items()]
        persons = [(one, names[0], names[1:]) for one, names in looked.called("person").items()]
    put(skeleton(content, article.name, parties, persons))
