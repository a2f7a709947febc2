"""Redaction: a payload removed for good, with a tombstone that says when and why, never what.

An event goes with its corrections and voids, a person with all that names him. A registration that
others still name stays: they could not be read without it. Backups, exports and the history of a
repository are out of reach, and whoever redacts is told so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from habeas import dossier
from habeas.case import browsing
from habeas.case.editing import thread_named
from habeas.errors import HabeasError, Refused, UnknownName
from habeas.events import (
    CORRECTABLE,
    Event,
    EventCorrected,
    EventRedacted,
    EventVoided,
    SnapshotTaken,
    build,
    subject_of,
)
from habeas.log import Record, State, closure
from habeas.log.names import names_in
from habeas.log.records import replacement, same_statement
from habeas.store import LogStore
from habeas.store.erasing import erase, unfinished

if TYPE_CHECKING:
    from habeas.case.main import Case


def redact(
    case: Case, what: str, *, reason: str, recorder: str, dry_run: bool = False
) -> tuple[int, ...]:
    """Redact an event (an id, the start of one, `document#ref`, `@N`) or `person:ID`.

    Returns the `seq`s of the events redacted, in order; with `dry_run`, those that would be. A
    redaction that was cut short is finished first. Raises UnknownName for a name that nothing
    carries, Refused for what has to stay.
    """
    path = case.whole.path
    if path is None:
        raise HabeasError("a log in memory is not redacted", hint="leave the event out")
    finished = not dry_run and unfinished(path)
    if finished:
        erase(path)
        case.forget()
    with case.writing(recorder) as writer:
        try:
            found = _found(case, what)
        except UnknownName:
            if finished:
                return ()
            raise
        targets = [record for record in found if record.payload is not None]
        _check(case.whole, targets)
        tombs = {record.seq for record in targets} - case.redacted()
        if not dry_run:
            for record in targets:
                if record.seq in tombs:
                    writer.append(build(EventRedacted, {"event": record.id, "reason": reason}))
    if targets and not dry_run:
        erase(path)
        case.forget()
    return tuple(record.seq for record in targets)


def is_cut_short(case: Case) -> bool:
    """Say whether an earlier redaction was cut short, so that the next finishes it."""
    return case.whole.path is not None and unfinished(case.whole.path)


def places(case: Case, what: str, folder: Path) -> tuple[str, ...]:
    """Return where dossiers in a folder still say what is to be redacted: `file:line`, in order.

    It finds what states the same, and what names the person; not what free text tells. To be asked
    before the redaction: afterwards nobody can tell what was redacted, which is the point of it.
    """
    with suppress(UnknownName):
        gone = [one for one in _found(case, what) if one.event]
        return _places(case, gone, what, folder)
    return ()


def _places(case: Case, gone: list[Record], what: str, folder: Path) -> tuple[str, ...]:
    looked = case.looked()
    ids = {one.id for one in gone} if what.startswith("person:") else set[str]()
    said = [replacement(one.event) for one in gone if one.event]
    digests = {same_statement(one) for one in said if isinstance(one, CORRECTABLE)}
    names = {what} | {subject for subject in map(subject_of, said) if subject}
    found = []
    for path in dossier.files([folder]) if folder.is_dir() else ():
        read = dossier.read(path, Path(path).read_bytes())
        events = [(entry.line, entry.event) for entry in read.entries if entry.event is not None]
        found += [
            (path, line)
            for line, event in events
            if same_statement(event) in digests or not names.isdisjoint(_named(event))
        ]
        found += [
            (path, entry.line)
            for entry in read.entries
            if entry.claim and _takes_back(looked, entry, ids, digests)
        ]
        found += [(path, one.line) for one in read.expectations if f"person:{one.person}" in names]
    return tuple(f"{path}:{line}" for path, line in sorted(set(found)))


def _takes_back(
    state: State, entry: dossier.Entry, ids: Collection[str], digests: Collection[bytes]
) -> bool:
    """Say whether a row withdraws one of these events, or is one of these statements."""
    try:
        claim = thread_named(state, entry.claim or "").id
        event = entry.with_claim(claim).event
    except HabeasError:
        return False
    return claim in ids or (event is not None and same_statement(event) in digests)


def _named(event: Event) -> Iterator[str]:
    """Yield the subject of an event, and the persons that it is about."""
    subject = subject_of(event)
    yield from () if subject is None else (subject,)
    yield from (name for name in names_in(event) if name.startswith("person:"))
    yield from (f"person:{one}" for one in getattr(event, "about", ()))


def finish(case: Case) -> None:
    """Erase what the log says is redacted and is still there: after an import, or a crash."""
    path, gone = case.whole.path, case.redacted()
    if path is None:
        return
    if unfinished(path) or any(one.payload is not None for one in case.whole.read(gone)):
        erase(path)
        case.forget()


def _found(case: Case, what: str) -> list[Record]:
    """Return what is meant, in order, with what goes with it."""
    if not what.startswith("person:"):
        return _closed(case.whole, [browsing.record_named(case, what)], along=False)
    name = what.removeprefix("person:")
    seqs = {*case.whole.marked(what), *case.whole.marked(f"about:{name}")}
    if not seqs:
        message = f"no event names a person '{name}'"
        raise UnknownName(message, hint="`habeas log --type person.registered` lists them")
    records = [*case.whole.read(seqs), *_choosing(case.whole, name)]
    return _closed(case.whole, records, along=True)


def _choosing(store: LogStore, name: str) -> Iterator[Record]:
    """Yield the snapshots whose questions name somebody."""
    for record in store.read(store.of_type("snapshot.taken")):
        if isinstance(record.event, SnapshotTaken) and f'"{name}"' in record.event.projection:
            yield record


def _closed(store: LogStore, records: Iterable[Record], *, along: bool) -> list[Record]:
    """Return records with what they correct or void, and what corrects or voids them.

    With `along`, also all else that points at one of them. Tombstones stay, whatever they are of.
    """
    found: dict[int, Record] = {}
    waiting = list(records)
    while waiting:
        record = waiting.pop()
        if record.seq in found or isinstance(record.event, EventRedacted):
            continue
        found[record.seq] = record
        acts = store.read(store.marked(f"event:{record.id}"))
        waiting += [act for act in acts if along or closure.is_upon(act, record.id)]
        if isinstance(record.event, (EventCorrected, EventVoided)):
            waiting += store.read(seq for _, seq in store.with_prefix(record.event.event, limit=1))
    return [found[seq] for seq in sorted(found)]


def _check(store: LogStore, targets: Iterable[Record]) -> None:
    """Check that nothing else names what the targets register."""
    going = {record.seq for record in targets}
    for record in targets:
        if record.type == "case.opened":
            raise Refused("the case itself cannot be redacted", hint="begin another database")
        said = None if record.event is None else replacement(record.event)
        subject = None if said is None else subject_of(said)
        naming = [seq for seq in store.marked(subject or "") if seq not in going]
        if subject and naming:
            message = f"'{subject}' is still named by event {naming[0]}"
            more = f" and {len(naming) - 1} others" if naming[1:] else ""
            hint = f"redact those first, or withhold it: habeas withhold {subject} --reason '…'"
            raise Refused(f"{message}{more}, so its registration has to stay", hint=hint)
