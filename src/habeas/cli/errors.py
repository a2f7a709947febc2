"""From exceptions to messages on stderr and exit codes: 0 ok, 1 data or a name, 2 usage, 70 a bug.

The one place that prints an error. Usage is Typer's own to report. A bug's message shows no value,
since values are data about people; `HABEAS_DEBUG=1` shows the whole traceback.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, TypeVar

import typer
from typer.exceptions import TyperException

if TYPE_CHECKING:
    from habeas.errors import Finding, HabeasError

OK: Final = 0
WRONG: Final = 1
USAGE: Final = 2
BUG: Final = 70
INTERRUPTED: Final = 130

_LONGEST: Final = 4_000
_NO_ROOM: Final = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)

Result = TypeVar("Result")


def reported(work: Callable[[], Result]) -> Result:
    """Do some work and flush what it printed; raise typer.Exit for what goes wrong, once told."""
    try:
        result = work()
        sys.stdout.flush()
    except (typer.Exit, typer.Abort, TyperException):
        raise
    except KeyboardInterrupt:
        say("Interrupted; nothing is half-written.")
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        _close_quietly()
        raise typer.Exit(OK) from None
    except Exception as error:  # noqa: BLE001 - every failure ends here
        if os.environ.get("HABEAS_DEBUG"):
            traceback.print_exc()
        raise typer.Exit(_tell(error)) from None
    return result


def _close_quietly() -> None:
    """Let go of an output that nobody reads any more, so that Python's exit does not complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def _tell(error: Exception) -> int:
    """Print what went wrong and what to do; return the exit code."""
    from habeas.errors import BadData, HabeasError
    from habeas.times import BadTime

    if isinstance(error, HabeasError):
        if isinstance(error, BadData):
            tell_findings(error.findings)
        _tell_error(error)
        return USAGE if isinstance(error, BadTime) else WRONG
    if isinstance(error, OSError):
        what = f"{error.filename}: " if error.filename else ""
        say(f"Error: {what}{error.strerror or type(error).__name__}")
        if error.errno in _NO_ROOM:
            say("Hint: make room where it is written, then try again")
        return WRONG
    where = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(where.filename)}:{where.lineno} in {where.name}"  # noqa: PTH119
    say(f"Error: a bug in habeas: {type(error).__name__} at {place}")
    say(
        "Hint: please report this line, with `habeas --version` and the command (leave out names "
        "of people); HABEAS_DEBUG=1 shows the whole traceback"
    )
    return BUG


def _tell_error(error: HabeasError) -> None:
    say(f"Error: {error.message}")
    if error.hint:
        say(f"Hint: {error.hint}")


def tell_findings(findings: Iterable[Finding]) -> None:
    """Print findings: `file:line: what`, and a hint below each."""
    for finding in findings:
        say(str(finding))
        if finding.hint:
            say(f"  Hint: {finding.hint}")


def say(text: str) -> None:
    """Print a message on stderr; what a terminal would obey is shown and not sent.

    Of a message that quotes a very long value, the beginning is printed.
    """
    from habeas.render.safe import visible

    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}… ({len(text):,} characters)"
    indent = len(text) - len(text.lstrip(" "))
    sys.stderr.write(f"{' ' * indent}{visible(text)}\n")
