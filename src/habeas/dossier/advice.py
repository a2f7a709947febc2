"""What to do about a statement that is no TOML, in words for whoever wrote it."""

from __future__ import annotations

import tomllib
from typing import Final

from habeas import edtf
from habeas.dossier.places import Statement
from habeas.events.fields import shown

_STRAIGHT: Final = str.maketrans(dict.fromkeys("“”„‟«»‘’‚‛", '"'))  # noqa: RUF001
"""The quotation marks that word processors write, and the one that TOML has."""

_CUT: Final = "the file ends in the middle of this: was it cut off? copy it anew, or finish it"


def told(text: str, broken: Statement, error: str) -> tuple[str, str]:
    """Return what is wrong with a statement of `text`, and how to mend it.

    `error` is what `tomllib` says of it, or nothing.
    """
    written = text[broken.start : broken.end].split("\n", 1)[0].strip()
    message = f"no TOML: {shown(written)}" + (f" ({error})" if error else "")
    last = broken.end == len(text)
    if written.startswith("["):
        alone = last and text[broken.start :].strip() == written
        return message, _CUT if alone else "a table stands alone on its line, as in [[status]]"
    if broken.value == broken.start:
        cut = last and not text.endswith("\n")
        hint = 'a line is a table ([[status]]), a value (key = "…") or a comment (# …)'
        return message, _CUT if cut else hint
    return _of_value(text, broken, message)


def _of_value(text: str, broken: Statement, message: str) -> tuple[str, str]:
    """Return the message and the hint for a key whose value is no TOML."""
    key = text[broken.start : broken.value].partition("=")[0].strip()
    value = text[broken.value : broken.end].split("\n", 1)[0].partition("#")[0].strip()
    straight = _straightened(key, value)
    if straight is not None:
        return message, f"write {key} = {straight}"
    if broken.end == len(text) and (not value or value[0] in "\"'[{"):
        lines = text.count("\n", broken.start, broken.end)
        if lines > 1 or not text.endswith("\n"):
            return message, _CUT
    if not value:
        return message, f'give it a value, {key} = "…", or leave the line out'
    if value[0] in "\"'[{":
        return message, "a text ends with the quotation mark it begins with, a list with ']'"
    return _of_bare_value(key, value, message)


def _straightened(key: str, value: str) -> str | None:
    """Return a value with the quotation marks of TOML for those of print, where that is TOML."""
    straight = value.translate(_STRAIGHT)
    if straight == value:
        return None
    try:
        tomllib.loads(f"{key} = {straight}")
    except (ValueError, RecursionError):
        return None
    return straight


def _of_bare_value(key: str, value: str, message: str) -> tuple[str, str]:
    quoted = f'write it in quotation marks: {key} = "{value}"'
    try:
        edtf.parse(value)
    except edtf.EdtfError as error:
        if value[0].isdigit():
            return f"`{key}`: {error.message}", error.hint or quoted
    return message, quoted
