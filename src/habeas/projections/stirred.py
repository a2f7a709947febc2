"""Which reported numbers belong to a series that can have moved between two as-of ends.

A series is moved by what was told of it between, and by what was taken back: so the dates of all
numbers are read, but of those that neither moved nor were corrected nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, cast

from habeas.events import TYPE_OF, CountClaimed
from habeas.log import State, closure, counting
from habeas.log.quoting import Quoting
from habeas.log.remembering import Foreseeing
from habeas.projections.series import Key, key_of
from habeas.times import Window

if TYPE_CHECKING:
    from habeas.log.sayings import Shelf

_COUNT: Final = TYPE_OF[CountClaimed][0]

_Told = tuple[int, Key, tuple[int | None, ...]]
"""A number's `seq`, its series, and from when on it is known, and taken back."""


def stirred(shelf: Shelf, ends: Window) -> set[int]:
    """Return the claims of all series of which one was known, or taken back, in `(after, upto]`.

    By `seq`, at the head of the log; voided ones are left out.
    """
    after, upto = ends
    told = list(_told(shelf))
    moved = {
        key
        for _, key, moments in told
        if any(moment is not None and after < moment <= upto for moment in moments)
    }
    return {seq for seq, key, _ in told if key in moved}


def _told(shelf: Shelf) -> Iterator[_Told]:
    """Yield all numbers that are told, and not voided."""
    quoting = Quoting(shelf)
    plain = quoting.kept_up(_COUNT)
    as_state = cast("State", quoting)
    for seq, one in plain.items():
        known = counting.known_at(as_state, cast("CountClaimed", one.event))
        yield seq, _key(as_state, one.event), (known,)
    yield from _folded(shelf, set(shelf.of_type(_COUNT)) - plain.keys())


def _folded(shelf: Shelf, seqs: Iterable[int]) -> Iterator[_Told]:
    """Yield numbers of which an act, or a withdrawal, says more."""
    seqs = sorted(seqs)
    state = State.of(closure.behind(Foreseeing(shelf), seqs))
    for thread in map(state.at, seqs):
        if thread is not None and not thread.voided:
            known = counting.known_at(state, thread.event)
            back = counting.withdrawn_at(state, thread)
            yield thread.seq, _key(state, thread.event), (known, back)


def _key(state: State, event: Any) -> Key:  # noqa: ANN401 - a claim, or the same in plain values
    return key_of(event, state.voice(counting.origin_of(state, event)))
