"""An edition: a case as it stands at one position of its log, told to the case's audience.

Every answer is `case`'s own, under the default rules and for the day it is asked about; nothing is
computed here but which days there are. The newest day is the last on which something became known,
not today: so the same log gives the same pages.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from habeas import times
from habeas.case import Case, comparing, explaining, numbers
from habeas.case.asking import Answer, status
from habeas.errors import HabeasError
from habeas.events import Citation
from habeas.log import State, counting
from habeas.projections.question import Question, ask

KEPT = 64
"""How many answers of each sort are kept while pages are made of them."""


class Edition:
    """A case at a position of its log. `days` are those on which something became known."""

    def __init__(self, case: Case, *, position: int | None = None) -> None:
        self.case = case
        self.position = case.store.head().position if position is None else position
        self.root = case.store.root_at(self.position).hex()
        self.state: State = case.state(self.position)
        self.zone = times.zone(self.state.case.timezone)
        self.days = self._days()
        if not self.days:
            message = "nothing is known in this case yet, so there is nothing to show"
            raise HabeasError(message, hint="habeas load seeds/CASE")
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
        at = None if self.position == self.case.store.head().position else self.position
        return ask(day.isoformat(), self.zone, position=at, audience=self.case.audience)

    def before(self, day: date) -> date:
        """Return the day before, among the known days; the eve of the first of them."""
        at = self.days.index(day)
        return self.days[at - 1] if at else day - timedelta(days=1)

    def _roster(self, day: date) -> Answer:
        return status(self.case, self.question(day), None)

    def _changes(self, day: date) -> dict[str, Any]:
        """Return what changed from the known day before to this one."""
        was, now = self.question(self.before(day)), self.question(day)
        return comparing.compare(self.case, was, now).data

    def _view(self, name: str, day: date) -> dict[str, Any]:
        return numbers.view(self.case, self.question(day), name).data

    @cached_property
    def persons(self) -> tuple[str, ...]:
        """The persons of whom something was known by the newest day, in the order of their ids."""
        return tuple(one["person"] for one in self.roster(self.newest).persons)

    def story(self, person: str, day: date | None = None) -> dict[str, Any]:
        """Return a person's whole explanation as of a day, by default the newest."""
        return explaining.explain(self.case, self.question(day or self.newest), person).data
