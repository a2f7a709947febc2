"""Spells and their events (design, section 6.6): what stands, told as stretches of one custody.

It knows no day: which spell and which event hold on a day is `answer`'s matter. A `Turn` is an
event and a `Stretch` a spell with all that they were made of; `values` has what is handed out.

Readings, where the text leaves two:

- Neighbours are compared one with the next, also within an event of several dates; a change that a
  sighting opened stands between them.
- Two dates are as far apart as the last day of the one window is from the first of the other
  (both cut at `known`: cases 27, 119); a month is counted as the days it has.
- A spell begins when the change that dates its first event does (case 119).
"""

from __future__ import annotations

from collections.abc import Iterable

from habeas.resolve.changes import Change
from habeas.resolve.standing import Scales, Weight
from habeas.times import MICROS_PER_DAY, Window


class Turn:
    """An event: one change, or several that tell of the same with dates that do not meet.

    `dated` is the change that gives the date; `told` are the claims of all its beginnings, `words`
    all its claims.
    """

    __slots__ = ("changes", "dated", "told", "words")

    def __init__(self, change: Change) -> None:
        self.changes, self.dated = [change], change
        self.told, self.words = change.told, change.words

    def add(self, change: Change, scales: Scales) -> None:
        """Take in a change that tells of the same event; the strongest dates it, or the later."""
        self.changes.append(change)
        self.told = self.told + change.told
        self.words = self.words + change.words
        if change.weighed(scales)[:2] >= self.dated.weighed(scales)[:2]:
            self.dated = change


class Stretch:
    """A spell: events of one custody, in order; `words` are the claims of them all."""

    __slots__ = ("custody", "turns", "weight", "words")

    def __init__(self, custody: str, turn: Turn) -> None:
        self.custody, self.turns, self.words = custody, [turn], turn.words
        self.weight: Weight | None = None

    def add(self, turn: Turn) -> None:
        """Let the spell go on with an event."""
        self.turns.append(turn)
        self.words = self.words + turn.words

    def add_date(self, change: Change, scales: Scales) -> None:
        """Take in another date of the last event."""
        self.turns[-1].add(change, scales)
        self.words = self.words + change.words

    @property
    def window(self) -> Window:
        """The window of its beginning, cut at `known`."""
        return self.turns[0].dated.window

    def weighed(self, scales: Scales) -> Weight:
        """Weigh all its claims, and the denials of all it asserts that meet its beginning; once."""
        if self.weight is None:
            first = self.turns[0].dated
            alone = len(self.words) == len(first.words)
            self.weight = first.weighed(scales) if alone else scales.weigh(self.words, self.window)
        return self.weight


def stretches(line: Iterable[Change], scales: Scales) -> list[Stretch]:
    """Tell the changes that stand, in their order, as spells of events."""
    told: list[Stretch] = []
    previous: Change | None = None
    for change in line:
        if previous is None or previous.custody != change.custody:
            told.append(Stretch(change.custody, Turn(change)))
        elif not _begins_again(previous, change, scales.carries):
            told[-1].add(Turn(change))
        elif days_apart(previous, change) < scales.same_event_days:
            told[-1].add_date(change, scales)
        else:
            told.append(Stretch(change.custody, Turn(change)))
        previous = change
    return told


def _begins_again(previous: Change, change: Change, carries: int) -> bool:
    """Say whether asserting claims of two neighbours state the same status."""
    return not previous.stated(carries).isdisjoint(change.stated(carries))


def days_apart(earlier: Change, later: Change) -> int:
    """Count the days from the last day of one window to the first of a later one."""
    between = later.start - earlier.end
    return (between + MICROS_PER_DAY // 2) // MICROS_PER_DAY + 1
