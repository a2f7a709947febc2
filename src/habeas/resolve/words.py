"""6.1: each voice's latest word.

A later claim of one voice replaces its earlier one when both cannot stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from habeas.resolve.values import Replaced
from habeas.times import EVER, NEVER
from habeas.vocabulary import CUSTODY_OF, REFINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from habeas.resolve.claims import Claim
    from habeas.times import Window

TELLING = {"asserted": 3, "unconfirmed": 2, "expected": 1, "denied": 0, "unknown": 0}


class Word(NamedTuple):
    seq: int
    voice: str
    kind: str
    status: str
    custody: str
    stance: str
    rank: int
    known: int
    said: int
    begin: Window | None
    cut: Window | None
    seen: Window | None
    sights: bool
    end: Window | None
    over: int


def word_of(c: Claim) -> Word:
    when = c.when
    begin = when.begin
    tells = TELLING[c.stance]
    if begin is None and c.stance == "expected" and when.kind == "absent" and c.seen:
        begin = (c.seen[0], NEVER)
    cut = begin
    if begin is not None and tells > 1 and begin[0] < c.known < begin[1]:
        cut = (begin[0], c.known)
    end = None
    over = NEVER + 1
    if when.kind in ("ended", "ended_only") and when.end is not None:
        end = when.end
        over = end[1] + 1
    elif when.kind == "ended_unknown":
        end = (begin[0] if begin else EVER, c.known)
        over = c.known
    sights = tells > 1 and c.seen is not None and when.kind in ("absent", "held_on", "ended_only", "still")
    return Word(
        c.seq, c.voice, c.kind, c.status, CUSTODY_OF[c.status], c.stance, tells, c.known,
        c.known if c.said is None else c.said, begin, cut, c.seen, sights, end, over,
    )


def overlap(a: Window, b: Window) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def refines(finer: str, status: str) -> bool:
    return finer == status or REFINES.get(finer) == status


def latest_words(words: Iterable[Word]) -> tuple[list[Word], list[Replaced]]:
    voices: dict[str, list[Word]] = {}
    for word in words:
        voices.setdefault(word.voice, []).append(word)
    kept: list[Word] = []
    gone: list[Replaced] = []
    for said in voices.values():
        kept += said if len(said) == 1 else _latest(said, gone)
    return kept, gone


def _latest(said: Sequence[Word], gone: list[Replaced]) -> list[Word]:
    kept: list[Word] = []
    for later in sorted(said, key=lambda w: (w.said, w.seq)):
        rest: list[Word] = []
        add = True
        for earlier in kept:
            verdict = _verdict(earlier, later)
            if verdict == "ended":
                gone.append(Replaced(earlier.seq, later.seq, "ended"))
                rest.append(earlier._replace(end=later.end, over=later.over))
            elif verdict == "repeat":
                gone.append(Replaced(later.seq, earlier.seq, "repeat"))
                add = False
                rest = list(kept)
                break
            elif verdict:
                gone.append(Replaced(earlier.seq, later.seq, verdict))
            else:
                rest.append(earlier)
        kept = rest
        if add:
            kept.append(later)
    return kept


def _verdict(earlier: Word, later: Word) -> str:
    a, b = earlier.begin, later.begin
    if later.rank == 0:
        if refines(earlier.status, later.status) and earlier.rank and (
            b is None or (a is not None and overlap(a, b))
        ):
            return "denied"
        if earlier.rank == 0 and earlier.status == later.status and a and b and overlap(a, b):
            return "later word"
        return ""
    if a is not None and b is not None:
        if earlier.status == later.status:
            if overlap(a, b):
                if later.rank < earlier.rank:
                    return "repeat"
                if later.rank == earlier.rank and a != b and b[0] <= a[0] and a[1] <= b[1]:
                    return "repeat"
                return "later word"
        elif earlier.custody == later.custody:
            if earlier.rank and overlap(a, b) and not (
                refines(earlier.status, later.status) or refines(later.status, earlier.status)
            ):
                return "later word"
        elif earlier.rank and a == b and a[1] - a[0] <= 25 * 3600 * 10**6:
            return "later word"
    if (
        later.end is not None
        and later.over != later.known
        and earlier.rank
        and earlier.end is None
        and refines(earlier.status, later.status)
        and (a is None or a[0] < later.end[1])
    ):
        return "ended"
    return ""
