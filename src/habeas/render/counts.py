"""Reported numbers: each counter's series, and in words why what does not fit does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from habeas.render import basis, words
from habeas.render.blocks import Block, Foot, Heading, Item, Paragraph, Points, Table
from habeas.render.numbers import day, number, pointer

HEAD: Final = ("Counter", "Number", "Of the day", "What else is told", "Told in")
COLUMNS: Final = (
    *("measure", "population", "part_of", "place", "counter", "name", "kind", "number"),
    *("low", "high", "date", "period", "scope", "newest", "expected", "first_hand"),
    *("known_at", "misfits", "documents", "events"),
    *basis.COLUMNS,
)

Names = dict[str, str]


def page(data: dict[str, Any], title: str | None) -> list[Block]:
    """Return the reported numbers as a page, one section for each thing counted."""
    said = data["basis"]
    heading = title or f"Reported numbers of {said['case']}"
    blocks: list[Block] = [Heading(f"{heading}, as of {said['as_of']}", 1)]
    if not data["counts"]:
        blocks.append(Paragraph("No number was reported by then."))
    for matter in data["counts"]:
        blocks += _section(matter)
    return [*blocks, Foot(_legend(data)), basis.foot(said)]


def _section(matter: dict[str, Any]) -> Iterator[Block]:
    yield Heading(headline(matter), 2)
    meaning = matter["meaning"] or matter["measure"].replace("_", " ")
    yield Paragraph(f"{meaning[:1].upper()}{meaning[1:]}.")
    rows = [_row(counter, one) for counter in matter["counters"] for one in counter["numbers"]]
    rows += [
        _not_counted(counter, one)
        for counter in matter["counters"]
        for one in counter["not_counted"]
    ]
    yield Table(HEAD, tuple(rows))
    if matter["misfits"]:
        names = {counter["counter"]: counter["name"] for counter in matter["counters"]}
        yield Points(tuple(Item(misfit(one, names), ()) for one in matter["misfits"]))


def headline(matter: dict[str, Any]) -> str:
    """Return what is counted: measure, population, place."""
    parts = [matter["measure"].replace("_", " ")]
    if matter["population"]:
        parts.append(matter["population"])
    said = ": ".join(parts)
    if matter["part_of"]:
        said += f", part of the {matter['part_of']}"
    return f"{said}, in {matter['place']}" if matter["place"] else said


def _row(counter: dict[str, Any], one: dict[str, Any]) -> tuple[str, ...]:
    told = one["told"]
    return (
        counter["name"],
        number(one["number"]),
        day(one["date"]),
        "; ".join(_notes(counter, one)) or "–",
        "; ".join(pointer(claim) for claim in told),
    )


def _notes(counter: dict[str, Any], one: dict[str, Any]) -> Iterator[str]:
    if _among(one, counter["newest"]) and len(counter["numbers"]) > 1:
        yield "newest"
    if _among(one, counter["perhaps_newer"]):
        yield "perhaps newer"
    if one["expected"]:
        yield "expected"
    if all(claim["stance"] == "unconfirmed" for claim in one["told"]):
        yield "not confirmed"
    if one["scope"]:
        yield one["scope"]
    if one["period"]:
        yield f"counted over {words.date(one['period'])}"


def _among(one: dict[str, Any], others: list[dict[str, Any]]) -> bool:
    return any(one["events"] == other["events"] for other in others)


def _not_counted(counter: dict[str, Any], claim: dict[str, Any]) -> tuple[str, ...]:
    why = {"denied": "denied", "unknown": "said not to be known"}
    note = why.get(claim["stance"], "not counted, for how its party is graded")
    return counter["name"], number(claim["number"]), day(claim["date"]), note, pointer(claim)


def misfit(one: dict[str, Any], names: Names) -> str:
    """Return in a sentence what does not fit, and why."""
    return _SENTENCES[one["reason"]](one, names)


def _each(numbers: list[dict[str, Any]], names: Names, *, counters: bool = False) -> str:
    """Return numbers as a list in a sentence, with their days; with their counters, if asked."""
    said = []
    for one in numbers:
        of = f"{names.get(one['counter'], one['counter'])}; " if counters else ""
        said.append(f"{number(one['number'])} ({of}{day(one['date'])})")
    return words.listed(said)


def _who(one: dict[str, Any], names: Names) -> str:
    return words.listed(names.get(counter, counter) for counter in one["counters"])


def _undated(one: dict[str, Any], names: Names) -> str:
    said, who = number(one["numbers"][0]["number"]), _who(one, names)
    others = _each(one["against"], names)
    if one["possible"] is None:
        return f"Date not stated: {said} of {who}, beside {others}; these leave no day for it."
    start = f"Date not stated: {said} of {who}, which need not contradict {others}"
    if one["matches"]:
        dates = words.listed(dict.fromkeys(day(each["date"]) for each in one["matches"]))
        return f"{start}; {who} gives {said} for {dates}, too."
    return f"{start}; it may be of {_days(one)}."


def _days(one: dict[str, Any]) -> str:
    """Return the days that a number may be of, with those between them that are out."""
    if not one["left_out"]:
        said = words.date(one["possible"])
        return f"any day {said}" if said.startswith(("by ", "between ")) else said
    first, *_, last = one["possible"][1:-1].split(",")
    whole = f"[{first.split('..')[0]}..{last.split('..')[-1]}]"
    return f"any day {words.date(whole)} but {words.listed(one['left_out'])}"


def _other_counter(one: dict[str, Any], names: Names) -> str:
    dates = {"one date": "of one day", "different dates": "of different days"}
    of = dates.get(one["dates"], "not all with a date")
    return f"Another counter: {_each(one['numbers'], names, counters=True)}, {of}."


_SENTENCES: Final[dict[str, Callable[[dict[str, Any], Names], str]]] = {
    "conflict": lambda one, names: (
        f"Conflict: {_who(one, names)} gives {_each(one['numbers'], names)} for one day."
    ),
    "relay differs from the counter": lambda one, names: (
        f"Relay differs from the counter: of {_who(one, names)}, for one day, "
        f"{_each(one['numbers'], names)} are told."
    ),
    "another counter": _other_counter,
    "another scope or period": lambda one, names: (
        f"Another scope or period: {_each(one['numbers'], names)} of {_who(one, names)} do not "
        "count the same."
    ),
    "not yet told as done": lambda one, names: (
        f"Not yet told as done: of {_each(one['numbers'], names)} of {_who(one, names)} one is "
        "expected."
    ),
    "date not stated": _undated,
    "date not exact": lambda one, names: (
        f"Date not exact: {_each(one['numbers'], names)} of {_who(one, names)} may be of one day, "
        "or of two."
    ),
    "different date": lambda one, names: (
        f"Different dates of one series: {_each(one['numbers'], names)} of {_who(one, names)}. "
        "No conflict."
    ),
    "total fell": lambda one, names: (
        f"A running total fell: {_each(one['numbers'], names)} of {_who(one, names)}."
    ),
}


def _legend(data: dict[str, Any]) -> tuple[str, ...]:
    counters = [counter for matter in data["counts"] for counter in matter["counters"]]
    lines = []
    if any(len(counter["numbers"]) > 1 for counter in counters):
        lines.append(
            "newest: of the latest day for which this counter gives a number, else its latest word."
        )
    if any(counter["perhaps_newer"] for counter in counters):
        lines.append("perhaps newer: without a date, and told after that day.")
    return tuple(lines)


def lines(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each thing counted, with the basis."""
    beside = basis.beside(data["basis"])
    for matter in data["counts"]:
        yield {**matter, "basis": beside}


def records(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each number of each counter as a flat record."""
    beside = basis.beside(data["basis"])
    for matter in data["counts"]:
        shared = {key: matter[key] for key in ("measure", "population", "part_of", "place")}
        for counter in matter["counters"]:
            for one in counter["numbers"]:
                yield {
                    **shared,
                    **one,
                    "name": counter["name"],
                    "kind": counter["kind"],
                    "newest": _among(one, counter["newest"]),
                    "misfits": _reasons(matter, one),
                    "documents": list(dict.fromkeys(claim["document"] for claim in one["told"])),
                    **beside,
                }


def _reasons(matter: dict[str, Any], one: dict[str, Any]) -> list[str]:
    return [
        item["reason"]
        for item in matter["misfits"]
        if _among(one, item["numbers"]) or _among(one, item["against"])
    ]
