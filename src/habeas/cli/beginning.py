"""`init`: a case in a new database."""

from __future__ import annotations

from typing import Annotated

import typer

from habeas.cli.lazy import examples
from habeas.cli.opening import opened, report
from habeas.cli.options import DATABASE, Db, Recorder
from habeas.cli.refreshing import refresh


@examples('habeas init venezuela-2026-01 --title "The releases" --timezone America/Caracas')
def init(
    *,
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case's id.")],
    title: Annotated[str, typer.Option(metavar="TEXT", help="What the case is about.")],
    timezone: Annotated[str, typer.Option(metavar="ZONE", help="Its time zone, by its IANA name.")],
    recorder: Recorder = "unnamed",
    db: Db = DATABASE,
) -> None:
    """Open a case: make its database, and record its first event."""
    with opened(db, create=True) as made:
        done = made.open_case(case, title=title, timezone=timezone, recorder=recorder)
        report([done], dry_run=False)
        refresh(made)
