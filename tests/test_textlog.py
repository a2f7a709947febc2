"""Lines of the text log: each comes back byte for byte, and any other line is refused by name."""

from __future__ import annotations

import json

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import golden
from habeas import codec, textlog
from habeas.errors import BadLog, HabeasError
from habeas.events.fields import nfc
from habeas.log import seal
from strategies import events, json_values, names

LINE = golden.LINES[0]
LEAF = next(
    line for line, value in zip(golden.LINES, golden.VALUES, strict=True) if "data" not in value
)


def changed(line=LINE, **values):
    """The line with other values, in canonical form."""
    return codec.canonical({**json.loads(line), **values}) + b"\n"


def without(key, line=LINE):
    value = json.loads(line)
    del value[key]
    return codec.canonical(value) + b"\n"


@given(
    event=events,
    recorder=names,
    salt=st.binary(min_size=16, max_size=16),
    seq=st.integers(1, 2**53 - 1),
    recorded=st.integers(-(10**15), 10**17),
)
def test_a_line_comes_back_byte_for_byte(event, recorder, salt, seq, recorded):
    record = seal(
        event,
        recorder=nfc(recorder),
        seq=seq,
        recorded=recorded,
        entropy=lambda size: salt[:size],
    )
    line = textlog.line_of(record)
    back = textlog.read_line(line, seq)
    assert back == record
    assert back.event == event
    assert textlog.line_of(back) == line
    assert codec.canonical(json.loads(line)) + b"\n" == line
    leaf = textlog.line_of(evolve(record, salt=None, payload=None))
    hidden = textlog.read_line(leaf, seq)
    assert (hidden.event, hidden.recorder, hidden.leaf) == (None, None, record.leaf)
    assert textlog.line_of(hidden) == leaf == record.leaf + b"\n"


def test_the_golden_log_is_read_in_order():
    records = list(textlog.read_lines(golden.LINES))
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    assert b"".join(map(textlog.line_of, records)) == golden.PATH.read_bytes()


def test_a_gap_or_another_order_is_refused():
    first, second, third = golden.LINES[:3]
    for lines in ([second], [first, third], [first, third, second], [first, first]):
        with pytest.raises(BadLog, match=r"no gaps|seq is") as refusal:
            list(textlog.read_lines(lines))
        assert refusal.value.hint


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (LINE[:-1], "cut off"),
        (b"", "cut off"),
        (LINE[:-1] + b"\r\n", "canonical"),
        (b" " + LINE, "canonical"),
        (b"\n", "not JSON"),
        (b"[]\n", "no event|not a JSON object"),
        (b"{}\n", "no event"),
        (LINE[: len(LINE) // 2] + b"\n", "not JSON"),
        (changed(extra=1), "extra"),
        (without("salt"), "salt"),
        (without("data"), "data"),
        (without("seq"), "seq"),
        (without("commitment", LEAF), "no event"),
        (changed(LEAF, salt="0" * 32), "no event"),
        (changed(commitment="0" * 64), "no event"),
        (changed(id="a" * 20), "content's is"),
        (changed(LEAF, id="a" * 20), "content's is"),
        (changed(id=5), "the id is 5"),
        (changed(id=None), "the id is None"),
        (changed(recorder="Somebody Else"), "content's is"),
        (changed(salt="0" * 32), "content's is"),
        (changed(salt=json.loads(LINE)["salt"].upper()), "salt"),
        (changed(salt="0" * 30), "salt"),
        (changed(salt=0), "salt"),
        (changed(LEAF, commitment="0" * 62), "commitment"),
        (changed(LEAF, commitment="0" * 64), "content's is"),
        (changed(seq=0), "seq"),
        (changed(seq=-1), "seq"),
        (changed(seq=True), "seq"),
        (changed(seq="1"), "seq"),
        (changed(seq=None), "seq"),
        (changed(version=True), "version"),
        (changed(version=0), "version"),
        (changed(version=2), "version 2"),
        (changed(version="1"), "version"),
        (changed(type="case.closed"), "case.closed"),
        (changed(type=None), "None"),
        (changed(type=["case.opened"]), "case.opened"),
        (changed(type={"case": 1}), "knows no event"),
        (changed(LEAF, type=[]), "knows no event"),
        (changed(recorded="2001-02-03T04:05:06Z"), "2001-02-03T04:05:06Z"),
        (changed(recorded="2001-02-03T04:05:06.000007+00:00"), "2001"),
        (changed(recorded="2001-02-30T04:05:06.000007Z"), "2001-02-30"),
        (changed(recorded=981173106), "instant"),
        (changed(recorded=None), "instant"),
        (changed(data=None), "content's is|no object"),
        (changed(data={}), "content's is|needs"),
        (changed(recorder=""), "content's is|recorder"),
        (changed(recorder=5), "content's is|recorder"),
    ],
)
def test_lines_at_fault(line, wrong):
    with pytest.raises(BadLog, match=wrong) as refusal:
        textlog.read_line(line, 7)
    assert refusal.value.message.startswith("line 7: ")


def test_a_line_has_a_longest():
    line = changed(data={"title": "x" * textlog.LINE_MAX})
    with pytest.raises(BadLog, match="longer than"):
        textlog.read_line(line, 1)


def test_a_type_that_fits_the_hash_must_also_fit_the_data():
    """The commitment covers the data and not the type; the data says which types it may be."""
    with pytest.raises(BadLog, match="needs `person`"):
        textlog.read_line(changed(type="person.registered"), 1)


@given(line=st.sampled_from(golden.LINES), at=st.integers(0), sign=st.integers(0, 255))
def test_no_changed_byte_passes(line, at, sign):
    at %= len(line)
    other = line[:at] + bytes([sign]) + line[at + 1 :]
    try:
        record = textlog.read_line(other, 1)
    except BadLog:
        return
    assert textlog.line_of(record) == other
    whole = json.loads(line)
    if other != line and "data" in whole:
        kept = {key: whole[key] for key in ("data", "id", "recorder", "salt")}
        read = json.loads(other)
        assert {key: read[key] for key in kept} == kept, "only the envelope is not committed to"


@given(
    line=st.sampled_from(golden.LINES),
    key=st.sampled_from(("data", "id", "recorded", "recorder", "salt", "seq", "type", "version")),
    value=json_values,
)
def test_whatever_stands_in_a_line_is_read_or_refused(line, key, value):
    try:
        other = codec.canonical({**json.loads(line), key: value}) + b"\n"
    except HabeasError:
        return
    try:
        record = textlog.read_line(other, 1)
    except BadLog:
        return
    assert textlog.line_of(record) == other


@given(st.binary(max_size=60))
def test_any_bytes_are_refused(text):
    with pytest.raises(BadLog):
        textlog.read_line(text, 1)
