"""Text that is safe where it is shown: on a terminal, in Markdown, in a spreadsheet.

Data comes from many hands, so what could move a cursor, hide a word or run as a formula is shown
and never obeyed. Nothing here shortens or translates. JSON needs none of this: it is data.
"""

from __future__ import annotations

import re
from typing import Final

_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
"""Controls, marks that turn the direction of writing, and characters without any width.

The joiners U+200C and U+200D stay: names are written with them.
"""

_SPACE: Final = re.compile(r"[ \t\r\n]+")
_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>|#~&])")
_MARKDOWN_START: Final = re.compile(r"^([-+=]|\d+[.)])(?=\s|$)")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_TO_QUOTE: Final = re.compile(r'[",\r\n]')


def visible(text: str) -> str:
    """Return `text` in one line, its unseen characters written as escapes: U+202E."""
    return _UNSEEN.sub(_escape, _SPACE.sub(" ", text).strip(" "))


def _escape(found: re.Match[str]) -> str:
    return f"<U+{ord(found[0]):04X}>"


def markdown(text: str) -> str:
    """Return `text` in one line, as GitHub's Markdown shows it unchanged, in a table or outside."""
    escaped = _MARKDOWN.sub(r"\\\1", visible(text))
    return _MARKDOWN_START.sub(r"\\\1", escaped)


def csv_field(value: object) -> str:
    """Return a field of RFC 4180; a text that a spreadsheet would run gets a leading apostrophe.

    None is the empty field, and true and false are written so.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value if isinstance(value, str) else str(value)
    if isinstance(value, str) and text.startswith(_FORMULA):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text
