"""A case of as many invented persons as are wanted, and those of its pages that are measured."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from habeas import times
from habeas.case import Case
from habeas.events import TAGS, Event, build
from habeas.store import LogStore
from habeas.store.memory import MemoryStore
from habeas.web.edition import Edition
from habeas.web.files import ASSETS, Files

DAYS: Final = 5
"""On how many days in a row there is news."""


def case_of(persons: int, store: LogStore | None = None) -> Case:
    """Return a case: persons detained on one of four days, every third released on the fifth."""
    now = itertools.count(times.parse_instant("2001-02-01T00:00:00.000000Z"), 1_000)
    count = itertools.count()
    case = Case(
        MemoryStore() if store is None else store,
        clock=now.__next__,
        entropy=lambda n: hashlib.shake_256(b"%d" % next(count)).digest(n),
    )
    case.open_case("many", title="Many", timezone="UTC", recorder="tester")
    case.append(*_events(persons))
    return case


def _events(persons: int) -> Iterator[Event]:
    yield _made("party.registered", party="league", name="The League", kind="monitor")
    for day in range(1, DAYS + 1):
        named = {"document": f"d-{day}", "published": f"2001-01-{day:02}", "title": f"Day {day}"}
        yield _made("document.registered", publisher="league", **named)
    for n in range(persons):
        name = f"p-{n:04}"
        yield _made("person.registered", person=name, name=f"Nobody {n:04}")
        said = {"person": name, "stance": "asserted"}
        told = {"status": "detained", "document": f"d-{n % 4 + 1}", "place": f"Cell {n % 40}"}
        yield _made("status.claimed", **told, **said)
        if n % 3 == 0:
            later = {"document": "d-5", "when": "2001-01-05", "status": "released"}
            yield _made("status.claimed", **later, **said)


def _made(type_: str, **data: Any) -> Event:  # noqa: ANN401 - JSON values
    event: Event = build(TAGS[type_, 1], data)
    return event


def write_some(edition: Edition, folder: Path, addresses: Iterable[str]) -> None:
    """Write some of a site's files into a folder; enough of it for those pages to work."""
    files = Files(edition)
    wanted = {*addresses, "data/intervals.js", *(f"assets/{name}" for name in ASSETS)}
    for address in wanted:
        path = folder / address
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(files.file(address) or b"")
