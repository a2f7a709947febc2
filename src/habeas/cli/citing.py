"""The citation's options: where a claim stands, and who is its origin; the same on every claim."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer

from habeas.cli import completing

Document = Annotated[
    str,
    typer.Option(
        "--document",
        metavar="DOCUMENT",
        help="Where we read it.",
        autocompletion=completing.documents,
    ),
]
Origin = Annotated[
    str | None,
    typer.Option(
        metavar="PARTY",
        help="The party to whom the document attributes it. [default: its publisher]",
        autocompletion=completing.parties,
        show_default=False,
    ),
]
Via = Annotated[
    list[str] | None,
    typer.Option(
        metavar="PARTY",
        help="A party through which it came, nearest first; may be repeated.",
        autocompletion=completing.parties,
    ),
]
Reported = Annotated[
    str | None,
    typer.Option(metavar="EDTF", help="When this became public, if not with the document."),
]
Said = Annotated[
    str | None, typer.Option(metavar="EDTF", help="When the origin spoke, if that is told.")
]
Basis = Annotated[
    str | None,
    typer.Option(
        metavar="WORD",
        help="What it rests on: statement, interview, video, photo, list, court_record or "
        "own_reporting.",
        autocompletion=completing.bases,
    ),
]
Locator = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Its paragraph ('¶ 4'), page or time code.")
]
Ref = Annotated[
    str | None,
    typer.Option(metavar="ID", help="A short name for the claim; document#ref addresses it."),
]
Note = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Why it was read so, in our own words.")
]
Stance = Annotated[
    str,
    typer.Option(
        metavar="WORD",
        help="How the party stands to it: asserted, unconfirmed, expected, denied or unknown.",
        autocompletion=completing.stances,
    ),
]
When = Annotated[
    str | None,
    typer.Option(metavar="EDTF", help="What it is about: 2026-01-08, 2024-08/.., [..2026-01-08]."),
]
Place = Annotated[str | None, typer.Option(metavar="TEXT", help="Where.")]

CITATION: Final = (
    *("document", "origin", "via", "reported", "said", "basis", "locator", "ref", "note"),
)
"""The names of the citation's fields."""


def cited(values: dict[str, Any]) -> dict[str, Any]:
    """Return the citation's part of a command's values."""
    return {name: values[name] for name in CITATION}
