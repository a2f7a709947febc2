"""What moved between two answers about numbers: counters' series, and groups.

It compares the answers of `series` and of `groups`, and knows no log. `kinds` says what moved;
before and after are None where there was nothing; `events` are the claims behind either, of which
`moved` finds those that made the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from habeas.projections.series import Key, Series
from habeas.vocabulary import MEASURES

Data = Mapping[str, Any]

COUNT_KINDS: Final = {
    "newest": "the newest number, or its day",
    "perhaps_newer": "a number without a day that may be newer",
    "series": "another number of the series",
    "conflict": "two numbers of one day that cannot both be right",
    "relayed": "only who tells of them",
}
"""What may move of a counter's series, with its meaning; `relayed` only where nothing else did."""

OUTCOMES: Final = ("named", "confirmed", "reported", "disputed", "pending", "contradicted")
"""What members of a group are counted by."""


def counts_moved(before: Mapping[Key, Series], after: Mapping[Key, Series]) -> list[dict[str, Any]]:
    """Return the series that are not what they were: see COUNT_KINDS."""
    found = []
    for key in sorted({*before, *after}, key=_order):
        was, now = before.get(key), after.get(key)
        kinds = _count_kinds(was, now)
        shown = now or was
        if kinds and shown is not None:
            told = {"before": _told(was), "after": _told(now), "events": _either(was, now)}
            found.append({**shown.about, "kinds": kinds, **told})
    return found


def _order(key: Key) -> tuple[int, Key]:
    """Return the place of a series: known measures in the order of their table."""
    known = list(MEASURES)
    return known.index(key[0]) if key[0] in known else len(known), key


def _count_kinds(was: Series | None, now: Series | None) -> list[str]:
    sides = [
        {
            "newest": [] if one is None else _plain(one.newest),
            "perhaps_newer": [] if one is None else _plain(one.perhaps_newer),
            "series": [] if one is None else _plain(one.numbers),
            "conflict": () if one is None else one.conflicts,
            "relayed": [] if one is None else one.events,
        }
        for one in (was, now)
    ]
    kinds = [kind for kind in COUNT_KINDS if sides[0][kind] != sides[1][kind]]
    return [kind for kind in kinds if kind != "relayed" or kinds == ["relayed"]]


def _plain(numbers: Iterable[Data]) -> list[tuple[Any, ...]]:
    return [(one["number"], one["date"], one["expected"]) for one in numbers]


def _told(one: Series | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "newest": list(one.newest),
        "perhaps_newer": list(one.perhaps_newer),
        "numbers": list(one.numbers),
        "conflict": bool(one.conflicts),
    }


def _either(was: Series | None, now: Series | None) -> list[str]:
    both = [event for one in (was, now) if one is not None for event in one.events]
    return list(dict.fromkeys(both))


def groups_moved(before: Iterable[Data], after: Iterable[Data]) -> list[dict[str, Any]]:
    """Return the groups whose number, members or verification are not what they were.

    `kinds`: `appeared`, `removed`, `label`, `number`, `named`, an outcome, `verified_by`. `said`
    are the claims about the group itself, `turned` the members whose outcome is another, or who are
    members on one side only.
    """
    was = {one["group"]: one for one in before}
    now = {one["group"]: one for one in after}
    found = []
    for group in sorted({*was, *now}):
        old, new = was.get(group), now.get(group)
        kinds = _group_kinds(old, new)
        if kinds:
            found.append(
                {
                    "group": group,
                    "label": (new or old or {})["label"],
                    "status": (new or old or {})["status"],
                    "kinds": kinds,
                    "before": _group(old),
                    "after": _group(new),
                    "events": list(dict.fromkeys([*_behind(old), *_behind(new)])),
                    "said": list(dict.fromkeys([*_said(old), *_said(new)])),
                    "turned": _turned(old, new),
                }
            )
    return found


def _group_kinds(old: Data | None, new: Data | None) -> list[str]:
    if old is None or new is None:
        return ["appeared" if old is None else "removed"]
    was, now = _group(old) or {}, _group(new) or {}
    kinds = ["label"] if was["label"] != now["label"] else []
    kinds += ["number"] if _number(was) != _number(now) else []
    kinds += [key for key in OUTCOMES if old[key]["persons"] != new[key]["persons"]]
    return kinds + (["verified_by"] if was["verified_by"] != now["verified_by"] else [])


def _number(one: Data) -> tuple[Any, ...]:
    return one["number"], one["stance"], one["agree"]


def _group(one: Data | None) -> dict[str, Any] | None:
    """Return what of a group is compared, beside the persons themselves."""
    if one is None:
        return None
    number = one["number"]
    return {
        "label": one["label"],
        "number": number["text"],
        "stance": number["stance"],
        "agree": number["agree"],
        **{key: one[key]["count"] for key in OUTCOMES},
        "persons": {key: list(one[key]["persons"]) for key in OUTCOMES if one[key]["persons"]},
        "verified_by": [each["voice"] for each in one["verified_by"]],
        "verified_by_names": [each["name"] for each in one["verified_by"]],
    }


def _turned(old: Data | None, new: Data | None) -> list[str]:
    """Return the members of whom the two sides tell another outcome, or one side none."""
    was, now = (
        {} if one is None else {member["person"]: member["outcome"] for member in one["members"]}
        for one in (old, new)
    )
    return sorted(person for person in {*was, *now} if was.get(person) != now.get(person))


def _said(one: Data | None) -> list[str]:
    """Return the claims about a group itself."""
    return [] if one is None else [claim["event"] for claim in one["said"]]


def _behind(one: Data | None) -> list[str]:
    """Return all events behind a group: what is said of it, and of its members."""
    members = [] if one is None else one["members"]
    return _said(one) + [claim["event"] for member in members for claim in _claims(member)]


def _claims(member: Data) -> Sequence[Data]:
    return [*member["said"], *member["support"]]
