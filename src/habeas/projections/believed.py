"""Beliefs written down: what a row and a citation hold, and how they are read back as answers.

It computes nothing: `beliefs` makes the rows. A row's code says the answer in a few words; its body
and the citations are JSON arrays of values, whose keys and order are fixed here. Another form makes
all rows stale: `FORM`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from habeas import times
from habeas.resolve.standing import LEVELS
from habeas.vocabulary import STATUSES

FORM: Final = 1
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

written: Final = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
_read: Final = json.JSONDecoder().decode


class Opened(NamedTuple):
    """A row, read: who it is about, what its code means, and the values in its body."""

    person: str
    name: str
    meaning: tuple[str, str | None, bool]
    values: list[Any]

    @property
    def seqs(self) -> Iterator[int]:
        """The `seq`s of the claims that it cites."""
        *_, support, against, pending, contradicted, unknown = self.values
        yield from support
        yield from against
        for item in (*pending, *contradicted):
            for part in item[4:]:
                yield from part
        yield from unknown

    def answer(self, cited: Mapping[int, dict[str, Any]]) -> dict[str, Any]:
        """Return the answer, as the JSON of `status` gives it (`person.row`)."""
        status, standing, contested = self.meaning
        known, custody, since, certainty, vouched, custody_since, *rest = self.values
        custody_standing, presumed, disputes, place, support, against, *rest = rest
        pending, contradicted, unknown = rest
        return {
            "person": self.person,
            "name": self.name,
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
            "last_known_at": times.instant_text(known - 1),
            "support": [cited[seq] for seq in support],
            "against": [cited[seq] for seq in against],
            "pending": [_item(item, cited) for item in pending],
            "contradicted": [_item(item, cited) for item in contradicted],
            "unknown": [who_spoke(cited[seq]) for seq in unknown],
        }


def opened(rows: Sequence[tuple[str, str, int, str]]) -> list[Opened]:
    """Read rows that have an answer: (person, name, code, body)."""
    values = _read(f"[{','.join([row[3] for row in rows])}]")
    found = []
    for (one, name, code, _), value in zip(rows, values, strict=True):
        meaning = MEANING[code]
        if meaning is None:
            raise ValueError(one)
        found.append(Opened(one, name, meaning, value))
    return found


def _item(item: list[Any], cited: Mapping[int, dict[str, Any]]) -> dict[str, Any]:
    status, custody, since, standing, support, *against = item
    written = {
        "status": status,
        "custody": custody,
        "since": since,
        "standing": standing,
        "support": [cited[seq] for seq in support],
    }
    if against:
        written["against"] = [cited[seq] for seq in against[0]]
    return written


def shown(data: Mapping[int, str]) -> dict[int, dict[str, Any]]:
    """Return what is shown of claims, by `seq`, as `evidence.cite` gives it."""
    values = _read(f"[{','.join(data.values())}]")
    return {
        seq: {
            "event": event,
            "voice": voice,
            "origin": origin,
            "document": document,
            "stance": stance,
            "status": status,
            "when": when,
        }
        for seq, (event, voice, origin, document, stance, status, when) in zip(
            data, values, strict=True
        )
    }


def who_spoke(claim: dict[str, Any]) -> dict[str, Any]:
    """Return what is shown of a claim where only who spoke is."""
    return {"event": claim["event"], "voice": claim["voice"]}
