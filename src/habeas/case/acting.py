"""Corrections and voids that can be seen to be in order when they are taken in (`taking`).

Most are the first act upon a claim, and bear on nothing else. What such a one says is compared with
what it is about, both as they are stored. Of any other it tells nothing: that is judged as when it
was new (`admit`), and nothing is refused here.
"""

from __future__ import annotations

import json
from collections.abc import Container
from typing import Any, Final

from habeas.events import CLAIMS, TYPE_OF, EventCorrected, EventVoided
from habeas.log.checked import Checked, is_over
from habeas.log.records import Record

_CORRECTED: Final = TYPE_OF[EventCorrected][0]
VOIDED: Final = TYPE_OF[EventVoided][0]

_CLAIMS: Final = frozenset(TYPE_OF[cls] for cls in CLAIMS)
_NAMES: Final = ("person:", "party:", "document:")


def said_by(act: Checked) -> dict[str, Any] | None:
    """Return what a correction or void says; None of another event, or if it follows another act.

    Whether there is another act that it should follow is for who asks.
    """
    if act.type not in {_CORRECTED, VOIDED} or act.payload is None:
        return None
    said: dict[str, Any] = json.loads(act.payload)["data"]
    return said if said["follows"] == said["event"] else None


def is_in_order(act: Checked, said: dict[str, Any], target: Record, known: Container[str]) -> bool:
    """Whether an act is surely in order, if it is the first upon its target.

    `known` are the names that are registered for certain.
    """
    if (target.type, target.version) not in _CLAIMS or target.payload is None:
        return False
    return act.type != _CORRECTED or _replaces(act, said, target, target.payload, known)


def _replaces(
    act: Checked, said: dict[str, Any], target: Record, payload: bytes, known: Container[str]
) -> bool:
    """Whether a correction surely says something else of the same kind, and names what is known."""
    new = said["data"]
    if (said["type"], said["version"]) != (target.type, target.version) or "ref" in new:
        return False
    reported = new.get("reported")
    if reported is not None and not is_over(reported, act.recorded):
        return False
    for mark in act.marks:
        if mark.startswith(_NAMES) and mark not in known:
            return False
    different: bool = json.loads(payload)["data"] != new
    return different
