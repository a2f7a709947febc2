"""Beliefs read: quick answers to a question at the head of the log, by rules that have a model.

It writes nothing, whatever it finds. Where a model is behind the log, the persons on whom the later
events bear are answered by replay, and their rows are left aside. A question that no model answers
(other rules, an older position, another day than the as-of day) gets None, and is replayed.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from attrs import define

from habeas import times
from habeas.case import believing
from habeas.case.collecting import uncollected
from habeas.log import State, closure
from habeas.log.touching import SWEEPING
from habeas.projections import believed, person
from habeas.projections.believed import MEANING
from habeas.projections.question import Question
from habeas.store import LogStore

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from habeas.resolve import Rules
    from habeas.store.belief_port import Row

_PAGE: Final = 500


class Brief(NamedTuple):
    """A person's answer in a few words."""

    person: str
    name: str
    status: str
    standing: str | None
    contested: bool


@define(eq=False)
class View:
    """A model as a reader finds it, as long as nothing is written (`stamp`).

    `stale` are the persons whose rows are not to be believed; `state` holds all that bears on them.
    """

    store: LogStore
    model: int
    zone: ZoneInfo
    position: int
    stale: frozenset[str]
    state: State

    @cached_property
    def _known(self) -> dict[int, tuple[str, str]]:
        """Who stands in which place, as far as anybody asked."""
        return {}

    @cached_property
    def _everybody(self) -> _Everybody:
        with uncollected():
            return _Everybody(self.store.beliefs.names(), self.store.beliefs.places())

    def _replayed(self, question: Question) -> Iterator[dict[str, Any]]:
        """Yield the answers about those whose rows are not to be believed, by id."""
        for one in sorted(self.stale):
            if self.state.registered(f"person:{one}") and self.state.keeper(one) == one:
                told = person.told(self.state, one, question)
                if told is not None:
                    yield person.row(self.state, told)

    def _codes(self, question: Question) -> bytes:
        """Return the codes of all whose rows are believed, by place."""
        codes = self.store.beliefs.codes(self.model, question.as_of.end)
        if not self.stale:
            return codes
        changed = bytearray(codes)
        for place in self._everybody.places_of(self.stale):
            if place < len(changed):
                changed[place] = 0
        return bytes(changed)

    def tally(self, question: Question) -> dict[tuple[str, str | None], int]:
        """Count persons by status and standing."""
        found: Counter[tuple[str, str | None]] = Counter()
        left = self._codes(question).translate(None, b"\0")
        while left:
            code, count = left[0], len(left)
            left = left.translate(None, left[:1])
            meaning = MEANING[code]
            if meaning is not None:
                found[meaning[:2]] += count - len(left)
        found.update((row["status"], row["standing"]) for row in self._replayed(question))
        return dict(found)

    def rows(self, question: Question) -> list[tuple[Any, ...]]:
        """Return everybody's answer in a few words, by id: tuples as `Brief` names them."""
        everybody, codes = self._everybody, self._codes(question)
        with uncollected():
            found: list[tuple[Any, ...]] = [
                one + MEANING[code]  # type: ignore[operator]
                for one, code in zip(everybody.named, everybody.by_id(codes), strict=True)
                if code
            ]
        if self.stale:
            found += [_brief(row) for row in self._replayed(question)]
            found.sort()
        return found

    def brief(self, one: str, question: Question) -> tuple[Any, ...] | None:
        """Return a person's answer in a few words; None where nothing was known."""
        if one in self.stale:
            told = person.told(self.state, self.state.keeper(one), question)
            return None if told is None else _brief(person.row(self.state, told))
        row = self.store.beliefs.one(self.model, one, question.as_of.end)
        if row is None or not row[2]:
            return None
        return row[:2] + MEANING[row[2]]  # type: ignore[operator]

    def quick(self, one: str, end: int) -> tuple[Any, ...] | None:
        """Return a person's answer in a few words, unless anything was written since.

        Empty where nothing was known. None: ask `brief` of a view that is up to date.
        """
        row = self.store.beliefs.one(self.model, one, end)
        if row is None or row[3] != self.position or one in self.stale:
            return None
        return row[:2] + MEANING[row[2]] if row[2] else ()  # type: ignore[operator]

    def answers(self, question: Question) -> Iterator[dict[str, Any]]:
        """Yield the whole answers about everybody, by id, as `projections.roster` gives them."""
        believed = self._believed(question)
        if not self.stale:
            return believed
        return heapq.merge(believed, self._replayed(question), key=lambda row: row["person"])

    def everybody(self, question: Question) -> tuple[dict[str, Any], ...]:
        """Return all of `answers`."""
        with uncollected():
            return tuple(self.answers(question))

    def _believed(self, question: Question) -> Iterator[dict[str, Any]]:
        found = self.store.beliefs.all(self.model, question.as_of.end)
        while page := list(islice(found, _PAGE)):
            if self.stale:
                page = [one for one in page if one.person not in self.stale]
            yield from believed.answers(page)

    def turned(self, after: int, upto: int, *, quiet: bool) -> set[str]:
        """Return the persons whose answer may differ between two as-of ends.

        With `quiet`, also those of whom no more than the evidence may.
        """
        found = self.store.beliefs.turned(self.model, after, upto, quiet=quiet)
        return found | self.stale

    def turns(self, after: int, upto: int) -> Iterator[tuple[Any, ...]]:
        """Yield (person, name, code before, code after, why) where codes differ in `(after, upto]`.

        Of those whose rows are believed; `why` holds that of every turn between, each of its own.
        """
        found: dict[int, tuple[int, int, str]] = {}
        for place, was, code, why in self.store.beliefs.turns(self.model, after, upto):
            last = found.get(place)
            found[place] = (last[0], code, f"{last[2]} {why}") if last else (was, code, why)
        named = self._named(place for place, (was, code, _) in found.items() if was != code)
        for place, (was, code, why) in found.items():
            if was != code and named[place][0] not in self.stale:
                yield *named[place], was, code, why

    def _named(self, places: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Return those in some places, and perhaps more: id and name."""
        unknown = [place for place in places if place not in self._known]
        if unknown:
            self._known.update(self.store.beliefs.named(unknown))
        return self._known

    def name_of(self, one: str) -> str:
        """Return a person's name."""
        row = self.store.beliefs.one(self.model, one, times.NEVER)
        return one if row is None else row[1]

    def history(self, one: str) -> list[Row]:
        """Return a person's rows, ascending; they are not to be believed of who is stale."""
        return self.store.beliefs.rows(self.model, one)


class _Everybody:
    """Everybody's id and name, by id, and the place of each one's code."""

    def __init__(self, named: list[tuple[str, str]], places: list[int]) -> None:
        self.named, self._places = named, places
        self._room = max(places, default=-1) + 1
        self._picked = itemgetter(*places) if len(places) > 1 else None

    def by_id(self, codes: bytes) -> Sequence[int]:
        """Return codes, of which the last may be missing, in the order of `named`."""
        codes = codes.ljust(self._room, b"\0")
        if self._picked is None:
            # Of one place alone it would give no tuple.
            return [codes[place] for place in self._places]
        found: tuple[int, ...] = self._picked(codes)
        return found

    def places_of(self, persons: Collection[str]) -> Iterator[int]:
        """Yield the places of those of some persons who are kept."""
        named = zip(self.named, self._places, strict=True)
        return (place for (one, _), place in named if one in persons)


def _brief(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[key] for key in Brief._fields)


def answers_by_model(question: Question, zone: ZoneInfo) -> bool:
    """Say whether a model may hold the answer to a question at the head of the log."""
    return times.day_of(question.as_of.end - 1, zone) == question.on


def view(store: LogStore, rules: Rules) -> View | None:
    """Return the model of these rules as it stands; None if there is none that can be read."""
    case = State.of(closure.case(store)).case
    model = believing.model_for(store, rules, case.timezone)
    if model is None or any(seq > model.position for seq in store.of_type(SWEEPING)):
        return None
    position = store.head().position
    found: set[str] = set()
    state = State()
    if position > model.position:
        found = believing.touched_since(store, model)
        state = State.of(closure.about(store, found, None))
        found |= {state.keeper(one) for one in found}
    return View(store, model.no, times.zone(case.timezone), position, frozenset(found), state)
