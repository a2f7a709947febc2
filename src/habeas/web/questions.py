"""The questions that the server answers as JSON: the command line's, asked with the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from habeas.case import Case, asking, browsing, comparing, explaining, numbers, snapshots
from habeas.errors import HabeasError, UnknownName
from habeas.projection_file import FILE_NAME
from habeas.projections.changes import KINDS
from habeas.projections.question import DEFAULT_PROJECTION
from habeas.vocabulary import CUSTODIES, STATUSES

if TYPE_CHECKING:
    from habeas.projections.question import Question

Data = dict[str, Any]

EXAMPLES: Final = {
    "person": "perkins-rocha",
    "from": "2026-01-08",
    "to": "2026-01-09",
    "number": "@57",
    "event": "@57",
    "citation": "habeas:venezuela-2026-01/morning-brief@9f2c…e1",
}
"""What is given for the words that have to be."""


class BadRequest(HabeasError):
    """A request that asks with words we do not know."""


class Asked(NamedTuple):
    """What a request asks with: each word's values, in the order given."""

    values: dict[str, list[str]]

    def all(self, key: str) -> tuple[str, ...]:
        """Return all values of a word that may be given several times."""
        return tuple(self.values.get(key, ()))

    def one(self, key: str) -> str | None:
        """Return the value of a word that may be given once; None where it is not given."""
        return next(iter(self.values.get(key, ())), None)

    def need(self, key: str) -> str:
        """Return the value of a word that must be given. Raises BadRequest."""
        found = self.one(key)
        if found is None:
            raise BadRequest(f"'{key}' has to be given", hint=f"?{key}={EXAMPLES.get(key, '…')}")
        return found

    def flag(self, key: str) -> bool:
        """Return whether a word is set: `true`. Raises BadRequest for what is neither."""
        found = self.one(key)
        if found not in {None, "true", "false"}:
            raise BadRequest(f"'{key}' is true or false, not '{found}'", hint=f"?{key}=true")
        return found == "true"


def _question(case: Case, asked: Asked) -> Question:
    return case.question(
        as_of=asked.one("as_of"),
        on=asked.one("on"),
        at_log=asked.one("at_log"),
        projection=_projection(asked),
    )


def _projection(asked: Asked) -> str | None:
    """Return the name of a projection: one that stands below `projections/`, and no path."""
    name = asked.one("projection")
    if name is None or name == DEFAULT_PROJECTION:
        return name
    known = sorted(path.parent.name for path in Path("projections").glob(f"*/{FILE_NAME}"))
    if name not in known:
        hint = f"there are: {', '.join([DEFAULT_PROJECTION, *known])}"
        raise UnknownName(f"there is no projection '{name}'", hint=hint)
    return name


def _status(case: Case, asked: Asked) -> Data:
    return asking.status(case, _question(case, asked), asked.one("person")).data


def _timeline(case: Case, asked: Asked) -> Data:
    return explaining.timeline(case, _question(case, asked), asked.one("person")).data


def _explain(case: Case, asked: Asked) -> Data:
    return explaining.explain(case, _question(case, asked), asked.need("person")).data


def _reconcile(case: Case, asked: Asked) -> Data:
    number, other = asked.need("number"), asked.one("other")
    return numbers.reconciled(case, _question(case, asked), number, other).data


def _changes(case: Case, asked: Asked) -> Data:
    where = {
        "person": tuple(asking.person_of(case, one) for one in asked.all("person")),
        "status": _among(asked, "status", STATUSES),
        "custody": _among(asked, "custody", CUSTODIES),
        "place": asked.all("place"),
        "nationality": asked.all("nationality"),
        "party": tuple(browsing.thing_of(case, "party", one) for one in asked.all("party")),
    }
    chosen = {key: values for key, values in where.items() if values}
    kinds = (*KINDS, "appeared", "removed", "merged", "evidence", *comparing.MOVED)
    sides = (
        comparing.side_named(
            case, asked.need(key), on=asked.one("on"), projection=_projection(asked)
        )
        for key in ("from", "to")
    )
    was, now = (comparing.where_of(side, chosen) for side in sides)
    return comparing.compare(
        case,
        was,
        now,
        evidence=asked.flag("all"),
        causes=_among(asked, "cause", comparing.CAUSES),
        kinds=_among(asked, "kind", kinds),
    ).data


