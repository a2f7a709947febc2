"""Asking: from what a person types to a question, and from a question to an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from attrs import frozen

from habeas import times
from habeas.codec import DIGITS_MAX
from habeas.errors import UnknownName
from habeas.log import State
from habeas.nearest import near
from habeas.projections import person as persons
from habeas.projections.question import DEFAULT_PROJECTION, Question, ask, basis
from habeas.projections.roster import everybody, roster
from habeas.projections.stories import story
from habeas.projections.where import BY_ANSWER, fits_answer
from habeas.times import BadTime
from habeas.vocabulary import fold

if TYPE_CHECKING:
    from habeas.case.main import Case
    from habeas.case.recalling import View


_WORD: Final = 0.7
"""How like a part of a name has to be to one of its words, to be meant by it."""


@frozen(kw_only=True)
class Answer:
    """An answer with its basis; `persons` as the JSON of `status` gives them.

    `withdrawn` are the claims about a person of whom, since all were taken back, nothing stands.
    """

    basis: dict[str, Any]
    persons: tuple[dict[str, Any], ...]
    withdrawn: tuple[dict[str, Any], ...] = ()

    @property
    def data(self) -> dict[str, Any]:
        """The whole answer as JSON values."""
        told = {"basis": self.basis, "persons": list(self.persons)}
        return told | {"withdrawn": list(self.withdrawn)} if self.withdrawn else told


def position(case: Case, at_log: str | None) -> int | None:
    """Return the position that `--at-log` names: `@N`, a day through its end, or a timestamp."""
    if at_log is None:
        return None
    if not at_log.startswith("@"):
        found = case.store.position_at(_moment(case, at_log) - 1)
        return found or _before_the_first(case, at_log)
    digits, head = at_log[1:], case.store.head().position
    if not (digits.isascii() and digits.isdigit()):
        message = f"'{at_log}' is no position of the log"
        raise BadTime(message, hint=f"@1 to @{head}, or a date such as 2026-01-08")
    if digits.strip("0") == "":
        _before_the_first(case, at_log)
    if len(digits) > DIGITS_MAX or int(digits) > head:
        message = f"the log has {head} events, so there is no {at_log}"
        raise UnknownName(message, hint=f"@1 to @{head}" if head else "habeas import, or load")
    return int(digits)


def _moment(case: Case, at_log: str) -> int:
    """Return the exclusive end of a day or a timestamp; a bare number was meant as a position."""
    try:
        return times.parse_as_of(at_log, case.zone()).end
    except BadTime as fault:
        meant = f"@{at_log}" if at_log.isascii() and at_log.isdigit() else "@57"
        hint = f"{fault.hint}; or after how many events, {meant}"
        raise BadTime(fault.message, hint=hint) from None


def _before_the_first(case: Case, at_log: str) -> NoReturn:
    first = next(iter(case.store.records(upto=1)))
    head = case.store.head().position
    message = f"the log had no event yet at '{at_log}': its first was recorded at "
    hint = f"@1 to @{head}, or a day from {times.day_of(first.recorded, case.zone())} on"
    raise UnknownName(message + times.instant_text(first.recorded), hint=hint)


def question(
    case: Case,
    *,
    as_of: str | None,
    on: str | None,
    at_log: str | None,
    projection: str | Path | None,
) -> Question:
    """Make a question of what a person types.

    `as_of` is by default today, `on` the as-of day, both in the case's zone as the position
    asked has it; `projection` is a name under `projections/`, or a file.

    Raises BadTime, UnknownName or BadData for what cannot be read.
    """
    at = position(case, at_log)
    zone = case.zone(at)
    return ask(
        times.day_of(case.now(), zone).isoformat() if as_of is None else as_of,
        zone,
        on=on,
        position=at,
        audience=case.audience,
        **_chosen(projection),
    )


def _chosen(projection: str | Path | None) -> dict[str, Any]:
    """Return what a projection puts in place of the default name, rules and choice of rows."""
    if projection is None or projection == DEFAULT_PROJECTION:
        return {}
    from habeas import projection_file  # noqa: PLC0415 - most questions need no file

    found = projection_file.find(projection)
    return {"projection": found.name, "rules": found.rules, "where": found.where}


def status(case: Case, question: Question, person: str | None) -> Answer:
    """Answer about everybody, or about one person with his spells."""
    found: Iterable[dict[str, Any]]
    if person is None:
        with case.store.reading():
            view = case.view(question) if set(question.where) <= BY_ANSWER else None
            if view is not None:
                return _recalled(case, question, view)
        state = case.state(question.position)
        found = roster(state, question)
    else:
        name = person_of(case, person, question.position)
        state = case.state_about(name, question.position)
        found = one_person(state, question, name)
    return answered(case, state, question, found)


def answered(
    case: Case, state: State, question: Question, persons: Iterable[dict[str, Any]]
) -> Answer:
    """Return persons as the answer to a question, with what it rests on."""
    return Answer(basis=basis_of(case, state, question), persons=tuple(persons))


def basis_of(case: Case, state: State, question: Question) -> dict[str, Any]:
    """Return what an answer rests on, the root of the log at the state's position among it."""
    return basis(state, question, case.store.root_at(state.position).hex())


