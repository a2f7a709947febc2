"""Many lines of the text log, read and checked as fast as Python can.

A line in the usual form is found whole by one regular expression, made of the fields of its type
(`events.shapes`): that tells its canonical form, its keys and its values at once. What is not found
so goes the long way (`lines`), which takes it or says what is wrong with it; where both ways take a
line, both say the same of it. Whether an event may follow those before it is judged where it is
taken (`case`).
"""

from __future__ import annotations

from binascii import hexlify
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from hashlib import sha256
from re import compile as compiled
from re import escape
from typing import TYPE_CHECKING, Any, Final
from unicodedata import is_normalized

from habeas import times
from habeas.errors import BadLog
from habeas.events import (
    CORRECTABLE,
    TAGS,
    TYPE_OF,
    CaseOpened,
    ClaimWithdrawn,
    DocumentRegistered,
    EventCorrected,
    EventVoided,
)
from habeas.events.fields import EVENT_ID_PATTERN, NAME_MAX
from habeas.events.shapes import Found, line_of_text, listed, shape_of, shape_of_correction
from habeas.log import records
from habeas.log.checked import PLAIN, Checked, checked, is_over, is_public
from habeas.log.hashes import ID_CHARS, Tree, is_id_of
from habeas.log.names import NAMING
from habeas.textlog.lines import ID, LINE_MAX, read_line
from habeas.times import BadTime, parse_instant

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_TYPE: Final = b',"type":"'
_CORRECTED: Final = b',"type":"event.corrected","'
_SALT: Final = b',"salt":"'
_SALT_TEXT: Final = 32
_SALTED: Final = len(_SALT) + _SALT_TEXT + len(b'"')
_BEFORE_DATA: Final = len(b'{"data":')
_STAMP: Final = len(',"id":"","recorded":"2026-01-08T04:00:00.000000Z"') + ID_CHARS
"""How long that is which follows the data, and stands in the leaf as it stands in the line."""

_ENVELOPE: Final = (
    rf',"id":"({EVENT_ID_PATTERN.strip("^$")})"'
    r',"recorded":"([0-9-]{10}T[0-9:]{5}):([0-5][0-9])\.([0-9]{6})Z"'
    rf',"recorder":"{line_of_text(NAME_MAX)}"'
    rf',"salt":"([0-9a-f]{{{_SALT_TEXT}}})","seq":([1-9][0-9]{{0,14}})'
)
_IN_ENVELOPE: Final = 6
_MARKING: Final = (("group", "group"), ("about", "about"), ("claim", "event"), ("event", "event"))
"""Fields whose values are marks, though they name nothing, and how these begin; acts' come last."""
_MICROS: Final = 1_000_000


def scanned(lines: Iterable[bytes]) -> Iterator[Checked]:
    """Yield the events of a text log, each at its place. Raises BadLog at the first fault."""
    return map(Checked._make, values(lines))


def values(lines: Iterable[bytes]) -> Iterator[tuple[Any, ...]]:
    """Yield what `scanned` does, each event as the plain values of a `Checked`."""
    tree, zone = Tree(), None
    for number, line in enumerate(lines, start=1):
        found = _at_once(line, tree, zone)
        if found is None:
            found = _at_length(line, number, tree, zone)
        if number == 1:
            zone = _zone_of(found)
        if found[0] != number:
            message = f"line {number}: the event's seq is {found[0]}, where {number} should come"
            raise BadLog(message, hint="a log has no gaps: take the whole file, in its order")
        yield found


def _zone_of(first: tuple[Any, ...]) -> ZoneInfo | None:
    """Return the time zone of the case that the first event opens, where it says so."""
    event = Checked._make(first).record().event
    return times.zone(event.timezone) if isinstance(event, CaseOpened) else None


def _at_length(line: bytes, number: int, tree: Tree, zone: ZoneInfo | None) -> tuple[Any, ...]:
    """Read a line as `lines` does. Raises BadLog that names it."""
    record = read_line(line, number)
    tree.add(record.leaf)
    return tuple(checked(record, tree, zone))


