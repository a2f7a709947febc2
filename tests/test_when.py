"""What the `when` of a claim says: the table of design section 3, row by row."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

import strategies as own
from habeas.edtf import EdtfError, parse
from habeas.times import EVER, NEVER, window_text
from habeas.when import When, read

CARACAS = ZoneInfo("America/Caracas")


def shown(window):
    return window and window_text(window, CARACAS)


@pytest.mark.parametrize(
    ("text", "kind", "begin", "end"),
    [
        ("2026-01-08", "began", "2026-01-08", None),
        ("2024-08", "began", "2024-08", None),
        ("2024", "began", "2024", None),
        ("2024-12-10~", "began", "2024-12-10", None),
        ("[2026-01-08,2026-01-09]", "began", "[2026-01-08..2026-01-09]", None),
        ("[2026-01-08..2026-01-10]", "began", "[2026-01-08..2026-01-10]", None),
        ("[..2024-07-28]", "began", "[..2024-07-28]", None),
        ("[2026-01-08..]", "began", "[2026-01-08..]", None),
        ("2024-21", "began", "[2024-03-01..2024-05-31]", None),
        ("202X", "began", "[2020-01-01..2029-12-31]", None),
        ("2026-01-08T15:00:00", "began", "2026-01-08", None),
        ("2024-08/..", "still", "2024-08", None),
        ("2024-08/2025-08~", "ended", "2024-08", "2025-08"),
        ("2024-08/2024", "ended", "2024-08", "2024"),
        ("2024-08/", "ended_unknown", "2024-08", None),
        ("/2025-08", "ended_only", None, "2025-08"),
        ("../2026-01-16", "held_on", None, "2026-01-16"),
        (None, "absent", None, None),
    ],
)
def test_what_a_when_says(text, kind, begin, end):
    when = read(text, CARACAS)
    assert (when.text, when.kind, shown(when.begin), shown(when.end)) == (text, kind, begin, end)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("{2026-01-08,2026-01-09}", "[2026-01-08,2026-01-09]"),
        ("{2026-01-08..2026-01-10}", "2026-01-08/2026-01-10"),
        ("{..2026-01-08}", "[..2026-01-08]"),
        ("../..", "leave `when` out"),
        ("/..", "leave `when` out"),
        ("../", "/2025-08"),
        ("2026-01/[2026-02-08..2026-02-09]", "2026-01/2026-02"),
        ("2025/2024", "2024/2025"),
        ("2026-01-08T15:00:00/..", "2026-01-08/.."),
        ("2023-02-29", "2023-02-28"),
        ("unknown/2024", "/2024"),
    ],
)
def test_other_forms_are_refused_with_the_nearest(text, nearest):
    with pytest.raises(EdtfError) as caught:
        read(text, CARACAS)
    assert nearest in caught.value.hint
    if nearest[0] != "l":
        assert read(nearest, CARACAS).text == nearest


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("[2026-01-08,2026-01-09]/..", "[2026-01-08,2026-01-09]", None),
        ("[2021-12..2022-02]/..", "[2021-12..2022-02]", None),
        ("[2021-12..2022-02]/2022-05~", "[2021-12..2022-02]", "/2022-05~"),
        ("[2021-12..2022-02]/[2022-05..2022-06]", None, None),
    ],
)
def test_a_beginning_between_two_dates_is_a_claim_of_its_own(text, first, second):
    with pytest.raises(EdtfError) as caught:
        read(text, CARACAS)
    assert re.findall(r'when = "(.+?)"', caught.value.hint) == [
        one for one in (first, second) if one is not None
    ]
    for one in (first, second):
        assert one is None or read(one, CARACAS).text == one


@pytest.mark.parametrize("value", [5, ["2026"], b"2026"])
def test_a_when_is_a_text(value):
    with pytest.raises(EdtfError):
        read(value, CARACAS)


def test_days_are_those_of_the_zone():
    caracas, madrid = read("2026-01-08", CARACAS), read("2026-01-08", ZoneInfo("Europe/Madrid"))
    assert caracas.begin[0] - madrid.begin[0] == 5 * 3_600_000_000


@given(own.edtf_texts, own.zones)
def test_what_is_said_lies_in_what_is_written(text, zone):
    try:
        when = read(text, zone)
    except EdtfError:
        edtf = parse(text)
        assert edtf.kind == "all-of" or "stated" not in (edtf.start, edtf.end)
        return
    start, end = parse(text).window(zone)
    assert isinstance(when, When)
    assert when.begin or when.end
    assert start == (when.begin[0] if when.begin else EVER)
    if when.end:
        assert end == when.end[1]
    else:
        assert end == (when.begin[1] if when.kind == "began" else NEVER)
