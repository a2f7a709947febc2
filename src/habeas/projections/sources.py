"""Sources: what became of each voice's and each document's claims, and how early they came.

Voices are roots of `part_of`: all who speak for one are one row. It grades nobody; what a reader
makes of the numbers is for a `party.graded`. Claims of all kinds are counted, but only those of a
status have an outcome, and only those with a stated beginning a lag from event to report. Each of a
status has one outcome, or is withdrawn (`status_withdrawn`): these add up to `status_claims`.
`withdrawn`, `corrected` and `claims` are of all kinds. A denial is told as one, and not judged.

Lags are whole days of the case's zone; of several the median is given (of two the lower). From
event to report it is a range, since dates are; its `most` is None where half or more have none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from statistics import median_low
from typing import Any, Final
from zoneinfo import ZoneInfo

from attrs import frozen

from habeas import times, when
from habeas.events import Claim, StatusClaimed
from habeas.log import State, Thread, counting
from habeas.projections import fates, person
from habeas.projections.fates import Fate
from habeas.projections.person import Told
from habeas.projections.question import Question
from habeas.projections.relays import relays
from habeas.projections.roster import everybody
from habeas.projections.tallies import tally
from habeas.projections.where import fits

OPEN: Final = frozenset({"reported", "disputed", "pending"})
"""Outcomes that further claims may still change."""

Recorded = Mapping[int, int]
"""When events were recorded (µs), by `seq`; those that are not in it have no lag to the record."""


@frozen(kw_only=True)
class _Told:
    """All that was claimed by then, and what became of it."""

    state: State
    claims: tuple[tuple[Thread, Claim], ...]
    outcomes: Mapping[int, str]
    first: frozenset[int]
    withdrawn: frozenset[int]
    recorded: Recorded
    zone: ZoneInfo


def sources(state: State, question: Question, recorded: Recorded) -> dict[str, Any]:
    """Return the voices and the documents, in the order of their ids, and who relays whom.

    Where the question chooses rows: by the claims about the persons that fit.
    """
    told = _told(state, question, recorded)

    def voice_of(claim: Claim) -> str:
        return state.voice(counting.origin_of(state, claim))

    return {
        "voices": [
            _voice(told, voice, claims) for voice, claims in _by(told.claims, voice_of).items()
        ],
        "documents": [
            _document(told, document, claims)
            for document, claims in _by(told.claims, lambda claim: claim.document).items()
        ],
        "relays": relays(state, told.claims),
    }


def _told(state: State, question: Question, recorded: Recorded) -> _Told:
    those = (one for one in everybody(state, question) if _fits(state, one, question))
    everyone = [(one, fates.fates(one)) for one in those]
    about = {seq for one, _ in everyone for seq in one.evidence.threads}
    end = question.as_of.end
    claims = tuple(
        (thread, event)
        for thread, event in state.claims()
        if counting.known_at(state, event) <= end and (not question.where or thread.seq in about)
    )
    return _Told(
        state=state,
        claims=claims,
        outcomes={seq: fate.outcome for _, became in everyone for seq, fate in became.items()},
        first=frozenset(seq for one, became in everyone for seq in _first(state, one, became)),
        withdrawn=frozenset(
            thread.seq for thread, _ in claims if not counting.counts(state, thread, end)
        ),
        recorded=recorded,
        zone=times.zone(state.case.timezone),
    )


def _fits(state: State, one: Told, question: Question) -> bool:
    return not question.where or fits(state, one, person.row(state, one), question.where)


def _first(state: State, one: Told, became: Mapping[int, Fate]) -> Iterator[int]:
    """Yield the claims that were the first to tell of an event; several, if on one day.

    Also those that their own voice has told again since.
    """
    threads = one.evidence.threads
    again = [
        item.seq
        for item in one.answer.replaced
        if item.reason != "ended" and threads[item.seq].event.stance != "expected"
    ]
    for spell in one.answer.spells:
        for event in spell.events:
            among = fates.behind(event)
            told = {*event.support, *(seq for seq in again if became[seq].among == among)}
            known = {seq: counting.known_at(state, threads[seq].event) for seq in told}
            yield from (seq for seq, at in known.items() if at == min(known.values()))


def _by(
    claims: Iterable[tuple[Thread, Claim]], key: Callable[[Claim], str]
) -> dict[str, list[tuple[Thread, Claim]]]:
    found: dict[str, list[tuple[Thread, Claim]]] = {}
    for thread, event in claims:
        found.setdefault(key(event), []).append((thread, event))
    return dict(sorted(found.items()))


def _voice(told: _Told, voice: str, claims: Sequence[tuple[Thread, Claim]]) -> dict[str, Any]:
    state = told.state
    party = state.party(voice)
    publishers = {state.voice(state.document(event.document).publisher) for _, event in claims}
    return {
        "voice": voice,
        "name": party.name,
        "kind": party.kind,
        "grade": state.grade(voice),
        "parties": sorted({counting.origin_of(state, event) for _, event in claims}),
        "read_in": sorted({event.document for _, event in claims}),
        "relayed_by": sorted(publishers - {voice}),
        **_became(told, claims),
    }


def _document(told: _Told, document: str, claims: Sequence[tuple[Thread, Claim]]) -> dict[str, Any]:
    state = told.state
    registered = state.document(document)
    origins = {state.voice(counting.origin_of(state, event)) for _, event in claims}
    return {
        "document": document,
        "title": registered.title,
        "publisher": registered.publisher,
        "published": registered.published,
        "voices": sorted(origins),
        **_became(told, claims),
    }


def _became(told: _Told, claims: Sequence[tuple[Thread, Claim]]) -> dict[str, Any]:
    """Return how many claims there are, what became of them, and how early they were."""
    state, seqs = told.state, [thread.seq for thread, _ in claims]
    of_status = [thread.seq for thread, event in claims if isinstance(event, StatusClaimed)]
    standing = [seq for seq in of_status if seq not in told.withdrawn]

    def having(*outcomes: str) -> dict[str, Any]:
        return tally(state, (seq for seq in standing if told.outcomes.get(seq) in outcomes))

    return {
        "claims": tally(state, seqs),
        "status_claims": tally(state, of_status),
        "confirmed": having("confirmed"),
        "contradicted": having("contradicted"),
        "open": having(*sorted(OPEN)),
        "replaced": having("replaced"),
        "denial": having("denial"),
        "unknown": having("unknown"),
        "idle": having("idle"),
        "not_counted": having("not counted"),
        "status_withdrawn": tally(state, (seq for seq in of_status if seq in told.withdrawn)),
        "withdrawn": tally(state, (seq for seq in seqs if seq in told.withdrawn)),
        "corrected": tally(state, (thread.seq for thread, _ in claims if len(thread.history) > 1)),
        "first": tally(state, (seq for seq in seqs if seq in told.first)),
        "days_to_report": _days_to_report(told, claims),
        "days_to_record": _days_to_record(told, claims),
    }


def _days_to_report(told: _Told, claims: Iterable[tuple[Thread, Claim]]) -> dict[str, Any] | None:
    """Return the median lag from what is told to when it was public; None where none has one."""
    lags = {
        thread.seq: lag
        for thread, event in claims
        if isinstance(event, StatusClaimed) and (lag := _lag(told, event)) is not None
    }
    if not lags:
        return None
    mosts = [most for _, most in lags.values()]
    unknown = max((most for most in mosts if most is not None), default=0) + 1
    most = median_low([unknown if one is None else one for one in mosts])
    return {
        "least": median_low([least for least, _ in lags.values()]),
        "most": None if most == unknown else most,
        "claims": tally(told.state, lags),
    }


def _lag(told: _Told, event: StatusClaimed) -> tuple[int, int | None] | None:
    """Return the days from the last and the first day of a beginning to when it was told."""
    zone = counting.zone_of(told.state, told.state.document(event.document))
    begin = when.read(event.when, zone).begin
    if begin is None or event.stance == "expected":
        return None
    first, last = times.first_and_last_day(begin, zone)
    day = times.day_of(counting.known_at(told.state, event) - 1, told.zone)
    least = 0 if last is None else max((day - last).days, 0)
    return least, None if first is None else max((day - first).days, 0)


def _days_to_record(told: _Told, claims: Iterable[tuple[Thread, Claim]]) -> dict[str, Any] | None:
    """Return the median lag from when something was public to when it was recorded."""
    lags = {
        thread.seq: _days_between(told, counting.known_at(told.state, event), thread.seq)
        for thread, event in claims
        if thread.seq in told.recorded
    }
    if not lags:
        return None
    return {"median": median_low(list(lags.values())), "claims": tally(told.state, lags)}


def _days_between(told: _Told, known: int, seq: int) -> int:
    recorded = times.day_of(told.recorded[seq], told.zone)
    return max((recorded - times.day_of(known - 1, told.zone)).days, 0)
