"""Whether what is told as done lies in the past: a status asserted of a day yet to come is none.

A claim made of somebody on a day after it was public is an announcement (`expected`), or a slip of
the pen in its date. This judges what people type; a log from elsewhere is taken as it is.
"""

from __future__ import annotations

from typing import Final

from habeas import times, when
from habeas.errors import Refused
from habeas.events import Event, EventCorrected, GroupClaimed, StatusClaimed
from habeas.log.counting import known_at, zone_of
from habeas.log.state import State

DONE: Final = frozenset({"asserted", "unconfirmed"})
"""Stances of what is told to have happened already."""


def check(state: State, event: Event) -> None:
    """Check that a status told as done does not begin, for certain, after it was public.

    Its document is known to be registered. Raises Refused.
    """
    said = event.data if isinstance(event, EventCorrected) else event
    if not isinstance(said, (StatusClaimed, GroupClaimed)) or said.stance not in DONE:
        return
    if said.when is None:
        return
    zone, known = zone_of(state, state.document(said.document)), known_at(state, said)
    begin = when.read(said.when, zone).begin
    if begin is not None and begin[0] >= known:
        day = times.day_of(known - 1, zone)
        raise Refused(
            f"`when` is '{said.when}', a day after {day}, when this was public, yet it is told as "
            f"done ({said.stance})",
            hint='what is still to come is stance = "expected"; else check the date',
        )
