"""Pictures say in words what they show, hold what they are given, and are the same each time."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.projections import person
from habeas.projections.counts import counts
from habeas.projections.over_time import over_time
from habeas.projections.question import basis
from habeas.render.pictures import bands, series, spells
from habeas.render.pictures.axis import Axis, axis_of, days
from habeas.render.pictures.heights import Heights, apart
from habeas.render.pictures.svg import fitted, number, width
from logs import Log
from strategies import recent_days

SVG = "{http://www.w3.org/2000/svg}"


def drawn(log, draw, as_of="2019-12-31", **more):
    question = log.ask(as_of, **more)
    said = basis(log.state, question, "00" * 32)
    match draw:
        case "bands":
            return bands({"basis": said, "steps": over_time(log.state, question)})
        case "series":
            matters = counts(log.state, question)
            return series({"basis": said, "counts": list(matters)}, matters[0])
    told = person.told(log.state, draw, question)
    story = person.story(log.state, told)
    return spells({"basis": said, "persons": [story]}, story)


def checked(picture):
    """Read a picture as XML, and check what every picture must have."""
    root = ET.fromstring(picture)  # noqa: S314 - our own
    assert root.get("role") == "img"
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    named = root.get("aria-labelledby").split()
    found = {one.get("id"): one for one in root}
    assert [found[name].tag for name in named] == [f"{SVG}title", f"{SVG}desc"]
    assert all(found[name].text for name in named)
    assert set(re.findall(r"url\(#([^)]*)\)", picture)) <= set(ids)
    wide, high = float(root.get("width")), float(root.get("height"))
    for one in root.iter():
        for key in ("x", "x1", "x2"):
            assert -20 <= float(one.get(key, 0)) <= wide + 20
        for key in ("y", "y1", "y2"):
            assert -20 <= float(one.get(key, 0)) <= high
        for key in ("width", "height"):
            assert float(one.get(key, 0)) >= 0
    assert "nan" not in picture
    assert picture.endswith("</svg>\n")
    return root


def texts(root):
    return [one.text or "".join(one.itertext()) for one in root.iter(f"{SVG}text")]


@pytest.fixture
def log():
    made = Log()
    made.document("courier", "2019-03-06")
    made.document("post", "2019-12-08")
    return made


def test_a_timeline_names_each_spell_and_what_is_told_beside(log):
    log.status("varga", "detained", "courier", when="2018-01")
    log.status("varga", "released", "post", when="[2019-11-01..2019-11-20]", stance="unconfirmed")
    root = checked(drawn(log, "varga"))
    said = texts(root)
    assert {"Detained", "reported", "Released", "pending: unconfirmed"} <= set(said)
    assert "2018-01 – goes on" in said
    description = root.find(f"{SVG}desc").text
    assert "detained (reported): 2018-01 – goes on." in description
    assert "released (pending: unconfirmed): between 2019-11-01 and 2019-11-20." in description


def test_a_timeline_of_nothing(log):
    log.detail("varga", "occupation", "poet", "courier")
    assert "Nothing stands so far." in texts(checked(drawn(log, "varga")))


def test_long_names_are_cut_and_whole_in_a_tooltip(log):
    name = "Ilse <b>Ápostolos & Söhne</b> " * 12
    log.person("varga", name.strip())
    log.status("varga", "detained", "courier", when="2018-01")
    picture = drawn(log, "varga")
    checked(picture)
    assert "<b>" not in picture
    assert "…" in picture
    assert picture.count("Söhne&lt;/b&gt;") > 20


def test_a_name_that_turns_the_writing_round_is_shown_as_it_is(log):
    log.person("varga", "Ilse\u202e Varga")
    log.status("varga", "detained", "courier", when="2018-01")
    assert "\u202e" not in drawn(log, "varga")


def test_twenty_spells_are_twenty_rows(log):
    for year in range(2000, 2010):
        log.status("varga", "detained", "courier", when=f"{year}-02")
        log.status("varga", "released", "courier", when=f"{year}-09-10")
    root = checked(drawn(log, "varga"))
    assert texts(root).count("reported") == 20
    assert float(root.get("height")) > 20 * 30


@pytest.mark.parametrize(
    "when", ["[..2018-01-05]", None, "../2018-03-01", "0001", "/2018-02", "2018/"]
)
def test_open_ends_and_far_dates(log, when):
    log.status("varga", "detained", "courier", when=when)
    log.status("varga", "released", "post", when="[2019-11-01..]")
    checked(drawn(log, "varga"))
    checked(drawn(log, "varga", on="2017-01-01"))


def test_bands_are_labelled_with_their_last_numbers(log):
    log.status("varga", "detained", "courier", when="2018-01")
    log.status("quill", "released", "courier", when="2018-01", stance="unconfirmed")
    log.status("quill", "released", "post", when="2018-01")
    root = checked(drawn(log, "bands"))
    assert {"1 in custody", "1 out, reported"} <= set(texts(root))
    assert "From 2019-12-08: 1 in custody, 1 out, reported." in root.find(f"{SVG}desc").text


def test_bands_of_nobody():
    assert "Nobody was known of by then." in texts(checked(drawn(Log(), "bands")))


def test_a_series_shows_every_number_and_each_counters_mark(log):
    log.count(863, "courier", origin="lantern", when="2019-02-01")
    log.count(902, "courier", origin="lantern")
    log.count("800..900", "post", origin="beacon", when="2019-03")
    log.count(">700", "post", origin="far", when="2019-03")
    log.count("<1000", "post", origin="near", when="2019-03")
    log.count("many", "post", origin="vague", when="2019-03")
    root = checked(drawn(log, "series"))
    said = texts(root)
    assert {
        "863",
        "902",
        "800 to 900",
        "more than 700",
        "fewer than 1000",
        "date not stated",
    } <= set(said)
    assert "vague (in words: many)" in said
    assert "lantern: 863 (2019-02-01), 902 (date not stated)." in root.find(f"{SVG}desc").text
    assert any(one.startswith("The axis begins at ") for one in said)


@pytest.mark.parametrize("number", [0, "many", ">5", "<5", 2**40, "0..3"])
def test_a_series_of_one(log, number):
    log.count(number, "courier", origin="lantern", when="2019-02-01")
    checked(drawn(log, "series"))


@pytest.mark.parametrize("counters", [1, 7, 12])
def test_a_series_of_many_counters(log, counters):
    for n in range(counters):
        log.count(100 + n, "courier", origin=f"counter-{n}", when="2019-02-01")
        log.count(100 + n, "post", origin=f"counter-{n}")
    assert len(texts(checked(drawn(log, "series")))) > 3 * counters


def test_pictures_are_the_same_bytes_each_time(log):
    log.status("varga", "detained", "courier", when="2018-01")
    log.count(863, "courier")
    for what in ("varga", "bands", "series"):
        assert drawn(log, what) == drawn(log, what)


@given(recent_days, recent_days)
def test_ticks_lie_on_the_axis_and_are_few(one, other):
    axis = axis_of([one, other], 100, 700)
    ticks = axis.ticks()
    assert ticks
    assert len(ticks) <= 8
    assert all(100 <= axis.x(day) <= 700 for day, _ in ticks)
    assert [axis.x(day) for day, _ in ticks] == sorted({axis.x(day) for day, _ in ticks})


def test_an_axis_of_all_time_and_of_no_time():
    first, last = days("0001")[0], days("9999")[1]
    assert axis_of([first, last], 0, 1).ticks()
    assert axis_of([], 0, 1).ticks()
    assert Axis(last, last, 0, 1).x(last) == 0


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_numbers_on_an_axis_are_few_and_within(one, other):
    low, high = sorted((one, other))
    ticks = Heights(low, high, 400, 0).ticks()
    assert len(ticks) <= 7
    assert all(low <= tick <= high for tick in ticks)


@given(st.lists(st.integers(0, 400), max_size=20))
def test_labels_are_kept_apart_and_in_order(wanted):
    placed = apart(wanted, 17, 0, 400)
    pairs = sorted(zip(placed, wanted, strict=True))
    assert [one for _, one in pairs] == sorted(wanted)
    assert all(b - a >= 17 - 1e-6 for (a, _), (b, _) in pairwise(pairs))


@given(st.text(max_size=60), st.integers(20, 300))
def test_a_text_that_is_cut_fits(said, room):
    assert width(fitted(said, room)) <= max(room, width("…"))


@pytest.mark.parametrize(
    ("value", "text"), [(12, "12"), (12.0, "12"), (12.34, "12.3"), (-0.01, "0")]
)
def test_lengths_are_written_one_way(value, text):
    assert number(value) == text
