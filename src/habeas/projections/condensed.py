"""An answer condensed: its facts, which are compared, and the body of a row, which is kept.

It says what `person.row` says, without the state of the log and without one value made for each
claim: what the answer's claims add (a place, a zone) comes from their `Saying`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from habeas.projections import person
from habeas.projections.believed import written

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from habeas.log.sayings import Saying
    from habeas.resolve import Answer, Item
    from habeas.times import Window

Facts = tuple[object, ...]
"""An answer without its evidence; two answers say the same if these are equal."""


class Condensed(NamedTuple):
    """What is kept of an answer but its evidence: its facts, and their text in a row."""

    facts: Facts
    text: str


class Condenser:
    """Condenses the answers about one person, one after the other."""

    def __init__(self, said: Mapping[int, Saying], zone: ZoneInfo) -> None:
        self._said, self._zone = said, zone
        self._last = Condensed((), "")

    def condense(self, answer: Answer) -> Condensed:
        """Return the facts of an answer, and their text."""
        facts = self._facts(answer)
        if facts != self._last.facts:
            # The first two are the row's code; the items go with their evidence.
            self._last = Condensed(facts, ",".join([_written(fact) for fact in facts[2:-2]]))
        return self._last

    def is_told(self, answer: Answer, facts: Facts) -> bool:
        """Say whether these are the facts of an answer; most that are not are seen at once."""
        if (answer.status, answer.standing, answer.custody) != facts[:3]:
            return False
        if (answer.custody_standing, answer.presumed, answer.disputes) != facts[7:10]:
            return False
        return self._facts(answer) == facts

    def _facts(self, answer: Answer) -> Facts:
        return (
            answer.status,
            answer.standing,
            answer.custody,
            self._window(answer.since, answer.support),
            answer.certainty,
            answer.vouched,
            self._window(answer.custody_since, answer.support),
            answer.custody_standing,
            answer.presumed,
            answer.disputes,
            self._place(answer),
            [self._item(item) for item in answer.pending],
            [self._item(item) for item in answer.contradicted],
        )

    def body(self, answer: Answer, condensed: Condensed, known: int) -> str:
        """Return the body of the row of an answer; its newest claim was known at `known`."""
        *_, pending, contradicted = condensed.facts
        lists = (
            _listed(answer.support),
            _listed(answer.against),
            _items(answer.pending, pending),
            _items(answer.contradicted, contradicted),
            _listed(answer.unknown),
        )
        return f"[{known},{condensed.text},{','.join(lists)}]"

    def _window(self, window: Window | None, support: Iterable[int]) -> str | None:
        if window is None:
            return None
        text = person.text_of_days(window, self._zone)
        if text is not None:
            return text
        return person.window_text(window, self._zone, (self._said[seq].zone for seq in support))

    def _item(self, item: Item) -> tuple[object, ...]:
        return (item.status, item.custody, self._window(item.since, item.support), item.standing)

    def _place(self, answer: Answer) -> str | None:
        """Return the place of the claim in force that speaks latest and names one."""
        said = self._said
        if not any(said[seq].place for seq in answer.support):
            return None
        return next((said[seq].place for seq in answer.in_force if said[seq].place), None)


# The same few values come again and again: statuses, standings, days, places.
_written: Final = lru_cache(maxsize=65_536)(written)


def _items(items: Iterable[Item], facts: object) -> str:
    if not items:
        return "[]"
    return written(
        [
            [*fact, item.support, item.against] if item.against else [*fact, item.support]
            for item, fact in zip(items, facts, strict=True)  # type: ignore[call-overload]
        ]
    )


def _listed(seqs: Iterable[int]) -> str:
    """Return numbers as a JSON array."""
    return f"[{','.join(map(str, seqs))}]" if seqs else "[]"
