"""Whether stored events are what was recorded: every hash, id, node and order, computed anew.

It looks at the log alone, as it was stored, and trusts nothing that was stored beside it. Whether
what was recorded is true, or came when it says, no computation can tell; that nothing was changed
since a checkpoint was signed, `checkpoints` and `proofs` can. It stops at the first event that is
wrong: after that one, nothing means anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final, NamedTuple

from attrs import frozen

from habeas import codec
from habeas.errors import HabeasError
from habeas.events import TYPE_OF, EventRedacted
from habeas.log.hashes import SALT_BYTES, Tree, commitment_of
from habeas.log.records import Record

_REDACTED: Final = TYPE_OF[EventRedacted][0]


class Stored(NamedTuple):
    """A record with what was stored beside it: its id, and the node of the tree that it ends."""

    record: Record
    id: str
    node: bytes


@frozen(kw_only=True)
class Verdict:
    """What was found: where the log ends, what of it is not there, and the first fault, if any.

    `withheld` and `redacted` count events without a payload; `unerased` are the `seq`s of those
    that are redacted and whose payload is there all the same. `recorded` is that of the last event.
    """

    position: int
    recorded: int | None
    root: bytes
    withheld: int
    redacted: int
    unerased: tuple[int, ...]
    fault: str | None


class Gone:
    """Which payloads are gone, and which the log says are redacted, of the events it was told."""

    def __init__(self) -> None:
        self._seq_of: dict[str, int] = {}
        self._missing: set[int] = set()
        self._redacted: set[str] = set()

    def note(self, id_: str, record: Record) -> None:
        """Take the next event, which is sound and has this id."""
        self._seq_of[id_] = record.seq
        if record.payload is None:
            self._missing.add(record.seq)
        elif record.type == _REDACTED and isinstance(record.event, EventRedacted):
            self._redacted.add(record.event.event)

    def verdict(
        self,
        withheld: Collection[int],
        *,
        position: int,
        recorded: int | None,
        root: bytes,
        fault: str | None,
    ) -> Verdict:
        """Return the verdict; `withheld` are the `seq`s that came without their payload."""
        tombs = {self._seq_of[one] for one in self._redacted if one in self._seq_of}
        lost = sorted(self._missing - tombs - set(withheld))
        if fault is None and lost:
            fault = f"event {lost[0]}: its payload is gone, and no event says that it was redacted"
        return Verdict(
            position=position,
            recorded=recorded,
            root=root,
            withheld=len(self._missing - tombs),
            redacted=len(self._missing & tombs),
            unerased=tuple(sorted(tombs - self._missing)),
            fault=fault,
        )


class Verifier:
    """Takes stored events in the order of the file, and says what is wrong with the first fault."""

    def __init__(self) -> None:
        self._tree = Tree()
        self._recorded: int | None = None
        self._gone = Gone()

    def take(self, stored: Stored) -> str | None:
        """Take the next event; return what is wrong with it."""
        record = stored.record
        fault = self._misplaced(record) or _unfit(record)
        if fault is not None:
            return fault
        if stored.id != record.id:
            return f"its id is stored as '{stored.id}', and follows from its hash as '{record.id}'"
        self._tree.add(record.leaf)
        if stored.node != self._tree.peaks[-1]:
            return "the node of the tree stored with it is not the one that ends with it"
        self._recorded = record.recorded
        self._gone.note(record.id, record)
        return None

    def _misplaced(self, record: Record) -> str | None:
        expected = self._tree.size + 1
        if record.seq != expected:
            return f"it stands where event {expected} should: the log has a gap"
        if self._recorded is not None and record.recorded <= self._recorded:
            return "it is recorded no later than the event before it"
        if (record.seq == 1) != (record.type == "case.opened"):
            return f"it is '{record.type}'; a log begins with case.opened, and has it once"
        return None

    def verdict(self, withheld: Collection[int], fault: str | None) -> Verdict:
        """Return the verdict; `withheld` are the `seq`s that came without their payload."""
        return self._gone.verdict(
            withheld,
            position=self._tree.size,
            recorded=self._recorded,
            root=self._tree.root(),
            fault=fault,
        )


def verify(stored: Iterable[Stored], withheld: Collection[int]) -> Verdict:
    """Verify a log, event by event, through the first that is wrong."""
    verifier = Verifier()
    for one in stored:
        fault = _taken(verifier, one)
        if fault is not None:
            return verifier.verdict(withheld, f"event {one.record.seq}: {fault}")
    return verifier.verdict(withheld, None)


def _taken(verifier: Verifier, stored: Stored) -> str | None:
    try:
        return verifier.take(stored)
    except HabeasError as error:
        return error.message
    except (ArithmeticError, TypeError, ValueError) as error:
        return f"it cannot be read ({type(error).__name__})"


def _unfit(record: Record) -> str | None:
    """Return what is wrong with an event by itself."""
    if (record.type, record.version) not in codec.FORMS:
        return f"this habeas knows no event '{record.type}' in version {record.version}"
    if record.payload is None or record.salt is None:
        return None if record.payload is record.salt else "its payload or its salt is gone"
    if not _bytes_as(record.salt, SALT_BYTES):
        return "its salt is none"
    if commitment_of(record.salt, record.payload) != record.commitment:
        return "its payload is not what was recorded: it does not fit its hash"
    codec.read_json(record.payload, "its payload")
    return None if record.event is not None else "it cannot be read"


def _bytes_as(value: Any, size: int) -> bool:  # noqa: ANN401 - as it was stored
    return isinstance(value, bytes) and len(value) == size
