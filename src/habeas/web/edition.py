"""An edition: a case as it stands at one position of its log, told to the case's audience.

Every answer is `case`'s own, under the default rules and for the day it is asked about; nothing is
computed here but which days there are. The newest day is the last on which something became known,
not today: so the same log gives the same pages.
"""

from __future__ import annotations

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
from habeas.web.turns import Fact, Turn

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
        self._turns = {} if before is None else self._unchanged(before)
        self._changed: dict[date, int] = {}
        self.roster = lru_cache(KEPT)(self._roster)
        self.changes = lru_cache(KEPT)(self._changes)
        self.view = lru_cache(KEPT)(self._view)

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

    def _changes(self, day: date) -> dict[str, Any]:
        """Return what changed from the known day before to this one."""
        was, now = self.question(self.before(day)), self.question(day)
        found = comparing.compare(self.case, was, now).data
        self._changed[day] = len(found["changes"])
        return found

    def changed(self, day: date) -> int:
        """Return how many persons' answers changed on a day."""
        if day not in self._changed:
            self.changes(day)
        return self._changed[day]

    def _view(self, name: str, day: date) -> dict[str, Any]:
        return numbers.view(self.case, self.question(day), name).data

    def _unchanged(self, before: Edition) -> dict[str, tuple[Turn, ...]]:
        """Return the turns of an earlier edition that are still true."""
        log = self.store
        sweeping = (*log.of_type(SWEEPING), *log.marked(f"event:{self.state.threads[1].id}"))
        if (
            before.newest != self.newest
            or before.store is not log
            or any(seq > before.position for seq in sweeping)
        ):
            return {}
        records = log.records(after=before.position, upto=self.position)
        changed = touched(
            log, records, grades=self.question(self.newest).rules.min_grade is not None
        )
        changed |= {self.state.keeper(one) for one in changed}
        return {one: told for one, told in before.turns.items() if one not in changed}

    @cached_property
    def turns(self) -> dict[str, tuple[Turn, ...]]:
        """What was told of each person, from which day on; in the order of their ids."""
        state, rules = self.state, self.question(self.newest).rules
        found = {
            name: self._turns.get(name) or turns.turns(state, name, self.newest, rules)
            for name in state.all_of("person")
            if state.keeper(name) == name
        }
        return {name: told for name, told in found.items() if told}

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
    def persons(self) -> dict[str, str]:
        """The persons of whom something was known by the newest day: names by ids, in order."""
        return {person: name for person, name, _ in self.rows(self.newest)}

    def story(self, person: str, day: date | None = None) -> dict[str, Any]:
        """Return a person's whole explanation as of a day, by default the newest."""
        return explaining.explain(self.case, self.question(day or self.newest), person).data
