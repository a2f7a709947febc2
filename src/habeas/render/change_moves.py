"""What moved besides persons: a sentence for each series of reported numbers, and for each group.

Each begins with a name, as a person's does, and ends with its sources in brackets. The cells of a
table and the fields of a flat record are made here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from habeas.render import change_sources, prose_dates, words
from habeas.render.blocks import Block, Heading, News, Table
from habeas.render.numbers import quoted

COUNTS_HEAD: Final = ("Number", "What moved", "Before", "Now", "Because of")
GROUPS_HEAD: Final = ("Group", *COUNTS_HEAD[1:])
FIELDS: Final = ("counter", "measure", "population", "place", "group", "label")
"""The fields of a flat record that say what moved, where it is no person."""

OUTCOMES: Final = ("confirmed", "reported", "disputed", "pending", "contradicted")

Data = dict[str, Any]


def moved(data: Data) -> tuple[list[Data], list[Data]]:
    """Return the series and the groups that moved in a change log."""
    return list(data.get("counts", ())), list(data.get("groups", ()))


def tables(data: Data) -> Iterator[Block]:
    """Yield what moved as tables under headings."""
    for title, head, found, name in _sections(data):
        rows = tuple((name(one), *_cells(one)) for one in found)
        yield from (Heading(title, 2), Table(head, rows))


def news(data: Data) -> Iterator[Block]:
    """Yield what moved as sentences under headings."""
    for title, _, found, name in _sections(data):
        yield Heading(f"{title} ({len(found)})", 2)
        yield News(tuple((name(one), sentence(one)) for one in found))


def _sections(data: Data) -> Iterator[tuple[str, tuple[str, ...], list[Data], Any]]:
    counts, groups = moved(data)
    if counts:
        yield "Reported numbers", COUNTS_HEAD, counts, title
    if groups:
        yield "Groups", GROUPS_HEAD, groups, title


def title(one: Data) -> str:
    """Return what moved: "Foro Penal: political prisoners held", or the group's label."""
    return str(one["label"]) if "group" in one else f"{one['name']}, {matter(one)}"


def matter(one: Data) -> str:
    """Return what a series counts: measure, population, place."""
    measure = one["measure"].replace("_", " ")
    said = f"{measure}: {one['population']}" if one["population"] else measure
    return f"{said}, in {one['place']}" if one["place"] else said


def sentence(one: Data) -> str:
    """Return how something moved, as it follows its name, with its sources, and a full stop."""
    said = _of_group(one) if "group" in one else _of_series(one)
    return f"{'; '.join(said)} ({change_sources.sources(one['causes'], None)})."


def told(one: Data) -> str:
    """Return what moved as a whole sentence."""
    said = sentence(one)
    return f"{title(one)}{'' if said.startswith(',') else ' '}{said}"


def _of_series(one: Data) -> Iterator[str]:
    was, now = one["before"], one["after"]
    if now is None:
        yield f"is not told any more; before, it was {_numbers(was['newest'] or was['numbers'])}"
    elif was is None:
        yield f", not told before, is {_numbers(now['newest'] or now['numbers'])}"
        yield from _rest({"perhaps_newer": [], "numbers": now["newest"], "conflict": False}, now)
    else:
        yield from _newest(was, now)
        yield from _rest(was, now)


def _newest(was: Data, now: Data) -> Iterator[str]:
    said = _numbers(now["newest"])
    if _plain(was["newest"]) == _plain(now["newest"]):
        yield f"is still {said}"
    else:
        yield f"is now {said}"
        yield f"before, it was {_numbers(was['newest'])}"


def _rest(was: Data, now: Data) -> Iterator[str]:
    """Yield what else there is to say of a series than its newest number."""
    newer = _others(now["perhaps_newer"], was["perhaps_newer"])
    if newer:
        yield f"perhaps newer: {_numbers(newer)}"
    shown = [*now["newest"], *newer, *was["numbers"]]
    if others := _others(now["numbers"], shown):
        yield f"also told: {_numbers(others)}"
    if gone := _others(was["numbers"], [*now["numbers"], *was.get("newest", ())]):
        yield f"no longer told: {_numbers(gone)}"
    if was["conflict"] != now["conflict"]:
        change = "now" if now["conflict"] else "no longer"
        yield f"two numbers of one day {change} contradict each other"


