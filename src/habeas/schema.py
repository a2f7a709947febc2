"""The JSON Schema of the text log, and the page that describes it, from the events' own classes.

Nothing here checks an event: the classes do. The schema is for other programs, and says less than
they check (it does not know EDTF).
"""

from __future__ import annotations

import json
from typing import Any, Final

import attrs

from habeas.events import TAGS, Citation, EventCorrected
from habeas.events.fields import EVENT_ID_PATTERN, SHA256_PATTERN

INSTANT_PATTERN: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$"

ENVELOPE: Final[dict[str, dict[str, Any]]] = {
    "seq": {"type": "integer", "minimum": 1, "description": "place in the log, without gaps"},
    "id": {
        "type": "string",
        "pattern": EVENT_ID_PATTERN,
        "description": "the commitment's first 20 characters in base32, lower case",
    },
    "recorded": {
        "type": "string",
        "pattern": INSTANT_PATTERN,
        "description": "when the log took it (UTC, microseconds)",
    },
    "salt": {
        "type": "string",
        "pattern": "^[0-9a-f]{32}$",
        "description": "16 random bytes, hashed before the payload",
    },
    "recorder": {
        "type": "string",
        "minLength": 1,
        "maxLength": 1000,
        "description": "who recorded it, as they named themselves",
    },
    "commitment": {
        "type": "string",
        "pattern": SHA256_PATTERN,
        "description": 'SHA-256 of the salt and the canonical JSON of {"data":…,"recorder":…}',
    },
}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one line of the text log."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "habeas: an event of the text log",
        "description": "One line of events/CASE.jsonl: an event, whole, or withheld or redacted.",
        "oneOf": [
            *({"$ref": f"#/$defs/{name}@{version}"} for name, version in TAGS),
            {"$ref": "#/$defs/leaf"},
        ],
        "$defs": {
            **{f"{name}@{version}": _whole(name, version) for name, version in TAGS},
            "leaf": _leaf(),
        },
    }


def _whole(name: str, version: int) -> dict[str, Any]:
    parts = ("id", "recorded", "recorder", "salt", "seq")
    return _object(
        {part: ENVELOPE[part] for part in parts}
        | {
            "type": {"const": name},
            "version": {"const": version},
            "data": _data(TAGS[(name, version)]),
        },
        description=_summary(TAGS[(name, version)]),
    )


def _leaf() -> dict[str, Any]:
    parts = ("commitment", "id", "recorded", "seq")
    return _object(
        {part: ENVELOPE[part] for part in parts}
        | {
            "type": {"enum": sorted({name for name, _ in TAGS})},
            "version": {"type": "integer", "minimum": 1},
        },
        description="An event withheld or redacted: its commitment in the place of its payload.",
    )


def _data(cls: type[Any]) -> dict[str, Any]:
    specs = attrs.fields(cls)
    schema = _object(
        {one.name: one.metadata["schema"] | {"description": one.metadata["doc"]} for one in specs}
    )
    return schema | {"required": sorted(s.name for s in specs if not s.metadata["optional"])}


def _object(properties: dict[str, Any], **more: str) -> dict[str, Any]:
    return {
        "type": "object",
        **more,
        "properties": dict(sorted(properties.items())),
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _summary(cls: type[Any]) -> str:
    return (cls.__doc__ or "").strip().splitlines()[0]


def schema_text() -> str:
    """Return the JSON Schema as the repository holds it."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


_HEAD: Final = """\
# The events

This page is generated from the classes in `src/habeas/events` (`make docs`); so is
`event.schema.json`. A log is a text file, one event a line, each line canonical JSON:

    {"data":{…},"id":"…","recorded":"…","recorder":"…","salt":"…","seq":1,"type":"…","version":1}

"""

_TAIL: Final = """
`commitment` is the SHA-256 of the salt's bytes followed by the canonical JSON (UTF-8, keys sorted,
no spaces, text in NFC) of `{"data":…,"recorder":…}`. An event withheld or redacted stands in the
log as its leaf, the canonical JSON of `{commitment, id, recorded, seq, type, version}`; the leaves
of all events are those of a Merkle tree (RFC 6962), whole or not. What is absent is left out: there
is no null and no empty list. Dates are EDTF (ISO 8601-2). A type's meaning never changes; a new
meaning is a new version, and old lines stay readable.
"""


def events_page() -> str:
    """Return `events/README.md`: every event type, with its fields and what they mean."""
    envelope = [f"| `{name}` | {spec['description']} |" for name, spec in ENVELOPE.items()]
    cited = [_line(one) for one in attrs.fields(Citation)]
    parts = [
        _HEAD,
        "| envelope | meaning |\n|---|---|\n",
        "\n".join([*envelope, "| `type`, `version` | which of the types below |"]),
        "\n",
        _TAIL,
        "\n## The citation\n\nPart of every claim: where it stands, and who is its origin.\n\n",
        _table(cited),
        *(_section(name, version, cls) for (name, version), cls in TAGS.items()),
    ]
    return "".join(parts)


def _section(name: str, version: int, cls: type[Any]) -> str:
    cited = {one.name for one in attrs.fields(Citation)} if issubclass(cls, Citation) else set()
    lines = [_line(one) for one in attrs.fields(cls) if one.name not in cited]
    also = "\nand the citation.\n" if cited else ""
    note = (
        "\n`data` holds the fields of the corrected event's type.\n"
        if cls is EventCorrected
        else ""
    )
    return f"\n## `{name}`, version {version}\n\n{_summary(cls)}\n\n{_table(lines)}{also}{note}"


def _table(lines: list[str]) -> str:
    return "\n".join(["| field | | meaning |", "|---|---|---|", *lines]) + "\n"


def _line(one: attrs.Attribute[Any]) -> str:
    need = "optional" if one.metadata["optional"] else "required"
    schema = one.metadata["schema"]
    words = (
        f" One of: {', '.join(f'`{word}`' for word in schema['enum'])}." if "enum" in schema else ""
    )
    form = " (EDTF)" if schema.get("format") == "edtf" and "EDTF" not in one.metadata["doc"] else ""
    return f"| `{one.name}` | {need} | {one.metadata['doc'].replace('|', '/')}{form}.{words} |"
