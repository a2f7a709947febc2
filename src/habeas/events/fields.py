"""The kinds of value a field of an event may hold, each with its check and its JSON Schema.

One function a kind: it makes an attrs field that refuses a wrong value by name, and carries the
meaning and the schema from which `events/README.md` and `events/event.schema.json` are generated.
It knows nothing of other events: whether a document exists is asked in `log`.

Bounds: an id has at most 64 characters, a name 1,000, a text 20,000, a list 1,000 entries.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import attrs

from habeas.errors import HabeasError

NAME_MAX: Final = 1_000
TEXT_MAX: Final = 20_000
LIST_MAX: Final = 1_000
INT_MAX: Final = 2**53 - 1
ID_PATTERN: Final = "^[a-z0-9][a-z0-9-]{0,63}$"
EVENT_ID_PATTERN: Final = "^[a-z2-7]{20}$"
SHA256_PATTERN: Final = "^[0-9a-f]{64}$"
WORD_PATTERN: Final = "^[a-z][a-z0-9_]{0,63}$"
SNAPSHOT_PATTERN: Final = "^[a-z0-9][a-z0-9._-]{0,63}$"

CONTROLS: Final = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
"""What no text may hold, as a range of a regular expression."""

_CONTROL: Final = re.compile(rf"[{CONTROLS}]|[\ud800-\udfff]")
_LINE_CONTROL: Final = re.compile(r"[\t\n]")

Check = Callable[[str, Any], None]


class BadValue(HabeasError):
    """A value that its field cannot hold; `field` is the field's name."""

    def __init__(self, field: str, message: str, *, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.field = field


def shown(value: object) -> str:
    """Return `value` as an error message shows it: quoted, escaped, and cut at 80 characters."""
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= 80 else f"{text[:60]}… ({len(text):,} characters)"  # noqa: PLR2004


class Value:
    """What all events are: values that show what they hold, and leave out what is absent.

    Two are equal when all their fields are. Their classes have no checks of their own: `build`
    checks values before they are set, and the one who appends before they are recorded. A class
    that did it too would be slow to make, and every command would wait for it.
    """

    __slots__ = ()

    def _held(self) -> tuple[Any, ...]:
        specs = attrs.fields(type(self))  # type: ignore[arg-type]
        return tuple(getattr(self, spec.name) for spec in specs)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._held() == other._held()

    def __hash__(self) -> int:
        return hash((type(self), self._held()))

    def __repr__(self) -> str:
        fields = (spec.name for spec in attrs.fields(type(self)))  # type: ignore[arg-type]
        held = ((name, getattr(self, name)) for name in fields)
        shown = (f"{name}={value!r}" for name, value in held if value is not None and value != ())
        return f"{type(self).__name__}({', '.join(shown)})"


def made(check: Check, doc: str, schema: dict[str, Any], *, optional: bool) -> Any:  # noqa: ANN401
    """Make a field whose values `check` refuses, by the field's name, with BadValue."""
    return attrs.field(
        metadata={"doc": doc, "schema": schema, "optional": optional, "check": check}
    )


def nfc(value: Any) -> Any:  # noqa: ANN401
    """Return text in Unicode's composed form (NFC), lists as tuples, and all else as it is."""
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, list | tuple):
        return tuple(nfc(item) for item in value)
    return value


def check_str(field: str, value: object) -> str:
    """Return a value that is text. Raises BadValue for another."""
    if not isinstance(value, str):
        raise BadValue(
            field,
            f"`{field}` is {shown(value)}, which is no text",
            hint=f'write it in quotation marks: {field} = "…"',
        )
    return value


def _pattern(pattern: str, what: str, example: str) -> Check:
    matches = re.compile(pattern.removesuffix("$") + r"\Z").match

    def check(field: str, value: object) -> None:
        if matches(check_str(field, value)) is None:
            raise BadValue(field, f"`{field}` is {shown(value)}, which is not {what}", hint=example)

    return check


