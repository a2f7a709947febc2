"""Reads sets: `[...]`, one of several dates, and `{...}`, all of them.

It reads no single date itself (that is `dates`). It owns the rules of members: `a..b` is of one
precision and in order; `..b` stands first and `a..` last; nothing is nested.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from habeas.edtf.dates import read_date
from habeas.edtf.forms import EdtfError, Part

SETS: Final = {"[": "]", "{": "}"}

_HINT: Final = "a set is written [2026-01-08,2026-01-10] or [2026-01-08..2026-01-10]"


def read_set(text: str, whole: str) -> tuple[Part, ...]:
    """Read the members of a set; raises `EdtfError` about the expression `whole`."""
    closing = SETS[text[0]]
    if len(text) == 1 or text[-1] != closing:
        reason = f"the set {text!r} is not closed by {closing!r}"
        raise EdtfError(whole, reason, part=text, hint=_HINT)
    for sign in text[1:-1]:
        if sign in "[]{}":
            raise EdtfError(whole, f"{sign!r} stands inside a set", part=sign, hint=_HINT)
    members = text[1:-1].split(",")
    last = len(members) - 1
    return tuple(
        _read_member(member, whole, leads=place == 0, ends=place == last)
        for place, member in enumerate(members)
    )


def _read_member(member: str, whole: str, *, leads: bool, ends: bool) -> Part:
    if ".." not in member:
        return read_date(member, whole)
    low, _, high = member.partition("..")
    if low and high:
        return _read_range(member, read_date(low, whole), read_date(high, whole), whole)
    if high and leads:
        return read_date(high, whole)._replace(text=member, first=None)
    if low and ends:
        return read_date(low, whole)._replace(text=member, last=None)
    reason = f"{member!r} stands inside the set" if low or high else "'..' stands alone"
    hint = "write [..1984,1990], [1984,1990..] or [1984..1990]"
    raise EdtfError(whole, reason, part=member, hint=hint)


def _read_range(member: str, low: Part, high: Part, whole: str) -> Part:
    if low.precision != high.precision or _has_offset(low) != _has_offset(high):
        reason = f"the two sides of {member!r} differ in precision"
        raise EdtfError(whole, reason, part=member, hint="write both as days, months or years")
    if low.first is None or high.last is None or high.last < low.first:
        reason = f"in {member!r} the end lies before the start"
        hint = f"write {whole.replace(member, f'{high.text}..{low.text}', 1)}"
        raise EdtfError(whole, reason, part=member, hint=hint)
    return Part(member, low.first, high.last, low.precision, low.qualified | high.qualified)


def _has_offset(part: Part) -> bool:
    return isinstance(part.first, datetime) and part.first.tzinfo is not None
