"""The usual form of the lines of the text log, type by type: one pattern for a whole line.

A pattern is made of the fields of its type (`events.shapes`) and of the envelope around them; what
it finds is told by place. A line that has no form may be in order all the same (`lines`).
"""

from __future__ import annotations

from functools import cache
from re import compile as compiled
from re import escape
from typing import TYPE_CHECKING, Final

from habeas import times
from habeas.events import (
    CORRECTABLE,
    TAGS,
    TYPE_OF,
    ClaimWithdrawn,
    DocumentRegistered,
    EventCorrected,
    EventVoided,
)
from habeas.events.fields import EVENT_ID_PATTERN, NAME_MAX
from habeas.events.shapes import Found, line_of_text, listed, shape_of, shape_of_correction
from habeas.log import records
from habeas.log.checked import PLAIN, is_over, is_public
from habeas.log.marks import REF
from habeas.log.names import NAMING
from habeas.textlog.lines import ID

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

SALT_TEXT: Final = 32
IN_ENVELOPE: Final = 6
"""How many groups of a line's pattern are its envelope's: the last ones.

The id, when it was recorded (its minute, second and microsecond), its salt and its `seq`.
"""

_TYPE: Final = b',"type":"'
_CORRECTED: Final = b',"type":"event.corrected","'
_ENVELOPE: Final = (
    rf',"id":"({EVENT_ID_PATTERN.strip("^$")})"'
    r',"recorded":"([0-9-]{10}T[0-9:]{5}):([0-5][0-9])\.([0-9]{6})Z"'
    rf',"recorder":"{line_of_text(NAME_MAX)}"'
    rf',"salt":"([0-9a-f]{{{SALT_TEXT}}})","seq":([1-9][0-9]{{0,14}})'
)
_MARKING: Final = (("group", "group"), ("about", "about"), ("claim", "event"), ("event", "event"))
"""Fields whose values are marks, though they name nothing, and how these begin; acts' come last."""


class Form:
    """The lines of one type: their pattern, and the places in it of what names and marks.

    Those of corrections differ by what they put in place: `inner`.
    """

    def __init__(self, tag: tuple[str, int], inner: tuple[str, int] | None = None) -> None:
        self.type, self.version = tag
        shape = shape_of(tag) if inner is None else shape_of_correction(inner)
        if shape is None:
            raise TypeError(f"{self.type} holds another event")
        self.tail = f',"type":"{self.type}","version":{self.version}}}\n'
        text = rf'\{{"data":{shape.pattern}{_ENVELOPE}{escape(self.tail)}'
        self.match = compiled(text).fullmatch
        self.fits, place = shape.fits, {name: at for at, name in enumerate(shape.names)}
        self.heading = records.HEADINGS.get(tag)
        self._plain = TAGS[tag] in PLAIN
        said = inner or tag
        kind, _, what = said[0].partition(".")
        subject = [(place[kind], f"{kind}:")] if what in {"registered", "opened"} else []
        naming = [(place[name], f"{of}:") for name, of in NAMING[TAGS[said]]]
        marking = [(place[one], f"{of}:") for one, of in _MARKING if one in place]
        if inner is not None:
            # What its replacement registers and names are no more than marks of a correction.
            marking = [marking[-1], *subject, *naming, *marking[:-1]]
            subject, naming = [], []
        self._subject = subject[0] if subject else None
        self._naming, self._marking = tuple(naming), tuple(marking)
        self._ref = (place["document"], place["ref"]) if "ref" in place else None
        self._reported = place.get("reported")
        self._published = (
            tuple(place[one] for one in ("published", "retrieved", "timezone"))
            if TAGS[tag] is DocumentRegistered
            else None
        )

    def names_in(self, found: Found) -> tuple[str, ...]:
        """Return what is named, each once."""
        return _named(found, self._naming)

    def subject_in(self, found: Found) -> str | None:
        """Return the typed id that is registered, if one is."""
        if self._subject is None:
            return None
        place, prefix = self._subject
        return f"{prefix}{found[place]}"

    def marks_in(self, found: Found) -> tuple[str, ...]:
        """Return the marks that are no names."""
        marks: tuple[str, ...] = ()
        for place, _ in self._marking:
            if found[place] is not None:
                marks = _named(found, self._marking)
                break
        if self._ref is not None and found[self._ref[1]] is not None:
            document, ref = self._ref
            marks = (*marks, f"{REF}{found[document]}#{found[ref]}")
        return marks

    def is_plain(self, found: Found, recorded: int, zone: ZoneInfo | None) -> bool:
        """Say that nothing in the event but what it names and registers has to be judged."""
        if self._published is not None:
            published, retrieved, timezone = (found[place] for place in self._published)
            where = zone if timezone is None else times.zone(timezone)
            return where is not None and is_public(published or "", retrieved, where, recorded)
        reported = None if self._reported is None else found[self._reported]
        return self._plain and (reported is None or is_over(reported, recorded))


def _named(found: Found, places: tuple[tuple[int, str], ...]) -> tuple[str, ...]:
    """Return what stands in some places, singly or in lists, each once, after its prefix."""
    names = []
    for place, prefix in places:
        value = found[place]
        if value is None:
            continue
        if value[0] == "[":
            names += [prefix + one for one in listed(value)]
        else:
            names.append(prefix + value)
    return tuple(names) if len(set(names)) == len(names) else tuple(dict.fromkeys(names))


@cache
def _forms() -> dict[bytes, Form]:
    """Return the forms of lines by how such a line ends."""
    forms = [Form(TYPE_OF[cls]) for cls in (*PLAIN, ClaimWithdrawn, EventVoided)]
    return {form.tail.encode(): form for form in forms}


@cache
def _corrections() -> dict[bytes, Form]:
    """Return the forms of corrections by how their data end."""
    tags = [TYPE_OF[cls] for cls in CORRECTABLE]
    tag = TYPE_OF[EventCorrected]
    return {f',"type":"{one[0]}","version":{one[1]}}}'.encode(): Form(tag, one) for one in tags}


def form_of(line: bytes) -> Form | None:
    """Return the form that a line may have."""
    at = line.rfind(_TYPE)
    form = _forms().get(line[at:])
    if form is None and line.startswith(_CORRECTED, at):
        end = line.rfind(ID, 0, at)
        form = _corrections().get(line[line.rfind(_TYPE, 0, max(end, 0)) : end])
    return form
