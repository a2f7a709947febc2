"""A case: one log in one database, and everything that can be asked of it or added to it.

What a use case needs is imported when it is called, so that each command waits for its own alone.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from habeas import times
from habeas.case.clock import system_clock
from habeas.case.progress import Progress, no_progress
from habeas.case.telling import Telling
from habeas.log import State, closure
from habeas.rules import DEFAULT_RULES
from habeas.store import open_store
from habeas.vocabulary import PUBLIC

if TYPE_CHECKING:
    from habeas.case import editing
    from habeas.case.appending import Appended, Writer
    from habeas.case.asking import Answer
    from habeas.case.comparing import ChangeLog
    from habeas.case.loading import Loaded
    from habeas.case.recalling import View
    from habeas.case.standing import Standing
    from habeas.case.turning import Turn
    from habeas.events import Event
    from habeas.log import Clock, Entropy, Record
    from habeas.projections.question import Question
    from habeas.rules import Rules
    from habeas.store import Appending, LogStore

FEW = 2_000
"""Up to how many events are read whole, where a part of them would do."""

WORTH = 20
"""How many events are read whole in the time in which one is judged by looking things up."""

UNNAMED = "unnamed"
"""The recorder, where none is given: never the login, since a log may become public."""


class Case(Telling):
    """A case, opened from its database. Close it, or use it in a `with` block.

    It tells `audience` what that may be told (see `telling`), and is appended to whole. The state
    of the newest position is kept and caught up; older positions are folded anew.
    """

    def __init__(
        self, store: LogStore, *, clock: Clock, entropy: Entropy, audience: str = PUBLIC
    ) -> None:
        super().__init__(store, audience=audience, clock=clock)
        self._entropy = entropy
        self._views: dict[Rules, View | None] = {}
        self._zones: dict[int | None, ZoneInfo] = {}
        self._stamp: tuple[int, ...] = ()
        self._standing: Standing | None = None
        self._asked: tuple[Question | None, View | None] = (None, None)

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        clock: Clock = system_clock,
        entropy: Entropy = os.urandom,  # noqa: TID251 - the one source of randomness
        create: bool = False,
        audience: str = PUBLIC,
    ) -> Self:
        """Open the database at `path`; with `create`, make it where there is none.

        What it tells is for `audience`: the public, unless it is said to be the desk. Raises
        HabeasError for a path that holds no database of ours.
        """
        store = open_store(Path(path), create=create)
        return cls(store, clock=clock, entropy=entropy, audience=audience)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.whole.close()

    def now(self) -> int:
        """Return the clock's instant."""
        return self._clock()

    def state(self, position: int | None = None) -> State:
        """Return what the log holds at a position; None: at its head."""
        from habeas.case.collecting import uncollected

        store, kept = self.store, self._kept()
        with uncollected():
            if position is None or position >= kept.position:
                kept.take(store.records(after=kept.position, upto=position))
            if position is None or position == kept.position:
                return self.counted(kept)
            return self.counted(State.of(store.records(upto=position)))

    def looked(self, position: int | None = None) -> State:
        """Return what the log holds at a position, to look things up in: it resolves nobody."""
        store = self.store
        head = store.head()
        at = head.position if position is None else position
        if self._is_at_hand(at):
            return self.state(at)
        from habeas.log.earlier import Earlier
        from habeas.log.looking import Looked

        if at == head.position:
            return Looked(store, at, head.recorded)
        recorded = next(iter(store.read((at,)))).recorded
        return Looked(Earlier(store, at), at, recorded)

    def _is_at_hand(self, position: int) -> bool:
        """Say whether the whole state at a position is kept, or the log is short."""
        kept = self._kept().position
        return position == kept or kept < position < FEW

    def state_about(self, person: str, position: int | None) -> State:
        """Return what the log holds about one person at a position, and no more than that needs."""
        head = self.store.head().position
        at = head if position is None else position
        if self._is_at_hand(at):
            return self.state(position)
        return self._part(closure.about(self.store, [person], at), at)

    def state_of(self, persons: Collection[str], position: int | None) -> State:
        """Return what the log holds about some persons at a position, and perhaps more."""
        head = self.store.head().position
        at = head if position is None else position
        if head < FEW:
            self.state()  # so that no state which was handed out grows
            return self.state(position)
        from habeas.log.remembering import Remembering

        return self._part(closure.about(Remembering(self.store), persons, at), at)

    def state_of_many(self, position: int | None) -> State:
        """Return what the log holds of reported numbers and of groups at a position."""
        head = self.store.head().position
        at = head if position is None else position
        if head < FEW or at == self._kept().position:
            return self.state(position)
        from habeas.case.numbers import of_many

        return self.counted(of_many(self, None, position)[position])

    def _part(self, records: Iterable[Record], position: int) -> State:
        """Return a state of some of the events up to a position."""
        state = State.of(records)
        state.position = position
        return self.counted(state)

    def outline(self, position: int) -> State:
        """Return what the log says of the case itself, as if nothing else had been recorded."""
        return self._part(closure.case(self.store), position)

    @contextmanager
    def writing(
        self,
        recorder: str = UNNAMED,
        events: Sequence[Event] = (),
        *,
        many: int = 1,
    ) -> Iterator[Writer]:
        """Lock the log and give a writer; all it appends is committed at the end, or nothing is.

        Where the log is long for `many` things to be judged, and was not read yet, no more of it is
        read than they need; `events` are some that will be appended. Raises Refused for a log with
        withheld events.
        """
        from habeas.case.appending import Writer

        try:
            with self.whole.appending() as log:
                before = log.position
                standing = self._standing_at(log)
                if before - self._state.position < max(FEW, WORTH * many):
                    kept = self._kept_of(self.whole)
                    kept.take(log.records(after=kept.position))
                    state = kept
                else:
                    standing.meet(events)
                    state = standing.state
                writer = Writer(log, state, self._clock, self._entropy, recorder)
                yield writer
                writer.flush()
                if state is not standing.state:
                    self._believe(state, before)
                    self._standing = None
                elif not standing.believe(writer.taken, before):
                    self._believe(None, before)
        except BaseException:
            self._state, self._standing = State(), None
            raise
        if self._standing is not None:
            self._standing.note(log)

    def _believe(self, state: State | None, before: int) -> None:
        """Bring all models up to date with what was appended after `before`."""
        from habeas.case import believing

        believing.append(self.whole, state, before)

    def _standing_at(self, log: Appending) -> Standing:
        """Return what is known of the log at its head. Raises Refused where it is not whole."""
        standing = self._standing
        if standing is None or not standing.holds(log):
            from habeas.case.standing import Standing

            self.check_whole()
            standing = self._standing = Standing(self.whole, log)
        return standing

    @contextmanager
    def importing(self) -> Iterator[Appending]:
        """Lock the log for events that come sealed; all are kept at the end, or none.

        It may have withheld events: an import goes on where the last one ended.
        """
        with self.whole.appending() as log:
            before = log.position
            yield log
            self._believe(None, before)

    def append(
        self, *events: Event, recorder: str = UNNAMED, dry_run: bool = False
    ) -> tuple[Appended, ...]:
        """Append events, all or none, and return what became of each, in their order.

        A registration or claim that is there already is recognised, and not added again. With
        `dry_run` everything is checked and nothing is kept. Raises HabeasError for an event that
        the log refuses.
        """
        if not dry_run:
            with self.writing(recorder, events) as writer:
                return tuple([writer.append(event, whole=False) for event in events])
        from habeas.case.appending import undone

        done: tuple[Appended, ...] = ()
        with undone() as leave, self.writing(recorder, events) as writer:
            done = tuple([writer.append(event, whole=False) for event in events])
            leave()
        return done

    def open_case(self, case: str, *, title: str, timezone: str, recorder: str) -> Appended:
        """Open a case in an empty log: its first event. Raises Refused where there is one."""
        from habeas.events import CaseOpened, build

        event = build(CaseOpened, {"case": case, "title": title, "timezone": timezone})
        return self.append(event, recorder=recorder)[0]

    def edit(self, act: editing.Act, *, recorder: str = UNNAMED, dry_run: bool = False) -> Appended:
        """Append an editorial act, made of the newest state under the log's lock.

        See `editing` for the acts. Raises Stale where it follows what is no longer the newest.
        """
        from habeas.case.appending import Appended, undone

        done = Appended(0, "", already=False)
        with undone() as leave, self.writing(recorder) as writer:
            done = writer.append(act(writer.state))
            if dry_run:
                leave()
        return done

    def load(
        self,
        paths: Iterable[str | Path],
        *,
        recorder: str = UNNAMED,
        dry_run: bool = False,
        progress: Progress = no_progress,
    ) -> Loaded:
        """Load dossiers: files, or folders of them. See `loading.load`."""
        from habeas.case import loading

        return loading.load(self, paths, recorder=recorder, dry_run=dry_run, progress=progress)

    def import_log(self, lines: Iterable[bytes], *, progress: Progress = no_progress) -> int:
        """Import a text log and return how many events were new. See `moving.import_log`."""
        from habeas.case import moving, redacting

        added = moving.import_log(self, lines, progress=progress)
        redacting.finish(self)
        return added

    def export(self) -> Iterator[bytes]:
        """Yield the lines of the text log, in the order of the events."""
        from habeas import textlog

        return (textlog.line_of(record) for record in self.store.records())

    def position(self, at_log: str | None) -> int | None:
        """Return the position that `--at-log` names: `@N`, a day, or a timestamp; None: the head.

        Raises UnknownName for a position the log has not reached, BadTime for what is none.
        """
        from habeas.case import asking

        return asking.position(self, at_log)

    def question(
        self,
        *,
        as_of: str | None = None,
        on: str | None = None,
        at_log: str | None = None,
        projection: str | Path | None = None,
    ) -> Question:
        """Make a question of what a person types. See `asking.question`."""
        from habeas.case import asking

        return asking.question(self, as_of=as_of, on=on, at_log=at_log, projection=projection)

    def status(
        self,
        person: str | None = None,
        *,
        as_of: str | None = None,
        on: str | None = None,
        at_log: str | None = None,
        projection: str | Path | None = None,
    ) -> Answer:
        """Answer what was known of everybody, or of one person with his spells.

        Raises UnknownName for a person that nobody is called.
        """
        from habeas.case import asking

        if person is not None and at_log is None and projection is None:
            found = self._at_a_glance(person, as_of, on)
            if found is not None:
                return found
        question = self.question(as_of=as_of, on=on, at_log=at_log, projection=projection)
        return asking.status(self, question, person)

    def _at_a_glance(self, person: str, as_of: str | None, on: str | None) -> Answer | None:
        """Answer about a person by the quick door; None where it does not know."""
        from habeas.case import asking, glancing
        from habeas.case.collecting import uncollected

        with self.whole.glimpse() as log:
            if log is None:
                return None
            with uncollected():
                asked = glancing.Asked(as_of, on, self.audience, self.now())
                found = glancing.person_in(log, person, asked)
        if found is None:
            return None
        return asking.Answer(basis=found["basis"], persons=tuple(found["persons"]))

    def changes(
        self,
        before: str,
        after: str,
        *,
        projection: str | Path | None = None,
        evidence: bool = False,
        progress: Progress = no_progress,
    ) -> ChangeLog:
        """Return what changed between two states: dates, timestamps, `@N`, or snapshots' names.

        See `comparing`. Raises UnknownName or BadTime for what names none.
        """
        from habeas.case import comparing

        was = comparing.side_named(self, before, projection=projection)
        now = comparing.side_named(self, after, projection=projection)
        return comparing.compare(self, was, now, evidence=evidence, progress=progress)

    def view(self, question: Question) -> View | None:
        """Return the read model that answers a question; None where it has to be replayed.

        Models are of the whole log: where something is withheld, only a replay can tell.
        """
        from habeas.case import recalling

        store = self.store
        if store is not self.whole:
            return None
        if question.position is not None and question.position < store.head().position:
            return None
        self._forget_what_changed()
        if question.rules not in self._views:
            with store.reading():
                self._views[question.rules] = recalling.view(store, question.rules)
        found = self._views[question.rules]
        return found if found and recalling.answers_by_model(question, found.zone) else None

    def _forget_what_changed(self) -> None:
        """Let go of what was read of the store, if anything was written since."""
        stamp = self.store.stamp()
        if stamp != self._stamp:
            self._views, self._zones, self._stamp = {}, {}, stamp

    def tally(self, question: Question) -> dict[tuple[str, str | None], int]:
        """Count persons by status and standing (`where` aside)."""
        from habeas.case import asking

        return asking.tally(self, question)

    def rows(self, question: Question) -> list[tuple[Any, ...]]:
        """Return (person, name, status, standing, contested) of everybody, by id.

        `where` aside.
        """
        from habeas.case import asking

        return asking.rows(self, question)

    def brief(self, person: str, question: Question) -> tuple[Any, ...] | None:
        """Return (person, name, status, standing, contested); None where nothing was known.

        Asked one after the other, a question's model is found once; each row tells whether it is
        still the log's last word.
        """
        asked, view = self._asked
        if asked is not question:
            # Where access is an issue, the clock alone may change what is told.
            view = self.view(question) if self.tells_all else None
            self._asked = question, view
        found = None if view is None else view.quick(person, question.as_of.end)
        if found is not None:
            return found or None
        if view is not None and self.whole.stamp() == self._stamp:
            return view.brief(person, question)
        from habeas.case import asking

        self._asked = None, None
        return asking.brief(self, person, question)

    def turns(self, before: str, after: str, *, projection: str | Path | None = None) -> list[Turn]:
        """Return whose answer in a few words is another at `after` than at `before`, and why.

        Both are dates or timestamps; the light change log. See `turning.turns`.
        """
        from habeas.case import turning

        sides = (self.question(as_of=one, projection=projection) for one in (before, after))
        return turning.turns(self, *sides)

    def catch_up(self, *rules: Rules, progress: Progress = no_progress) -> int:
        """Bring read models up to date, or make them; return how many persons were computed.

        By default those that there are, and that of the default rules.
        """
        from habeas.case import believing

        return sum(
            believing.catch_up(self.whole, one, progress) for one in rules or self._modelled()
        )

    def rebuild(self, *rules: Rules, progress: Progress = no_progress) -> int:
        """Make read models anew; return of how many persons. See `catch_up`."""
        from habeas.case import believing

        return sum(
            believing.rebuild(self.whole, one, progress) for one in rules or self._modelled()
        )

    def outdated(self, *, begin: bool) -> tuple[Rules, ...]:
        """Return the rules whose read models are behind the log, or made by another version.

        With `begin`, also the default rules, if they have no model. See `outdated`.
        """
        from habeas.case.outdated import outdated

        return outdated(self.whole, begin=begin)

    def _modelled(self) -> tuple[Rules, ...]:
        from habeas.case import believing

        found = (believing.rules_of(model) for model in self.whole.beliefs.models())
        return tuple(dict.fromkeys((DEFAULT_RULES, *found)))

    def snapshot(self, name: str, question: Question, *, recorder: str = UNNAMED) -> Appended:
        """Take a snapshot of a question's answer. See `snapshots.take`."""
        from habeas.case import snapshots

        return snapshots.take(self, name, question, recorder)

    def events(self, *, after: int = 0, upto: int | None = None) -> Iterator[Record]:
        """Yield the events after a position, up to and including another, in their order."""
        return self.store.records(after=after, upto=upto)

    @property
    def name(self) -> str:
        """The case's id. Raises UnknownName where no case is open."""
        return State.of(closure.case(self.store)).case.case

    def zone(self, position: int | None = None) -> ZoneInfo:
        """Return the case's time zone, as a position has it; None: as corrected last.

        Raises UnknownName where no case is open.
        """
        self._forget_what_changed()
        if position not in self._zones:
            opened = State.of(closure.case(self.store, position)).case
            self._zones[position] = times.zone(opened.timezone)
        return self._zones[position]

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the text log."""
        from habeas.schema import json_schema

        return json_schema()
