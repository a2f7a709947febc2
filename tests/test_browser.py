"""The pages in a real browser: moving through time, keyboards, phones, print, and no harm done.

Debian's Chromium through Playwright. Where there is none the tests are skipped, and say so; with
CI=true they fail instead.
"""

from __future__ import annotations

import os
import re
from importlib.resources import files
from statistics import median

import pytest
from playwright.sync_api import sync_playwright

from habeas.web import intervals
from habeas.web.edition import Edition
from habeas.web.site import write_site
from newsroom import Desk
from test_site import HOSTILE, case_at, crowd, hold_little, hostile_desk
from web_bench import moving
from web_bench.invented import case_of, write_some

CHROMIUM = moving.chromium()
PHONE = {"width": 390, "height": 844}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and os.environ.get("CI") != "true",
        reason="NO BROWSER: the pages were not tested; apt-get install chromium-headless-shell",
    ),
    # A browser and its pages are for one process.
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=[*moving.FLAGS])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    with case_at(folder / "case.db") as case:
        write_site(case, folder / "site")
    return folder / "site"


@pytest.fixture
def look(browser):
    """Opens a page of a site; any error on it, and any request to a host, fails the test."""
    contexts, faults = [], []

    def opened(site, address, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on(
            "request",
            lambda asked: faults.append(asked.url) if asked.url.startswith("http") else None,
        )
        name, mark, day = address.partition("#")
        page.goto(f"{(site / name).as_uri()}{mark}{day}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def ready(page):
    page.wait_for_selector("body[data-ready]")
    return page


def roster_of(page):
    """The rows as a reader sees them, with where each leads."""
    return page.eval_on_selector_all(
        ".roster tbody tr",
        "rows => rows.map(r => [r.dataset.p, r.querySelector('a').href, r.innerHTML"
        '.replace(/ href="[^"]*"/, \'\').replace(/ class=""/g, \'\')])',
    )


def numbers_of(page):
    names = ("all", "held", "out", "dead", "unknown")
    return [page.inner_text(f"#n-{name}") for name in names]


def test_moving_shows_what_the_days_own_page_shows(site, look):
    for prefix in ("", "es/"):
        moved = ready(look(site, f"{prefix}index.html"))
        for day in re.findall(r"day/([0-9-]+)\.html", "\n".join(_names(site))):
            own = look(site, f"{prefix}day/{day}.html", java_script_enabled=False)
            moved.evaluate(
                "day => { const r = document.getElementById('as-of');"
                " r.value = (Date.parse(day) - Date.parse(document.body.dataset.first)) / 864e5;"
                " r.dispatchEvent(new Event('input')); }",
                day,
            )
            assert roster_of(moved) == roster_of(own), day
            assert numbers_of(moved) == numbers_of(own), day
            assert moved.inner_text("h1") == own.inner_text("h1")


def _names(site):
    return [path.relative_to(site).as_posix() for path in sorted((site / "day").glob("*.html"))]


def test_the_control_by_keyboard(site, look):
    page = ready(look(site, "index.html"))
    control = page.locator("#as-of")
    control.focus()
    assert page.inner_text("#as-of-said") == "9 January 2026"
    control.press("ArrowLeft")
    assert page.inner_text("#as-of-said") == "8 January 2026"
    assert control.get_attribute("aria-valuetext") == "8 January 2026"
    assert page.url.endswith("#2026-01-08")
    assert "8 January 2026" in page.inner_text("h1")
    assert page.is_hidden(".days-of-change")
    assert page.is_disabled("#back")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.inner_text("#as-of-said") == "9 January 2026"
    assert page.is_visible(".days-of-change")


def test_a_link_with_a_day_opens_on_that_day(site, look):
    page = ready(look(site, "index.html#2026-01-08"))
    page.wait_for_function("document.getElementById('as-of-said').textContent.startsWith('8')")
    other = look(site, "day/2026-01-08.html", java_script_enabled=False)
    assert numbers_of(page) == numbers_of(other)


def test_a_persons_page_moves_with_its_picture(site, look):
    page = ready(look(site, "person/perkins-rocha.html"))
    assert "detained" in page.inner_text("#state")
    assert page.get_attribute("figure:not([hidden])", "data-day") == "2026-01-09"
    page.click("#back")
    assert "detained" not in page.inner_text("#state")
    assert "unconfirmed" in page.inner_text("#state")
    assert page.get_attribute("figure:not([hidden])", "data-day") == "2026-01-08"
    assert page.get_attribute("tr.now", "data-day") == "2026-01-08"


def test_pages_of_numbers_go_to_the_days_own_page(site, look):
    page = look(site, "es/counts.html")
    page.click("#back")
    page.wait_for_url("**/es/counts/2026-01-08.html")


def test_by_touch_on_a_phone(site, look):
    page = ready(look(site, "index.html", viewport=PHONE, has_touch=True, is_mobile=True))
    page.tap("#back")
    assert page.inner_text("#as-of-said") == "8 January 2026"


def test_finding_a_name_without_its_accents(site, look):
    page = ready(look(site, "index.html"))
    page.fill("#find", "marquez")
    shown = page.locator(".roster tbody tr:visible")
    assert shown.count() == 1
    assert "Enrique Márquez" in shown.first.text_content()


def test_without_scripts_everything_is_there_and_links_lead_through_time(site, look):
    page = look(site, "index.html", java_script_enabled=False)
    assert page.locator(".roster tbody tr").count() == int(page.inner_text("#n-all"))
    assert page.is_hidden("#as-of")
    page.click(".plain a[href$='day/2026-01-08.html']")
    assert "8 January 2026" in page.inner_text("h1")
    page.click("a[hreflang=es]")
    assert "8 de enero de 2026" in page.inner_text("h1")


def addresses(site):
    return [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]


def test_no_page_is_wider_than_a_phone(site, look):
    page = look(site, "index.html", viewport=PHONE)
    for address in addresses(site):
        page.goto((site / address).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address


KINDS = (
    *("index.html", "day/2026-01-08.html", "person/perkins-rocha.html", "es/index.html"),
    *("counts.html", "groups.html", "sources.html", "days.html", "about.html"),
    *("es/person/perkins-rocha.html", "es/counts.html", "person/enrique-marquez.html"),
)
READABLE = "{preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"
CONTRAST = "{preload: false, runOnly: {type: 'rule', values: ['color-contrast']}}"


@pytest.mark.parametrize(("scheme", "rules"), [("light", READABLE), ("dark", CONTRAST)])
def test_everybody_can_read_every_kind_of_page(site, look, scheme, rules):
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page = look(site, "index.html", color_scheme=scheme)
    for address in KINDS:
        page.goto((site / address).as_uri())
        page.evaluate(axe)
        found = page.evaluate(f"axe.run({rules})")
        told = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
        assert told == [], address


def test_everybody_can_read_the_parts_of_a_day(monkeypatch, look, tmp_path):
    hold_little(monkeypatch)
    monkeypatch.setattr(intervals, "MOST", 5)
    write_site(crowd(), tmp_path / "site")
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page = look(tmp_path / "site", "index.html", viewport=PHONE)
    for address in ("index.html", "changes/2001-01-04-2.html", "es/roster/2001-01-04-3.html"):
        page.goto((tmp_path / "site" / address).as_uri())
        page.evaluate(axe)
        assert page.evaluate(f"axe.run({READABLE})")["violations"] == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.fill("#find", "p-08")
    assert page.locator(".roster tbody tr:visible").count() == 1
    page.click("#back")
    page.wait_for_url("**/es/day/2001-01-03.html")


def test_print_to_pdf(site, look):
    page = look(site, "index.html")
    page.emulate_media(media="print")
    assert page.is_hidden("#as-of")
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_hostile_names_and_notes_do_not_run(look, tmp_path):
    write_site(hostile_desk().case, tmp_path / "site")
    for address in ("index.html", "es/person/ana.html", "person/layla.html", "counts.html"):
        page = look(tmp_path / "site", address)
        if page.get_attribute("body", "data-mode") == "moving":
            ready(page)
            page.press("#as-of", "Home")
        assert page.title() != "1", address
        assert page.locator("img").count() == 0
    page = ready(look(tmp_path / "site", "index.html"))
    assert HOSTILE in page.text_content(".roster")


def test_names_in_every_script_are_set_right(look, tmp_path):
    desk = Desk()
    desk.on("2001-01-10")
    document = desk.document("a", "2001-01-03")
    names = {"layla": "ليلى العلي", "wang": "王小明", "noa": "נועה כהן", "jose": "José Núñez"}
    for person, name in names.items():
        desk.person(person, name)
        desk.status(person, "detained", document, when="2001-01-02", place="El Penal (2)")
    write_site(desk.case, tmp_path / "site")
    page = ready(look(tmp_path / "site", "index.html"))
    for person, name in names.items():
        link = page.locator(f"tr[data-p='{person}'] th bdi")
        assert link.text_content() == name
        right_to_left = link.evaluate("one => one.matches(':dir(rtl)')")
        assert right_to_left == (person in {"layla", "noa"})
        # What stands beside a name keeps its own direction, and its place.
        assert page.locator(f"tr[data-p='{person}'] td bdi").text_content() == "El Penal (2)"
        box, status = (
            link.bounding_box(),
            page.locator(f"tr[data-p='{person}'] .badge").bounding_box(),
        )
        assert box["x"] < status["x"]


SHAPE = """one => {
  const style = getComputedStyle(one), filled = style.backgroundColor !== "rgba(0, 0, 0, 0)";
  return [style.borderRadius, style.borderStyle, style.transform, filled].join();
}"""


def test_no_status_is_told_by_colour_alone(site, look):
    page = look(site, "index.html", forced_colors="active")
    shapes = {}
    for badge in page.query_selector_all(".figures .badge, .roster .badge"):
        look_of = badge.query_selector("i").evaluate(SHAPE)
        kind = badge.get_attribute("class").split()[1]
        assert badge.text_content().strip()
        assert shapes.setdefault(kind, look_of) == look_of
    assert len(shapes) == len(set(shapes.values())) == 4


def test_the_picture_of_everybody_moves(site, look):
    page = ready(look(site, "index.html"))
    told = dict(page.eval_on_selector_all("[data-band]", BANDS))
    assert sum(map(int, told.values())) == 15
    page.press("#as-of", "ArrowLeft")
    held = page.inner_text("#n-held")
    earlier = dict(page.eval_on_selector_all("[data-band]", BANDS))
    assert earlier["held"] == held != told["held"]
    assert float(page.get_attribute(".veil", "width")) > 50
    page.press("#as-of", "ArrowRight")
    assert dict(page.eval_on_selector_all("[data-band]", BANDS)) == told
    assert float(page.get_attribute(".veil", "width")) == 0


BANDS = "all => all.map(one => [one.dataset.band, one.textContent.split(' ')[0]])"


def test_what_was_not_yet_known_is_marked(site, look):
    page = ready(look(site, "person/perkins-rocha.html"))
    assert page.is_hidden(".newest-only")
    page.click("#back")
    assert page.is_visible(".newest-only")
    assert (
        page.locator(".claim.later").count()
        == page.locator("[data-known='2026-01-09']").count()
        > 0
    )
    page.click("#on")
    assert page.locator(".claim.later").count() == 0


def test_the_second_clock_shows_what_the_log_held(look, tmp_path):
    desk = Desk()
    desk.on("2001-01-10")
    desk.status("ana", "detained", desk.document("a", "2001-01-03"), when="2001-01-02")
    desk.on("2001-01-20")
    desk.status("ana", "released", desk.document("b", "2001-01-08"), when="2001-01-07")
    write_site(desk.case, tmp_path / "site")
    page = ready(look(tmp_path / "site", "index.html"))
    assert numbers_of(page) == ["1", "0", "1", "0", "0"]
    page.click(".second summary")
    position = page.locator("#at-log option").nth(-2).get_attribute("value")
    page.select_option("#at-log", position)
    page.wait_for_selector(f"body[data-ready='{position}']")
    assert numbers_of(page) == ["1", "1", "0", "0", "0"]
    assert page.is_hidden("figure.picture")
    assert page.is_hidden(".days-of-change")
    told = desk.case.status(as_of="2001-01-08", at_log=f"@{position}").persons
    assert [one["custody"] for one in told] == ["held"]


MANY, MANY_PAGE = 5_000, "day/2001-01-05.html"


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A day's page of a case with thousands of persons, and what it needs to move."""
    folder = tmp_path_factory.mktemp("many")
    write_some(Edition(case_of(MANY)), folder, [MANY_PAGE])
    return folder


def test_five_thousand_persons_move_at_once(look, many):
    page = ready(look(many, MANY_PAGE))
    answered = moving.times_to_answer(page)
    assert len(answered) == 20
    print(f"from the control to the answer: {median(answered):.0f} ms, the median of 20")  # noqa: T201
    for key, numbers in (
        ("Home", ["1250", "1250", "0"]),
        ("ArrowRight", ["2500", "2500", "0"]),
        ("End", ["5000", "3333", "1667"]),
    ):
        page.press("#as-of", key)
        assert numbers_of(page)[:3] == numbers
        page.wait_for_selector("body[data-drawn]")
        assert page.locator(".roster tbody tr").count() == int(numbers[0])
    own = look(many, MANY_PAGE, java_script_enabled=False)
    assert roster_of(page) == roster_of(own)


def test_a_move_makes_only_the_rows_that_are_seen_or_another(look, many):
    page = ready(look(many, MANY_PAGE))
    page.press("#as-of", "Home")
    page.wait_for_selector("body[data-drawn='2001-01-01']")
    made = page.evaluate(
        """() => {
          const rows = document.querySelectorAll(".roster tbody tr").length;
          const control = document.getElementById("as-of");
          control.value = 4;
          control.dispatchEvent(new Event("input"));
          return document.querySelectorAll(".roster tbody tr").length - rows;
        }"""
    )
    assert 0 <= made <= 200
    page.wait_for_selector("body[data-drawn='2001-01-05']")
    page.evaluate(
        """() => {
          window.touched = 0;
          const seen = new MutationObserver((all) => { window.touched += all.length; });
          seen.observe(document.querySelector(".roster"), { childList: true, subtree: true });
        }"""
    )
    page.press("#as-of", "ArrowLeft")
    page.wait_for_selector("body[data-drawn='2001-01-04']")
    # Of the 5,000 rows 1,667 are another, each in its status, its date and its place.
    assert page.evaluate("window.touched") == 3 * 1_667


def test_a_name_is_found_among_five_thousand(look, many):
    page = ready(look(many, MANY_PAGE))
    page.fill("#find", "nobody 4321")
    page.wait_for_function("document.querySelectorAll('.roster tbody tr').length === 1")
    assert "Nobody 4321" in page.text_content(".roster")
    assert numbers_of(page)[0] == "5000"
    page.fill("#find", "")
    page.wait_for_function("document.querySelectorAll('.roster tbody tr').length === 5000")


def test_all_rows_are_there_before_it_is_printed(look, many):
    page = ready(look(many, MANY_PAGE))
    rows = page.evaluate(
        """() => {
          const control = document.getElementById("as-of");
          control.value = 0;
          control.dispatchEvent(new Event("input"));
          dispatchEvent(new Event("beforeprint"));
          return document.querySelectorAll(".roster tbody tr").length;
        }"""
    )
    assert rows == 1_250
