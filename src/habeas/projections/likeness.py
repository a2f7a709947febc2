"""Persons who may be one: names that resemble each other, as a reason to look and no more.

It never says that two are one: two people score as high as two spellings of one. Pairs that
somebody merged and separated again are known to be two. To stay fast, names are only compared when
they share a word, or two words, that not very many bear; equal names always are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from attrs import frozen

from habeas.log import State
from habeas.vocabulary import fold

_COMMON: Final = 60
"""A word, or two, in the names of more persons than this is no reason to compare them."""

_NEAR: Final = 0.8
"""How like two words are (0 to 1) to be taken for spellings of one."""


@frozen(kw_only=True)
class Likeness:
    """Two persons, in the order of their ids, and what their names have in common."""

    persons: tuple[str, str]
    names: tuple[str, str]
    reason: str


def alike(state: State, persons: Iterable[str]) -> list[Likeness]:
    """Return pairs of persons whose names resemble each other, in the order of their ids.

    `reason` is `same name`, `part of the name` (all words of one stand in the other) or `spelling`.
    """
    called = {one: _names(state, one) for one in persons}
    apart = _separated(state)
    found = []
    for pair in sorted(_candidates(called)):
        best = None if pair in apart else _likeness(called, pair)
        if best is not None:
            found.append(best)
    return found


def _names(state: State, person: str) -> dict[str, tuple[str, ...]]:
    """Return a person's names, those of persons merged with him too, each with its words."""
    found: dict[str, tuple[str, ...]] = {}
    for one in state.merged_with(person):
        registered = state.person(one)
        for name in (registered.name, *registered.aliases):
            found[name] = tuple(sorted(set(fold(name).split())))
    return found


def _separated(state: State) -> set[tuple[str, str]]:
    """Return the pairs that were merged once and are not now."""
    pairs = ((act.keep, act.merged) for act in state.merge_acts.values())
    return {
        (min(pair), max(pair)) for pair in pairs if state.keeper(pair[0]) != state.keeper(pair[1])
    }


def _candidates(called: dict[str, dict[str, tuple[str, ...]]]) -> Iterator[tuple[str, str]]:
    """Yield pairs of persons who share a word, two words, or a whole name, each pair once."""
    equal: dict[tuple[str, ...], set[str]] = {}
    sharing: dict[tuple[str, ...], set[str]] = {}
    for person, names in called.items():
        for words in names.values():
            equal.setdefault(words, set()).add(person)
            for key in (*combinations(words, 1), *combinations(words, 2)):
                sharing.setdefault(key, set()).add(person)
    rare = (persons for persons in sharing.values() if len(persons) <= _COMMON)
    pairs = {
        pair for persons in (*equal.values(), *rare) for pair in combinations(sorted(persons), 2)
    }
    yield from pairs


def _likeness(
    called: dict[str, dict[str, tuple[str, ...]]], pair: tuple[str, str]
) -> Likeness | None:
    reasons = ("same name", "part of the name", "spelling")
    found = [
        Likeness(persons=pair, names=(one, other), reason=reason)
        for one, words in called[pair[0]].items()
        for other, others in called[pair[1]].items()
        if (reason := _reason(words, others)) is not None
    ]
    return min(found, key=lambda one: reasons.index(one.reason), default=None)


def _reason(one: tuple[str, ...], other: tuple[str, ...]) -> str | None:
    if one == other:
        return "same name"
    shared, apart = set(one) & set(other), set(one) ^ set(other)
    if len(shared) > 1 and len(shared) == min(len(one), len(other)):
        return "part of the name"
    if len(one) == len(other) and len(shared) == len(one) - 1:
        first, second = sorted(apart, key=lambda word: word in other)
        if SequenceMatcher(None, first, second).ratio() >= _NEAR:
            return "spelling"
    return None
