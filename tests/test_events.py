"""Events: the format that is settled. Golden lines stay readable, and the schema agrees with them.

What a wrong value does is in `test_codec`; what the log refuses of a right one in `test_admit`.
"""

from __future__ import annotations

import json
from collections import Counter
from copy import deepcopy

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import golden
from habeas import codec, schema, textlog
from habeas import events as events_module
from habeas.case import Case
from habeas.errors import HabeasError
from habeas.events import (
    CORRECTABLE,
    REGISTRATIONS,
    TAGS,
    TYPE_OF,
    BadValue,
    Citation,
    CountClaimed,
    PartyRegistered,
    PersonRegistered,
    StatusClaimed,
    build,
    subject_of,
)
from habeas.log import Tree, records, seal
from habeas.log.records import same_statement, stated
from habeas.store import MemoryStore
from habeas.textlog import forms
from strategies import WHENS, events, events_of

SCHEMA = schema.json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
FORMS = {name: VALIDATOR.evolve(schema=form) for name, form in SCHEMA["$defs"].items()}


def read(value):
    """The record of a golden line."""
    return textlog.read_line(codec.canonical(value) + b"\n", value.get("seq"))


# The golden lines


def test_every_type_and_version_has_a_golden_line():
    assert {(one["type"], one["version"]) for one in golden.WHOLE} >= set(TAGS)
    assert {(one["type"], one["version"]) for one in golden.WHOLE} == codec.FORMS


def test_every_field_has_a_golden_value():
    seen = Counter((one["type"], key) for one in golden.WHOLE for key in one["data"])
    for (name, _), cls in TAGS.items():
        for spec in attrs.fields(cls):
            assert seen[name, spec.name], f"{name}.{spec.name} stands in no golden line"


def test_no_golden_line_was_changed():
    count, root = golden.ROOT_OF_FIRST
    tree = Tree()
    for line in golden.LINES[:count]:
        tree.add(textlog.read_line(line, 1).leaf)
    assert tree.root().hex() == root
    assert len(golden.LINES) >= count


@pytest.mark.parametrize("line", **golden.each())
def test_a_golden_line_reads_and_is_written_byte_for_byte(line):
    record = read(line)
    assert record.id == line["id"]
    assert textlog.line_of(record) == golden.LINES[line["seq"] - 1]
    newest = TYPE_OF[type(record.event)]
    if newest == (record.type, record.version):
        assert codec.encode(record.event, record.recorder) == record.payload
    assert codec.read_payload(*newest, codec.encode(record.event, "x")) == (record.event, "x")


@pytest.mark.parametrize("line", **golden.each())
def test_sealing_a_golden_event_again_gives_its_id(line):
    if (line["type"], line["version"]) not in TYPE_OF.values():
        pytest.skip("an old version is never written again")
    record = read(line)
    again = seal(
        record.event,
        recorder=record.recorder,
        seq=record.seq,
        recorded=record.recorded,
        entropy=lambda _: record.salt,
    )
    assert again == record


def test_the_golden_log_is_a_log(clock, entropy):
    case = Case(MemoryStore(), clock=clock, entropy=entropy, audience="desk")
    assert case.import_log(golden.LINES) == len(golden.LINES)
    assert b"".join(case.export()) == golden.PATH.read_bytes()
    assert case.state().redacted == 1


# An upcaster, made up: what it must do for a real one


def _two_names(data):
    """Version 2 of `person.registered`, as it might be: `Family, Given`."""
    family, _, given = data["name"].rpartition(" ")
    return {**data, "name": f"{given}, {family}" if family else data["name"]}


@pytest.fixture
def a_second_version(monkeypatch):
    """The class of persons, as if it were in its second version."""
    old, new = ("person.registered", 1), ("person.registered", 2)
    monkeypatch.delitem(events_module.TAGS, old)
    monkeypatch.setitem(events_module.TAGS, new, PersonRegistered)
    monkeypatch.setitem(events_module.TYPE_OF, PersonRegistered, new)
    monkeypatch.setitem(codec.UPCASTERS, old, _two_names)
    monkeypatch.setattr(codec, "FORMS", frozenset(TAGS) | frozenset(codec.UPCASTERS))
    newest = {TYPE_OF[cls]: f"{TYPE_OF[cls][0]}\n".encode() for cls in CORRECTABLE}
    monkeypatch.setattr(records, "HEADINGS", newest)
    forms._forms.cache_clear()
    yield
    forms._forms.cache_clear()


