"""The canonical text of an event's data as one pattern, made of its fields.

What a pattern finds is data in canonical form, and each value passes its field's check; but a
pattern may miss what is in order (text with escapes, lists and numbers of unusual size), and then
`build` is asked. It knows data alone, not the line around it, and words no refusals.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

import attrs

from habeas.errors import HabeasError
from habeas.events import TAGS, EventCorrected, check_whole
from habeas.events.fields import CONTROLS, LIST_MAX, Check

_SIGN: Final = rf'[^"\\\n\t{CONTROLS}]'
"""A character that canonical JSON writes as it is, and that a text may hold."""

_REMEMBERED: Final = 65_536
_DIGITS: Final = 15

Found = tuple[str | None, ...]
"""What groups of a pattern found, as it is written; None where a field is absent.

Those of the fields come first; others may follow them.
"""


class Shape(NamedTuple):
    """A pattern with a group for each field, in the order of `names`, and what is left to check."""

    pattern: str
    names: tuple[str, ...]
    fits: Callable[[Found], bool]


@cache
def shape_of(tag: tuple[str, int]) -> Shape | None:
    """Return the shape of a type's data; None of one that holds another event."""
    specs = sorted(attrs.fields(TAGS[tag]), key=lambda spec: spec.name)
    values = [_value(spec.metadata["schema"]) for spec in specs]
    if None in values:
        return None
    # Commas stand after each field up to the last that is never absent, and before the others.
    last = max(place for place, spec in enumerate(specs) if not spec.metadata["optional"])
    parts = []
    for place, (spec, value) in enumerate(zip(specs, values, strict=True)):
        part = f'"{spec.name}":{value}'
        part = f"{part}," if place < last else f",{part}" if place > last else part
        # `(?:a|)` finds what `(?:a)?` does, in less time.
        parts.append(f"(?:{part}|)" if spec.metadata["optional"] else part)
    names = tuple(spec.name for spec in specs)
    return Shape(rf"\{{{''.join(parts)}\}}", names, _rest(tag, specs))


def shape_of_correction(tag: tuple[str, int]) -> Shape | None:
    """Return the shape of a correction's data, whose replacement is of a type; None of no shape.

    The groups of the replacement come first, under its names.
    """
    inner = shape_of(tag)
    if inner is None:
        return None
    own = ("event", "follows", "reason")
    specs = attrs.fields_dict(EventCorrected)
    event, follows, reason = (_value(specs[name].metadata["schema"]) for name in own)
    pattern = (
        rf'\{{"data":{inner.pattern},"event":{event},"follows":{follows},"reason":{reason},'
        rf'"type":"{re.escape(tag[0])}","version":{tag[1]}\}}'
    )
    return Shape(pattern, (*inner.names, *own), inner.fits)


def _value(schema: dict[str, Any]) -> str | None:
    """Return the pattern of a field's value, with one group; None for an object."""
    if schema.get("type") == "integer":
        return rf"(0|[1-9][0-9]{{0,{_DIGITS - 1}}})"
    if schema.get("type") == "array":
        item = f'"{_text(schema["items"])}"'
        return rf"(\[{item}(?:,{item})*\])"
    return None if schema.get("type") == "object" else f'"({_text(schema)})"'


def _text(schema: dict[str, Any]) -> str:
    """Return the pattern of a text, without its quotation marks."""
    if "enum" in schema:
        return f"(?:{'|'.join(map(re.escape, schema['enum']))})"
    if "pattern" in schema:
        return str(schema["pattern"]).strip("^$").replace("(", "(?:")
    if "format" in schema:
        return rf"{_SIGN}+"
    return line_of_text(schema["maxLength"])


def line_of_text(most: int) -> str:
    """Return the pattern of a text that is not blank, of up to `most` characters in one line."""
    return rf'(?!\s*"){_SIGN}{{1,{most}}}'


def listed(found: str | None) -> tuple[str, ...]:
    """Return the texts in a list as it is written; none of an absent one."""
    return () if found is None else tuple(found[2:-2].split('","'))


def _rest(tag: tuple[str, int], specs: list[Any]) -> Callable[[Found], bool]:
    """Return whether found fields pass what no pattern tells: dates, zones, repetitions, sums."""
    dates = [
        (place, _remembering(spec.name, spec.metadata["check"]))
        for place, spec in enumerate(specs)
        if "format" in spec.metadata["schema"]
    ]
    lists = [
        place for place, spec in enumerate(specs) if spec.metadata["schema"].get("type") == "array"
    ]
    whole = _whole(tag, specs)

    def fits(found: Found) -> bool:
        try:
            for place, check in dates:
                value = found[place]
                if value is not None:
                    check(value)
            for place in lists:
                many = found[place]
                if many is not None and not _all_differ(listed(many)):
                    return False
            if whole is not None:
                whole(found)
        except HabeasError:
            return False
        return True

    return fits


def _remembering(name: str, check: Check) -> Callable[[str], None]:
    """Return a field's check that does not check the same text twice: dates come again."""

    @lru_cache(maxsize=_REMEMBERED)
    def checked(value: str) -> None:
        check(name, value)

    return checked


def _all_differ(items: tuple[str, ...]) -> bool:
    return len(set(items)) == len(items) <= LIST_MAX


def _whole(tag: tuple[str, int], specs: list[Any]) -> Callable[[Found], None] | None:
    """Return what checks the fields of an event against each other; None where nothing does."""
    if tag[0] not in {"party.registered", "count.claimed", "group.claimed"}:
        return None
    cls, kinds = TAGS[tag], [(spec.name, spec.metadata["schema"].get("type")) for spec in specs]
    read: dict[str | None, Callable[[str], Any]] = {"integer": int, "array": listed}

    def check(found: Found) -> None:
        values = {
            name: (() if kind == "array" else None) if value is None else read.get(kind, str)(value)
            for (name, kind), value in zip(kinds, found, strict=False)
        }
        check_whole(cls(**values))

    return check
