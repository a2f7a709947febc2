"""What comes out: the answer on a day, and the spells, events and items it is made of.

No texts of dates and no sources: windows and the `seq`s of claims, which projections turn into EDTF
and names. All windows are half-open, `[start, end)`, and printed as said (never cut at `known`).
Where something is a tuple of `seq`s it is in ascending order, each once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Protocol

    from habeas.times import Window

    class Telling(Protocol):
        """What an answer asks its history for, when it is asked itself."""

        def on(self, end: int) -> Answer:
            """Give the answer on the day that ends, exclusively, at `end`."""

        def in_force(self, spell: int | None, end: int) -> Seqs:
            """Give the claims of a spell that are not over by `end`, the latest in time first."""

        @property
        def replaced(self) -> tuple[Replaced, ...]:
            """The claims that are replaced, by `seq`."""

        @property
        def spells(self) -> tuple[Spell, ...]:
            """All spells, in order."""

        @property
        def idle(self) -> Seqs:
            """The claims that bear on nothing."""


Seqs = tuple[int, ...]


class Event(NamedTuple):
    """One thing that happened in a spell: a change that stands, or several with a disputed date.

    `window` is when it began. `dates` holds the windows of all its changes, more than one only
    when the date is disputed. `support` are the claims that tell of its beginning, `sightings`
    those that only saw it hold, `against` the denials. `opened`: nobody told of a beginning, a
    sighting implies it; `window` then runs from the change before it to the day of the sighting.
    """

    status: str
    custody: str
    window: Window
    dates: tuple[Window, ...]
    standing: str
    opened: bool
    support: Seqs
    sightings: Seqs
    against: Seqs


class Spell(NamedTuple):
    """A stretch of one custody, as far as all the claims given tell, whatever the day asked for.

    `since` is the window of its first event. `until` is None while nothing ends it; else the
    window in which it ended: the beginning of the next spell, the stated end of its own claims,
    or, where the end is not known, all the time it may have been. `standing` counts all its
    claims, `status` is that of its last event. `support` and `against` hold the claims of all
    events.
    """

    status: str
    custody: str
    since: Window
    until: Window | None
    standing: str
    disputes: tuple[str, ...]
    support: Seqs
    against: Seqs
    events: tuple[Event, ...]


class Item(NamedTuple):
    """A change that is told of but does not count: pending, or contradicted.

    `since` is its window, `support` every claim that tells of it or saw it, `against` the denials.
    """

    status: str
    custody: str
    since: Window
    standing: str
    support: Seqs
    against: Seqs


class Replaced(NamedTuple):
    """A claim set aside by a voice's own other word (design, section 6.1).

    `reason` is one of `later word` (both cannot stand, the later one does), `repeat` (it adds
    nothing to what the voice has said before), `denied` (the voice denies it now, or no longer
    knows) and `ended` (closed: the voice has since told of the end; the claim still counts, with
    that end).
    """

    seq: int
    by: int
    reason: str


class Answer(NamedTuple):
    """What was the case on day D, as the claims given tell it.

    Null where there is no spell by then: `since`, `certainty`, `standing`, `custody_since`,
    `custody_standing`. `certainty` is `certain` or `possible`. `presumed` is `held` when there is
    no spell by then and all that is known of the person is of a release. `support` are the claims
    of the spell as far as it has come; `against` the denials of the status and the losing claims of
    another custody that speak of the same time or later. `unknown` are the claims whose voice
    says that it does not know, `replaced` those set aside by their own voice. `last_known` is the
    instant (µs, exclusive end of its reported interval) of the newest claim of any kind; EVER if
    there is none.

    `replaced`, `in_force`, `spells`, `before` and `idle` are told when asked for: whole replays do
    not ask.
    Every claim given is in `support`, `against`, `pending`, `contradicted`, `unknown`, `replaced`,
    `idle` or one of the `spells`.
    """

    status: str
    custody: str
    since: Window | None
    certainty: str | None
    standing: str | None
    vouched: bool
    custody_since: Window | None
    custody_standing: str | None
    presumed: str | None
    disputes: tuple[str, ...]
    last_known: int
    support: Seqs
    against: Seqs
    pending: tuple[Item, ...]
    contradicted: tuple[Item, ...]
    unknown: Seqs
    spell: int | None
    end: int
    history: Telling

    def __eq__(self, other: object) -> bool:
        """Say whether both tell the same; from which history is all one."""
        same = isinstance(other, Answer) and self[:-2] == other[:-2]
        return same and self.replaced == other.replaced  # type: ignore[attr-defined]

    def __ne__(self, other: object) -> bool:
        """Say whether they differ: a tuple has its own word for it."""
        return not self == other

    def __hash__(self) -> int:
        """Return the same number for those that are equal."""
        return hash(self[:-2])

    @property
    def contested(self) -> bool:
        """Whether there is a dispute."""
        return bool(self.disputes)

    @property
    def replaced(self) -> tuple[Replaced, ...]:
        """The claims set aside by their own voice, by `seq`."""
        return self.history.replaced

    @property
    def in_force(self) -> Seqs:
        """The claims of `support` that are not over, the one that speaks latest first."""
        return self.history.in_force(self.spell, self.end)

    @property
    def place_claim(self) -> int | None:
        """The claim in force that speaks latest in the world; whether it names a place or not."""
        return next(iter(self.in_force), None)

    @property
    def spells(self) -> tuple[Spell, ...]:
        """All spells, in order; the answer is of the one at `spell`."""
        return self.history.spells

    @property
    def before(self) -> Spell | None:
        """The spell before a `possible` one: it may not have ended yet."""
        if self.certainty != "possible" or not self.spell:
            return None
        return self.spells[self.spell - 1]

    @property
    def idle(self) -> Seqs:
        """The claims that bear on nothing: denials of what nobody tells, say."""
        return self.history.idle
