"""`counts`, `groups`, `reconcile`, `durations`, `pending`, `sources`: numbers, and what is open."""

from __future__ import annotations

from typing import Annotated

import typer

from habeas.cli.lazy import examples
from habeas.cli.opening import opened
from habeas.cli.options import DATABASE, AsOf, AtLog, Audience, Db, Format, On, Projection
from habeas.cli.output import answer
from habeas.vocabulary import PUBLIC

Number = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER",
        help="A reported number: an event's id, the beginning of one, document#ref, or @N.",
        show_default=False,
    ),
]
Other = Annotated[
    str | None,
    typer.Argument(
        metavar="[OTHER]",
        help="The number to arrive at. [default: our own roster]",
        show_default=False,
    ),
]


@examples(
    "habeas counts --as-of 2026-01-09",
    "habeas counts --format csv > counts.csv",
)
def counts(
    *,
    as_of: AsOf = None,
    on: On = None,
    at_log: AtLog = None,
    projection: Projection = None,
    format: Format = None,  # noqa: A002
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """Tell the numbers that were reported, counter by counter, and why some do not fit."""
    _view("counts", as_of, on, at_log, projection, format, audience, db)


@examples(
    "habeas groups --as-of 2026-01-09",
    "habeas groups --format md > groups.md",
)
def groups(
    *,
    as_of: AsOf = None,
    on: On = None,
    at_log: AtLog = None,
    projection: Projection = None,
    format: Format = None,  # noqa: A002
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """Tell of each group how many were said to be one, how many are named, and how they stand."""
    _view("groups", as_of, on, at_log, projection, format, audience, db)


@examples(
    "habeas durations --on 2026-01-07",
    "habeas durations --format csv > held.csv",
)
def durations(
    *,
    as_of: AsOf = None,
    on: On = None,
    at_log: AtLog = None,
    projection: Projection = None,
    format: Format = None,  # noqa: A002
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """Tell how long everybody has been held by a day, as a range where dates are ranges."""
    _view("durations", as_of, on, at_log, projection, format, audience, db)


@examples(
    "habeas pending",
    "habeas pending --as-of 2026-01-09 --format md",
)
def pending(
    *,
    as_of: AsOf = None,
    on: On = None,
    at_log: AtLog = None,
    projection: Projection = None,
    format: Format = None,  # noqa: A002
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """List what is open, the most urgent first, each with what would settle it."""
    _view("pending", as_of, on, at_log, projection, format, audience, db)


@examples(
    "habeas sources --as-of 2026-01-09",
    "habeas sources --format nl",
)
def sources(
    *,
    as_of: AsOf = None,
    on: On = None,
    at_log: AtLog = None,
    projection: Projection = None,
    format: Format = None,  # noqa: A002
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """Tell what became of each voice's and each document's claims, and who relays whom."""
    _view("sources", as_of, on, at_log, projection, format, audience, db)


@examples(
    "habeas reconcile article-004#held-863 article-002#held-806",
    "habeas reconcile article-002#held-806 --format md",
)
def reconcile(
    *,
    number: Number,
    other: Other = None,
    as_of: AsOf = None,
    on: On = None,
    at_log: AtLog = None,
    projection: Projection = None,
    format: Format = None,  # noqa: A002
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """Lead from one reported number to another, and show what is left unexplained."""
    from habeas.case import numbers

    with opened(db, audience=audience) as case:
        question = case.question(as_of=as_of, on=on, at_log=at_log, projection=projection)
        answer("reconcile", numbers.reconciled(case, question, number, other).data, format)


def _view(
    name: str,
    as_of: str | None,
    on: str | None,
    at_log: str | None,
    projection: str | None,
    format: str | None,  # noqa: A002
    audience: str,
    db: Db,
) -> None:
    """Print one of the views of numbers."""
    from habeas.case import numbers

    with opened(db, audience=audience) as case:
        question = case.question(as_of=as_of, on=on, at_log=at_log, projection=projection)
        answer(name, numbers.view(case, question, name).data, format)
