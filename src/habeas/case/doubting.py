"""Doubting: whether the read models say what a replay of the log says, person by person.

It changes nothing, and trusts the log and its index: `verifying` looks at those first. It looks at
what a reader would believe: not at models that this version of habeas does not read, nor at the
rows of persons on whom events bear that a model does not hold yet. It holds a chunk of persons at a
time, whatever the length of the log.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from habeas.case import believing
from habeas.case.collecting import uncollected
from habeas.log import State, closure
from habeas.log.sayings import everybody
from habeas.log.touching import SWEEPING
from habeas.projections.question import rules_data
from habeas.store import LogStore
from habeas.store.belief_port import Kept

if TYPE_CHECKING:
    from habeas.case.believing import Computed
    from habeas.case.progress import Progress
    from habeas.resolve import Rules
    from habeas.store.belief_port import Model

NAMED_MOST: Final = 20
"""Of how many persons at most it is told, one by one, that something is wrong."""


def misbelieved(store: LogStore, progress: Progress) -> Iterator[str]:
    """Yield what the read models say, and a replay does not: a sentence for each person.

    Raises HabeasError for a log that cannot be replayed.
    """
    with store.reading():
        for model in store.beliefs.models():
            rules = believing.rules_of(model)
            if not _states(model, rules):
                yield f"read model {model.no} does not say by which rules it was made"
                continue
            if model.position > store.head().position:
                yield f"read model {model.no} is of a longer log than this"
                continue
            yield from _capped(iter(sorted(_wrong(store, model, rules, progress))))


def _states(model: Model, rules: Rules) -> bool:
    try:
        return bool(json.loads(model.basis)["rules"] == rules_data(rules))
    except (KeyError, TypeError, ValueError):
        return False


def _capped(seqs: Iterator[int]) -> Iterator[str]:
    """Yield sentences. Persons are named by their events: whoever asks may not know them."""
    for seq in islice(seqs, NAMED_MOST):
        who = f"the person of event {seq}" if seq else "persons whom the log does not hold"
        yield f"what a read model holds of {who} is not what the log gives"
    more = sum(1 for _ in seqs)
    if more:
        yield f"what it holds of {more:,} other persons is not what the log gives either"


def _wrong(store: LogStore, model: Model, rules: Rules, progress: Progress) -> Iterator[int]:
    """Yield the registrations of the persons of whom a model says what a replay does not.

    0 stands for all whom nothing registers.
    """
    if _unread(store, model, rules):
        return
    stale = _stale(store, model)
    registered = dict(everybody(store))
    if any(store.beliefs.rows(model.no, one) for one in _named(store) - registered.keys()):
        yield 0
    persons, done = sorted(registered.keys() - stale), 0
    position = store.head().position
    compute = believing.Computing(store, rules)
    with uncollected():
        for chunk, found in believing.shared_out(store, persons, rules, lambda: position):
            differing = None if found is None else _differing(store, model.no, chunk, found[1])
            # The other process may have seen a longer log than this one.
            if differing is None or differing:
                differing = _differing(store, model.no, chunk, compute(position, chunk))
            yield from (registered[one] for one in differing)
            done += len(chunk)
            progress(done, len(persons))


def _named(store: LogStore) -> set[str]:
    return {one for one, _ in store.beliefs.names()}


def _differing(store: LogStore, model: int, persons: Iterable[str], found: Computed) -> list[str]:
    """Return the persons of whom a model, or what is kept beside it, says something else."""
    told = {one: (found.names[one], cited, rest) for one, cited, rest in found.cited}
    return [
        one
        for one in persons
        if store.beliefs.rows(model, one) != found.rows[one]
        or not _says(store.beliefs.kept(one), told[one])
    ]


def _says(kept: Kept | None, told: tuple[str, str, str | None]) -> bool:
    """Say whether what is kept of a person is what is told; the rest may not be known."""
    return kept is not None and kept[1:3] == told[:2] and kept.rest in {None, told[2]}


def _unread(store: LogStore, model: Model, rules: Rules) -> bool:
    """Say whether readers pass a model by: made by other code, or before a redaction."""
    zone = State.of(closure.case(store)).case.timezone
    swept = any(seq > model.position for seq in store.of_type(SWEEPING))
    return swept or model.basis != believing.basis_of(rules, zone)


def _stale(store: LogStore, model: Model) -> set[str]:
    """Return the persons who are answered by replay, since the model is behind the log."""
    if store.head().position <= model.position:
        return set()
    found = believing.touched_since(store, model)
    state = State.of(closure.about(store, found, None))
    return found | {state.keeper(one) for one in found}
