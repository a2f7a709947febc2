"""Loading dossiers: all or nothing per file, every fault collected, nothing taken twice.

Files at fault are left out whole, and so is what needs them; the others are loaded in one
transaction: all persons, then parties, then documents, then the claims, file by file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from habeas import dossier
from habeas.case import editing, expecting
from habeas.case.appending import Appended, Writer, undone
from habeas.case.blaming import Blaming
from habeas.case.left import left_by
from habeas.case.progress import Progress
from habeas.dossier import Dossier, Entry
from habeas.errors import Finding, HabeasError, UnknownName
from habeas.events import (
    CLAIMS,
    CaseOpened,
    DocumentRegistered,
    Event,
    PartyRegistered,
    PersonRegistered,
    subject_of,
)
from habeas.events.fields import BadValue
from habeas.log import State, Thread, closure
from habeas.log.looking import Looked
from habeas.log.remembering import Remembering

if TYPE_CHECKING:
    from habeas.case.main import Case

TRIED = 2
"""How often what is loaded is judged: first all of it, to find its faults."""

ORDER = (CaseOpened, PersonRegistered, PartyRegistered, DocumentRegistered)
"""Registrations in the order in which the log takes them; claims follow, file by file."""


@frozen(kw_only=True)
class Loaded:
    """What a load did: how many events are `new`, how many were there `already`.

    `findings` are the faults, whose files added nothing; `failed` the expectations that the log
    does not meet, of `expected` in all; `unlisted` the claims of a loaded document that its file no
    longer holds; `left` the group's claims that were withdrawn, with the members' claims that this
    leaves in force.
    """

    files: tuple[str, ...]
    new: int
    already: int
    findings: tuple[Finding, ...]
    failed: tuple[Finding, ...]
    expected: int
    unlisted: tuple[Thread, ...]
    left: tuple[tuple[Thread, tuple[Thread, ...]], ...]


def load(
    case: Case,
    paths: Iterable[str | Path],
    *,
    recorder: str,
    dry_run: bool,
    progress: Progress,
) -> Loaded:
    """Load dossiers from files and folders; with `dry_run`, check all and keep nothing.

    Raises HabeasError for a path that is not there; faults in files are findings.
    """
    read = [_read(Path(path)) for path in dossier.files([str(path) for path in paths])]
    result = Loaded(
        files=tuple(one.path for one in read),
        new=0,
        already=0,
        findings=tuple(finding for one in read for finding in one.findings),
        failed=(),
        expected=0,
        unlisted=(),
        left=(),
    )
    many = TRIED * sum(len(one.entries) for one in read)
    with undone() as leave, case.writing(recorder, many=many) as writer:
        good, findings = _without_faults(writer, read)
        done = list(_append(writer, good, progress))
        failed = tuple(expecting.failures(_answering(case, writer, good), good))
        result = evolve(
            result,
            new=sum(not one.already for one in done),
            already=sum(one.already for one in done),
            findings=tuple(sorted(result.findings + findings, key=_place)),
            failed=failed,
            expected=sum(len(one.expectations) for one in good),
            unlisted=tuple(_unlisted(writer.state, good, {one.seq for one in done})),
            left=tuple(left_by(writer.state, (one.seq for one in done if not one.already))),
        )
        if dry_run:
            leave()
    return result


def _answering(case: Case, writer: Writer, good: list[Dossier]) -> State:
    """Return a state by which to resolve the persons of whom something is expected."""
    if not isinstance(writer.state, Looked):
        return writer.state
    writer.flush()
    persons = {wanted.person for one in good for wanted in one.expectations}
    return State.of(closure.about(Remembering(case.whole), persons, None))


def _read(path: Path) -> Dossier:
    return dossier.read(str(path), path.read_bytes())


def _place(finding: Finding) -> tuple[str, int]:
    return finding.path or "", finding.line or 0


def _without_faults(
    writer: Writer, read: list[Dossier]
) -> tuple[list[Dossier], tuple[Finding, ...]]:
    """Return the files that the log can take, and why it cannot take the others.

    A file that names what only a faulty one registers is at fault too, so the rest is tried again
    until nothing more falls out.
    """
    if (elsewhere := _of_another_case(writer.state, read)) is not None:
        return [], (elsewhere,)
    good = [one for one in read if not one.findings]
    findings: dict[tuple[str, int | None, str], Finding] = {}
    for finding in _beside_faults(writer, read):
        findings.setdefault((finding.path or "", finding.line, finding.message), finding)
    while True:
        found = [finding for _, finding in _refused(writer.trial(), good, read)]
        for finding in found:
            findings.setdefault((finding.path or "", finding.line, finding.message), finding)
        bad = {finding.path for finding in found}
        if not bad:
            return good, tuple(findings.values())
        good = [one for one in good if one.path not in bad]


def _of_another_case(state: State, read: list[Dossier]) -> Finding | None:
    """Return the finding that a file opens another case than the log's: all else follows of it."""
    for entry in (entry for one in read for entry in one.entries if entry.cls is CaseOpened):
        opened = entry.event
        if state.position and isinstance(opened, CaseOpened) and opened.case != state.case.case:
            message = f"this opens the case '{opened.case}', and the log is of '{state.case.case}'"
            hint = f"load it into a database of its own: --db {opened.case}.db"
            return entry.fault("case", message, hint)
    return None


