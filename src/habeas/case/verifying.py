"""Verifying: a database against itself, from its stored bytes, and against signed checkpoints.

It changes nothing. It finds what is wrong with the log, with the tables that hold it, and with
what is derived from it; it cannot tell whether what was recorded is true, nor find a log that was
made anew from the first event, for which a checkpoint is needed that somebody else has kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from habeas import times
from habeas.case import rereading
from habeas.case.doubting import misbelieved
from habeas.case.progress import Progress, no_progress
from habeas.errors import BadLog, HabeasError
from habeas.log import State, closure
from habeas.log.verifying import Stored, Verdict, verify
from habeas.store import open_store, promise
from habeas.store.auditing import Audit, Indexed, audited
from habeas.store.erasing import unfinished

REBUILD: Final = "habeas rebuild --new"
_OFTEN: Final = 1_000
"""After how many events progress is told."""


@frozen(kw_only=True)
class Report:
    """What `verify` found: the verdict on the log, and every fault, the log's first."""

    verdict: Verdict
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    @property
    def data(self) -> dict[str, Any]:
        """The report as JSON values."""
        last = self.verdict.recorded
        return {
            "sound": self.sound,
            "faults": list(self.faults),
            "log_position": self.verdict.position,
            "log_root": self.verdict.root.hex(),
            "last_recorded": None if last is None else times.instant_text(last),
            "withheld": self.verdict.withheld,
            "redacted": self.verdict.redacted,
            "promise": promise(),
        }


def verified(path: Path, progress: Progress = no_progress, *, replaying: bool = True) -> Report:
    """Verify the database at `path`. Raises HabeasError where it cannot be opened at all.

    Progress is told of the events first, then of the persons in each read model. Without
    `replaying`, read models are not compared with a replay, which takes as long as making them.
    """
    with audited(path) as audit:
        withheld = audit.withheld()
        # Most logs are sound, and seen to be so in one pass; of any other it is said at length why.
        found = rereading.sound(_counted(audit.stored(), progress), withheld)
        if found is None:
            verdict = verify(_counted(audit.stored(), progress), withheld)
            faults = list(_faults(path, audit, verdict, None))
        else:
            verdict = found.verdict
            faults = list(_faults(path, audit, verdict, found.indexed))
    if replaying and not faults:
        faults = list(_misderived(path, progress))
    return Report(verdict=verdict, faults=tuple(faults))


def _counted(stored: Iterator[Stored], progress: Progress) -> Iterator[Stored]:
    for count, one in enumerate(stored, start=1):
        yield one
        if count % _OFTEN == 0:
            progress(count, None)


def _faults(path: Path, audit: Audit, verdict: Verdict, indexed: Indexed | None) -> Iterator[str]:
    if verdict.fault is not None:
        yield verdict.fault
    for seq in verdict.unerased:
        yield f"event {seq} is redacted, and its payload is still there: habeas redact @{seq}"
    if unfinished(path):
        yield "a redaction was cut short, and its words may still be in the file: redact it again"
    yield from audit.damage()
    # What is derived from a log that is wrong is wrong with it.
    if verdict.fault is None:
        yield from _misread(audit, indexed)


def _misread(audit: Audit, indexed: Indexed | None) -> Iterator[str]:
    """Yield what is wrong with the index, and with what is condensed from the read models."""
    try:
        indexed = indexed or Indexed.of(one.record for one in audit.stored())
    except HabeasError as error:
        yield f"the log cannot be replayed: {error.message}"
        return
    for fault in audit.misindexed(indexed):
        yield f"{fault}: {REBUILD}"
    for fault in audit.miscondensed():
        yield f"{fault}: {REBUILD}"


def _misderived(path: Path, progress: Progress) -> Iterator[str]:
    """Yield what is wrong with what a reader of the log would believe."""
    store = open_store(path)
    try:
        _ = State.of(closure.case(store)).case
        for fault in misbelieved(store, progress):
            yield f"{fault}: {REBUILD}"
    except HabeasError as error:
        yield f"the log cannot be replayed: {error.message}"
    finally:
        store.close()


def check(path: Path, progress: Progress = no_progress, *, replaying: bool = True) -> Report:
    """Verify, and raise BadLog with the first fault unless all is well."""
    report = verified(path, progress, replaying=replaying)
    if not report.sound:
        hint = f"habeas verify --db {path} tells all; restore an earlier backup if need be"
        raise BadLog(f"{path} does not verify: {report.faults[0]}", hint=hint)
    return report
