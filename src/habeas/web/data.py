"""The answers as files beside the pages: JSON and CSV as the command line writes them; feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from habeas import render
from habeas.web.contexts import RECENT
from habeas.web.edition import Edition

KINDS: Final = ("status", "changes", "counts", "groups", "sources")
"""The questions whose answers are given as files for each day."""

FORMS: Final = ("json", "csv")
_FILE: Final = re.compile(
    rf"data/({'|'.join(KINDS)})-([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})\.({'|'.join(FORMS)})"
)
_PERSON: Final = re.compile(r"data/person/([a-z0-9-]+)\.json")
_VIEW: Final = {"status": "roster"}
FEEDS: Final = {"feed.atom": "atom", "feed.json": "jsonfeed"}


def files_of_day(day: date) -> Iterator[str]:
    """Yield the addresses of a day's data."""
    yield from (f"data/{kind}-{day}.{form}" for kind in KINDS for form in FORMS)


def data_file(edition: Edition, address: str) -> str | None:
    """Return the file of data at an address; None where there is none."""
    if address in FEEDS:
        return render.write("changes", news(edition), FEEDS[address])
    person = _PERSON.fullmatch(address)
    if person is not None:
        found = person[1] in edition.persons
        return (
            render.write("explain", edition.story(person[1], edition.newest), "json")
            if found
            else None
        )
    asked = _FILE.fullmatch(address)
    if asked is None:
        return None
    day = next((one for one in edition.days if one.isoformat() == asked[2]), None)
    if day is None:
        return None
    kind = asked[1]
    return render.write(_VIEW.get(kind, kind), answer(edition, kind, day), asked[3])


def answer(edition: Edition, kind: str, day: date) -> dict[str, Any]:
    """Return the answer of one of KINDS for a day."""
    if kind == "status":
        return edition.roster(day).data
    return edition.changes(day) if kind == "changes" else edition.view(kind, day)


def news(edition: Edition) -> dict[str, Any]:
    """Return the changes of the last days, each day's against the day with news before it."""
    parts = [edition.changes(day) for day in edition.days[-RECENT:]]
    told = {"from": parts[0]["from"], "to": parts[-1]["to"]}
    lists = [key for key, value in parts[-1].items() if isinstance(value, list)]
    return told | {key: [one for part in parts for one in part[key]] for key in lists}
