"""EDTF: the examples of the specification, clause by clause, and what holds for all of them.

The clauses are those of the Library of Congress's specification of 4 February 2019 (the profile
of ISO 8601-1 and 8601-2:2019), named level first. "habeas" stands where a rule is our own.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import strategies as own
from habeas.edtf import MAX_LENGTH, EdtfError, parse
from habeas.errors import HabeasError
from habeas.times import EVER, NEVER, day_of, instant_text

CARACAS = ZoneInfo("America/Caracas")

# clause, text, earliest, latest ("" where there is none, and then `start` or `end` says why)
VALID = [
    ("L0 Date", "1985-04-12", "1985-04-12", "1985-04-12"),
    ("L0 Date", "1985-04", "1985-04-01", "1985-04-30"),
    ("L0 Date", "1985", "1985-01-01", "1985-12-31"),
    ("L0 Date", "2024-02-29", "2024-02-29", "2024-02-29"),
    ("L0 Date", "2024-02", "2024-02-01", "2024-02-29"),
    ("L0 Date; habeas: first year", "0001", "0001-01-01", "0001-12-31"),
    ("L0 Date; habeas: last year", "9999-12-31", "9999-12-31", "9999-12-31"),
    ("L0 Date and Time: local", "1985-04-12T23:20:30", "1985-04-12", "1985-04-12"),
    ("L0 Date and Time: UTC", "1985-04-12T23:20:30Z", "1985-04-12", "1985-04-12"),
    ("L0 Date and Time: shift in hours", "1985-04-12T23:20:30-04", "1985-04-12", "1985-04-12"),
    (
        "L0 Date and Time: shift in hours and minutes",
        "1985-04-12T23:20:30+04:30",
        "1985-04-12",
        "1985-04-12",
    ),
    ("L0 Time Interval", "1964/2008", "1964-01-01", "2008-12-31"),
    ("L0 Time Interval", "2004-06/2006-08", "2004-06-01", "2006-08-31"),
    ("L0 Time Interval", "2004-02-01/2005-02-08", "2004-02-01", "2005-02-08"),
    ("L0 Time Interval", "2004-02-01/2005-02", "2004-02-01", "2005-02-28"),
    ("L0 Time Interval", "2004-02-01/2005", "2004-02-01", "2005-12-31"),
    ("L0 Time Interval", "2005/2006-02", "2005-01-01", "2006-02-28"),
    ("L0 Time Interval", "2004-06-11/2004-06-11", "2004-06-11", "2004-06-11"),
    ("L0 Time Interval", "2004-06/2004", "2004-06-01", "2004-12-31"),
    ("L1 Seasons: spring", "2001-21", "2001-03-01", "2001-05-31"),
    ("L1 Seasons: summer", "2001-22", "2001-06-01", "2001-08-31"),
    ("L1 Seasons: autumn", "2001-23", "2001-09-01", "2001-11-30"),
    ("L1 Seasons: winter", "2001-24", "2001-12-01", "2002-02-28"),
    ("L1 Seasons: winter before a leap day", "2003-24", "2003-12-01", "2004-02-29"),
    ("L1 Qualification of a date (complete)", "1984?", "1984-01-01", "1984-12-31"),
    ("L1 Qualification of a date (complete)", "2004-06~", "2004-06-01", "2004-06-30"),
    ("L1 Qualification of a date (complete)", "2004-06-11%", "2004-06-11", "2004-06-11"),
    ("L1 Unspecified digit(s) from the right", "201X", "2010-01-01", "2019-12-31"),
    ("L1 Unspecified digit(s) from the right", "20XX", "2000-01-01", "2099-12-31"),
    ("L1 Unspecified digit(s) from the right", "2004-XX", "2004-01-01", "2004-12-31"),
    ("L1 Unspecified digit(s) from the right", "1985-04-XX", "1985-04-01", "1985-04-30"),
    ("L1 Unspecified digit(s) from the right", "1985-XX-XX", "1985-01-01", "1985-12-31"),
    ("L1 Unspecified digit(s) from the right", "000X", "0001-01-01", "0009-12-31"),
    ("L1 Open end time interval", "1985-04-12/..", "1985-04-12", ""),
    ("L1 Open end time interval", "1985-04/..", "1985-04-01", ""),
    ("L1 Open end time interval", "1985/..", "1985-01-01", ""),
    ("L1 Open start time interval", "../1985-04-12", "", "1985-04-12"),
    ("L1 Open start time interval", "../1985-04", "", "1985-04-30"),
    ("L1 Open start time interval", "../1985", "", "1985-12-31"),
    ("L1 Time interval with unknown end", "1985-04-12/", "1985-04-12", ""),
    ("L1 Time interval with unknown end", "1985-04/", "1985-04-01", ""),
    ("L1 Time interval with unknown end", "1985/", "1985-01-01", ""),
    ("L1 Time interval with unknown start", "/1985-04-12", "", "1985-04-12"),
    ("L1 Time interval with unknown start", "/1985-04", "", "1985-04-30"),
    ("L1 Time interval with unknown start", "/1985", "", "1985-12-31"),
    ("L1 Extended Interval: both open", "../..", "", ""),
    ("L1 Extended Interval: open, unknown", "../", "", ""),
    ("L1 Extended Interval: unknown, open", "/..", "", ""),
    ("L1 Extended Interval: qualified", "1984~/2004-06?", "1984-01-01", "2004-06-30"),
    ("L2 Significant digits", "1950S2", "1900-01-01", "1999-12-31"),
    ("L2 Significant digits", "1950S3", "1950-01-01", "1959-12-31"),
    ("L2 Significant digits", "1950S4", "1950-01-01", "1950-12-31"),
    ("L2 Significant digits: zeros before are none", "0950S1", "0900-01-01", "0999-12-31"),
    ("L2 Sub-year groupings: spring, northern", "2001-25", "2001-03-01", "2001-05-31"),
    ("L2 Sub-year groupings: summer, northern", "2001-26", "2001-06-01", "2001-08-31"),
    ("L2 Sub-year groupings: autumn, northern", "2001-27", "2001-09-01", "2001-11-30"),
    ("L2 Sub-year groupings: winter, northern", "2001-28", "2001-12-01", "2002-02-28"),
    ("L2 Sub-year groupings: spring, southern", "2001-29", "2001-09-01", "2001-11-30"),
    ("L2 Sub-year groupings: summer, southern", "2001-30", "2001-12-01", "2002-02-28"),
    ("L2 Sub-year groupings: autumn, southern", "2001-31", "2001-03-01", "2001-05-31"),
    ("L2 Sub-year groupings: winter, southern", "2001-32", "2001-06-01", "2001-08-31"),
    ("L2 Sub-year groupings: quarter 1", "2001-33", "2001-01-01", "2001-03-31"),
    ("L2 Sub-year groupings: quarter 2", "2001-34", "2001-04-01", "2001-06-30"),
    ("L2 Sub-year groupings: quarter 3", "2001-35", "2001-07-01", "2001-09-30"),
    ("L2 Sub-year groupings: quarter 4", "2001-36", "2001-10-01", "2001-12-31"),
    ("L2 Sub-year groupings: quadrimester 1", "2001-37", "2001-01-01", "2001-04-30"),
    ("L2 Sub-year groupings: quadrimester 2", "2001-38", "2001-05-01", "2001-08-31"),
    ("L2 Sub-year groupings: quadrimester 3", "2001-39", "2001-09-01", "2001-12-31"),
    ("L2 Sub-year groupings: semestral 1", "2001-40", "2001-01-01", "2001-06-30"),
    ("L2 Sub-year groupings: semestral 2", "2001-41", "2001-07-01", "2001-12-31"),
    ("L2 Sub-year groupings, year unspecified", "199X-24~", "1990-12-01", "2000-02-29"),
    ("L2 Sub-year groupings, cut at 9999", "999X-24", "9990-12-01", "9999-02-28"),
    ("L2 One of a set", "[1667,1668,1670..1672]", "1667-01-01", "1672-12-31"),
    ("L2 One of a set", "[..1760-12-03]", "", "1760-12-03"),
    ("L2 One of a set", "[1760-12..]", "1760-12-01", ""),
    ("L2 One of a set", "[1760-01,1760-02,1760-12..]", "1760-01-01", ""),
    ("L2 One of a set", "[1667,1760-12]", "1667-01-01", "1760-12-31"),
    ("L2 One of a set", "[..1984]", "", "1984-12-31"),
    ("L2 One of a set, in no order", "[1672,1667-03]", "1667-03-01", "1672-12-31"),
    ("L2 One of a set, of one", "[1667]", "1667-01-01", "1667-12-31"),
    ("L2 One of a set, open at both ends", "[..1667,1672..]", "", ""),
    ("L2 One of a set, qualified", "[1667?..1672~]", "1667-01-01", "1672-12-31"),
    ("L2 One of a set of seasons", "[2001-21..2001-23]", "2001-03-01", "2001-11-30"),
    (
        "L2 One of a set, with times of day",
        "[2026-01-08T15:00:00Z..2026-01-09T15:00:00Z]",
        "2026-01-08",
        "2026-01-09",
    ),
    ("L2 All Members", "{1667,1668,1670..1672}", "1667-01-01", "1672-12-31"),
    ("L2 All Members", "{1960,1961-12}", "1960-01-01", "1961-12-31"),
    ("L2 All Members", "{..1984}", "", "1984-12-31"),
    ("L2 Group Qualification", "2004-06-11%", "2004-06-11", "2004-06-11"),
    ("L2 Group Qualification", "2004-06~-11", "2004-06-11", "2004-06-11"),
    ("L2 Group Qualification", "2004?-06-11", "2004-06-11", "2004-06-11"),
    ("L2 Qualification of Individual Component", "?2004-06-~11", "2004-06-11", "2004-06-11"),
    ("L2 Qualification of Individual Component", "2004-%06-11", "2004-06-11", "2004-06-11"),
    ("L2 Unspecified Digit", "156X-12-25", "1560-12-25", "1569-12-25"),
    ("L2 Unspecified Digit", "15XX-12-25", "1500-12-25", "1599-12-25"),
    ("L2 Unspecified Digit", "15XX-12-XX", "1500-12-01", "1599-12-31"),
    ("L2 Unspecified Digit", "XXXX-12-XX", "0001-12-01", "9999-12-31"),
    ("L2 Unspecified Digit", "1XXX-XX", "1000-01-01", "1999-12-31"),
    ("L2 Unspecified Digit", "1XXX-12", "1000-12-01", "1999-12-31"),
    ("L2 Unspecified Digit", "1984-1X", "1984-10-01", "1984-12-31"),
    ("L2 Unspecified Digit", "1984-X1", "1984-01-01", "1984-11-30"),
    ("L2 Unspecified Digit: the 31st", "1984-XX-31", "1984-01-31", "1984-12-31"),
    ("L2 Unspecified Digit: a leap day", "19XX-02-29", "1904-02-29", "1996-02-29"),
    ("L2 Unspecified Digit: any year", "XXXX", "0001-01-01", "9999-12-31"),
    ("L2 Interval", "2004-06-~01/2004-06-~20", "2004-06-01", "2004-06-20"),
    ("L2 Interval", "2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03"),
    ("L2 Interval", "1950S2/1960-33", "1900-01-01", "1960-03-31"),
]

# clause, text, the part that the error names, and what its hint contains
INVALID = [
    ("L0 Date: the calendar", "2023-02-29", "29", "2023-02-28"),
    ("L0 Date: the calendar", "1900-02-29", "29", "1900-02-28"),
    ("L0 Date: the calendar", "2026-01-45", "45", "2026-01-31"),
    ("L0 Date: the calendar", "2026-13-45", "13", "2026-01"),
    ("L0 Date: the calendar", "2026-00", "00", "2026-01"),
    ("L0 Date: the calendar", "2026-01-00", "00", "2026-01"),
    ("L0 Date: complete representation", "2026-1-8", "1", "write 2026-01-08"),
    ("L0 Date: complete representation", "26-01-08", "26", "2026-01-08"),
    ("L0 Date: complete representation", "2026-", "", "2026-01-08"),
    ("L0 Date: complete representation", "2026--08", "", "2026-01-08"),
    ("L0 Date: complete representation", "2026-01-08-09", "2026-01-08-09", "2026-01-08"),
    ("L0 Date: complete representation", "", "", "2026-01-08"),
    ("L0 Date: complete representation", "8 January 2026", " ", "2026-01-08"),
    ("L0 Date: complete representation", "8/1/2026", "/", "write 2026-01-08"),
    ("L0 Date: complete representation", "2026/01/08", "/", "write 2026-01-08"),
    ("Extended format", "20260108", "20260108", "write 2026-01-08"),
    ("Extended format", "20050924T100000", "20050924T100000", "2026-01-08T21:00:00"),
    ("Extended format: no week dates", "2026-W01-3", "W01", "2026-01-08"),
    ("Extended format: no ordinal dates", "2026-003", "003", "2026-01-08"),
    ("L0 Date and Time: complete", "2026-01-08T15", "2026-01-08T15", "T21:00:00"),
    (
        "L0 Date and Time: complete",
        "2026-01-08T15:00",
        "2026-01-08T15:00",
        "write [2026-01-08T15:00:00..2026-01-08T15:00:59]",
    ),
    (
        "L0 Date and Time: no fractions",
        "2026-01-08T15:00:00.5Z",
        "2026-01-08T15:00:00.5Z",
        "write 2026-01-08T15:00:00Z",
    ),
    ("L0 Date and Time: a 'T'", "2026-01-08 15:00:00", " ", "write 2026-01-08T15:00:00"),
    (
        "L0 Date and Time: upper case",
        "2026-01-08t15:00:00z",
        "08t15:00:00z",
        "write 2026-01-08T15:00:00Z",
    ),
    (
        "L0 Date and Time: extended shift",
        "2026-01-08T15:00:00-0400",
        "2026-01-08T15:00:00-0400",
        "write 2026-01-08T15:00:00-04:00",
    ),
    ("L0 Date and Time: hours", "2026-01-08T25:00:00", "2026-01-08T25:00:00", "T21:00:00"),
    ("L0 Date and Time: minutes", "2026-01-08T15:60:00", "2026-01-08T15:60:00", "T21:00:00"),
    ("L0 Date and Time: seconds", "2026-01-08T23:59:60Z", "2026-01-08T23:59:60Z", "T21:00:00"),
    ("ISO 8601-1:2019, midnight", "2026-01-08T24:00:00", "2026-01-08T24:00:00", "next day"),
    ("ISO 8601-1:2019, UTC", "2026-01-08T15:00:00-00:00", "2026-01-08T15:00:00-00:00", "Z"),
    ("L0 Date and Time: shift", "2026-01-08T15:00:00+24:00", "2026-01-08T15:00:00+24:00", "T21"),
    ("L0 Date and Time: the calendar", "2023-02-29T15:00:00", "2023-02-29T15:00:00", "T21"),
    ("L0 Date and Time: no year 0", "0000-01-01T15:00:00", "0000-01-01T15:00:00", "T21"),
    ("L0 Date and Time: not qualified", "2026-01-08T15:00:00?", "2026-01-08T15:00:00?", "write"),
    ("L0 Time Interval: in order", "2004/2003", "2003", "write 2003/2004"),
    ("L0 Time Interval: in order", "2004-06-11/2004-06-10", "2004-06-10", "write 2004-06-10/"),
    ("L0 Time Interval: in order", "2004-02-01/2004-01", "2004-01", "write 2004-01/2004-02-01"),
    (
        "L0 Time Interval: no time of day",
        "2004-02-01T10:00:00Z/2005-02",
        "2004-02-01T10:00:00Z",
        "write 2004-02-01/2005-02",
    ),
    ("L0 Time Interval: no duration", "2004-02-01/P1Y", "P1Y", "2024-08/2025-08"),
    ("L0 Time Interval: a start and an end", "2004/2005/2006", "/", "2024-08/2025-08"),
    ("habeas: a date at one side at least", "/", "/", "2024-08/"),
    ("L1 Letter-prefixed calendar year; habeas", "Y170000002", "Y170000002", "0001 to 9999"),
    ("L1 Letter-prefixed calendar year; habeas", "Y-170000002", "Y-170000002", "0001 to 9999"),
    ("L1 Letter-prefixed calendar year: more than 4 digits", "Y1984", "Y1984", "write 1984"),
    ("L1 Negative calendar year; habeas", "-1985", "-1985", "0001 to 9999"),
    ("habeas: years 0001 to 9999", "0000", "0000", "0001 to 9999"),
    ("habeas: years 0001 to 9999", "0000-01", "0000", "0001 to 9999"),
    ("habeas: years 0001 to 9999", "12026", "12026", "2026"),
    ("habeas: years 0001 to 9999", "9999-24", "9999-24", "0001 to 9999"),
    ("L1 Seasons: no day", "2001-21-05", "05", "2001-21"),
    ("L1 Seasons", "2001-20", "20", "2026-01"),
    ("L1 Qualification: one character", "2004??", "2004??", "2026"),
    ("L1 Qualification: one character", "2004?~", "2004?~", "write 2004%"),
    ("L1 Unspecified digit(s): upper case", "201x", "201x", "write 201X"),
    ("L1 Extended Interval: '..' once", "1985/...", "...", "2026"),
    ("L2 Exponential year; habeas", "Y-17E7", "Y-17E7", "0001 to 9999"),
    ("L2 Exponential year; habeas", "Y19E2", "Y19E2", "0001 to 9999"),
    ("L2 Significant digits: prefixed; habeas", "Y171010000S3", "Y171010000S3", "0001 to 9999"),
    ("L2 Significant digits: positive", "1950S0", "1950S0", "1950S2"),
    ("L2 Significant digits: as many as there are", "1950S5", "1950S5", "1950S2"),
    ("L2 Significant digits: of a specified year", "195XS2", "195XS2", "1950S2"),
    ("L2 Significant digits: of a year", "1950S2-03", "1950S2-03", "1950S2"),
    ("L2 Sub-year groupings: 21 to 41", "2001-42", "42", "2026-01"),
    ("L2 Sub-year groupings: specified", "2001-2X", "2X", "2026-01"),
    ("L2 Set representation: closed", "[2004", "[2004", "[2026-01-08,2026-01-10]"),
    ("L2 Set representation: closed", "{2004]", "{2004]", "[2026-01-08,2026-01-10]"),
    ("L2 Set representation: closed", "[", "[", "[2026-01-08,2026-01-10]"),
    ("L2 Set representation: opened", "2004]", "2004]", "2026"),
    ("L2 Set representation: members", "[]", "", "2026-01-08"),
    ("L2 Set representation: members", "[1667,,1668]", "", "2026-01-08"),
    ("L2 Set representation: members", "[..]", "..", "[1984..1990]"),
    ("L2 Set representation: no spaces", "[1667, 1668]", " ", "write [1667,1668]"),
    ("L2 Set representation: not nested", "[1667,[1668]]", "[", "[2026-01-08,"),
    ("L2 Set representation: '..' at the beginning", "[1667,..1668]", "..1668", "[..1984,1990]"),
    ("L2 Set representation: '..' at the end", "[1667..,1668]", "1667..", "[1984,1990..]"),
    ("L2 Set representation: precision", "[1667..1668-12]", "1667..1668-12", "both as days"),
    (
        "L2 Set representation: precision",
        "[2026-01-08T15:00:00..2026-01-08T16:00:00Z]",
        "2026-01-08T15:00:00..2026-01-08T16:00:00Z",
        "both as days",
    ),
    ("L2 Set representation: in order", "[1668..1667]", "1668..1667", "write [1667..1668]"),
    ("L2 Set representation: no intervals", "[1667/1668]", "[1667", "write [1667..1668]"),
    (
        "L2 Interval: of dates",
        "[2004-06-01,2004-06-03]/..",
        "[2004-06-01,2004-06-03]",
        "2004-06/..",
    ),
    ("L2 Interval: of dates", "2001/{2004,2006}", "{2004,2006}", "write 2001/200X"),
    ("L2 Unspecified Digit: the calendar", "XXXX-02-30", "30", "2026-01-08"),
    ("L2 Unspecified Digit: the calendar", "1984-0X-4X", "4X", "2026-01-08"),
    ("L2 Unspecified Digit: the calendar", "X900-02-29", "29", "2026-01-08"),
    ("Differences: 'u'", "uuuu", "uuuu", "write XXXX"),
    ("Differences: 'u'", "199u-uu", "199u", "write 199X-XX"),
    ("Differences: masked precision", "19xx", "19xx", "write 19XX"),
    ("Differences: '?~'", "2004-06?~", "06?~", "write 2004-06%"),
    ("Differences: parentheses", "2011-(06-04)~", "(06", "write 2011-~06-~04"),
    ("Differences: parentheses", "(2011)-06-04?~", "(2011)", "write 2011-%06-%04"),
    ("Differences: 'unknown'", "unknown/2004", "unknown", "write /2004"),
    ("Differences: 'unknown'", "2004/unknown", "unknown", "write 2004/"),
    ("Differences: 'open'", "2004-06-01~/open", "open", "write 2004-06-01~/.."),
    ("Differences: 'unknown' alone", "unknown", "unknown", "2026"),
    ("Differences: 'y'", "y170000002", "y170000002", "modern spelling is Y170000002"),
    ("Differences: 'y', 'e'", "y17e7", "y17e7", "modern spelling is Y17E7"),
    ("Differences: 'p'", "1950p2", "1950p2", "write 1950S2"),
    ("habeas: ASCII", "２０２６", "２", "write 2026"),  # noqa: RUF001 - full-width digits
    ("habeas: ASCII", "\u0661\u0669\u0668\u0665", "\u0661", "write 1985"),
    ("habeas: ASCII", "2024\u20132025", "\u2013", "write 2024/2025"),
    ("habeas: ASCII", "2026-01-08\x00", "\x00", "2026-01-08"),
    ("habeas: no white space", " 2026-01-08", " ", "write 2026-01-08"),
    ("habeas: no white space", "2026-01-08\n", "\n", "write 2026-01-08"),
]


def rows(table):
    return [pytest.param(*row[1:], id=f"{row[0]}: {row[1]!a}") for row in table]


@pytest.mark.parametrize(("text", "earliest", "latest"), rows(VALID))
def test_valid_forms_have_their_bounds(text, earliest, latest):
    edtf = parse(text)
    assert edtf.text == text
    assert (str(edtf.earliest or ""), str(edtf.latest or "")) == (earliest, latest)
    assert (edtf.start == "stated", edtf.end == "stated") == (bool(earliest), bool(latest))


@pytest.mark.parametrize(("text", "part", "hint"), rows(INVALID))
def test_invalid_forms_name_the_part_and_give_an_example(text, part, hint):
    with pytest.raises(EdtfError) as caught:
        parse(text)
    assert caught.value.part == part
    assert part in text
    assert hint in caught.value.hint
    assert repr(text) in caught.value.message


@pytest.mark.parametrize(("text", "part", "hint"), rows(INVALID))
def test_what_a_hint_proposes_to_write_can_be_read(text, part, hint):
    with pytest.raises(EdtfError) as caught:
        parse(text)
    proposal = re.match(r"write (\S+)$", caught.value.hint)
    if proposal:
        parse(proposal[1])


@pytest.mark.parametrize("text", ["y17e7", "uuuu", "2004?~", "unknown/2004", "(2004)~"])
def test_the_draft_of_2012_is_called_by_its_name(text):
    with pytest.raises(EdtfError, match="the draft of 2012 wrote"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024-08/..", "stated", "open"),
        ("2024-08/", "stated", "unknown"),
        ("../2024-08", "open", "stated"),
        ("/2024-08", "unknown", "stated"),
        ("/..", "unknown", "open"),
        ("[..2024-08]", "open", "stated"),
        ("{2024-08..}", "stated", "open"),
    ],
)
def test_an_open_side_is_not_an_unknown_one(text, start, end):
    assert (parse(text).start, parse(text).end) == (start, end)


@pytest.mark.parametrize(
    ("text", "qualified"),
    [
        ("2004", set()),
        ("2004?", {"uncertain"}),
        ("2004-06~", {"approximate"}),
        ("2004-%06-11", {"uncertain", "approximate"}),
        ("?2004-06-~11", {"uncertain", "approximate"}),
        ("?2004~", {"uncertain", "approximate"}),
        ("2004/2005~", {"approximate"}),
        ("[2004?..2005,2006]", {"uncertain"}),
    ],
)
def test_qualifiers_are_kept_and_move_no_bound(text, qualified):
    plain = re.sub("[?~%]", "", text)
    assert parse(text).qualified == qualified
    assert (parse(text).earliest, parse(text).latest) == (
        parse(plain).earliest,
        parse(plain).latest,
    )


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-01-08", "2026-01-08T04:00:00.000000Z", "2026-01-09T04:00:00.000000Z"),
        ("2026-01", "2026-01-01T04:00:00.000000Z", "2026-02-01T04:00:00.000000Z"),
        ("2026-01-08T21:00:00", "2026-01-09T01:00:00.000000Z", "2026-01-09T01:00:00.000001Z"),
        ("2026-01-08T21:00:00Z", "2026-01-08T21:00:00.000000Z", "2026-01-08T21:00:00.000001Z"),
        ("2026-01-08T21:00:00+01:30", "2026-01-08T19:30:00.000000Z", "2026-01-08T19:30:00.000001Z"),
        ("2026-01-08/2026-01-10", "2026-01-08T04:00:00.000000Z", "2026-01-11T04:00:00.000000Z"),
        (
            "[2026-01-08T20:00:00Z,2026-01-08,2026-01-07]",
            "2026-01-07T04:00:00.000000Z",
            "2026-01-09T04:00:00.000000Z",
        ),
        ("9999-12-31", "9999-12-31T04:00:00.000000Z", None),
    ],
)
def test_instants_are_half_open_and_in_the_zone(text, start, end):
    edtf = parse(text)
    assert instant_text(edtf.start_instant(CARACAS)) == start
    if end is not None:
        assert instant_text(edtf.end_instant(CARACAS)) == end
    assert edtf.window(CARACAS) == (edtf.start_instant(CARACAS), edtf.end_instant(CARACAS))


def test_sides_without_a_date_have_no_instant():
    assert parse("2026-01-08/..").end_instant(CARACAS) is None
    assert parse("/2026-01-08").start_instant(CARACAS) is None
    assert parse("../..").window(CARACAS) == (EVER, NEVER)


def test_a_local_time_that_was_twice_spans_both():
    madrid = ZoneInfo("Europe/Madrid")
    start, end = parse("2025-10-26T02:30:00").window(madrid)
    assert end - start == 3_600_000_001
    start, end = parse("2025-03-30T02:30:00").window(madrid)  # and one that never was
    assert end - start == 3_600_000_001


@pytest.mark.parametrize("value", [None, 5, 2026, b"2026", ["2026"], date(2026, 1, 8), {}])
def test_what_is_no_text_is_an_edtf_error(value):
    with pytest.raises(EdtfError, match="a date is a text"):
        parse(value)


def test_the_length_is_bounded_and_the_bound_named():
    longest = f"[{','.join(['2026-01-08'] * 23)}]"
    assert len(longest) <= MAX_LENGTH
    parse(longest)
    with pytest.raises(EdtfError, match=str(MAX_LENGTH)) as caught:
        parse("2026-01-08" + "X" * 1_000_000)
    assert len(caught.value.message) < 200


def test_an_edtf_error_is_one_of_ours():
    assert issubclass(EdtfError, HabeasError)


@given(st.text() | own.nearly_edtf)
def test_parse_raises_nothing_but_edtf_errors(text):
    try:
        read = parse(text)
    except EdtfError as fault:
        read = fault
    assert read.text == text
    if isinstance(read, EdtfError):
        assert read.hint
        assert read.part in text


@given(own.edtf_texts, own.zones)
def test_every_form_reads_with_bounds_in_order(text, zone):
    edtf = parse(text)
    assert edtf.text == text
    if edtf.earliest and edtf.latest:
        assert edtf.earliest <= edtf.latest
    start, end = edtf.window(zone)
    assert start < end
    assert (edtf.earliest is None) == (start == EVER) == (edtf.start != "stated")
    assert (edtf.latest is None) == (end == NEVER) == (edtf.end != "stated")


@given(own.calendar_dates, own.zones)
def test_instants_are_those_of_the_days(text, zone):
    edtf = parse(text)
    start, end = edtf.window(zone)
    skipped = date(2011, 12, 30)  # Samoa had no such day
    assume(skipped not in (edtf.earliest, edtf.latest))
    assert (day_of(start, zone), day_of(end - 1, zone)) == (edtf.earliest, edtf.latest)


@given(own.qualified_dates())
def test_a_qualifier_moves_no_bound(text):
    plain = parse(re.sub("[?~%]", "", text))
    assert (parse(text).earliest, parse(text).latest) == (plain.earliest, plain.latest)


@given(own.days)
def test_a_day_lies_in_its_month_its_year_and_what_hides_its_digits(day):
    text = day.isoformat()
    wider = [text[:7], text[:4], f"{text[:3]}X", f"{text[:2]}XX", f"{text[:8]}XX"]
    wider += [f"[..{text}]", f"{text}/..", f"[{text},2000]", f"{{{text}}}", f"XXXX{text[4:]}"]
    for other in wider:
        hull = parse(other)
        assert hull.earliest is None or hull.earliest <= day
        assert hull.latest is None or day <= hull.latest


@given(own.unspecified_dates(), st.data())
def test_hiding_a_digit_only_widens(text, data):
    place = data.draw(st.sampled_from([i for i, sign in enumerate(text) if sign != "-"]))
    narrow, wide = parse(text), parse(f"{text[:place]}X{text[place + 1 :]}")
    assert wide.earliest <= narrow.earliest
    assert narrow.latest <= wide.latest


@given(own.unspecified_dates(own.recent_days))
def test_unspecified_digits_day_by_day(text):
    """Of the days 2020 to 2029, as many are within the text's bounds as one finds by looking."""
    text = f"202{text[3:]}"
    first = date(2020, 1, 1)
    every = [first + timedelta(days=count) for count in range(3653)]
    pattern = re.compile(text.replace("X", "."))
    fitting = [day for day in every if pattern.match(day.isoformat())]
    assert (parse(text).earliest, parse(text).latest) == (fitting[0], fitting[-1])


