"""What goes in: the claims about one person; the rules they are judged by are `rules`.

No zones, no dates, no documents and no names of people: whoever builds a `Claim` (log.py) has
turned all of that into integers and short words, and has left out what does not count (withdrawn,
voided, unknown by then, of parties graded worse than the rules allow).

Instants are integer microseconds since 1970-01-01T00:00Z; windows are half-open, `[start, end)`,
with `times.EVER` and `times.NEVER` for sides without a bound.
"""

from __future__ import annotations

from typing import NamedTuple

from habeas.rules import DEFAULT_RULES, ENGINE, LEVELS, Rules
from habeas.times import Window
from habeas.when import When


class Claim(NamedTuple):
    """One voice's statement about one person's status.

    `seq` is the claim's place in the log and its name in every answer. `voice` is the root of the
    speaking party's `part_of` chain and `kind` the speaking party's own kind (design section 4).
    `known` is the exclusive end of the reported interval, `said` that of the `said` date, or None.
    `seen` is the day, `[start, end)`, on which the claim says that the status held: of `../D` it is
    D, of `/B` the day before B's first, else (absent `when`, `A/..`, `expected`) the last day of
    `said`, or of `known`; None where that is not stated.
    """

    seq: int
    voice: str
    kind: str
    status: str
    stance: str
    known: int
    said: int | None
    when: When
    seen: Window | None


__all__ = ["DEFAULT_RULES", "ENGINE", "LEVELS", "Claim", "Rules"]
