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
from habeas.errors import BadLog, HabeasError
from habeas.log import Record, State
from habeas.log.verifying import Verdict, verify
from habeas.store import promise
from habeas.store.auditing import Audit, audited

REBUILD: Final = "habeas rebuild"


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


def verified(path: Path) -> Report:
    """Verify the database at `path`. Raises HabeasError where it cannot be opened at all."""
    with audited(path) as audit:
        verdict = verify(audit.stored(), audit.withheld())
        return Report(verdict=verdict, faults=tuple(_faults(audit, verdict)))


def _faults(audit: Audit, verdict: Verdict) -> Iterator[str]:
    if verdict.fault is not None:
        yield verdict.fault
    for seq in verdict.unerased:
        yield f"event {seq} is redacted, and its payload is still there: habeas redact @{seq}"
    yield from audit.damage()
    # What is derived from a log that is wrong is wrong with it.
    if verdict.fault is None:
        yield from _misread(audit)


def _misread(audit: Audit) -> Iterator[str]:
    """Yield what is wrong with what the log says as a whole, and with what is derived from it."""
    state = State()
    try:
        for fault in audit.misindexed(_replayed(audit, state)):
            yield f"{fault}: {REBUILD}"
        _ = state.case
    except HabeasError as error:
        yield f"the log cannot be replayed: {error.message}"


def _replayed(audit: Audit, state: State) -> Iterator[Record]:
    """Yield all records, each applied to the state."""
    for one in audit.stored():
        state.apply(one.record)
        yield one.record


def check(path: Path) -> Report:
    """Verify, and raise BadLog with the first fault unless all is well."""
    report = verified(path)
    if not report.sound:
        raise BadLog(f"{path} does not verify: {report.faults[0]}", hint="habeas verify")
    return report