check_ident: Final = _pattern(
    ID_PATTERN, "an id", "an id is 1 to 64 of a-z, 0-9 and '-', such as 'perkins-rocha'"
)
_check_event_id: Final = _pattern(
    EVENT_ID_PATTERN, "the id of an event", "`habeas log` shows the ids; they have 20 characters"
)
_check_sha256: Final = _pattern(
    SHA256_PATTERN, "a SHA-256", "64 lower-case hexadecimal digits, as `sha256sum FILE` prints"
)
_check_word: Final = _pattern(
    WORD_PATTERN, "a word of our vocabulary", "a-z, 0-9 and '_', such as 'released_since'"
)
_check_snapshot: Final = _pattern(
    SNAPSHOT_PATTERN, "a snapshot's name", "a-z, 0-9, '.', '_' and '-', such as 'morning-brief'"
)


def _check_size(field: str, value: str, most: int, *, optional: bool) -> None:
    if len(value) > most:
        message = f"`{field}` has {len(value):,} characters; at most {most:,} are taken"
        raise BadValue(field, message, hint="shorten it")
    if not value.strip():
        hint = f"leave `{field}` out, or fill it in" if optional else "fill it in: it is needed"
        raise BadValue(field, f"`{field}` is empty", hint=hint)


def _check_printable(field: str, value: str) -> None:
    found = _CONTROL.search(value)
    if found is not None:
        message = f"`{field}` holds the control character U+{ord(found[0]):04X}"
        raise BadValue(field, f"{message} at character {found.start() + 1}", hint="remove it")


def check_name(field: str, value: object, *, optional: bool = False) -> None:
    """Check one line of text of 1 to 1,000 characters without control characters.

    What is `optional` may be left out, which the hint says of an empty one.
    """
    text = check_str(field, value)
    _check_size(field, text, NAME_MAX, optional=optional)
    _check_printable(field, text)
    if _LINE_CONTROL.search(text):
        raise BadValue(field, f"`{field}` has more than one line", hint="write it in one line")


def check_text(field: str, value: object, *, optional: bool = False) -> None:
    """Check a text of 1 to 20,000 characters without control characters but newline and tab.

    What is `optional` may be left out, which the hint says of an empty one.
    """
    text = check_str(field, value)
    _check_size(field, text, TEXT_MAX, optional=optional)
    _check_printable(field, text)


