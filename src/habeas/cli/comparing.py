"""`changes`: what became known, or was corrected, between two states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from habeas.cli import completing
from habeas.cli.errors import say
from habeas.cli.lazy import examples
from habeas.cli.opening import opened
from habeas.cli.options import DATABASE, Audience, Db, On, Projection
from habeas.cli.output import answer
from habeas.cli.progress import Progress
from habeas.vocabulary import PUBLIC

if TYPE_CHECKING:
    from habeas.case import Case
    from habeas.projections.question import Question

_STATE = "a day, a timestamp, @N (the first N events), both as DAY@N, or a snapshot's name."
From = Annotated[
    str, typer.Argument(metavar="FROM", help=f"The state before: {_STATE}", show_default=False)
]
To = Annotated[
    str, typer.Argument(metavar="TO", help="The state after, named as FROM.", show_default=False)
]


def _checked_format(name: str | None) -> str | None:
    if name is None:
        return None
    from habeas.render import UnknownFormat, check_format

    try:
        return check_format(name, "changes")
    except UnknownFormat as error:
        message = f"{error.message}; {error.hint}"
        raise typer.BadParameter(message) from None


def _among(words: Iterable[str], value: list[str] | None) -> list[str]:
    """Return the words given, if all are of those that there are; else the usage is wrong."""
    known = tuple(words)
    for one in value or ():
        if one not in known:
            message = f"'{one}' is none of: {', '.join(known)}"
            raise typer.BadParameter(message)
    return value or []


def _statuses(value: list[str] | None) -> list[str]:
    from habeas.vocabulary import STATUSES

    return _among(STATUSES, value)


def _custodies(value: list[str] | None) -> list[str]:
    from habeas.vocabulary import CUSTODIES

    return _among(CUSTODIES, value)


def _causes(value: list[str] | None) -> list[str]:
    from habeas.case.comparing import CAUSES

    return _among(CAUSES, value)


def _kinds(value: list[str] | None) -> list[str]:
    from habeas.case.comparing import MOVED
    from habeas.projections.changes import KINDS

    return _among((*KINDS, "appeared", "removed", "merged", "evidence", *MOVED), value)


@examples(
    "habeas changes 2026-01-08 2026-01-09",
    "habeas changes 2026-01-08 2026-01-09 --format md > since-yesterday.md",
    "habeas changes @200 @239 --cause corrected --cause voided",
    "habeas changes morning-brief evening-brief --format atom > changes.atom",
)
def changes(
    *,
    before: From,
    after: To,
    every: Annotated[
        bool, typer.Option("--all", help="Also of whom more is told though nothing changed.")
    ] = False,
    person: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PERSON",
            help="Only this person; may be given several times, as all that follow.",
            autocompletion=completing.persons,
        ),
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STATUS",
            help="Only who has this status, before or after.",
            callback=_statuses,
            autocompletion=completing.statuses,
        ),
    ] = None,
    custody: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CUSTODY", help="held, out, dead or unknown; likewise.", callback=_custodies
        ),
    ] = None,
    place: Annotated[
        list[str] | None, typer.Option(metavar="PLACE", help="The last place told; likewise.")
    ] = None,
    nationality: Annotated[
        list[str] | None,
        typer.Option(metavar="COUNTRY", help="A nationality told of, such as ES; likewise."),
    ] = None,
    party: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PARTY",
            help="Only whom this party speaks of, or relays.",
            autocompletion=completing.parties,
        ),
    ] = None,
    cause: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CAUSE",
            help="Only what comes of this: reported, backfilled, corrected, withdrawn, voided, "
            "merged, separated, graded, elapsed or ruled.",
            callback=_causes,
        ),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help="Only changes of this kind: appeared, status, standing, date, place, …, of "
            "reported numbers (counts), or of groups.",
            callback=_kinds,
        ),
    ] = None,
    on: On = None,
    projection: Projection = None,
    format: Annotated[  # noqa: A002
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            callback=_checked_format,
            help="table, json, nl, csv, md (a text to paste), or a feed: atom, jsonfeed. "
            "[default: table on a terminal, else json]",
            autocompletion=completing.change_formats,
            show_default=False,
        ),
    ] = None,
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """Tell what changed between two states: about whom, since when, by whose word."""
    from habeas.case import asking, comparing

    with opened(db, audience=audience) as case, Progress("Comparing") as progress:
        where = {
            "person": tuple(asking.person_of(case, one) for one in person or ()),
            "status": tuple(status or ()),
            "custody": tuple(custody or ()),
            "place": tuple(place or ()),
            "nationality": tuple(nationality or ()),
            "party": tuple(_registered(case, party or ())),
        }
        sides = [_side(case, text, on, projection) for text in (before, after)]
        chosen = {key: values for key, values in where.items() if values}
        found = comparing.compare(
            case,
            *(comparing.where_of(side, chosen) for side in sides),
            evidence=every,
            causes=cause or (),
            kinds=kind or (),
            progress=progress,
        )
    answer("changes", found.data, format)


def _side(case: Case, text: str, on: str | None, projection: str | None) -> Question:
    """Return the question that FROM or TO names; a snapshot keeps its own day and rules."""
    from habeas.case import comparing

    if (on or projection) and case.looked().has_snapshot(text):
        say(f"Note: the snapshot '{text}' keeps its own day and rules.")
    return comparing.side_named(case, text, on=on, projection=projection)


def _registered(case: Case, parties: Iterable[str]) -> Iterator[str]:
    """Yield the ids of parties that are registered. Raises UnknownName for others."""
    for one in parties:
        name = one.removeprefix("party:")
        case.looked().party(name)
        yield name
