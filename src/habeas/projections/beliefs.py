"""Beliefs: the answers about one person at every as-of, as rows that hold from a known time on.

It makes rows and keeps none; `believed` reads them back. A row is the answer for as-of ends E
with `on` at its default, the as-of day; it holds from the first end at which it does. Between two
known times the answer changes where a stated beginning or end has passed: for a boundary `b` of the
history, from the first instant of the day that ends at or after `b`. Rows that say the same as the
one before are left out, unless something was said. A row also keeps why it is another answer than
the one before (`believed.why_of`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from habeas import resolve, times
from habeas.events import StatusClaimed
from habeas.log import counting
from habeas.projections import evidence, person
from habeas.projections.believed import BODY, CITED, CODE, ELAPSED, ONLY_THEN, written
from habeas.projections.facts import Facts, reduced
from habeas.projections.without import Without, fewest
from habeas.times import NEVER

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from habeas.log import State, Thread
    from habeas.resolve import History, Rules


class Told(NamedTuple):
    """A row: what is answered from `known_from` on. Code 0: nothing is known any more."""

    known_from: int
    code: int
    body: str
    why: str


class _Turn(NamedTuple):
    """An answer at a known time; `said`: something came out; `lapses`: else it would change too."""

    known_from: int
    code: int
    body: str
    facts: Facts
    said: bool
    lapses: bool


class _Said(NamedTuple):
    """A claim of any kind about a person: known from `known` on, and withdrawn from `until` on."""

    thread: Thread
    known: int
    until: int


def rows(state: State, one: str, rules: Rules) -> list[Told]:
    """Return the rows of a person at the state's position; none if he is merged into another.

    Raises what reading a log raises that names what it does not hold.
    """
    if state.registered(f"person:{one}") is None or state.keeper(one) != one:
        return []
    found: list[Told] = []
    teller = _Teller(state, one, rules)
    last = _Turn(0, 0, "", None, said=False, lapses=False)
    for turn in teller.told():
        if turn.said or (last.code, last.body) != (turn.code, turn.body):
            found.append(Told(turn.known_from, turn.code, turn.body, teller.why(last, turn)))
            last = turn
    return found


def cited(state: State, one: str) -> str:
    """Return what is shown of the claims that answers about a person may cite."""
    shown = []
    persons = state.merged_with(one) if state.keeper(one) == one else ()
    for seq in sorted(seq for each in persons for seq in state.said_of.get(each, ())):
        thread = state.threads[seq]
        if isinstance(thread.event, StatusClaimed) and not thread.voided:
            claim = evidence.cite(state, thread)
            shown.append((str(seq), *(claim[key] or "" for key in CITED)))
    return "\n".join(map("\t".join, shown))


class _Teller:
    """Tells one person's answers, as time goes by."""

    def __init__(self, state: State, one: str, rules: Rules) -> None:
        self._state, self._rules = state, rules
        self._zone = times.zone(state.case.timezone)
        self._persons = state.merged_with(one)
        self._said = list(_said(state, self._persons))
        status = [one for one in self._said if isinstance(one.thread.event, StatusClaimed)]
        self._counted = [one for one in status if self._is_counted(one)]
        self._evidence = evidence.Evidence(
            persons=self._persons,
            threads={one.thread.seq: one.thread for one in self._said},
            claims=(),
            ungraded=(),
            last_known=0,
        )
        self._holders = [
            (one, state.voice(one.thread.event.authority))
            for one in status
            if one.thread.event.authority is not None
        ]
        self._leaving = [one for one in self._said if one.until < NEVER]
        self._of_kind: dict[frozenset[str], dict[int, resolve.Claim]] = {}
        self._partly: Without | None = None

    def _is_counted(self, one: _Said) -> bool:
        return evidence.is_counted(self._state, one.thread.event, self._rules)

    def _claims_for(self, held_by: frozenset[str]) -> dict[int, resolve.Claim]:
        """Return the claims that count, by `seq`, as they are where these hold the person."""
        return {
            one.thread.seq: evidence.claim_of(self._state, one.thread, self._persons, held_by)
            for one in self._counted
        }

    def told(self) -> Iterator[_Turn]:
        """Yield the answers in the order of known time, also where nothing changes."""
        moments = sorted({m for one in self._said for m in (one.known, one.until) if m < NEVER})
        newest = _Newest(self._said)
        following = dict(pairwise([*moments, NEVER]))
        before: History | None = None
        for moment, history in self._histories(moments):
            known = newest.at(moment)
            lapses = before is not None and _lapses(before, _day_end(moment, self._zone))
            if known is None:
                yield _Turn(moment, 0, "", None, said=True, lapses=lapses)
                before = None
                continue
            for start in _turns(history, moment, following[moment], self._zone):
                answer = history.on(_day_end(start, self._zone))
                row = self._row(answer, known)
                yield _Turn(start, *row, said=start == moment, lapses=lapses)
            before = history

    def _row(self, answer: resolve.Answer, known: int) -> tuple[int, str, Facts]:
        one = person.Told(
            person=self._persons[0], end=known, evidence=self._evidence, answer=answer
        )
        row = person.row(self._state, one, _seq_of, _itself)
        facts = reduced(row)
        for key in ("pending", "contradicted"):
            row[key] = [list(item.values()) for item in row[key]]
        body = [known, *[row[key] for key in BODY]]
        return CODE[answer.status, answer.standing, answer.contested], written(body), facts

    def why(self, last: _Turn, turn: _Turn) -> str:
        """Return why a row is another answer than the one before; "" where it is not.

        The fewest of the events that came out then; where only a date passed, that.
        """
        if last.facts == turn.facts:
            return ""
        if not turn.said:
            return ELAPSED
        came = frozenset(self._came_out(turn.known_from))
        found = [str(seq) for seq in sorted(self._fewest(came, last, turn))]
        only_then = turn.lapses or len(came) > 1
        return " ".join([*found, ONLY_THEN] if only_then else found)

    def _came_out(self, moment: int) -> Iterator[int]:
        """Yield the claims that were known from a moment on, and what then took claims back."""
        state = self._state
        for one in self._said:
            if one.known == moment:
                yield one.thread.seq
            if one.until == moment:
                for seq in state.withdrawals[one.thread.seq]:
                    by = state.threads[seq]
                    if not by.voided and counting.known_at(state, by.event) == moment:
                        yield seq

    def _fewest(self, came: frozenset[int], last: _Turn, turn: _Turn) -> frozenset[int]:
        """Return the fewest of some events without which the answer had stayed what it was."""
        if len(came) == 1 or last.facts is None:
            return came
        if self._partly is None:
            self._partly = Without(self._state, self._persons[0], self._rules)
        partly, end = self._partly, turn.known_from
        on = times.day_of(end - 1, self._zone)

        def back(without: frozenset[int]) -> bool:
            return partly.facts(without, end, on) == last.facts

        return fewest(came, back) if back(came) else came

    def _histories(self, moments: list[int]) -> Iterator[tuple[int, History]]:
        """Yield the history at each moment; anew where a claim goes, or a party's kind changes."""
        for (gone, held_by), run in groupby(moments, self._circumstances):
            claims = self._of_kind.get(held_by)
            if claims is None:
                claims = self._of_kind[held_by] = self._claims_for(held_by)
            left = [claim for seq, claim in claims.items() if seq not in gone]
            yield from resolve.histories(left, self._rules, run)

    def _circumstances(self, moment: int) -> tuple[frozenset[int], frozenset[str]]:
        """Return what makes replay begin anew: the claims gone by then, and who then held him."""
        gone = frozenset(one.thread.seq for one in self._leaving if one.until <= moment)
        held_by = frozenset(
            voice for one, voice in self._holders if one.known <= moment < one.until
        )
        return gone, held_by


