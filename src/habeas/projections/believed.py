"""Beliefs written down: what a row and a citation hold, and how they are read back as answers.

It computes nothing: `beliefs` makes the rows. A row's code says the answer in a few words; its body
and the citations are JSON arrays of values, whose keys and order are fixed here. Another form makes
all rows stale: `FORM`. What is shown of the claims about a person stands in one text: a line a
claim, its values between tabs, which none of them can hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from habeas import times
from habeas.projections.facts import ITEM_FACTS, reduced
from habeas.rules import LEVELS
from habeas.vocabulary import STATUSES

FORM: Final = 4
"""The version of what is written in a row; another one makes all rows stale."""

_STANDINGS: Final = (None, *LEVELS)
MEANING: Final = (
    None,
    *((status, standing, bool(contested)) for status in STATUSES for standing in _STANDINGS
      for contested in (0, 1)),
)  # fmt: skip
"""What a row's code says: (status, standing, contested); None where there is no answer."""

CODE: Final = {meaning: code for code, meaning in enumerate(MEANING)}
BODY: Final = (
    *("custody", "since", "certainty", "vouched", "custody_since", "custody_standing", "presumed"),
    *("disputes", "place", "support", "against", "pending", "contradicted", "unknown"),
)
CITED: Final = ("event", "voice", "origin", "document", "stance", "status", "when")

ELAPSED: Final = "0"
"""Why a row is another answer where nothing was said, and a stated beginning or end passed."""

ONLY_THEN: Final = "?"
"""What follows the events that made a row another answer, if they may not have later on.

It stands alone where several events came out and the code of the row is that of the one before:
which of them did it is found where it is asked.
"""

written: Final = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
_read: Final = json.JSONDecoder().decode


def answers(rows: Iterable[tuple[str, str, int, str, str]]) -> Iterator[dict[str, Any]]:
    """Yield the answers in rows that have one, as the JSON of `status` gives them (`person.row`).

    A row is (person, name, code, body, what is shown of the claims about the person).
    """
    read = list(rows)
    bodies = _read(f"[{','.join([row[3] for row in read])}]")
    for (one, name, code, _, claims), body in zip(read, bodies, strict=True):
        status, standing, contested = MEANING[code]  # type: ignore[misc] # there is an answer
        known, custody, since, certainty, vouched, custody_since, custody_standing = body[:7]
        presumed, disputes, place, support, against, pending, contradicted, unknown = body[7:]
        said = {line[: line.index("\t")]: line for line in claims.split("\n")} if claims else {}
        yield {
            "person": one,
            "name": name,
            "status": status,
            "custody": custody,
            "since": since,
            "certainty": certainty,
            "standing": standing,
            "vouched": vouched,
            "custody_since": custody_since,
            "custody_standing": custody_standing,
            "presumed": presumed,
            "contested": contested,
            "disputes": disputes,
            "place": place,
            "last_known_at": _last_known_at(known),
            "support": _shown(support, said),
            "against": _shown(against, said) if against else against,
            "pending": [_item(item, said) for item in pending] if pending else pending,
            "contradicted": [_item(item, said) for item in contradicted]
            if contradicted
            else contradicted,
            "unknown": [who_spoke(claim) for claim in _shown(unknown, said)]
            if unknown
            else unknown,
        }


def facts(one: str, name: str, code: int, body: str) -> dict[str, Any]:
    """Return the facts of the answer in a row (`facts.reduced`)."""
    status, standing, contested = MEANING[code]  # type: ignore[misc] # there is an answer
    values = dict(zip(BODY, _read(body)[1:], strict=True))
    said = {"person": one, "name": name, "status": status, "standing": standing}
    for key in ("pending", "contradicted"):
        values[key] = [dict(zip(ITEM_FACTS, item, strict=False)) for item in values[key]]
    return reduced({**values, **said, "contested": contested})


def same_facts(one: tuple[int, int, str, str], other: tuple[int, int, str, str]) -> bool:
    """Say whether two rows tell the same, whoever says so."""
    if MEANING[one[1]] != MEANING[other[1]]:
        return False
    return _told(one[2]) == _told(other[2])


def _told(body: str) -> list[Any]:
    """Return what a body tells, without evidence."""
    values = _read(body)
    items = [[item[:4] for item in values[place]] for place in (-3, -2)]
    return [*values[1:10], *items]


@lru_cache(maxsize=16_384)
def _last_known_at(known: int) -> str:
    return times.instant_text(known - 1)


_Said = Mapping[str, str]
"""The line of each claim, by its `seq` as it stands there: most are not shown, and stay unread."""


def _shown(seqs: Iterable[int], said: _Said) -> list[dict[str, Any]]:
    """Return what is shown of claims, as `evidence.cite` gives it."""
    shown = []
    for seq in seqs:
        _, event, voice, origin, document, stance, status, when = said[str(seq)].split("\t")
        shown.append(
            {
                "event": event,
                "voice": voice,
                "origin": origin,
                "document": document,
                "stance": stance,
                "status": status,
                "when": when or None,
            }
        )
    return shown


def _item(item: list[Any], said: _Said) -> dict[str, Any]:
    status, custody, since, standing, support, *against = item
    written = {
        "status": status,
        "custody": custody,
        "since": since,
        "standing": standing,
        "support": _shown(support, said),
    }
    if against:
        written["against"] = _shown(against[0], said)
    return written


def who_spoke(claim: dict[str, Any]) -> dict[str, Any]:
    """Return what is shown of a claim where only who spoke is."""
    return {"event": claim["event"], "voice": claim["voice"]}


def why_of(why: str) -> tuple[tuple[int, ...], bool]:
    """Return why a row is another answer than the one before: the `seq`s of events, in order.

    0 among them: a date has passed. And whether it is the same where the answer before is compared
    with this one later on, as long as no other row has come.
    """
    events, only_then, _ = why.partition(ONLY_THEN)
    return tuple(map(int, events.split())), not only_then
