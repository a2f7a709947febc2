"""`load`: dossiers into the log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from habeas.cli.errors import WRONG, say, tell_findings
from habeas.cli.lazy import examples
from habeas.cli.leaving import tell_left
from habeas.cli.opening import opened_or_made, tried
from habeas.cli.options import DATABASE, Db, DryRun, Recorder
from habeas.cli.progress import Progress
from habeas.cli.refreshing import refresh
from habeas.vocabulary import DESK

if TYPE_CHECKING:
    from habeas.case.loading import Loaded


@examples("habeas load seeds/venezuela-2026-01", "habeas load seeds --dry-run")
def load(
    *,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Dossiers, or folders of them.")
    ],
    dry_run: DryRun = False,
    recorder: Recorder = "unnamed",
    db: Db = DATABASE,
) -> None:
    """Load dossiers: each file whole or not at all, and nothing twice.

    Makes the database where there is none, if a case.toml opens the case.
    """
    from habeas import dossier

    dossier.files(paths)  # a path that is not there is told before a database is made
    opening = tried(db) if dry_run else opened_or_made(db, audience=DESK)
    with opening as case:
        with Progress("loading") as progress:
            done = case.load(paths, recorder=recorder, dry_run=dry_run, progress=progress)
        if not dry_run:
            refresh(case)
    tell_findings(done.findings)
    tell_findings(done.failed)
    _tell_left_out(done, dry_run=dry_run)
    _tell_unlisted(done)
    for claim, members in done.left:
        tell_left(claim, members)
    _tell_counts(done, dry_run=dry_run)
    _tell_expected(done, dry_run=dry_run)
    if done.findings or done.failed:
        raise typer.Exit(WRONG)


def _tell_left_out(done: Loaded, *, dry_run: bool) -> None:
    """Say of each file at fault that it was left out, whatever else stands in it."""
    would = "would be" if dry_run else "was"
    for path in dict.fromkeys(finding.path for finding in done.findings if finding.path):
        say(f"nothing of {path} {would} taken")


def _tell_unlisted(done: Loaded) -> None:
    for thread in done.unlisted:
        ref = getattr(thread.event, "ref", None)
        name = f"{thread.event.document}#{ref}" if ref else f"{thread.id} ({thread.type})"
        say(f"{name} is in the log, but no longer in its dossier")
        say(f"  Hint: habeas void {thread.id[:12]} --reason '…', or put it back")


def _tell_expected(done: Loaded, *, dry_run: bool) -> None:
    held, number = done.expected - len(done.failed), done.expected
    if number:
        what = "expectation holds" if number == 1 else "expectations hold"
        say(f"{held} of {number} {what}.")
    if done.failed and done.new and not dry_run:
        say("What was added stands all the same: expectations only tell how it is to be read.")


def _tell_counts(done: Loaded, *, dry_run: bool) -> None:
    files = f"{len(done.files)} file{'' if len(done.files) == 1 else 's'}"
    faults = len(done.findings) + len(done.failed)
    would = "would be " if dry_run else ""
    events = "event" if done.new == 1 else "events"
    said = f"{files}: {done.new} {events} {would}added, {done.already} there already"
    if not done.new and not faults:
        said = f"{files}: nothing {would}added, all {done.already} events are there already"
    say(f"{said}, {faults} finding{'' if faults == 1 else 's'}." if faults else f"{said}.")
