"""The answer about one person, as JSON values: the roster's row, and the whole story.

Windows become EDTF text here, in the case's zone; `seq`s become evidence. Everything `resolve` set
aside is in the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from habeas import resolve, times
from habeas.log import counting
from habeas.projections import evidence
from habeas.projections.believed import who_spoke
from habeas.vocabulary import DETAIL, UNLISTED

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from habeas.log import State, Thread
    from habeas.projections.evidence import Evidence
    from habeas.projections.question import Question
    from habeas.times import Window

Cite = Callable[["State", "Thread"], Any]
Who = Callable[[Any], Any]


class Told(NamedTuple):
    """A person's evidence, known by `end` (µs, exclusive), and the answer it gives."""

    person: str
    end: int
    evidence: Evidence
    answer: resolve.Answer


def told(state: State, person: str, question: Question) -> Told | None:
    """Return what was known of a person; None where no claim of him was known by then."""
    found = evidence.gather(state, person, question.as_of.end, question.rules)
    return None if found is None else judged(state, found, question)


def judged(state: State, found: Evidence, question: Question) -> Told:
    """Return a person's evidence with the answer it gives."""
    history = resolve.resolve(found.claims, question.rules)
    answer = history.on(question.day_end(state))
    return Told(person=found.persons[0], end=question.as_of.end, evidence=found, answer=answer)


def row(
    state: State, one: Told, cite: Cite = evidence.cite, who: Who | None = None
) -> dict[str, Any]:
    """Return a person's answer as the JSON of `status` gives it.

    `cite` tells what is shown of a claim, and `who` what is left of that where only who spoke is.
    """
    answer, write = one.answer, _Writer(state, one.evidence, cite)
    return {
        "person": one.person,
        "name": state.person(one.person).name,
        "status": answer.status,
        "custody": answer.custody,
        "since": write.window(answer.since, answer.support),
        "certainty": answer.certainty,
        "standing": answer.standing,
        "vouched": answer.vouched,
        "custody_since": write.window(answer.custody_since, answer.support),
        "custody_standing": answer.custody_standing,
        "presumed": answer.presumed,
        "contested": answer.contested,
        "disputes": list(answer.disputes),
        "place": write.place(answer),
        "last_known_at": times.instant_text(one.evidence.last_known - 1),
        "support": write.claims(answer.support),
        "against": write.claims(answer.against),
        "pending": [write.item(item) for item in answer.pending],
        "contradicted": [write.item(item) for item in answer.contradicted],
        "unknown": [(who or who_spoke)(claim) for claim in write.claims(answer.unknown)],
    }


def story(state: State, one: Told, cite: Cite = evidence.cite) -> dict[str, Any]:
    """Return a person's answer with his spells, details, and what was replaced or not counted."""
    answer, write = one.answer, _Writer(state, one.evidence, cite)
    return row(state, one, cite) | {
        "before": None if answer.before is None else write.spell(answer.before),
        "spells": _spells(answer, write),
        "replaced": [write.replaced(item) for item in answer.replaced],
        "not_counted": write.claims(one.evidence.ungraded),
        "details": _details(state, one.evidence, cite),
        "remarks": _remarks(state, one, cite),
        "merged": list(one.evidence.persons[1:]),
        "aliases": list(_aliases(state, one)),
        **_unlisted(state, one.evidence, cite),
    }


OFF_THE_LIST: Final = "no longer on the list"
"""What is shown as the text of a row that is gone from a list."""