class _Form:
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
        self.plain = TAGS[tag] in PLAIN
        said = inner or tag
        kind, _, what = said[0].partition(".")
        subject = [(place[kind], f"{kind}:")] if what in {"registered", "opened"} else []
        naming = [(place[name], f"{of}:") for name, of in NAMING[TAGS[said]]]
        marking = [(place[one], f"{of}:") for one, of in _MARKING if one in place]
        if inner is not None:
            # What its replacement registers and names are no more than marks of a correction.
            marking = [marking[-1], *subject, *naming, *marking[:-1]]
            subject, naming = [], []
        self.subject = subject[0] if subject else None
        self.naming, self.marking = tuple(naming), tuple(marking)
        self.ref = (place["document"], place["ref"]) if "ref" in place else None
        self.reported = place.get("reported")
        self.published = (
            tuple(place[one] for one in ("published", "retrieved", "timezone"))
            if TAGS[tag] is DocumentRegistered
            else None
        )

    def subject_in(self, found: Found) -> str | None:
        """Return the typed id that is registered, if one is."""
        if self.subject is None:
            return None
        place, prefix = self.subject
        return f"{prefix}{found[place]}"

    def marks_in(self, found: Found) -> tuple[str, ...]:
        """Return the marks that are no names."""
        marks: tuple[str, ...] = ()
        for place, _ in self.marking:
            if found[place] is not None:
                marks = _named(found, self.marking)
                break
        if self.ref is not None and found[self.ref[1]] is not None:
            document, ref = self.ref
            marks = (*marks, f"ref:{found[document]}#{found[ref]}")
        return marks

    def is_plain(self, found: Found, recorded: int, zone: ZoneInfo | None) -> bool:
        """Say that nothing in the event but what it names and registers has to be judged."""
        if self.published is not None:
            published, retrieved, timezone = (found[place] for place in self.published)
            where = zone if timezone is None else times.zone(timezone)
            return where is not None and is_public(published or "", retrieved, where, recorded)
        reported = None if self.reported is None else found[self.reported]
        return self.plain and (reported is None or is_over(reported, recorded))


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
def _forms() -> dict[bytes, _Form]:
    """Return the forms of lines by how such a line ends."""
    forms = [_Form(TYPE_OF[cls]) for cls in (*PLAIN, ClaimWithdrawn, EventVoided)]
    return {form.tail.encode(): form for form in forms}


@cache
def _corrections() -> dict[bytes, _Form]:
    """Return the forms of corrections by how their data end."""
    tags = [TYPE_OF[cls] for cls in CORRECTABLE]
    tag = TYPE_OF[EventCorrected]
    return {f',"type":"{one[0]}","version":{one[1]}}}'.encode(): _Form(tag, one) for one in tags}


def _form_of(line: bytes) -> _Form | None:
    """Return the form that a line may have."""
    at = line.rfind(_TYPE)
    form = _forms().get(line[at:])
    if form is None and line.startswith(_CORRECTED, at):
        end = line.rfind(ID, 0, at)
        form = _corrections().get(line[line.rfind(_TYPE, 0, max(end, 0)) : end])
    return form


def _at_once(line: bytes, tree: Tree, zone: ZoneInfo | None) -> tuple[Any, ...] | None:
    """Read a line that is in the usual form; None of any other."""
    form = _form_of(line)
    if form is None or len(line) > LINE_MAX:
        return None
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return None
    if not (text.isascii() or _is_composed(text)):
        return None
    match = form.match(text)
    if match is None:
        return None
    found = match.groups()
    if not form.fits(found):
        return None
    return _in_tree(line, form, found, tree, zone)


def _is_composed(text: str) -> bool:
    """Whether a text is in NFC, as all is that Latin-1 can write; to ask that first is quicker."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return is_normalized("NFC", text)
    return True


def _in_tree(
    line: bytes, form: _Form, found: tuple[Any, ...], tree: Tree, zone: ZoneInfo | None
) -> tuple[Any, ...] | None:
    """Return a line's event with its hashes; None, and the tree as it was, if they do not fit."""
    id_, minute, second, micro, salt_text, seq = found[-_IN_ENVELOPE:]
    try:
        recorded = _instant(minute) + int(second) * _MICROS + int(micro)
    except BadTime:
        return None
    heading = form.heading
    # Payload and leaf are made of pieces of the line, which is canonical.
    cut = line.rindex(ID)
    stamped, salted = cut + _STAMP, line.rindex(_SALT)
    salt, payload = bytes.fromhex(salt_text), line[:cut] + line[stamped:salted] + b"}"
    commitment = sha256(salt + payload).digest()
    if not is_id_of(id_.encode(), commitment):
        return None
    ended = line[salted + _SALTED : -1]
    tree.add(b'{"commitment":"' + hexlify(commitment) + b'"' + line[cut:stamped] + ended)
    return (
        int(seq),
        id_,
        form.type,
        form.version,
        recorded,
        commitment,
        tree.peaks[-1],
        salt,
        payload,
        None if heading is None else sha256(heading + line[_BEFORE_DATA:cut]).digest(),
        form.subject_in(found),
        _named(found, form.naming),
        form.marks_in(found),
        form.is_plain(found, recorded, zone),
    )


@lru_cache(maxsize=1_024)
def _instant(minute: str) -> int:
    """Return when a minute begins, `2026-01-08T04:00` in UTC. Raises BadTime where none does."""
    return parse_instant(f"{minute}:00.000000Z")
