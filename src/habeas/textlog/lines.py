"""Lines of the text log, one by one: a record's line, and the record of a line.

Every line that is no event's is refused here, by its number and in words. `scanning` reads many
lines quickly, and asks this module for those that it does not understand at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from habeas import codec
from habeas.errors import BadLog, HabeasError
from habeas.events.fields import check_name, shown
from habeas.log.hashes import SALT_BYTES, commitment_of
from habeas.log.records import Record, read_already
from habeas.times import instant_text, parse_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LINE_MAX: Final = 4_000_000
"""The longest line, in bytes, that is read."""

_WHOLE: Final = frozenset({"data", "id", "recorded", "recorder", "salt", "seq", "type", "version"})
_LEAF: Final = frozenset({"commitment", "id", "recorded", "seq", "type", "version"})
ID: Final = b',"id":"'
"""What ends the data in a whole line; nothing like it comes later."""

RECORDER: Final = b',"recorder":'
"""What ends the data in a payload."""


def line_of(record: Record) -> bytes:
    """Return a record's line, with its newline."""
    return line_with(record, record.id)


def line_with(record: Record, id_: str) -> bytes:
    """Return the line of a record that says it has this id; that it has, is for who reads it."""
    if record.payload is None or record.salt is None:
        return record.leaf + b"\n"
    cut = record.payload.rindex(RECORDER)
    data, recorder = record.payload[:cut], record.payload[cut + 1 : -1]
    envelope = (
        f',"id":"{id_}","recorded":"{instant_text(record.recorded)}",'.encode(),
        recorder,
        f',"salt":"{record.salt.hex()}","seq":{record.seq},'.encode(),
        f'"type":"{record.type}","version":{record.version}}}\n'.encode(),
    )
    return data + b"".join(envelope)


def read_line(line: bytes, number: int) -> Record:
    """Return the record of line `number` (from 1). Raises BadLog that names the line."""
    try:
        return _read(line)
    except HabeasError as error:
        hint = error.hint or "fetch the file again; `habeas export` writes such lines"
        raise BadLog(f"line {number}: {error.message}", hint=hint) from error


def read_lines(lines: Iterable[bytes]) -> Iterator[Record]:
    """Yield the records of a text log, each at its place. Raises BadLog at the first fault."""
    for number, line in enumerate(lines, start=1):
        record = read_line(line, number)
        if record.seq != number:
            message = f"line {number}: the event's seq is {record.seq}, where {number} should come"
            raise BadLog(message, hint="a log has no gaps: take the whole file, in its order")
        yield record


def _read(line: bytes) -> Record:
    if not line.endswith(b"\n"):
        hint = "fetch the file again; if it only lost its last newline, add that"
        raise BadLog("the line does not end: the file is cut off", hint=hint)
    if len(line) > LINE_MAX:
        raise BadLog(f"the line is longer than {LINE_MAX:,} bytes")
    value = codec.read_json(line[:-1], "the line")
    if set(value) == _WHOLE:
        record = _whole(value, line)
    elif set(value) == _LEAF:
        record = _leaf(value)
    else:
        keys = ", ".join(sorted(set(value) ^ _WHOLE))
        raise BadLog(f"the line is no event (keys missing or too many: {keys})")
    if value["id"] != record.id:
        message = f"the id is {shown(value['id'])}, but the content's is '{record.id}'"
        raise BadLog(message, hint="the line was changed since it was written")
    return record


def _whole(value: dict[str, Any], line: bytes) -> Record:
    """Return the record of a whole line; its payload is cut from the line, which is canonical."""
    salt, envelope = _hex(value, "salt", SALT_BYTES), _envelope(value)
    recorder = value["recorder"]
    check_name("recorder", recorder)
    event = codec.decode(envelope["type"], envelope["version"], value["data"])
    if not isinstance(value["id"], str):
        raise BadLog(f"the id is {shown(value['id'])}, which is no text")
    data = line[: line.rindex(ID)]
    payload = data + RECORDER + codec.canonical(recorder) + b"}"
    record = Record(**envelope, commitment=commitment_of(salt, payload), salt=salt, payload=payload)
    return read_already(record, event, recorder)


def _leaf(value: dict[str, Any]) -> Record:
    commitment = _hex(value, "commitment", 32)
    return Record(**_envelope(value), commitment=commitment, salt=None, payload=None)


def _envelope(value: dict[str, Any]) -> dict[str, Any]:
    for key in ("seq", "version"):
        if type(value[key]) is not int or value[key] < 1:
            raise BadLog(f"`{key}` is {shown(value[key])}, which is no whole number from 1")
    known = isinstance(value["type"], str) and (value["type"], value["version"]) in codec.FORMS
    if not known:
        raise BadLog(
            f"this habeas knows no event {shown(value['type'])} in version {value['version']}",
            hint="upgrade habeas, or check the file",
        )
    if not isinstance(value["recorded"], str):
        raise BadLog(f"`recorded` is {shown(value['recorded'])}, which is no instant")
    return {
        "seq": value["seq"],
        "type": value["type"],
        "version": value["version"],
        "recorded": parse_instant(value["recorded"]),
    }


def _hex(value: dict[str, Any], key: str, size: int) -> bytes:
    text = value[key]
    if not isinstance(text, str) or re.fullmatch(f"[0-9a-f]{{{size * 2}}}", text) is None:
        raise BadLog(f"`{key}` is {shown(text)}, which is not {size * 2} lower-case hex digits")
    return bytes.fromhex(text)
