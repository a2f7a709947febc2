"""Options and arguments that several commands share: the same words, and the same meaning, on each.

Declared for each command and not before it, so that they may follow the command's name.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from habeas.cli import completing

DATABASE: Final = Path("habeas.db")

Db = Annotated[
    Path,
    typer.Option("--db", envvar="HABEAS_DB", metavar="PATH", help="The case's database."),
]
Recorder = Annotated[
    str,
    typer.Option(
        envvar="HABEAS_RECORDER",
        metavar="NAME",
        help="Who records this, in the log for good; it may become public.",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check everything, and keep nothing.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="WHEN",
        help="What was known by then: a day (through its end) or a timestamp. [default: today]",
        show_default=False,
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DATE",
        help="The day in the person's life that is asked about. [default: the as-of day]",
        show_default=False,
    ),
]
AtLog = Annotated[
    str | None,
    typer.Option(
        "--at-log",
        metavar="WHEN",
        help="What the log held then: a day, a timestamp, or @N, its first N events.",
        show_default=False,
    ),
]
Projection = Annotated[
    str | None,
    typer.Option(
        "--projection",
        metavar="NAME",
        help="The rules to ask under: projections/NAME, or a file.",
        autocompletion=completing.projections,
        show_default=False,
    ),
]


def checked_format(name: str | None) -> str | None:
    """Return the name of a format, if it is one; else the usage is wrong."""
    if name is None:
        return None
    from habeas.render import UnknownFormat, check_format

    try:
        return check_format(name)
    except UnknownFormat as error:
        message = f"{error.message}; {error.hint}"
        raise typer.BadParameter(message) from None


Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        callback=checked_format,
        help="table, json, nl (one JSON value a line), csv or md. [default: table on a terminal, "
        "else json]",
        autocompletion=completing.formats,
        show_default=False,
    ),
]
Person = Annotated[
    str,
    typer.Argument(
        metavar="PERSON",
        help="A person: the id, the name or an alias.",
        autocompletion=completing.persons,
        show_default=False,
    ),
]
Audience = Annotated[
    str,
    typer.Option(
        "--audience",
        metavar="AUDIENCE",
        help="For whom: public, or desk, from whom nothing is withheld.",
        autocompletion=completing.audiences,
    ),
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is recorded.")]
Follows = Annotated[
    str | None,
    typer.Option(
        "--follows",
        metavar="EVENT",
        help="The newest event about it that you have seen. [default: the newest there is]",
        show_default=False,
    ),
]
