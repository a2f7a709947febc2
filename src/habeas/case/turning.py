"""Whose answer turned between two questions: found by the read model, without asking everybody.

`candidates` names too many rather than too few. Persons whose rows turned between the two as-of
ends, and those on whom events bear that one side's log does not hold; nobody else. Where no read
model can say, it says None: then everybody is asked.

`turns` is the light change log: answers in a few words, and the events behind each turn between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from habeas.case.collecting import uncollected
from habeas.events import RemarkClaimed
from habeas.log.touching import SWEEPING, touched
from habeas.projections.believed import MEANING, ONLY_THEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from habeas.case.main import Case
    from habeas.case.recalling import View
    from habeas.projections.question import Question

Few = tuple[str, str | None, bool]
"""An answer in a few words: status, standing, contested."""


class Turn(NamedTuple):
    """A person whose answer in a few words is not what it was; None where nothing was known.

    `causes` are the `seq`s of the events behind the turns between, in order: of each turn the
    fewest without which it would not have come. `elapsed`: at one of them a stated date had passed.
    """

    person: str
    name: str
    before: Few | None
    after: Few | None
    causes: tuple[int, ...]
    elapsed: bool


_turn: Final = Turn._make


def turns(case: Case, before: Question, after: Question) -> list[Turn]:
    """Return whose answer in a few words differs between two questions, and why, by id.

    Where a read model answers both, its turns between are read, and nothing else. Else, and where
    the older question is the second, the two answers are compared as `comparing.compare` does it.
    """
    with case.store.reading():
        view = view_of_both(case, before, after)
        if view is None or before.as_of.end > after.as_of.end:
            return sorted(_compared(case, before, after, None))
        with uncollected():
            found = [
                _turn((one, name, MEANING[was], MEANING[code], *_causes(why)))
                for one, name, was, code, why in view.turns(before.as_of.end, after.as_of.end)
            ]
        if view.stale:
            found += _compared(case, before, after, set(view.stale))
        found.sort()
        return found


def _causes(why: str) -> tuple[tuple[int, ...], bool]:
    """Return the `seq`s in what rows say of why they turned, and whether a date had passed."""
    if why.isdecimal():
        seq = int(why)
        return ((seq,), False) if seq else ((), True)
    seqs = {int(word) for word in why.split() if word != ONLY_THEN}
    return tuple(sorted(seqs - {0})), 0 in seqs


def _compared(
    case: Case, before: Question, after: Question, persons: set[str] | None
) -> Iterator[Turn]:
    """Yield the turns of persons (None: everybody) by comparing whole answers."""
    from habeas.case import comparing  # noqa: PLC0415 - the two need each other

    for one in comparing.of_persons(case, before, after, persons=persons).changes:
        was, now = (_few(one[side]) for side in ("before", "after"))
        if was != now:
            events = [cause["event"] for cause in one["causes"]]
            seqs = sorted(_seq(case, event) for event in events if event is not None)
            yield Turn(one["person"], one["name"], was, now, tuple(seqs), None in events)


def _few(facts: dict[str, Any] | None) -> Few | None:
    return None if facts is None else (facts["status"], facts["standing"], facts["contested"])


def _seq(case: Case, event: str) -> int:
    return case.store.with_prefix(event, limit=1)[0][1]


def view_of_both(case: Case, before: Question, after: Question) -> View | None:
    """Return the model that answers both questions, at the head of the log; None: there is none."""
    if before.rules != after.rules:
        return None
    views = [case.view(side) for side in (before, after)]
    return views[0] if views[1] is not None else None


def candidates(case: Case, before: Question, after: Question, *, evidence: bool) -> set[str] | None:
    """Return the persons of whom the two answers can differ; with `evidence`, what is behind them.

    None where everybody has to be asked. Who was merged is named by his own id, or his keeper's.
    """
    head = [side._replace(position=None) for side in (before, after)]
    view = view_of_both(case, head[0], head[1])
    if view is None:
        return None
    ends = sorted((before.as_of.end, after.as_of.end))
    older = min(
        view.position if side.position is None else side.position for side in (before, after)
    )
    found = view.turned(*ends, quiet=evidence)
    if older < view.position:
        if _unsure(case, older):
            return None
        grades = before.rules.min_grade is not None
        since = case.store.records(after=older, upto=_newer(before, after))
        found |= touched(case.store, since, grades=grades)
    return found | _remarked(case) if evidence else found


def _newer(before: Question, after: Question) -> int | None:
    """Return up to where events can make two answers differ; None: up to the log's head.

    What was recorded after both positions bears on both alike. But the rows by which it is told who
    turned between two as-of ends are of the whole log.
    """
    if before.position is None or after.position is None:
        return None
    if (before.as_of, before.on) != (after.as_of, after.on):
        return None
    return max(before.position, after.position)


def _unsure(case: Case, older: int) -> bool:
    """Say whether since a position something was recorded that bears on more than persons."""
    if any(seq > older for seq in case.store.of_type(SWEEPING)):
        return True
    first = next(case.store.read((1,)), None)
    acts = () if first is None else case.store.marked(f"event:{first.id}")
    return any(seq > older for seq in acts)


def _remarked(case: Case) -> set[str]:
    """Return all about whom there is a remark: those are evidence, and in no row."""
    events = (record.event for record in case.store.read(case.store.of_type("remark.claimed")))
    return {one for event in events if isinstance(event, RemarkClaimed) for one in event.about}
