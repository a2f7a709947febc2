"""Read models after a command that wrote: begun, brought up to date, or made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from habeas.cli.errors import say
from habeas.cli.progress import Progress
from habeas.errors import HabeasError

if TYPE_CHECKING:
    from habeas.case import Case

_MANY: Final = 500
"""From how many persons on it is told that they were resolved: it took a while."""


def refresh(case: Case, *, begin: bool = True) -> None:
    """Bring the read models up to date with the log, saying so where there is much to do.

    Appends keep them so; what is left is what came in bulk, and what another version of habeas
    made. With `begin`, that of the default rules is begun where there is none. The log is whole
    without them: where they cannot be made, that is said, and nothing more.
    """
    rules = case.outdated(begin=begin)
    if not rules:
        return
    try:
        with Progress("resolving") as progress:
            done = case.catch_up(*rules, progress=progress)
    except HabeasError as error:
        say(f"no read model was made, so answers are replayed: {error.message}")
        return
    if done >= _MANY:
        say(f"{done:,} persons resolved, for quick answers.")
