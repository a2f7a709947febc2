"""Sealing: the data of an event becomes a line of the canonical text log, with salt and hashes.

It checks nothing of the data, which is what makes it fast; whoever imports the line does. Salts
come from the generator's own random numbers, so that equal seeds give equal bytes.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any, Final, NamedTuple

from habeas import textlog
from habeas.log.hashes import SALT_BYTES, commitment_of
from habeas.log.records import Record

Data = dict[str, Any]

_encode: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


class Sealed(NamedTuple):
    """An event's place, id and line."""

    seq: int
    id: str
    line: bytes


class Sealer:
    """Gives events their places, one after the other; `recorded` in UTC microseconds rises."""

    def __init__(self, rng: Random) -> None:
        self.seq = 0
        self._rng = rng
        self._recorded = 0

    def seal(self, type_: str, data: Data, recorder: str, recorded: int) -> Sealed:
        """Seal the next event, recorded at `recorded`, or just after the one before it."""
        self.seq += 1
        self._recorded = max(recorded, self._recorded + 1_000)
        payload = _encode({"data": data, "recorder": recorder}).encode()
        salt = self._rng.randbytes(SALT_BYTES)
        record = Record(
            seq=self.seq,
            type=type_,
            version=1,
            recorded=self._recorded,
            commitment=commitment_of(salt, payload),
            salt=salt,
            payload=payload,
        )
        return Sealed(self.seq, record.id, textlog.line_of(record))
