"""Editorial acts: made under the log's lock, of what a person names, following the newest.

Each function returns an act: given the newest state, the event to append. What `follows` is left
out is filled in with the newest event about the thing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

import attrs

from habeas import codec, events
from habeas.errors import Refused, UnknownName
from habeas.events import BadValue, Event, build
from habeas.log import State, Thread
from habeas.nearest import near

Act = Callable[[State], Event]


_SHOWN: Final = 9
"""How many ids are listed of those that begin alike; one more is looked for."""


class _ById(Protocol):
    """Who finds events by how their ids begin: a state, or a store."""

    def with_prefix(self, prefix: str, *, limit: int = 10) -> tuple[tuple[str, int], ...]:
        """Return (id, seq) of the events whose id begins so, in order of id, at most `limit`."""


def thread_named(state: State, name: str, *, voided: bool = False) -> Thread:
    """Return the thread that `document#ref`, an event's id or a unique prefix of one names.

    An id of a correction or void names what it is about; a ref, with `voided`, what was voided
    too. Raises UnknownName for a name that fits nothing, or more than one.
    """
    if "#" in name:
        return _by_ref(state, name, voided=voided)
    if name.startswith("@"):
        return _by_position(state, name)
    return _about(state, seq_of(state, name), name)


def seq_of(index: _ById, prefix: str) -> int:
    """Return the `seq` of the only event whose id begins so. Raises UnknownName."""
    fitting = index.with_prefix(prefix) if prefix else ()
    if len(fitting) == 1:
        return fitting[0][1]
    if fitting:
        message = f"'{prefix}' begins the ids of several events"
        shown = ", ".join(id_ for id_, _ in fitting[:_SHOWN])
        more = ", …; give more of its letters" if len(fitting) > _SHOWN else ""
        raise UnknownName(message, hint=f"say which: {shown}{more}")
    hint = "`habeas log` lists the ids; a claim with a ref is named document#ref"
    raise UnknownName(f"no event has an id that begins with '{prefix}'", hint=hint)


def _by_ref(state: State, name: str, *, voided: bool) -> Thread:
    document, _, ref = name.partition("#")
    seq = state.calling_itself(document, ref)
    if seq is None and voided:
        seq = state.voided_as(document, ref)  # a correction of it restores it
    thread = state.at(seq)
    if thread is None:
        raise _no_such_ref(state, name, document)
    return thread


def _no_such_ref(state: State, name: str, document: str) -> UnknownName:
    message = f"no claim is called '{name}'"
    if not state.is_registered(f"document:{document}"):
        like = near(document, list(state.all_of("document")))
        found = f"did you mean {', '.join(map(repr, like))}? else " if like else ""
        hint = f"{found}`habeas log --type document.registered` lists the documents"
        return UnknownName(f"{message}: no document '{document}' is registered", hint=hint)
    known = state.refs_in(document)
    by_id = f"none of its claims has a ref; give an id: habeas log --document {document}"
    hint = f"refs of '{document}': {', '.join(known)}" if known else by_id
    return UnknownName(message, hint=hint)


def _by_position(state: State, name: str) -> Thread:
    digits = name.removeprefix("@")
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= codec.DIGITS_MAX
    if not is_number or not 1 <= int(digits) <= state.position:
        raise UnknownName(
            f"there is no event {name}", hint=f"events run from @1 to @{state.position}"
        )
    return _about(state, int(digits), name)


def _about(state: State, seq: int, name: str) -> Thread:
    """Return the thread an event began, or the one it is about."""
    thread = state.bearing(seq)
    if thread is not None:
        return thread
    if state.is_gone(seq):
        message = f"event '{name}' is redacted: nothing more is recorded about it"
        raise Refused(message, hint=f"habeas show {name}")
    message = f"event '{name}' is no claim, withdrawal or registration"
    raise UnknownName(message, hint=f"habeas show {name}")


def correct(
    target: str, sets: Mapping[str, str | None], *, reason: str, follows: str | None
) -> Act:
    """Correct our own slip: `sets` gives new values; None, or empty text, makes a field absent.

    Lists are written with commas. Without `sets` it restores, as it stood, what was voided.
    Raises BadValue for a field or value that cannot be, Refused where nothing is to be changed.
    """

    def act(state: State) -> Event:
        thread = thread_named(state, target, voided=True)
        if not sets and not thread.voided:
            message = f"nothing is given to correct in event {thread.id}, and it is not voided"
            raise Refused(message, hint="say what is right: --set when=2024-09")
        values = codec.plain(thread.event)
        for field, text in sets.items():
            values[field] = _typed(type(thread.event), field, text)
        known = {field: value for field, value in values.items() if value is not None}
        type_, version = events.TYPE_OF[type(thread.event)]
        return build(
            events.EventCorrected,
            {
                "event": thread.id,
                "follows": follows or thread.newest,
                "type": type_,
                "version": version,
                "data": build(type(thread.event), known),
                "reason": reason,
            },
        )

    return act


def _typed(cls: type[Any], field: str, text: str | None) -> Any:  # noqa: ANN401
    """Return the value that `--set FIELD=TEXT` means."""
    declared = attrs.fields_dict(cls)
    if field not in declared:
        message = f"{events.TYPE_OF[cls][0]} has no field `{field}`"
        raise BadValue(field, message, hint=f"its fields: {', '.join(declared)}")
    if text is None or not text.strip():
        return None
    kind = declared[field].metadata["schema"].get("type")
    if kind == "array":
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if kind == "integer":
        try:
            return int(text)
        except ValueError:
            message = f"`{field}` is '{text}', which is no whole number"
            raise BadValue(field, message, hint=f"--set {field}=806") from None
    return text


def void(target: str, *, reason: str, follows: str | None) -> Act:
    """Void an event that should not have been recorded; a correction that follows restores it."""

    def act(state: State) -> Event:
        thread = thread_named(state, target, voided=True)
        values = {"event": thread.id, "follows": follows or thread.newest, "reason": reason}
        return build(events.EventVoided, values)

    return act


def withdraw(target: str, citation: Mapping[str, Any]) -> Act:
    """Record that a claim's voice, or its document's publisher, took it back."""

    def act(state: State) -> Event:
        claim = thread_named(state, target).id
        return build(events.ClaimWithdrawn, {**citation, "claim": claim})

    return act


def merge(keep: str, merged: str, *, reason: str, follows: str | None) -> Act:
    """Record that two persons are one."""

    def act(state: State) -> Event:
        if keep == merged:
            hint = "habeas merge KEEP MERGED --reason '…'"
            raise Refused(f"'{keep}' is named twice; a merge is of two persons", hint=hint)
        newest = follows or state.newest_on(f"merge:{merged}")
        values = {"keep": keep, "merged": merged, "reason": reason}
        return build(events.PersonsMerged, _with(values, newest))

    return act


def separate(merge_id: str, *, reason: str, follows: str | None) -> Act:
    """Undo a merge, named by its event's id, a prefix of one, `@N`, or the merged person's id."""

    def act(state: State) -> Event:
        found = _merge_named(state, merge_id)
        newest = follows or state.newest_on(f"merge:{state.merges()[found].merged}") or found
        values = {"merge": found, "follows": newest, "reason": reason}
        return build(events.PersonsSeparated, values)

    return act


def _merge_named(state: State, name: str) -> str:
    fitting = [
        id_
        for id_, act in state.merges().items()
        if (name and id_.startswith(name))
        or name == f"@{state.place_of(id_)}"
        or (act.merged == name and state.newest_on(f"merge:{name}") == id_)
    ]
    if len(fitting) == 1:
        return fitting[0]
    what = f"'{name}' fits {len(fitting)} merges" if fitting else f"no merge is called '{name}'"
    raise UnknownName(what, hint="`habeas log --type persons.merged` lists the merges")


def grade(party: str, reliability: str, *, reason: str, follows: str | None) -> Act:
    """Record how far a party is relied on (Admiralty code, A to F)."""

    def act(state: State) -> Event:
        newest = follows or state.newest_on(f"grade:{party}")
        values = {"party": party, "reliability": reliability, "reason": reason}
        return build(events.PartyGraded, _with(values, newest))

    return act


def _with(values: dict[str, Any], follows: str | None) -> dict[str, Any]:
    return values if follows is None else {**values, "follows": follows}