class _Newest:
    """Tells when the newest claim that counts at a moment was known."""

    def __init__(self, said: list[_Said]) -> None:
        self._said = said
        self._stays = all(one.until == NEVER for one in said)
        self._known = sorted(one.known for one in said)

    def at(self, moment: int) -> int | None:
        """Return the greatest `known` of what counts; None where nothing does."""
        if self._stays:
            place = bisect_right(self._known, moment)
            return self._known[place - 1] if place else None
        return max((o.known for o in self._said if o.known <= moment < o.until), default=None)


def _said(state: State, persons: Iterable[str]) -> Iterator[_Said]:
    """Yield the claims about persons that count at some time, in the order of the log."""
    for seq in sorted({seq for one in persons for seq in state.said_of.get(one, ())}):
        thread = state.threads[seq]
        if not thread.voided:
            withdrawn = counting.withdrawn_at(state, thread)
            until = NEVER if withdrawn is None else withdrawn
            known = counting.known_at(state, thread.event)
            if known < until:
                yield _Said(thread, known, until)


def _turns(history: History, moment: int, following: int, zone: ZoneInfo) -> list[int]:
    """Return the as-of ends from `moment` to `following` at which the answer can be another."""
    end = _day_end(moment, zone)
    later = {_first_end(b, zone) for b in history.boundaries if b > end}
    return [moment, *sorted(turn for turn in later if moment < turn < following)]


def _lapses(history: History, day_end: int) -> bool:
    """Say whether an answer might have changed after a day, had nothing more been said."""
    return bool(history.boundaries) and history.boundaries[-1] > day_end


def _day_end(end: int, zone: ZoneInfo) -> int:
    return times.day_window(times.day_of(end - 1, zone), zone)[1]


def _first_end(boundary: int, zone: ZoneInfo) -> int:
    """Return the first as-of end whose day ends at or after `boundary`."""
    return times.day_window(times.day_of(boundary - 1, zone), zone)[0] + 1


def _seq_of(_state: State, thread: Thread) -> int:
    return thread.seq


def _itself(seq: int) -> int:
    return seq
