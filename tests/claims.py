"""Claims about an invented person, written as in the cases: texts and a zone in, `Claim`s out."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from habeas import when
from habeas.resolve import Claim
from habeas.times import Window, day_of, day_window
from habeas.vocabulary import KINDS, STANCES, STATUSES

CARACAS = ZoneInfo("America/Caracas")
CASES = json.loads((Path(__file__).parent / "data" / "resolve-cases.json").read_text("utf-8"))


def day(text: str, zone: ZoneInfo = CARACAS) -> Window:
    """The window of a day written as `2026-01-08`."""
    return day_window(date.fromisoformat(text), zone)


def claim_of(seq: int, told: dict[str, Any], zone: ZoneInfo = CARACAS) -> Claim:
    """A claim from its texts: voice, kind, status, stance, known, when, and said if it is told."""
    known = day(told["known"], zone)[1]
    said = None if told.get("said") is None else day(told["said"], zone)[1]
    span = when.read(told["when"], zone)
    return Claim(
        seq=seq,
        voice=told["voice"],
        kind=told["kind"],
        status=told["status"],
        stance=told["stance"],
        known=known,
        said=said,
        when=span,
        seen=_seen(span, known if said is None else said, zone),
    )


def claims_of(told: list[dict[str, Any]], zone: ZoneInfo = CARACAS) -> list[Claim]:
    """The claims of a person, numbered from 1 in the order given."""
    return [claim_of(seq, one, zone) for seq, one in enumerate(told, 1)]


def said(text: str, zone: ZoneInfo = CARACAS) -> list[Claim]:
    """Claims from lines `voice kind status stance known [when [said]]`; `-` is none."""
    names = ("voice", "kind", "status", "stance", "known", "when", "said")
    rows = [line.split() for line in text.strip().splitlines()]
    told = [dict(zip(names, row + ["-"] * 2, strict=False)) for row in rows]
    return claims_of([{k: None if v == "-" else v for k, v in row.items()} for row in told], zone)


def _seen(span: when.When, told: int, zone: ZoneInfo) -> Window | None:
    if span.kind == "held_on":
        return span.end
    if span.kind == "ended_only" and span.end is not None:
        return day_window(day_of(span.end[0] - 1, zone), zone)
    if span.kind in {"absent", "still"}:
        return day_window(day_of(told - 1, zone), zone)
    return None


START = date(2025, 1, 1)
_VOICES = [(f"{kind}-{n}", kind) for kind in KINDS for n in (1, 2)]


@st.composite
def told_claims(draw: st.DrawFn, days: int = 90) -> dict[str, Any]:
    """The texts of one claim; days are few, so that claims meet."""
    voice, kind = draw(st.sampled_from(_VOICES))
    first, last = sorted(draw(st.tuples(*[st.integers(0, days)] * 2)))
    a, b = (START + timedelta(days=n) for n in (first, last))
    form = draw(st.sampled_from(_FORMS))
    known = b + timedelta(days=draw(st.integers(0, 20)))
    spoke = draw(st.none() | st.integers(0, 10))
    return {
        "voice": voice,
        "kind": kind,
        "status": draw(st.sampled_from(STATUSES)),
        "stance": draw(st.sampled_from((*STANCES[:1] * 4, *STANCES))),
        "known": known.isoformat(),
        "said": None if spoke is None else (known - timedelta(days=spoke)).isoformat(),
        "when": form and form.format(a=a, b=b, month=a.isoformat()[:7]),
    }


_FORMS = (
    None,
    "{a}",
    "{a}",
    "{a}",
    "{b}",
    "{month}",
    "[{a}..{b}]",
    "[..{b}]",
    "[{a}..]",
    "{a}/..",
    "{month}/..",
    "{a}/{b}",
    "{a}/",
    "/{b}",
    "../{b}",
)

persons = st.lists(told_claims(), min_size=1, max_size=12).map(claims_of)
"""The claims about one person, known in any order."""
