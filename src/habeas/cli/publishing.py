"""`publish`: the answers of every projection, beside their questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from habeas.cli.errors import WRONG, say, tell_findings
from habeas.cli.lazy import examples
from habeas.cli.opening import opened
from habeas.cli.options import DATABASE, Audience, Db
from habeas.errors import HabeasError
from habeas.vocabulary import PUBLIC

if TYPE_CHECKING:
    from habeas.case import Case


@examples("habeas publish", "habeas publish --check", "habeas publish --site site")
def publish(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; say what would change.")
    ] = False,
    folder: Annotated[
        Path, typer.Option(metavar="PATH", help="Where the projections stand.")
    ] = Path("projections"),
    site: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Write a site of the whole case into a folder, and nothing else.",
            show_default=False,
        ),
    ] = None,
    seeds: Annotated[
        Path, typer.Option(metavar="PATH", help="Where the dossiers with expectations stand.")
    ] = Path("seeds"),
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """Write the answers of every projection; with --check, say what would change."""
    from habeas.case import publishing

    if check and site is not None:
        raise typer.BadParameter("--check and --site do not go together")
    with opened(db, audience=audience) as case:
        if site is not None:
            _write_site(case, site)
            return
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


def _write_site(case: Case, folder: Path) -> None:
    try:
        from habeas.web.site import write_site
    except ModuleNotFoundError as error:
        message = f"a site needs '{error.name}', which is not installed"
        hint = "pip install 'habeas[web]', or in a clone: pip install '.[web]'"
        raise HabeasError(message, hint=hint) from None
    changed = write_site(case, folder)
    say(f"{len(changed)} files changed in {folder}." if changed else "Nothing has changed.")
