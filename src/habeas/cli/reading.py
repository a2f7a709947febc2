"""`status`, `timeline`, `explain`: what was known, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from habeas.cli import completing
from habeas.cli.lazy import examples
from habeas.cli.opening import opened
from habeas.cli.options import DATABASE, AsOf, AtLog, Audience, Db, Format, On, Person, Projection
from habeas.cli.output import answer
from habeas.vocabulary import PUBLIC

if TYPE_CHECKING:
    from pathlib import Path

    from habeas.case import Case
    from habeas.case.asking import Answer

LONG = 20_000
"""From how many events on a replay of everybody takes noticeable time."""

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
    if at_log is None and projection in {None, "default"}:
        told = _glance(db, person, as_of, on, audience)
        if told is not None:
            answer("roster" if person is None else "person", told, format)
            return
    from habeas.case import asking

    with opened(db, audience=audience) as case:
        if person is None and at_log is None:
            _warn_of_replay(case, as_of, on, projection)
        # Not `case.status`: the quick door was asked already.
        question = case.question(as_of=as_of, on=on, at_log=at_log, projection=projection)
        found = asking.status(case, question, person)
        view = "roster" if person is None else "person"
        answer(view, found.data, format, title=_title(case, person, found))


def _title(case: Case, person: str | None, found: Answer) -> str | None:
    """Return the name of a person of whom nothing was known yet: no answer has it."""
    if person is None or found.persons:
        return None
    from habeas.case import asking

    name = asking.person_of(case, person)
    return case.state_about(name, None).person(name).name


def _glance(
    db: Path, person: str | None, as_of: str | None, on: str | None, audience: str
) -> dict[str, Any] | None:
    """Return the answer, if the quick door knows one."""
    from habeas.case import glancing
    from habeas.case.clock import system_clock

    asked = glancing.Asked(as_of, on, audience, system_clock())
    if person is None:
        return glancing.roster(db, asked)
    told = glancing.person(db, person, asked)
    return told if told and told["persons"] else None


def _warn_of_replay(case: Case, as_of: str | None, on: str | None, projection: str | None) -> None:
    """Say on stderr that a long log is about to be replayed whole, and how to be quicker."""
    from habeas.cli.errors import say

    length = case.store.head().position
    if length < LONG:
        return
    question = case.question(as_of=as_of, on=on, projection=projection)
    if case.view(question) is None:
        hint = "`habeas rebuild` makes a read model that answers at once"
        say(f"No read model answers this: replaying {length:,} events.\nHint: {hint}")


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
        found = explaining.timeline(case, question, person)
        answer("timeline", found.data, format, title=_title(case, person, found))


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
        found = explaining.explain(case, question, person)
        answer("explain", found.data, format, title=_title(case, person, found))
