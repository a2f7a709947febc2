"""Lines of what happened between two numbers: releases, arrests, deaths.

The counter's own number of them is taken where it gives one, and named persons are its least; else
the named persons, from those surely meant to those perhaps meant. Numbers of other counters are not
used. Between numbers of which one has no day nothing can be placed: which of them is the earlier is
not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from habeas.projections.reconcile.flows import Counted, counted
from habeas.projections.reconcile.lines import Line, line_of
from habeas.projections.reconcile.pair import Pair
from habeas.projections.reconcile.ranges import Range
from habeas.projections.reconcile.turns import ARRESTED, DIED, RELEASED, Turn, turns, within

EFFECTS: Final[dict[str, dict[str, int]]] = {
    "held": {RELEASED: -1, DIED: -1, ARRESTED: 1},
    "foreign_held": {RELEASED: -1, DIED: -1, ARRESTED: 1},
    "released_since": {RELEASED: 1},
    "arrested_since": {ARRESTED: 1},
}
"""What each kind of turn does to a number of each measure; to other measures none does anything."""


def happened(pair: Pair) -> Iterator[Line]:
    """Yield the lines of what happened between two numbers; none of what did not."""
    measure = pair.first.event.measure
    if pair.first.date is None or pair.second.date is None:
        return
    for kind, sign in EFFECTS.get(measure, {}).items():
        sure, perhaps = _persons(pair, kind)
        said = None if measure.endswith("_since") else _counted(pair, kind)
        if sure or perhaps or said:
            yield line_of(
                kind,
                _amount(pair, sure, perhaps, said).times(sign),
                sure=(turn.told.person for turn in sure),
                perhaps=(turn.told.person for turn in perhaps),
                counts=said.by if said else (),
                seqs=(seq for turn in (*sure, *perhaps) for seq in turn.behind),
            )


def _persons(pair: Pair, kind: str) -> tuple[list[Turn], list[Turn]]:
    return within((turn for one in pair.persons for turn in turns(one)), kind, pair.time)


def _counted(pair: Pair, kind: str) -> Counted | None:
    """Return the flow as the counter of the one or, failing that, of the other number counts it."""
    for figure in (pair.first, pair.second):
        found = counted(pair.said, figure, kind, pair.time)
        if found is not None:
            return found
    return None


def _amount(pair: Pair, sure: list[Turn], perhaps: list[Turn], said: Counted | None) -> Range:
    surely = len(sure) if pair.whole else 0
    if said is not None:
        return said.amount.at_least(surely)
    return Range(surely, len(sure) + len(perhaps))
