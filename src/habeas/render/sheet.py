"""CSV as RFC 4180 has it: a header line, CRLF line ends, quotation marks where needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from habeas.render.safe import csv_field


def sheet(columns: Sequence[str], records: Iterable[Mapping[str, Any]]) -> str:
    """Write records as lines under the names of `columns`; what a record lacks is empty.

    A list is written with semicolons.
    """
    lines = [",".join(columns)]
    lines += (",".join(csv_field(_flat(one.get(name))) for name in columns) for one in records)
    return "\r\n".join(lines) + "\r\n"


def _flat(value: Any) -> Any:  # noqa: ANN401 - a JSON value
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else value
