"""`add`: one thing or claim at a time, and how a command's values become an event.

Options that were not given are absent from the event. Persons are found by name or alias; parties
and documents by id, and what nobody registered is refused where the event is appended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

import typer

from habeas.cli.lazy import Group, Lazy
from habeas.cli.opening import opened, report
from habeas.vocabulary import DESK

if TYPE_CHECKING:
    from habeas.case import Case
    from habeas.events import Event

KINDS: Final = {
    "party": Lazy("adding_things:party", "Register somebody who speaks."),
    "document": Lazy("adding_things:document", "Register something we read claims in."),
    "person": Lazy("adding_things:person", "Register somebody whose status we follow."),
    "status": Lazy("adding_claims:status", "A party says what befell a person."),
    "detail": Lazy("adding_claims:detail", "A party says something else of a person."),
    "count": Lazy("adding_numbers:count", "A party gives a number of persons."),
    "group": Lazy("adding_numbers:group", "A party says something of a group."),
    "remark": Lazy("adding_claims:remark", "A party says what is none of the others."),
    "unlisted": Lazy("adding_claims:unlisted", "A list no longer carries somebody."),
}


class Adding(Group):
    """The kinds of thing that can be added."""

    lazy = KINDS


app = typer.Typer(
    cls=Adding, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)


@app.callback(epilog="\b\nExamples:\n  habeas add status --help\n")
def _add() -> None:
    """Record one thing: append an event, and print its id."""


def record(
    values: dict[str, Any],
    make: Callable[[dict[str, Any]], Iterable[Event]],
    *,
    persons: Iterable[str] = (),
) -> None:
    """Append what `make` makes of a command's values, all or nothing, and print the ids.

    `values` are the command's parameters by name: those of the event, and `db`, `recorder` and
    `dry_run`. `make` is given the former without what is absent, those in `persons` as ids.
    """
    db, recorder, dry_run = (values.pop(name) for name in ("db", "recorder", "dry_run"))
    given = {name: _plain(one) for name, one in values.items() if one not in (None, [])}
    with opened(db, audience=DESK) as case:
        given |= {name: _persons(case, given[name]) for name in persons if name in given}
        report(case.append(*make(given), recorder=recorder, dry_run=dry_run), dry_run=dry_run)


def _plain(value: Any) -> Any:  # noqa: ANN401 - what an option holds
    """Return a value as an event holds it: lists as tuples, parties and documents by their ids."""
    if isinstance(value, list):
        return tuple(map(_plain, value))
    if isinstance(value, str):
        return value.removeprefix("party:").removeprefix("document:")
    return value


def _persons(case: Case, typed: str | tuple[str, ...]) -> str | tuple[str, ...]:
    from habeas.case.asking import person_of

    if isinstance(typed, str):
        return person_of(case, typed)
    return tuple(person_of(case, one) for one in typed)


def event(type_: str, values: dict[str, Any]) -> Event:
    """Make an event of a type. Raises BadValue for a value that it refuses."""
    from habeas.events import TAGS, build

    made: Event = build(TAGS[type_, 1], values)
    return made
