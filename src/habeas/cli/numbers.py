"""`counts`, `groups`, `reconcile`, `durations`, `pending`, `sources`: numbers, and what is open."""

from __future__ import annotations

from collections.abc import Callable
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


def _view(name: str, told: str, *shown: str) -> Callable[..., None]:
    """Return the command that prints one of the views of numbers; `told` is its help."""

    def command(
        *,
        as_of: AsOf = None,
        on: On = None,
        at_log: AtLog = None,
        projection: Projection = None,
        format: Format = None,  # noqa: A002
        audience: Audience = PUBLIC,
        db: Db = DATABASE,
    ) -> None:
        from habeas.case import numbers

        with opened(db, audience=audience) as case:
            question = case.question(as_of=as_of, on=on, at_log=at_log, projection=projection)
            answer(name, numbers.view(case, question, name).data, format)

    command.__doc__ = told
    return examples(*shown)(command)


counts = _view(
    "counts",
    "Tell the numbers that were reported, counter by counter, and why some do not fit.",
    "habeas counts --as-of 2026-01-09",
    "habeas counts --format csv > counts.csv",
)
groups = _view(
    "groups",
    "Tell of each group how many were said to be one, how many are named, and how they stand.",
    "habeas groups --as-of 2026-01-09",
    "habeas groups --format md > groups.md",
)
durations = _view(
    "durations",
    "Tell how long everybody has been held by a day, as a range where dates are ranges.",
    "habeas durations --on 2026-01-07",
    "habeas durations --format csv > held.csv",
)
pending = _view(
    "pending",
    "List what is open, the most urgent first, each with what would settle it.",
    "habeas pending",
    "habeas pending --as-of 2026-01-09 --format md",
)
sources = _view(
    "sources",
    "Tell what became of each voice's and each document's claims, and who relays whom.",
    "habeas sources --as-of 2026-01-09",
    "habeas sources --format nl",
)


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
