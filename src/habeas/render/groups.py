"""Groups: how many were said, how many are named, and how those stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from habeas.render import basis, words
from habeas.render.blocks import Block, Foot, Heading, Item, Paragraph, Points, Table
from habeas.render.numbers import claimed, number, pointer

OUTCOMES: Final = ("confirmed", "reported", "disputed", "pending", "contradicted")
HEAD: Final = (
    *("Group", "Said", "Named"),
    *(word.capitalize() for word in OUTCOMES),
    *("Others", "Verified by"),
)
COLUMNS: Final = (
    *("group", "label", "status", "population", "said", "low", "high", "stance", "agree"),
    *("named", *OUTCOMES, "others", "unnamed_low", "unnamed_high", "more_named"),
    "verified_by",
    *("persons", "events"),
    *basis.COLUMNS,
)


def page(data: dict[str, Any], title: str | None) -> list[Block]:
    """Return the groups as a page: a table of all, and what was said of each."""
    said = data["basis"]
    heading = title or f"Groups of {said['case']}"
    blocks: list[Block] = [Heading(f"{heading}, as of {said['as_of']}", 1)]
    if not data["groups"]:
        blocks.append(Paragraph("No group was told of by then."))
        return [*blocks, basis.foot(said)]
    blocks.append(Table(HEAD, tuple(_row(one) for one in data["groups"])))
    for one in data["groups"]:
        blocks += _section(one)
    return [*blocks, Foot(_LEGEND), basis.foot(said)]


_LEGEND: Final = (
    "Said: what those who speak most firmly have in common.",
    "Confirmed to contradicted: how the group's status stands for those who are named.",
    "Others: of whom their own source has since said something else, or which does not count.",
    "Verified by: those who vouch, for the group or for members of it.",
)


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    return (
        one["label"],
        _said(one),
        f"{one['named']['count']}{' (more than said)' if one['more_named'] else ''}",
        *(str(one[outcome]["count"]) for outcome in (*OUTCOMES, "others")),
        _verified(one) or "–",
    )


def _said(one: dict[str, Any]) -> str:
    """Return how many a group is said to be, and how firmly if not without a hedge."""
    said = number(one["number"]["text"])
    stance = one["number"]["stance"]
    return said if stance in {None, "asserted"} else f"{said} ({stance})"


def _verified(one: dict[str, Any]) -> str:
    return ", ".join(
        each["name"] if each["group"] else f"{each['name']} ({len(each['members'])})"
        for each in one["verified_by"]
    )


def _section(one: dict[str, Any]) -> Iterator[Block]:
    yield Heading(f"{one['label']} ({one['group']})", 2)
    yield Paragraph(sentence(one))
    if one["members"]:
        yield Points(tuple(Item(_member(each), ()) for each in one["members"]))
    yield Paragraph("What was said of the group:")
    yield Points(tuple(Item(_claim(each), _note(each)) for each in one["said"]))
    if one["counts"]:
        yield Paragraph("Counted of the same population:")
        yield Points(tuple(Item(_count(each), ()) for each in one["counts"]))


def sentence(one: dict[str, Any]) -> str:
    """Return a group in a sentence: "5 said; 5 named; 5 confirmed."."""
    parts = [f"{_said(one)} said to be {words.status(one['status'])}"]
    if one["number"]["stance"] == "expected":
        parts = [f"{number(one['number']['text'])} announced"]
    parts.append(f"{one['named']['count']} named")
    parts += [f"{one[outcome]['count']} {outcome}" for outcome in OUTCOMES if one[outcome]["count"]]
    others = Counter(each["outcome"] for each in one["members"] if each["outcome"] not in OUTCOMES)
    parts += [f"{count} {outcome}" for outcome, count in others.items()]
    said = "; ".join(parts)
    notes = ["The numbers do not agree."] if not one["number"]["agree"] else []
    notes += ["More are named than are said to be of it."] if one["more_named"] else []
    return " ".join((f"{said[:1].upper()}{said[1:]}.", *notes))


def _member(one: dict[str, Any]) -> str:
    claims = [*one["said"], *one["support"]]
    shown = {claim["event"]: pointer(claim) for claim in claims}
    return f"{one['name']}: {one['outcome']} [{', '.join(shown.values())}]"


def _claim(one: dict[str, Any]) -> str:
    when = f", {words.date(one['when'])}" if one["when"] else ""
    said = words.SAYS[one["stance"]]
    what = f"{claimed(one)} {words.status(one['status'])}{when}"
    counted = "" if one["counted"] or one["stance"] == "denied" else " (not counted)"
    return f"{one['origin_name']} ({one['kind']}) {said}: {what}{counted}. [{pointer(one)}]"


def _note(one: dict[str, Any]) -> tuple[str, ...]:
    return (f"Note: {one['note']}",) if one["note"] else ()


def _count(one: dict[str, Any]) -> str:
    what = f"{claimed(one)} {one['measure']}"
    return f"{one['origin_name']} ({one['kind']}): {what}. [{pointer(one)}]"


def lines(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each group, with the basis."""
    beside = basis.beside(data["basis"])
    for one in data["groups"]:
        yield {**one, "basis": beside}


def records(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each group as a flat record."""
    beside = basis.beside(data["basis"])
    for one in data["groups"]:
        unnamed = one["unnamed"] or {"low": None, "high": None}
        yield {
            **{key: one[key] for key in ("group", "label", "status", "population")},
            "said": one["number"]["text"],
            **{key: one["number"][key] for key in ("low", "high", "stance", "agree")},
            "named": one["named"]["count"],
            **{outcome: one[outcome]["count"] for outcome in (*OUTCOMES, "others")},
            "unnamed_low": unnamed["low"],
            "unnamed_high": unnamed["high"],
            "verified_by": [each["voice"] for each in one["verified_by"]],
            "persons": one["named"]["persons"],
            "events": [claim["event"] for claim in one["said"]] + one["named"]["events"],
            **beside,
        }