def _beside_faults(writer: Writer, read: list[Dossier]) -> Iterator[Finding]:
    """Yield what the log refuses of the files that have faults of their own.

    Not that a name is unknown which a faulty registration would have made known.
    """
    faulty = {one.path: one for one in read if one.findings}
    names = {name.split(":", 1)[1] for one in faulty.values() for name in one.registers}
    for error, finding in _refused(writer.trial(), read, read) if faulty else ():
        unmade = isinstance(error, UnknownName) and any(f"'{n}'" in error.message for n in names)
        one = faulty.get(finding.path or "")
        if one is not None and not unmade and finding not in one.findings:
            yield finding


def _refused(
    writer: Writer, tried: list[Dossier], read: list[Dossier]
) -> Iterator[tuple[HabeasError, Finding]]:
    """Yield what the log refuses of the files that are tried, of all that are read.

    It goes on after each.
    """
    entries = _in_order(writer.state, tried)
    blaming = Blaming(read, entries)
    for entry in entries:
        try:
            _take(writer, entry)
        except HabeasError as error:
            yield error, blaming.finding(entry, error, _field_of(entry, error))


def _take(writer: Writer, entry: Entry) -> Appended:
    """Append an entry's event, unless a claim that we corrected says the same by now."""
    event = _event(writer.state, entry)
    there = _as_corrected(writer.state, event)
    return writer.append(event) if there is None else Appended(there.seq, there.id, already=True)


def _as_corrected(state: State, event: Event) -> Thread | None:
    """Return the claim without a ref that was corrected to be `event`, if any was."""
    if getattr(event, "ref", None) is not None or subject_of(event) is not None:
        return None
    document = f"document:{getattr(event, 'document', '')}"
    for thread in map(state.at, sorted(state.using(document))):
        if thread is None or len(thread.history) == 1 or thread.voided:
            continue
        if thread.event == event:
            return thread
    return None


def _append(writer: Writer, good: list[Dossier], progress: Progress) -> Iterator[Appended]:
    entries = list(_in_order(writer.state, good))
    for number, entry in enumerate(entries, start=1):
        yield _take(writer, entry)
        progress(number, len(entries))


def _in_order(state: State, good: list[Dossier]) -> list[Entry]:
    """Return the entries in the order in which the log takes them."""
    entries = [entry for one in good for entry in one.entries]
    ordered = [entry for kind in ORDER for entry in entries if entry.cls is kind]
    parties = [entry for entry in ordered if entry.cls is PartyRegistered]
    others = [entry for entry in entries if entry.cls not in ORDER]
    first = [entry for entry in ordered if entry.cls in ORDER[:2]]
    documents = [entry for entry in ordered if entry.cls is DocumentRegistered]
    return first + _roots_first(state, parties) + documents + others


def _roots_first(state: State, entries: list[Entry]) -> list[Entry]:
    """Return parties so that each comes after the one it is part of; a circle comes last."""
    above = {one for one in map(_above, entries) if one is not None}
    known = {None, *(one for one in above if state.is_registered(f"party:{one}"))}
    waiting = list(entries)
    ordered: list[Entry] = []
    while waiting:
        ready = [entry for entry in waiting if _above(entry) in known]
        if not ready:
            return ordered + waiting
        ordered += ready
        known |= {_party(entry).party for entry in ready}
        waiting = [entry for entry in waiting if entry not in ready]
    return ordered


def _party(entry: Entry) -> PartyRegistered:
    if not isinstance(entry.event, PartyRegistered):
        raise TypeError(entry)
    return entry.event


def _above(entry: Entry) -> str | None:
    return _party(entry).part_of


def _event(state: State, entry: Entry) -> Event:
    """Return an entry's event; of a withdrawal, with the id of the claim it names."""
    if entry.event is not None:
        return entry.event
    claim = editing.thread_named(state, entry.claim or "").id
    made = entry.with_claim(claim).event
    if made is None:
        raise TypeError(entry)
    return made


def _field_of(entry: Entry, error: HabeasError) -> str | None:
    return error.field if isinstance(error, BadValue) else _field_named(entry, error.message)


def _field_named(entry: Entry, message: str) -> str | None:
    """Return the field whose value a refusal quotes, if one does."""
    if entry.claim is not None and f"'{entry.claim}'" in message:
        return "claim"
    for field in entry.lines:
        value = getattr(entry.event, field, None)
        values = value if isinstance(value, tuple) else (value,)
        if any(isinstance(one, str) and f"'{one}'" in message for one in values):
            return field
    return None


def _unlisted(state: State, good: list[Dossier], seqs: set[int]) -> Iterator[Thread]:
    """Yield the claims that the log holds of these files' documents, and the files do not."""
    documents = {
        entry.event.document
        for one in good
        for entry in one.entries
        if isinstance(entry.event, DocumentRegistered)
    }
    naming = {seq for one in documents for seq in state.using(f"document:{one}")}
    for thread in map(state.at, sorted(naming - seqs)):
        if thread is not None and not thread.voided and isinstance(thread.event, CLAIMS):
            yield thread
