"""What is kept of the claims about a person beside his answers, and how it is read back whole.

Two texts: one is what answers show of the claims they cite (`believed`), the other the rest that
his next answer depends on, so that who adds a claim, or asks for one person, need not read in the
log what was said before. Of who was merged, or is not registered, there is no other text.

A line a claim, its values between tabs, which none of them can hold: in the first text those of
status (`believed.CITED`), in the other all (`_REST`). Where one was taken back, its `known` has a
second instant, from which on it was, and the other text a line before all others: who goes on from
the texts (`Recalled`) reads the log then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from habeas import times
from habeas.errors import HabeasError
from habeas.log import counting
from habeas.log.nearby import Recalled, Voice
from habeas.log.sayings import Saying
from habeas.projections.kept import FORMS, HOUR, TAKEN_BACK, at, span
from habeas.projections.testimony import dated, dates_of
from habeas.times import NEVER, Window
from habeas.when import When

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from habeas.log.sayings import Sayings

_REST: Final = (
    *("seq", "known", "said", "kind", "zone", "place", "authority"),
    *("form", "begin", "end", "seen"),
)
"""`kind` is as what its origin counts where nobody is said to hold the person; "" of no status.

`zone` is "" for the case's own. The last four are what `Dated` holds: the place of a `WhenKind` in
`FORMS`, and windows. Instants are in hours, or in µs with a `u`.
"""

_NOBODY: Final[frozenset[str]] = frozenset()


def recounted(sayings: Sayings, one: str) -> tuple[str, str | None]:
    """Return what is to be kept of the claims about a person, in two texts."""
    if sayings.keeper(one) != one:
        return "", None
    group = sayings.group(one)
    claims = sorted(said for each in group for said in sayings.of(each))
    shown = "\n".join([_shown(sayings, said) for said in claims if said.status is not None])
    if len(group) > 1 or not sayings.registered(one):
        return shown, None
    rest = _rests(sayings, one, claims)
    if any(said.until < NEVER for said in claims):
        rest.insert(0, TAKEN_BACK)
    return shown, "\n".join(rest)


def more(sayings: Sayings, known: Recalled, new: Sequence[Saying]) -> tuple[str, str]:
    """Return what new claims, the last of those known of a person, add to the ends of his texts.

    Who makes them, and what their dates say, is added to what is known of him (`Nearby.recall`).
    """
    some = bool(known.voices)
    for said in new:
        if said.status is not None:
            known.dated[said.seq] = dated(said)
            if said.origin not in known.voices:
                kind = _Kinds(sayings, known.person)[said.origin]
                known.voices[said.origin] = Voice(kind, sayings.voice(said.origin))
    shown = [_shown(sayings, said) for said in new if said.status is not None]
    rest = _rests(sayings, known.person, new)
    return _after(some, shown), _after(len(known.said) > len(new), rest)


def _after(some: bool, lines: list[str]) -> str:  # noqa: FBT001 - whether there are lines before
    text = "\n".join(lines)
    return f"\n{text}" if some and text else text


def _shown(sayings: Sayings, said: Saying) -> str:
    return (
        f"{said.seq}\t{said.id}\t{sayings.voice(said.origin)}\t{said.origin}\t{said.document}\t"
        f"{said.stance or ''}\t{said.status}\t{said.when or ''}"
    )


def _rests(sayings: Sayings, one: str, claims: Iterable[Saying]) -> list[str]:
    zone = sayings.zone
    kinds = _Kinds(sayings, one)
    return [_rest(sayings, kinds, said, zone) for said in claims]


class _Kinds(dict[str, str]):
    """As what parties count when they speak of a person whom nobody is said to hold."""

    def __init__(self, sayings: Sayings, one: str) -> None:
        self._sayings, self._persons = sayings, (one,)

    def __missing__(self, party: str) -> str:
        kind = self[party] = counting.kind_for(self._sayings, party, self._persons, _NOBODY)
        return kind


def _rest(sayings: Sayings, kinds: Mapping[str, str], said: Saying, zone: ZoneInfo) -> str:
    known = _instant(said.known)
    if said.until < NEVER:
        known += f" {_instant(said.until)}"
    if said.status is None:
        return f"{said.seq}\t{known}"
    when, seen = dates_of(sayings, said)
    return (
        f"{said.seq}\t{known}\t{_instant(said.said)}\t{kinds[said.origin]}\t"
        f"{'' if said.zone is zone else said.zone.key}\t{said.place or ''}\t"
        f"{said.authority or ''}\t{FORMS.index(when.kind)}\t"
        f"{_window(when.begin)}\t{_window(when.end)}\t{_window(seen)}"
    )


def _instant(moment: int | None) -> str:
    if moment is None:
        return ""
    hours, rest = divmod(moment, HOUR)
    return f"{moment}u" if rest else str(hours)


def _window(window: Window | None) -> str:
    return "" if window is None else f"{_instant(window[0])} {_instant(window[1])}"


def is_recalled(
    person: Recalled, cited: str, rest: str | None, zone: ZoneInfo, upto: int = NEVER
) -> bool:
    """Add the claims in the two texts to a person of whom none is known; `zone` is the case's.

    Only those that are known by `upto` (inclusive). False where the log has to be read, as of who
    had a claim taken back, or `recounted` made no such texts.
    """
    if rest is None or rest.startswith(TAKEN_BACK):
        return False
    try:
        _read(person, cited, rest, zone, upto)
    except (HabeasError, StopIteration, ValueError, IndexError):
        return False
    return True


def _read(found: Recalled, cited: str, rest: str, zone: ZoneInfo, upto: int) -> None:
    of_status = iter(cited.split("\n"))
    for line in rest.split("\n") if rest else ():
        first, since, *values = line.split("\t")
        shown, known = next(of_status) if values else "", at(since)
        if known > upto:
            continue
        if values:
            _take(found, int(first), known, shown.split("\t"), values, zone)
        else:
            found.said.append(_of_no_status(int(first), known, zone))


def _take(
    found: Recalled, seq: int, known: int, cited: list[str], rest: list[str], zone: ZoneInfo
) -> None:
    _, id_, voice, origin, document, stance, status, when = cited
    said, kind, zone_name, place, authority, form, begin, end, seen = rest
    found.said.append(
        Saying(
            seq,
            id_,
            status,
            stance or None,
            when or None,
            place or None,
            authority or None,
            document,
            origin,
            times.zone(zone_name) if zone_name else zone,
            known,
            at(said) if said else None,
            NEVER,
        )
    )
    dates = When(when or None, span(begin), span(end), FORMS[int(form)])
    found.dated[seq] = (dates, span(seen))
    found.voices[origin] = Voice(kind, voice)


def _of_no_status(seq: int, known: int, zone: ZoneInfo) -> Saying:
    """Return a claim of which only matters when it was known."""
    return Saying(seq, "", None, None, None, None, None, "", "", zone, known, None, NEVER)
