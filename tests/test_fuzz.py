"""Bad input at the doors that take files: an error that says what, and never anything else."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas import edtf, textlog, times
from habeas.case import Case, proving
from habeas.errors import HabeasError
from habeas.log.checkpoints import read_note, read_signer, read_verifier
from habeas.store import MemoryStore
from invented import invented_log

LINES = [textlog.line_of(one) for one in invented_log(12)]
UTC = times.zone("UTC")


def refused_or_read(door, value):
    """Call a door; what is not one of our errors, with a message, fails the test."""
    try:
        door(value)
    except HabeasError as error:
        assert error.message  # noqa: PT017 - it may also be read


@given(st.binary(max_size=400))
def test_raw_bytes_are_no_line_no_proof_and_no_traceback(content):
    refused_or_read(lambda one: textlog.read_line(one, 1), content)
    refused_or_read(lambda one: textlog.read_line(one + b"\n", 1), content)
    refused_or_read(lambda one: proving.check(one, None), content)


@given(st.text(max_size=200))
def test_any_text_is_a_date_a_note_a_key_or_refused(text):
    for door in (
        edtf.parse,
        times.parse_day,
        lambda one: times.parse_as_of(one, UTC),
        read_note,
        read_verifier,
        read_signer,
    ):
        refused_or_read(door, text)


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 100_000 + b"\n",
        b'{"a":' * 50_000 + b"\n",
        b'{"seq":' + b"9" * 100_000 + b"}\n",
        b'{"a":"' + b"a" * 5_000_000 + b'"}\n',
        b'{"a":1e400}\n',
        b'{"a":NaN}\n',
        b'{"a":"\\ud800"}\n',
        b"\xff\xfe\n",
    ],
    ids=["lists", "objects", "digits", "long", "float", "nan", "surrogate", "utf-16"],
)
def test_depth_and_size_have_bounds(line):
    with pytest.raises(HabeasError):
        textlog.read_line(line, 1)
    with pytest.raises(HabeasError):
        proving.check(line, None)


@pytest.mark.parametrize("text", ["9" * 1_000_000, "[" * 100_000, "2026-01-08," * 100_000])
def test_a_megabyte_is_no_date(text):
    with pytest.raises(HabeasError):
        edtf.parse(text)


def test_a_spoilt_log_adds_nothing_or_another_root(clock, entropy, tried):
    """Every byte of a small log changed once: it is refused, or its root tells."""
    whole = b"".join(LINES)
    sound = Case(MemoryStore(), clock=clock, entropy=entropy, audience="desk")
    sound.import_log(LINES)
    root = sound.store.head().root
    chance = random.Random(7)  # noqa: S311 - the same bits each time
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1 << chance.randrange(8)
        case = Case(MemoryStore(), clock=clock, entropy=entropy, audience="desk")
        with suppress(HabeasError):
            case.import_log(bytes(changed).splitlines(keepends=True))
        assert case.store.head().root != root
    tried("a bit of an exported log turned: in each of its bytes", len(whole))


def test_a_random_thousand_of_bits_of_a_larger_log_is_found(tried):
    """Of 300 events: what is changed is refused, or it is another leaf, and so another root."""
    records = invented_log(300)
    lines = [textlog.line_of(one) for one in records]
    chance = random.Random(13)  # noqa: S311 - the same bits each time
    for _ in range(1_000):
        place = chance.randrange(len(lines))
        changed = bytearray(lines[place])
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        pieces, leaves = bytes(changed).splitlines(keepends=True), []
        with suppress(HabeasError):
            leaves = [textlog.read_line(one, place + 1).leaf for one in pieces]
        assert leaves != [records[place].leaf]
    tried("the same at random, in a log of 300 events exported", 1_000)
