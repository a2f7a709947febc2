"""Whether an event may be appended: what it names exists, and what it follows is the newest.

Checks only; it changes nothing and words every refusal with a hint. What a single event can tell of
itself is checked where it is made (`events`).
"""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Final

from habeas import codec, edtf
from habeas.errors import Refused, Stale, UnknownName
from habeas.events import (
    CLAIMS,
    TYPE_OF,
    AccessDisclosed,
    AccessWithheld,
    CaseOpened,
    Citation,
    ClaimWithdrawn,
    DocumentRegistered,
    Event,
    EventCorrected,
    EventRedacted,
    EventVoided,
    PartyGraded,
    PartyRegistered,
    PersonsMerged,
    PersonsSeparated,
    SnapshotTaken,
    subject_of,
)
from habeas.log.counting import public_by, zone_of
from habeas.log.names import names_in
from habeas.log.records import same_statement
from habeas.nearest import near
from habeas.times import NEVER, day_of, day_window

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from habeas.log.folding import Thread
    from habeas.log.state import State

_USUAL: Final = ("stance", "asserted")
"""What a claim says where nobody says otherwise."""


def already(state: State, event: Event, digest: bytes | None = None) -> int | None:
    """Return the `seq` of what states the same: as first recorded or, by id or ref, as corrected.

    `digest` is as in `check`. What is voided states nothing. Editorial acts are never the same:
    they follow one another.
    """
    thread = same(state, event, digest)
    return None if thread is None or thread.voided else thread.seq


def same(state: State, event: Event, digest: bytes | None = None) -> Thread | None:
    """Return the thread that states, or has stated, the same; voided or not."""
    subject = subject_of(event)
    if subject is None and not isinstance(event, (*CLAIMS, ClaimWithdrawn)):
        return None
    there = state.stating(digest or same_statement(event))
    if there is None or there.voided:
        named = state.at(state.registering(subject) if subject else _by_ref(state, event))
        there = named if named is not None and named.event == event else there
    return there


def _by_ref(state: State, event: object) -> int | None:
    if not isinstance(event, Citation) or event.ref is None:
        return None
    return state.calling_itself(event.document, event.ref)


def check(
    state: State, event: Event, *, now: int, digest: bytes | None = None, whole: bool = True
) -> None:
    """Check that `event` may be appended at the instant `now` (UTC µs).

    `digest` is that of its statement (`records.same_statement`), where it is known already.
    `whole`: what the event leaves out is not so; else it was merely not said, and no hint takes
    it out of what is recorded.
    Raises UnknownName for a name that nothing carries, Stale for an act that follows what is no
    longer the newest, Refused for all else.
    """
    check_beside(state, event, same(state, event, digest), now=now, whole=whole)


def check_beside(
    state: State, event: Event, there: Thread | None, *, now: int, whole: bool = True
) -> None:
    """Check as `check` does, where `there` is what states the same (see `same`)."""
    if isinstance(event, CaseOpened):
        _check_first(state, event)
        return
    _ = state.case
    check_names(state, event)
    _check_not_voided(there)
    if subject_of(event) is not None:
        _check_registration(state, event, whole=whole)
    if isinstance(event, DocumentRegistered):
        check_published(state, event, now)
    if isinstance(event, Citation):
        _check_citation(state, event, now, whole=whole)
    else:
        _check_act(state, event, now)


def _check_first(state: State, event: CaseOpened) -> None:
    if state.position:
        message = f"this log already holds the case '{state.case.case}'"
        raise Refused(
            message, hint=f"open '{event.case}' in another database: --db {event.case}.db"
        )


def _check_not_voided(thread: Thread | None) -> None:
    """Check that nobody has voided this very statement: taking it again would undo that unseen."""
    if thread is not None and thread.voided:
        message = f"this was recorded as event {thread.seq} ({thread.id}), and voided"
        hint = f"{_correcting(thread.id, [])} restores it; else leave it out"
        raise Refused(message, hint=hint)


