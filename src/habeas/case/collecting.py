"""The garbage collector, kept away from work that makes many objects and no circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache


@cache
def _is_frozen() -> bool:
    """Say whether somebody froze what he made, which then has to stay so.

    Asked once: to count what is frozen is to go through it all.
    """
    return bool(gc.get_freeze_count())


@contextmanager
def uncollected() -> Iterator[None]:
    """Let nothing be collected in the block.

    What was made is put with the old objects at its end, so that the collector's next look at the
    young ones does not go through it all.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not _is_frozen():
            gc.freeze()
            gc.unfreeze()
        if on:
            gc.enable()
