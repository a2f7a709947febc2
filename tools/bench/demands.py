"""What is asked of habeas at a million events, and how near it comes: one row each.

The demands are issue 4's. A bound is met or not met by the medians of interleaved rounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from bench import floors, ours, peers, startup
from bench.figures import Figures, divided

FLOOR: Final = "SQLite, ready-made intervals (the floor)"
WINDOW: Final = "SQLite, window function over claims"
DUCK: Final = "DuckDB, ready-made intervals"
SOURCED: Final = "eventsourcing, an aggregate a person"
BTREE: Final = "PostgreSQL, intervals, covering B-tree"
BARE: Final = "SQLite, one bare row"
ROWS: Final = "habeas's own rows, with nothing computed"

_PROCESSES: Final = 2


class Demand(NamedTuple):
    """A demand: what is asked, the bound, the figure (None: not measured), and its sense.

    `most`: the figure is to be at most the bound; else at least. `form` writes both. `floor` is
    what a part of it comes to alone, that nothing could do without; None where that is not known.
    """

    asked: str
    bound: float
    figure: float | None
    most: bool
    form: str = "{:.2f} ×"
    floor: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether it is met; None where it was not measured."""
        if self.figure is None:
            return None
        return self.figure <= self.bound if self.most else self.figure >= self.bound


def _at_most(asked: str, bound: float, figure: float | None, form: str = "{:.2f} ×") -> Demand:
    return Demand(asked, bound, figure, most=True, form=form)


def _at_least(asked: str, bound: float, figure: float | None, form: str = "{:.1f} ×") -> Demand:
    return Demand(asked, bound, figure, most=False, form=form)


def demands(at: Figures, least: Figures) -> Iterator[Demand]:
    """Yield the demands on one size; `least` is the smallest size of the run."""
    yield from _reading(at, least)
    yield from _changes(at)
    yield from _writing(at)
    yield from _space(at)


def _reading(at: Figures, least: Figures) -> Iterator[Demand]:
    persons = at.answer(ours.WHOLE)
    flat = divided(at.median(peers.PERSON), least.median(peers.PERSON))
    yield _at_most("counts, of the interval scan's time", 0.3, at.over(peers.COUNTS, FLOOR))
    yield _at_most("counts, of DuckDB's on intervals", 1.0, at.over(peers.COUNTS, DUCK))
    yield _at_most("roster, of the interval scan's time", 0.8, at.over(peers.ROSTER, FLOOR))
    yield _at_least("roster, faster than the window function", 30, at.under(peers.ROSTER, WINDOW))
    yield _at_least("roster, faster than PostgreSQL's B-tree", 2, at.under(peers.ROSTER, BTREE))
    yield _at_least(
        "roster, whole answers", 40_000, at.rate(ours.WHOLE, persons), "{:,.0f} persons/s"
    )
    yield _at_most("one person, of an SQLite seek's time", 2, at.over(peers.PERSON, FLOOR))
    yield _at_least("one person, faster than eventsourcing", 20, at.under(peers.PERSON, SOURCED))
    yield _at_most(f"one person, of his time at {least.size:,} events", 1.6, flat)
    heavy = at.median(ours.HEAVY)
    yield _at_most(
        "the heavy person's answer", 50, None if heavy is None else heavy * 1e3, "{:.0f} ms"
    )


def _changes(at: Figures) -> Iterator[Demand]:
    yield _at_least(
        "a week's light change log, faster than two rosters", 40, at.under(peers.WEEK, FLOOR)
    )
    yield _at_least(
        "a week's light change log, faster than DuckDB's join", 10, at.under(peers.WEEK, DUCK)
    )
    yield _at_most(
        "a year's light change log, of two rosters' time", 1.0, at.over(peers.YEAR, FLOOR)
    )


def _writing(at: Figures) -> Iterator[Demand]:
    result = at.result
    loaded = at.size / result["alone"]["load"]
    spent = result["prepared"].get(SOURCED)
    sourced = divided(result["claims"] + result["persons"], spent)
    late = at.median(ours.LATE)
    rows, bare, other = (at.median(peers.APPEND, name) for name in (ROWS, BARE, SOURCED))
    yield _at_most("an append, of a bare row's time", 1.5, at.over(peers.APPEND, BARE))._replace(
        floor=divided(rows, bare)
    )
    yield _at_least(
        "an append, faster than eventsourcing", 2, at.under(peers.APPEND, SOURCED)
    )._replace(floor=divided(other, rows))
    yield _at_most(
        "a late append to the heavy person",
        1_000,
        None if late is None else late * 1e3,
        "{:.0f} ms",
    )
    alone = result.get("floors", {})
    # Of the two processes of a load one reads and the other writes; of a rebuild each does half.
    slower = max((alone.get(job, 0.0) for job in (floors.LOAD_ROWS, floors.READ_LOG)), default=0.0)
    rows_alone = divided(at.size, slower)
    yield _at_least("load from text", 30_000, loaded, "{:,.0f} events/s")._replace(floor=rows_alone)
    yield _at_least(
        "load from text, of eventsourcing's rate", 3, divided(loaded, sourced)
    )._replace(floor=divided(rows_alone, sourced))
    rate = at.rate(peers.REBUILD, result["claims"])
    resolved = divided(_PROCESSES * result["claims"], alone.get(floors.ANSWERS))
    yield _at_least("rebuild, committed", 30_000, rate, "{:,.0f} claims/s")._replace(floor=resolved)


def _space(at: Figures) -> Iterator[Demand]:
    result, memory = at.result, at.result["megabytes"]
    yield _at_most("database, of the text log", 3, result["sizes"][ours.NAME] / result["text"])
    for job, bound in (("load", 200), ("rebuild", 600), ("roster", 600)):
        yield _at_most(f"peak memory of {job}", bound, memory.get(job), "{:.0f} MB")
    times = result.get("startup")
    if times is not None:
        found = Figures({"size": 0, "times": {"": times}})
        ratio = divided(found.median("", startup.STATUS), found.median("", startup.WORD))
        yield _at_most("`habeas status PERSON` as a process, of Typer's", 1.5, ratio)