def check_names(state: State, event: Event) -> None:
    """Check that what an event names is registered. Raises UnknownName with the nearest names."""
    for name in names_in(event):
        if not state.is_registered(name):
            kind, _, one = name.partition(":")
            message = f"no {kind} '{one}' is registered"
            raise UnknownName(message, hint=_nearest(state, kind, one))


def _nearest(state: State, kind: str, name: str) -> str:
    like = near(name, list(state.all_of(kind)))
    found = f"did you mean {', '.join(repr(one) for one in like)}? else " if like else ""
    return f"{found}register it: habeas add {kind} {name} …"


def _check_registration(state: State, event: Event, *, whole: bool) -> None:
    subject = subject_of(event) or ""
    kind, _, name = subject.partition(":")
    there = state.registering(subject)
    if there is not None:
        thread = state.at(there)
        if thread is None:
            raise Refused(f"the {kind} '{name}' is redacted", hint="choose another id")
        if thread.voided:
            raise Refused(
                f"the {kind} '{name}' was registered before, and voided",
                hint=f"{correct_command(thread.id, thread.event, event)} restores it",
            )
        changed = ", ".join(differing(thread.event, event))
        raise Refused(
            f"the {kind} '{name}' is already registered, with other content ({changed})",
            hint=f"{_mending(thread.id, thread.event, event, whole=whole)} (or choose another id)",
        )
    if isinstance(event, PartyRegistered):
        _check_chain(state, event)


def differing(one: object, other: object) -> tuple[str, ...]:
    """Return the names of the fields in which two events of one type differ, in order of name."""
    before, after = codec.plain(one), codec.plain(other)
    return tuple(name for name in sorted(before | after) if before.get(name) != after.get(name))


def correct_command(target: str, before: object, after: object) -> str:
    """Return the command that turns one event into the other; an absent value is set to nothing."""
    values = codec.plain(after)
    sets = [f"{name}={_typed(values.get(name))}" for name in differing(before, after)]
    return _correcting(target, sets)


def _correcting(target: str, sets: list[str]) -> str:
    return " ".join(
        ["habeas correct", quote(target), *(f"--set {quote(one)}" for one in sets), "--reason '…'"]
    )


def _mending(target: str, before: object, after: object, *, whole: bool) -> str:
    """Return the command that makes what is recorded say what `after` says.

    Unless `after` is the `whole` statement, what it leaves out stays, and so does the stance where
    it is the one that is taken for granted.
    """
    if whole:
        return correct_command(target, before, after)
    old, new = codec.plain(before), codec.plain(after)
    sets = [
        f"{name}={_typed(new[name])}"
        for name in differing(before, after)
        if name in new and not (name in old and (name, new[name]) == _USUAL)
    ]
    return _correcting(target, sets) if sets else f"habeas show {quote(target)} tells what it says"


def _typed(value: object) -> str:
    if isinstance(value, list):
        return ",".join(value)
    return "" if value is None else str(value)


def _check_chain(state: State, event: PartyRegistered) -> None:
    at = event.part_of
    seen = [event.party]
    while at is not None:
        if at in seen:
            chain = " → ".join([*seen, at])
            raise Refused(f"`part_of` runs in a circle: {chain}", hint="leave one `part_of` out")
        seen.append(at)
        at = state.party(at).part_of


def check_published(state: State, event: DocumentRegistered, now: int) -> None:
    """Check that a document's date has a latest bound and does not lie after today."""
    check_public(event.published, event.retrieved, zone_of(state, event), now)


def check_public(published: str, retrieved: str | None, zone: ZoneInfo, now: int) -> None:
    """Check that what was published, and retrieved, on these dates was public by the end of today.

    The dates are of `zone`, and so is today, the day of the instant `now`. Raises Refused.
    """
    text = public_by(published, retrieved)
    end = edtf.parse(text).end_instant(zone)
    if end is None:
        raise Refused(
            f"`published` is '{published}', which has no latest day",
            hint=f'add when it was retrieved: retrieved = "{day_of(now, zone)}"',
        )
    _check_not_after(published, text, now, zone)


