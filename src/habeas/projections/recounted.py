"""What is kept of the claims about a person beside his answers, and how it is read back.

Two texts: one is what answers show of the claims they cite (`believed`), the other the rest that
his next answer depends on, so that who adds a claim need not read in the log what was said before.
Where more than plain claims bears on a person, there is no other text, and the log is read.

A line a claim, its values between tabs, which none of them can hold: in the first text those of
status (`believed.CITED`), in the other all (`_REST`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from habeas import times
from habeas.errors import HabeasError
from habeas.log import counting
from habeas.log.nearby import Recalled, Voice
from habeas.log.sayings import Saying
from habeas.projections.testimony import dated
from habeas.times import NEVER, Window
from habeas.when import When, WhenKind

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from habeas.log.sayings import Sayings

_REST: Final = (
    *("seq", "known", "said", "kind", "zone", "place", "authority"),
    *("form", "begin", "end", "seen"),
)
"""`kind` is as what its origin counts where nobody is said to hold the person; "" of no status.

`zone` is "" for the case's own. The last four are what `Dated` holds: the place of a `WhenKind` in
`_FORMS`, and windows. Instants are in hours, or in µs with a `u`.
"""

_FORMS: Final[tuple[WhenKind, ...]] = (
    *("began", "still", "ended", "ended_unknown", "ended_only", "held_on", "absent"),
)
_HOUR: Final = 3_600_000_000

_NOBODY: Final[frozenset[str]] = frozenset()


def recounted(sayings: Sayings, one: str) -> tuple[str, str | None]:
    """Return what is to be kept of the claims about a person, in two texts."""
    if sayings.keeper(one) != one:
        return "", None
    group = sayings.group(one)
    claims = sorted(said for each in group for said in sayings.of(each))
    plain = len(group) == 1 and sayings.registered(one) and all(s.until == NEVER for s in claims)
    shown = "\n".join([_shown(sayings, said) for said in claims if said.status is not None])
    return shown, "\n".join(_rests(sayings, one, claims)) if plain else None


def more(sayings: Sayings, known: Recalled, new: Iterable[Saying]) -> tuple[str, str]:
    """Return what new claims add to the ends of the two texts of a person."""
    shown = [_shown(sayings, said) for said in new if said.status is not None]
    rest = _rests(sayings, known.person, new)
    return _after(bool(known.voices), shown), _after(bool(known.said), rest)


def _after(some: bool, lines: list[str]) -> str:  # noqa: FBT001 - whether there are lines before
    return "".join([f"\n{line}" for line in lines]) if some else "\n".join(lines)


def add(sayings: Sayings, known: Recalled, new: Iterable[Saying]) -> None:
    """Add new claims to those that are known of a person."""
    for said in new:
        known.said.append(said)
        if said.status is not None:
            known.dated[said.seq] = dated(said)
            kind = counting.kind_for(sayings, said.origin, (known.person,), _NOBODY)
            known.voices[said.origin] = Voice(kind, sayings.voice(said.origin))


def _shown(sayings: Sayings, said: Saying) -> str:
    return (
        f"{said.seq}\t{said.id}\t{sayings.voice(said.origin)}\t{said.origin}\t{said.document}\t"
        f"{said.stance or ''}\t{said.status}\t{said.when or ''}"
    )


def _rests(sayings: Sayings, one: str, claims: Iterable[Saying]) -> list[str]:
    zone = sayings.zone
    return [_rest(sayings, one, said, zone) for said in claims]


def _rest(sayings: Sayings, one: str, said: Saying, zone: ZoneInfo) -> str:
    if said.status is None:
        return f"{said.seq}\t{_instant(said.known)}"
    kind = counting.kind_for(sayings, said.origin, (one,), _NOBODY)
    span, seen = sayings.dated.get(said.seq) or dated(said)
    return (
        f"{said.seq}\t{_instant(said.known)}\t{_instant(said.said)}\t{kind}\t"
        f"{'' if said.zone is zone else said.zone.key}\t{said.place or ''}\t"
        f"{said.authority or ''}\t{_FORMS.index(span.kind)}\t"
        f"{_window(span.begin)}\t{_window(span.end)}\t{_window(seen)}"
    )


def _instant(at: int | None) -> str:
    if at is None:
        return ""
    hours, rest = divmod(at, _HOUR)
    return f"{at}u" if rest else str(hours)


def _window(window: Window | None) -> str:
    return "" if window is None else f"{_instant(window[0])} {_instant(window[1])}"


def is_recalled(
    person: Recalled, cited: str, rest: str | None, zone: ZoneInfo, upto: int = NEVER
) -> bool:
    """Add the claims in the two texts to a person of whom none is known; `zone` is the case's.

    Only those that are known by `upto` (inclusive). False where the log has to be read, or
    `recounted` made no such texts.
    """
    if rest is None:
        return False
    try:
        _read(person, cited, rest, zone, upto)
    except (HabeasError, StopIteration, ValueError, IndexError):
        return False
    return True


def _read(found: Recalled, cited: str, rest: str, zone: ZoneInfo, upto: int) -> None:
    of_status = iter(cited.split("\n"))
    for line in rest.split("\n") if rest else ():
        first, known, *values = line.split("\t")
        shown, at = next(of_status) if values else "", _at(known)
        if at > upto:
            continue
        if values:
            _take(found, int(first), at, shown.split("\t"), values, zone)
        else:
            found.said.append(_of_no_status(int(first), at, zone))


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
            _at(said) if said else None,
            NEVER,
        )
    )
    span = When(when or None, _span(begin), _span(end), _FORMS[int(form)])
    found.dated[seq] = (span, _span(seen))
    found.voices[origin] = Voice(kind, voice)


def _of_no_status(seq: int, known: int, zone: ZoneInfo) -> Saying:
    """Return a claim of which only matters when it was known."""
    return Saying(seq, "", None, None, None, None, None, "", "", zone, known, None, NEVER)


def _at(text: str) -> int:
    return int(text[:-1]) if text[-1] == "u" else int(text) * _HOUR


def _span(text: str) -> Window | None:
    if not text:
        return None
    start, end = text.split(" ")
    return _at(start), _at(end)
