"""`[[expect]]`: what a reader concludes, to be held against the answers.

It answers nothing. "none" is written where null is expected, because TOML has no null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from habeas import edtf, times
from habeas.dossier.entries import Expectation
from habeas.dossier.faults import Faults
from habeas.dossier.hints import meant, status_hint
from habeas.dossier.rows import Row, as_written, check_is_text, check_keys, check_shape
from habeas.errors import HabeasError
from habeas.events import BadValue
from habeas.events.fields import check_ident, shown
from habeas.vocabulary import CUSTODIES, STATUSES

STANDINGS: Final = ("confirmed", "reported", "disputed", "unconfirmed", "expected", "none")
_ASKED: Final = ("as_of", "person", "on")
_SETS: Final = ("pending", "contradicted")
_EXPECTED: Final = ("status", "standing", "custody", "since", *_SETS, "absent")
_DATES: Final = ("as_of", "on", "since")


def expectations_of(row: Row, path: str, faults: Faults) -> Iterator[Expectation]:
    """Make the expectation of one table, or one for each person; faults go to `faults`."""
    row = check_keys(row, (*_ASKED, *_EXPECTED), faults)
    good = {}
    for key in row.values:
        try:
            good[key] = _value(key, row)
        except HabeasError as error:
            faults.add(row.line(key), error.message, error.hint)
    if not (_complete(row, faults) and row.sound and len(good) == len(row.values)):
        return
    for person in good.pop("person"):
        absent = dict.fromkeys((*_ASKED, *_EXPECTED))
        stated = {**absent, **good, "person": person}
        yield Expectation(path=path, line=row.place.line, lines=row.place.lines, **stated)


def _complete(row: Row, faults: Faults) -> bool:
    """Say whether a table asks something and expects something, and no two things at odds."""
    if not row.place.whole:
        return False
    missing = [each for each in ("as_of", "person") if each not in row.values]
    for each in missing:
        example = {"as_of": "2026-01-09", "person": "perkins-rocha"}[each]
        if each not in row.misspelt:
            faults.add(row.place.line, f"{row.name} needs `{each}`", f'{each} = "{example}"')
    said = [each for each in _EXPECTED if each in row.values]
    if not said and not row.misspelt:
        faults.add(row.place.line, f"{row.name} expects nothing", f"one of: {', '.join(_EXPECTED)}")
    if row.values.get("absent") is True and len(said) > 1:
        hint = "who is absent has no status: leave out the rest"
        faults.add(row.line("absent"), f"{row.name} expects a row, and none", hint)
        return False
    return bool(said) and not missing


def _value(key: str, row: Row) -> Any:  # noqa: ANN401
    value = row.values[key]
    if key == "absent":
        return _flag(key, value)
    if key in _DATES and isinstance(value, date):
        value = as_written(key, value, row)
    many = key == "person" or key in _SETS
    check_shape(key, value, several=many)
    values = value if isinstance(value, list) else [value]
    for each in values:
        _CHECKS[key](key, each)
    if many and len(set(values)) < len(values):
        raise BadValue(key, f"`{key}` names something twice", hint="name each once")
    return tuple(values) if many else value


def _flag(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        message = f"`{key}` is {shown(value)}, which is not true or false"
        raise BadValue(key, message, hint=f"{key} = true")
    return value


def _word(*words: str) -> Callable[[str, object], None]:
    def check(key: str, value: object) -> None:
        text = check_is_text(key, value)
        if text not in words:
            hint = status_hint(text) if words == STATUSES else meant(text, words)
            raise BadValue(key, f"`{key}` is {shown(text)}, which it cannot be", hint=hint)

    return check


def _as_of(key: str, value: object) -> None:
    times.parse_as_of(check_is_text(key, value), times.zone("UTC"))


def _day(key: str, value: object) -> None:
    times.parse_day(check_is_text(key, value))


def _since(key: str, value: object) -> None:
    if value != "none":
        edtf.parse(check_is_text(key, value))


_CHECKS: Final[dict[str, Callable[[str, Any], None]]] = {
    "as_of": _as_of,
    "on": _day,
    "person": check_ident,
    "status": _word(*STATUSES),
    "standing": _word(*STANDINGS),
    "custody": _word(*CUSTODIES),
    "since": _since,
    "pending": _word(*STATUSES),
    "contradicted": _word(*STATUSES),
}
