"""BENCHMARKS.md, from what was measured: the demands, every figure, growth, and what they mean."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Final

from bench import ours, peers
from bench.demands import demands
from bench.figures import Figures, Result, divided

_TITLES: Final = {
    peers.COUNTS: "Counts by status and standing, as of T",
    peers.ROSTER: "Roster as of T: (person, name, status, standing, contested)",
    ours.WHOLE: "Roster as of T, whole answers",
    peers.PERSON: "One person as of T (of 200, one after the other)",
    ours.HEAVY: "The heavy person's whole answer",
    peers.WEEK: "Changes over one week",
    peers.YEAR: "Changes over one year",
    ours.WHOLE_WEEK: "The week's whole change log",
    peers.APPEND: "One durable append",
    ours.LATE: "A late append to the heavy person",
    peers.REBUILD: "Everything derived, made anew",
}
_DEMANDED: Final = """\
A demand that is not met says how near we came. *A part alone* is what that comes to which nothing
could do without: of an append the rows that it writes, with nothing computed; of a load the slower
of its two processes with nothing but its own work (the rows written, or the text read, checked and
hashed); of a rebuild the least that a read model holds (claims read, heard and answered, and rows
of codes and `seq`s committed) in two processes that never wait, with no causes, no dates in words
and no texts beside the rows.
"""
_MEANING: Final = """\
## What the numbers mean

- Times are medians (least–most) of interleaved rounds in one process: everybody answers once, then
  everybody again; as in `timeit`, nothing is garbage-collected meanwhile. Of several formulations
  of a peer's question the fastest is kept. A ratio above 1 says how many times longer the peer
  takes than habeas. Absolute figures are this machine's, an append above all: state it as a ratio.
  PostgreSQL and MariaDB are servers, asked on loopback: their figures hold a round trip, which one
  person's answer mostly is.
- **No peer resolves.** Those *ready-made* are given habeas's own answers as intervals, made
  beforehand by the slowest and plainest way there is, and only look them up: they are the floor of
  any way to ask, and cannot take one more claim. Those of the *latest word* take, of a person's
  asserted claims known by T, the one about the latest day: no standing, no disputes, no spells, no
  second voice. Neither names a source. What is made anew under "made anew" is thus not the same
  thing: habeas resolves and commits, `eventsourcing` replays into memory, SQLite runs a window.
- Answers that should be equal are compared: habeas with all ready-made intervals, the latest words
  with one another. {faults}
- T is 2024-06-30, through its end, in a register of twelve years (2014–2025); the week and the year
  are those before it. Of each person whose row differs habeas's light change log (`case.turns`)
  gives both rows and the events behind every turn between them; the peers' give the ids alone. The
  whole change log (`case.changes`, of persons) is asked of the week: every fact before and after,
  and of the causes, complete and minimal for the two days together, who said it and where.
- An append is acknowledged when it is on the disk. habeas's checks the claim against the log,
  seals it, grows the tree, enters it in the index and catches up the read model of the default
  rules; SQLite's bare row is one INSERT into a table without index; PostgreSQL's is one row and
  one index entry, DuckDB's one row.
- Load is the text log taken into an empty database: canonical form, commitment, id, order and names
  checked, roots, index; read models are made after it. `eventsourcing` takes persons and claims
  only, from rows that are already parsed, and checks nothing. Memory is the resident most of a
  process of its own.
- The register is invented (`tools/bench`): 20 claims a document, 10 a person and skewed, persons
  with a thousand; relays, hedges, denials, vague and contradicting dates, documents recorded long
  after they were published, corrections, voids, withdrawals, merges, grades.
