"""`add party`, `add document`, `add person`: what claims name."""

from __future__ import annotations

from typing import Annotated

import typer

from habeas.cli import completing
from habeas.cli.adding import event, record
from habeas.cli.lazy import examples
from habeas.cli.options import DATABASE, Db, DryRun, Recorder


@examples(
    'habeas add party foro-penal --name "Foro Penal" --kind monitor',
    'habeas add party his-wife --name "His wife" --kind family --of perkins-rocha',
)
def party(
    *,
    party: Annotated[str, typer.Argument(metavar="ID", help="The party's id.")],
    name: Annotated[str, typer.Option(metavar="TEXT", help="Its name.")],
    kind: Annotated[
        str,
        typer.Option(
            metavar="KIND",
            help="detainee, family, lawyer, witness, monitor, court, government, authority, "
            "intergovernmental, media, other or unidentified.",
            autocompletion=completing.kinds,
        ),
    ],
    part_of: Annotated[
        str | None,
        typer.Option(
            metavar="PARTY",
            help="The party it speaks for.",
            autocompletion=completing.parties,
        ),
    ] = None,
    of: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PERSON",
            help="Whose detainee, family or lawyer it is; may be repeated.",
            autocompletion=completing.persons,
        ),
    ] = None,
    recorder: Recorder = "unnamed",
    dry_run: DryRun = False,
    db: Db = DATABASE,
) -> None:
    """Register somebody who speaks: a person, an organisation, an outlet, a state."""
    record(locals(), lambda values: [event("party.registered", values)], persons=["of"])


@examples(
    "habeas add document gazette-2026-01-09 --publisher gazette --published 2026-01-09 "
    '--title "The first releases"'
)
def document(
    *,
    document: Annotated[str, typer.Argument(metavar="ID", help="The document's id.")],
    publisher: Annotated[
        str,
        typer.Option(
            metavar="PARTY",
            help="The party that published it.",
            autocompletion=completing.parties,
        ),
    ],
    published: Annotated[
        str, typer.Option(metavar="EDTF", help="When it became public; ? says that we inferred it.")
    ],
    title: Annotated[str, typer.Option(metavar="TEXT", help="What it is, in our own words.")],
    retrieved: Annotated[
        str | None, typer.Option(metavar="EDTF", help="When we fetched it.")
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(metavar="ZONE", help="The zone of its dates. [default: the case's]"),
    ] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="Where it was found.")] = None,
    language: Annotated[
        str | None, typer.Option(metavar="TAG", help="Its language, such as es.")
    ] = None,
    sha256: Annotated[
        str | None, typer.Option(metavar="HEX", help="SHA-256 of the stored file.")
    ] = None,
    note: Annotated[
        str | None, typer.Option(metavar="TEXT", help="How the record was made.")
    ] = None,
    recorder: Recorder = "unnamed",
    dry_run: DryRun = False,
    db: Db = DATABASE,
) -> None:
    """Register something we read claims in: an article, a list, a video, a court record."""
    record(locals(), lambda values: [event("document.registered", values)])


@examples('habeas add person perkins-rocha --name "Perkins Rocha" --alias "P. Rocha"')
def person(
    *,
    person: Annotated[str, typer.Argument(metavar="ID", help="The person's id.")],
    name: Annotated[str, typer.Option(metavar="TEXT", help="The name as we write it.")],
    aliases: Annotated[
        list[str] | None,
        typer.Option("--alias", metavar="TEXT", help="Another name or spelling; may be repeated."),
    ] = None,
    recorder: Recorder = "unnamed",
    dry_run: DryRun = False,
    db: Db = DATABASE,
) -> None:
    """Register somebody whose status the case follows."""
    record(locals(), lambda values: [event("person.registered", values)])
