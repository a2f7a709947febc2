"""Each event in a sentence, from its data alone: ids stand for names, as in the log itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from habeas.render import words

Data = dict[str, Any]


def sentence(entry: dict[str, Any]) -> str:
    """Return what an event of the log records, in one sentence."""
    if "data" not in entry:
        return "(redacted, or withheld)"
    return _SAID.get(entry["type"], _unknown)(entry["data"])


def _unknown(data: Data) -> str:
    return ", ".join(f"{key} {value}" for key, value in data.items())


def _cited(data: Data) -> str:
    """Return who says it and where it stands."""
    who = f"{data['origin']} in " if "origin" in data else ""
    via = f" via {', '.join(data['via'])}" if "via" in data else ""
    place = f" {data['locator']}" if "locator" in data else ""
    return f" [{who}{data['document']}{place}{via}]"


def _stance(data: Data) -> str:
    return "" if data["stance"] == "asserted" else f" ({data['stance']})"


def _when(data: Data) -> str:
    return f", {words.date(data['when'])}" if "when" in data else ""


def _status(data: Data) -> str:
    return f"{data['person']}: {words.told(data)}{_stance(data)}{_cited(data)}"


def _detail(data: Data) -> str:
    said = f"{data['key']} {data['value']}{_when(data)}{_stance(data)}"
    return f"{data['person']}: {said}{_cited(data)}"


def number(data: Data) -> str:
    """Return a count's number as it is meant: "more than 800", "5 to 7", "dozens"."""
    low, high = data.get("low"), data.get("high")
    if low is None:
        return str(data["quantity"])
    if high is not None:
        return f"{low:,} to {high:,}"
    return f"{_OPERATOR[data['operator']]}{low:,}"


_OPERATOR: Final = {
    "=": "",
    ">": "more than ",
    ">=": "at least ",
    "<": "fewer than ",
    "<=": "at most ",
    "~": "about ",
    "..": "",
}


def _count(data: Data) -> str:
    what = data["measure"].replace("_", " ")
    who = f" {data['population']}" if "population" in data else ""
    period = f", {words.date(data['period'])}" if "period" in data else ""
    return f"{what}: {number(data)}{who}{_when(data)}{period}{_stance(data)}{_cited(data)}"


def _group(data: Data) -> str:
    said = f"{words.status(data['status'])}{_when(data)}{_stance(data)}"
    return f"group {data['group']} ({data['label']}): {number(data)} {said}{_cited(data)}"


def _remark(data: Data) -> str:
    about = f"{', '.join(data['about'])}: " if "about" in data else ""
    return f"{about}{data['text']}{_cited(data)}"


def _party(data: Data) -> str:
    part = f", part of {data['part_of']}" if "part_of" in data else ""
    of = f", of {', '.join(data['of'])}" if "of" in data else ""
    return f"party {data['party']}: {data['name']}, {data['kind']}{part}{of}"


def _document(data: Data) -> str:
    published = words.date(data["published"])
    return f"document {data['document']}: {data['title']} ({data['publisher']}, {published})"


def _person(data: Data) -> str:
    also = f" (also {', '.join(data['aliases'])})" if "aliases" in data else ""
    return f"person {data['person']}: {data['name']}{also}"


def _correction(data: Data) -> str:
    new = sentence({"type": data["type"], "data": data["data"]})
    return f"corrects {data['event'][:8]} to: {new}. Reason: {data['reason']}"


def _access(verb: str, joint: str) -> Callable[[Data], str]:
    def said(data: Data) -> str:
        until = f" until {words.date(data['until'])}" if "until" in data else ""
        return f"{verb} {data['what']} {joint} {data['audience']}{until}: {data['reason']}"

    return said


_SAID: Final[dict[str, Callable[[Data], str]]] = {
    "case.opened": lambda data: f"case {data['case']}: {data['title']} ({data['timezone']})",
    "party.registered": _party,
    "document.registered": _document,
    "person.registered": _person,
    "status.claimed": _status,
    "detail.claimed": _detail,
    "count.claimed": _count,
    "group.claimed": _group,
    "remark.claimed": _remark,
    "row.unlisted": lambda data: f"{data['person']}: no longer on the list{_cited(data)}",
    "claim.withdrawn": lambda data: f"withdraws {data['claim'][:8]}{_cited(data)}",
    "event.corrected": _correction,
    "event.voided": lambda data: f"voids {data['event'][:8]}: {data['reason']}",
    "persons.merged": lambda data: f"{data['merged']} is {data['keep']}: {data['reason']}",
    "persons.separated": lambda data: f"undoes the merge {data['merge'][:8]}: {data['reason']}",
    "party.graded": lambda data: f"{data['party']} graded {data['reliability']}: {data['reason']}",
    "snapshot.taken": lambda data: (
        f"snapshot {data['name']}: as of {data['as_of']}, at @{data['position']}"
    ),
    "access.withheld": _access("withholds", "from"),
    "access.disclosed": _access("discloses", "to"),
    "event.redacted": lambda data: f"redacts {data['event'][:8]}: {data['reason']}",
}
