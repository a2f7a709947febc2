"""The log: order, position, hashes, and what counts at (as-of, position).

`records` are events at their place; `folding` folds them and `state` is asked; `admit` says whether
another may follow; `counting` says which claims are known when, and as whose. No storage and no
clock: bytes, instants and randomness are passed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from habeas import late

if TYPE_CHECKING:
    from habeas.log.folding import Thread
    from habeas.log.hashes import Tree
    from habeas.log.records import Clock, Entropy, Record, seal
    from habeas.log.state import State

__all__ = ["Clock", "Entropy", "Record", "State", "Thread", "Tree", "seal"]

__getattr__ = late.names(
    "habeas.log",
    {
        "Clock": "records",
        "Entropy": "records",
        "Record": "records",
        "State": "state",
        "Thread": "folding",
        "Tree": "hashes",
        "seal": "records",
    },
)
