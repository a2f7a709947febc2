"""A person's history, as the claims given tell it, and the answer on any day (design, section 6.7).

It puts the steps of section 6 together and knows no as-of: the claims given are those that count.
A day D is given by its exclusive end; `on` asks what can have begun, and what has ended, by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from habeas.resolve.changes import Change
from habeas.resolve.contradictions import contradicted_or_pending, settle
from habeas.resolve.disputes import disputed, objections, rivals_of
from habeas.resolve.footnotes import items_of, spells_of
from habeas.resolve.labels import Label, label_of, turn_at
from habeas.resolve.order import in_order
from habeas.resolve.spells import Stretch, Turn, stretches
from habeas.resolve.standing import Scales
from habeas.resolve.values import Answer, Replaced, Seqs, Spell
from habeas.resolve.words import UNCONFIRMED, Word, seqs
from habeas.times import EVER, NEVER


class Heard(NamedTuple):
    """All the claims of a history, made ready: the first `number` of a list that may have grown.

    The newest is known at `newest`, and the last moment that one of them names is `horizon`.
    """

    words: Sequence[Word]
    number: int
    newest: int
    horizon: int


class History:
    """What the claims about one person tell, over his whole time.

    Of those `heard` that stand as their voices' latest words, `changes` are what they tell of,
    `sightings` come in order of their day, and `ignorant` are those that say that they do not know;
    `scales` hold the denials, and `replaced` the others, in a list that may yet grow.
    """

    def __init__(
        self,
        heard: Heard,
        changes: Iterable[Change],
        sightings: Sequence[Word],
        ignorant: Sequence[Word],
        replaced: Sequence[Replaced],
        scales: Scales,
    ) -> None:
        self._heard, self.scales = heard, scales
        self._replaced = (replaced, len(replaced))
        self.last_known = heard.newest
        accepted: list[Change] = []
        aside: list[Change] = []
        for change in changes:
            (accepted if change.accepted(scales) else aside).append(change)
        settled = settle(in_order(accepted), sightings, scales)
        self.dropped = settled.dropped
        refuted, pending = contradicted_or_pending([*aside, *settled.weak], settled.line)
        self.stretches = stretches(settled.line, scales)
        self.pending = items_of(pending, scales)
        self.contradicted = items_of([*settled.dropped, *refuted], scales)
        self.unknown = seqs(ignorant)
        self._boundaries: tuple[int, ...] | None = None

    def on(self, end: int) -> Answer:
        """Give the answer on the day that ends, exclusively, at `end`."""
        place = self._spell_at(end)
        if place is None:
            return self._unheard(end)
        stretch = self.stretches[place]
        turn = turn_at(stretch, end, self.scales)
        label = None if turn is None else label_of(turn, stretch, end, self.scales)
        against = self._against(label, turn, stretch)
        first = stretch.turns[0].dated
        return Answer(
            status="unknown" if label is None else label.status,
            custody="unknown" if label is None else stretch.custody,
            since=None if turn is None else turn.dated.shown,
            certainty="certain" if first.end <= end else "possible",
            standing=None if label is None else label.weight.standing,
            vouched=label is not None and label.weight.vouched,
            custody_since=first.shown,
            custody_standing=stretch.weighed(self.scales).standing,
            presumed=None,
            disputes=disputed(label, stretch, end, against),
            last_known=self.last_known,
            support=seqs(_begun(stretch, end)),
            against=seqs(against),
            pending=self.pending,
            contradicted=self.contradicted,
            unknown=self.unknown,
            spell=place,
            end=end,
            history=self,
        )

    @property
    def words(self) -> Sequence[Word]:
        """All the claims."""
        return self._heard.words[: self._heard.number]

    @cached_property
    def replaced(self) -> tuple[Replaced, ...]:
        """The claims that are replaced, by `seq`."""
        replaced, number = self._replaced
        return tuple(sorted(replaced[:number]))

    def turns_after(self, end: int) -> bool:
        """Say whether the answer can be another on a day that ends after `end`."""
        return self._heard.horizon > end and bool(self.boundaries) and self.boundaries[-1] > end

    @property
    def boundaries(self) -> tuple[int, ...]:
        """The ends of D at which the answer can change, ascending.

        From one up to the next, and before the first, `on` gives the same answer for every end.
        """
        if self._boundaries is None:
            moments: set[int] = set()
            for stretch in self.stretches:
                moments.add(stretch.turns[0].dated.end)
                moments.update([turn.dated.start + 1 for turn in stretch.turns])
                moments.update([word.over for word in stretch.words])
                moments.update([word.seen[0] + 1 for word in stretch.words if word.begin is None])
            within = [moment for moment in moments if EVER + 1 < moment < NEVER]
            self._boundaries = tuple(sorted(within))
        return self._boundaries

    def in_force(self, spell: int | None, end: int) -> Seqs:
        """Give the claims of a spell that are not over by `end`, the latest in time first."""
        if spell is None:
            return ()
        force = [
            (word.speaks_until, word.known, word.seq)
            for word in _begun(self.stretches[spell], end)
            if word.over > end
            and word.rank >= UNCONFIRMED
            and (word.begin is not None or word.seen[0] < end)
        ]
        force.sort(reverse=True)
        return tuple(dict.fromkeys([seq for _, _, seq in force]))

    @cached_property
    def spells(self) -> tuple[Spell, ...]:
        """All spells, in order, whatever the day."""
        return spells_of(self.stretches, self.dropped, self.scales)

    @cached_property
    def idle(self) -> Seqs:
        """The claims that bear on nothing."""
        told = {*self.unknown, *(one.seq for one in self.replaced)}
        for item in (*self.pending, *self.contradicted):
            told.update(item.support, item.against)
        for spell in self.spells:
            told.update(spell.support, spell.against)
        return tuple(sorted({word.seq for word in self.words} - told))

    def _spell_at(self, end: int) -> int | None:
        """Give the place of the last spell that can have begun by `end`."""
        for place in range(len(self.stretches) - 1, -1, -1):
            if self.stretches[place].window[0] < end:
                return place
        return None

    def _against(self, label: Label | None, turn: Turn | None, stretch: Stretch) -> list[Word]:
        if label is None or turn is None:
            return []
        if not self.dropped and not self.scales.denials and len(self.stretches) == 1:
            return []
        rivals = rivals_of(stretch, self.stretches, self.dropped)
        return objections(label.status, turn, rivals, self.scales)

    def _unheard(self, end: int) -> Answer:
        """Give the answer where no spell has begun."""
        released = bool(self.words) and all(word.custody == "out" for word in self.words)
        return Answer(
            status="unknown",
            custody="unknown",
            since=None,
            certainty=None,
            standing=None,
            vouched=False,
            custody_since=None,
            custody_standing=None,
            presumed="held" if released else None,
            disputes=(),
            last_known=self.last_known,
            support=(),
            against=(),
            pending=self.pending,
            contradicted=self.contradicted,
            unknown=self.unknown,
            spell=None,
            end=end,
            history=self,
        )


def _begun(stretch: Stretch, end: int) -> Sequence[Word]:
    """Give the claims of the events of a spell that can have begun by `end`."""
    if len(stretch.turns) == 1:
        return stretch.words
    return [word for turn in stretch.turns if turn.dated.start < end for word in turn.words]
