"""A claim made ready for weighing: what it tells, what it saw, and from when it is over.

It does not compare claims (`latest`) and decides nothing. Windows are half-open; a claim is over on
day D if D's exclusive end is at or after `over`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from habeas.resolve.claims import Claim, Rules
from habeas.times import EVER, NEVER, Window
from habeas.vocabulary import CUSTODY_OF, REFINES

ASSERTED: Final = 3
UNCONFIRMED: Final = 2
EXPECTED: Final = 1
SILENT: Final = 0
RANK: Final = {
    "asserted": ASSERTED,
    "unconfirmed": UNCONFIRMED,
    "expected": EXPECTED,
    "denied": SILENT,
    "unknown": SILENT,
}
"""How firmly a stance tells of its status; denials and ignorance tell nothing of it."""

FINER: Final = {
    status: tuple(finer for finer, coarser in REFINES.items() if coarser == status)
    for status in REFINES.values()
}
"""A status, and those that refine it."""

NO_TIME: Final = (EVER, EVER)


class Word(NamedTuple):
    """One claim, with all that depends on it alone.

    `order` is when its voice spoke. `begin` is the window of the beginning as said, or None; `cut`
    the same cut at `known`. `end` is that of the end, `over` the first exclusive end of a day on
    which the claim is no longer in force. `sights` says whether it speaks of the day `seen`. Where
    there is no beginning or no day, `cut` and `seen` are `NO_TIME`, which nothing meets. `counts`
    and `vouches` are what its voice is worth: to corroborate, and to confirm alone. `speaks_until`
    is the end of the latest time it speaks of, `precedence` its place when changes are gathered.
    `horizon` is the last moment, below NEVER, that anything in it names: from a day that ends then
    on, it tells the same of every day.
    """

    seq: int
    voice: str
    status: str
    custody: str
    stance: str
    rank: int
    known: int
    order: int
    begin: Window | None
    cut: Window
    seen: Window
    sights: bool
    end: Window | None
    over: int
    counts: bool
    vouches: bool
    speaks_until: int
    precedence: tuple[bool, int, int, int]
    horizon: int


def read(claim: Claim, rules: Rules) -> Word:
    """Make a claim ready; `rules` tell which kinds of party vouch."""
    seq, voice, kind, status, stance, known, said, when, seen = claim
    custody = CUSTODY_OF[status]
    rank = RANK[stance]
    begin = _beginning(claim)
    end, over = _ending(claim)
    cut = NO_TIME if begin is None else _cut(begin, known, rank)
    day = NO_TIME if seen is None else seen
    sights = rank >= UNCONFIRMED and seen is not None and (begin is None or when.kind == "still")
    return Word(
        seq,
        voice,
        status,
        custody,
        stance,
        rank,
        known,
        known if said is None else said,
        begin,
        cut,
        day,
        sights,
        end,
        over,
        kind != "unidentified" and not (kind == "authority" and custody == "out"),
        kind in rules.vouching or (kind == "authority" and custody == "held" and rank > SILENT),
        day[1] if begin is None or sights else cut[1],
        (rank < ASSERTED, cut[1] - cut[0], known, seq),
        _horizon(cut[0] + 1, cut[1], over, day[0] + 1, day[1]),
    )


def overlap(a: Window, b: Window) -> bool:
    """Say whether two windows have an instant in common."""
    return a[0] < b[1] and b[0] < a[1]


def seqs(words: Sequence[Word]) -> tuple[int, ...]:
    """Name claims in an answer: their `seq`s, ascending, each once."""
    return tuple(sorted({word.seq for word in words})) if words else ()


def refines(finer: str, status: str) -> bool:
    """Say whether `finer` is `status` or says more than it."""
    return finer == status or REFINES.get(finer) == status


def _horizon(*moments: int) -> int:
    return max([moment for moment in moments if moment < NEVER], default=EVER)


def _beginning(claim: Claim) -> Window | None:
    """Give the window of the beginning; what is expected without a date begins from then on."""
    if claim.when.kind == "absent" and claim.stance == "expected" and claim.seen is not None:
        return (claim.seen[0], NEVER)
    return claim.when.begin


def _cut(begin: Window, known: int, rank: int) -> Window:
    """Cut a beginning at `known`, unless it is only expected: what is told has happened.

    A beginning that lies wholly after `known` (a slip, or told in advance) has nothing left to cut
    and is taken as said. The design does not speak of it.
    """
    if rank >= UNCONFIRMED and begin[0] < known < begin[1]:
        return (begin[0], known)
    return begin


def _ending(claim: Claim) -> tuple[Window | None, int]:
    """Give the window of the end, and from which end of a day on the claim is over.

    A stated end is over once its window lies wholly before the day; since days are whole, once it
    ends before the day does. An end at an unknown time is over from the day it was known.
    """
    when = claim.when
    if when.kind in {"ended", "ended_only"} and when.end is not None:
        return when.end, when.end[1] + 1
    if when.kind == "ended_unknown":
        return (EVER if when.begin is None else when.begin[0], claim.known), claim.known
    return None, NEVER + 1
