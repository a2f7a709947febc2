"""The golden lines: a text log with every type, version and field, written once and kept.

A line is added when a type or version is; none is ever changed, for logs in the world hold its
like. One of them stands as a redacted event does.
"""

from __future__ import annotations

import json
from pathlib import Path

PATH = Path(__file__).parent / "data" / "golden.jsonl"
LINES = PATH.read_bytes().splitlines(keepends=True)
VALUES = [json.loads(line) for line in LINES]
WHOLE = [value for value in VALUES if "data" in value]
ROOT_OF_FIRST = (31, "2e94badfa73fe6bb2ce3002542770b9b6b8c35191336638006fe30439be063a7")
"""The Merkle root of so many first lines, as they were written."""


def each(lines=WHOLE):
    """The lines as pytest names them: by place and type."""
    return {"argvalues": lines, "ids": [f"{one['seq']}-{one['type']}" for one in lines]}
