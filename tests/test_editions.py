"""An edition made of the one before it is the edition made anew, whatever was recorded between."""

from __future__ import annotations

import re

import pytest

from habeas.projections.over_time import over_time
from habeas.web.edition import Edition
from habeas.web.pages import Pages
from newsroom import Desk
from test_site import case_at


def story(desk):
    """A desk's acts, one by one."""
    desk.on("2001-01-30")
    desk.document("a", "2001-01-03")
    desk.document("b", "2001-01-08")
    desk.document("c", "2001-01-20")
    ana = desk.status("ana", "detained", "a", when="2001-01-01/2001-01-10")
    yield
    desk.status("berta", "released", "b", when="2001-01-12", stance="expected")
    yield
    berta = desk.status("berta", "detained", "a", when="2000-12")
    yield
    desk.correct(ana, when="2001-01-02/..")
    yield
    desk.status("carla", "detained", "c", when="2001-01-02")
    yield
    desk.void(berta)
    yield
    desk.merge("ana", "carla")
    yield
    desk.on("2001-02-01")
    desk.separate("carla")
    yield
    desk.withdraw(ana, "c")
    yield
    desk.grade("gazette", "E")
    yield
    desk.status("berta", "died", desk.document("d", "2001-01-25"), when="2001-01-24")
    yield
    desk.status("dora", "detained", desk.document("e", "2001-01-05"), when="2001-01-04")
    yield


def told(edition):
    days = {day: (list(edition.rows(day)), edition.changes(day)) for day in edition.days}
    return edition.lives, days, edition.steps, edition.recorded


def test_an_edition_takes_over_only_what_is_true_yet():
    desk, edition = Desk(), None
    for _ in story(desk):
        edition = Edition(desk.case, before=edition)
        edition.settle()
        assert told(edition) == told(Edition(desk.case))


def test_pages_are_the_same_however_the_edition_was_made():
    desk, edition = Desk(), None
    for _ in story(desk):
        edition = Edition(desk.case, before=edition)
        edition.settle()
        Pages(edition).page("index.html")
    anew = Pages(Edition(desk.case))
    for address in anew.addresses():
        assert Pages(edition).page(address) == anew.page(address), address
    linked = set(re.findall(r'href="(?:\.\./)*(person/[^"]+)"', everything(anew)))
    assert linked <= {*anew.addresses()}
    assert "no claim counts any more" in everything(anew)


def everything(pages):
    return "".join(pages.page(address) for address in pages.addresses())


def test_a_correction_of_the_case_makes_all_anew():
    desk = Desk()
    for _ in story(desk):
        pass
    before = Edition(desk.case)
    told(before)
    first = next(desk.case.events()).id
    desk.correct(first, timezone="Asia/Tokyo")
    edition = Edition(desk.case, before=before)
    edition.settle()
    assert told(edition) == told(Edition(desk.case))


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    with case_at(tmp_path_factory.mktemp("editions") / "case.db") as opened:
        yield opened


def test_a_day_is_the_command_lines(case):
    edition = Edition(case)
    for day in edition.days:
        found = edition.changes(day)
        wanted = case.changes(edition.before(day).isoformat(), day.isoformat()).data
        assert found == wanted
        question = case.question(as_of=day.isoformat())
        steps = [{"day": one["day"], "counts": one["counts"]} for one in edition.steps]
        wanted = over_time(case.state(), question)
        assert [one for one in steps if one["day"] <= day.isoformat()] == [
            {"day": one["day"], "counts": one["counts"]} for one in wanted
        ]
