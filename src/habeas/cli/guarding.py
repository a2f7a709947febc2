"""`withhold`, `disclose`, `redact`: what is kept from others, and what is removed for good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from habeas.cli.errors import say
from habeas.cli.lazy import examples
from habeas.cli.opening import opened, report
from habeas.cli.options import DATABASE, Db, DryRun, Follows, Reason, Recorder
from habeas.vocabulary import DESK, PUBLIC

if TYPE_CHECKING:
    from habeas.case.editing import Act

What = Annotated[
    str,
    typer.Argument(
        metavar="WHAT",
        help="person:ID, party:ID, document:ID, or an event (id, document#ref, @N).",
    ),
]
Until = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Through this day. [default: for good]", show_default=False),
]
From = Annotated[str, typer.Option("--audience", metavar="AUDIENCE", help="From, or to, whom.")]


def _act(act: Act, db: Path, recorder: str, *, dry_run: bool) -> None:
    with opened(db, audience=DESK) as case:
        report([case.edit(act, recorder=recorder, dry_run=dry_run)], dry_run=dry_run)


@examples(
    "habeas withhold person:rocio-san-miguel --reason 'asked by the family'",
    "habeas withhold wgon-2026-01-09#rocha-arrest --until 2026-06-30 --reason embargo",
)
def withhold(
    *,
    what: What,
    reason: Reason,
    until: Until = None,
    audience: From = PUBLIC,
    follows: Follows = None,
    recorder: Recorder = "unnamed",
    dry_run: DryRun = False,
    db: Db = DATABASE,
) -> None:
    """Keep something from the public, with all that names it; --audience desk still sees it."""
    from habeas.case import guarding
    from habeas.case.clock import system_clock

    act = guarding.withhold(
        what,
        until=until,
        audience=audience,
        reason=reason,
        follows=follows,
        now=system_clock(),
    )
    _act(act, db, recorder, dry_run=dry_run)


@examples("habeas disclose person:rocio-san-miguel --reason 'she has spoken herself'")
def disclose(
    *,
    what: What,
    reason: Reason,
    until: Until = None,
    audience: From = PUBLIC,
    follows: Follows = None,
    recorder: Recorder = "unnamed",
    dry_run: DryRun = False,
    db: Db = DATABASE,
) -> None:
    """Disclose what was withheld."""
    from habeas.case import guarding

    act = guarding.disclose(what, until=until, audience=audience, reason=reason, follows=follows)
    _act(act, db, recorder, dry_run=dry_run)


@examples(
    "habeas redact @57 --reason 'a court ordered it'",
    "habeas redact person:rocio-san-miguel --reason 'a minor' --dry-run",
)
def redact(
    *,
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="An event, or person:ID for all that names him.")
    ],
    reason: Annotated[
        str,
        typer.Option("--reason", metavar="TEXT", help="Why; it stays, so do not tell."),
    ],
    recorder: Recorder = "unnamed",
    seeds: Annotated[
        Path,
        typer.Option(metavar="PATH", help="Where dossiers stand, to tell which still say it."),
    ] = Path("seeds"),
    dry_run: DryRun = False,
    db: Db = DATABASE,
) -> None:
    """Remove what events said, for good; their places in the log stay, and prove the rest."""
    from habeas.case import redacting

    with opened(db, audience=DESK) as case:
        cut_short = redacting.is_cut_short(case)
        places = redacting.places(case, what, seeds)
        gone = redacting.redact(case, what, reason=reason, recorder=recorder, dry_run=dry_run)
    for place in places:
        say(f"{place}: still says it; take it out, or `habeas load` brings it back")
    which = ", ".join(f"@{seq}" for seq in gone) or "nothing"
    if dry_run:
        say(f"dry run: it would redact {which}; nothing was changed")
        return
    if cut_short:
        say("an earlier redaction was cut short, and is finished")
    if not gone:
        say(f"nothing is left to redact of '{what}'")
        return
    say(f"redacted: {which}")
    say(
        "It survives in backups, in exported and published files, in dossiers and in their git "
        "history. Nothing in the log can recognise it any more, so `load` takes it again where a "
        "dossier says it."
    )
