"""`status`, `timeline`, `explain`: what was known, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from habeas.cli import completing
from habeas.cli.lazy import examples
from habeas.cli.opening import opened
from habeas.cli.options import DATABASE, AsOf, AtLog, Audience, Db, Format, On, Person, Projection
from habeas.cli.output import answer
from habeas.vocabulary import PUBLIC

Anybody = Annotated[
    str | None,
    typer.Argument(
        metavar="[PERSON]",
        help="A person: the id, the name or an alias. [default: everybody]",
        autocompletion=completing.persons,
        show_default=False,
    ),
]


@examples(
    "habeas status --as-of 2026-01-08",
    'habeas status "Perkins Rocha" --as-of 2026-01-09 --format md',
    "habeas status --at-log @57 --format csv > roster.csv",
)
def status(
    *,
    person: Anybody = None,
    as_of: AsOf = None,
    on: On = None,
    at_log: AtLog = None,
    projection: Projection = None,
    format: Format = None,  # noqa: A002
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """Tell what was known of everybody, or of one person, as of a date."""
    with opened(db, audience=audience) as case:
        found = case.status(person, as_of=as_of, on=on, at_log=at_log, projection=projection)
        answer("roster" if person is None else "person", found.data, format)


@examples(
    "habeas timeline perkins-rocha --as-of 2026-01-09",
    "habeas timeline --format md > timelines.md",
)
def timeline(
    *,
    person: Anybody = None,
    as_of: AsOf = None,
    on: On = None,
    at_log: AtLog = None,
    projection: Projection = None,
    format: Format = None,  # noqa: A002
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """Tell the stretches of custody of a person, or of everybody: from when until when."""
    from habeas.case import explaining

    with opened(db, audience=audience) as case:
        question = case.question(as_of=as_of, on=on, at_log=at_log, projection=projection)
        answer("timeline", explaining.timeline(case, question, person).data, format)


@examples(
    "habeas explain perkins-rocha --as-of 2026-01-09",
    'habeas explain "Enrique Marquez" --format md',
)
def explain(
    *,
    person: Person,
    as_of: AsOf = None,
    on: On = None,
    at_log: AtLog = None,
    projection: Projection = None,
    format: Format = None,  # noqa: A002
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """Tell why: every claim about a person, for, against, pending, contradicted or replaced."""
    from habeas.case import explaining

    with opened(db, audience=audience) as case:
        question = case.question(as_of=as_of, on=on, at_log=at_log, projection=projection)
        answer("explain", explaining.explain(case, question, person).data, format)
