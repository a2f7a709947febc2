"""A line of a reconciliation: what it tells of, how much it adds, and what is behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from habeas.log import State
from habeas.projections.counts import entry_data
from habeas.projections.entries import Entry
from habeas.projections.reconcile.ranges import Range
from habeas.projections.tallies import ids, names


@frozen(kw_only=True)
class Line:
    """One line. `amount` is what it adds to the earlier number; None where its size is not known.

    `sure` and `perhaps` are the persons behind it, `counts` the reported numbers, `seqs` the claims
    (those of the numbers among them), `acts` the ids of acts; `about` tells what a change of
    definition is about.
    """

    kind: str
    amount: Range | None
    sure: tuple[str, ...]
    perhaps: tuple[str, ...]
    counts: tuple[Entry, ...]
    seqs: tuple[int, ...]
    acts: tuple[str, ...]
    about: tuple[dict[str, Any], ...]


def line_of(
    kind: str,
    amount: Range | None,
    *,
    sure: Iterable[str] = (),
    perhaps: Iterable[str] = (),
    counts: Iterable[Entry] = (),
    seqs: Iterable[int] = (),
    acts: Iterable[str] = (),
    about: Iterable[dict[str, Any]] = (),
) -> Line:
    """Make a line; what is left out is nothing. The claims of `counts` are added to its `seqs`."""
    numbers = tuple(counts)
    return Line(
        kind=kind,
        amount=amount,
        sure=tuple(sorted(sure)),
        perhaps=tuple(sorted(perhaps)),
        counts=numbers,
        seqs=(*seqs, *(one.thread.seq for entry in numbers for one in entry.told)),
        acts=tuple(acts),
        about=tuple(about),
    )


def line_data(state: State, line: Line, sign: int) -> dict[str, Any]:
    """Return a line as JSON values; `sign` is -1 where the numbers were asked for the other way."""
    return {
        "kind": line.kind,
        "amount": None if line.amount is None else line.amount.times(sign).data,
        "persons": list(line.sure),
        "names": names(state, line.sure),
        "perhaps": list(line.perhaps),
        "perhaps_names": names(state, line.perhaps),
        "counts": [entry_data(state, entry) for entry in line.counts],
        "about": list(line.about),
        "events": [*ids(state, line.seqs), *line.acts],
    }
