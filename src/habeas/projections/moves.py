"""What moved between two answers about numbers: counters' newest numbers, and groups.

It compares the answers of `counts` and of `groups`, and knows no log: the causes it names are the
events that stand behind one answer and not behind the other. `kinds` says what moved; before and
after are None where there was nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

Data = Mapping[str, Any]

OUTCOMES: Final = ("named", "confirmed", "reported", "disputed", "pending", "contradicted")
"""What members of a group are counted by."""


def counts_moved(before: Iterable[Data], after: Iterable[Data]) -> list[dict[str, Any]]:
    """Return the series whose newest numbers, or whose conflicts, are not what they were.

    `kinds`: `newest`, `conflict`, and `relayed` where only more or fewer claims stand behind.
    """
    was, now = _series(before), _series(after)
    found = []
    for key in sorted({*was, *now}):
        old, new = was.get(key), now.get(key)
        kinds = [kind for kind in ("newest", "conflict") if _of(old, kind) != _of(new, kind)]
        events = _events_between(old, new)
        if not kinds and events:
            kinds = ["relayed"]
        if kinds:
            measure, population, place, counter = key
            found.append(
                {
                    "measure": measure,
                    "population": population or None,
                    "place": place or None,
                    "counter": counter,
                    "name": (new or old or {})["name"],
                    "kinds": kinds,
                    "before": _numbers(old),
                    "after": _numbers(new),
                    "events": events,
                }
            )
    return found


_Key = tuple[str, str, str, str]


def _series(matters: Iterable[Data]) -> dict[_Key, dict[str, Any]]:
    """Return each counter's series: its newest numbers, its conflicts, and all its events."""
    found: dict[_Key, dict[str, Any]] = {}
    for matter in matters:
        for counter in matter["counters"]:
            key = (
                matter["measure"],
                matter["population"] or "",
                matter["place"] or "",
                counter["counter"],
            )
            found[key] = {
                "name": counter["name"],
                "newest": [(one["number"], one["date"]) for one in counter["newest"]],
                "conflict": _conflicts(matter, counter["counter"]),
                "events": [event for one in counter["numbers"] for event in one["events"]],
            }
    return found


def _conflicts(matter: Data, counter: str) -> list[list[tuple[str, str | None]]]:
    return [
        [(one["number"], one["date"]) for one in item["numbers"]]
        for item in matter["misfits"]
        if item["conflict"] and item["counters"] == [counter]
    ]


def _of(series: Data | None, key: str) -> Any:  # noqa: ANN401 - compared, and nothing else
    return [] if series is None else series[key]


def _numbers(series: Data | None) -> dict[str, Any] | None:
    if series is None:
        return None
    newest = [{"number": number, "date": date} for number, date in series["newest"]]
    return {"newest": newest, "conflict": bool(series["conflict"])}


def groups_moved(before: Iterable[Data], after: Iterable[Data]) -> list[dict[str, Any]]:
    """Return the groups whose number, members or verification are not what they were.

    `kinds`: `appeared`, `disappeared`, `number`, `named`, one of the outcomes, `verified_by`.
    """
    was = {one["group"]: one for one in before}
    now = {one["group"]: one for one in after}
    found = []
    for group in sorted({*was, *now}):
        old, new = was.get(group), now.get(group)
        kinds = _group_kinds(old, new)
        if kinds:
            shown = new or old or {}
            found.append(
                {
                    "group": group,
                    "label": shown["label"],
                    "kinds": kinds,
                    "before": _group(old),
                    "after": _group(new),
                    "events": _events_between(_behind(old), _behind(new)),
                }
            )
    return found


def _group_kinds(old: Data | None, new: Data | None) -> list[str]:
    if old is None or new is None:
        return ["appeared" if old is None else "disappeared"]
    was, now = _group(old) or {}, _group(new) or {}
    kinds = ["number"] if was["number"] != now["number"] else []
    kinds += [key for key in OUTCOMES if old[key]["persons"] != new[key]["persons"]]
    return kinds + (["verified_by"] if was["verified_by"] != now["verified_by"] else [])


def _group(one: Data | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "number": one["number"]["text"],
        "stance": one["number"]["stance"],
        **{key: one[key]["count"] for key in OUTCOMES},
        "verified_by": [each["voice"] for each in one["verified_by"]],
    }


def _behind(one: Data | None) -> Data | None:
    """Return all events behind a group: what is said of it, and of its members."""
    if one is None:
        return None
    claims = [*one["said"], *(claim for member in one["members"] for claim in _claims(member))]
    return {"events": [claim["event"] for claim in claims]}


def _claims(member: Data) -> Sequence[Data]:
    return [*member["said"], *member["support"]]


def _events_between(old: Data | None, new: Data | None) -> list[str]:
    """Return the events that stand behind one answer and not behind the other."""
    was, now = (_of(one, "events") for one in (old, new))
    added = [event for event in now if event not in was]
    return list(dict.fromkeys([*added, *(event for event in was if event not in now)]))
