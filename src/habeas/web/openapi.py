"""The description of `/api` as OpenAPI: each question, and the words that it may be asked with."""

from __future__ import annotations

from typing import Any, Final

from habeas.web.questions import EXAMPLES, QUESTIONS, REPEATED, REQUIRED

_MEANING: Final = {
    "person": "a person: the id, the name or an alias; default: everybody",
    "as_of": "what was known by then: a day (through its end) or a timestamp; default: today",
    "on": "the day in the person's life; default: the as-of day",
    "at_log": "what the log held then: a day, a timestamp, or @N, its first N events",
    "projection": "the rules to ask under: a name under projections/",
    "from": "the state before: a day, a timestamp, @N, both as DAY@N, or a snapshot's name",
    "to": "the state after, named as `from`",
    "all": "true: also of whom more is told though nothing changed",
    "status": "only who has this status, before or after",
    "custody": "only who has this custody, before or after: held, out, dead or unknown",
    "place": "only whose last place told is this, before or after",
    "nationality": "only of whom this nationality is told, such as ES",
    "party": "only what this party says, or relays",
    "cause": "only what comes of this: reported, backfilled, corrected, …",
    "kind": "only changes of this kind: appeared, status, standing, date, …",
    "number": "a reported number: an event's id, the beginning of one, document#ref, or @N",
    "other": "the number to arrive at; default: our own roster",
    "document": "only what stands in this document",
    "type": "only events of this type, such as status.claimed",
    "since": "only those after event @N, or recorded from a day or timestamp on",
    "event": "an event's id, the beginning of one, document#ref, or @N",
    "citation": "as `habeas cite` prints it",
}


def description() -> dict[str, Any]:
    """Return the OpenAPI description of `/api`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "habeas",
            "version": "1",
            "description": "What was known about each detainee, when, and from whom. Read-only.",
        },
        "paths": {
            "/api": {"get": _LISTED},
            **{f"/api/{name}": {"get": _operation(name)} for name in QUESTIONS},
        },
    }


def listing() -> dict[str, Any]:
    """Return what `/api` itself answers: each question's address, and the words it is asked with.

    `required` are those of the words that have to be given.
    """
    return {
        "questions": {
            name: {
                "address": f"/api/{name}",
                "words": list(words),
                "required": list(REQUIRED.get(name, ())),
            }
            for name, (_, words) in QUESTIONS.items()
        },
        "description": "/api/openapi.json",
    }


def _operation(name: str) -> dict[str, Any]:
    fault = {"description": "What is wrong, with a hint.", "content": _json({"type": "object"})}
    return {
        "operationId": name,
        "summary": f"The JSON of `habeas {name}`.",
        "parameters": [_parameter(name, key) for key in QUESTIONS[name][1]],
        "responses": {
            "200": {"description": "The answer.", "content": _json({"type": "object"})},
            "304": {"description": "The answer is what it was (If-None-Match)."},
            "400": fault,
            "404": fault,
        },
    }


def _parameter(name: str, key: str) -> dict[str, Any]:
    text = {"type": "boolean" if key == "all" else "string"}
    repeated = key in REPEATED.get(name, ())
    required = key in REQUIRED.get(name, ())
    return {
        "name": key,
        "in": "query",
        "required": required,
        "description": _MEANING[key],
        "schema": {"type": "array", "items": text} if repeated else text,
        **({"example": EXAMPLES[key]} if required else {}),
    }


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


_LISTED: Final = {
    "operationId": "questions",
    "summary": "The questions, and the words they are asked with.",
    "parameters": [],
    "responses": {"200": {"description": "The list.", "content": _json({"type": "object"})}},
}