def _among(asked: Asked, key: str, words: Iterable[str]) -> tuple[str, ...]:
    """Return the values of a word, if all are of those that there are. Raises BadRequest."""
    known, given = tuple(words), asked.all(key)
    for one in given:
        if one not in known:
            message = f"'{one}' is no {key}"
            raise BadRequest(message, hint=f"one of: {', '.join(known)}")
    return given


def _log(case: Case, asked: Asked) -> Data:
    found = browsing.log(
        case,
        person=asked.one("person"),
        party=asked.one("party"),
        document=asked.one("document"),
        types=asked.all("type"),
        since=asked.one("since"),
        at_log=asked.one("at_log"),
    )
    return browsing.listing(case, found)


def _snapshots(case: Case, _asked: Asked) -> Data:
    state = case.state()
    listed = list(snapshots.listed(case))
    return {"case": state.case.case, "log_position": state.position, "snapshots": listed}


def _answer(case: Case, asked: Asked) -> Data:
    found = snapshots.answer_to(case, asked.need("citation"))
    if found.differs is not None:
        message = f"this is not the answer that was cited: {found.differs}"
        raise BadRequest(message, hint="/api/snapshots says what can still be produced")
    return found.answer.data


def _view(name: str) -> Callable[[Case, Asked], Data]:
    return lambda case, asked: numbers.view(case, _question(case, asked), name).data


_BASIS: Final = ("as_of", "on", "at_log", "projection")

QUESTIONS: Final[dict[str, tuple[Callable[[Case, Asked], Data], tuple[str, ...]]]] = {
    "status": (_status, ("person", *_BASIS)),
    "timeline": (_timeline, ("person", *_BASIS)),
    "explain": (_explain, ("person", *_BASIS)),
    "changes": (
        _changes,
        (
            *("from", "to", "all", "person", "status", "custody", "place", "nationality"),
            *("party", "cause", "kind", "on", "projection"),
        ),
    ),
    **{name: (_view(name), _BASIS) for name in numbers.VIEWS},
    "reconcile": (_reconcile, ("number", "other", *_BASIS)),
    "log": (_log, ("person", "party", "document", "type", "since", "at_log")),
    "show": (lambda case, asked: browsing.show(case, asked.need("event")), ("event",)),
    "snapshots": (_snapshots, ()),
    "answer": (_answer, ("citation",)),
}
"""Each question: what answers it, and the words that it may be asked with."""

REQUIRED: Final = {
    "explain": ("person",),
    "changes": ("from", "to"),
    "reconcile": ("number",),
    "show": ("event",),
    "answer": ("citation",),
}
REPEATED: Final = {
    "changes": (
        *("person", "status", "custody", "place", "nationality", "party", "cause", "kind"),
    ),
    "log": ("type",),
}
"""The words that may be given several times."""


def answer(case: Case, name: str, given: Iterable[tuple[str, str]]) -> Data:
    """Return the answer of a question as the command line gives it. Raises HabeasError."""
    make, words = QUESTIONS[name]
    values: dict[str, list[str]] = {}
    for key, value in given:
        if key not in words:
            message = f"'{name}' is not asked with '{key}'"
            raise BadRequest(message, hint=f"parameters: {', '.join(words) or 'none'}")
        if key in values and key not in REPEATED.get(name, ()):
            raise BadRequest(f"'{key}' is given twice", hint=f"give '{key}' once")
        values.setdefault(key, []).append(value)
    return make(case, Asked(values))
