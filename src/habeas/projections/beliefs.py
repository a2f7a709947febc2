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
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from habeas import resolve
from habeas.projections.believed import CODE, ELAPSED, ONLY_THEN, same_facts
from habeas.projections.condensed import Condenser, Facts
from habeas.projections.evidence import day_before
from habeas.projections.testimony import NOBODY, Testimony
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


class _Came(NamedTuple):
    """What came out at a known time, and what had been known `before`, where something had.

    `lapses`: the answer might change by then if nothing came out.
    """

    step: resolve.Step
    before: History | None
    lapses: bool


class _Turn(NamedTuple):
    """An answer at a known time; `came`: what came out then, or None where a date passed."""

    known_from: int
    code: int
    body: str
    facts: Facts | None
    came: _Came | None


def rows(sayings: Sayings, one: str, rules: Rules, since: int = EVER) -> list[Told]:
    """Return the rows of a person; none if he is merged into another.

    Only those from `since` (µs, included) on: what is known from then on changes none before.
    Raises what reading a log raises that names what it does not hold.
    """
    if not sayings.registered(one) or sayings.keeper(one) != one:
        return []
    found: list[Told] = []
    teller = _Teller(sayings, one, rules)
    last = _Turn(0, 0, "", None, None)
    for turn in teller.told(since):
        if turn.came or (last.code, last.body) != (turn.code, turn.body):
            if turn.known_from >= since:
                found.append(Told(turn.known_from, turn.code, turn.body, teller.why(last, turn)))
            last = turn
    return found


def rows_after(
    sayings: Sayings, one: str, rules: Rules, since: int, last: Told
) -> list[Told] | None:
    """Return what `rows` does where one claim came out, the last that is known, after a row.

    None where more has to be told of what was known before than that row says.
    """
    return _Teller(sayings, one, rules).told_after(since, last)


