"""One person's answer from what is kept of the claims about him, so that the log is not read.

Two texts are kept beside the answers: `recounted` writes them, and says what they hold. Here they
are read as `projections.person` needs them, without the classes of events. What they do not hold
(details, remarks, other names) is asked of who reads the log.

A claim that was taken back has a second instant after that from which it is known. Where there is
such a claim, the second text begins with a line of its own (`TAKEN_BACK`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from habeas.log import counting
from habeas.log.plain import Plain, Thread
from habeas.projections.evidence import Evidence
from habeas.resolve import Claim
from habeas.times import EVER, NEVER
from habeas.vocabulary import STATUS
from habeas.when import When, WhenKind

if TYPE_CHECKING:
    from habeas.times import Window

TAKEN_BACK: Final = "-"
"""The first line of the second text, where claims were taken back."""

FORMS: Final[tuple[WhenKind, ...]] = (
    *("began", "still", "ended", "ended_unknown", "ended_only", "held_on", "absent"),
)
"""The kinds of `When`, each by its place."""

HOUR: Final = 3_600_000_000
"""An hour, in µs."""


class Shown(NamedTuple):
    """What is shown of a claim of status: an event, as far as answers ask of one."""

    document: str
    origin: str
    stance: str
    status: str
    when: str | None
    place: str | None
    authority: str | None


class Party(NamedTuple):
    """A party, as what it counts where nobody is said to hold the person."""

    kind: str
    of: tuple[str, ...]


_Dated = tuple[int, str, str, str, int, int | None, When, "Window | None"]
"""A claim of status but for its party: seq, origin, status, stance, known, said, when, seen."""


class Said:
    """The claims about a person that count at one time, as they are kept.

    `threads` are those of status, by `seq`; `others` the `seq`s of all others. `voices` holds the
    voice of each who made one of status, `authorities` those who are said to hold the person, and
    `zones` the zone of each document, None for the case's. `last_known` is the greatest instant
    from which one is known.
    """

    def __init__(self, person: str) -> None:
        self.threads: dict[int, Thread] = {}
        self.others: list[int] = []
        self.voices: dict[str, str] = {}
        self.authorities: set[str] = set()
        self.zones: dict[str, str | None] = {}
        self.last_known = EVER
        self._person = person
        self._kinds: dict[str, str] = {}
        self._dated: list[_Dated] = []

    def party(self, name: str) -> Party:
        """Return a party that made a claim of status."""
        return Party(self._kinds[name], (self._person,))

    def voice(self, party: str) -> str:
        """Return the voice of such a party."""
        return self.voices[party]

    def read(self, cited: str, rest: str, end: int) -> None:
        """Read the two texts; what is not known by `end`, or was taken back by then, is left out.

        Raises ValueError, IndexError or StopIteration for other texts.
        """
        shown = iter(cited.split("\n"))
        instants: dict[str, int] = {}
        windows: dict[str, Window | None] = {"": None}
        lines = rest.split("\n") if rest else []
        for line in lines[1:] if lines[:1] == [TAKEN_BACK] else lines:
            values = line.split("\t")
            of_status = len(values) > 2  # noqa: PLR2004 - all others have `seq` and `known`
            about = next(shown) if of_status else ""
            known = instants.get(values[1])
            if known is None:
                known = instants[values[1]] = _counted_from(values[1], end)
            if known > end:
                continue
            self.last_known = max(self.last_known, known)
            if of_status:
                self._take(about.split("\t"), values, known, windows)
            else:
                self.others.append(int(values[0]))

    def _take(
        self, cited: list[str], rest: list[str], known: int, windows: dict[str, Window | None]
    ) -> None:
        _, id_, voice, origin, document, stance, status, stated = cited
        first, _, said, kind, zone, place, authority, form, begin, end, seen = rest
        for text in (begin, end, seen):
            if text not in windows:
                windows[text] = span(text)
        seq, when, held_by = int(first), stated or None, authority or None
        event: Any = Shown(document, origin, stance, status, when, place or None, held_by)
        self.threads[seq] = Thread(seq, id_, STATUS, event)
        self.voices[origin], self._kinds[origin] = voice, kind
        self.zones[document] = zone or None
        if held_by is not None:
            self.authorities.add(held_by)
        dates = When(when, windows[begin], windows[end], FORMS[int(form)])
        told = at(said) if said else None
        self._dated.append((seq, origin, status, stance, known, told, dates, windows[seen]))

    def claims(self, held_by: frozenset[str]) -> list[Claim]:
        """Return the claims of status, by `seq`, where these voices hold the person."""
        persons, voices = (self._person,), self.voices
        kinds = {one: counting.kind_for(self, one, persons, held_by) for one in voices}
        return [
            Claim(seq, voices[one], kinds[one], status, stance, known, told, dates, seen)
            for seq, one, status, stance, known, told, dates, seen in self._dated
        ]


Beside = Callable[[Collection[int], Collection[str], Collection[str]], Plain | None]
"""Reads what `log.reading.beside` does, of some claims, parties, and parties known."""


def told(
    person: str, texts: tuple[str, str], end: int, beside: Beside
) -> tuple[Plain, Evidence | None] | None:
    """Return what is said of a person by an end, and his evidence if there is any.

    None where the log has to be read, or there are no such texts.
    """
    said = Said(person)
    try:
        said.read(*texts, end)
    except (ValueError, IndexError, StopIteration):
        return None
    plain = beside(said.others, said.authorities, said.voices)
    if plain is None:
        return None
    plain.know(said.voices, said.zones)
    return plain, _evidence(person, said, plain)


def _evidence(person: str, said: Said, plain: Plain) -> Evidence | None:
    """Return the evidence on a person; None where nothing was known of him."""
    threads: dict[int, Any] = {**said.threads}
    threads.update((seq, plain.threads[seq]) for seq in said.others)
    if not threads:
        return None
    claims = said.claims(frozenset(map(plain.voice, said.authorities)))
    return Evidence((person,), threads, tuple(claims), (), said.last_known)


def _counted_from(text: str, end: int) -> int:
    """Return from when on a claim is known; NEVER where it was taken back by `end`."""
    known, _, until = text.partition(" ")
    return NEVER if until and at(until) <= end else at(known)


def at(text: str) -> int:
    """Return an instant."""
    return int(text[:-1]) if text[-1] == "u" else int(text) * HOUR


def span(text: str) -> Window | None:
    """Return a window; None where none is stated."""
    if not text:
        return None
    start, end = text.split(" ")
    return at(start), at(end)
