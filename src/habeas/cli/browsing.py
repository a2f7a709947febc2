"""`log` and `show`: the events, as they were recorded."""

from __future__ import annotations

from typing import Annotated

import typer

from habeas.cli import completing
from habeas.cli.lazy import examples
from habeas.cli.opening import opened
from habeas.cli.options import DATABASE, AtLog, Audience, Db, Format
from habeas.cli.output import answer, chosen, put_bytes
from habeas.vocabulary import PUBLIC


@examples(
    "habeas log --person perkins-rocha",
    "habeas log --type status --since @57",
    "habeas log --format nl > log.jsonl",
)
def log(
    *,
    person: Annotated[
        str | None,
        typer.Option(
            metavar="PERSON",
            help="Only what names this person.",
            autocompletion=completing.persons,
        ),
    ] = None,
    party: Annotated[
        str | None,
        typer.Option(
            metavar="PARTY",
            help="Only what this party says, or what names it.",
            autocompletion=completing.parties,
        ),
    ] = None,
    document: Annotated[
        str | None,
        typer.Option(
            metavar="DOCUMENT",
            help="Only what stands in this document.",
            autocompletion=completing.documents,
        ),
    ] = None,
    type: Annotated[  # noqa: A002
        list[str] | None,
        typer.Option(metavar="TYPE", help="Only events of this type, such as status.claimed."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="WHEN", help="Only those after event @N, or recorded from a day or time on."
        ),
    ] = None,
    at_log: AtLog = None,
    format: Format = None,  # noqa: A002
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """List the events in their order; with `nl`, each as its line in the text log."""
    from habeas import textlog
    from habeas.case import browsing

    with opened(db, audience=audience) as case:
        found = browsing.log(
            case,
            person=person,
            party=party,
            document=document,
            types=type or (),
            since=since,
            at_log=at_log,
        )
        if chosen(format) == "nl":
            put_bytes(map(textlog.line_of, found))
        else:
            answer("log", browsing.listing(case, found), format)


@examples("habeas show @57", "habeas show wgon-2026-01-09#rocha-arrest --format json")
def show(
    *,
    event: Annotated[
        str, typer.Argument(metavar="EVENT", help="An id, the start of one, document#ref, or @N.")
    ],
    format: Format = None,  # noqa: A002
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """Show one event: every field, and what became of it; with `nl`, its line in the text log."""
    from habeas import textlog
    from habeas.case import browsing

    with opened(db, audience=audience) as case:
        if chosen(format) == "nl":
            put_bytes([textlog.line_of(browsing.record_named(case, event))])
        else:
            answer("event", browsing.show(case, event), format)
