"""The editorial acts: withdraw, correct, void, merge, separate, grade.

A source withdraws, and that counts from when it was known; the rest is ours, and counts from when
it is recorded. Each follows the newest event about the same thing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from habeas.cli import completing
from habeas.cli.citing import (
    Basis,
    Document,
    Locator,
    Note,
    Origin,
    Ref,
    Reported,
    Said,
    Via,
    cited,
)
from habeas.cli.lazy import examples
from habeas.cli.leaving import tell_left
from habeas.cli.opening import opened, report
from habeas.cli.options import DATABASE, Db, DryRun, Follows, Person, Reason, Recorder
from habeas.vocabulary import DESK

if TYPE_CHECKING:
    from habeas.case.editing import Act

Target = Annotated[
    str,
    typer.Argument(metavar="EVENT", help="An id, the start of one, document#ref, or @N."),
]


def _edit(act: Act, db: Path, recorder: str, *, dry_run: bool) -> None:
    with opened(db, audience=DESK) as case:
        report([case.edit(act, recorder=recorder, dry_run=dry_run)], dry_run=dry_run)


@examples(
    "habeas withdraw wgon-2026-01-09#rocha-arrest --document wgon-2026-01-10 "
    '--note "a correction printed the next day"'
)
def withdraw(
    *,
    claim: Annotated[
        str, typer.Argument(metavar="CLAIM", help="An id, the start of one, document#ref, or @N.")
    ],
    document: Document,
    origin: Origin = None,
    via: Via = None,
    reported: Reported = None,
    said: Said = None,
    basis: Basis = None,
    locator: Locator = None,
    ref: Ref = None,
    note: Note = None,
    recorder: Recorder = "unnamed",
    dry_run: DryRun = False,
    db: Db = DATABASE,
) -> None:
    """Record that a claim's voice, or its document's publisher, took it back.

    Of a group's claim, what was said of its members stays in force: a note lists it.
    """
    from habeas.case import editing
    from habeas.case.left import left_in_force

    given = {name: one for name, one in cited(locals()).items() if one not in (None, [])}
    given = {name: tuple(one) if isinstance(one, list) else one for name, one in given.items()}
    with opened(db, audience=DESK) as case:
        act = editing.withdraw(claim, given)
        report([case.edit(act, recorder=recorder, dry_run=dry_run)], dry_run=dry_run)
        state = case.looked()
        taken = editing.thread_named(state, claim)
        tell_left(taken, left_in_force(state, taken))


@examples(
    "habeas correct wgon-2026-01-09#rocha-arrest --set when=2024-09 --reason 'misread'",
    "habeas correct @12 --set locator= --reason 'the paragraph is not known'",
    "habeas correct @57 --reason 'it was of this case after all'",
)
def correct(
    *,
    event: Target,
    reason: Reason,
    set: Annotated[  # noqa: A002
        list[str] | None,
        typer.Option(
            metavar="FIELD=VALUE",
            help="A field and its right value; nothing after = takes it out; lists with commas. "
            "Without it, what was voided is restored as it stood.",
        ),
    ] = None,
    follows: Follows = None,
    recorder: Recorder = "unnamed",
    dry_run: DryRun = False,
    db: Db = DATABASE,
) -> None:
    """Correct what we had recorded wrong, or restore what was voided.

    It may be a claim, a withdrawal or a registration.
    """
    from habeas.case import editing

    values: dict[str, str | None] = {}
    for one in set or ():
        field, equals, value = one.partition("=")
        if not equals:
            message = f"'{one}' is no FIELD=VALUE, such as when=2024-09"
            raise typer.BadParameter(message, param_hint="'--set'")
        values[field.strip()] = value
    _edit(
        editing.correct(event, values, reason=reason, follows=follows),
        db,
        recorder,
        dry_run=dry_run,
    )


@examples("habeas void @57 --reason 'recorded in the wrong case'")
def void(
    *,
    event: Target,
    reason: Reason,
    follows: Follows = None,
    recorder: Recorder = "unnamed",
    dry_run: DryRun = False,
    db: Db = DATABASE,
) -> None:
    """Take out what should not have been recorded; a correction that follows restores it."""
    from habeas.case import editing

    _edit(editing.void(event, reason=reason, follows=follows), db, recorder, dry_run=dry_run)


@examples("habeas merge rocio-san-miguel r-san-miguel --reason 'the same birth date'")
def merge(
    *,
    keep: Person,
    merged: Annotated[
        str,
        typer.Argument(
            metavar="MERGED",
            help="The person found to be the same: the id or the name.",
            autocompletion=completing.persons,
        ),
    ],
    reason: Reason,
    follows: Follows = None,
    recorder: Recorder = "unnamed",
    dry_run: DryRun = False,
    db: Db = DATABASE,
) -> None:
    """Record that two persons are one: the answers come under the first."""
    from habeas.case import asking, editing

    with opened(db, audience=DESK) as case:
        names = asking.person_of(case, keep), asking.person_of(case, merged)
        act = editing.merge(*names, reason=reason, follows=follows)
        report([case.edit(act, recorder=recorder, dry_run=dry_run)], dry_run=dry_run)


@examples("habeas separate r-san-miguel --reason 'two persons after all'")
def separate(
    *,
    merge: Annotated[
        str,
        typer.Argument(metavar="MERGE", help="The merge: its id, @N, or the merged person's id."),
    ],
    reason: Reason,
    follows: Follows = None,
    recorder: Recorder = "unnamed",
    dry_run: DryRun = False,
    db: Db = DATABASE,
) -> None:
    """Undo a merge: its two persons are two again."""
    from habeas.case import editing

    _edit(editing.separate(merge, reason=reason, follows=follows), db, recorder, dry_run=dry_run)


@examples("habeas grade gazette C --reason 'two reports withdrawn in a month'")
def grade(
    *,
    party: Annotated[
        str,
        typer.Argument(metavar="PARTY", help="The party's id.", autocompletion=completing.parties),
    ],
    reliability: Annotated[
        str,
        typer.Argument(
            metavar="GRADE",
            help="A (reliable) to E (unreliable), or F (cannot be judged).",
            autocompletion=completing.grades,
        ),
    ],
    reason: Reason,
    follows: Follows = None,
    recorder: Recorder = "unnamed",
    dry_run: DryRun = False,
    db: Db = DATABASE,
) -> None:
    """Record how far a party is relied on (Admiralty code)."""
    from habeas.case import editing

    act = editing.grade(
        party.removeprefix("party:"), reliability.upper(), reason=reason, follows=follows
    )
    _edit(act, db, recorder, dry_run=dry_run)
