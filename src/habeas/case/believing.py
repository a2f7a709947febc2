"""Beliefs kept: made of the log, brought up to date with it, made anew.

Only who writes the log, or asks for it, writes beliefs; `recalling` reads them. A model holds the
answers by one set of rules and remembers up to which position of the log it is made. Persons that
later events bear on are computed anew; until the position says so, readers do not believe their
rows, so that work may be committed piece by piece. A model that is being made is nobody's answer
before it is whole.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from habeas.case import sharing
from habeas.case.collecting import uncollected
from habeas.errors import HabeasError
from habeas.log import State, closure
from habeas.log.nearby import Recalled
from habeas.log.sayings import Gathered, Sayings, everybody
from habeas.log.touching import SWEEPING, touched
from habeas.projections import beliefs, believed, recounted
from habeas.projections.question import rules_data, rules_from
from habeas.resolve import DEFAULT_RULES, ENGINE
from habeas.store import LogStore
from habeas.store.belief_port import Row
from habeas.times import EVER, NEVER

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from habeas.case.progress import Progress
    from habeas.resolve import Rules
    from habeas.store.belief_port import Model

AT_ONCE: Final = 500
"""Up to how many events, or persons, an append brings beliefs up to date; more wait for a call."""

CHUNK: Final = 500
"""How many persons are computed, and committed, at a time."""

MUCH: Final = 2_000
"""From how many persons on two processes share the work."""


def basis_of(rules: Rules, zone: str) -> str:
    """Return what the rows of a model rest on, as text; `zone` is the case's."""
    values = {
        "engine": ENGINE,
        "form": believed.FORM,
        "rules": rules_data(rules),
        "zone": zone,
    }
    return json.dumps(values, sort_keys=True, separators=(",", ":"))


def rules_of(model: Model) -> Rules:
    """Return the rules of a model; the default ones, which are not its own, if it states none."""
    try:
        return rules_from(json.loads(model.basis)["rules"])
    except (HabeasError, KeyError, TypeError, ValueError):
        return DEFAULT_RULES


def model_for(store: LogStore, rules: Rules, zone: str) -> Model | None:
    """Return the model of these rules, as this version of habeas makes it; None if there is none.

    It may be behind the log.
    """
    basis = basis_of(rules, zone)
    return next((one for one in store.beliefs.models() if one.basis == basis), None)


def touched_since(store: LogStore, model: Model) -> set[str]:
    """Return the persons on whom events bear that are not in a model."""
    records = store.records(after=model.position)
    return touched(store, records, grades=rules_of(model).min_grade is not None)


class Computed(NamedTuple):
    """What is to be kept of some persons: names, rows and citations."""

    names: dict[str, str]
    rows: dict[str, list[Row]]
    cited: list[tuple[str, str, str | None]]


def computed(
    state: State | Sayings, persons: Iterable[str], rules: Rules, since: int = EVER
) -> Computed:
    """Compute what is to be kept of persons, of whom the state holds all that bears on them.

    Of the rows only those from `since` (µs, included) on.
    """
    sayings = Sayings(state) if isinstance(state, State) else state
    found = Computed({}, {}, [])
    for person in sorted({one for name in persons for one in (name, sayings.keeper(name))}):
        found.names[person] = sayings.name(person)
        found.rows[person] = rows_of(sayings, person, rules, since)
        found.cited.append((person, *recounted.recounted(sayings, person)))
    return found


def rows_of(sayings: Sayings, person: str, rules: Rules, since: int = EVER) -> list[Row]:
    """Compute the rows of one person from `since` on."""
    return list(map(Row._make, beliefs.rows(sayings, person, rules, since)))


def rows_after(
    sayings: Sayings, person: str, rules: Rules, since: int, last: Sequence[Row]
) -> list[Row]:
    """Compute the rows of one person from `since` on; `last` is the one before, if there is one."""
    if last:
        found = beliefs.rows_after(sayings, person, rules, since, beliefs.Told._make(last[0]))
        if found is not None:
            return list(map(Row._make, found))
    return rows_of(sayings, person, rules, since)


def keep(store: LogStore, model: int, found: Computed, since: int = EVER) -> None:
    """Write what was computed, inside a block that may write; rows only from `since` on."""
    store.beliefs.name(found.names)
    store.beliefs.cite(found.cited)
    if since == EVER:
        store.beliefs.replace(model, found.rows)
        return
    for person, rows in found.rows.items():
        kept = store.beliefs.kept(person)
        if kept is not None:
            tail = store.beliefs.tail(model, kept.place, since)
            store.beliefs.amend(model, kept.place, tail, [*before(tail, since), *rows])


def recalled(store: LogStore, person: str, zone: ZoneInfo, upto: int = NEVER) -> Recalled | None:
    """Return what is kept of a person's claims known by an end; None where the log has to be read.

    `zone` is the case's.
    """
    kept = store.beliefs.kept(person)
    if kept is None:
        return None
    known = Recalled(person, kept.name, kept.place, [], {}, {})
    return known if recounted.is_recalled(known, kept.cited, kept.rest, zone, upto) else None


def before(tail: Sequence[Row], since: int) -> Sequence[Row]:
    """Return the row before `since` at the beginning of a person's last rows, if there is one."""
    return tail[:1] if tail and tail[0].known_from < since else ()


def append(store: LogStore, whole: State | None, before: int) -> None:
    """Bring all models that were up to date at `before` up to date, inside an append.

    `whole` is the state at the head, if there is one of the whole log. Where much was appended,
    nothing is done, and the models stay behind.
    """
    models = store.beliefs.models()
    if not models:
        return
    if any(seq > before for seq in store.of_type(SWEEPING)):
        store.beliefs.drop()
        return
    position = store.head().position
    if position - before > AT_ONCE:
        return
    for model, _ in current(store, before):
        if before < position:
            _advance(store, model, whole, position)


