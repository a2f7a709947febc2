"""From one number to another, line by line; or a number beside our own roster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from habeas.render import basis, words
from habeas.render.blocks import Block, Foot, Heading, Paragraph, Table
from habeas.render.numbers import amount, day, events, number, pointer

HEAD: Final = ("", "Amount", "Who, or what", "Events")
COLUMNS: Final = (
    *("line", "amount", "low", "high", "persons", "perhaps", "counts", "about", "events"),
    *basis.COLUMNS,
)

KINDS: Final = {
    "released": "Releases",
    "arrested": "Arrests",
    "died": "Deaths in custody",
    "late": "Late-known cases",
    "merged": "Persons found to be one",
    "withdrawn": "Withdrawn by the counter",
    "definition": "Counted differently",
    "undated": "Date not stated",
}


def page(data: dict[str, Any], title: str | None) -> list[Block]:
    """Return a reconciliation as a page."""
    said = data["basis"]
    blocks: list[Block] = [Heading(f"{title or _title(data)}, as of {said['as_of']}", 1)]
    blocks.append(Table(HEAD, tuple(_cells(row) for row in _rows(data))))
    return [*blocks, *_notes(data), basis.foot(said)]


def _title(data: dict[str, Any]) -> str:
    if "beside" in data:
        return f"{_short(data['beside']['number'])} beside our own roster"
    found = data["reconciliation"]
    return f"From {_short(found['from'])} to {_short(found['to'])}"


def _short(one: dict[str, Any]) -> str:
    return f"{number(one['number'])} ({day(one['date'])})"


Row = dict[str, Any]


def _rows(data: dict[str, Any]) -> Iterator[Row]:
    yield from _beside(data["beside"]) if "beside" in data else _lines(data["reconciliation"])


def _lines(found: dict[str, Any]) -> Iterator[Row]:
    yield _number("From", found["from"])
    for line in found["lines"]:
        yield {
            "line": KINDS[line["kind"]],
            "amount": "size not known"
            if line["amount"] is None
            else amount(line["amount"]["text"]),
            **(line["amount"] or {}),
            "who": "; ".join(_who(line)),
            **{key: line[key] for key in ("persons", "perhaps", "events")},
            "counts": [one["number"] for one in line["counts"]],
            "about": [one["about"] for one in line["about"]],
        }
    left = found["remainder"]
    yield {
        "line": "Not explained",
        "amount": amount(left["text"]),
        **left,
        "who": _kinds(found["includes"]) or "the difference, less the lines above",
        "events": [found["from"]["event"], found["to"]["event"]],
    }
    yield _number("To", found["to"])


def _kinds(kinds: list[str]) -> str:
    """Return what has no size, and so is part of what is not explained."""
    if not kinds:
        return ""
    return f"includes what has no size: {words.listed(KINDS[kind].lower() for kind in kinds)}"


def _number(name: str, one: dict[str, Any]) -> Row:
    withdrawn = ", since withdrawn" if one["withdrawn"] else ""
    return {
        "line": name,
        "amount": number(one["number"]),
        **_bounds(one),
        "who": f"{one['origin_name']}, {day(one['date'])}{withdrawn} [{pointer(one)}]",
        "events": [one["event"]],
    }


def _bounds(one: dict[str, Any]) -> dict[str, Any]:
    """Return the number of a claim as a range, where it is one."""
    exact = one["operator"] == "="
    return {"low": one["low"], "high": one["low"] if exact else one["high"]}


def _who(line: dict[str, Any]) -> Iterator[str]:
    for one in line["about"]:
        yield f"{one['about']}: {one['from'] or 'not stated'} → {one['to'] or 'not stated'}"
    if line["counts"]:
        counts = [f"{number(one['number'])} ({day(one['date'])})" for one in line["counts"]]
        yield f"counted: {words.listed(counts)}"
    if line["persons"]:
        yield f"named: {', '.join(line['names'])}"
    if line["perhaps"]:
        yield f"perhaps: {', '.join(line['perhaps_names'])}"


def _beside(found: dict[str, Any]) -> Iterator[Row]:
    one = found["number"]
    yield {
        "line": "Reported",
        "amount": number(one["number"]),
        **_bounds(one),
        "who": f"{one['origin_name']}, {day(one['date'])} [{pointer(one)}]",
        "events": [one["event"]],
    }
    for name, part in (("Named", found["named"]), ("Perhaps named", found["perhaps"])):
        yield _persons(name, part)
    left = found["not_named"]
    yield {
        "line": "Not named",
        "amount": number(left["text"]),
        **left,
        "who": "the number, less those named",
        "events": [one["event"]],
    }
    for custody, part in found["others"].items():
        yield _persons(f"Named, and {words.CUSTODY[custody]}", part)
    if found["held_elsewhere"]["count"]:
        yield _persons("Named, and held by another state", found["held_elsewhere"])


def _persons(name: str, part: dict[str, Any]) -> Row:
    return {
        "line": name,
        "amount": str(part["count"]),
        "low": part["count"],
        "high": part["count"],
        "who": ", ".join(part["names"]),
        "persons": part["persons"],
        "events": part["events"],
    }


def _cells(row: Row) -> tuple[str, ...]:
    return row["line"], row["amount"], row["who"] or "–", events(row.get("events", []))


def _notes(data: dict[str, Any]) -> Iterator[Block]:
    if "beside" in data:
        yield Paragraph(
            f"The roster is of {data['beside']['on']}. Its persons need not be among those counted."
        )
        return
    found = data["reconciliation"]
    said = f"Difference: {amount(found['difference']['text'])}; "
    said += f"explained: {amount(found['explained']['text'])}; "
    yield Paragraph(f"{said}not explained: {amount(found['remainder']['text'])}.")
    if found["held_elsewhere"]:
        named = ", ".join(found["held_elsewhere"])
        yield Foot((f"Held by another state, and taken to be in neither number: {named}.",))


def lines(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each line, with the basis."""
    beside = basis.beside(data["basis"])
    for row in _rows(data):
        yield {key: value for key, value in row.items() if key in COLUMNS} | {"basis": beside}


def records(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each line as a flat record."""
    beside = basis.beside(data["basis"])
    for row in _rows(data):
        yield {**row, **beside}
