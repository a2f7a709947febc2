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
from habeas.times import NEVER

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from habeas.log.sayings import Sayings

_REST: Final = ("seq", "known", "said", "kind", "zone", "place", "authority")
"""`kind` is as what its origin counts where nobody is said to hold the person; "" of no status.

`zone` is "" for the case's own.
"""

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
    kind = ""
    if said.status is not None:
        kind = counting.kind_for(sayings, said.origin, (one,), _NOBODY)
    return (
        f"{said.seq}\t{said.known}\t{'' if said.said is None else said.said}\t{kind}\t"
        f"{'' if said.zone is zone else said.zone.key}\t{said.place or ''}\t{said.authority or ''}"
    )


def recalled(person: str, name: str, texts: tuple[str, str], zone: ZoneInfo) -> Recalled | None:
    """Return the claims about a person from the two texts; `zone` is the case's.

    None where `recounted` made no such texts.
    """
    found = Recalled(person, name, [], {})
    try:
        _read(found, *texts, zone)
    except (HabeasError, StopIteration, ValueError):
        return None
    return found


def _read(found: Recalled, shown: str, rest: str, zone: ZoneInfo) -> None:
    of_status = (line.split("\t") for line in shown.split("\n"))
    for line in rest.split("\n") if rest else ():
        seq, known, said, kind, zone_name, place, authority = line.split("\t")
        _, id_, voice, origin, document, stance, status, when = next(of_status) if kind else _EMPTY
        found.said.append(
            Saying(
                int(seq),
                id_,
                status or None,
                stance or None,
                when or None,
                place or None,
                authority or None,
                document,
                origin,
                times.zone(zone_name) if zone_name else zone,
                int(known),
                int(said) if said else None,
                NEVER,
            )
        )
        if kind:
            found.voices[origin] = Voice(kind, voice)


_EMPTY: Final = ("",) * 8
