"""Output formats: an answer's JSON values in, text out.

Pure: no terminal, no file, no clock, and no judgement of its own. What is published depends on the
data alone, so the same answer gives the same bytes. `write` is the door; each view stands in a file
of its own, which gives a page of blocks (`page`; for Markdown `text`, where that is to be another)
and flat records (`records`).

Formats: `table` for a screen, `json` the whole answer, `nl` one JSON value a line, `csv` (RFC 4180,
safe in a spreadsheet), `md` (GitHub's Markdown); of a change log also `atom` and `jsonfeed`.
"""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any, Final

from habeas.errors import HabeasError

FORMATS: Final = ("table", "json", "nl", "csv", "md")
FEEDS: Final = ("atom", "jsonfeed")
"""What a change log is written in besides, for feed readers."""

VIEWS: Final = (
    *("roster", "person", "timeline", "explain", "changes", "log", "event"),
    *("counts", "groups", "pending", "sources", "durations", "reconcile", "snapshots"),
    "verdict",
)
WIDTH: Final = 100
"""The width of a table where no screen says otherwise."""


class UnknownFormat(HabeasError):
    """A format that we do not write."""


def formats_of(view: str) -> tuple[str, ...]:
    """Return the formats in which a view is written."""
    return (*FORMATS, *FEEDS) if view == "changes" else FORMATS


def check_format(name: str, view: str = "roster") -> str:
    """Return the name of a format of a view. Raises UnknownFormat for any other word."""
    if name not in formats_of(view):
        message = f"'{name}' is no format" + (" of this" if name in FEEDS else "")
        raise UnknownFormat(message, hint=f"one of: {', '.join(formats_of(view))}")
    return name


def write(
    view: str,
    data: dict[str, Any],
    format: str,  # noqa: A002 - what it is called on the command line
    *,
    title: str | None = None,
    width: int | None = None,
) -> str:
    """Return an answer in a format, ending in a newline.

    `title` is the page's own, for `table` and `md`; `width` counts the cells of the screen. Raises
    UnknownFormat.
    """
    check_format(format, view)
    if format == "json":
        return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    if format in FEEDS:
        from habeas.render.feeds import feed_text  # noqa: PLC0415

        return feed_text(data, format, title=title)
    module = import_module(f"habeas.render.{view}")
    if format == "nl":
        return "".join(json_line(one) for one in module.lines(data))
    if format == "csv":
        from habeas.render.sheet import sheet  # noqa: PLC0415

        return sheet(module.COLUMNS, module.records(data))
    if format == "md":
        from habeas.render.gfm import gfm  # noqa: PLC0415

        return gfm(getattr(module, "text", module.page)(data, title))
    from habeas.render.screen import screen  # noqa: PLC0415

    return screen(module.page(data, title), width or WIDTH)


def json_line(value: object) -> str:
    """Return a JSON value in one line, with its newline."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


__all__ = [
    "FEEDS",
    "FORMATS",
    "VIEWS",
    "WIDTH",
    "UnknownFormat",
    "check_format",
    "formats_of",
    "json_line",
    "write",
]
