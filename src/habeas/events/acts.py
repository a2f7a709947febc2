"""Acts of those who keep the log. They act in recorded time, and for every as-of from then on.

`follows` names the newest event about the same thing, so that two editors cannot overwrite each
other unawares. Access and redaction are read at the head of the log, whatever is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from habeas.events import fields
from habeas.vocabulary import GRADES

if TYPE_CHECKING:
    from habeas.events import Event

ACCESS_KINDS = ("person", "party", "document")


@frozen(kw_only=True, repr=False, eq=False)
class EventCorrected(fields.Value):
    """We had recorded something wrong: here is the whole replacement."""

    event: str = fields.event_id("the event corrected")
    follows: str = fields.event_id("the newest event about it")
    type: str = fields.name("the event's type, which stays")
    version: int = fields.number("the version in which `data` is written")
    data: Event = fields.event("the whole replacement")  # noqa: RUF009 - a field, as the others
    reason: str = fields.text("why")


@frozen(kw_only=True, repr=False, eq=False)
class EventVoided(fields.Value):
    """An event should not have been recorded; a correction that follows restores it."""

    event: str = fields.event_id("the event voided")
    follows: str = fields.event_id("the newest event about it")
    reason: str = fields.text("why")


@frozen(kw_only=True, repr=False, eq=False)
class PersonsMerged(fields.Value):
    """Two persons of the log are one; no claim is lost, and a separation undoes it exactly."""

    keep: str = fields.ident("the person under whose id the answers come")
    merged: str = fields.ident("the person found to be the same")
    follows: str | None = fields.event_id(
        "the newest merge or separation of `merged`", optional=True
    )
    reason: str = fields.text("why")


@frozen(kw_only=True, repr=False, eq=False)
class PersonsSeparated(fields.Value):
    """A merge was wrong: its two persons are two again."""

    merge: str = fields.event_id("the merge undone")
    follows: str = fields.event_id("the newest merge or separation of its `merged` person")
    reason: str = fields.text("why")


@frozen(kw_only=True, repr=False, eq=False)
class PartyGraded(fields.Value):
    """How far a party is relied on (Admiralty code, A to F; F: cannot be judged)."""

    party: str = fields.ident("the party")
    reliability: str = fields.one_of(GRADES, "A (reliable) to E (unreliable), F (cannot be judged)")
    follows: str | None = fields.event_id("the party's last grade", optional=True)
    reason: str = fields.text("why")


@frozen(kw_only=True, repr=False, eq=False)
class SnapshotTaken(fields.Value):
    """A name for an answer: the question whole, and the digest of what was answered."""

    name: str = fields.snapshot_name("the snapshot's name, once in a log")
    as_of: str = fields.name("the as-of, as asked (a date, or a timestamp with offset)")
    on: str | None = fields.name("the day asked about (YYYY-MM-DD)", optional=True)
    position: int = fields.number("the log position it was answered at")
    audience: str = fields.ident("for whom it was answered")
    projection: str = fields.text("the whole projection, as canonical JSON")
    engine: str = fields.name("the version of `resolve` that answered")
    digest: str = fields.sha256("SHA-256 of the answer's canonical JSON")


@frozen(kw_only=True, repr=False, eq=False)
class AccessWithheld(fields.Value):
    """Something is kept from an audience, from now on."""

    what: str = fields.typed_id("what is withheld, as kind:id", ACCESS_KINDS)
    audience: str = fields.ident("from whom")
    until: str | None = fields.date("through which day; absent: until disclosed", optional=True)
    follows: str | None = fields.event_id("the newest access event about it", optional=True)
    reason: str = fields.text("why")


@frozen(kw_only=True, repr=False, eq=False)
class AccessDisclosed(fields.Value):
    """Something withheld is disclosed again."""

    what: str = fields.typed_id("what is disclosed, as kind:id", ACCESS_KINDS)
    audience: str = fields.ident("to whom")
    until: str | None = fields.date("to the end of which day; absent: for good", optional=True)
    follows: str | None = fields.event_id("the newest access event about it", optional=True)
    reason: str = fields.text("why")


@frozen(kw_only=True, repr=False, eq=False)
class EventRedacted(fields.Value):
    """An event's payload is removed for good; its commitment stays, and proves its place."""

    event: str = fields.event_id("the event redacted")
    reason: str = fields.text("why, without saying what it said")
