"""Snapshots and citations: answers with a name, proven by the log, that anyone can ask again.

A snapshot is an event: the question whole, and the digest of what was answered. A citation is one
line, `habeas:CASE/SNAPSHOT@ROOT`, where ROOT is the log's Merkle root just after the snapshot. The
digest covers the answer and its basis, but for how much has been withheld or redacted since.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from habeas import codec
from habeas.case import asking
from habeas.case.appending import Appended
from habeas.case.asking import Answer
from habeas.errors import BadLog, Refused, UnknownName
from habeas.events import SnapshotTaken, build
from habeas.log import State
from habeas.projections.question import Question, ask, rules_data, rules_from
from habeas.resolve import ENGINE

if TYPE_CHECKING:
    from habeas.case.main import Case

_CITATION: Final = re.compile(
    r"habeas:(?P<case>[a-z0-9-]+)/(?P<name>[a-z0-9._-]+)@(?P<root>[0-9a-f]{64})"
)
_SINCE: Final = frozenset({"withheld", "redacted"})
"""Parts of a basis that are read at the head of the log, so that no digest covers them."""


class Produced(NamedTuple):
    """A snapshot asked again: the answer, and what differs from when it was taken, if anything."""

    snapshot: SnapshotTaken
    answer: Answer
    differs: str | None


def digest(answer: Answer) -> str:
    """Return the SHA-256 of an answer's canonical JSON."""
    basis = {key: value for key, value in answer.basis.items() if key not in _SINCE}
    return sha256(codec.canonical({"basis": basis, "persons": list(answer.persons)})).hexdigest()


def take(case: Case, name: str, question: Question, recorder: str) -> Appended:
    """Take a snapshot of the roster. Raises Refused for a name taken, or one like a date."""
    answer = asking.status(case, question, None)
    projection = {
        "name": question.projection,
        "rules": rules_data(question.rules),
        "where": {key: list(values) for key, values in question.where.items()},
    }
    event = build(
        SnapshotTaken,
        {
            "name": name,
            "as_of": question.as_of.text,
            "on": question.on.isoformat(),
            "position": answer.basis["log_position"],
            "audience": case.audience,
            "projection": codec.canonical(projection).decode(),
            "engine": ENGINE,
            "digest": digest(answer),
        },
    )
    return case.append(event, recorder=recorder)[0]


def question_of(case: Case, snapshot: SnapshotTaken) -> Question:
    """Return the question that a snapshot names."""
    projection = json.loads(snapshot.projection)
    return ask(
        snapshot.as_of,
        case.zone(snapshot.position),
        on=snapshot.on,
        position=snapshot.position,
        projection=projection["name"],
        rules=rules_from(projection["rules"]),
        where={key: tuple(values) for key, values in projection["where"].items()},
        audience=case.audience,
    )


def produce(case: Case, snapshot: SnapshotTaken) -> Produced:
    """Ask a snapshot's question again, and say what differs from the answer it names."""
    answer = asking.status(case, question_of(case, snapshot), None)
    differs = None
    if digest(answer) != snapshot.digest:
        differs = _reason(case.counted(case.looked()), snapshot)
    return Produced(snapshot, answer, differs)


def _reason(state: State, snapshot: SnapshotTaken) -> str:
    if snapshot.engine != ENGINE:
        return f"it was answered by engine {snapshot.engine}; this is engine {ENGINE}"
    lacking = state.withheld + state.redacted
    if lacking:
        return f"{lacking} events have been redacted or are withheld"
    return "the answer is another, though log and engine are the same: report this"


def listed(case: Case) -> Iterator[dict[str, Any]]:
    """Yield every snapshot, and whether its answer can still be produced with the same digest."""
    state = case.looked()
    for name, snapshot in state.snapshots_taken().items():
        differs = produce(case, snapshot).differs
        yield {
            "name": name,
            "as_of": snapshot.as_of,
            "on": snapshot.on,
            "position": snapshot.position,
            "projection": json.loads(snapshot.projection)["name"],
            "audience": snapshot.audience,
            "engine": snapshot.engine,
            "digest": snapshot.digest,
            "same": differs is None,
            "differs": differs,
            "citation": citation(case, name),
        }


def named(state: State, name: str) -> SnapshotTaken:
    """Return the snapshot called `name`. Raises UnknownName."""
    if name not in state.snapshots_taken():
        known = ", ".join(state.snapshots_taken()) or "none yet"
        message = f"no snapshot is called '{name}'"
        raise UnknownName(message, hint=f"there are: {known}; `habeas snapshot NAME` takes one")
    return state.snapshots_taken()[name]


def citation(case: Case, name: str) -> str:
    """Return the citation of a snapshot. Raises UnknownName."""
    state = case.looked()
    named(state, name)
    root = case.store.root_at(state.snapshot_place(name)).hex()
    return f"habeas:{state.case.case}/{name}@{root}"


def name_in(citation: str) -> str:
    """Return the name of the snapshot that a citation, as `citation` writes it, is of."""
    return citation.partition("/")[2].partition("@")[0]


def cite(case: Case, question: Question, name: str | None, recorder: str) -> str:
    """Return a citation of the answer to a question, taking a snapshot if none names it yet."""
    state = case.looked()
    if name is not None and name in state.snapshots_taken():
        return citation(case, name)
    answer = asking.status(case, question, None)
    wanted = digest(answer)
    for known, snapshot in state.snapshots_taken().items():
        if name is None and snapshot.digest == wanted:
            return citation(case, known)
    name = name or f"cited-{wanted[:12]}"
    take(case, name, question, recorder)
    return citation(case, name)


def answer_to(case: Case, text: str) -> Produced:
    """Return the answer that a citation names.

    Raises UnknownName for what is no citation or names another case or no snapshot of this log, and
    BadLog where this log is another than the one cited.
    """
    found = _CITATION.fullmatch(text.strip())
    if found is None:
        hint = "habeas:CASE/SNAPSHOT@ROOT, as `habeas cite` prints it"
        raise UnknownName(f"'{text}' is no citation", hint=hint)
    state = case.looked()
    if found["case"] != state.case.case:
        message = f"the citation is of the case '{found['case']}', this is '{state.case.case}'"
        raise Refused(message, hint="open that case's database: --db")
    snapshot = named(state, found["name"])
    root = case.store.root_at(state.snapshot_place(found["name"])).hex()
    if root != found["root"]:
        message = (
            f"this log's root at the snapshot is {root[:12]}…, the cited one {found['root'][:12]}…"
        )
        raise BadLog(message, hint="this log is not the one cited: import the published log")
    return produce(case, snapshot)