def _others(numbers: Iterable[Data], shown: Iterable[Data]) -> list[Data]:
    known = _plain(shown)
    return [one for one in numbers if (one["number"], one["date"]) not in known]


def _plain(numbers: Iterable[Data]) -> list[tuple[str, str | None]]:
    return [(one["number"], one["date"]) for one in numbers]


def _numbers(numbers: Iterable[Data]) -> str:
    return words.listed(map(_number, numbers)) if numbers else "not told"


def _number(one: Data) -> str:
    day = "day not stated" if one["date"] is None else prose_dates.bare(one["date"])
    return f"{quoted(one['number'])} ({'expected; ' if one['expected'] else ''}{day})"


def _of_group(one: Data) -> Iterator[str]:
    was, now = one["before"], one["after"]
    status = words.status(one["status"])
    if now is None:
        yield f"are not told of any more; before, {_group(was)}"
    elif was is None:
        told = "told of again" if "returned" in one["kinds"] else "not told of before"
        yield f", {told}, are {_expected(now)} {status}: {_group(now)}"
    else:
        yield f"are {_expected(now)} {status}: now {_group(now)}"
        if _group(was) != _group(now):
            yield f"before, {_group(was)}"
        elif one["kinds"] == ["label"]:
            yield f"called before: {was['label']}"
        else:
            yield "others of them than before"


def _expected(side: Data) -> str:
    return "to be" if side["stance"] == "expected" else "said to be"


def _group(side: Data) -> str:
    """Return how many a group is said to be, how many are named and how those stand."""
    stance = "" if side["stance"] in {None, "asserted"} else f" ({side['stance']})"
    parts = [f"{quoted(side['number'])} said{stance}", f"{side['named'] or 'nobody'} named"]
    parts += [f"{side[key]} {key}" for key in OUTCOMES if side[key]]
    if side["verified_by_names"]:
        parts.append(f"verified by {words.listed(side['verified_by_names'])}")
    if not side["agree"]:
        parts.append("the numbers do not agree")
    return ", ".join(parts)


def _cells(one: Data) -> tuple[str, ...]:
    was, now = (short(one, side) for side in ("before", "after"))
    kinds = ", ".join(kind.replace("_", " ") for kind in one["kinds"])
    return kinds, was, now, because(one["causes"])


def short(one: Data, side: str) -> str:
    """Return one side of a move in few words."""
    told: Data | None = one[side]
    if told is None:
        return "–"
    return _group(told) if "group" in one else _numbers(told["newest"] or told["numbers"])


def subject(one: Data) -> tuple[str | None, ...]:
    """Return what moved, as it is named for good: a group, or a measure of a counter."""
    if "group" in one:
        return "group", one["group"]
    return "series", *(one[key] for key in ("measure", "population", "place", "counter"))


def now(one: Data) -> str:
    """Return how something that moved stands now, or that it is told of no more."""
    return "no longer told of" if one["after"] is None else short(one, "after")


def because(causes: Iterable[Data]) -> str:
    """Return each kind of cause, with the documents, the parties or the days of it."""
    found: dict[str, list[str]] = {}
    for one in causes:
        keys = ("document", "party", "recorded_on", "to_day", "to_projection")
        what = next(one[key] for key in keys if key in one)
        found.setdefault(one["cause"], []).append(what)
    said = (f"{cause}: {', '.join(dict.fromkeys(things))}" for cause, things in found.items())
    return "; ".join(said)


def record(one: Data) -> Data:
    """Return what moved as the fields of a flat record, as far as a person's have them not."""
    said = {key: one.get(key) for key in FIELDS}
    return said | {f"told_{side}": short(one, side) for side in ("before", "after")}
