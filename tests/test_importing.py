"""Importing in chunks: what is stopped keeps its last whole chunk, and goes on from there."""

from __future__ import annotations

import pytest

from habeas import textlog
from habeas.case import Case, moving
from habeas.store import MemoryStore
from invented import invented_log


class _StoppedError(BaseException):
    """As when somebody presses Ctrl-C."""


@pytest.fixture
def lines():
    return [textlog.line_of(record) for record in invented_log(60)]


@pytest.fixture
def case(clock, entropy, monkeypatch):
    monkeypatch.setattr(moving, "CHUNK", 20)
    return Case(MemoryStore(), clock=clock, entropy=entropy)


def test_chunks_make_the_same_log(case, lines):
    assert case.import_log(lines) == 60
    assert list(case.export()) == lines
    assert case.import_log(lines) == case.import_log(lines[:30]) == case.import_log([]) == 0


def test_what_is_stopped_goes_on(case, lines):
    def stop(done, _total):
        if done == 47:
            raise _StoppedError

    with pytest.raises(_StoppedError):
        case.import_log(lines, progress=stop)
    assert case.store.head().position == 40
    assert case.import_log(lines) == 20
    assert list(case.export()) == lines
