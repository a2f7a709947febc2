"""A sound log seen to be sound, in one pass: each event is read again as its line of the text log.

A line says all that is stored of an event and of its place in the tree, and what the index should
hold of it. That all is in order is all that is said here; what is wrong, and with which event, is
for `log.verifying`, which trusts no line.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from habeas.case.collecting import uncollected
from habeas.errors import HabeasError
from habeas.log.checked import Checked
from habeas.log.hashes import Tree
from habeas.log.verifying import Gone, Stored, Verdict
from habeas.store.auditing import Indexed
from habeas.textlog.lines import line_with
from habeas.textlog.scanning import scanned


class Sound(NamedTuple):
    """The verdict on a log in which nothing is wrong, and what the index should hold of it."""

    verdict: Verdict
    indexed: Indexed


def sound(stored: Iterable[Stored], withheld: Collection[int]) -> Sound | None:
    """Return the verdict on a sound log; None of one that is not, or may not be.

    `withheld` are the `seq`s that came without their payload.
    """
    with uncollected():
        try:
            return _sound(stored, withheld)
        except (HabeasError, ArithmeticError, AttributeError, TypeError, ValueError):
            return None


def _sound(stored: Iterable[Stored], withheld: Collection[int]) -> Sound | None:
    gone, indexed, waiting = Gone(), Indexed(), deque[Stored]()
    tree, recorded = Tree(), None
    for found in scanned(_lines(stored, waiting)):
        one = waiting.popleft()
        if not _is(one, found) or (recorded is not None and found.recorded <= recorded):
            return None
        if (found.seq == 1) != (found.type == "case.opened"):
            return None
        gone.note(found.id, one.record)
        indexed.note(found.seq, _marks(found), found.digest)
        tree.grow(found.node)
        recorded = found.recorded
    verdict = gone.verdict(
        withheld, position=tree.size, recorded=recorded, root=tree.root(), fault=None
    )
    return Sound(verdict, indexed) if verdict.fault is None else None


def _lines(stored: Iterable[Stored], waiting: deque[Stored]) -> Iterator[bytes]:
    """Yield the lines of events, which wait until their line is read."""
    for one in stored:
        waiting.append(one)
        yield line_with(one.record, one.id)


def _is(one: Stored, found: Checked) -> bool:
    """Say whether what is stored is what follows from its line, and from those before it."""
    record = one.record
    return (
        (one.id, one.node) == (found.id, found.node)
        and (record.seq, record.type, record.version) == (found.seq, found.type, found.version)
        and (record.recorded, record.commitment) == (found.recorded, found.commitment)
        and (record.salt, record.payload) == (found.salt, found.payload)
    )


def _marks(found: Checked) -> Iterable[str]:
    """Return the marks of an event, each once."""
    own = () if found.subject is None else (found.subject,)
    return dict.fromkeys((*own, *found.names, *found.marks))
