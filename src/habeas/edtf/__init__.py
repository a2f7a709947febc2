"""Dates as sources give them: EDTF (ISO 8601-2:2019), levels 0 to 2.

It does not guess, and does not read any other way of writing dates. It owns the convention that a
text is kept as written and read as the hull of what it allows: `earliest` and `latest` are both
included; qualifiers (`?`, `~`, `%`) do not move them; an open side (`..`) is not an unknown one
(empty). Years are 0001 to 9999. A time of day is an instant, and stands outside intervals.
"""

from __future__ import annotations

from habeas.edtf.forms import Edtf, EdtfError, Kind, Part, Precision, Qualifier, Side
from habeas.edtf.reader import MAX_LENGTH, parse

__all__ = [
    "MAX_LENGTH",
    "Edtf",
    "EdtfError",
    "Kind",
    "Part",
    "Precision",
    "Qualifier",
    "Side",
    "parse",
]
