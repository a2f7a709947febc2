"""Lines of what was taken back: claims that the counter withdrew, and persons found to be one.

What a counter withdraws of a person moves its number, unless it says the same elsewhere; what
others withdraw does not. Persons who are merged may have been counted twice, if the counter had
spoken of more than one of them when it told the earlier number: from nothing to all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from habeas.events import StatusClaimed
from habeas.log import counting
from habeas.projections.person import Told
from habeas.projections.reconcile.late import HELD
from habeas.projections.reconcile.lines import Line, line_of
from habeas.projections.reconcile.pair import Pair
from habeas.projections.reconcile.ranges import Range
from habeas.vocabulary import CUSTODY_OF

_WITHDRAWN: Final[dict[str, dict[str, int]]] = {
    "held": {"held": -1, "out": 1},
    "foreign_held": {"held": -1, "out": 1},
    "released_since": {"out": -1},
    "arrested_since": {"held": -1},
}
"""What the withdrawal of a claim of each custody does to a number of each measure."""


def revised(pair: Pair) -> Iterator[Line]:
    """Yield the lines of what was taken back between two numbers."""
    if pair.first.event.measure in HELD:
        yield from _merged(pair)
    for custody, sign in _WITHDRAWN.get(pair.first.event.measure, {}).items():
        taken = _taken_back(pair, custody)
        if taken:
            surely = len(taken) if pair.whole else 0
            seqs = {seq for found in taken.values() for seq in found}
            yield line_of(
                "withdrawn",
                Range(surely, len(taken)).times(sign),
                sure=taken,
                seqs=sorted(seqs | {seq for one in seqs for seq in pair.state.withdrawals[one]}),
            )


def _taken_back(pair: Pair, custody: str) -> dict[str, list[int]]:
    """Return the persons of whom the counter took back a custody, with the claims taken back."""
    taken: dict[str, list[int]] = {}
    standing: set[str] = set()
    for thread, event in pair.state.claims():
        if isinstance(event, StatusClaimed) and _says(pair, event, custody, pair.second.known):
            name = pair.state.keeper(event.person)
            at = counting.withdrawn_at(pair.state, thread)
            if at is None or at > pair.second.known:
                standing.add(name)
            elif at > pair.first.known and _says(pair, event, custody, pair.first.known):
                taken.setdefault(name, []).append(thread.seq)
    return {name: seqs for name, seqs in sorted(taken.items()) if name not in standing}


def _says(pair: Pair, event: StatusClaimed, custody: str, end: int) -> bool:
    """Say whether a claim is the earlier counter's, asserts a custody, and was public by `end`."""
    return (
        event.stance == "asserted"
        and CUSTODY_OF[event.status] == custody
        and counting.known_at(pair.state, event) <= end
        and pair.state.voice(counting.origin_of(pair.state, event)) == pair.first.voice
    )


def _merged(pair: Pair) -> Iterator[Line]:
    """Yield the line of persons whom the counter may have counted twice."""
    found = {one.person: _counted_as(pair, one) for one in pair.persons}
    doubles = {name: people for name, people in found.items() if len(people) > 1}
    if doubles:
        merged = {one for people in doubles.values() for one in people}
        seqs = {seq for people in doubles.values() for found in people.values() for seq in found}
        yield line_of(
            "merged",
            Range(-sum(len(people) - 1 for people in doubles.values()), 0),
            perhaps=doubles,
            seqs=sorted(seqs),
            acts=[
                merge
                for merge, act in pair.state.merge_acts.items()
                if act.merged in merged and pair.state.merged_into.get(act.merged) == act.keep
            ],
        )


def _counted_as(pair: Pair, one: Told) -> dict[str, list[int]]:
    """Return those of the persons now one of whom the counter had spoken, with its claims."""
    spoken: dict[str, list[int]] = {}
    for seq, thread in one.evidence.threads.items():
        event = thread.event
        if isinstance(event, StatusClaimed) and _says(pair, event, "held", pair.first.known):
            spoken.setdefault(event.person, []).append(seq)
    return spoken
