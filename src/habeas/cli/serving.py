"""`serve`: the pages of a case, live, read-only."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from habeas.cli.errors import say
from habeas.cli.lazy import examples
from habeas.cli.opening import opened
from habeas.cli.options import DATABASE, Db
from habeas.errors import HabeasError


@examples(
    "habeas serve",
    "habeas serve --port 8765",
    "habeas serve --host 0.0.0.0 --name desk.example.org",
)
def serve(
    *,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; others can reach 0.0.0.0.")
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="A name or address by which others ask for it; several times."
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port.")] = 8400,
    db: Db = DATABASE,
) -> None:
    """Serve the pages of a case, and every question as JSON under /api; it appends nothing."""
    try:
        from habeas.web import server
    except ModuleNotFoundError as error:
        message = f"serving needs '{error.name}', which is not installed"
        hint = "pip install 'habeas[web]', or in a clone: pip install '.[web]'"
        raise HabeasError(message, hint=hint) from None
    with opened(db) as case:
        say(f"{case.looked().case.title}: http://{host}:{port}/ (stop with Ctrl-C)")
    server.serve(partial(opened, db), host=host, port=port, names=name or ())
