"""Who speaks in the invented register: outlets, monitors, states, courts, and those near a person.

It gives the data of the parties' registrations and chooses origins; it writes no log.
"""

from __future__ import annotations

from random import Random
from typing import Any, Final

from bench.lives import Life

Data = dict[str, Any]

HOLDER: Final = "security-service"
_OUTLETS: Final = 40
_MONITORS: Final = 8
_STATES: Final = 6


def _party(party: str, name: str, kind: str, **more: str) -> Data:
    return {"party": party, "name": name, "kind": kind, **more}


def parties() -> list[Data]:
    """Return the registrations of all parties that are there from the start."""
    return [
        _party("republic", "The Republic of Altomar", "authority"),
        _party("interior-ministry", "Ministry of the Interior", "authority", part_of="republic"),
        _party(HOLDER, "Security Service", "authority", part_of="interior-ministry"),
        _party("minister", "The Minister", "authority", part_of="interior-ministry"),
        _party("first-court", "First Court of Terms", "court", part_of="republic"),
        _party("high-court", "High Court", "court"),
        _party("mission", "Mission of Inquiry", "intergovernmental"),
        _party("somebody", "An outlet that nobody names", "unidentified"),
        *(_party(f"outlet-{n}", f"The Outlet {n}", "media") for n in range(1, _OUTLETS + 1)),
        *(_party(f"monitor-{n}", f"Monitor {n}", "monitor") for n in range(1, _MONITORS + 1)),
        *(_party(f"state-{n}", f"State {n}", "government") for n in range(1, _STATES + 1)),
    ]


def outlet(rng: Random) -> str:
    """Return an outlet; a few of them publish most of what there is."""
    return f"outlet-{min(_OUTLETS, 1 + int(rng.expovariate(1 / 9)))}"


_ORIGINS: Final = {
    "publisher": 44,
    "monitor": 24,
    "family": 8,
    "lawyer": 4,
    "detainee": 1,
    "authority": 7,
    "state": 2,
    "mission": 2,
    "court": 2,
    "somebody": 2,
    "agency": 4,
}
_KINDS: Final = tuple(_ORIGINS)
_WEIGHTS: Final = tuple(_ORIGINS.values())


def origin(rng: Random, life: Life) -> tuple[str | None, Data | None]:
    """Return an origin (None: the publisher), and its registration where it is new."""
    kind = rng.choices(_KINDS, _WEIGHTS)[0]
    if kind in ("family", "lawyer", "detainee"):
        return _near(kind, life)
    return _public(rng, kind), None


_FIXED: Final = {
    "publisher": (None,),
    "authority": (HOLDER, "minister", "interior-ministry"),
    "court": ("first-court", "high-court"),
    "mission": ("mission",),
    "somebody": ("somebody",),
    "state": tuple(f"state-{n}" for n in range(1, _STATES + 1)),
}


def _public(rng: Random, kind: str) -> str | None:
    if kind == "monitor":
        return f"monitor-{min(_MONITORS, 1 + int(rng.expovariate(0.7)))}"
    if kind == "agency":
        return outlet(rng)
    return rng.choice(_FIXED[kind])


def _near(kind: str, life: Life) -> tuple[str, Data | None]:
    if kind in life.kin:
        return life.kin[kind], None
    party = f"{kind}-{life.no}"
    life.kin[kind] = party
    who = {"family": "Family", "lawyer": "Lawyer", "detainee": "Himself"}[kind]
    registration = _party(party, f"{who} of {life.name}", kind)
    return party, registration | {"of": [life.person]}


def grades(rng: Random) -> list[Data]:
    """Return the grades given to parties, in their order."""
    graded = [f"outlet-{n}" for n in range(3, _OUTLETS + 1, 4)] + ["monitor-2", "minister"]
    reason = "by what became of its claims"
    return [
        {"party": party, "reliability": rng.choice("ABCDEF"), "reason": reason} for party in graded
    ]