PERSON = next(one for one in golden.WHOLE if one["type"] == "person.registered")


def test_an_old_version_is_read_as_the_newest(a_second_version):
    record = read(PERSON)
    assert record.version == 1
    assert record.event.name == "Nobody, Ana"
    assert textlog.line_of(record) == golden.LINES[PERSON["seq"] - 1], "its bytes stay"


def test_a_new_event_is_written_in_the_newest_version(a_second_version, clock, entropy):
    made = build(PersonRegistered, {"person": "bo", "name": "Nobody, Bo"})
    record = seal(made, recorder="x", seq=1, recorded=clock(), entropy=entropy)
    assert record.version == 2
    assert record.event.name == "Nobody, Bo", "what is new is not upcast"


def test_the_same_statement_is_known_in_both_versions(a_second_version, clock, entropy):
    old = read(PERSON)
    new = seal(old.event, recorder="y", seq=9, recorded=clock(), entropy=entropy)
    assert new.id != old.id
    assert stated(old) == stated(new) == same_statement(new.event)


def test_a_log_of_old_events_is_asked_and_appended_to(a_second_version, clock, entropy):
    case = Case(MemoryStore(), clock=clock, entropy=entropy, audience="desk")
    case.import_log(golden.LINES)
    assert b"".join(case.export()) == golden.PATH.read_bytes()
    assert case.state().person("ana-nobody").name == "Nobody, Ana"
    there = case.append(case.state().person("ana-nobody"))[0]
    assert (there.seq, there.already) == (PERSON["seq"], True)


def test_a_corrections_replacement_is_upcast_too(a_second_version):
    data = {
        "event": "a" * 20,
        "follows": "a" * 20,
        "type": "person.registered",
        "version": 1,
        "data": {"person": "ana", "name": "Ana Maria Nobody"},
        "reason": "x",
    }
    assert codec.decode("event.corrected", 1, data).data.name == "Nobody, Ana Maria"


# The schema


def _valid(value):
    return VALIDATOR.is_valid(value)


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    types = [form["properties"]["type"] for form in SCHEMA["$defs"].values()]
    assert sorted(one["const"] for one in types if "const" in one) == sorted(
        name for name, _ in TAGS
    )


@pytest.mark.parametrize("line", **golden.each(golden.VALUES))
def test_the_schema_takes_every_golden_line(line):
    assert _valid(line)


@given(events, st.integers(1, 2**53 - 1))
def test_the_schema_takes_every_event(event, seq):
    record = seal(
        event, recorder="x", seq=seq, recorded=0, entropy=lambda size: b"0123456789abcdef"[:size]
    )
    assert _valid(json.loads(textlog.line_of(record)))


def _mutations(line):
    """Yield lines that are no events any more, each with what was done to it."""
    cls = TAGS[line["type"], line["version"]]
    for key in line:
        yield f"no {key}", {k: v for k, v in line.items() if k != key}
        yield f"{key} null", {**line, key: None}
    yield "a key more", {**line, "extra": 1}
    yield "commitment more", {**line, "commitment": "0" * 64}
    for key, wrong in (("seq", 0), ("seq", "1"), ("seq", 1.5), ("version", 2), ("version", "1")):
        yield f"{key} {wrong!r}", {**line, key: wrong}
    for key, wrong in (("id", "A" * 20), ("salt", "0" * 31), ("recorded", "2001-02-03T04:05:06Z")):
        yield f"{key} {wrong!r}", {**line, key: wrong}
    yield "recorder empty", {**line, "recorder": ""}
    for spec in attrs.fields(cls):
        for wrong in (None, [], 1.5, {}, True):
            if spec.name != "data" or wrong != {}:
                yield f"{spec.name} {wrong!r}", _with(line, spec.name, wrong)
        if not spec.metadata["optional"]:
            data = {key: value for key, value in line["data"].items() if key != spec.name}
            yield f"no {spec.name}", {**line, "data": data}
    yield "a field more", _with(line, "extra", "x")


def _with(line, key, value):
    changed = deepcopy(line)
    changed["data"][key] = value
    return changed


