"""An edition: a case as it stands at one position of its log, told to the case's audience.

Every answer is `case`'s own, under the default rules and for the day it is asked about; nothing is
computed here but which days there are. The newest day is the last on which something became known,
not today: so the same log gives the same pages.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from habeas import times
from habeas.case import Case, comparing, explaining, numbers
from habeas.case.asking import Answer, status
from habeas.errors import HabeasError
from habeas.events import Citation
from habeas.log import State, counting
from habeas.log.touching import SWEEPING, touched
from habeas.projections.question import Question, ask, basis
from habeas.store import LogStore
from habeas.vocabulary import CUSTODIES
from habeas.web import turns
from habeas.web.turns import Fact, Life, Turn

KEPT = 8
"""How many answers of each sort are kept while pages are made of them."""


class Edition:
    """A case at a position of its log. `days` are those on which something became known.

    What an edition just `before` this one found of persons on whom nothing bears since is taken
    from it.
    """

    def __init__(
        self, case: Case, *, position: int | None = None, before: Edition | None = None
    ) -> None:
        self.case = case
        self.store: LogStore = case.store
        self.position = self.store.head().position if position is None else position
        self.root = self.store.root_at(self.position).hex()
        self.state: State = case.state(self.position)
        self.zone = times.zone(self.state.case.timezone)
        self.days = self._days()
        if not self.days:
            message = "nothing is known in this case yet, so there is nothing to show"
            raise HabeasError(message, hint="habeas load seeds/CASE")
        self._before = before if before is not None and self._follows(before) else None
        self._compared: OrderedDict[date, dict[str, Any]] = OrderedDict()
        self._changed: dict[date, int] = {}
        self.roster = lru_cache(KEPT)(self._roster)
        self.view = lru_cache(KEPT)(self._view)
        self.story = lru_cache(4 * KEPT)(self._story)

    def _days(self) -> tuple[date, ...]:
        """Return the days on which a claim, or its withdrawal, became known, in order."""
        ends = {
            counting.known_at(self.state, thread.event)
            for thread in self.state.threads.values()
            if isinstance(thread.event, Citation) and not thread.voided
        }
        return tuple(
            sorted({times.day_of(end - 1, self.zone) for end in ends if end < times.NEVER})
        )

    @property
    def newest(self) -> date:
        """The last day on which something became known."""
        return self.days[-1]

    def question(self, day: date) -> Question:
        """Return the question as of a day, about that day."""
        at = None if self.position == self.store.head().position else self.position
        return ask(day.isoformat(), self.zone, position=at, audience=self.case.audience)

    def basis(self, day: date) -> dict[str, Any]:
        """Return what the answers as of a day rest on."""
        return basis(self.state, self.question(day), self.root)

    def before(self, day: date) -> date:
        """Return the day before, among the known days; the eve of the first of them."""
        at = self.days.index(day)
        return self.days[at - 1] if at else day - timedelta(days=1)

    def _roster(self, day: date) -> Answer:
        return status(self.case, self.question(day), None)

    def changes(self, day: date) -> dict[str, Any]:
        """Return what changed from the known day before to this one."""
        if day not in self._compared:
            self._compared[day] = self._changes(day)
            self._changed[day] = len(self._compared[day]["changes"])
            while len(self._compared) > KEPT:
                self._compared.popitem(last=False)
        return self._compared[day]

    def _changes(self, day: date) -> dict[str, Any]:
        """Compare those of whom anything was told, or a told date passed, between the two days."""
        since = self.before(day)
        was, now = self.question(since), self.question(day)
        asked = {
            name
            for name, life in self.lives.items()
            if any(since < one <= day for one in life.days)
        }
        known = None if self._before is None else self._before.compared(day)
        kept = []
        if known is not None:
            kept = [one for one in known["changes"] if one["person"] not in self._touched]
            asked &= self._touched
        found = comparing.of_persons(self.case, was, now, persons=asked).data
        found["changes"] = sorted([*kept, *found["changes"]], key=lambda one: one["person"])
        return found | numbers.moved(self.case, was, now, evidence=False)

    def compared(self, day: date) -> dict[str, Any] | None:
        """Return what changed on a day, if that was asked lately."""
        return self._compared.get(day)

    def changed(self, day: date) -> int:
        """Return how many persons' answers changed on a day."""
        if day not in self._changed:
            self.changes(day)
        return self._changed[day]

    def _view(self, name: str, day: date) -> dict[str, Any]:
        return numbers.view(self.case, self.question(day), name).data

    def _follows(self, before: Edition) -> bool:
        """Say whether what was found of persons in an edition is true yet, but for the touched."""
        log = self.store
        sweeping = (*log.of_type(SWEEPING), *log.marked(f"event:{self.state.threads[1].id}"))
        return (
            before.days == self.days
            and before.store is log
            and all(seq <= before.position for seq in sweeping)
        )

    @cached_property
    def _touched(self) -> set[str]:
        """The persons on whom something bears that was recorded since the edition before."""
        if self._before is None:
            return set(self.state.all_of("person"))
        records = self.store.records(after=self._before.position, upto=self.position)
        rules = self.question(self.newest).rules
        found = touched(self.store, records, grades=rules.min_grade is not None)
        return found | {self.state.keeper(one) for one in found}

    @cached_property
    def lives(self) -> dict[str, Life]:
        """What was told of each person, from which day on; in the order of their ids."""
        state, rules = self.state, self.question(self.newest).rules
        known = {} if self._before is None else self._before.lives
        found = {
            name: known[name]
            if name in known and name not in self._touched
            else turns.life(state, name, self.newest, rules)
            for name in state.all_of("person")
            if state.keeper(name) == name
        }
        # What was taken from it is taken: no chain of editions is kept.
        return {name: life for name, life in found.items() if life.turns}

    @cached_property
    def turns(self) -> dict[str, tuple[Turn, ...]]:
        """The turns of each person."""
        return {name: life.turns for name, life in self.lives.items()}

    @cached_property
    def steps(self) -> list[dict[str, Any]]:
        """How many persons were in which band of the picture of everybody, from which day on."""
        return turns.steps(self.turns.values())

    def rows(self, day: date) -> Iterator[tuple[str, str, Fact]]:
        """Yield the roster's rows as of a day, cut down to what is shown: id, name, fact."""
        for name, found in self.turns.items():
            known = turns.fact_on(found, day)
            if known is not None:
                yield name, self.state.person(name).name, known

    def totals(self, day: date) -> dict[str, int]:
        """Return how many persons there are as of a day, and how many in each custody."""
        found = dict.fromkeys(CUSTODIES, 0)
        for _, _, known in self.rows(day):
            found[known[1]] += 1
        return {"all": sum(found.values()), **found}

    @cached_property
    def recorded(self) -> dict[str, int]:
        """The days on which something was recorded, in order, with the position at their end."""
        found = {} if self._before is None else dict(self._before.recorded)
        after = 0 if self._before is None else self._before.position
        for record in self.store.records(after=after, upto=self.position):
            found[times.day_of(record.recorded, self.zone).isoformat()] = record.seq
        return found

    def settle(self) -> None:
        """Take all that is wanted of the edition before, and let go of it."""
        if self._before is not None:
            _ = self.lives, self._touched, self.recorded
            for day in self._before.lately:
                self.changes(day)
            self._before = None

    @property
    def lately(self) -> tuple[date, ...]:
        """The days of which it was asked lately what changed."""
        return tuple(self._compared)

    @cached_property
    def persons(self) -> dict[str, str]:
        """Everybody of whom something was ever known: names by ids, in the order of these."""
        return {one: self.state.person(one).name for one in self.turns}

    def told_last(self, person: str) -> date:
        """Return the newest day; of whom nothing counts any more by then, the last when it did."""
        last = self.turns[person][-1]
        return self.newest if last.fact is not None else last.day - timedelta(days=1)

    def _story(self, person: str, day: date) -> dict[str, Any]:
        """Return a person's whole explanation as of a day."""
        return explaining.explain(self.case, self.question(day), person).data
