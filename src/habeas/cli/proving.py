"""`verify`, `checkpoint`, `prove`, `backup`: that the log is what it was, shown to others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from habeas.cli.errors import WRONG, say
from habeas.cli.lazy import examples
from habeas.cli.opening import opened
from habeas.cli.options import DATABASE, Audience, Db, Format
from habeas.cli.output import answer, chosen, put, put_bytes
from habeas.cli.progress import Progress
from habeas.vocabulary import PUBLIC

if TYPE_CHECKING:
    from habeas.case import Case
    from habeas.log.checkpoints import Checkpoint, Key

PublicKey = Annotated[
    str | None,
    typer.Option(
        "--public-key", metavar="KEY", help="Who signed: the line --new-key printed, or a file."
    ),
]


@examples("habeas verify", "habeas verify --db backup.db && echo sound")
def verify(*, format: Format = None, db: Db = DATABASE) -> None:  # noqa: A002
    """Recompute the log, its tables and the read models; exit 1 where anything is not what it was.

    Every hash, id and root is computed anew from the stored bytes, and every read model compared
    with a replay. The first event that is wrong is named.
    """
    from habeas.case import verifying

    with Progress("verifying") as progress:
        report = verifying.verified(db, progress)
    form = chosen(format)
    answer("verdict", report.data, form)
    for fault in () if form == "table" else report.faults:
        say(f"Error: {fault}")
    if not report.sound:
        raise typer.Exit(WRONG)


@examples(
    "habeas checkpoint --new-key ~/.habeas.key > public-key.txt",
    "habeas checkpoint --key ~/.habeas.key > checkpoint.txt",
    "habeas checkpoint --against checkpoint.txt --public-key public-key.txt",
)
def checkpoint(
    *,
    key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Sign where the log stands with this key.")
    ] = None,
    new_key: Annotated[
        Path | None,
        typer.Option("--new-key", metavar="FILE", help="Make a key; print its public half."),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Check that the log extends the one signed there."),
    ] = None,
    public_key: PublicKey = None,
    db: Db = DATABASE,
) -> None:
    """Sign where the log stands (a C2SP checkpoint), or check the log against a signed one."""
    if sum(one is not None for one in (key, new_key, against)) != 1:
        raise typer.BadParameter("give one of --key, --new-key and --against")
    with opened(db) as case:
        _checkpoint(case, key, new_key, against, public_key)


def _checkpoint(
    case: Case, key: Path | None, new_key: Path | None, against: Path | None, public: str | None
) -> None:
    from habeas.case import proving, signing

    if new_key is not None:
        put(f"{signing.new_key(new_key, proving.origin(case))}\n")
        say(f"The private key stands in {new_key}: keep it apart from the database.")
    elif key is not None:
        put(signing.sign(proving.checkpoint(case), key))
    elif against is not None:
        signed = proving.signed_by(against, _key(public))
        now = proving.check_extends(case, signed)
        say(
            f"This log begins with the {signed.size} events that were signed, and has "
            f"{now.size - signed.size} more."
        )


def _key(given: str | None) -> Key:
    from habeas.log.checkpoints import read_verifier

    if given is None:
        raise typer.BadParameter("a signature is checked with --public-key KEY")
    path = Path(given)
    return read_verifier(path.read_text(encoding="utf-8") if path.is_file() else given)


@examples(
    "habeas prove wgon-2026-01-09#rocha-arrest > proof.json",
    "habeas prove --from @57 > growth.json",
    "habeas prove --check proof.json --checkpoint checkpoint.txt --public-key public-key.txt",
)
def prove(
    *,
    event: Annotated[
        str | None,
        typer.Argument(metavar="[EVENT]", help="An id, the start of one, document#ref, or @N."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--from", metavar="@N", help="Prove that the log grew from its first N."),
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Check a proof; needs no database. - is stdin."),
    ] = None,
    signed: Annotated[
        Path | None,
        typer.Option("--checkpoint", metavar="FILE", help="The checkpoint it has to lead to."),
    ] = None,
    public_key: PublicKey = None,
    audience: Audience = PUBLIC,
    db: Db = DATABASE,
) -> None:
    """Prove that an event is in the log, or that the log grew; or check such a proof."""
    if sum(one is not None for one in (event, since, check)) != 1:
        raise typer.BadParameter("give one of EVENT, --from and --check")
    if check is not None:
        _check(check, signed, public_key)
        return
    from habeas.case import browsing, proving

    with opened(db, audience=audience) as case:
        if event is not None:
            put_bytes([proving.prove_event(case, browsing.record_named(case, event))])
        else:
            put_bytes([proving.prove_growth(case, case.position(since) or 0)])


def _check(file: Path, signed: Path | None, public: str | None) -> None:
    from habeas.case import proving

    found: Checkpoint | None = None
    if signed is not None:
        found = proving.signed_by(signed, _key(public))
    limit = proving.PROOF_MAX + 1
    if str(file) == "-":
        content = sys.stdin.buffer.read(limit)
    else:
        with file.open("rb") as opened_file:
            content = opened_file.read(limit)
    from habeas.render import json_line

    put(json_line(proving.check(content, found)))
    if found is None:
        say("It holds for the root above; whose root that is, a signed --checkpoint tells.")


@examples("habeas backup ~/backups/2026-01-09.db")
def backup(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy; it must not exist.")],
    db: Db = DATABASE,
) -> None:
    """Copy the database while it is in use; both are verified. To restore, open the copy."""
    from habeas.case import copying

    with Progress("verifying") as progress:
        report = copying.backup(db, file, progress)
    say(f"{report.verdict.position} events copied to {file}, verified.")
