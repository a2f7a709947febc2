"""What habeas is: its versions, and the form of its log."""

from __future__ import annotations

from habeas.cli.lazy import examples
from habeas.cli.output import put


def version() -> None:
    """Print the versions, and what the database in use lets us promise."""
    import platform
    from importlib.metadata import version as installed

    from habeas.store import promise

    put(f"habeas {installed('habeas')}\n")
    put(f"Python {platform.python_version()}\n")
    put(f"{promise()}\n")


@examples("habeas schema > event.schema.json")
def schema() -> None:
    """Print the JSON Schema of the text log: what other programs may rely on."""
    from habeas.schema import schema_text

    put(schema_text())
