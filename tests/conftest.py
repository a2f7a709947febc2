"""The world the tests run in: its clock, its chance, and how hard hypothesis looks.

No test reads the wall clock or the system's randomness: the same test writes the same log, byte
for byte, on every machine.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("dev", deadline=None, max_examples=30)
settings.register_profile("ci", deadline=None, max_examples=60, derandomize=True)
settings.register_profile("torture", deadline=None, max_examples=400)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST = datetime(2001, 2, 3, 4, 5, 6, 7, tzinfo=UTC)  # no two fields alike: a mix-up shows


@pytest.fixture
def clock() -> Callable[[], int]:
    """Microseconds since the epoch: 2001-02-03T04:05:06.000007Z, then a second more each call."""
    micro = timedelta(microseconds=1)
    return itertools.count((FIRST - EPOCH) // micro, timedelta(seconds=1) // micro).__next__


@pytest.fixture
def tried(request) -> Callable[..., None]:
    """Note what was tried, how often, and what was lost: for the table in SECURITY.md.

    Where HABEAS_TRIED names a file, a line is added to it (`tools/tried.py` reads it).
    """
    path = os.environ.get("HABEAS_TRIED")

    def note(what: str, count: int, lost: str = "nothing") -> None:
        values = {"what": what, "count": count, "lost": lost, "test": request.path.stem}
        if path:
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(json.dumps(values) + "\n")

    return note


@pytest.fixture
def entropy() -> Callable[[int], bytes]:
    """As many bytes as asked for: different at each call, the same in each run."""
    calls = itertools.count()
    return lambda n: hashlib.shake_256(f"habeas {next(calls)}".encode()).digest(n)
