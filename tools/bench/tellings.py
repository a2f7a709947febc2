"""What a document says of a person: the data of one claim, true or not.

Most claims tell of the last thing that happened; some of earlier ones, of what is announced, of
something else than a status. It knows lives and wording, and no log.
"""

from __future__ import annotations

from random import Random
from typing import Any, Final

from bench import wording
from bench.lives import Life
from bench.names import misspelt
from bench.world import HOLDER, outlet

Data = dict[str, Any]

_OUT: Final = ("released", "released", "restricted", "at_liberty")
_HELD: Final = frozenset({"detained", "incommunicado", "disappeared", "house_arrest"})
_DETAILS: Final = (
    ("charge", ("conspiracy", "incitement", "terrorism", "treason")),
    ("nationality", ("XA", "XB", "XC", "XD")),
    ("occupation", ("baker", "journalist", "lawyer", "nurse", "student", "teacher")),
    ("health", ("has lost weight", "needs medicine", "was in hospital")),
    ("contact", ("a visit a week", "no calls", "nobody could visit him")),
    ("legal", ("awaits trial", "no lawyer of his own", "sentenced to eight years")),
)
_NOTES: Final = (
    "A list gives the name; the paragraph before it says since when.",
    "It is a lawyer who is quoted here, not the article's own words.",
    "The date follows from the day of the week that is told.",
    "Told in passing, in a text about somebody else.",
)


def citation(rng: Random, document: str, number: int, origin: str | None) -> Data:
    """Return where a claim stands and whom it comes from."""
    cited: Data = {"document": document, "locator": f"¶ {number}"}
    if origin is not None:
        cited["origin"] = origin
        if rng.random() < 0.12 and (relay := outlet(rng)) != origin:
            cited["via"] = [relay]
    if rng.random() < 0.15:
        cited["note"] = rng.choice(_NOTES)
    return cited


def times_of(rng: Random, told: int) -> Data:
    """Return, for a few claims, when they became public and when the origin spoke."""
    draw = rng.random()
    if draw < 0.03:
        return {"said": wording.iso(told - rng.randint(1, 20))}
    return {"reported": wording.iso(told)} if draw < 0.04 else {}


def detail(rng: Random, life: Life) -> Data:
    """Return what is said of a person beside his status."""
    key, values = rng.choice(_DETAILS)
    return {"person": life.person, "key": key, "value": rng.choice(values), "stance": "asserted"}


def status(rng: Random, life: Life, told: int) -> Data:
    """Return what is said of a person's status on the day `told`."""
    at = life.latest(told)
    draw = rng.random()
    if draw < 0.03:
        return _announced(rng, life, at, told)
    if draw < 0.07:
        return _doubted(rng, life, at)
    if draw < 0.18 and at > 0:
        return _past(rng, life, rng.randrange(at))
    return _told(rng, life, at, told, "asserted" if draw < 0.93 else "unconfirmed")


def _claim(life: Life, status: str, stance: str, when: str | None) -> Data:
    claim: Data = {"person": life.person, "status": status, "stance": stance}
    return claim if when is None else claim | {"when": when}


def _told(rng: Random, life: Life, at: int, told: int, stance: str) -> Data:
    turn = life.turns[at]
    claim = _claim(life, _said(rng, turn.status), stance, wording.began(rng, turn.day, told))
    if turn.place is not None and rng.random() < 0.6:
        claim["place"] = turn.place
    if turn.status in _HELD and rng.random() < 0.1:
        claim["authority"] = HOLDER
    if rng.random() < 0.1:
        claim["named"] = misspelt(life.name)
    return claim


def _said(rng: Random, status: str) -> str:
    """Return the word a source uses: now and then a vaguer one, seldom a wrong one."""
    draw = rng.random()
    if draw < 0.01:
        return "released" if status in _HELD else "detained"
    if draw < 0.25:
        return "detained" if status in ("incommunicado", "disappeared") else status
    return "released" if draw < 0.4 and status in ("restricted", "at_liberty") else status


def _past(rng: Random, life: Life, at: int) -> Data:
    turn, after = life.turns[at], life.turns[at + 1]
    if rng.random() < 0.3 and turn.status not in ("died", "escaped"):
        when = wording.ended(rng, turn.day, after.day)
    else:
        when = wording.iso(turn.day)[: rng.choice((7, 10, 10))]
    return _claim(life, turn.status, "asserted", when)


def _announced(rng: Random, life: Life, at: int, told: int) -> Data:
    day = life.turns[at + 1].day if at + 1 < len(life.turns) else told + 10
    return _claim(life, rng.choice(_OUT), "expected", wording.expected(rng, day, told))


def _doubted(rng: Random, life: Life, at: int) -> Data:
    stance = rng.choice(("denied", "unknown"))
    return _claim(life, life.turns[at].status, stance, None)


def of_many(rng: Random) -> Data:
    """Return a number of persons, as somebody gives it."""
    measure = rng.choice(("held", "released_since", "arrested_since", "foreign_held"))
    number = {"operator": rng.choice("=~>"), "low": rng.randint(3, 900)}
    return {"measure": measure, "stance": "asserted", **number}