@given(st.lists(own.calendar_dates, min_size=1, max_size=5))
def test_a_set_is_the_hull_of_its_members(members):
    one, every = parse(f"[{','.join(members)}]"), parse(f"{{{','.join(members)}}}")
    hull = min(parse(m).earliest for m in members), max(parse(m).latest for m in members)
    assert (one.earliest, one.latest) == (every.earliest, every.latest) == hull
    assert (one.kind, every.kind) == ("one-of", "all-of")


@given(own.calendar_dates, own.calendar_dates)
def test_an_interval_is_read_if_and_only_if_it_can_be_in_order(left, right):
    text = f"{left}/{right}"
    if parse(right).latest < parse(left).earliest:
        with pytest.raises(EdtfError, match="lies before the start"):
            parse(text)
    else:
        edtf = parse(text)
        assert (edtf.earliest, edtf.latest) == (parse(left).earliest, parse(right).latest)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("13/02/2026", "write 2026-02-13 (year-month-day)"),
        ("2.2.2026", "write 2026-02-02 (year-month-day)"),
        ("10/02/2026", "write 2026-02-10 or 2026-10-02, whichever it means (year-month-day)"),
        ("1.2.2026", "write 2026-02-01 or 2026-01-02, whichever it means (year-month-day)"),
        ("05-04-2026", "write 2026-04-05 or 2026-05-04, whichever it means (year-month-day)"),
        ("02/25/2026", "write 2026-02-25 (year-month-day)"),
        ("febrero 2026", "write 2026-02 (year-month-day)"),
        ("Febrero de 2026", "write 2026-02 (year-month-day)"),
        ("10 de febrero de 2026", "write 2026-02-10 (year-month-day)"),
        ("February 2026", "write 2026-02 (year-month-day)"),
        ("10 February 2026", "write 2026-02-10 (year-month-day)"),
    ],
)
def test_a_date_as_people_write_it_gets_the_spelling(text, hint):
    with pytest.raises(EdtfError) as caught:
        parse(text)
    assert caught.value.hint == hint
    assert "year-month-day" in caught.value.reason


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2026-01-08T23:30Z", "[2026-01-08T23:30:00Z..2026-01-08T23:30:59Z]"),
        ("2026-01-08 23:30-0400", "[2026-01-08T23:30:00-04:00..2026-01-08T23:30:59-04:00]"),
        ("2026-01-08T23:30", "[2026-01-08T23:30:00..2026-01-08T23:30:59]"),
    ],
)
def test_a_minute_is_not_made_a_second(text, hint):
    with pytest.raises(EdtfError, match="a time of day has seconds") as caught:
        parse(text)
    assert caught.value.hint.startswith(f"write {hint}")
    parse(hint)


@pytest.mark.parametrize("text", ["30/02/2026", "45/45/2026", "lunes 2026"])
def test_no_day_is_proposed_that_there_is_not(text):
    with pytest.raises(EdtfError) as caught:
        parse(text)
    assert "year-month-day)" not in caught.value.hint