def _check_integer(field: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadValue(
            field,
            f"`{field}` is {shown(value)}, which is no whole number",
            hint=f"write it without quotation marks: {field} = 806",
        )
    if not 0 <= value <= INT_MAX:
        raise BadValue(
            field, f"`{field}` is {shown(value)}", hint=f"numbers from 0 to {INT_MAX:,} are taken"
        )


def _check_edtf(field: str, value: object) -> None:
    from habeas import edtf  # noqa: PLC0415 - the parser is not needed to build other fields

    text = check_str(field, value)
    try:
        edtf.parse(text)
    except edtf.EdtfError as error:
        raise BadValue(field, f"`{field}`: {error.message}", hint=error.hint) from error


def _check_zone(field: str, value: object) -> None:
    from habeas import times  # noqa: PLC0415

    times.zone(check_str(field, value))


def _one_of(words: tuple[str, ...]) -> Check:
    def check(field: str, value: object) -> None:
        if value not in words:
            check_str(field, value)
            hint = f"one of: {', '.join(words)}"
            raise BadValue(field, f"`{field}` is {shown(value)}, which it cannot be", hint=hint)

    return check


def ident(doc: str, *, optional: bool = False) -> Any:  # noqa: ANN401
    """Make a field that holds the id of a case, party, document, person or group, or a ref."""
    return made(check_ident, doc, _schema("string", pattern=ID_PATTERN), optional=optional)


def event_id(doc: str, *, optional: bool = False) -> Any:  # noqa: ANN401
    """Make a field that holds the id of an event."""
    schema = _schema("string", pattern=EVENT_ID_PATTERN)
    return made(_check_event_id, doc, schema, optional=optional)


def sha256(doc: str, *, optional: bool = False) -> Any:  # noqa: ANN401
    """Make a field that holds a SHA-256 in lower-case hexadecimal."""
    schema = _schema("string", pattern=SHA256_PATTERN)
    return made(_check_sha256, doc, schema, optional=optional)


def open_word(doc: str, *, optional: bool = False) -> Any:  # noqa: ANN401
    """Make a field that holds a word of an open list."""
    return made(_check_word, doc, _schema("string", pattern=WORD_PATTERN), optional=optional)


def snapshot_name(doc: str) -> Any:  # noqa: ANN401
    """Make a field that holds the name of a snapshot."""
    schema = _schema("string", pattern=SNAPSHOT_PATTERN)
    return made(_check_snapshot, doc, schema, optional=False)


def name(doc: str, *, optional: bool = False) -> Any:  # noqa: ANN401
    """Make a field that holds one line of text."""
    schema = _schema("string", minLength=1, maxLength=NAME_MAX)
    check = partial(check_name, optional=True) if optional else check_name
    return made(check, doc, schema, optional=optional)


def text(doc: str, *, optional: bool = False) -> Any:  # noqa: ANN401
    """Make a field that holds a text of one or more lines."""
    schema = _schema("string", minLength=1, maxLength=TEXT_MAX)
    check = partial(check_text, optional=True) if optional else check_text
    return made(check, doc, schema, optional=optional)


def date(doc: str, *, optional: bool = False) -> Any:  # noqa: ANN401
    """Make a field that holds an EDTF expression (ISO 8601-2, levels 0 to 2)."""
    return made(_check_edtf, doc, _schema("string", format="edtf"), optional=optional)


def zone(doc: str, *, optional: bool = False) -> Any:  # noqa: ANN401
    """Make a field that holds the name of an IANA time zone."""
    return made(_check_zone, doc, _schema("string", format="iana-zone"), optional=optional)


def one_of(words: tuple[str, ...], doc: str, *, optional: bool = False) -> Any:  # noqa: ANN401
    """Make a field that holds one of `words`."""
    return made(_one_of(words), doc, {"enum": list(words)}, optional=optional)


def number(doc: str, *, optional: bool = False) -> Any:  # noqa: ANN401
    """Make a field that holds a whole number from 0 to 2**53 - 1."""
    schema = _schema("integer", minimum=0, maximum=INT_MAX)
    return made(_check_integer, doc, schema, optional=optional)


def _check_event(field: str, value: object) -> None:
    if not attrs.has(type(value)):
        message = f"`{field}` is {shown(value)}, which is no event"
        raise BadValue(field, message, hint="give the whole replacement")


def event(doc: str) -> Any:  # noqa: ANN401
    """Make a field that holds the data of another event."""
    return made(_check_event, doc, {"type": "object"}, optional=False)


def _many(check: Check, doc: str, items: dict[str, Any]) -> Any:  # noqa: ANN401
    def check_all(field: str, value: object) -> None:
        if not isinstance(value, tuple):
            hint = f'write a list: {field} = ["…"]'
            raise BadValue(field, f"`{field}` is {shown(value)}, which is no list", hint=hint)
        if len(value) > LIST_MAX:
            message = f"`{field}` has {len(value):,} entries; at most {LIST_MAX:,} are taken"
            raise BadValue(field, message, hint="split it")
        for item in value:
            check(field, item)
        if len(set(value)) < len(value):
            raise BadValue(field, f"`{field}` names something twice", hint="name each once")

    schema = _schema("array", items=items, minItems=1, maxItems=LIST_MAX, uniqueItems=True)
    return made(check_all, doc, schema, optional=True)


def idents(doc: str) -> Any:  # noqa: ANN401
    """Make a field that holds a tuple of ids, which may be empty; no id twice."""
    return _many(check_ident, doc, _schema("string", pattern=ID_PATTERN))


def names(doc: str) -> Any:  # noqa: ANN401
    """Make a field that holds a tuple of one-line texts, which may be empty; none twice."""
    return _many(check_name, doc, _schema("string", minLength=1, maxLength=NAME_MAX))


def typed_id(doc: str, kinds: tuple[str, ...]) -> Any:  # noqa: ANN401
    """Make a field that holds `kind:id` for one of `kinds`, where `event:` is followed by an id."""
    pattern = f"^(({'|'.join(kinds)}):[a-z0-9][a-z0-9-]{{0,63}}|event:[a-z2-7]{{20}})$"
    check = _pattern(pattern, "a typed id", "such as 'person:perkins-rocha'")
    return made(check, doc, _schema("string", pattern=pattern), optional=False)


def _schema(of: str, **more: object) -> dict[str, Any]:
    return {"type": of, **more}
