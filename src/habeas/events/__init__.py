"""The events: everything that can be recorded, each an immutable value.

An event says what was recorded and nothing of its consequences: order, hashes and what counts
when are `log`'s, answers are `resolve`'s. `TAGS` is the one table of types and versions; a name in
it never changes its meaning. Fields that may be absent hold None, or an empty tuple.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, TypeVar

import attrs

from habeas.events.acts import (
    AccessDisclosed,
    AccessWithheld,
    EventCorrected,
    EventRedacted,
    EventVoided,
    PartyGraded,
    PersonsMerged,
    PersonsSeparated,
    SnapshotTaken,
)
from habeas.events.claims import (
    Citation,
    ClaimWithdrawn,
    CountClaimed,
    DetailClaimed,
    GroupClaimed,
    RemarkClaimed,
    RowUnlisted,
    StatusClaimed,
)
from habeas.events.fields import BadValue
from habeas.events.registrations import (
    CaseOpened,
    DocumentRegistered,
    PartyRegistered,
    PersonRegistered,
)
from habeas.vocabulary import PERSONAL_KINDS

Registration = CaseOpened | PartyRegistered | DocumentRegistered | PersonRegistered
Claim = StatusClaimed | DetailClaimed | CountClaimed | GroupClaimed | RemarkClaimed | RowUnlisted
Act = (
    EventCorrected
    | EventVoided
    | PersonsMerged
    | PersonsSeparated
    | PartyGraded
    | SnapshotTaken
    | AccessWithheld
    | AccessDisclosed
    | EventRedacted
)
Event = Registration | Claim | ClaimWithdrawn | Act
E = TypeVar("E", bound=Event)

TAGS: Final[dict[tuple[str, int], type[Any]]] = {
    ("case.opened", 1): CaseOpened,
    ("party.registered", 1): PartyRegistered,
    ("document.registered", 1): DocumentRegistered,
    ("person.registered", 1): PersonRegistered,
    ("status.claimed", 1): StatusClaimed,
    ("detail.claimed", 1): DetailClaimed,
    ("count.claimed", 1): CountClaimed,
    ("group.claimed", 1): GroupClaimed,
    ("remark.claimed", 1): RemarkClaimed,
    ("row.unlisted", 1): RowUnlisted,
    ("claim.withdrawn", 1): ClaimWithdrawn,
    ("event.corrected", 1): EventCorrected,
    ("event.voided", 1): EventVoided,
    ("persons.merged", 1): PersonsMerged,
    ("persons.separated", 1): PersonsSeparated,
    ("party.graded", 1): PartyGraded,
    ("snapshot.taken", 1): SnapshotTaken,
    ("access.withheld", 1): AccessWithheld,
    ("access.disclosed", 1): AccessDisclosed,
    ("event.redacted", 1): EventRedacted,
}
"""Every type and version that the log may hold, and the class of its data."""

TYPE_OF: Final = {cls: tag for tag, cls in TAGS.items()}
"""The newest tag (type, version) of each class."""

REGISTRATIONS: Final = (CaseOpened, PartyRegistered, DocumentRegistered, PersonRegistered)
CLAIMS: Final = (
    StatusClaimed,
    DetailClaimed,
    CountClaimed,
    GroupClaimed,
    RemarkClaimed,
    RowUnlisted,
)
CORRECTABLE: Final = (*REGISTRATIONS, *CLAIMS, ClaimWithdrawn)
"""What `event.corrected` and `event.voided` may name (`case.opened` is never voided)."""


def subject_of(event: Event) -> str | None:
    """Return the typed id (`person:x`) that a registration registers; None of another event."""
    match event:
        case CaseOpened(case=name):
            return f"case:{name}"
        case PartyRegistered(party=name):
            return f"party:{name}"
        case DocumentRegistered(document=name):
            return f"document:{name}"
        case PersonRegistered(person=name):
            return f"person:{name}"
    return None


def build(cls: type[E], known: dict[str, Any]) -> E:
    """Make an event of `cls` from what is known; what is not given is absent.

    Raises BadValue for a field that the class has not, that is missing, or whose value it refuses.
    """
    absent, required = _absent(TYPE_OF[cls])
    if not required <= known.keys():
        missing = next(name for name in attrs.fields_dict(cls) if name in required - known.keys())
        meaning = attrs.fields_dict(cls)[missing].metadata["doc"]
        message = f"{TYPE_OF[cls][0]} needs `{missing}`: {meaning}"
        raise BadValue(missing, message, hint=f"give `{missing}`")
    complete = absent | known
    if len(complete) > len(absent) + len(required):
        extra = min(complete.keys() - attrs.fields_dict(cls).keys())
        hint = f"its fields: {', '.join(attrs.fields_dict(cls))}"
        raise BadValue(extra, f"{TYPE_OF[cls][0]} has no field `{extra}`", hint=hint)
    event = cls(**complete)
    check_whole(event)
    return event


@cache
def _absent(tag: tuple[str, int]) -> tuple[dict[str, Any], frozenset[str]]:
    """Return a type's optional fields with their absent values, and the names of the others."""
    specs = attrs.fields(TAGS[tag])
    optional = {
        spec.name: () if spec.metadata["schema"].get("type") == "array" else None
        for spec in specs
        if spec.metadata["optional"]
    }
    return optional, frozenset(spec.name for spec in specs if spec.name not in optional)


def check_whole(event: Event) -> None:
    """Check what no single field can: raises BadValue."""
    match event:
        case CountClaimed() | GroupClaimed():
            _check_number(event)
        case PartyRegistered(kind=kind, of=of) if of and kind not in PERSONAL_KINDS:
            hint = f"only {', '.join(PERSONAL_KINDS)} have `of`"
            raise BadValue("of", f"a party of kind '{kind}' cannot be `of` a person", hint=hint)


def _check_number(event: CountClaimed | GroupClaimed) -> None:
    """Check that a number, a range or a word is given, and only one of them."""
    low, high = event.low, event.high
    if low is None and event.quantity is None:
        raise BadValue("low", "neither a number nor a word is given", hint="low = 806, or quantity")
    if (event.operator == "..") != (high is not None) or (high is not None and low is None):
        hint = "a range is operator = '..' with low and high; all else has low alone"
        raise BadValue("high", f"operator '{event.operator}' does not fit low and high", hint=hint)
    if low is not None and high is not None and low > high:
        raise BadValue("low", f"low {low} is greater than high {high}", hint="swap them")


__all__ = [
    "CLAIMS",
    "CORRECTABLE",
    "REGISTRATIONS",
    "TAGS",
    "TYPE_OF",
    "AccessDisclosed",
    "AccessWithheld",
    "Act",
    "BadValue",
    "CaseOpened",
    "Citation",
    "Claim",
    "ClaimWithdrawn",
    "CountClaimed",
    "DetailClaimed",
    "DocumentRegistered",
    "Event",
    "EventCorrected",
    "EventRedacted",
    "EventVoided",
    "GroupClaimed",
    "PartyGraded",
    "PartyRegistered",
    "PersonRegistered",
    "PersonsMerged",
    "PersonsSeparated",
    "Registration",
    "RemarkClaimed",
    "RowUnlisted",
    "SnapshotTaken",
    "StatusClaimed",
    "build",
    "check_whole",
    "subject_of",
]