def _recalled(case: Case, question: Question, view: View) -> Answer:
    """Answer about everybody by a read model."""
    state = case.outline(view.position)
    root = case.store.root_at(view.position).hex()
    found = view.everybody(question)
    if question.where:
        found = tuple(row for row in found if fits_answer(row, question.where))
    return Answer(basis=basis(state, question, root), persons=found)


def tally(case: Case, question: Question) -> dict[tuple[str, str | None], int]:
    """Count persons by status and standing."""
    with case.store.reading():
        view = case.view(question)
        if view is not None:
            return view.tally(question)
    return dict(Counter(row[2:4] for row in rows(case, question)))


def rows(case: Case, question: Question) -> list[tuple[Any, ...]]:
    """Return (person, name, status, standing, contested) of everybody, by id."""
    with case.store.reading():
        view = case.view(question)
        if view is not None:
            return view.rows(question)
    state = case.state(question.position)
    return [_brief(state, told) for told in everybody(state, question)]


def brief(case: Case, person: str, question: Question) -> tuple[Any, ...] | None:
    """Return (person, name, status, standing, contested); None where nothing was known."""
    view = case.view(question)
    if view is not None:
        return view.brief(person, question)
    state = case.state_about(person, question.position)
    told = persons.told(state, state.keeper(person), question)
    return None if told is None else _brief(state, told)


def _brief(state: State, told: persons.Told) -> tuple[Any, ...]:
    answer = told.answer
    name = state.person(told.person).name
    return (told.person, name, answer.status, answer.standing, answer.contested)


def person_of(case: Case, typed: str, position: int | None = None) -> str:
    """Return the person whom `typed` names in a case, at a position or, failing that, now.

    See `person_named`.
    """
    name = typed.removeprefix("person:")
    if case.store.first_marked(f"person:{name}") is not None:
        for at in dict.fromkeys((position, None)):
            if case.looked(at).is_registered(f"person:{name}"):
                return name
    if position is not None:
        with suppress(UnknownName):
            return person_named(case.looked(position), typed)
    return person_named(case.looked(), typed)


def one_person(state: State, question: Question, person: str) -> list[dict[str, Any]]:
    """Return the whole story of a person; empty where nothing was known of him by then."""
    told = persons.told(state, state.keeper(person), question)
    return [] if told is None else [story(state, told, question)]


def person_named(state: State, typed: str) -> str:
    """Return the person whom `typed` names: an id, a name or an alias, accents and case aside.

    Raises UnknownName with the nearest names where nobody is called so, or several are.
    """
    name = typed.removeprefix("person:")
    if state.registered(f"person:{name}") is not None:
        return name
    called = state.called("person")
    wanted = fold(name)
    fitting = [
        one for one, names in called.items() if wanted and wanted in map(fold, (one, *names))
    ]
    if len({state.keeper(one) for one in fitting}) == 1:
        return fitting[0]
    if fitting:
        hint = f"say which: {', '.join(fitting)}"
        raise UnknownName(f"{len(fitting)} persons are called '{typed}'", hint=hint)
    raise UnknownName(f"nobody in this case is called '{typed}'", hint=_nearest(called, wanted))


def _nearest(called: dict[str, tuple[str, ...]], wanted: str) -> str:
    by_name = {fold(name): one for one, names in called.items() for name in (one, *names)}
    words = {word: one for name, one in by_name.items() for word in name.split()}
    like = [by_name[one] for one in near(wanted, by_name)]
    like += [words[one] for part in wanted.split() for one in near(part, words, 2, likeness=_WORD)]
    if not like:
        return "`habeas status` lists everybody"
    return "did you mean " + " or ".join(dict.fromkeys(like[:4])) + "?"