def _check_not_after(named: str, text: str, now: int, zone: ZoneInfo) -> None:
    """Check that `text`, which has a latest day, ends by the end of today."""
    parsed, today = edtf.parse(text), day_of(now, zone)
    if (parsed.end_instant(zone) or NEVER) > day_window(today, zone)[1]:
        start = parsed.start_instant(zone)
        if start is not None and start > now:
            hint = "a document is recorded once it is public; check the year"
        else:
            hint = f'say that it was public by today: "[..{today}]", or with its first day'
        raise Refused(f"'{named}' lies, or may lie, after today, {today}", hint=hint)


def _check_citation(state: State, event: Citation, now: int, *, whole: bool) -> None:
    _check_reported(state, event, now)
    thread = state.at(_by_ref(state, event))
    if thread is not None:
        raise Refused(
            f"{event.document}#{event.ref} is already recorded, with other content "
            f"({', '.join(differing(thread.event, event))})",
            hint=_mending(f"{event.document}#{event.ref}", thread.event, event, whole=whole),
        )
    if isinstance(event, ClaimWithdrawn):
        _check_withdrawal(state, event)


def _check_reported(state: State, event: Citation, now: int) -> None:
    if event.reported is None:
        return
    zone = zone_of(state, state.document(event.document))
    if edtf.parse(event.reported).end_instant(zone) is None:
        hint = 'give a latest day, such as "[..2026-01-09]"'
        raise Refused(f"`reported` is '{event.reported}', which has no latest day", hint=hint)
    _check_not_after(event.reported, event.reported, now, zone)


def _check_withdrawal(state: State, event: ClaimWithdrawn) -> None:
    """Check that the claim's own voice, or its document's publisher, takes it back."""
    claim = state.thread(event.claim).event
    if not isinstance(claim, CLAIMS):
        message = f"event {event.claim} is no claim, so no source can withdraw it"
        raise Refused(message, hint=f"habeas void {event.claim} --reason '…'")
    publisher = state.document(claim.document).publisher
    may = {state.voice(claim.origin or publisher), state.voice(publisher)}
    by = event.origin or state.document(event.document).publisher
    if state.voice(by) not in may:
        raise Refused(
            f"'{by}' cannot withdraw what {' or '.join(sorted(may))} said",
            hint="record it as a claim with stance 'denied'",
        )


def _check_act(state: State, event: Event, now: int) -> None:
    match event:
        case EventCorrected():
            _check_correction(state, event, now)
        case EventVoided():
            _check_void(state, event)
        case PersonsMerged(keep=keep, merged=merged, follows=follows):
            _check_newest(state, f"merge:{merged}", follows)
            _check_merge(state, keep, merged)
        case PersonsSeparated(merge=merge, follows=follows):
            _check_separation(state, merge, follows)
        case PartyGraded(party=party, follows=follows):
            _check_newest(state, f"grade:{party}", follows)
        case (
            AccessWithheld(what=what, follows=follows) | AccessDisclosed(what=what, follows=follows)
        ):
            _check_there(state, what)
            _check_newest(state, f"access:{what}", follows)
        case EventRedacted(event=target):
            _check_there(state, f"event:{target}")
        case SnapshotTaken(name=name):
            _check_snapshot(state, name)


def _check_there(state: State, what: str) -> None:
    """Check that an access event, or a redaction, is about something (`kind:id`) in the log."""
    kind, _, name = what.partition(":")
    is_event = kind == "event"
    there = state.place_of(name) if is_event else state.registered(what)
    if not there:
        listed = "" if kind == "event" else f" --type {kind}.registered"
        message = f"no {kind} '{name}' is in the log"
        raise UnknownName(message, hint=f"`habeas log{listed}` lists them")


def _check_snapshot(state: State, name: str) -> None:
    """Check that a snapshot's name is free, and cannot be taken for a date."""
    if state.has_snapshot(name):
        message = f"a snapshot named '{name}' was already taken"
        raise Refused(message, hint="`habeas snapshots` lists them; choose another name")
    if name[0].isdigit():
        message = f"'{name}' begins like a date, so nobody could tell which is meant"
        raise Refused(message, hint=f"begin with a letter, such as 'as-of-{name}'")