class _Teller:
    """Tells one person's answers, as time goes by."""

    def __init__(self, sayings: Sayings, one: str, rules: Rules) -> None:
        self._rules, self._zone = rules, sayings.zone
        self._testimony = Testimony(sayings, one, rules)
        self._said = self._testimony.said
        self._condenser = Condenser({said.seq: said for said in self._testimony.all}, self._zone)

    def told(self, since: int) -> Iterator[_Turn]:
        """Yield the answers in the order of known time, also where nothing changes.

        From the last known time before `since` on.
        """
        moments = sorted({m for one in self._said for m in (one.known, one.until) if m < NEVER})
        moments = moments[max(0, bisect_left(moments, since) - 1) :]
        before: History | None = None
        for step, following in zip(self._steps(moments), [*moments[1:], NEVER], strict=False):
            moment, history = step.moment, step.history
            known = self._testimony.newest(moment)
            end = day_before(moment, self._zone)[1]
            came = _Came(step, before, lapses=before is not None and before.turns_after(end))
            if known is None:
                yield _Turn(moment, 0, "", None, came)
                before = None
                continue
            yield self._turn(moment, history.on(end), known, came)
            if history.turns_after(end):
                for start in _turns(history, moment, following, self._zone):
                    answer = history.on(day_before(start, self._zone)[1])
                    yield self._turn(start, answer, known, None)
            before = history

    def told_after(self, since: int, last: Told) -> list[Told] | None:
        """Return the rows from `since` on, when the last claim came out; see `rows_after`."""
        testimony, end = self._testimony, day_before(since, self._zone)[1]
        newest = [said.seq for said in self._said if since <= said.known]
        leaving = [said.seq for said in self._said if since <= said.until < NEVER]
        gone, held_by = testimony.circumstances(since)
        if gone or leaving or len(newest) != 1 or not last.code:
            return None
        words = testimony.words(testimony.counted, held_by)
        if any(word.horizon > end for word in words if word.known < since):
            return None
        hearing = resolve.Hearing(self._rules)
        hearing.hear(words)
        history = hearing.history()
        turns = [self._turn(since, history.on(end), since, None)]
        if history.turns_after(end):
            turns += [
                self._turn(start, history.on(day_before(start, self._zone)[1]), since, None)
                for start in _turns(history, since, NEVER, self._zone)
            ]
        return [*_as_rows(last, turns, newest[0])]

    def _turn(self, start: int, answer: resolve.Answer, known: int, came: _Came | None) -> _Turn:
        condensed = self._condenser.condense(answer)
        body = self._condenser.body(answer, condensed, known)
        code = CODE[answer.status, answer.standing, answer.contested]
        return _Turn(start, code, body, condensed.facts, came)

    def _steps(self, moments: list[int]) -> Iterator[resolve.Step]:
        """Yield the history at each moment; anew where a claim goes, or a party's kind changes."""
        testimony = self._testimony
        if testimony.steady:
            words = testimony.words(testimony.counted, NOBODY)
            yield from resolve.steps(words, self._rules, moments)
            return
        for words, run in self._runs(moments):
            yield from resolve.steps(words, self._rules, run)

    def _runs(self, moments: list[int]) -> Iterator[tuple[list[resolve.Word], list[int]]]:
        """Yield stretches of moments through which the same claims count as the same."""
        testimony = self._testimony
        run: list[int] = []
        last: list[resolve.Word] = []
        for (gone, held_by), following in groupby(moments, testimony.circumstances):
            words = testimony.words(testimony.counted, held_by)
            left = [word for word in words if word.seq not in gone] if gone else words
            if run and list(map(id, left)) != list(map(id, last)):
                yield last, run
                run = []
            last = left
            run += following
        if run:
            yield last, run

    def why(self, last: _Turn, turn: _Turn) -> str:
        """Return why a row is another answer than the one before; "" where it is not.

        The fewest of the events that came out then; where only a date passed, that. Where several
        came out and changed no more than what its code leaves out, that is left to be found.
        """
        if last.facts == turn.facts:
            return ""
        if turn.came is None:
            return ELAPSED
        came = self._testimony.came_out(turn.known_from)
        if len(came) == 1:
            return f"{min(came)} {ONLY_THEN}" if turn.came.lapses else str(min(came))
        if last.code == turn.code:
            return ONLY_THEN
        fewest = sorted(self._fewest(came, last.facts, turn.came))
        return " ".join([*map(str, fewest), ONLY_THEN])

    def _fewest(self, events: frozenset[int], facts: Facts | None, came: _Came) -> frozenset[int]:
        """Return the fewest of what came out without which the answer had stayed what it was."""
        end = came.step.moment
        if facts is None or came.before is None or not self._is_told(came.before, end, facts):
            return events
        step = came.step
        several = step.before is not None and not self._testimony.tells_who_holds(step.came)
        matter = (
            frozenset(word.seq for word in step.came)
            if several
            else self._testimony.mattering(events)
        )

        @cache
        def back(without: frozenset[int]) -> bool:
            # Without all of them the answer is the older one, and with all of them the newer.
            if len(without) in {0, len(matter)}:
                return bool(without)
            if several:
                return self._is_told_by(step, without, facts)
            return self._is_told_without(without, end, facts)

        return fewest(events, lambda without: back(without & matter))

    def _is_told_by(self, step: resolve.Step, without: frozenset[int], facts: Facts) -> bool:
        """Say whether these were the facts had some claims not come in a step.

        What the others tell must not depend on those.
        """
        hearing = (step.before or resolve.Hearing(self._rules)).fork()
        hearing.hear([word for word in step.came if word.seq not in without])
        return self._is_told(hearing.history(), step.moment, facts)

    def _is_told_without(self, left_out: frozenset[int], end: int, facts: Facts) -> bool:
        """Say whether as of `end` these were the facts, had some that came out then not done so."""
        words = self._testimony.told_without(left_out, end)
        if words is None:
            return False
        hearing = resolve.Hearing(self._rules)
        hearing.hear(words)
        return self._is_told(hearing.history(), end, facts)

    def _is_told(self, history: History, end: int, facts: Facts) -> bool:
        """Say whether these are the facts that a history tells as of a time, about its day."""
        return self._condenser.is_told(history.on(day_before(end, self._zone)[1]), facts)


def _as_rows(last: Told, turns: list[_Turn], came: int) -> Iterator[Told]:
    """Yield rows for the answers since a claim came out, the last of all, after a row."""
    why = str(came)
    for turn in turns:
        row = Told(turn.known_from, turn.code, turn.body, why)
        if why != ELAPSED or last[1:3] != row[1:3]:
            yield row._replace(why="") if same_facts(last, row) else row
            last = row
        why = ELAPSED


def _turns(history: History, moment: int, following: int, zone: ZoneInfo) -> list[int]:
    """Return the as-of ends after `moment`, up to `following`, at which a date passes."""
    end = day_before(moment, zone)[1]
    later = {day_before(b, zone)[0] + 1 for b in history.boundaries if b > end}
    return sorted(turn for turn in later if moment < turn < following)
