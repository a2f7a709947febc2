"""Beliefs: the answers about one person at every as-of, as rows that hold from a known time on.

It makes rows and keeps none; `believed` reads them back. A row is the answer for as-of ends E
with `on` at its default, the as-of day; it holds from the first end at which it does. Between two
known times the answer changes where a stated beginning or end has passed: for a boundary `b` of the
history, from the first instant of the day that ends at or after `b`. Rows that say the same as the
one before are left out, unless something was said. A row also keeps why it is another answer than
the one before (`believed.why_of`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from habeas import resolve
from habeas.projections.believed import CODE, ELAPSED, ONLY_THEN
from habeas.projections.condensed import Condenser, Facts
from habeas.projections.evidence import day_before
from habeas.projections.testimony import Testimony
from habeas.projections.without import fewest
from habeas.times import EVER, NEVER

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from habeas.log.sayings import Sayings
    from habeas.resolve import History, Rules


class Told(NamedTuple):
    """A row: what is answered from `known_from` on. Code 0: nothing is known any more."""

    known_from: int
    code: int
    body: str
    why: str


class _Turn(NamedTuple):
    """An answer at a known time; `said`: something came out; `lapses`: else it would change too.

    `before` is what had been known, where something had.
    """

    known_from: int
    code: int
    body: str
    facts: Facts | None
    said: bool
    lapses: bool
    before: History | None


def rows(sayings: Sayings, one: str, rules: Rules, since: int = EVER) -> list[Told]:
    """Return the rows of a person; none if he is merged into another.

    Only those from `since` (µs, included) on: what is known from then on changes none before.
    Raises what reading a log raises that names what it does not hold.
    """
    if not sayings.registered(one) or sayings.keeper(one) != one:
        return []
    found: list[Told] = []
    teller = _Teller(sayings, one, rules)
    last = _Turn(0, 0, "", None, said=False, lapses=False, before=None)
    for turn in teller.told(since):
        if turn.said or (last.code, last.body) != (turn.code, turn.body):
            if turn.known_from >= since:
                found.append(Told(turn.known_from, turn.code, turn.body, teller.why(last, turn)))
            last = turn
    return found


def cited(sayings: Sayings, one: str) -> str:
    """Return what is shown of the claims that answers about a person may cite."""
    if sayings.keeper(one) != one:
        return ""
    claims = sorted(said for each in sayings.group(one) for said in sayings.of(each))
    return "\n".join(
        "\t".join(
            (
                str(said.seq),
                said.id,
                sayings.voice(said.origin),
                said.origin,
                said.document,
                said.stance or "",
                said.status,
                said.when or "",
            )
        )
        for said in claims
        if said.status is not None
    )


class _Teller:
    """Tells one person's answers, as time goes by."""

    def __init__(self, sayings: Sayings, one: str, rules: Rules) -> None:
        self._rules, self._zone = rules, sayings.zone
        self._testimony = Testimony(sayings, one, rules)
        self._said = self._testimony.said
        self._condenser = Condenser({said.seq: said for said in self._testimony.all}, self._zone)
        self._heard: tuple[set[int], resolve.Hearing] = (set(), resolve.Hearing(rules))

    def told(self, since: int) -> Iterator[_Turn]:
        """Yield the answers in the order of known time, also where nothing changes.

        From the last known time before `since` on.
        """
        moments = sorted({m for one in self._said for m in (one.known, one.until) if m < NEVER})
        moments = moments[max(0, bisect_left(moments, since) - 1) :]
        following = dict(pairwise([*moments, NEVER]))
        before: History | None = None
        for moment, history in self._histories(moments):
            known = self._testimony.newest(moment)
            lapses = before is not None and _lapses(before, day_before(moment, self._zone)[1])
            if known is None:
                yield _Turn(moment, 0, "", None, said=True, lapses=lapses, before=before)
                before = None
                continue
            for start in _turns(history, moment, following[moment], self._zone):
                answer = history.on(day_before(start, self._zone)[1])
                condensed = self._condenser.condense(answer)
                body = self._condenser.body(answer, condensed, known)
                code = CODE[answer.status, answer.standing, answer.contested]
                said = start == moment
                yield _Turn(start, code, body, condensed.facts, said, lapses, before)
            before = history

    def _histories(self, moments: list[int]) -> Iterator[tuple[int, History]]:
        """Yield the history at each moment; anew where a claim goes, or a party's kind changes."""
        testimony = self._testimony
        for (gone, held_by), run in groupby(moments, testimony.circumstances):
            words = testimony.words(testimony.counted, held_by)
            left = [word for word in words if word.seq not in gone] if gone else words
            yield from resolve.histories(left, self._rules, run)

    def why(self, last: _Turn, turn: _Turn) -> str:
        """Return why a row is another answer than the one before; "" where it is not.

        The fewest of the events that came out then; where only a date passed, that.
        """
        if last.facts == turn.facts:
            return ""
        if not turn.said:
            return ELAPSED
        came = self._testimony.came_out(turn.known_from)
        found = [str(seq) for seq in sorted(self._fewest(came, last, turn))]
        only_then = turn.lapses or len(came) > 1
        return " ".join([*found, ONLY_THEN] if only_then else found)

    def _fewest(self, came: frozenset[int], last: _Turn, turn: _Turn) -> frozenset[int]:
        """Return the fewest of some events without which the answer had stayed what it was."""
        if len(came) == 1 or last.facts is None or turn.before is None:
            return came
        if self._facts_on(turn.before, turn.known_from) != last.facts:
            return came
        matter = self._testimony.mattering(came)

        @cache
        def back(without: frozenset[int]) -> bool:
            # Without all of them the answer is the older one, and with all of them the newer.
            if len(without) in {0, len(matter)}:
                return bool(without)
            return self._facts_without(without, turn.known_from) == last.facts

        return fewest(came, lambda without: back(without & matter))

    def _facts_without(self, left_out: frozenset[int], end: int) -> Facts | None:
        """Return the facts as of `end` had some of the events that came out then not done so."""
        told = self._testimony.told_without(left_out, end)
        if told is None:
            return None
        before, came = told
        hearing = self._heard_before(before).fork()
        hearing.hear(came)
        return self._facts_on(hearing.history(), end)

    def _facts_on(self, history: History, end: int) -> Facts:
        """Return what a history says as of a time, about its day."""
        return self._condenser.condense(history.on(day_before(end, self._zone)[1])).facts

    def _heard_before(self, words: list[resolve.Word]) -> resolve.Hearing:
        """Return a hearing that has taken in claims: the last one goes on, if it may."""
        wanted = {id(word) for word in words}
        heard, hearing = self._heard
        if not heard <= wanted:
            heard, hearing = set(), resolve.Hearing(self._rules)
        if len(heard) < len(wanted):
            hearing.hear([word for word in words if id(word) not in heard])
        self._heard = (wanted, hearing)
        return hearing


def _turns(history: History, moment: int, following: int, zone: ZoneInfo) -> list[int]:
    """Return the as-of ends from `moment` to `following` at which the answer can be another."""
    end = day_before(moment, zone)[1]
    if not _lapses(history, end):
        return [moment]
    later = {day_before(b, zone)[0] + 1 for b in history.boundaries if b > end}
    return [moment, *sorted(turn for turn in later if moment < turn < following)]


def _lapses(history: History, day_end: int) -> bool:
    """Say whether an answer might change after a day, if nothing more is said."""
    return bool(history.boundaries) and history.boundaries[-1] > day_end
