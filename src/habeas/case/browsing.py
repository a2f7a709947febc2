"""Browsing the log: its events by what they name, and one event with what became of it.

It shows what was recorded, as it was recorded: no as-of, and corrections beside what they correct.
It finds events by their marks, and reads no more of a long log than it shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from habeas import textlog, times
from habeas.case import asking, editing
from habeas.errors import UnknownName
from habeas.events import CORRECTABLE, TAGS, DocumentRegistered, EventCorrected
from habeas.log import Record, closure
from habeas.log.records import replacement
from habeas.nearest import near
from habeas.vocabulary import fold

if TYPE_CHECKING:
    from habeas.case.main import Case


def entry(record: Record) -> dict[str, Any]:
    """Return an event as JSON values: what its line in the text log holds."""
    values: dict[str, Any] = json.loads(textlog.line_of(record))
    return {"seq": record.seq} | values


def listing(case: Case, records: Iterable[Record]) -> dict[str, Any]:
    """Return events as the JSON of `log`: the case, where its log stands, and the events."""
    head = case.store.head()
    return {
        "case": case.name,
        "log_position": head.position,
        "log_root": head.root.hex(),
        "events": [entry(record) for record in records],
    }


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
    """Return the position after which `since` begins."""
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
    found = []
    if person is not None:
        name = asking.person_of(case, person)
        names = case.state_about(name, None).merged_with(name)
        found.append(_marked(case, _marks("person", names)))
    if party is not None:
        name = thing_of(case, "party", party)
        found.append(_marked(case, _marks("party", [name])) | _published(case, name))
    if document is not None:
        found.append(_marked(case, [f"document:{thing_of(case, 'document', document)}"]))
    return set.intersection(*(_with_acts(case, seqs) for seqs in found)) if found else None


def _marks(kind: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from (f"{kind}:{name}", f"about:{name}")


def _marked(case: Case, marks: Iterable[str]) -> set[int]:
    return {seq for mark in marks for seq in case.store.marked(mark)}


def _published(case: Case, party: str) -> set[int]:
    """Return the `seq`s of what stands in a party's documents without another origin."""
    documents = set()
    for record in case.store.read(case.store.marked(f"party:{party}")):
        event = None if record.event is None else replacement(record.event)
        if isinstance(event, DocumentRegistered) and event.publisher == party:
            documents.add(event.document)
    cited = _marked(case, (f"document:{document}" for document in documents))
    return {
        record.seq
        for record in case.store.read(cited)
        if getattr(record.event, "origin", None) is None
    }


def _with_acts(case: Case, seqs: set[int]) -> set[int]:
    """Return events with all that was recorded about each."""
    known, new = set(seqs), set(seqs)
    while new:
        acts = _marked(case, (f"event:{record.id}" for record in case.store.read(new)))
        new = acts - known
        known |= new
    return known


def thing_of(case: Case, kind: str, typed: str) -> str:
    """Return the id of the party or document that `typed` names: its id, or its name or title.

    Raises UnknownName with the nearest ids.
    """
    name = typed.removeprefix(f"{kind}:")
    if case.store.first_marked(f"{kind}:{name}") is not None:
        return name
    called = {one: names[0] for one, names in case.looked().called(kind).items()}
    fitting = [one for one, title in called.items() if fold(name) in {fold(one), fold(title)}]
    if len(fitting) == 1:
        return fitting[0]
    raise UnknownName(f"no {kind} is called '{typed}'", hint=_nearest(kind, name, called))


def _nearest(kind: str, name: str, called: dict[str, str]) -> str:
    by_fold = {fold(word): one for one, title in called.items() for word in (one, title)}
    like = [by_fold[each] for each in near(fold(name), by_fold)]
    if like:
        return f"did you mean {' or '.join(dict.fromkeys(like))}?"
    return f"`habeas log --type {kind}.registered` lists them; or: habeas add {kind} {name} …"


def record_named(case: Case, name: str) -> Record:
    """Return the event itself that a name means: an id or the start of one, `document#ref`, `@N`.

    Raises UnknownName for a name that fits nothing, or more than one.
    """
    if "#" in name:
        seq = _seq_called(case, name)
    elif name.startswith("@"):
        seq = case.position(name) or 0
    else:
        seq = editing.seq_of(case.store, name)
    found = next(iter(case.store.read([seq])), None)
    if found is None:
        hint = f"events run from @1 to @{case.store.head().position}"
        raise UnknownName(f"there is no event {name}", hint=hint)
    return found


def _seq_called(case: Case, name: str) -> int:
    """Return the `seq` of the claim that had a ref last, be it voided since."""
    seqs = case.store.marked(f"ref:{name}")
    for record in case.store.read(seqs[-1:]):
        event = record.event
        if isinstance(event, EventCorrected):
            return editing.seq_of(case.store, event.event)
        return record.seq
    return editing.thread_named(case.looked(), name).seq


def show(case: Case, name: str) -> dict[str, Any]:
    """Return an event with what became of it. Raises UnknownName, see `record_named`.

    `now` is what it says now, and None for an act or a payload that is not there; `acts` are the
    other events that name it, `withdrawals` those of them that are sources' own and stand.
    """
    record = record_named(case, name)
    acts = _acts(case, record)
    return {
        "case": case.name,
        "log_position": case.store.head().position,
        "event": entry(record),
        "now": _now(record, acts) if isinstance(record.event, CORRECTABLE) else None,
        "withdrawals": [
            entry(one)
            for one in acts
            if one.type == "claim.withdrawn" and not _now(one, _acts(case, one))["voided"]
        ],
        "acts": [entry(one) for one in acts],
    }


def _acts(case: Case, record: Record) -> list[Record]:
    return list(case.store.read(case.store.marked(f"event:{record.id}")))


def _now(record: Record, acts: Iterable[Record]) -> dict[str, Any]:
    """Return what a thing says after the acts upon it, and the newest event about it."""
    data, voided, newest = entry(record)["data"], False, record.id
    for act in (one for one in acts if closure.is_upon(one, record.id)):
        voided, newest = act.type == "event.voided", act.id
        data = data if voided else entry(act)["data"]["data"]
    return {"data": data, "voided": voided, "newest": newest}
