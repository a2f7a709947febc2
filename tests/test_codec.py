"""Canonical bytes, and strict reading: what was written comes back, what is not canonical does not.

`reference` is RFC 8785 for our domain, written from its text alone.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import golden
from habeas import codec
from habeas.errors import BadLog, HabeasError
from habeas.events import TAGS, BadValue, PersonRegistered, build
from habeas.events.fields import nfc
from strategies import events, json_values, names

SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def reference(value):
    """RFC 8785, section 3.2, for objects, lists, texts, whole numbers and literals."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + "".join(_escaped(sign) for sign in value) + '"'
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{reference(key)}:{reference(value[key])}" for key in keys) + "}"
    return "[" + ",".join(map(reference, value)) + "]"


def _escaped(sign):
    if sign in SHORT:
        return SHORT[sign]
    return f"\\u{ord(sign):04x}" if sign < " " else sign


VECTORS = [
    # The texts and keys of RFC 8785's own example, its numbers left out: section 3.2.2.
    (
        {
            "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
            "literals": [None, True, False],
        },
        r"""{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
    ),
    ({"b": 1, "a": 2, "B": 3, "aa": 4, "": 5, "_": 6}, '{"":5,"B":3,"_":6,"a":2,"aa":4,"b":1}'),
    ({"10": 1, "9": 2, "1": 3}, '{"1":3,"10":1,"9":2}'),
    ({"a": {"d": [], "c": {}}}, '{"a":{"c":{},"d":[]}}'),
    ([2**53 - 1, -(2**53) + 1, 0], "[9007199254740991,-9007199254740991,0]"),
    ("\x00\x07\b\t\n\x0b\f\r\x1f", '"\\u0000\\u0007\\b\\t\\n\\u000b\\f\\r\\u001f"'),
    ("\x7f\x80\u2028\u2029</>&", '"\x7f\x80\u2028\u2029</>&"'),
    ("é ñ 名 🕊", '"é ñ 名 🕊"'),
]


@pytest.mark.parametrize(("value", "text"), VECTORS)
def test_canonical_bytes_by_hand(value, text):
    assert codec.canonical(value) == text.encode()
    assert reference(value) == text


@given(json_values)
def test_canonical_bytes_are_those_of_rfc_8785_or_refused(value):
    try:
        made = codec.canonical(value)
    except BadValue:
        return
    assert made.decode() == reference(value)
    assert json.loads(made) == value


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ({"a": 1.0}, "1.0"),
        ({"a": float("nan")}, "nan"),
        ({"a": [float("inf")]}, "inf"),
        ({"a": 2**53}, "9007199254740992"),
        ({"a": -(2**53)}, "-9007199254740992"),
        ({"a": 10**400}, "characters"),
        ({"a": "e\u0301"}, "composed"),
        ({"a": "\ud800"}, "surrogate"),
        ({"a": "x\udfffé"}, "surrogate"),
        ({"é": 1}, "not ASCII"),
        ({1: 1}, "not ASCII"),
    ],
)
def test_what_is_outside_of_the_domain(value, wrong):
    with pytest.raises(BadValue, match=wrong):
        codec.canonical(value)


def test_depth_is_bounded():
    def nested(depth):
        return [nested(depth - 1)] if depth else 0

    codec.canonical(nested(codec.DEPTH_MAX))
    with pytest.raises(BadValue, match="deeper"):
        codec.canonical(nested(codec.DEPTH_MAX + 1))
    for text in (b"[" * 100_000, b'{"a":' * 100_000, b"[" * 9 + b"]" * 9):
        with pytest.raises(BadLog):
            codec.read_json(text, "it")


@given(events, names)
def test_an_event_comes_back_as_it_went(event, recorder):
    recorder = nfc(recorder)
    payload = codec.encode(event, recorder)
    type_, version = next(tag for tag, cls in TAGS.items() if cls is type(event))
    assert codec.read_payload(type_, version, payload) == (event, recorder)
    assert payload.decode() == reference({"data": codec.plain(event), "recorder": recorder})


def test_text_is_composed_where_an_event_is_made():
    loose = {"person": "ana", "name": "A\u0301na", "aliases": ["n\u0303", "\u212b"]}
    made = build(PersonRegistered, loose)
    assert made.name == "Ána"
    assert made.aliases == ("ñ", "Å")
    assert codec.encode(made, "x").decode() == (
        '{"data":{"aliases":["ñ","Å"],"name":"Ána","person":"ana"},"recorder":"x"}'
    )


@pytest.mark.parametrize(
    "text",
    [
        b'{"name":"Ana", "person":"ana"}',
        b'{"name":"Ana","person":"ana"} ',
        b'{"name":"Ana","person":"ana"}\n',
        b'{"person":"ana","name":"Ana"}',
        b'{"name":"Ana","name":"Ana","person":"ana"}',
        b'{"name":"\\u0041na","person":"ana"}',
        b'{"name":"A\\/na","person":"ana"}',
        '{"name":"A\u0301na","person":"ana"}'.encode(),
        b'{"name":"\\ud800","person":"ana"}',
        b'{"name":"\xff","person":"ana"}',
        b'\xef\xbb\xbf{"name":"Ana","person":"ana"}',
        '{"name":"Ana","person":"ana"}'.encode("utf-16"),
        b'{"n":1.0}',
        b'{"n":1e2}',
        b'{"n":-0}',
        b'{"n":01}',
        b'{"n":9007199254740992}',
        b'{"n":' + b"9" * 5_000 + b"}",
        b'{"n":NaN}',
        b'{"n":Infinity}',
        b"[]",
        b'"x"',
        b"null",
        b"{",
        b"",
        b"\x00",
    ],
)
def test_what_is_not_canonical_is_not_read(text):
    with pytest.raises(BadLog, match=r"^it (is|holds)"):
        codec.read_json(text, "it")


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(text):
    try:
        value = codec.read_json(text, "it")
    except HabeasError:
        return
    assert codec.canonical(value) == text


WRONG_FOR_ANY = (None, [], {}, True, 1.5, {"a": 1})
WRONG_FOR_TEXT = (5, ["x"], "", "  ", "\x00", "a\x07", "\ud800", "\u2028", "\x85", "x" * 20_001)
WRONG_FOR_NUMBERS = ("5", "", 5.0, -1, 2**53, [5])
WRONG_FOR_LISTS = ("x", 5, [5], [None], [[]], ["a", "a"], [""], ["x\x00"], ["x"] * 1_001)
PATTERNED = ("X", "a b", "ä", "a\n", "-a", "a" * 65)


def wrong_values(spec):
    """Values that a field cannot hold, by its kind."""
    schema = spec.metadata["schema"]
    yield from (one for one in WRONG_FOR_ANY if one != {} or schema.get("type") != "object")
    if schema.get("type") == "integer":
        yield from WRONG_FOR_NUMBERS
    elif schema.get("type") == "array":
        yield from WRONG_FOR_LISTS
    elif schema.get("type") != "object":
        yield from WRONG_FOR_TEXT
    if "pattern" in schema or "enum" in schema:
        yield from PATTERNED
    elif schema.get("format") == "edtf":
        yield from ("2026-13-45", "8/1/2026", "yesterday", "2023-02-29", "2026-01-08T21:00:00 ")
    elif schema.get("format") == "iana-zone":
        yield from ("Caracas", "-04:00", "../etc/passwd", "america/caracas ")
    elif schema.get("maxLength") == 1_000:
        yield from ("two\nlines", "a\ttab", "x" * 1_001)


@pytest.mark.parametrize("line", **golden.each())
def test_no_field_takes_a_wrong_value(line):
    cls = TAGS[line["type"], line["version"]]
    for spec in cls.__attrs_attrs__:
        for value in wrong_values(spec):
            data = {**line["data"], spec.name: value}
            with pytest.raises(HabeasError) as refusal:
                codec.decode(line["type"], line["version"], data)
            assert refusal.value.message, (spec.name, value)


@pytest.mark.parametrize("line", **golden.each())
def test_no_key_too_many_and_none_missing(line):
    cls = TAGS[line["type"], line["version"]]
    for key in ("extra", "Person", "", "salt"):
        with pytest.raises(BadValue, match="no field"):
            codec.decode(line["type"], line["version"], {**line["data"], key: "x"})
    for spec in cls.__attrs_attrs__:
        data = {key: value for key, value in line["data"].items() if key != spec.name}
        if not spec.metadata["optional"]:
            with pytest.raises(BadValue) as refusal:
                codec.decode(line["type"], line["version"], data)
            assert refusal.value.message
            assert refusal.value.hint


@pytest.mark.parametrize("data", [None, [], "x", 5, True])
@pytest.mark.parametrize("type_", sorted({name for name, _ in TAGS}))
def test_data_is_an_object(type_, data):
    with pytest.raises(BadValue, match="no object"):
        codec.decode(type_, 1, data)


@pytest.mark.parametrize(
    ("type_", "version"),
    [
        ("person.registered", 2),
        ("person.registered", 0),
        ("person.claimed", 1),
        ("Person.registered", 1),
        ("", 1),
    ],
)
def test_unknown_types_and_versions(type_, version):
    with pytest.raises(BadLog, match="knows no event"):
        codec.decode(type_, version, {})


@pytest.mark.parametrize(
    "change",
    [
        {"type": "event.corrected"},
        {"type": "nothing.known"},
        {"type": ["status.claimed"]},
        {"type": None},
        {"version": 2},
        {"version": True},
        {"version": "1"},
        {"version": 1.0},
        {"data": None},
        {"data": {}},
        {"data": {"person": "ana"}},
    ],
)
def test_a_corrections_replacement_is_read_as_strictly(change):
    line = next(one for one in golden.WHOLE if one["type"] == "event.corrected")
    assert codec.decode("event.corrected", 1, line["data"])
    with pytest.raises(HabeasError):
        codec.decode("event.corrected", 1, {**line["data"], **change})


@given(st.sampled_from(golden.WHOLE), st.data())
def test_whatever_stands_in_a_field_is_read_or_refused(line, data):
    key = data.draw(st.sampled_from(sorted(line["data"])))
    changed = {**line["data"], key: data.draw(json_values)}
    try:
        event = codec.decode(line["type"], line["version"], changed)
    except HabeasError:
        return
    assert codec.decode(line["type"], line["version"], codec.plain(event)) == event


@pytest.mark.parametrize(
    "payload",
    [
        b'{"data":{"name":"Ana","person":"ana"}}',
        b'{"data":{"name":"Ana","person":"ana"},"recorder":null}',
        b'{"data":{"name":"Ana","person":"ana"},"recorder":5}',
        b'{"data":{"name":"Ana","person":"ana"},"recorder":""}',
        b'{"data":{"name":"Ana","person":"ana"},"recorder":"two\\nlines"}',
        b'{"data":{"name":"Ana","person":"ana"},"recorder":"x","seq":1}',
        b'{"recorder":"x"}',
        b'{"data":{"name":"Ana"},"recorder":"x"}',
    ],
)
def test_a_payload_is_data_and_a_recorder(payload):
    with pytest.raises(HabeasError):
        codec.read_payload("person.registered", 1, payload)


@pytest.mark.parametrize(
    ("type_", "data"),
    [
        ("count.claimed", {"operator": "="}),
        ("count.claimed", {"operator": "=", "high": 5}),
        ("count.claimed", {"operator": "=", "low": 4, "high": 5}),
        ("count.claimed", {"operator": "..", "low": 4}),
        ("count.claimed", {"operator": "..", "low": 5, "high": 4}),
        ("count.claimed", {"operator": "..", "quantity": "some"}),
        ("group.claimed", {"operator": "~"}),
        ("group.claimed", {"operator": "..", "low": 5, "high": 4}),
    ],
)
def test_numbers_that_are_none(type_, data):
    line = next(one for one in golden.WHOLE if one["type"] == type_)
    kept = {
        key: value
        for key, value in line["data"].items()
        if key not in {"operator", "low", "high", "quantity"}
    }
    with pytest.raises(BadValue):
        codec.decode(type_, 1, kept | data)


@pytest.mark.parametrize("kind", ["media", "witness", "government", "unidentified"])
def test_only_some_parties_are_of_somebody(kind):
    data = {"party": "p", "name": "P", "kind": kind, "of": ["ana"]}
    with pytest.raises(BadValue, match="cannot be `of`"):
        codec.decode("party.registered", 1, data)


@pytest.mark.parametrize("when", ["{2026-01-08,2026-01-09}", "../..", "..", "/", "2026-01-08/."])
def test_forms_that_say_nothing_of_a_status(when):
    line = next(one for one in golden.WHOLE if one["type"] == "status.claimed")
    with pytest.raises(BadValue, match="when"):
        codec.decode("status.claimed", 1, {**line["data"], "when": when})
