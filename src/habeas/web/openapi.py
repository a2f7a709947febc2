"""The questions that the server answers as JSON, with their parameters, and their description."""

from __future__ import annotations

from typing import Any, Final

_TIMES: Final = ("as_of", "on", "at_log")

QUESTIONS: Final[dict[str, tuple[str, ...]]] = {
    "status": ("person", *_TIMES),
    "timeline": ("person", *_TIMES),
    "explain": ("person", *_TIMES),
    "changes": ("from", "to"),
    "counts": _TIMES,
    "groups": _TIMES,
    "sources": _TIMES,
    "pending": _TIMES,
    "durations": _TIMES,
}
"""Each question, and what it may be asked with: the command line's words."""

_MEANING: Final = {
    "person": "a person: the id, the name or an alias",
    "as_of": "what was known by then: a day (through its end) or a timestamp; default: today",
    "on": "the day in the person's life; default: the as-of day",
    "at_log": "what the log held then: a day, a timestamp, or @N, its first N events",
    "from": "the first state: a day, a timestamp, @N, or a snapshot",
    "to": "the second state",
}
_REQUIRED: Final = {("changes", "from"), ("changes", "to"), ("explain", "person")}


def description() -> dict[str, Any]:
    """Return the OpenAPI description of `/api`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "habeas",
            "version": "1",
            "description": "What was known about each detainee, when, and from whom. Read-only.",
        },
        "paths": {f"/api/{name}": {"get": _operation(name)} for name in QUESTIONS},
    }


def _operation(name: str) -> dict[str, Any]:
    fault = {"description": "What is wrong, with a hint.", "content": _json({"type": "object"})}
    return {
        "operationId": name,
        "summary": f"The JSON of `habeas {name}`.",
        "parameters": [
            {
                "name": key,
                "in": "query",
                "required": (name, key) in _REQUIRED,
                "description": _MEANING[key],
                "schema": {"type": "string"},
            }
            for key in QUESTIONS[name]
        ],
        "responses": {
            "200": {"description": "The answer.", "content": _json({"type": "object"})},
            "400": fault,
            "404": fault,
        },
    }


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
