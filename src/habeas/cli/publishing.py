"""`publish`: the answers of every projection, beside their questions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from habeas.cli.errors import WRONG, say, tell_findings
from habeas.cli.lazy import examples
from habeas.cli.opening import opened
from habeas.cli.options import DATABASE, Db


@examples("habeas publish", "habeas publish --check")
def publish(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; say what would change.")
    ] = False,
    folder: Annotated[
        Path, typer.Option(metavar="PATH", help="Where the projections stand.")
    ] = Path("projections"),
    seeds: Annotated[
        Path, typer.Option(metavar="PATH", help="Where the dossiers with expectations stand.")
    ] = Path("seeds"),
    db: Db = DATABASE,
) -> None:
    """Write the answers of every projection; with --check, say what would change."""
    from habeas.case import publishing

    with opened(db) as case:
        if check:
            findings = publishing.check(case, folder, seeds)
            tell_findings(findings)
            if findings:
                raise typer.Exit(WRONG)
            say("The published answers are what the log gives, and every expectation is met.")
            return
        written = publishing.publish(case, folder)
    for path in written:
        say(f"wrote {path}")
    if not written:
        say("Nothing has changed.")
