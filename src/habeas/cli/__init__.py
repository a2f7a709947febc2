"""The command line: parse, call, print.

It decides nothing: a command asks `case` and prints what `render` makes of the answer. Data goes to
stdout, all else to stderr. A command stands in a module of its own and is imported when it is
called; COMMANDS is the list of them, in the order of the help.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from habeas.cli.lazy import Group, Lazy

COMMANDS: Final = {
    "init": Lazy("beginning:init", "Open a case in a new database."),
    "add": Lazy("adding:app", "Record one thing: a party, a document, a person, a claim."),
    "draft": Lazy("drafting:draft", "Write a dossier's skeleton for an article."),
    "load": Lazy("loading:load", "Load dossiers: files, or folders of them."),
    "import": Lazy("moving:import_log", "Take in a text log."),
    "export": Lazy("moving:export", "Write the text log."),
    "status": Lazy("reading:status", "What was known of everybody, or of one person."),
    "timeline": Lazy("reading:timeline", "The stretches of custody of a person, or of everybody."),
    "explain": Lazy("reading:explain", "Why: every claim about a person, for and against."),
    "changes": Lazy("comparing:changes", "What changed between two states, and why."),
    "snapshot": Lazy("naming:snapshot", "Give an answer a name."),
    "snapshots": Lazy("naming:snapshots", "The answers with a name; are they still the same?"),
    "cite": Lazy("naming:cite", "The citation of an answer, in one line."),
    "answer": Lazy("naming:answer", "The answer that a citation names."),
    "counts": Lazy("numbers:counts", "Reported numbers: each counter's series, and what differs."),
    "groups": Lazy("numbers:groups", "Groups: announced, named, confirmed."),
    "reconcile": Lazy("numbers:reconcile", "From one reported number to another, line by line."),
    "durations": Lazy("numbers:durations", "How long everybody has been held, and the total."),
    "pending": Lazy("numbers:pending", "The work list: what is open, the most urgent first."),
    "sources": Lazy("numbers:sources", "What became of each voice's claims; who relays whom."),
    "log": Lazy("browsing:log", "List the events, as they were recorded."),
    "show": Lazy("browsing:show", "One event: every field, and what became of it."),
    "withdraw": Lazy("editing:withdraw", "A source takes a claim back."),
    "correct": Lazy("editing:correct", "Correct what we had recorded wrong."),
    "void": Lazy("editing:void", "Take out what should not have been recorded."),
    "merge": Lazy("editing:merge", "Record that two persons are one."),
    "separate": Lazy("editing:separate", "Undo a merge."),
    "grade": Lazy("editing:grade", "Record how far a party is relied on, A to F."),
    "withhold": Lazy("guarding:withhold", "Keep something from the public."),
    "disclose": Lazy("guarding:disclose", "Disclose what was withheld."),
    "redact": Lazy("guarding:redact", "Remove what events said, for good."),
    "publish": Lazy("publishing:publish", "Write the answers of every projection."),
    "verify": Lazy("proving:verify", "Prove that the log is what it was."),
    "checkpoint": Lazy("proving:checkpoint", "Sign where the log stands, or compare with that."),
    "prove": Lazy("proving:prove", "Prove that an event is in the log, or that it only grew."),
    "backup": Lazy("proving:backup", "Copy the database while it is in use, verified."),
    "rebuild": Lazy("rebuilding:rebuild", "Make answers quick: the read models, up to date."),
    "serve": Lazy("serving:serve", "Serve the pages of a case, live and read-only."),
    "schema": Lazy("describing:schema", "Print the JSON Schema of the text log."),
}


class Commands(Group):
    """The commands of habeas."""

    lazy = COMMANDS


app = typer.Typer(
    name="habeas",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from habeas.cli.describing import version

        version()
        raise typer.Exit


@app.callback(
    epilog="\b\nExamples:\n"
    "  habeas load seeds/venezuela-2026-01\n"
    "  habeas status --as-of 2026-01-08\n"
    '  habeas explain "Perkins Rocha" --as-of 2026-01-09\n'
)
def _habeas(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the versions."),
    ] = False,
) -> None:
    """What was known about each detainee, when, and from whom."""


def main() -> None:
    """Run the command line, and leave with its exit code."""
    from habeas.cli.process import leave, prepare

    prepare()
    try:
        app(prog_name="habeas")
    except SystemExit as end:
        leave(end.code)


__all__ = ["COMMANDS", "app", "main"]
