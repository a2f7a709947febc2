"""`snapshot`, `snapshots`, `cite`, `answer`: answers with a name, and how they are asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from habeas.cli import completing
from habeas.cli.errors import WRONG, say
from habeas.cli.lazy import examples
from habeas.cli.opening import opened, report
from habeas.cli.options import (
    DATABASE,
    AsOf,
    AtLog,
    Audience,
    Db,
    Format,
    On,
    Projection,
    Recorder,
    checked_format,
)
from habeas.cli.output import answer as printed
from habeas.cli.output import put
from habeas.vocabulary import PUBLIC

if TYPE_CHECKING:
    from habeas.case import Case
    from habeas.events import SnapshotTaken
    from habeas.projections.question import Question

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="a-z, 0-9, '.', '_' and '-'; not a date, and not @N.",
        show_default=False,
    ),
]


@examples(
    "habeas snapshot morning-brief --as-of 2026-01-08",
    "habeas snapshot confirmed-only --as-of 2026-01-09 --projection confirmed",
)
def snapshot(
    *,
    name: Name,
    as_of: AsOf = None,
    on: On = None,
    at_log: AtLog = None,
    projection: Projection = None,
    recorder: Recorder = "unnamed",
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """Give an answer a name: the question is recorded, with the digest of what was answered."""
    from habeas.case import snapshots

    with opened(db, audience=audience) as case:
        question = case.question(as_of=as_of, on=on, at_log=at_log, projection=projection)
        report([case.snapshot(name, question, recorder=recorder)], dry_run=False)
        say(f"Cite it as {snapshots.citation(case, name)}")


@examples("habeas snapshots", "habeas snapshots --format csv")
def snapshots(
    *,
    format: Format = None,  # noqa: A002
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """List the snapshots, and say of each whether its answer can still be produced."""
    from habeas.case import snapshots as taken

    with opened(db, audience=audience) as case:
        state = case.looked()
        data = {"case": state.case.case, "log_position": state.position}
        data |= {"snapshots": list(taken.listed(case))}
        printed("snapshots", data, format)


@examples(
    "habeas cite morning-brief",
    "habeas cite --as-of 2026-01-09",
)
def cite(
    *,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="A snapshot, taken now if there is none of this name. [default: one whose answer "
            "is the same, or a new one]",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
    on: On = None,
    at_log: AtLog = None,
    projection: Projection = None,
    recorder: Recorder = "unnamed",
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """Print the citation of an answer: one line, from which anyone with this log gets it again."""
    from habeas.case import snapshots

    with opened(db, audience=audience) as case:
        question = case.question(as_of=as_of, on=on, at_log=at_log, projection=projection)
        known = dict(case.looked().snapshots_taken())
        taken = known.get(name or "")
        if taken is not None and {as_of, on, at_log, projection} != {None}:
            _check_same(case, taken, question, at_log)
        cited = snapshots.cite(case, question, name, recorder)
        put(f"{cited}\n")
        named = snapshots.name_in(cited)
        if named not in known:
            place = case.looked().snapshot_place(named)
            say(f"Recorded as a new snapshot, event {place}.")


def _check_same(case: Case, taken: SnapshotTaken, wanted: Question, at_log: str | None) -> None:
    """Refuse to cite a snapshot for another question than it was taken of."""
    from habeas.case.snapshots import question_of
    from habeas.errors import Refused

    question = question_of(case, taken)
    if wanted._replace(position=wanted.position if at_log else question.position) != question:
        message = f"the snapshot '{taken.name}' is of another question"
        hint = f"habeas cite {taken.name}, without options; or take another name"
        raise Refused(message, hint=hint)


@examples("habeas answer habeas:venezuela-2026-01/morning-brief@9f2c…e1 --db here.db")
def answer(
    *,
    citation: Annotated[
        str,
        typer.Argument(metavar="CITATION", help="As `habeas cite` prints it.", show_default=False),
    ],
    format: Annotated[  # noqa: A002
        str,
        typer.Option(
            metavar="FORMAT",
            callback=checked_format,
            help="json, the same bytes everywhere; or table, nl, csv, md.",
            autocompletion=completing.formats,
        ),
    ] = "json",
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """Print the answer that a citation names, as it was; else say what differs, and fail."""
    from habeas.case import snapshots

    with opened(db, audience=audience) as case:
        found = snapshots.answer_to(case, citation)
    if found.differs is not None:
        taken = found.snapshot
        say(f"Error: this is not the answer that was cited: {found.differs}")
        say(f"Hint: what it is now: habeas status --as-of {taken.as_of} --at-log @{taken.position}")
        raise typer.Exit(WRONG)
    printed("roster", found.answer.data, format)
