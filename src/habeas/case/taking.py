"""Taking events that were recorded elsewhere: judged, one after the other, as when they were new.

Most claims and registrations name what was met before and bear on nothing else, and are seen to be
in order without asking the log; of most corrections and voids, it is seen in what they are about
(`acting`). For every other the log is asked, and the rules are those of an append (`admit`):
nothing is refused in other words than there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from habeas import times
from habeas.case import acting
from habeas.case.unsettled import EVENT, Unsettled
from habeas.errors import BadLog, HabeasError
from habeas.events import CaseOpened, EventCorrected, EventVoided, subject_of
from habeas.log import Record, admit
from habeas.log.checked import Checked, Run
from habeas.log.looking import Looked
from habeas.log.records import stated
from habeas.store import Appending, LogStore

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

BATCH: Final = 2_000
"""How many events go to the store at once, at most."""

_DOCUMENT: Final = "document:"
_REMEMBERED: Final = 300_000
_THREADS: Final = 2_000


class Taking:
    """Judges events against a log and against those it took before, and hands them to the log.

    What a withheld or redacted event said is not there to be named; where there is one, an event is
    believed in what it names.
    """

    def __init__(self, store: LogStore, *, lacking: bool) -> None:
        head = store.head()
        self.position, self._recorded = head.position, head.recorded
        self.store, self._lacking = store, lacking
        self._log: Appending | None = None
        self._waiting: list[Checked] = []
        # Of those that wait, as far as they were asked for.
        self._ids: dict[str, int] = {}
        # Marks of judged events that the store does not know yet, each with their `seq`s.
        self.unsettled: dict[str, list[int]] = {}
        # Where the log is taken from its beginning, what was never met is not there.
        self._meets_all = not head.position
        self._met: set[str] = set()
        self._looking = Unsettled(self)
        self.voided = {digest for digest in map(self._digest_voided, self._voids()) if digest}
        self._state = Looked(self._looking, head.position, head.recorded)
        self._zone: ZoneInfo | None = None
        self._opened_in: ZoneInfo | None = None

    @property
    def handed(self) -> int:
        """Up to which position the log has what was taken."""
        return self.position - len(self._waiting)

    def _voids(self) -> Iterator[Record]:
        return self.store.read(self.store.of_type("event.voided"))

    def _digest_voided(self, record: Record) -> bytes | None:
        """Return the digest of the statement that a void is about."""
        event = record.event
        if not isinstance(event, EventVoided):
            return None
        looking = self._looking
        first = looking.read(seq for _, seq in looking.with_prefix(event.event, limit=1))
        return next(map(stated, first), None)

    def into(self, log: Appending) -> None:
        """Hand what comes to this log, until the next."""
        self._log = log

    def take(self, run: Run) -> None:
        """Take events. Raises BadLog where one cannot follow those before it."""
        if not self._lacking and self._are_plain(run):
            self._waiting += run.events
            self.position, self._recorded = run.events[-1].seq, run.events[-1].recorded
        else:
            for event in run.events:
                self._take(event)
        if len(self._waiting) >= BATCH:
            self.flush()

    def _take(self, event: Checked) -> None:
        """Take an event by itself."""
        if self._recorded is not None and event.recorded <= self._recorded:
            message = f"event {event.seq} was recorded no later than the one before it"
            raise BadLog(message, hint="the file was changed; fetch it again")
        if (event.seq == 1) != (event.type == "case.opened"):
            message = f"event {event.seq} is '{event.type}'; a log begins with case.opened, once"
            raise BadLog(message, hint="take the whole file, from its first line")
        if event.payload is None:
            self._lacking = True
        elif not (self._lacking or self._is_in_order(event)):
            self._judge(event)
        self._waiting.append(event)
        self.position, self._recorded = event.seq, event.recorded

    def flush(self) -> None:
        """Hand what was taken to the log."""
        if self._log is not None and self._waiting:
            self._log.load(self._waiting)
        self._waiting = []
        self._ids.clear()
        if len(self._met) > _REMEMBERED:
            self._meets_all = False
            self.settle()

    def waiting_as(self, id_: str) -> int | None:
        """Return the `seq` of the event with this id, if it was not handed to the log yet."""
        self._ids.update((one.id, one.seq) for one in self._waiting[len(self._ids) :])
        return self._ids.get(id_)

    def waiting_at(self, seq: int) -> Record | None:
        """Return the record of an event that was not handed to the log yet; None of any other."""
        place = seq - self.handed - 1
        return self._waiting[place].record() if 0 <= place < len(self._waiting) else None

    def settle(self) -> None:
        """Hand what was taken to the log, and let it be found there."""
        if self._waiting:
            self.flush()
        if self._log is not None:
            self._log.settle()
        self.unsettled.clear()
        if not self._meets_all:
            self._met.clear()

    def _are_plain(self, run: Run) -> bool:
        """Say whether all events of a run can be seen to be in order; if so, note what they say."""
        known = self._state.known
        plain = (
            run.names is not None
            and (self._recorded is None or self._recorded < run.events[0].recorded)
            and all(map(known.__contains__, run.names))
            and self.voided.isdisjoint(run.digests)
            and not any(map(known.__contains__, run.registers))
            and not any(map(self._is_there, run.registers))
            and not any(map(self._is_there, run.refs))
            and self._knows_its_days(run)
        )
        if plain:
            known.update(run.registers)
            self._met.update(run.refs)
        return plain

    def _knows_its_days(self, run: Run) -> bool:
        """Say whether documents were read in the time zone that is still the case's, if any are."""
        if not any(one.startswith(_DOCUMENT) for one in run.registers):
            return True
        return self._zone_of_case() == self._zone_at_first()

    def _is_in_order(self, event: Checked) -> bool:
        """Say whether an event can be seen to be in order; if so, note what follows from it."""
        return self._are_plain(event.run()) if event.plain else self._is_plain_act(event)

    def _is_plain_act(self, event: Checked) -> bool:
        """Say so of another event, and note what it bears on."""
        said = acting.said_by(event)
        if said is None or self._is_there(f"{EVENT}{said['event']}"):
            return False
        target = self._looking.event(said["event"])
        if target is None or self._state.has_read(target.seq):
            return False
        if not acting.is_in_order(event, said, target, self._state.known):
            return False
        if event.type == acting.VOIDED:
            self.voided.add(stated(target) or b"")
        self._note(event)
        return True

    def _note(self, event: Checked) -> None:
        """Note what an event that was judged is found by."""
        self._met.update(event.marks)
        for mark in event.marks:
            self.unsettled.setdefault(mark, []).append(event.seq)

    def _is_there(self, mark: str) -> bool:
        if mark in self._met or self._meets_all:
            return mark in self._met
        return self.store.first_marked(mark) is not None

    def _zone_of_case(self) -> ZoneInfo:
        if self._zone is None:
            self._zone = times.zone(self._state.case.timezone)
        return self._zone

    def _zone_at_first(self) -> ZoneInfo | None:
        """Return the time zone with which the case was opened; None where that is not to be read.

        Documents without one of their own were read by it.
        """
        if self._opened_in is None:
            first = next(self._looking.read((1,)), None)
            if first is not None and isinstance(first.event, CaseOpened):
                self._opened_in = times.zone(first.event.timezone)
        return self._opened_in

    def _judge(self, event: Checked) -> None:
        """Judge an event by the log before it. Raises BadLog."""
        if len(self._state.threads) > _THREADS:
            known, self._state = self._state.known, Looked(self._looking, 0, None)
            self._state.known = known
        state, record = self._state, event.record()
        state.position, state.recorded = self.position, self._recorded
        said = record.event
        if said is None:
            return
        try:
            admit.check(state, said, now=event.recorded, digest=event.digest)
        except HabeasError as error:
            message = f"event {event.seq} cannot follow those before it: {error.message}"
            hint = "the file was not written by habeas, or was changed"
            raise BadLog(message, hint=hint) from error
        for name in event.names:
            state.known[name] = state.registering(name) or 0
        if event.subject is not None:
            state.known[event.subject] = event.seq
        if isinstance(said, EventVoided):
            subject = subject_of(state.thread(said.event).event) or ""
            state.known.pop(subject, None)
            self._met.add(subject)
            self.voided.add(self._digest_voided(record) or b"")
        state.apply(record)
        self._note(event)
        if isinstance(said, CaseOpened | EventCorrected):
            self._zone = None