def _target(state: State, event_id: str, follows: str) -> Thread:
    thread = state.thread(event_id)
    if thread.newest != follows:
        between = [seq for seq in thread.history if seq > (state.place_of(follows) or 0)]
        came = ", ".join(f"event {seq}" for seq in between)
        raise Stale(
            f"event {event_id} has changed since {follows}: {came or 'it never followed that'}",
            hint=f"read it: habeas show {thread.newest}; then follow it: --follows {thread.newest}",
        )
    return thread


def _check_newest(state: State, thing: str, follows: str | None) -> None:
    newest = state.newest_on(thing)
    if newest != follows:
        _, _, name = thing.partition(":")
        said = f"event {newest} came since" if newest else "there is none before it"
        hint = f"read it: habeas show {newest}; then: --follows {newest}" if newest else None
        raise Stale(f"the act on '{name}' follows {follows or 'nothing'}, but {said}", hint=hint)


def _check_correction(state: State, event: EventCorrected, now: int) -> None:
    thread = _target(state, event.event, event.follows)
    new, old = event.data, thread.event
    if type(new) is not type(old) or event.type != TYPE_OF[type(new)][0]:
        message = f"event {thread.id} is a {thread.type}; a correction keeps its type"
        raise Refused(message, hint="void it, and record the other")
    if subject_of(new) != subject_of(old):
        message = f"the id in {thread.type} never changes ({subject_of(old)})"
        raise Refused(message, hint="register the new one; for persons: habeas merge")
    if new == old and not thread.voided:
        raise Refused(f"event {thread.id} already says that", hint="nothing is to be corrected")
    check_names(state, new)
    _check_replacement(state, thread, new, now)


def _check_replacement(state: State, thread: Thread, new: Event, now: int) -> None:
    if isinstance(new, PartyRegistered):
        _check_chain(state, new)
    if isinstance(new, DocumentRegistered):
        check_published(state, new, now)
    if isinstance(new, Citation):
        _check_reported(state, new, now)
    ref = getattr(new, "ref", None)
    if ref is not None:
        holder = _by_ref(state, new)
        if holder not in {None, thread.seq}:
            message = f"the ref '{ref}' is another claim's (event {holder})"
            raise Refused(message, hint="choose another ref")
    if isinstance(new, ClaimWithdrawn):
        _check_withdrawal(state, new)


def _check_void(state: State, event: EventVoided) -> None:
    thread = _target(state, event.event, event.follows)
    if isinstance(thread.event, CaseOpened):
        raise Refused("a case cannot be voided", hint="correct it, or begin another database")
    if thread.voided:
        hint = f"{_correcting(thread.id, [])} restores it"
        raise Refused(f"event {thread.id} is already voided", hint=hint)
    subject = subject_of(thread.event)
    if subject is not None:
        _check_unnamed(state, subject)


def _check_unnamed(state: State, subject: str) -> None:
    using = sorted(state.using(subject))
    kind, _, name = subject.partition(":")
    if kind == "person" and state.is_merged(name):
        raise Refused(f"the {kind} '{name}' is part of a merge", hint="separate it first")
    if using:
        message = f"the {kind} '{name}' is named by {len(using)} events (event {using[0]} first)"
        raise Refused(message, hint=f"correct or void those first: habeas log --{kind} {name}")


def _check_merge(state: State, keep: str, merged: str) -> None:
    if state.keeper(keep) == state.keeper(merged):
        message = f"'{keep}' and '{merged}' are one already"
        raise Refused(message, hint="`habeas explain` shows the merge")
    into = state.merged_into.get(merged)
    if into is not None:
        message = f"'{merged}' is already merged into '{into}'"
        raise Refused(
            message, hint=f"habeas merge {keep} {into} --reason '…', or separate it first"
        )


def _check_separation(state: State, merge: str, follows: str) -> None:
    act = state.merge(merge)
    if act is None:
        message = f"no merge has the id '{merge}'"
        raise UnknownName(message, hint="`habeas log --type persons.merged` lists the merges")
    _check_newest(state, f"merge:{act.merged}", follows)
    if state.newest_on(f"merge:{act.merged}") != merge:
        raise Refused(f"the merge {merge} is already undone", hint="nothing is to be separated")
