"""What a dossier holds: entries that become events, and what a reader expects of the answers.

Values only. An entry knows where it stands and nothing of the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from habeas.errors import Finding
from habeas.events import ClaimWithdrawn, Event, build, subject_of


@frozen(kw_only=True)
class Entry:
    """One event to be, and its place: the file, the table's line, and the line of each field.

    A withdrawal names its claim as the dossier does (`claim`: `document#ref` or the id of an
    event), because only the log knows the id: until `with_claim`, its `event` is None, and
    `withdrawal` holds its other fields.
    """

    cls: type[Any]
    event: Event | None
    path: str
    line: int
    lines: Mapping[str, int]
    claim: str | None
    withdrawal: Mapping[str, Any] | None

    def with_claim(self, event_id: str) -> Entry:
        """Return a withdrawal with the event it makes, given the id of the claim taken back.

        Raises BadValue for what is no id of an event.
        """
        event = build(ClaimWithdrawn, {**(self.withdrawal or {}), "claim": event_id})
        return evolve(self, event=event)

    def of(self, field: str) -> int:
        """Return the line of a field, or of the table when the field is not written there."""
        return self.lines.get(field, self.line)

    def fault(self, field: str | None, message: str, hint: str | None) -> Finding:
        """Make a finding at the line of a field, or of the table."""
        line = self.line if field is None else self.of(field)
        return Finding(message=message, hint=hint, path=self.path, line=line)


@frozen(kw_only=True)
class Expectation:
    """What a reader concludes about a person as of a date: the keys of `[[expect]]`.

    None where the dossier does not say. `standing` and `since` may be "none": it expects null.
    `pending` and `contradicted` are sets of statuses, in no order. `absent`: the roster has no row.
    """

    as_of: str
    person: str
    on: str | None
    status: str | None
    standing: str | None
    custody: str | None
    since: str | None
    pending: tuple[str, ...] | None
    contradicted: tuple[str, ...] | None
    absent: bool | None
    path: str
    line: int
    lines: Mapping[str, int]


@frozen(kw_only=True)
class Dossier:
    """A file: its entries in the order of the log, what it expects, and all that is wrong with it.

    A dossier with findings is not loaded; its entries are those that are sound by themselves.
    `registers` are the typed ids (`person:x`) of all its registrations, faulty ones too: whoever
    names one of them names nothing unknown.
    """

    path: str
    registers: frozenset[str]
    entries: tuple[Entry, ...]
    expectations: tuple[Expectation, ...]
    findings: tuple[Finding, ...]


def clashes(entries: Iterable[Entry]) -> tuple[Finding, ...]:
    """Find the entries that give an id, or a ref of a document, to other content than one before.

    The same said twice is no clash: it is recorded once.
    """
    return tuple(finding for _, finding in clashing(entries))


def clashing(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Finding]]:
    """Yield the entries that `clashes` finds, each with its finding."""
    first: dict[str, Entry] = {}
    for each in entries:
        name = _name_of(each)
        before = first.setdefault(name, each) if name else each
        if not _same(before, each):
            yield each, _clash(name, before, each)


def _name_of(entry: Entry) -> str:
    """Return what an entry is addressed by: a typed id, `document#ref`, or nothing."""
    subject = subject_of(entry.event) if entry.event else None
    if subject:
        return subject
    values = entry.withdrawal or {
        name: getattr(entry.event, name, None) for name in ("document", "ref")
    }
    return f"{values['document']}#{values['ref']}" if values.get("ref") else ""


def _same(before: Entry, entry: Entry) -> bool:
    kept = (entry.cls, entry.event, entry.claim, entry.withdrawal)
    return kept == (before.cls, before.event, before.claim, before.withdrawal)


def _clash(name: str, before: Entry, entry: Entry) -> Finding:
    kind, _, value = name.partition(":") if "#" not in name else ("ref", "", name)
    where = f"line {before.line}" if before.path == entry.path else f"{before.path}:{before.line}"
    message = f"{kind} '{value}' is there already, with other content, at {where}"
    hint = "give one of them another id, or make the two alike"
    return entry.fault(kind, message, hint)
