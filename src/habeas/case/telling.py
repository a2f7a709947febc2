"""What a case tells its audience: the log, less what is withheld from it now.

The one place where access is decided: whatever asks a case reads `store`, which is the whole log
where nothing is withheld, and otherwise a log in which what is withheld cannot be read. Access is
read at the head of the log and by the clock, whatever position or as-of is asked about. Who appends
works on `whole`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from habeas.errors import Refused
from habeas.log import State
from habeas.vocabulary import ACCESS, AUDIENCES, DESK

if TYPE_CHECKING:
    from habeas.log import Clock
    from habeas.store import LogStore


class Telling:
    """A log and the audience that it is told to."""

    def __init__(self, whole: LogStore, *, audience: str, clock: Clock) -> None:
        if audience not in AUDIENCES:
            message = f"there is no audience '{audience}'"
            raise Refused(message, hint=f"audiences: {', '.join(AUDIENCES)}")
        self.whole, self.audience, self._clock = whole, audience, clock
        self._state, self._state_of = State(), (whole, 0)
        self._free: tuple[int, ...] | None = None
        self._key: tuple[object, ...] = ()
        self._told: LogStore = whole

    @property
    def store(self) -> LogStore:
        """The log as the audience may read it now."""
        if self.audience == DESK:
            return self.whole
        stamp = self.whole.stamp()
        if stamp == self._free:
            return self.whole
        with self.whole.reading():
            return self._as_told(stamp)

    @property
    def tells_all(self) -> bool:
        """Whether the log holds nothing that could ever be withheld from the audience."""
        if self.audience == DESK:
            return True
        return self.store is self.whole and self._free == self.whole.stamp()

    def _as_told(self, stamp: tuple[int, ...]) -> LogStore:
        if not any(self.whole.of_type(type_) for type_ in ACCESS):
            self._free, self._told = stamp, self.whole
            return self.whole
        # Of most logs nothing is kept from anybody.
        from habeas.log import withholding  # noqa: PLC0415
        from habeas.store.audience import AudienceStore  # noqa: PLC0415

        whats = withholding.in_force(self.whole, self.audience, self._clock())
        key = (stamp, whats)
        if key != self._key:
            hidden = withholding.hidden(self.whole, self.audience, whats)
            self._key, self._told = key, AudienceStore(self.whole, hidden)
        return self._told

    def forget(self) -> None:
        """Let go of what was read of the log: some of it may be there no more."""
        self._state = State()

    def redacted(self) -> set[int]:
        """Return the `seq`s of the events that the whole log says are redacted."""
        return redactions(self.whole)

    def _kept(self) -> State:
        """Return the state that is kept, unless it is of what is no longer told."""
        return self._kept_of(self.store)

    def _kept_of(self, store: LogStore) -> State:
        """Return the state kept of a store; a new one if another was, or if more is redacted."""
        of = (store, len(store.of_type("event.redacted")))
        if of != self._state_of:
            self._state, self._state_of = State(), of
        return self._state

    def counted(self, state: State) -> State:
        """Return a state that knows how many of its events are withheld, and how many redacted."""
        redacted = {seq for seq in redactions(self.store) if seq <= state.position}
        lacking = {seq for seq in self.store.withheld() if seq <= state.position}
        state.redacted, state.withheld = len(redacted), len(lacking - redacted)
        return state

    def lacks(self) -> bool:
        """Whether the log holds events whose payload is not there, withheld or redacted."""
        gone = self.whole.read(self.redacted())
        return bool(self.whole.withheld()) or any(one.payload is None for one in gone)

    def check_whole(self) -> None:
        """Check that nothing was withheld from this database. Raises Refused."""
        lacking = {*self.whole.withheld()} - redactions(self.whole)
        if lacking:
            message = f"{len(lacking)} events are withheld in this copy of the log, so it can only"
            raise Refused(f"{message} be read", hint="append to the log that it was exported from")


def redactions(store: LogStore) -> set[int]:
    """Return the `seq`s of the events that a log says are redacted."""
    from habeas.events import EventRedacted  # noqa: PLC0415 - most logs are read without it

    acts = (record.event for record in store.read(store.of_type("event.redacted")))
    return {
        seq
        for act in acts
        if isinstance(act, EventRedacted)
        for _, seq in store.with_prefix(act.event, limit=1)
    }
