"""Lines read at once: what passes so is what the long way reads, and nothing else passes."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import golden
from habeas import codec, textlog
from habeas.errors import BadLog, HabeasError
from habeas.events import CORRECTABLE, TAGS, TYPE_OF, EventCorrected
from habeas.events.fields import nfc
from habeas.events.shapes import shape_of
from habeas.log import Tree, hashes, seal
from habeas.log.checked import Checked, end_of, is_over
from habeas.textlog import scanning
from habeas.times import MICROS_PER_DAY
from invented import invented_log, leaf_only
from strategies import edtf_texts, events, instants, json_values, names, texts, zones

ZONE = ZoneInfo("America/Caracas")


def both(line, number, zone):
    """What the two ways make of a line, each in a tree of its own."""
    at_length, at_once = Tree(), Tree()
    return (
        scanning._at_once(line, at_once, zone),
        scanning._at_length(line, number, at_length, zone),
        (at_once.peaks, at_length.peaks),
    )


@given(
    event=events,
    recorder=names,
    salt=st.binary(min_size=16, max_size=16),
    seq=st.integers(1, 2**53 - 1),
    recorded=st.integers(-(10**15), 10**17),
    zone=st.sampled_from([ZONE, ZoneInfo("Pacific/Kiritimati"), None]),
)
def test_both_ways_say_the_same(event, recorder, salt, seq, recorded, zone):
    record = seal(
        event, recorder=nfc(recorder), seq=seq, recorded=recorded, entropy=lambda size: salt[:size]
    )
    at_once, at_length, peaks = both(textlog.line_of(record), seq, zone)
    assert Checked._make(at_length).record() == record
    if at_once is not None:
        assert at_once == at_length
        assert peaks[0] == peaks[1]


def test_usual_lines_are_read_at_once():
    lines = [textlog.line_of(record) for record in invented_log(200)]
    values = [scanning._at_once(line, Tree(), ZONE) for line in lines[1:]]
    assert None not in values
    found = [*map(Checked._make, values)]
    acts = {"event.corrected", "event.voided", "claim.withdrawn"}
    assert acts < {one.type for one in found}
    assert all(one.plain != (one.type in acts) for one in found)


@given(
    event=events.filter(lambda event: type(event) in CORRECTABLE),
    target=st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=20, max_size=20),
    reason=texts,
)
def test_corrections_are_read_both_ways(event, target, reason):
    type_, version = TYPE_OF[type(event)]
    act = EventCorrected(
        event=target, follows=target, type=type_, version=version, data=event, reason=nfc(reason)
    )
    record = seal(act, recorder="x", seq=1, recorded=0, entropy=bytes)
    at_once, at_length, peaks = both(textlog.line_of(record), 1, ZONE)
    if at_once is not None:
        assert at_once == at_length
        assert peaks[0] == peaks[1]


@given(
    line=st.sampled_from(golden.LINES),
    at=st.integers(0),
    put=st.binary(max_size=3),
    cut=st.integers(0, 3),
)
def test_no_spoilt_line_passes_at_once(line, at, put, cut):
    at %= len(line)
    other = line[:at] + put + line[at + cut :]
    at_once = scanning._at_once(other, Tree(), ZONE)
    if at_once is not None:
        assert at_once == scanning._at_length(other, 1, Tree(), ZONE)


@given(
    line=st.sampled_from(golden.LINES),
    key=st.sampled_from(("data", "id", "recorded", "recorder", "salt", "seq", "type", "version")),
    value=json_values,
)
def test_whatever_stands_in_a_line_passes_both_ways_or_none(line, key, value):
    try:
        other = codec.canonical({**json.loads(line), key: value}) + b"\n"
    except HabeasError:
        return
    at_once = scanning._at_once(other, Tree(), ZONE)
    if at_once is not None:
        assert at_once == scanning._at_length(other, 1, Tree(), ZONE)


@pytest.mark.parametrize("tag", TAGS)
def test_data_that_is_found_by_its_shape_is_built(tag):
    shape = shape_of(tag)
    if tag[0] == "event.corrected":
        assert shape is None
    else:
        assert shape.names == tuple(sorted(codec.FIELDS[TAGS[tag]]))


def test_the_log_as_a_whole_is_read_as_it_was():
    log = invented_log(60)
    log[11] = leaf_only(log[11])
    tree = Tree()
    for record, found in zip(log, scanning.scanned(map(textlog.line_of, log)), strict=True):
        tree.add(record.leaf)
        assert found.record() == record
        assert found.node == tree.peaks[-1]


def test_a_gap_is_refused():
    lines = [textlog.line_of(record) for record in invented_log(5)]
    with pytest.raises(BadLog, match="line 3: the event's seq is 4"):
        list(scanning.scanned([*lines[:2], *lines[3:]]))


@given(commitment=st.binary(min_size=32, max_size=32), other=st.binary(min_size=32, max_size=32))
def test_an_id_is_told_without_making_it(commitment, other):
    id_ = hashes.id_of(commitment).encode()
    assert hashes.is_id_of(id_, commitment)
    assert hashes.is_id_of(id_, other) == (hashes.id_of(other).encode() == id_)


@given(text=edtf_texts, zone=zones, now=instants)
def test_what_is_over_is_over_everywhere(text, zone, now):
    end = end_of(text, zone)
    if end is not None:
        assert is_over(text, end + 2 * MICROS_PER_DAY)
    if is_over(text, now):
        assert end is not None
        assert end <= now