def current(store: LogStore, position: int) -> Iterator[tuple[Model, Rules]]:
    """Yield the models that this version made and that are up to date at a position."""
    zone = _zone(store)
    for model in store.beliefs.models():
        rules = rules_of(model)
        if model.position == position and model.basis == basis_of(rules, zone):
            yield model, rules


def _advance(store: LogStore, model: Model, whole: State | None, position: int) -> None:
    persons = touched_since(store, model)
    if len(persons) > AT_ONCE:
        return
    try:
        if persons:
            state = whole or State.of(closure.about(store, persons, None))
            keep(store, model.no, computed(state, persons, rules_of(model)))
    except HabeasError:
        # A log from elsewhere may name what it does not hold: then there is no answer to keep.
        store.beliefs.forget(model.no)
        return
    advance(store, model.no, model.position, position)


def advance(store: LogStore, model: int, before: int, position: int) -> None:
    """Note that a model is up to date at a position, as it was at the one `before`."""
    store.beliefs.advance(model, position)
    if position // CHUNK > before // CHUNK:
        store.beliefs.condense(model)


def _zone(store: LogStore) -> str:
    return State.of(closure.case(store)).case.timezone


def catch_up(store: LogStore, rules: Rules, progress: Progress) -> int:
    """Bring the model of these rules up to date with the log, or make it; return how many persons.

    Stopped at any moment, it leaves what readers can use, and the next call goes on.
    """
    model = model_for(store, rules, _zone(store))
    if model is None:
        return rebuild(store, rules, progress)
    done = 0
    while (position := store.head().position) > model.position:
        persons = touched_since(store, model)
        _compute(store, model.no, sorted(persons), rules, progress)
        with store.believing():
            store.beliefs.condense(model.no)
            store.beliefs.advance(model.no, position)
        model = model._replace(position=position)
        done += len(persons)
    return done


def rebuild(store: LogStore, rules: Rules, progress: Progress) -> int:
    """Make the model of these rules anew; return of how many persons.

    The old one answers until the new one is whole. Models that no version of today makes go.
    """
    zone, position = _zone(store), store.head().position
    with store.believing():
        for model in store.beliefs.models():
            if model.basis != basis_of(rules_of(model), zone):
                store.beliefs.forget(model.no)
        no = store.beliefs.begin()
    persons = sorted({person for person, _ in everybody(store)})
    _compute(store, no, persons, rules, progress)
    with store.believing():
        store.beliefs.condense(no)
        store.beliefs.finish(no, basis_of(rules, zone), position)
    if store.head().position > position:
        catch_up(store, rules, progress)
    return len(persons)


def _compute(
    store: LogStore, no: int, persons: Sequence[str], rules: Rules, progress: Progress
) -> None:
    """Compute and keep persons, chunk by chunk, each as the log is when it is kept."""
    work = _Work(store, no, rules)
    done = 0
    with uncollected():
        for chunk, found in shared_out(store, persons, rules, lambda: work.position):
            work.keep(chunk, found)
            done += len(chunk)
            progress(done, len(persons))


def shared_out(
    store: LogStore, persons: Sequence[str], rules: Rules, position: Callable[[], int]
) -> Iterator[tuple[Sequence[str], tuple[int, Computed] | None]]:
    """Yield persons chunk by chunk, with what another process computed of them if it did.

    It says at which position, which is the one that `position` gave when the chunk was given out;
    but if the log grew meanwhile, later events may be in it.
    """
    left = deque(persons[n : n + CHUNK] for n in range(0, len(persons), CHUNK))
    with sharing.helped(store.path, rules, much=len(persons) >= MUCH) as other:
        yield from _chunks(left, other, position)


def _chunks(
    left: deque[Sequence[str]], other: sharing.Other | None, position: Callable[[], int]
) -> Iterator[tuple[Sequence[str], tuple[int, Computed] | None]]:
    while True:
        while other is not None and left and other.ready:
            other.give(position(), left.popleft())
        back = None if other is None else other.back(wait=not left)
        if back is not None:
            yield back
        elif left:
            yield left.popleft(), None
        else:
            return


class _Work:
    """What is being computed for a model, as the log is: it may grow meanwhile."""

    def __init__(self, store: LogStore, model: int, rules: Rules) -> None:
        self._store, self._model = store, model
        self._compute = Computing(store, rules)
        self.position = store.head().position
        """The position of the log at which to compute."""

    def keep(self, chunk: Sequence[str], found: tuple[int, Computed] | None) -> None:
        """Write what was computed of persons at a position, or else compute it."""
        if found is None:
            found = self.position, self._compute(self.position, chunk)
        with self._store.believing():
            self.position = self._store.head().position
            if self.position != found[0]:
                found = self.position, self._compute(self.position, chunk)
            keep(self._store, self._model, found[1])


class Computing:
    """Computes persons as the log is at a position; what it reads for some, it keeps for others."""

    def __init__(self, store: LogStore, rules: Rules) -> None:
        self._store, self._rules = store, rules
        self._sayings: Gathered | None = None

    def __call__(self, position: int, chunk: Sequence[str]) -> Computed:
        """Compute persons."""
        sayings = self._sayings
        if sayings is None or sayings.position != position:
            sayings = self._sayings = Gathered(self._store, position)
        sayings.take(chunk)
        return computed(sayings, chunk, self._rules)
