"""The quick door: what was known of everybody, or of one person, without the log being folded.

A command that asks the newest log by the default rules mostly finds the roster written down, and a
person's events untouched by any act; then nothing is imported of what knows all that a log can say.
This says what `asking.status` says, or None where it cannot know: then `asking` is to be asked,
whatever the reason was. Where something is withheld, redacted or missing, where the case was
corrected, or the model is behind the log, it does not know.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from habeas import times
from habeas.log import reading
from habeas.log.plain import said_in
from habeas.projections import believed
from habeas.projections.basis import Basis, rules_data
from habeas.projections.question import ask
from habeas.rules import DEFAULT_RULES, ENGINE
from habeas.store.glimpse import glimpsed
from habeas.vocabulary import ACCESS, AUDIENCES, DESK

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from habeas.log.plain import Plain, Stored
    from habeas.log.state import State
    from habeas.projections.evidence import Evidence
    from habeas.projections.question import Question
    from habeas.store.glimpse import Glimpse

_OPENED: Final = ("case.opened", 1)


class _Case(NamedTuple):
    """A log that may be told as it stands: its first event, what that says, and its head."""

    first: Stored
    name: str
    zone: ZoneInfo
    position: int
    root: str


class Asked(NamedTuple):
    """What is asked, as it is typed (see `asking.question`); `now` is the clock's instant."""

    as_of: str | None
    on: str | None
    audience: str
    now: int


def roster(path: Path, asked: Asked) -> dict[str, Any] | None:
    """Return the answer about everybody, as JSON values; None where it is not at hand.

    Raises BadTime for an as-of or a day that cannot be read.
    """
    if not path.is_file():
        return None
    with glimpsed(path) as log:
        case = _case(log, asked.audience)
        model = None if case is None else _model(log, case)
        if case is None or model is None:
            return None
        question = _question(asked, case)
        if times.day_of(question.as_of.end - 1, case.zone) != question.on:
            return None
        rows = log.beliefs.all(model, question.as_of.end)
        return {"basis": _basis(question, case), "persons": [*believed.answers(rows)]}


def person(path: Path, typed: str, asked: Asked) -> dict[str, Any] | None:
    """Return the answer about one person, as JSON values; None where it is not at hand.

    `typed` is his id. Raises BadTime for an as-of or a day that cannot be read.
    """
    if not path.is_file():
        return None
    with glimpsed(path) as log:
        return person_in(log, typed, asked)


def person_in(log: Glimpse, typed: str, asked: Asked) -> dict[str, Any] | None:
    """Return the answer about one person in a log that is open: see `person`."""
    if not typed.isascii():
        return None
    case = _case(log, asked.audience)
    if case is None:
        return None
    name = typed.removeprefix("person:")
    question = _question(asked, case)
    found = _kept(log, case, name, question)
    if found is None:
        found = _read(log, case, name, question)
    return None if found is None else {"basis": _basis(question, case), "persons": found}


def _kept(log: Glimpse, case: _Case, name: str, question: Question) -> list[dict[str, Any]] | None:
    """Return a person's story from what is kept beside his answers; None where that will not do."""
    texts = None if _model(log, case) is None else log.beliefs.kept(name)
    if texts is None or texts.rest is None:
        return None
    from habeas.projections import kept  # noqa: PLC0415 - not for a roster

    beside = partial(reading.beside, log, name, case.first)
    found = kept.told(name, (texts.cited, texts.rest), question.as_of.end, beside)
    if found is None:
        return None
    plain, evidence = found
    return _stories(plain, question, evidence)


def _read(log: Glimpse, case: _Case, name: str, question: Question) -> list[dict[str, Any]] | None:
    """Return a person's story from the log; None where more bears on him than is read here."""
    plain = reading.about(log, name, case.first)
    if plain is None:
        return None
    from habeas.projections import evidence  # noqa: PLC0415 - not for a roster

    state = cast("State", plain)
    return _stories(
        plain, question, evidence.gather(state, name, question.as_of.end, question.rules)
    )


def _stories(plain: Plain, question: Question, evidence: Evidence | None) -> list[dict[str, Any]]:
    """Return a person's story, if anything was known of him."""
    if evidence is None:
        return []
    from habeas.projections import person, stories  # noqa: PLC0415 - not for a roster

    state = cast("State", plain)
    return [stories.story(state, person.judged(state, evidence, question), question)]


def _case(log: Glimpse, audience: str) -> _Case | None:
    """Return what may be told to an audience; None where the log cannot be told as it stands."""
    head, first = log.head(), log.first()
    if head is None or first is None or (first.type, first.version) != _OPENED:
        return None
    if audience not in AUDIENCES or (audience != DESK and any(map(log.has, ACCESS))):
        return None
    if log.has("event.redacted") or log.lacks_payloads():
        return None
    opened = said_in(first)
    return _Case(first, opened.case, times.zone(opened.timezone), *head)


def _question(asked: Asked, case: _Case) -> Question:
    today = times.day_of(asked.now, case.zone).isoformat()
    as_of = today if asked.as_of is None else asked.as_of
    return ask(as_of, case.zone, on=asked.on, audience=asked.audience)


def _basis(question: Question, case: _Case) -> dict[str, Any]:
    return Basis(
        case=case.name,
        as_of=question.as_of,
        on=question.on,
        position=case.position,
        root=case.root,
        projection=question.projection,
        rules=question.rules,
        where=question.where,
        audience=question.audience,
        withheld=0,
        redacted=0,
    ).data


def _model(log: Glimpse, case: _Case) -> int | None:
    """Return the model of the default rules, if it is up to date with the log."""
    wanted = {
        "engine": ENGINE,
        "form": believed.FORM,
        "rules": rules_data(DEFAULT_RULES),
        "zone": str(case.zone),
    }
    for model in log.beliefs.models():
        if model.position == case.position and json.loads(model.basis) == wanted:
            return model.no
    return None
