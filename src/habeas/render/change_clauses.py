"""What changed about one person, as the clauses of one sentence that begins with the name.

The clause that matters most comes first; what it was before comes next; what else changed is left
to `change_rest`. Where the sources stand is said in `change_sources`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from habeas.render import prose_dates, words
from habeas.render.change_rest import beginnings, overtaken, rest
from habeas.render.change_words import SAID, Facts, earlier, place, standing, state, turned
from habeas.vocabulary import CUSTODY_OF

Change = dict[str, Any]

RANK: Final = ("expected", "unconfirmed", "disputed", "reported", "confirmed")
"""Standings from weak to strong."""


def clauses(change: Change) -> str:
    """Return what changed, as it follows the name: it begins with a word or a comma."""
    return "; ".join(_clauses(change))


def _clauses(change: Change) -> Iterator[str]:
    was, now = change["before"], change["after"]
    if now is None:
        yield from _gone(change, words.marked(was))
    elif was is None:
        yield from _new(change, words.marked(now))
    elif change["kinds"] == ["evidence"]:
        yield from _same(change, words.marked(now))
    else:
        was, now = words.marked(was), words.marked(now)
        yield from _main(was, now, change["causes"])
        yield from rest(was, now)


def _same(change: Change, now: Facts) -> Iterator[str]:
    told = words.counted(len(change["causes"]), "more claim")
    yield f"is still {state(now)}, with {told} on record"


def _gone(change: Change, was: Facts) -> Iterator[str]:
    act = merge_of(change)
    if "merged" in change["kinds"] and act is not None:
        yield f"is now counted as one person with {act['keep_name']}"
    else:
        yield "is not on record any more, since nothing told of this person counts"
    yield f"before, {state(was)}"


def _new(change: Change, now: Facts) -> Iterator[str]:
    act = merge_of(change)
    if act is not None and act["cause"] == "separated":
        other = act["keep_name"] if change["person"] == act["merged"] else act["merged_name"]
        yield f"is counted again as another person than {other}, {state(now)}{place(now)}"
    else:
        before = "on record again" if is_back(change) else "not on record before"
        yield f", {before}, is {state(now)}{place(now)}"
        yield from _details(change["causes"])
    yield from beginnings(now)


def is_back(change: Change) -> bool:
    """Say whether somebody appeared because what had been told of him counts again."""
    causes = {one["cause"] for one in change["causes"]}
    return change["before"] is None and bool(causes) and causes <= {"voided", "withdrawn"}


def _details(causes: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what else is told of somebody, where no status is."""
    keys = dict.fromkeys(one["key"].replace("_", " ") for one in causes if "key" in one)
    if keys and not any(one.get("status") for one in causes):
        yield f"told of this person so far: {words.listed(keys)}"


def merge_of(change: Change) -> dict[str, Any] | None:
    """Return the merge or separation that made a change, one of the person himself first."""
    acts = [one for one in change["causes"] if one["cause"] in {"merged", "separated"}]
    own = [one for one in acts if change["person"] in {one["keep"], one["merged"]}]
    return next(iter(own or acts), None)


def _main(was: Facts, now: Facts, causes: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the clause of status, standing and date, and what they were before."""
    if turned(was, now):
        yield from _turned(was, now, causes)
    elif was["standing"] != now["standing"]:
        yield from _weighed(was, now)
    elif was["since"] != now["since"]:
        yield from _redated(was, now)
    else:
        yield f"is still {state(now)}"


def _turned(was: Facts, now: Facts, causes: list[dict[str, Any]]) -> Iterator[str]:
    moved = place(now) if was["place"] != now["place"] else ""
    if now["standing"] is None and None not in {was["standing"], now["custody_standing"]}:
        yield f"is now of unknown status, since {_ended(was, now, causes)} has ended"
    else:
        yield f"is now {state(now)}{moved}"
    told = overtaken(was, now)
    if was["standing"] is not None:
        yield f"before, {state(was)}"
    elif told is not None:
        yield f"before, {earlier(told['standing'], None, now)}"
    else:
        yield "before, the status was unknown"


def _ended(was: Facts, now: Facts, causes: list[dict[str, Any]]) -> str:
    """Return what has ended: the newest told, which need not be what it was before.

    Claims that tell an end say what, as long as they agree on the custody.
    """
    told = [one["status"] for one in causes if one.get("status") and _tells_end(one["when"])]
    custodies = {CUSTODY_OF[status] for status in told}
    if custodies <= {was["custody"]} and (told or was["custody_since"] == now["custody_since"]):
        return f"the {SAID[was['status']].noun} told of"
    if len(custodies) == 1:
        return f"the {SAID[told[-1]].noun} told of"
    return "what was told of last"


def _tells_end(when: str | None) -> bool:
    """Say whether a date told is a span with an end, known or not."""
    return when is not None and "/" in when and not when.startswith("../") and when[-3:] != "/.."


def _weighed(was: Facts, now: Facts) -> Iterator[str]:
    lower = RANK.index(now["standing"]) < RANK.index(was["standing"])
    only = "only " if lower and now["standing"] == "reported" else ""
    yield f"is now {only}{state(now)}"
    yield f"before, {earlier(was['standing'], was['since'], now)}"


def _redated(was: Facts, now: Facts) -> Iterator[str]:
    """Yield what a date has become, where nothing else of the status changed."""
    yield f"is still {standing(now)}"
    if now["since"] is None:
        yield f"no date is told for it any more; before, it was {prose_dates.told(was['since'])}"
    elif was["since"] is None:
        yield f"the date is now told as {prose_dates.told(now['since'])}; before, none was"
    else:
        closer = " more closely," if prose_dates.within(now["since"], was["since"]) else ""
        new, old = prose_dates.told(now["since"]), prose_dates.told(was["since"])
        yield f"the date is now told{closer} as {new}; before, it was {old}"
