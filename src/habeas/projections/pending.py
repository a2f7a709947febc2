"""Pending: the work list as of T, the most urgent first, each item with what would settle it.

It decides nothing and closes nothing: an item is gone when a claim, a withdrawal or an act has
settled it. What is confirmed and old is not work. Days are counted from when the first claim behind
an item was public to the as-of day; an item is overdue after more than `rules.stale_days`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from attrs import frozen

from habeas import times
from habeas.log import State, counting
from habeas.projections.as_told import item_as_told
from habeas.projections.groups import groups
from habeas.projections.likeness import alike
from habeas.projections.person import Told
from habeas.projections.question import Question
from habeas.projections.roster import chosen
from habeas.projections.stories import since_spoken

KINDS: Final = {
    "overdue": "told as unconfirmed or expected, and still no more than that after the stale days",
    "contradicted": "contradicted by what counts, and not withdrawn by its source",
    "unconfirmed": "told as unconfirmed or expected",
    "one voice": "a release or a death that nobody has confirmed yet",
    "disputed": "sources disagree about a status, told or accepted, its date, or what to call it",
    "ask again": "a voice that did not know, and may know by now",
    "too many": "a group of which more are named than it is said to have",
    "unnamed": "a group of which not everybody is named",
    "stale": "held, or lost from sight, and no word within the stale days",
    "likely one": "two persons whose names resemble each other",
}
"""The kinds of work, the most urgent first, with their meaning."""

_ORDER: Final = tuple(KINDS)
_CUSTODY_ORDER: Final = ("dead", "out", "held", "unknown", None)


@frozen(kw_only=True)
class _Work:
    """What the items are made from: the question, and its day."""

    state: State
    question: Question

    @property
    def zone(self) -> ZoneInfo:
        """The case's zone."""
        return times.zone(self.state.case.timezone)

    @property
    def today(self) -> date:
        """The as-of day."""
        return times.day_of(self.question.as_of.end - 1, self.zone)

    def item(self, kind: str, events: Iterable[str], settles: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
        """Return an item; its age is that of the oldest claim behind it."""
        ids = list(dict.fromkeys(events))
        since = self.first_known(ids)
        days = 0 if since is None else max((self.today - since).days, 0)
        age = {"waiting_since": None if since is None else since.isoformat(), "days": days}
        blank: dict[str, Any] = dict.fromkeys(_FIELDS)
        voices = {
            f"{side}_names": [self.state.party(one).name for one in more.get(key, ())]
            for side, key in (("voice", "voices"), ("against", "against"))
        }
        made = {"kind": kind} | age | blank | more | voices
        return made | {"settles": settles, "events": ids}

    def names(self, voices: Iterable[str]) -> str:
        """Return the names of voices, as a list."""
        return ", ".join(self.state.party(one).name for one in voices)

    def first_known(self, events: Iterable[str]) -> date | None:
        """Return the day on which the first of some claims was public; None of none."""
        known = [counting.known_at(self.state, self.state.thread(one).event) for one in events]
        return times.day_of(min(known) - 1, self.zone) if known else None

    def overdue(self, days: int) -> bool:
        """Say whether something has waited for longer than the rules allow."""
        return days > self.question.rules.stale_days

    @property
    def confirmation(self) -> str:
        """What confirms something under the question's rules."""
        rules = self.question.rules
        vouching = ", ".join(rules.vouching)
        return f"{rules.corroboration} independent voices, or one that vouches ({vouching})"


_FIELDS: Final = (
    "person",
    "name",
    "group",
    "persons",
    "status",
    "custody",
    "standing",
    "since",
    "voices",
    "voice_names",
    "against",
    "against_names",
    "about",
)
"""What an item may tell beside its kind; None where it does not apply."""


def pending(state: State, question: Question) -> tuple[dict[str, Any], ...]:
    """Return the work as of T: by kind, then deaths before releases, then the oldest first.

    Where the question chooses rows: about the persons that fit, and their groups.
    """
    work = _Work(state=state, question=question)
    persons = list(chosen(state, question))
    items = [item for one, row in persons for item in _of_person(work, one, row)]
    items += _of_groups(work)
    items += _likely_one(work, [one.person for one, _ in persons])
    return tuple(sorted(items, key=_urgency))


def _urgency(item: dict[str, Any]) -> tuple[object, ...]:
    custody = _CUSTODY_ORDER.index(item["custody"])
    who = item["person"] or item["group"] or " ".join(item["persons"] or ())
    return _ORDER.index(item["kind"]), custody, -item["days"], who, item["events"]


def _of_person(work: _Work, one: Told, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    who = {"person": row["person"], "name": row["name"]}
    hedged = [_unconfirmed(work, told, who) for told in row["pending"] if not _is_disputed(told)]
    yield from hedged
    for told in filter(_is_disputed, row["pending"]):
        yield _disputed(work, told, "status", who)
    for told in row["contradicted"]:
        yield _contradicted(work, told, who)
    if row["custody"] in {"out", "dead"} and row["custody_standing"] in {"reported", "disputed"}:
        yield _one_voice(work, row, who)
    for dispute in row["disputes"]:
        yield _disputed(work, row, dispute, who)
    spoken = since_spoken(one)
    for claim in row["unknown"]:
        if claim["event"] in spoken:
            continue
        yield work.item(
            "ask again",
            [claim["event"]],
            f"a new word of {work.names([claim['voice']])}",
            voices=[claim["voice"]],
            custody=row["custody"],
            **who,
        )
    if not any(item["kind"] == "overdue" for item in hedged):
        yield from _stale(work, one, row, who)


def _told(told: dict[str, Any]) -> dict[str, Any]:
    voices = sorted({claim["voice"] for claim in told["support"]})
    kept = ("status", "custody", "standing", "since")
    return {key: told[key] for key in kept} | {"voices": voices} | item_as_told(told)


def _events(claims: Iterable[dict[str, Any]]) -> list[str]:
    return [claim["event"] for claim in claims]


def _is_disputed(told: dict[str, Any]) -> bool:
    """Say whether something pending has been denied, not hedged: no plainer word is wanting."""
    return bool(told["standing"] == "disputed")


def _unconfirmed(work: _Work, told: dict[str, Any], who: dict[str, Any]) -> dict[str, Any]:
    """Return an item of something pending; it may be unhedged where the rules ask for more."""
    hedged = told["standing"] in {"unconfirmed", "expected"}
    plain = "a word without a hedge that it happened, or a denial"
    settles = plain if hedged else work.confirmation
    events = _events(told["support"])
    item = work.item("unconfirmed", events, settles, **who, **_told(told))
    return item | {"kind": "overdue" if work.overdue(item["days"]) else "unconfirmed"}


def _contradicted(work: _Work, told: dict[str, Any], who: dict[str, Any]) -> dict[str, Any]:
    item = _told(told)
    settles = f"a withdrawal by {work.names(item['voices'])}, or a newer word of its own"
    return work.item("contradicted", _events(told["support"]), settles, **who, **item)


def _one_voice(work: _Work, row: dict[str, Any], who: dict[str, Any]) -> dict[str, Any]:
    custody = {"standing": row["custody_standing"], "since": row["custody_since"]}
    item = _told(row | custody)
    return work.item("one voice", _events(row["support"]), work.confirmation, **who, **item)


def _disputed(
    work: _Work, row: dict[str, Any], dispute: str, who: dict[str, Any]
) -> dict[str, Any]:
    """Return an item of what is disputed about a person's answer, or about something pending."""
    settles = {
        "date": "the day, from one who was there, or a withdrawal of the other date",
        "label": "the terms, from a court, a lawyer or the family",
        "status": "a newer word from either side, or a withdrawal",
    }
    denying = row.get("against", ())
    events = _events([*row["support"], *denying])
    against = sorted({claim["voice"] for claim in denying})
    told = _told(row) | {"about": dispute, "against": against}
    return work.item("disputed", events, settles[dispute], **who, **told)


def _stale(
    work: _Work, one: Told, row: dict[str, Any], who: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield a person in custody or out of sight of whom nothing was heard within the stale days."""
    if row["custody"] not in {"held", "unknown"}:
        return
    state = work.state
    last = [
        thread.id
        for thread in one.evidence.threads.values()
        if counting.known_at(state, thread.event) == one.evidence.last_known
    ]
    item = work.item(
        "stale", last, "any newer word of where and how this person is", **who, **_told(row)
    )
    if work.overdue(item["days"]):
        yield item


def _of_groups(work: _Work) -> Iterator[dict[str, Any]]:
    """Yield the groups of which somebody is not named, or more are named than are said to be."""
    for group in groups(work.state, work.question):
        unnamed = group["unnamed"]
        if group["more_named"]:
            settles = "who of them is none of the group, or a newer number"
            yield _of_group(work, "too many", settles, group)
        elif unnamed["low"] if unnamed else not group["named"]["count"]:
            yield _of_group(work, "unnamed", "the names of the others", group)


def _of_group(work: _Work, kind: str, settles: str, group: dict[str, Any]) -> dict[str, Any]:
    said, named = group["number"]["text"] or "some", group["named"]["count"]
    return work.item(
        kind,
        [*group["number"]["events"], *group["named"]["events"]],
        settles,
        group=group["group"],
        name=group["label"],
        status=group["status"],
        voices=group["number"]["voices"],
        about=f"{said} said, {named} named",
    )


def _likely_one(work: _Work, persons: Iterable[str]) -> Iterator[dict[str, Any]]:
    for likeness in alike(work.state, persons):
        keep, merged = likeness.persons
        events = [work.state.registered(f"person:{one}") for one in likeness.persons]
        yield work.item(
            "likely one",
            [],
            f"if they are one: habeas merge {keep} {merged} --reason '…'",
            persons=list(likeness.persons),
            name=" / ".join(likeness.names),
            about=likeness.reason,
        ) | {"events": [thread.id for thread in events if thread is not None]}
