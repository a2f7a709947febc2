"""Beliefs written down: what a row and a citation hold, and how they are read back as answers.

It computes nothing: `beliefs` makes the rows. A row's code says the answer in a few words; its body
and the citations are JSON arrays of values, whose keys and order are fixed here. Another form makes
all rows stale: `FORM`. What is shown of the claims about a person stands in one text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from habeas import times
from habeas.rules import LEVELS
from habeas.vocabulary import STATUSES

FORM: Final = 2
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
"""What follows the events that made a row another answer, if they may not have later on."""

written: Final = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
_read: Final = json.JSONDecoder().decode


def answers(rows: Iterable[tuple[str, str, int, str, str]]) -> Iterator[dict[str, Any]]:
    """Yield the answers in rows that have one, as the JSON of `status` gives them (`person.row`).

    A row is (person, name, code, body, what is shown of the claims about the person).
    """
    read = list(rows)
    values = iter(_read(f"[{','.join([f'{row[3]},{row[4]}' for row in read])}]"))
    for (one, name, code, _, _), body, claims in zip(read, values, values, strict=True):
        meaning = MEANING[code]
        if meaning is None:
            raise ValueError(one)
        status, standing, contested = meaning
        known, custody, since, certainty, vouched, custody_since, *rest = body
        custody_standing, presumed, disputes, place, support, against, *rest = rest
        pending, contradicted, unknown = rest
        said = {claim[0]: claim for claim in claims}
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


@lru_cache(maxsize=16_384)
def _last_known_at(known: int) -> str:
    return times.instant_text(known - 1)


_Said = Mapping[int, list[Any]]


def _shown(seqs: Iterable[int], said: _Said) -> list[dict[str, Any]]:
    """Return what is shown of claims, as `evidence.cite` gives it."""
    return [
        {
            "event": claim[1],
            "voice": claim[2],
            "origin": claim[3],
            "document": claim[4],
            "stance": claim[5],
            "status": claim[6],
            "when": claim[7],
        }
        for claim in map(said.__getitem__, seqs)
    ]


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
    events, _, only_then = why.partition(ONLY_THEN)
    return tuple(map(int, events.split())), not only_then
