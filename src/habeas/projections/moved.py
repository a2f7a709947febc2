"""What moved between two sides besides persons: series of numbers, and groups; and why.

Of a move it names all that was told, taken back or recorded, between the two sides, of the claims
behind it; unlike `causes` it does not try without which of these there would have been none. Where
there was nothing, a stated date has passed (`elapsed`); each side may have its own rules (`ruled`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from habeas.events import Citation
from habeas.log import Record, State, Thread, counting
from habeas.projections import attribution
from habeas.projections.causes import ACTS, rules_differ, time_passed
from habeas.projections.changes import Side
from habeas.projections.explanation import Read
from habeas.projections.groups import groups
from habeas.projections.moves import counts_moved, groups_moved
from habeas.projections.series import Key, Series, gathered, series_of


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
        causes = _causes(before, after, one["events"], read)
        return {key: value for key, value in one.items() if key != "events"} | {"causes": causes}

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


def _causes(before: Side, after: Side, events: Iterable[str], read: Read) -> list[dict[str, Any]]:
    """Return why something moved behind which these claims stand, in the order of the log."""
    search = _Search(before, after)
    seqs = {seq for event in events for seq in search.behind(event)}
    told = [search.told(record) for record in read(seqs) if record.event is not None]
    if before.question.rules != after.question.rules:
        return [rules_differ(before, after), *told]
    return told or [time_passed(before, after)]


class _Search:
    """What lies between two sides; whichever is the newer."""

    def __init__(self, before: Side, after: Side) -> None:
        self._sides = sides = sorted((before, after), key=lambda one: one.state.position)
        self._state: State = sides[1].state
        self._since = sides[0].state.position
        self._known_before = min(side.question.as_of.end for side in sides)

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
        state, person = self._state, getattr(thread.event, "person", None)
        persons = set() if person is None else {person, *state.merged_with(person)}
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
