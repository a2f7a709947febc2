"""What else changed about one person, besides the clause that comes first: a clause for each.

It names what the main clause of `change_clauses` is silent of: place, name, what is contested,
pending or contradicted, and how sure it all is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from habeas.render import prose_dates, words
from habeas.render.change_words import Facts, earlier, event, turned

Items = list[dict[str, Any]]

PENDING: Final = {
    "confirmed": ("is {now}told of", "is still told of"),
    "reported": ("is {now}reported, but not confirmed", "remains unconfirmed"),
    "disputed": ("is {now}told of, but disputed", "remains disputed"),
    "unconfirmed": ("is {now}told of, but unconfirmed", "remains unconfirmed"),
    "expected": ("is {now}expected", "is still expected"),
}
"""What does not count yet: where that is new, and where it is as before."""

CONTESTED: Final = {
    "date": "the date",
    "label": "what to call it",
    "status": "whether it is so",
}


def rest(was: Facts, now: Facts) -> Iterator[str]:
    """Yield a clause for whatever changed and is not in the main clause.

    The first, where there is one, is of what was the answer: "this" is what was named just before.
    """
    yield from _of_what_was(was, now)
    if was["name"] != now["name"]:
        yield f"the name on record was {was['name']} before"
    if not turned(was, now):
        yield from _sureness(was, now)
        yield from _place(was["place"], now["place"])
    yield from _custody(was, now)
    yield from _contested(was["disputes"], now["disputes"])
    yield from _pending(was, now)
    yield from _contradicted(was["contradicted"], now["contradicted"])


def beginnings(now: Facts) -> Iterator[str]:
    """Yield what must be said of somebody who was not on record before, besides the state."""
    for item in now["pending"]:
        yield f"{event(item)} {PENDING[item['standing']][0].format(now='')}"
    yield from _contested([], now["disputes"])
    yield from _contradicted([], now["contradicted"])


def overtaken(was: Facts, now: Facts) -> dict[str, Any] | None:
    """Return what was pending and has become the answer, if anything has."""
    for item in was["pending"]:
        if item["custody"] == now["custody"] and item not in now["pending"]:
            return dict(item)
    return None


def _sureness(was: Facts, now: Facts) -> Iterator[str]:
    if (was["certainty"], now["certainty"]) == ("possible", "certain"):
        yield "the last day told for it has come"
    if was["standing"] == now["standing"] and was["vouched"] != now["vouched"]:
        who = "somebody near to it now" if now["vouched"] else "nobody near to it any longer"
        yield f"{who} vouches for it"
    if was["presumed"] != now["presumed"]:
        yield "now presumed in custody" if now["presumed"] else "no longer presumed in custody"


def _place(was: str | None, now: str | None) -> Iterator[str]:
    if was == now:
        return
    if now is None:
        yield f"no place is told any more; before, it was {was}"
    else:
        yield f"the last place told is now {now}" + (f"; before, it was {was}" if was else "")


def _custody(was: Facts, now: Facts) -> Iterator[str]:
    """Yield since when and how surely the custody is what it is, where the status says less."""
    since, standing = now["custody_since"], now["custody_standing"]
    if None in {since, standing, now["standing"]} or (since, standing) == (
        now["since"],
        now["standing"],
    ):
        return
    if (since, standing) != (was["custody_since"], was["custody_standing"]):
        yield f"being {words.CUSTODY[now['custody']]} {prose_dates.since(since)} is {standing}"


def _contested(was: list[str], now: list[str]) -> Iterator[str]:
    for new, old, said in ((now, was, "is now contested"), (was, now, "is no longer contested")):
        found = [CONTESTED.get(one, one) for one in new if one not in old]
        if found:
            yield f"{words.listed(found)} {said}"


def _of_what_was(was: Facts, now: Facts) -> Iterator[str]:
    """Yield what has become of what was the answer, where it does not count any more."""
    for item in now["pending"]:
        if _is_of(was, now, item) and item not in was["pending"]:
            yield f"this {PENDING[item['standing']][0].format(now='now ')}"


def _pending(was: Facts, now: Facts) -> Iterator[str]:
    gone: Items = [item for item in was["pending"] if item not in now["pending"]]
    if overtaken(was, now) in gone:
        gone.remove(overtaken(was, now) or {})
    for item in now["pending"]:
        told, still = PENDING[item["standing"]]
        if item not in was["pending"]:
            if not _is_of(was, now, item):
                yield f"{event(item)} {told.format(now='now ')}{_instead(item, gone)}"
        elif turned(was, now):
            yield f"{event(item)} {still}"
    contradicted = {item["status"] for item in now["contradicted"]}
    for item in gone:
        if item["status"] not in contradicted:
            yield f"{event(item)} is no longer pending"


def _is_of(was: Facts, now: Facts, item: dict[str, Any]) -> bool:
    """Say whether what is pending now is what was the answer before, and is not any more."""
    same = (was["status"], was["since"]) == (item["status"], item["since"])
    return turned(was, now) and was["standing"] is not None and same


def _instead(item: dict[str, Any], gone: Items) -> str:
    """Return how a pending item was told before, and take what it replaces from `gone`."""
    for old in gone:
        if old["status"] == item["status"]:
            gone.remove(old)
            return f", where before {earlier(old['standing'], old['since'], item)}"
    return ""


def _contradicted(was: Items, now: Items) -> Iterator[str]:
    for item in now:
        if item not in was:
            yield f"{event(item)} is now contradicted"
    statuses = {item["status"] for item in now}
    for item in was:
        if item["status"] not in statuses:
            yield f"{event(item)} is no longer contradicted"
