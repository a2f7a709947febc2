"""Changes in the order a reader wants them: by what made them, then by what they are.

It also counts them, and says of each when it became known. A change of several causes stands with
the first of them in the order below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from habeas.render import words
from habeas.render.change_clauses import RANK, is_back
from habeas.render.change_words import turned
from habeas.vocabulary import fold

Change = dict[str, Any]


class Group(NamedTuple):
    """Changes of one kind of cause, under their heading, with what it means."""

    title: str
    meaning: str | None
    changes: list[Change]


_GROUPS: Final = (
    ("What happened", None, ("reported",)),
    ("Learned late", "Public before, and recorded only since.", ("backfilled",)),
    ("Corrected", "We had recorded it wrongly; no source has changed its word.", ("corrected",)),
    ("Withdrawn", "Taken back by those who had said or published it.", ("withdrawn",)),
    ("Voided", "It should not have been recorded.", ("voided",)),
    ("Merged and separated", "Whom we take for one person, or for two.", ("merged", "separated")),
    ("Graded", "How far we rely on a source.", ("graded",)),
    ("Time passed", None, ("elapsed",)),
    ("Asked under other rules", None, ("ruled",)),
)
_NOW: Final = {"died": "dead", "unknown": "of unknown status"}
_EVIDENCE: Final = ("Evidence added", "More is told, and the answer stays as it was.")

OURS: Final = frozenset({"corrected", "voided", "merged", "separated", "graded", "backfilled"})
"""Causes that act from when we recorded them."""

_SORTS: Final = {
    "turned": "with another status",
    "appeared": "new on record",
    "back": "on record again",
    "gone": "no longer listed",
    "firmer": "better supported",
    "weaker": "less well supported",
    "date": "with another date",
    "else": "with something new besides status and date",
    "evidence": "with more evidence for the same answer",
}


def groups(changes: Iterable[Change]) -> Iterator[Group]:
    """Yield the groups that hold any change."""
    left = sorted(changes, key=_order)
    same = [one for one in left if sort_of(one) == "evidence"]
    left = [one for one in left if one not in same]
    for title, meaning, causes in _GROUPS:
        found = [one for one in left if {each["cause"] for each in one["causes"]} & set(causes)]
        left = [one for one in left if one not in found]
        if found:
            yield Group(title, meaning, found)
    if same:
        yield Group(*_EVIDENCE, same)


def sort_of(change: Change) -> str:
    """Return what a change is, first of all: each is counted once."""
    was, now = change["before"], change["after"]
    if now is None:
        return "gone"
    if was is None:
        return "back" if is_back(change) else "appeared"
    if change["kinds"] == ["evidence"]:
        return "evidence"
    if turned(was, now):
        return "turned"
    if was["standing"] != now["standing"]:
        firmer = RANK.index(now["standing"]) > RANK.index(was["standing"])
        return "firmer" if firmer else "weaker"
    return "date" if was["since"] != now["since"] else "else"


def _order(change: Change) -> tuple[int, int, str]:
    now = change["after"] or change["before"]
    custody = ("dead", "out", "held", "unknown").index(now["custody"])
    return list(_SORTS).index(sort_of(change)), custody, fold(change["name"])


def totals(changes: list[Change]) -> str:
    """Return how many persons there are of each sort: "5 with another status (4 now released)"."""
    found: dict[str, list[Change]] = {}
    for one in sorted(changes, key=_order):
        found.setdefault(sort_of(one), []).append(one)
    return words.listed(f"{len(many)} {_SORTS[sort]}{_now(many)}" for sort, many in found.items())


def _now(changes: list[Change]) -> str:
    """Return the statuses of those who have a new one, in brackets."""
    if sort_of(changes[0]) not in {"turned", "appeared", "back"}:
        return ""
    counts: dict[str, int] = {}
    for one in changes:
        status = _NOW.get(one["after"]["status"], words.status(one["after"]["status"]))
        counts[status] = counts.get(status, 0) + 1
    if len(counts) == 1:
        return f" (now {next(iter(counts))})"
    return f" ({', '.join(f'{number} now {status}' for status, number in counts.items())})"


class Known(NamedTuple):
    """When something was known: the instant in UTC, and the day in the case's zone."""

    instant: str
    day: str


def became_known(change: Change, data: dict[str, Any]) -> Known:
    """Return when a change was known: with the last of its causes.

    A claim or withdrawal is known when it was public, our own acts and what we learned late when we
    recorded them, and what no event made at the later of the two answers.
    """
    ends = sorted((data["from"], data["to"]), key=lambda side: str(side["as_of_instant"]))
    return max(_known(one, *ends) for one in change["causes"])


def _known(cause: dict[str, Any], first: dict[str, Any], last: dict[str, Any]) -> Known:
    if cause["event"] is None:
        return Known(last["as_of_instant"], last["on"])
    if cause["cause"] in OURS or cause["known_at"] <= first["as_of_instant"]:
        return Known(cause["recorded"], cause["recorded_on"])
    return Known(cause["known_at"], cause["known_on"])
