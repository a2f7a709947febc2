"""Browsing the log: its events by what they name, and one event with what became of it.

It shows what was recorded, as it was recorded: no as-of, and corrections beside what they correct.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from habeas import textlog, times
from habeas.case import asking, editing
from habeas.case.asking import Answer
from habeas.errors import UnknownName
from habeas.events import (
    CLAIMS,
    TAGS,
    ClaimWithdrawn,
    DocumentRegistered,
    EventCorrected,
    EventVoided,
)
from habeas.log import Record, State, Thread
from habeas.projections import person as persons
from habeas.projections.explanation import explanation
from habeas.projections.question import Question, basis
from habeas.vocabulary import fold

if TYPE_CHECKING:
    from habeas.case.main import Case


def explain(case: Case, question: Question, person: str) -> Answer:
    """Answer about one person with every claim as a footnote. Raises UnknownName."""
    state = case.state(question.position)
    root = case.store.root_at(state.position).hex()
    name = state.keeper(asking.person_named(state, person))
    told = persons.told(state, name, question)
    found = () if told is None else (explanation(state, told, case.store.read),)
    return Answer(basis=basis(state, question, root), persons=found)


def log(
    case: Case,
    *,
    person: str | None = None,
    party: str | None = None,
    document: str | None = None,
    types: Iterable[str] = (),
    since: str | None = None,
    at_log: str | None = None,
) -> Iterator[Record]:
    """Yield the events that name a person, a party and a document, each with the acts upon it.

    What is not asked for is not asked. `since` is `@N` (the events after it), a day (from its
    start) or a timestamp. Raises UnknownName for a name that nothing carries.
    """
    after, upto = _after(case, since), case.position(at_log)
    wanted = _types(types)
    seqs = _named(case, person, party, document)
    if seqs is None:
        records = case.store.records(after=after, upto=upto)
    else:
        last = case.store.head().position if upto is None else upto
        records = case.store.read(seq for seq in sorted(seqs) if after < seq <= last)
    return (record for record in records if not wanted or record.type in wanted)


def _after(case: Case, since: str | None) -> int:
    if since is None:
        return 0
    if since.startswith("@"):
        return case.position(since) or 0
    known = times.parse_as_of(since, case.zone())
    if "T" in since:
        return case.store.position_at(known.end - 2)
    return case.store.position_at(times.day_window(times.parse_day(since), case.zone())[0] - 1)


def _types(typed: Iterable[str]) -> frozenset[str]:
    """Return the types that are meant: a type, or one of its two words (`status`, `claimed`)."""
    known = sorted({name for name, _ in TAGS})
    found: set[str] = set()
    for word in typed:
        fitting = {name for name in known if word == name or word in name.split(".")}
        if not fitting:
            message = f"no event has the type '{word}'"
            raise UnknownName(message, hint=f"types: {', '.join(known)}")
        found |= fitting
    return frozenset(found)


def _named(
    case: Case, person: str | None, party: str | None, document: str | None
) -> set[int] | None:
    """Return the `seq`s of the events that name all that is given; None if nothing is given."""
    if person is party is document is None:
        return None
    state, found = case.state(), []
    if person is not None:
        names = state.merged_with(asking.person_named(state, person))
        marks = [mark for name in names for mark in (f"person:{name}", f"about:{name}")]
        found.append(_marked(case, marks))
    if party is not None:
        name = thing_named(state, "party", party)
        found.append(_marked(case, [f"party:{name}", f"about:{name}"]) | _published(state, name))
    if document is not None:
        name = thing_named(state, "document", document)
        found.append(_marked(case, [f"document:{name}"]))
    return set.intersection(*(_with_acts(case, seqs) for seqs in found))


def _marked(case: Case, marks: Iterable[str]) -> set[int]:
    return {seq for mark in marks for seq in case.store.marked(mark)}


def _published(state: State, party: str) -> set[int]:
    """Return the `seq`s of the claims that a party makes as the publisher of their document."""
    documents = {
        thread.event.document
        for thread in state.threads.values()
        if isinstance(thread.event, DocumentRegistered) and thread.event.publisher == party
    }
    return {
        thread.seq
        for thread in state.threads.values()
        if isinstance(thread.event, (*CLAIMS, ClaimWithdrawn))
        and thread.event.origin is None
        and thread.event.document in documents
    }


def _with_acts(case: Case, seqs: set[int]) -> set[int]:
    """Return the events with all that was recorded about each."""
    known, new = set(seqs), set(seqs)
    while new:
        acts = _marked(case, (f"event:{record.id}" for record in case.store.read(new)))
        new = acts - known
        known |= new
    return known


def thing_named(state: State, kind: str, typed: str) -> str:
    """Return the id of the party or document that `typed` names: an id, or its name or title.

    Raises UnknownName with the nearest ids.
    """
    name = typed.removeprefix(f"{kind}:")
    if state.registered(f"{kind}:{name}") is not None:
        return name
    called = {one: _title(state, kind, one) for one in state.all_of(kind)}
    fitting = [one for one, title in called.items() if fold(name) in {fold(one), fold(title)}]
    if len(fitting) == 1:
        return fitting[0]
    raise UnknownName(f"no {kind} is called '{typed}'", hint=_nearest(kind, name, called))


def _title(state: State, kind: str, name: str) -> str:
    return state.party(name).name if kind == "party" else state.document(name).title


def _nearest(kind: str, name: str, called: dict[str, str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only an error needs it

    by_fold = {fold(word): one for one, title in called.items() for word in (one, title)}
    near = [by_fold[each] for each in get_close_matches(fold(name), by_fold, n=3)]
    if near:
        return f"did you mean {' or '.join(dict.fromkeys(near))}?"
    return f"`habeas log --type {kind}.registered` lists them"


def entry(record: Record) -> dict[str, Any]:
    """Return an event as JSON values: what its line in the text log holds."""
    values: dict[str, Any] = json.loads(textlog.line_of(record))
    return {"seq": record.seq} | values


def show(case: Case, name: str) -> dict[str, Any]:
    """Return an event with what became of it; `name` as the editorial acts take it, or any event's.

    Raises UnknownName for a name that fits nothing, or more than one.
    """
    state = case.state()
    record = _record_named(case, state, name)
    thread = _thread_of(state, record)
    return {
        "case": state.case.case,
        "log_position": state.position,
        "event": entry(record),
        "now": None if thread is None else _now(case, thread),
        "withdrawals": [] if thread is None else list(_withdrawals(case, state, thread)),
        "acts": [entry(one) for one in _acts(case, record, thread)],
    }


def _record_named(case: Case, state: State, name: str) -> Record:
    """Return the event itself that is named, be it a claim, a registration or an act."""
    if "#" in name:
        seq = editing.thread_named(state, name).seq
    elif name.startswith("@"):
        seq = case.position(name) or 0
    else:
        seq = _seq_of(case, name)
    found = next(case.store.read([seq]), None)
    if found is None:
        raise UnknownName(f"there is no event {name}", hint=f"@1 to @{state.position}")
    return found


def _seq_of(case: Case, prefix: str) -> int:
    fitting = case.store.with_prefix(prefix) if prefix else ()
    if len(fitting) == 1:
        return fitting[0][1]
    if fitting:
        found = ", ".join(id_ for id_, _ in fitting)
        message = f"'{prefix}' begins the ids of several events"
        raise UnknownName(message, hint=f"give more of its letters: {found}")
    hint = "`habeas log` lists the ids; a claim with a ref is named document#ref"
    raise UnknownName(f"no event has an id that begins with '{prefix}'", hint=hint)


def _thread_of(state: State, record: Record) -> Thread | None:
    return state.threads.get(record.seq)


def _now(case: Case, thread: Thread) -> dict[str, Any]:
    """Return what a thing says now, and whether it is voided."""
    data: dict[str, Any] = {}
    for record in case.store.read(thread.history):
        values = entry(record)
        if isinstance(record.event, EventCorrected):
            data = values["data"]["data"]
        elif not isinstance(record.event, EventVoided):
            data = values.get("data", {})
    return {"data": data, "voided": thread.voided, "newest": thread.newest}


def _withdrawals(case: Case, state: State, thread: Thread) -> Iterator[dict[str, Any]]:
    for seq in state.withdrawals.get(thread.seq, ()):
        if not state.threads[seq].voided:
            yield from map(entry, case.store.read([seq]))


def _acts(case: Case, record: Record, thread: Thread | None) -> Iterator[Record]:
    """Yield the other events that name this one, in their order."""
    seqs = set(case.store.marked(f"event:{record.id}"))
    if thread is not None:
        seqs |= set(thread.history) - {record.seq}
    return case.store.read(sorted(seqs))
