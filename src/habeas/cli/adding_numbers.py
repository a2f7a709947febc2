"""`add count`, `add group`: what is said of numbers of persons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from habeas.cli import completing
from habeas.cli.adding import event, record
from habeas.cli.adding_claims import Status, check_status
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
from habeas.cli.options import DATABASE, Db, DryRun, Recorder

if TYPE_CHECKING:
    from habeas.events import Event

Operator = Annotated[
    str | None,
    typer.Option(
        metavar="SIGN",
        help="How the number is meant: = > >= < <= ~ (about) .. (a range). [default: =, or .. "
        "with two numbers]",
        autocompletion=completing.operators,
        show_default=False,
    ),
]
Quantity = Annotated[
    str | None, typer.Option(metavar="WORD", help="The word, where no number is given.")
]
Population = Annotated[str | None, typer.Option(metavar="TEXT", help="Who is counted.")]


@examples(
    "habeas add count held 806 --document foro-penal-2026-01-05 --when 2026-01-05",
    "habeas add count announced --quantity 'a significant number' --stance expected "
    "--document gazette-2026-01-09",
)
def count(
    *,
    measure: Annotated[
        str,
        typer.Argument(
            metavar="MEASURE",
            help="What is counted: held, released_on, released_since, announced, verified, …",
            autocompletion=completing.measures,
        ),
    ],
    document: Document,
    low: Annotated[
        int | None, typer.Argument(metavar="[LOW]", help="The number, or the least of a range.")
    ] = None,
    high: Annotated[
        int | None, typer.Argument(metavar="[HIGH]", help="The greatest of a range.")
    ] = None,
    operator: Operator = None,
    quantity: Quantity = None,
    population: Population = None,
    part_of: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The population that these are part of.")
    ] = None,
    when: When = None,
    period: Annotated[
        str | None, typer.Option(metavar="EDTF", help="For running totals: from when to when.")
    ] = None,
    scope: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The counter's definition of whom it counts.")
    ] = None,
    place: Place = None,
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
    """A party gives a number of persons: exact, a range, or a word."""
    operator = operator or ("=" if high is None else "..")
    record(locals(), lambda values: [event("count.claimed", values)])


@examples(
    'habeas add group five-spaniards "five Spaniards" released --low 5 '
    "--member rocio-san-miguel --member ernesto-gorbe --document wgon-2026-01-09"
)
def group(
    *,
    group: Annotated[str, typer.Argument(metavar="ID", help="The group's id.")],
    label: Annotated[str, typer.Argument(metavar="LABEL", help="The group, in our own words.")],
    status: Status,
    document: Document,
    low: Annotated[
        int | None, typer.Option(metavar="N", help="How many, or the least of a range.")
    ] = None,
    high: Annotated[int | None, typer.Option(metavar="N", help="The greatest of a range.")] = None,
    operator: Operator = None,
    quantity: Quantity = None,
    population: Population = None,
    member: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PERSON",
            help="A member, of whom the status is claimed too; may be repeated.",
            autocompletion=completing.persons,
        ),
    ] = None,
    when: When = None,
    place: Place = None,
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
    """A party says something of a group of persons, named or not, and so of each member."""
    check_status(status)
    operator = operator or ("=" if high is None else "..")
    record(locals(), _group_events, persons=["member"])


def _group_events(values: dict[str, Any]) -> Iterator[Event]:
    """Yield the group's claim, then a status of each member, as a dossier would."""
    from habeas.dossier.rows import names_of
    from habeas.events import StatusClaimed

    members = values.pop("member", ())
    yield event("group.claimed", values)
    shared = {name: one for name, one in values.items() if name in names_of(StatusClaimed)}
    for person in members:
        ref = {"ref": f"{values['ref']}-{person}"} if "ref" in values else {}
        yield event("status.claimed", {**shared, "person": person, **ref})
