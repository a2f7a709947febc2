"""Instants, days in zones whose clocks jump, as-of times as typed, and how long it has been."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

import strategies as own
from habeas.edtf import parse
from habeas.errors import HabeasError
from habeas.times import (
    EVER,
    MICROS_PER_DAY,
    NEVER,
    BadTime,
    day_of,
    day_window,
    first_and_last_day,
    held_for,
    instant_text,
    parse_as_of,
    parse_day,
    parse_instant,
    window_text,
    zone,
)

CARACAS = ZoneInfo("America/Caracas")
HOUR = 3_600_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def texts(window):
    return tuple(instant_text(instant)[:16] for instant in window)


def days(first, last):
    return day_window(date.fromisoformat(first), CARACAS)[0], day_window(
        date.fromisoformat(last), CARACAS
    )[1]


# Instants


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (0, "1970-01-01T00:00:00.000000Z"),
        (-1, "1969-12-31T23:59:59.999999Z"),
        (1_767_844_800_000_000, "2026-01-08T04:00:00.000000Z"),
        (-62_135_596_800_000_000, "0001-01-01T00:00:00.000000Z"),
        (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
    ],
)
def test_instants_have_one_text(instant, text):
    assert instant_text(instant) == text
    assert parse_instant(text) == instant


@given(own.instants)
def test_an_instant_and_its_text_are_one_to_one(instant):
    assert parse_instant(instant_text(instant)) == instant


@given(own.instants, own.instants)
def test_texts_sort_as_their_instants(one, other):
    assert (one < other) == (instant_text(one) < instant_text(other))


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-08T04:00:00Z",
        "2026-01-08T04:00:00.000Z",
        "2026-01-08T04:00:00.000000",
        "2026-01-08T04:00:00.000000z",
        "2026-01-08 04:00:00.000000Z",
        "2026-01-08T04:00:00.000000+00:00",
        "2026-01-08T04:00:00,000000Z",
        "2026-W02-4T04:00:00.000000Z",
        "2026-02-30T04:00:00.000000Z",
        "2026-01-08",
        "",
        "Z" * 27,
        None,
        5,
    ],
)
def test_other_spellings_of_an_instant_are_refused(text):
    with pytest.raises(BadTime, match="not an instant"):
        parse_instant(text)


@pytest.mark.parametrize("instant", [EVER, NEVER, 253_402_300_800_000_000, 10**40])
def test_an_instant_outside_the_calendar_has_no_text(instant):
    with pytest.raises(BadTime, match="outside the years"):
        instant_text(instant)


# Zones and days


@pytest.mark.parametrize("name", ["Caracas", "", "America", "../UTC", "/etc/localtime", None, 4])
def test_an_unknown_zone_is_refused_with_an_example(name):
    with pytest.raises(BadTime, match="not a time zone") as caught:
        zone(name)
    zone(caught.value.hint.split()[-1])


def test_a_misspelt_zone_gets_the_nearest():
    with pytest.raises(BadTime) as caught:
        zone("America/Carácas")
    assert "America/Caracas" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "day", "start", "end"),
    [
        ("America/Caracas", "2026-01-08", "2026-01-08T04:00", "2026-01-09T04:00"),
        ("UTC", "2026-01-08", "2026-01-08T00:00", "2026-01-09T00:00"),
        ("Europe/Madrid", "2025-03-30", "2025-03-29T23:00", "2025-03-30T22:00"),
        ("Europe/Madrid", "2025-10-26", "2025-10-25T22:00", "2025-10-26T23:00"),
        # 00:00 never was: the clocks went from 23:59:59 to 01:00.
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00", "2018-11-05T02:00"),
        # From 23:30 to 00:30: the day begins at half past.
        ("America/Toronto", "1919-03-31", "1919-03-31T04:30", "1919-04-01T04:00"),
        # 00:00 was twice: the first counts.
        ("America/Havana", "2025-11-02", "2025-11-02T04:00", "2025-11-03T05:00"),
    ],
)
def test_a_day_is_from_midnight_to_midnight(name, day, start, end):
    assert texts(day_window(date.fromisoformat(day), ZoneInfo(name))) == (start, end)


def test_a_day_that_never_was_is_not_empty():
    apia = ZoneInfo("Pacific/Apia")
    before, skipped, after = (day_window(date(2011, 12, n), apia) for n in (29, 30, 31))
    assert before[1] == skipped[0] == after[0]
    assert skipped[1] == skipped[0] + 1


@pytest.mark.parametrize("name", own.ZONE_NAMES)
def test_the_ends_of_the_calendar_do_not_overflow(name):
    there = ZoneInfo(name)
    assert day_window(date.max, there)[1] - day_window(date.max, there)[0] == MICROS_PER_DAY
    assert day_window(date.min, there)[0] < day_window(date.min, there)[1]
    assert (day_of(EVER, there), day_of(NEVER, there)) == (date.min, date.max)


@given(own.days, own.zones)
def test_days_follow_each_other_without_gap(day, there):
    start, end = day_window(day, there)
    assert start < end
    if day < date.max and day != date(2011, 12, 30):
        assert day_window(day + timedelta(days=1), there)[0] == end


@given(own.instants, own.zones)
def test_the_day_of_an_instant_holds_it(instant, there):
    first, last = day_window(date.min, there)[0], day_window(date.max, there)[1] - 1
    instant = min(max(instant, first), last)
    start, end = day_window(day_of(instant, there), there)
    assert start <= instant < end


@given(own.recent_days, own.zones)
def test_days_are_those_that_the_zones_clock_shows(day, there):
    start, end = day_window(day, there)
    for instant in (start, (start + end) // 2, end - 1):
        shown = (EPOCH + timedelta(microseconds=instant)).astimezone(there)
        assert shown.date() == day_of(instant, there) == day


# Windows


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2026-01-08", "2026-01-08", "2026-01-08"),
        ("2026-01-08", "2026-01-09", "[2026-01-08..2026-01-09]"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2025-02-01", "2025-02-27", "[2025-02-01..2025-02-27]"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-01-01", "2025-12-31", "[2024-01-01..2025-12-31]"),
        ("2024-01-01", "2025-01-31", "[2024-01-01..2025-01-31]"),
        ("0001-01-01", "0001-12-31", "0001"),
        ("9999-12-01", "9999-12-31", "9999-12"),
    ],
)
def test_a_window_is_written_as_the_days_it_touches(first, last, text):
    start, end = days(first, last)
    assert window_text((start, end), CARACAS) == text
    assert window_text((start + HOUR, end - HOUR), CARACAS) == text
    assert first_and_last_day((start, end), CARACAS) == tuple(
        date.fromisoformat(day) for day in (first, last)
    )


def test_a_window_without_a_bound_is_written_open():
    start, end = days("2026-01-08", "2026-01-08")
    assert window_text((EVER, end), CARACAS) == "[..2026-01-08]"
    assert window_text((start, NEVER), CARACAS) == "[2026-01-08..]"
    assert window_text((EVER, NEVER), CARACAS) == "../.."


@given(own.windows(own.days))
def test_the_text_of_a_window_reads_back(drawn):
    window, there = drawn
    assert parse(window_text(window, there)).window(there) == window


# As-of


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2026-01-08", "2026-01-09T04:00:00.000000Z"),
        ("2026-01-08T21:00:00-04:00", "2026-01-09T01:00:00.000001Z"),
        ("2026-01-08T21:00:00-04", "2026-01-09T01:00:00.000001Z"),
        ("2026-01-08T21:00:00Z", "2026-01-08T21:00:00.000001Z"),
        ("2026-01-08T21:00:00+05:45", "2026-01-08T15:15:00.000001Z"),
        ("2026-01-08T21:00:00.5Z", "2026-01-08T21:00:00.500001Z"),
        ("2026-01-08T21:00:00.123456Z", "2026-01-08T21:00:00.123457Z"),
    ],
)
def test_an_as_of_includes_its_day_or_its_moment(text, end):
    as_of = parse_as_of(text, CARACAS)
    assert (as_of.text, instant_text(as_of.end)) == (text, end)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-08T21:00:00",
        "2026-01-08T21:00",
        "2026-01-08T21:00-04:00",
        "2026-01-08T24:00:00Z",
        "2026-01-08T21:00:60Z",
        "2026-01-08T21:00:00.1234567Z",
        "2026-01-08T21:00:00-04:60",
        "2026-01-08T21:00:00-00:00",
        "2026-01-08T21:00:00z",
        "2026-01-08 21:00:00Z",
        "2026-02-30T21:00:00Z",
        "2026-13-45",
        "2026-02-30",
        "0000-01-01",
        "2026-01",
        "2026",
        "2026-1-8",
        "20260103",
        "2026-W01-3",
        "2026-003",
        "8/1/2026",
        "2026-01-08/..",
        "2026-01-08~",
        "yesterday",
        "today",
        "now",
        "@12",
        "",
        " 2026-01-08",
        "2026-01-08\n",
        "２０２６-01-08",  # noqa: RUF001 - full-width digits
        None,
        20260103,
    ],
)
def test_other_as_of_times_are_refused_with_a_right_one(text):
    with pytest.raises(BadTime) as caught:
        parse_as_of(text, CARACAS)
    assert isinstance(caught.value, HabeasError)
    assert any(sign in caught.value.hint for sign in ("2026-01-08", "00:00:00", "21:00:00Z"))


def test_a_naive_moment_is_refused_with_itself_made_right():
    with pytest.raises(BadTime, match="has no offset") as caught:
        parse_as_of("2026-01-08T21:00:00", CARACAS)
    assert "2026-01-08T21:00:00-04:00" in caught.value.hint


@given(own.days, own.zones)
def test_a_day_is_asked_through_its_end(day, there):
    assert parse_day(day.isoformat()) == day
    assert parse_as_of(day.isoformat(), there).end == day_window(day, there)[1]


def test_a_day_is_only_a_day():
    with pytest.raises(BadTime, match="is not a day"):
        parse_day("2026-01-08T21:00:00Z")


# How long


@pytest.mark.parametrize(
    ("first", "last", "until", "least", "most", "text"),
    [
        ("2024-08-01", "2024-08-31", "2026-01-09", 496, 526, "between 16 and 17 months"),
        ("2024-08-20", "2024-08-20", "2026-01-09", 507, 507, "1 year 4 months"),
        ("2024-08-20", "2024-08-21", "2026-01-09", 506, 507, "1 year 4 months"),
        ("2026-01-08", "2026-01-08", "2026-01-09", 1, 1, "1 day"),
        ("2026-01-08", "2026-01-08", "2026-01-08", 0, 0, "less than a day"),
        ("2026-01-08", "2026-01-09", "2026-01-08", 0, 0, "less than a day"),
        ("2026-01-01", "2026-01-06", "2026-01-09", 3, 8, "between 3 and 8 days"),
        ("2026-01-01", "2026-01-09", "2026-01-09", 0, 8, "at most 8 days"),
        ("2025-11-01", "2026-01-06", "2026-01-09", 3, 69, "between 3 days and 2 months 8 days"),
        ("2025-10-09", "2025-10-09", "2026-01-09", 92, 92, "3 months"),
        ("2025-10-07", "2025-10-07", "2026-01-09", 94, 94, "3 months 2 days"),
        ("2022-01-01", "2023-12-31", "2026-01-01", 732, 1461, "between 2 years and 4 years"),
        ("2024-02-29", "2024-02-29", "2025-02-28", 365, 365, "1 year"),
        ("2025-01-31", "2025-01-31", "2025-02-28", 28, 28, "1 month"),
    ],
)  # fmt: skip
def test_how_long_somebody_has_been_held(first, last, until, least, most, text):
    held = held_for(days(first, last), date.fromisoformat(until), CARACAS)
    assert (held.least.total_days, held.most.total_days, held.text) == (least, most, text)


def test_how_long_without_a_bound():
    start, end = days("2024-08-01", "2024-08-31")
    day = date(2026, 1, 9)
    held = held_for((EVER, end), day, CARACAS)
    assert (held.most, held.text) == (None, "at least 1 year 4 months")
    assert held_for((start, NEVER), day, CARACAS).text == "at most 1 year 5 months"
    assert held_for((EVER, NEVER), day, CARACAS).text == "unknown"
    assert held_for((start, end), (start, NEVER), CARACAS).text == "unknown"


def test_how_long_until_a_window():
    held = held_for(days("2024-08-01", "2024-08-31"), days("2025-08-01", "2025-08-31"), CARACAS)
    assert (held.least.total_days, held.most.total_days) == (335, 395)
    assert held.text == "between 11 and 12 months"


@given(own.windows(), own.recent_days)
def test_a_duration_is_a_range_in_order(drawn, until):
    window, there = drawn
    least, most, text = held_for(window, until, there)
    assert 0 <= least.total_days <= most.total_days
    assert least[:3] <= most[:3]
    assert text


def test_importing_times_does_not_import_dateutil():
    code = "import sys, habeas.when; print('dateutil' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        text=True,
    )
    assert done.stdout.strip() == "False"