class _Writer(NamedTuple):
    """Writes the parts of an answer as JSON values."""

    state: State
    evidence: Evidence
    cite: Cite

    def window(self, window: Window | None, support: Iterable[int]) -> str | None:
        """Return a window as EDTF, in the zone in which it is made of whole days."""
        if window is None:
            return None
        return window_text(window, times.zone(self.state.case.timezone), self._zones(support))

    def _zones(self, support: Iterable[int]) -> Iterator[ZoneInfo]:
        for seq in support:
            document = self.state.document(self.evidence.threads[seq].event.document)
            yield counting.zone_of(self.state, document)

    def claims(self, seqs: Iterable[int]) -> list[dict[str, Any]]:
        """Return claims as evidence, in the order of the log."""
        return [self.cite(self.state, self.evidence.threads[seq]) for seq in sorted(seqs)]

    def item(self, item: resolve.Item) -> dict[str, Any]:
        """Return what is told of but does not count."""
        written = {
            "status": item.status,
            "custody": item.custody,
            "since": self.window(item.since, item.support),
            "standing": item.standing,
            "support": self.claims(item.support),
        }
        return written | ({"against": self.claims(item.against)} if item.against else {})

    def spell(self, spell: resolve.Spell) -> dict[str, Any]:
        """Return one stretch of custody."""
        return {
            "status": spell.status,
            "custody": spell.custody,
            "since": self.window(spell.since, spell.support),
            "until": self.window(spell.until, ()),
            "standing": spell.standing,
            "disputes": list(spell.disputes),
            "support": self.claims(spell.support),
            "against": self.claims(spell.against),
            "events": [self.event(event) for event in spell.events],
        }

    def event(self, event: resolve.Event) -> dict[str, Any]:
        """Return one thing that happened; `reported` is False where only a sighting implies it."""
        return {
            "status": event.status,
            "since": self.window(event.window, event.support),
            "dates": [self.window(date, event.support) for date in event.dates],
            "standing": event.standing,
            "reported": not event.opened,
            "support": self.claims(event.support),
            "sightings": self.claims(event.sightings),
            "against": self.claims(event.against),
        }

    def replaced(self, item: resolve.Replaced) -> dict[str, Any]:
        """Return a claim set aside by its own voice, with what set it aside and why."""
        threads = self.evidence.threads
        shown: dict[str, Any] = self.cite(self.state, threads[item.seq])
        return shown | {
            "replaced_by": threads[item.by].id,
            "reason": item.reason,
        }

    def place(self, answer: resolve.Answer) -> str | None:
        """Return the place of the claim in force that speaks latest in the world and names one."""
        for seq in answer.in_force:
            place: str | None = getattr(self.evidence.threads[seq].event, "place", None)
            if place is not None:
                return place
        return None


def _spells(answer: resolve.Answer, write: _Writer) -> list[dict[str, Any]]:
    """Return the spells, each with the status that it ended with, or still has.

    An event's own status is the finest it tells of, even where that has ended within the spell:
    held incommunicado for a year, and detained all the while.
    """
    spells = [write.spell(spell) for spell in answer.spells]
    for place, (spell, told) in enumerate(zip(spells, answer.spells, strict=True)):
        last = answer.history.on(times.NEVER if told.until is None else told.until[0])
        if last.spell == place and last.status != "unknown":
            spell["status"] = last.status
            for event, happened in zip(spell["events"], told.events, strict=True):
                if happened.window == last.since:
                    event["status"] = last.status
    return spells


def window_text(window: Window, own: ZoneInfo, others: Iterable[ZoneInfo]) -> str:
    """Return a window as EDTF, in the first zone in which it is made of whole days; else in `own`.

    `own` is asked first.
    """
    text = text_of_days(window, own)
    if text is None:
        texts = (text_of_days(window, zone) for zone in others)
        text = next((text for text in texts if text is not None), None)
    return times.window_text(window, own) if text is None else text


@lru_cache(maxsize=65_536)
def text_of_days(window: Window, zone: ZoneInfo) -> str | None:
    """Return a window as EDTF if both sides are midnights of a zone, or have no bound."""
    whole = all(
        edge in {times.EVER, times.NEVER}
        or times.day_window(times.day_of(edge, zone), zone)[0] == edge
        for edge in window
    )
    return times.window_text(window, zone) if whole else None


def _details(state: State, found: Evidence, cite: Cite) -> list[dict[str, Any]]:
    """Return what else is said of a person, by key, in the order of the log."""
    said = [one for one in found.threads.values() if one.type == DETAIL]
    said.sort(key=lambda one: (one.event.key, one.seq))
    return [{"key": one.event.key, "value": one.event.value} | cite(state, one) for one in said]


def _unlisted(state: State, found: Evidence, cite: Cite) -> dict[str, list[dict[str, Any]]]:
    """Return who no longer carries a person on a list, in the order of the log, if anybody."""
    said = sorted(seq for seq, one in found.threads.items() if one.type == UNLISTED)
    told = [{"text": OFF_THE_LIST} | cite(state, found.threads[seq]) for seq in said]
    return {"unlisted": told} if told else {}


def _remarks(state: State, one: Told, cite: Cite) -> list[dict[str, Any]]:
    """Return the remarks about a person that count, in the order of the log."""
    seqs = {seq for person in one.evidence.persons for seq in state.remarks_on.get(person, ())}
    threads = (state.threads[seq] for seq in sorted(seqs))
    return [
        {"text": thread.event.text} | cite(state, thread)
        for thread in threads
        if counting.counts(state, thread, one.end)
    ]


def _aliases(state: State, one: Told) -> Iterable[str]:
    """Return the other names of a person: aliases, and the names of those merged with him."""
    first, *others = one.evidence.persons
    names = [*state.person(first).aliases]
    for other in others:
        names += [state.person(other).name, *state.person(other).aliases]
    return dict.fromkeys(names)