"""


def text(machine: dict[str, str], results: list[Result]) -> str:
    """Return the report, in Markdown."""
    sizes = [Figures(result) for result in results]
    return "\n".join(_parts(machine, sizes)) + "\n"


def _parts(machine: dict[str, str], sizes: list[Figures]) -> Iterator[str]:
    last, first = sizes[-1], sizes[0]
    yield "# Benchmarks\n"
    yield "Written by `make bench`; do not edit. How to read it stands at the end.\n"
    yield from _table(("", ""), ((what, value) for what, value in machine.items()))
    yield f"\n## Demands, at {last.size:,} events\n"
    yield _DEMANDED
    yield from _demands(last, first)
    yield f"\n## Everybody, at {last.size:,} events\n"
    yield _log(last)
    for question, title in _TITLES.items():
        if last.names(question):
            yield f"### {title}\n"
            yield from _question(last, question)
            yield ""
    yield from _processes(last)
    yield from _sizes(last)
    if len(sizes) > 1:
        yield from _growth(sizes)
    faults = [fault for one in sizes for fault in one.result["faults"]]
    said = "They are equal." if not faults else f"**They differ:** {'; '.join(faults)}."
    yield _MEANING.replace("{faults}", said)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    head = list(head)
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _demands(last: Figures, first: Figures) -> Iterator[str]:
    def rows() -> Iterator[tuple[str, ...]]:
        for one in demands(last, first):
            bound = f"{'at most' if one.most else 'at least'} {one.form.format(one.bound)}"
            figure = "not measured" if one.figure is None else one.form.format(one.figure)
            met = {True: "yes", False: "**no**", None: "–"}[one.met]
            floor = "" if one.floor is None else one.form.format(one.floor)
            yield one.asked, bound, figure, met, floor

    yield from _table(("question", "demand", "measured", "met", "a part alone"), rows())


def _log(at: Figures) -> str:
    result = at.result
    return (
        f"{at.size:,} events, of them {result['claims']:,} claims of a status in force, of "
        f"{result['persons']:,} persons; {result['spans']:,} intervals; "
        f"{result['text'] / 1e6:,.0f} MB of text.\n"
    )


def _question(at: Figures, question: str) -> Iterator[str]:
    def rows() -> Iterator[tuple[str, ...]]:
        for name in at.names(question):
            times = at.times(question, name) or []
            ratio = divided(at.median(question, name), at.median(question))
            spread = f"{span(min(times))}–{span(max(times))}"
            shown = "–" if ratio is None else f"{ratio:,.2f}"
            yield name, span(at.median(question, name)), spread, str(len(times)), shown

    yield from _table(("", "median", "least–most", "rounds", "× habeas"), rows())


def _processes(at: Figures) -> Iterator[str]:
    times = at.result.get("startup")
    if times is not None:
        found = Figures({"size": 0, "times": {"process": times}})
        yield "### Whole processes\n"
        yield from _question_of(found)
        yield ""


def _question_of(found: Figures) -> Iterator[str]:
    def rows() -> Iterator[tuple[str, ...]]:
        for name in found.names("process"):
            times = found.times("process", name) or []
            spread = f"{span(min(times))}–{span(max(times))}"
            yield name, span(found.median("process", name)), spread, str(len(times))

    yield from _table(("", "median", "least–most", "rounds"), rows())


def _sizes(at: Figures) -> Iterator[str]:
    result = at.result
    loads = result["prepared"] | {ours.NAME: result["alone"]["load"]}
    rows = (
        (name, f"{size / 1e6:,.1f} MB", f"{size / result['text']:.2f}", span(loads[name]))
        for name, size in result["sizes"].items()
        if size
    )
    yield "### On disk, and what it took to fill\n"
    yield "The peers are filled from rows that are already parsed, with their indexes.\n"
    yield from _table(("", "size", "× text", "filled in"), rows)
    first, more = (span(result["alone"][job]) for job in ("catch-up", "all-models"))
    yield "\nhabeas's size is with the read models of all projections of this repository. Made"
    yield f"after the load, that of the default rules took {first}, those of the others {more}."
    memory = ", ".join(f"{job} {most:.0f} MB" for job, most in result["megabytes"].items())
    yield f"Peak memory of habeas, each in a process of its own: {memory}.\n"


def _growth(sizes: list[Figures]) -> Iterator[str]:
    first, last = sizes[0], sizes[-1]
    scale = math.log(last.size) / math.log(first.size)

    def rows() -> Iterator[tuple[str, ...]]:
        for question, title in _TITLES.items():
            medians = [one.median(question) for one in sizes]
            grown = divided(medians[-1], medians[0])
            if grown is None:
                continue
            answer = _growth_of_answer(question, first, last)
            fits = "yes" if grown <= answer * scale else "**no**"
            shown = (f"{grown:,.1f}", f"{answer:,.1f}", fits)
            yield title, *(span(median) for median in medians), *shown
        loads = [one.result["alone"]["load"] for one in sizes]
        grown, answer = loads[-1] / loads[0], last.size / first.size
        fits = "yes" if grown <= answer * scale else "**no**"
        yield "Load", *(span(load) for load in loads), f"{grown:,.1f}", f"{answer:,.1f}", fits

    yield "## Growth\n"
    yield (
        "habeas's medians by size of the log; how many times longer at the last than at the first; "
        "how much its answer grew (of what goes over all claims: the log itself; of the heavy "
        "person: the text of his answer; of a late append to him: how often something came out "
        "about him, since each time has an answer that is made anew); and whether the time grew "
        "no faster than its answer times log n.\n"
    )
    head = ("", *(f"{one.size:,}" for one in sizes), "grown", "answer grown", "within")
    yield from _table(head, rows())
    yield ""


def _growth_of_answer(question: str, first: Figures, last: Figures) -> float:
    if question == peers.REBUILD:
        return last.size / first.size
    if question == peers.COUNTS:
        return last.answer(peers.ROSTER) / first.answer(peers.ROSTER)
    return max(1.0, last.answer(question) / max(1, first.answer(question)))


def span(seconds: float | None) -> str:
    """Write a time with three digits, in µs, ms or s."""
    if seconds is None:
        return "–"
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{_digits(seconds / size)} {unit}"
    return f"{_digits(seconds / 1e-6)} µs"


def _digits(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
