"""What a browser needs to move through time: of each person, what is answered from which day on.

One file, compressed: words are the page's own, and each answer stands in it once, however many
persons share it. A day's answer is the roster's row of that day, cut down to what a row shows.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from habeas import resolve, times
from habeas.log import counting
from habeas.projections import evidence, person
from habeas.web import dates
from habeas.web.edition import Edition

MOST: Final = 5_000
"""Up to how many persons the file is made; a larger case is read day by day."""

Fact = tuple[Any, ...]


def fact(row: dict[str, Any]) -> Fact:
    """Return what a row of the roster shows of an answer."""
    told = tuple(dict.fromkeys((one["status"], one["standing"]) for one in row["pending"]))
    return (
        row["status"],
        row["custody"],
        row["standing"] or "",
        row["since"] or "",
        row["certainty"] == "possible",
        row["contested"],
        row["place"] or "",
        told,
        len({one["voice"] for one in row["support"]}),
    )


def turns(edition: Edition, name: str) -> list[tuple[date, dict[str, Any] | None]]:
    """Return the days from which a person's row is another, each with the row; None: no claim."""
    found: list[tuple[date, dict[str, Any] | None]] = []
    last: Fact | None = None
    for day in sorted(_days(edition, name)):
        told = person.told(edition.state, name, edition.question(day))
        row = None if told is None else person.row(edition.state, told)
        shown = None if row is None else fact(row)
        if shown != last:
            found.append((day, row))
        last = shown
    return found


def _days(edition: Edition, name: str) -> Iterator[date]:
    """Yield the days on which a person's answer can change: news, and dates that pass."""
    state, zone, last = edition.state, edition.zone, edition.newest
    seqs = {seq for one in state.merged_with(name) for seq in state.said_of.get(one, ())}
    threads = [state.threads[seq] for seq in seqs if not state.threads[seq].voided]
    ends = {counting.known_at(state, one.event) for one in threads}
    ends |= {at for one in threads if (at := counting.withdrawn_at(state, one)) is not None}
    news = {times.day_of(end - 1, zone) for end in ends if end < times.NEVER}
    yield from (day for day in news if day <= last)
    rules = edition.question(last).rules
    for day in news:
        known = evidence.gather(state, name, times.day_window(day, zone)[1], rules)
        if known is not None:
            yield from _passing(edition, resolve.resolve(known.claims, rules), day)


def _passing(edition: Edition, history: resolve.History, day: date) -> Iterator[date]:
    """Yield the later days on which a told date passes."""
    after = times.day_window(day, edition.zone)[1]
    until = times.day_window(edition.newest, edition.zone)[1]
    for moment in history.boundaries:
        if after < moment <= until:
            yield times.day_of(moment - 1, edition.zone)


class _Table:
    """Values, each with its place."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._places: dict[Any, int] = {}

    def place(self, value: Any) -> int:  # noqa: ANN401 - whatever can be a key
        if value not in self._places:
            self._places[value] = len(self.values)
            self.values.append(value)
        return self._places[value]


def intervals(edition: Edition) -> dict[str, Any]:
    """Return all persons' rows over time; days are counted from the first known one."""
    first, facts, since = edition.days[0], _Table(), _Table()
    persons = []
    for name in edition.state.all_of("person"):
        if edition.state.keeper(name) != name:
            continue
        steps: list[int] = []
        for day, row in turns(edition, name):
            steps += [(day - first).days, -1 if row is None else facts.place(_coded(row, since))]
        if steps:
            persons.append([name, edition.state.person(name).name, steps])
    return {
        "version": 1,
        "position": edition.position,
        "root": edition.root,
        "first": first.isoformat(),
        "marks": [(day - first).days for day in edition.days],
        "since": [[text, dates.say(text, "en"), dates.say(text, "es")] for text in since.values],
        "facts": facts.values,
        "persons": persons,
    }


def _coded(row: dict[str, Any], since: _Table) -> Fact:
    """Return a row's fact with the place of its date."""
    status, custody, standing, begun, *rest = fact(row)
    return (status, custody, standing, since.place(begun), *rest)


def packed(edition: Edition) -> bytes:
    """Return the intervals as a script, which a page opened from a file can read."""
    return _script(intervals(edition))


def nothing(edition: Edition, position: int) -> bytes:
    """Return the script of a position at which nothing was known."""
    first = edition.days[0].isoformat()
    empty = {"version": 1, "position": position, "first": first, "since": [], "facts": []}
    return _script(empty | {"marks": [], "persons": []})


def _script(told: dict[str, Any]) -> bytes:
    plain = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    text = base64.b64encode(zlib.compress(plain, 9)).decode()
    return f'habeasIntervals({told["position"]},"{text}");\n'.encode()