@pytest.mark.parametrize("line", **golden.each())
def test_the_schema_refuses_what_is_no_event(line):
    """Each other form is of another type, so that only the line's own may take it."""
    own = FORMS[f"{line['type']}@{line['version']}"]
    assert own.is_valid(line)
    mutations = dict(_mutations(line))
    assert [what for what, value in mutations.items() if own.is_valid(value)] == []
    for what in ("no data", "no salt", "type null", "a key more", "commitment more"):
        assert not _valid(mutations[what]), what


@pytest.mark.parametrize("line", **golden.each())
def test_what_the_schema_refuses_is_not_read(line):
    for what, value in _mutations(line):
        assert _is_refused(value), what


def _is_refused(value):
    try:
        read(value)
    except HabeasError:
        return True
    return False


# The classes


def test_no_event_has_a_default_or_can_be_changed():
    for cls in TAGS.values():
        for spec in attrs.fields(cls):
            assert spec.default is attrs.NOTHING, f"{cls.__name__}.{spec.name}"
            assert spec.kw_only
            assert spec.metadata["doc"]
    made = build(PersonRegistered, {"person": "ana", "name": "Ana"})
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.name = "Bo"
    assert isinstance(made.aliases, tuple)
    assert hash(made) == hash(build(PersonRegistered, {"person": "ana", "name": "Ana"}))


def test_every_class_has_one_newest_tag():
    assert set(TYPE_OF) == set(TAGS.values())
    assert all(TAGS[tag] is cls for cls, tag in TYPE_OF.items())
    assert {cls for cls in TAGS.values() if issubclass(cls, Citation)} < set(CORRECTABLE)


@given(events)
def test_only_registrations_have_a_subject(event):
    subject = subject_of(event)
    assert (subject is not None) == isinstance(event, REGISTRATIONS)
    if subject is not None:
        assert subject.partition(":")[0] == TYPE_OF[type(event)][0].partition(".")[0]


@pytest.mark.parametrize("when", WHENS)
def test_every_form_of_the_design_may_be_the_when_of_a_status(when):
    assert _status(when=when).when == when


def _status(**more):
    known = {"document": "d", "person": "ana", "status": "detained", "stance": "asserted"}
    return build(StatusClaimed, known | more)


@pytest.mark.parametrize(
    ("cls", "known", "field", "hint"),
    [
        (StatusClaimed, {"status": "free"}, "document", "give `document`"),
        (StatusClaimed, {"document": "d", "persson": "ana"}, "person", "give `person`"),
        (PartyRegistered, {"party": "p", "name": "P", "kind": "paper"}, "kind", "one of: detainee"),
        (PartyRegistered, {"party": "P", "name": "P", "kind": "media"}, "party", "an id is 1 to"),
        (CountClaimed, {"measure": "Held!"}, "document", "give `document`"),
    ],
)
def test_a_refusal_names_the_field_and_says_how_to_mend_it(cls, known, field, hint):
    with pytest.raises(BadValue) as refusal:
        build(cls, known)
    assert refusal.value.field == field
    assert refusal.value.hint.startswith(hint)


def test_a_field_too_many_is_named():
    with pytest.raises(BadValue, match="no field `wehn`") as refusal:
        _status(wehn="2026")
    assert "when" in refusal.value.hint


# Recognising what is stated again


@given(events, events)
def test_a_statement_is_known_by_its_type_and_data(one, other):
    same = type(one) is type(other) and one == other
    assert (same_statement(one) == same_statement(other)) == same


@given(st.sampled_from(CORRECTABLE).flatmap(events_of), st.data())
def test_a_statement_is_the_same_whoever_records_it_and_when(event, data):
    records = [
        seal(
            event,
            recorder=data.draw(st.sampled_from(("ana", "bo", 'x","recorder":"y'))),
            seq=data.draw(st.integers(1, 99)),
            recorded=data.draw(st.integers(0, 10**15)),
            entropy=lambda size: bytes(data.draw(st.integers(0, 255)) for _ in range(size)),
        )
        for _ in range(2)
    ]
    assert {stated(one) for one in records} == {same_statement(event)}


def test_an_editorial_act_is_no_statement():
    for line in golden.WHOLE:
        record = read(line)
        expected = None
        if isinstance(record.event, CORRECTABLE):
            expected = same_statement(record.event)
        assert stated(record) == expected
