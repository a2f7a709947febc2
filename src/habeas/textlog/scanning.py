"""Many lines of the text log, read and checked as fast as Python can.

A line in the usual form is found whole by one pattern (`forms`): that tells its canonical form, its
keys and its values at once. What is not found so goes the long way (`lines`), which takes it or
says what is wrong with it; where both ways take a line, both say the same of it. Whether an event
may follow those before it is judged where it is taken (`case`).
"""

from __future__ import annotations

from binascii import hexlify
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from unicodedata import is_normalized

from habeas import times
from habeas.errors import BadLog
from habeas.events import CaseOpened
from habeas.log.checked import Checked, checked
from habeas.log.hashes import ID_CHARS, Tree, is_id_of
from habeas.textlog.forms import IN_ENVELOPE, SALT_TEXT, Form, form_of
from habeas.textlog.lines import ID, LINE_MAX, read_line
from habeas.times import BadTime, parse_instant

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_SALT: Final = b',"salt":"'
_SALTED: Final = len(_SALT) + SALT_TEXT + len(b'"')
_BEFORE_DATA: Final = len(b'{"data":')
_STAMP: Final = len(',"id":"","recorded":"2026-01-08T04:00:00.000000Z"') + ID_CHARS
"""How long that is which follows the data, and stands in the leaf as it stands in the line."""

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


def _at_once(line: bytes, tree: Tree, zone: ZoneInfo | None) -> tuple[Any, ...] | None:
    """Read a line that is in the usual form; None of any other."""
    form = form_of(line)
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
    line: bytes, form: Form, found: tuple[Any, ...], tree: Tree, zone: ZoneInfo | None
) -> tuple[Any, ...] | None:
    """Return a line's event with its hashes; None, and the tree as it was, if they do not fit."""
    id_, minute, second, micro, salt_text, seq = found[-IN_ENVELOPE:]
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
        form.names_in(found),
        form.marks_in(found),
        form.is_plain(found, recorded, zone),
    )


@lru_cache(maxsize=1_024)
def _instant(minute: str) -> int:
    """Return when a minute begins, `2026-01-08T04:00` in UTC. Raises BadTime where none does."""
    return parse_instant(f"{minute}:00.000000Z")
