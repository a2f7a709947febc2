"""`add status`, `add detail`, `add remark`, `add unlisted`: what is said of persons."""

from __future__ import annotations

from typing import Annotated

import typer

from habeas.cli import completing
from habeas.cli.adding import event, record
from habeas.cli.citing import (
    Basis,
    Document,
    Locator,
    Note,
    Origin,
    Place,
    Ref,
    Reported,
    Said,
    Stance,
    Via,
    When,
)
from habeas.cli.lazy import examples
from habeas.cli.options import DATABASE, Db, DryRun, Person, Recorder

Status = Annotated[
    str,
    typer.Argument(
        metavar="STATUS",
        help="detained, incommunicado, disappeared, house_arrest, released, restricted, "
        "at_liberty, sent_abroad, escaped, died, missing or unknown.",
        autocompletion=completing.statuses,
        show_default=False,
    ),
]


@examples(
    "habeas add status perkins-rocha detained --document wgon-2026-01-09 --when 2024-08",
    'habeas add status "Perkins Rocha" released --stance unknown --origin his-wife '
    "--via nbc-news --document wgon-2026-01-09 --locator '¶ 21'",
)
def status(
    *,
    person: Person,
    status: Status,
    document: Document,
    when: When = None,
    stance: Stance = "asserted",
    origin: Origin = None,
    via: Via = None,
    place: Place = None,
    authority: Annotated[
        str | None,
        typer.Option(
            metavar="PARTY",
            help="The party said to hold the person.",
            autocompletion=completing.parties,
        ),
    ] = None,
    group: Annotated[
        str | None, typer.Option(metavar="ID", help="The group as one of which it is said.")
    ] = None,
    named: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The name as the document spells it.")
    ] = None,
    reported: Reported = None,
    said: Said = None,
    basis: Basis = None,
    locator: Locator = None,
    ref: Ref = None,
    note: Note = None,
    recorder: Recorder = "unnamed",
    dry_run: DryRun = False,
    db: Db = DATABASE,
) -> None:
    """A party says of a person that a status began, ended, held, is expected, or is not so."""
    check_status(status)
    record(locals(), lambda values: [event("status.claimed", values)], persons=["person"])


def check_status(word: str) -> None:
    """Refuse a word that is no status, with what it may mean as the hint."""
    from habeas.dossier.hints import status_hint
    from habeas.events import BadValue
    from habeas.vocabulary import STATUSES

    if word not in STATUSES:
        hint = status_hint(word).replace('write status = "', "write ").rstrip('"')
        raise BadValue("status", f"'{word}' is no status", hint=hint)


@examples(
    "habeas add detail rocio-san-miguel nationality VE ES --document wgon-2026-01-09",
    'habeas add detail perkins-rocha charge "treason" --document wgon-2026-01-09',
)
def detail(
    *,
    person: Person,
    key: Annotated[
        str,
        typer.Argument(
            metavar="KEY",
            help="nationality, charge, occupation, affiliation, legal, contact, residence, …",
            autocompletion=completing.detail_keys,
        ),
    ],
    value: Annotated[
        list[str],
        typer.Argument(metavar="VALUE...", help="The value, in our own words; a claim for each."),
    ],
    document: Document,
    when: When = None,
    stance: Stance = "asserted",
    origin: Origin = None,
    via: Via = None,
    reported: Reported = None,
    said: Said = None,
    basis: Basis = None,
    locator: Locator = None,
    ref: Ref = None,
    note: Note = None,
    recorder: Recorder = "unnamed",
    dry_run: DryRun = False,
    db: Db = DATABASE,
) -> None:
    """A party says something else of a person: a nationality, a charge, an occupation."""
    record(
        locals(),
        lambda values: [event("detail.claimed", {**values, "value": one}) for one in value],
        persons=["person"],
    )


@examples('habeas add remark "No list was published" --about foro-penal --document wgon-2026-01-09')
def remark(
    *,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The remark, in our own words.")],
    document: Document,
    about: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="A person, group or party that it is about; may be repeated.",
            autocompletion=completing.persons,
        ),
    ] = None,
    origin: Origin = None,
    via: Via = None,
    reported: Reported = None,
    said: Said = None,
    basis: Basis = None,
    locator: Locator = None,
    ref: Ref = None,
    note: Note = None,
    recorder: Recorder = "unnamed",
    dry_run: DryRun = False,
    db: Db = DATABASE,
) -> None:
    """A party says what bears on the case, and is no status, detail, count or group."""
    record(locals(), lambda values: [event("remark.claimed", values)])


@examples("habeas add unlisted perkins-rocha --document foro-penal-2026-01-12")
def unlisted(
    *,
    person: Person,
    document: Document,
    origin: Origin = None,
    via: Via = None,
    reported: Reported = None,
    said: Said = None,
    basis: Basis = None,
    locator: Locator = None,
    ref: Ref = None,
    note: Note = None,
    recorder: Recorder = "unnamed",
    dry_run: DryRun = False,
    db: Db = DATABASE,
) -> None:
    """A list no longer carries somebody; that is never a release."""
    record(locals(), lambda values: [event("row.unlisted", values)], persons=["person"])
