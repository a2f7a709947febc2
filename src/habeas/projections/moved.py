"""What moved between two sides besides persons: series of numbers, and groups; and why.

Of a move it names all that was told, taken back or recorded, between the two sides, of the claims
behind it; unlike `causes` it does not try without which of these there would have been none. Where
there was nothing, a stated date has passed (`elapsed`); each side may have its own rules (`ruled`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, Final

from habeas import resolve
from habeas.events import Citation, StatusClaimed
from habeas.log import Record, State, Thread, counting
from habeas.projections import attribution, person
from habeas.projections.causes import ACTS, rules_differ, time_passed
from habeas.projections.changes import Side
from habeas.projections.explanation import Read
from habeas.projections.groups import groups
from habeas.projections.moves import counts_moved, groups_moved
from habeas.projections.series import Key, Series, gathered, series_of

_BEHIND: Final = frozenset({"events", "turned"})
"""What `moves` tells of a move for its causes to be found, and nobody else is told."""


def moved(before: Side, after: Side, read: Read, *, evidence: bool) -> dict[str, Any]:
    """Return the counters' series and the groups that moved: `{"counts": […], "groups": […]}`.

    See `moves`; each with its `causes`. `read` gives the records at some `seq`s. With `evidence`,
    also the series of which only more is told. A choice of persons chooses groups, and leaves no
    series; one by party or place chooses both.
    """
    counted = [] if _chooses_persons(after) else counts_moved(*_series(before, after))
    told = [one for one in counted if evidence or one["kinds"] != ["relayed"]]
    grouped = groups_moved(*(groups(side.state, side.question) for side in (before, after)))

    def caused(one: dict[str, Any]) -> dict[str, Any]:
        causes = _causes(before, after, one, read)
        return {key: one[key] for key in one if key not in _BEHIND} | {"causes": causes}

    return {"counts": list(map(caused, told)), "groups": list(map(caused, grouped))}


def _chooses_persons(side: Side) -> bool:
    return not side.question.where.keys() <= {"party", "place"}


def _series(before: Side, after: Side) -> list[dict[Key, Series]]:
    """Return each side's series, but for those in which the two sides hold the same."""
    said = [gathered(side.state, side.question) for side in (before, after)]
    same = {key for key, numbers in said[0].items() if numbers == said[1].get(key)}
    return [
        {key: series_of(side.state, numbers) for key, numbers in one.items() if key not in same}
        for side, one in zip((before, after), said, strict=True)
    ]


def _causes(before: Side, after: Side, one: Mapping[str, Any], read: Read) -> list[dict[str, Any]]:
    """Return why something moved, in the order of the log.

    Behind it stand its claims and, of the members of a group who turned, those against them: a
    denial is no claim of the group. Where none of these is news, all that is told of such members.
    """
    search, turned = _Search(before, after), one.get("turned", ())
    seqs = search.news([*one["events"], *search.against(turned)])
    seqs = seqs or search.news(search.told_of(turned))
    told = [search.told(record) for record in read(seqs) if record.event is not None]
    if before.question.rules != after.question.rules:
        return [rules_differ(before, after), *told]
    return told or [time_passed(before, after)]


def _against(answer: resolve.Answer) -> Iterator[int]:
    """Yield the claims that an answer holds against anything that it tells of."""
    yield from answer.against
    for spell in answer.spells:
        yield from spell.against
    for item in (*answer.pending, *answer.contradicted):
        yield from item.against


class _Search:
    """What lies between two sides; whichever is the newer."""

    def __init__(self, before: Side, after: Side) -> None:
        self._sides = sides = sorted((before, after), key=lambda one: one.state.position)
        self._state: State = sides[1].state
        self._since = sides[0].state.position
        self._known_before = min(side.question.as_of.end for side in sides)

    def news(self, events: Iterable[str]) -> set[int]:
        """Return all that made some claims count on one side only, or count otherwise."""
        return {seq for event in events for seq in self.behind(event)}

    def against(self, persons: Iterable[str]) -> Iterator[str]:
        """Yield the claims that speak, on either side, against what is told of persons."""
        for one, side in product(persons, self._sides):
            known = side.state.registered(f"person:{one}") is not None
            told = person.told(side.state, one, side.question) if known else None
            if told is not None:
                yield from (side.state.threads[seq].id for seq in _against(told.answer))

    def told_of(self, persons: Iterable[str]) -> Iterator[str]:
        """Yield the claims of a status of persons, and of those merged with them."""
        for one, side in product(persons, self._sides):
            known = side.state.registered(f"person:{one}") is not None
            for each in {one, *(side.state.merged_with(one) if known else ())}:
                threads = (side.state.threads[seq] for seq in side.state.said_of.get(each, ()))
                yield from (told.id for told in threads if isinstance(told.event, StatusClaimed))

    def behind(self, event: str) -> Iterator[int]:
        """Yield the events that made a claim count on one side only, or count otherwise."""
        thread = self._state.thread(event)
        if self._news(thread):
            yield thread.seq
        for seq in self._state.withdrawals.get(thread.seq, ()):
            if self._news(self._state.threads[seq]):
                yield seq
        for one in self._named(thread):
            yield from (seq for seq in one.history[1:] if seq > self._since)
        yield from self._merges(thread)

    def _news(self, thread: Thread) -> bool:
        """Say whether a claim or withdrawal was told on one side only."""
        return len({self._is_told(side, thread.seq) for side in self._sides}) > 1

    def _is_told(self, side: Side, seq: int) -> bool:
        thread = side.state.threads.get(seq)
        known = None if thread is None else counting.known_at(side.state, thread.event)
        return known is not None and known <= side.question.as_of.end

    def _named(self, thread: Thread) -> Iterator[Thread]:
        """Yield a claim, its document and its speaker, with all for whom that one speaks."""
        state, event = self._state, thread.event
        yield thread
        names = [f"document:{event.document}"]
        party: str | None = counting.origin_of(state, event)
        while party is not None and f"party:{party}" not in names:
            names.append(f"party:{party}")
            party = state.party(party).part_of
        for name in names:
            found = state.registered(name)
            if found is not None:
                yield found

    def _merges(self, thread: Thread) -> Iterator[int]:
        """Yield the merges, and separations, since, of the person whom a claim is about."""
        state, one = self._state, getattr(thread.event, "person", None)
        if one is None:
            return
        persons = {one, *state.merged_with(one)}
        for merge, act in state.merge_acts.items():
            if persons & {act.keep, act.merged}:
                newest = state.newest_act[f"merge:{act.merged}"]
                both = (state.seq_of[merge], state.seq_of[newest])
                yield from (seq for seq in both if seq > self._since)

    def told(self, record: Record) -> dict[str, Any]:
        """Return a cause as `causes` gives it."""
        kind = ACTS.get(type(record.event)) or self._when_told(record)
        cause = {"event": record.id, "type": record.type, "cause": kind}
        return cause | attribution.described(self._state, record)

    def _when_told(self, record: Record) -> str:
        event = self._state.threads[record.seq].event
        if not isinstance(event, Citation):
            return "reported"
        late = counting.known_at(self._state, event) <= self._known_before
        return "backfilled" if late else "reported"
