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
from habeas.events.fields import BadValue, Check, nfc
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


_REGISTERED: Final[dict[type[Any], str]] = {
    CaseOpened: "case",
    PartyRegistered: "party",
    DocumentRegistered: "document",
    PersonRegistered: "person",
}
"""What each class of registration registers, which is the name of the field with its id."""


def subject_of(event: Event) -> str | None:
    """Return the typed id (`person:x`) that a registration registers; None of another event."""
    kind = _REGISTERED.get(type(event))
    return None if kind is None else f"{kind}:{getattr(event, kind)}"


def build(cls: type[E], known: dict[str, Any]) -> E:
    """Make an event of `cls` from what is known; what is not given, or None, is absent.

    Raises BadValue for a field that the class has not, that is missing, or whose value it refuses.
    """
    checks, absent, required = _shape(TYPE_OF[cls])
    given = {name: nfc(value) for name, value in known.items() if value is not None}
    if not required <= given.keys():
        missing = next(name for name in checks if name in required - given.keys())
        meaning = attrs.fields_dict(cls)[missing].metadata["doc"]
        message = f"{TYPE_OF[cls][0]} needs `{missing}`: {meaning}"
        raise BadValue(missing, message, hint=f"give `{missing}`")
    for name, value in given.items():
        if name not in checks:
            hint = f"its fields: {', '.join(checks)}"
            raise BadValue(name, f"{TYPE_OF[cls][0]} has no field `{name}`", hint=hint)
        checks[name](name, value)
    event = _checked(cls, absent | given)
    check_whole(event)
    return event


def _checked(cls: type[E], values: dict[str, Any]) -> E:
    """Make an event of values that have been checked, as one is made from a pickle.

    Setting them is quicker than a constructor that takes them by keyword.
    """
    event = cls.__new__(cls)
    for name, value in values.items():
        _set(event, name, value)
    return event


def check_fields(event: Event) -> None:
    """Check every field of an event that was made by its constructor. Raises BadValue."""
    checks, absent, _ = _shape(TYPE_OF[type(event)])
    for name, check in checks.items():
        value = getattr(event, name)
        if name not in absent or value != absent[name]:
            check(name, value)
    check_whole(event)


_set: Final = object.__setattr__


@cache
def _shape(
    tag: tuple[str, int],
) -> tuple[dict[str, Check], dict[str, Any], frozenset[str]]:
    """Return a type's fields with their checks, the absent values, and the required names."""
    specs = attrs.fields(TAGS[tag])
    absent = {
        spec.name: () if spec.metadata["schema"].get("type") == "array" else None
        for spec in specs
        if spec.metadata["optional"]
    }
    checks = {spec.name: spec.metadata["check"] for spec in specs}
    return checks, absent, frozenset(checks.keys() - absent.keys())


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
    "check_fields",
    "check_whole",
    "subject_of",
]
