"""The sources of a change in brackets: who said it, who only relayed it, when and where.

What bears on the answer comes first; details of a person, such as an occupation, are left out
where a status is told. Our own acts are named as ours, with the reason. JSON has all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from habeas.render import prose_dates, words
from habeas.render.change_words import SAID
from habeas.vocabulary import CUSTODY_OF

Cause = dict[str, Any]
Change = dict[str, Any]

_STANCE: Final = {
    "unconfirmed": ", without confirmation",
    "expected": ", expecting it",
    "denied": ", denying it",
    "unknown": ", not knowing of it",
}
_PARAGRAPHS: Final = re.compile(r"^¶ (?P<which>[0-9][0-9, –-]*)$")


def bracket(change: Change) -> str:
    """Return what a change rests on, without the brackets themselves."""
    return sources(change["causes"], _custody(change))


def sources(causes: Iterable[Cause], custody: str | None) -> str:
    """Return causes as sources and acts; claims of `custody` stand first, if it is given."""
    claims: list[Cause] = []
    acts: list[Cause] = []
    for one in causes:
        (claims if one["cause"] in {"reported", "backfilled"} else acts).append(one)
    parts = list(_told(_weighty(claims), custody, set()))
    return "; ".join(dict.fromkeys((*parts, *map(_act, acts))))


def _weighty(claims: list[Cause]) -> list[Cause]:
    """Return the claims of a status; all of them, where none is."""
    return [one for one in claims if one["status"] is not None] or claims


def _custody(change: Change) -> str:
    return str((change["after"] or change["before"])["custody"])


def _told(claims: list[Cause], custody: str | None, seen: set[str]) -> Iterator[str]:
    """Yield claims as sources, those of the answer's custody first; of one place together."""
    own = claims
    if custody is not None:
        own = [one for one in claims if CUSTODY_OF.get(one["status"] or "") == custody]
    other = [one for one in claims if one not in own] if own else []
    for group in _grouped(own or claims):
        yield _source(group, seen)
    matters: dict[str, list[str]] = {}
    for group in _grouped(other):
        matters.setdefault(_matter(group), []).append(_source(group, seen))
    for matter, sources in matters.items():
        yield f"for {matter}: {', and '.join(sources)}"


def _grouped(claims: Iterable[Cause]) -> list[list[Cause]]:
    """Return claims of one origin, by the same way, in one document and stance, together."""
    groups: dict[tuple[Any, ...], list[Cause]] = {}
    for one in claims:
        key = (one["origin"], *one["via"], one["document"], one["stance"], one["cause"])
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _matter(group: list[Cause]) -> str:
    """Return what a group of claims tells of: "the detention since 2024"."""
    found = []
    for one in group:
        said, when = SAID.get(one["status"] or ""), one["when"]
        if said is not None:
            dated = f" {said.dated(when)}" if when and "/" not in when else ""
            found.append(f"the {said.noun}{dated}")
    return words.listed(dict.fromkeys(found)) if found else "the details"


def _source(group: list[Cause], seen: set[str]) -> str:
    """Return a source with its place; its date is said once for each document."""
    one = group[0]
    parts = [relayed(one, _STANCE.get(one["stance"] or "", ""))]
    if one["document"] not in seen:
        seen.add(one["document"])
        parts.append(prose_dates.bare(one["reported"] or one["published"]))
    locator = _locators(each["locator"] for each in group)
    if locator:
        parts.append(locator)
    if one["cause"] == "backfilled":
        parts.append(f"recorded only on {prose_dates.bare(one['recorded_on'])}")
    return ", ".join(parts)


def relayed(one: Cause, stance: str) -> str:
    """Return who said it, in which stance, and through whom it came to us."""
    part_of = "" if one["part_of_name"] is None else f" [{one['part_of_name']}]"
    who = f"{_name(one['origin_name'])}{part_of}{stance}"
    if one["origin"] == one["publisher"]:
        return who
    chain = dict.fromkeys((*reversed(one["via_names"]), one["publisher_name"]))
    return f"{who}, relayed by {words.listed(map(_name, chain))}"


def _name(name: str) -> str:
    """Return a name as part of a list: one that has a comma in it stands in quotation marks."""
    return f"“{name}”" if ", " in name else name


def _locators(locators: Iterable[str | None]) -> str:
    found = list(dict.fromkeys(one for one in locators if one))
    numbers = [match["which"] for one in found if (match := _PARAGRAPHS.match(one))]
    if len(numbers) == len(found) and found:
        return f"¶ {', '.join(numbers)}"
    return "; ".join(found)


def _act(one: Cause) -> str:
    if one["cause"] == "elapsed":
        return "nobody said anything new; a date told before has passed"
    if one["cause"] == "ruled":
        return (
            f"asked under the rules of “{one['to_projection']}”, before “{one['from_projection']}”"
        )
    if one["cause"] == "withdrawn":
        return f"{_cited(one)}, withdrawing {_cited(one['claim'])}"
    day, reason = prose_dates.bare(one["recorded_on"]), one["reason"].strip().rstrip(".")
    return f"{_done(one)} on {day}: {' '.join(reason.split())}"


def _done(one: Cause) -> str:
    if one["cause"] == "graded":
        return f"{one['party_name']} graded {one['reliability']}"
    if one["cause"] in {"merged", "separated"}:
        joint = "merged with" if one["cause"] == "merged" else "separated from"
        return f"{one['merged_name']} {joint} {one['keep_name']}"
    return f"our record of {_recorded(one)}, {one['cause']}"


def _recorded(one: Cause) -> str:
    """Return what an act of ours is about: a claim by its source, a registration by its name."""
    if "subject" not in one:
        return _cited(one)
    name = str(one["subject_name"])
    return f"“{name}”" if one["subject"].startswith("document:") else name


def _cited(one: Cause) -> str:
    return _source([{**one, "cause": "reported", "stance": None}], set())


def documents(causes: Iterable[Cause]) -> list[str]:
    """Return a line for each document that causes cite: publisher, title, date, id."""
    cited = {}
    for cause in causes:
        for one in (cause, cause.get("claim", {})):
            if "document" in one:
                cited[one["document"]] = one
    return [_document(cited[name]) for name in sorted(cited)]


def _document(one: Cause) -> str:
    inferred = ", a date that we inferred" if {"?", "%"} & set(one["published"]) else ""
    date = prose_dates.bare(one["published"])
    return f"{one['publisher_name']}: “{one['title']}”, {date}{inferred} ({one['document']})"
