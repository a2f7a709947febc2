"""Where a log stands for who appends to it again and again: what one append leaves to the next.

What it knows stays true as long as nobody else writes, which the store's stamp tells. Claims about
persons on whom no act bears, which most are, then cost a few look-ups: what was said of a person is
read from what is kept beside his answers, and of those only the ones from the new claim's known
time on are computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from habeas.case import believing
from habeas.errors import HabeasError
from habeas.events import Event
from habeas.log.checked import PLAIN
from habeas.log.looking import Looked
from habeas.log.nearby import Nearby, Recalled
from habeas.projections import recounted
from habeas.times import NEVER

if TYPE_CHECKING:
    from habeas.log import Record
    from habeas.resolve import Rules
    from habeas.store import Appending, LogStore
    from habeas.store.belief_port import Model

MOST: Final = 10_000
"""How many threads are kept at most."""

KNOWN: Final = 1_000
"""How many persons are known at most; then the first are forgotten."""


class Standing:
    """What is known of a log at its head, and told of every record that is appended."""

    def __init__(self, store: LogStore, log: Appending) -> None:
        head = log.head
        self._store, self._stamp = store, log.stamp()
        self.state = Looked(store, head.position, head.recorded)
        self._nearby = Nearby(store, self.state)
        self._models: list[tuple[Model, Rules]] | None = None
        self._known: dict[str, Recalled] = {}

    def holds(self, log: Appending) -> bool:
        """Say whether all that is known still is so."""
        return self._stamp == log.stamp() and len(self.state.threads) <= MOST

    def note(self, log: Appending) -> None:
        """Note that what was written in a block was written by who keeps this."""
        self._stamp = log.stamp()

    def meet(self, events: Sequence[Event]) -> None:
        """Read what is kept of the persons of whom events speak, before those are judged.

        Among acts, who is registered before them may not be so after.
        """
        if self._models is None:
            self._models = list(believing.current(self._store, self.state.position))
        if not self._models:
            return
        if not all(isinstance(event, PLAIN) for event in events):
            self._forget_all()
            return
        for event in events:
            person = getattr(event, "person", None)
            if person is not None and person not in self._known:
                self._recall(person)

    def _recall(self, person: str) -> None:
        known = believing.recalled(self._store, person, self._nearby.zone)
        if known is None:
            return
        if len(self._known) >= KNOWN:
            self._forget(next(iter(self._known)))
        self._known[person] = known
        self.state.known[f"person:{person}"] = 0

    def _forget(self, person: str) -> None:
        del self._known[person], self.state.known[f"person:{person}"]

    def _forget_all(self) -> None:
        for person in tuple(self._known):
            self._forget(person)

    def believe(self, records: Sequence[Record], before: int) -> bool:
        """Bring the models up to date with what was appended after `before`, if that is soon done.

        Returns whether it was; if not, what was written of the models has to be written anew.
        """
        done = self._is_believed(records, before)
        if not done:
            # An act may bear on what was read of documents, parties and persons, or on the models.
            self._nearby, self._models = Nearby(self._store, self.state), None
            self._forget_all()
        return done

    def _is_believed(self, records: Sequence[Record], before: int) -> bool:
        said = _said(records)
        if said is None or len(records) > believing.AT_ONCE:
            return False
        if self._models is None:
            self._models = list(believing.current(self._store, before))
        if any(rules.min_grade is not None for _, rules in self._models):
            return False
        try:
            for person, new in said.items():
                if not self._compute(person, new):
                    return False
        except HabeasError:
            return False
        self._advance(before)
        self.state.let_go()
        return True

    def _compute(self, person: str, records: list[Record]) -> bool:
        """Write what is answered of a person since the first of his new claims was public."""
        known = self._known.get(person)
        if known is not None:
            self._go_on(known, records)
            return True
        if not self._nearby.take(person):
            return False
        seqs = {one.seq for one in records}
        new = (one.known for one in self._nearby.of(person) if one.seq in seqs)
        since = min(new, default=NEVER)
        for model, rules in self._models or ():
            found = believing.computed(self._nearby, (person,), rules, since)
            believing.keep(self._store, model.no, found, since)
        return True

    def _go_on(self, known: Recalled, records: list[Record]) -> None:
        """Write what follows from new claims about a person of whom all else is known."""
        beliefs, nearby = self._store.beliefs, self._nearby
        new = nearby.recall(known, records)
        texts = recounted.more(nearby, known, new)
        since = min([one.known for one in new], default=NEVER)
        for model, rules in self._models or ():
            tail = beliefs.tail(model.no, known.place, since)
            last = believing.before(tail, since)
            rows = believing.rows_after(nearby, known.person, rules, since, last)
            beliefs.amend(model.no, known.place, tail, [*last, *rows])
        beliefs.cite_more(known.place, *texts)

    def _advance(self, before: int) -> None:
        position = self.state.position
        for model, _ in self._models or ():
            believing.advance(self._store, model.no, before, position)


def _said(records: Iterable[Record]) -> dict[str, list[Record]] | None:
    """Return the persons that were registered or spoken of, each with the records that did so.

    None where something else was recorded than registrations and claims.
    """
    found: dict[str, list[Record]] = {}
    for record in records:
        if not isinstance(record.event, PLAIN):
            return None
        person = getattr(record.event, "person", None)
        if person is not None:
            found.setdefault(person, []).append(record)
    return found
