"""What is said of one person as it is kept beside his answers, for who asks of many persons.

`recounted` reads it back from two texts, and the log need not be read. What no text holds is asked
of `others`, who read the log when they are asked: whose word that of those is who hold the person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from habeas.log import State
from habeas.log.sayings import Party, Sayings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from habeas.log.nearby import Recalled
    from habeas.log.sayings import Saying


class Retold(Sayings):
    """What is said of one person who is nobody else too, and of whom no claim was taken back.

    It tells of no grades, and of no other person.
    """

    def __init__(self, known: Recalled, others: Sayings) -> None:
        super().__init__(State())
        self._told, self._others = known, others
        self.dated = known.dated

    @property
    def zone(self) -> ZoneInfo:
        """The case's zone."""
        return self._others.zone

    def group(self, person: str) -> tuple[str, ...]:
        """Return the person: he is one with nobody."""
        return (person,)

    def of(self, person: str) -> list[Saying]:  # noqa: ARG002 - it answers for one
        """Return the claims about him, by `seq`."""
        return self._told.said

    def party(self, name: str) -> Party:
        """Return a party that speaks of him: as what it counts."""
        return Party(self._told.voices[name].kind, None, (self._told.person,))

    def voice(self, party: str) -> str:
        """Return the root of a party's `part_of` chain."""
        known = self._told.voices.get(party)
        return self._others.voice(party) if known is None else known.voice

    def taken_back(self, claim: int) -> Iterator[tuple[int, int]]:  # noqa: ARG002 - whichever it is
        """Yield nothing: none of the claims was taken back."""
        yield from ()
