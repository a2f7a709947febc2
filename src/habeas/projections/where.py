"""Which rows a reader wants: a filter on answers, never on the evidence they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from habeas.log import counting
from habeas.vocabulary import DETAIL, fold

if TYPE_CHECKING:
    from habeas.log import State
    from habeas.projections.person import Told

KEYS: Final = ("person", "status", "custody", "place", "nationality", "party")
"""What rows can be chosen by."""


BY_ANSWER: Final = frozenset({"status", "custody", "place"})
"""Those of KEYS for which an answer suffices, without what it rests on."""


def fits_answer(answer: Mapping[str, Any], where: Mapping[str, tuple[str, ...]]) -> bool:
    """Say whether an answer fits a filter by keys of BY_ANSWER."""
    return all(
        answer[key] is not None and fold(answer[key]) in {fold(value) for value in wanted}
        for key, wanted in where.items()
    )


def fits(
    state: State, one: Told, answer: Mapping[str, Any], where: Mapping[str, tuple[str, ...]]
) -> bool:
    """Say whether an answer fits: of every key in `where`, one of its values.

    Values are compared without accents and case. `party` fits who speaks, publishes or is a voice
    of any claim about the person; `nationality` any that is claimed and not denied.
    """
    return all(
        not {fold(value) for value in wanted}.isdisjoint(
            map(fold, _values(state, one, answer, key))
        )
        for key, wanted in where.items()
    )


def _values(state: State, one: Told, answer: Mapping[str, Any], key: str) -> Iterator[str]:
    if key == "person":
        yield from one.evidence.persons
    elif key == "nationality":
        for thread in one.evidence.threads.values():
            event = thread.event
            if thread.type == DETAIL and event.key == key and event.stance != "denied":
                yield event.value
    elif key == "party":
        for thread in one.evidence.threads.values():
            origin = counting.origin_of(state, thread.event)
            yield from (origin, state.voice(origin), *thread.event.via)
            yield state.document(thread.event.document).publisher
    elif answer[key] is not None:
        yield answer[key]
