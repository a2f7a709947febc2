"""A note on what a withdrawal leaves in force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from habeas.cli.errors import say

if TYPE_CHECKING:
    from habeas.log import Thread

_SHOWN: Final = 9


def tell_left(claim: Thread, members: Sequence[Thread]) -> None:
    """Say on stderr which members' claims stay in force, if any do, now that a group's does not."""
    if not members:
        return
    names = ", ".join(map(_name, members[:_SHOWN])) + (", …" if len(members) > _SHOWN else "")
    one = len(members) == 1
    claims = "1 member's claim" if one else f"{len(members)} members' claims"
    stay, those = ("stays", "it") if one else ("stay", "those")
    say(f"{claims} said of the group of {_name(claim)} {stay} in force: {names}")
    say(f"  Hint: withdraw {those} too, if the source took {'it' if one else 'them'} back")


def _name(thread: Thread) -> str:
    ref = thread.event.ref
    return f"{thread.event.document}#{ref}" if ref else str(thread.id[:12])
