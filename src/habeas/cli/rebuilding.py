"""`rebuild`: the read models, by which questions are answered quickly, made anew."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from habeas.cli.errors import say
from habeas.cli.lazy import examples
from habeas.cli.opening import opened
from habeas.cli.options import DATABASE, Db
from habeas.cli.progress import Progress


@examples(
    "habeas rebuild", "habeas rebuild --projection projections/roster", "habeas rebuild --new"
)
def rebuild(
    *,
    projection: Annotated[
        list[Path] | None,
        typer.Option(help="For the rules of this projection; may be given again."),
    ] = None,
    new: Annotated[
        bool,
        typer.Option("--new", help="Make them anew, and the log's index, whatever there is."),
    ] = False,
    db: Db = DATABASE,
) -> None:
    """Make the read models, or bring them up to date with the log.

    Without a projection: those that there are, and that of the default rules. Answers are the same
    with and without them; a long log answers sooner with them. Interrupted, it leaves what was
    there, and goes on when called again.
    """
    from habeas import projection_file

    rules = [projection_file.find(path).rules for path in projection or ()]
    with opened(db) as case, Progress("resolving") as progress:
        if new:
            case.whole.reindex()
        make = case.rebuild if new else case.catch_up
        done = make(*rules, progress=progress)
    if done or new:
        say(f"{done:,} person{'' if done == 1 else 's'} resolved.")
    else:
        say("the read models are up to date with the log; --new makes them anew")
