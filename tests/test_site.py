"""The static site: its numbers are the command line's, links lead somewhere, nothing runs."""

from __future__ import annotations

import base64
import json
import os
import re
import zlib
from datetime import date
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from habeas import render
from habeas.case import Case, explaining
from habeas.errors import HabeasError
from habeas.projections.roster import roster
from habeas.render import words
from habeas.render.pictures.speech import ENGLISH
from habeas.vocabulary import CUSTODIES
from habeas.web import contexts, dates
from habeas.web import intervals as intervals_module
from habeas.web.edition import Edition
from habeas.web.intervals import intervals
from habeas.web.pages import Pages, _link, _number
from habeas.web.site import MANIFEST, write_site
from habeas.web.speaking import SPANISH
from habeas.web.turns import fact
from habeas.web.wording import LANGUAGES, WORDS, words_of
from newsroom import Desk

LOG = Path(__file__).parent.parent / "events" / "venezuela-2026-01.jsonl"
HOSTILE = '</script><img src=x onerror="document.title=1">'


def case_at(path: Path) -> Case:
    case = Case.open(path, create=True)
    with LOG.open("rb") as lines:
        case.import_log(lines)
    return case


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    with case_at(tmp_path_factory.mktemp("case") / "case.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def site(case, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "site"
    write_site(case, folder)
    return folder


class Reader(HTMLParser):
    """What a page links to, what has an id, and the text of each."""

    def __init__(self, text):
        super().__init__()
        self.links, self.ids, self.tags, self.texts = [], [], [], {}
        self._within = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        self.links += [found[key] for key in ("href", "src") if key in found]
        if "id" in found:
            self.ids.append(found["id"])
        if tag not in {"meta", "link", "input", "img", "path", "rect", "br"}:
            self._within.append((tag, found.get("id")))

    def handle_endtag(self, tag):
        if any(name == tag for name, _ in self._within):
            while self._within.pop()[0] != tag:
                pass

    def handle_data(self, data):
        for _, name in self._within:
            if name:
                self.texts[name] = self.texts.get(name, "") + data


def pages_of(site):
    return {path: Reader(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}


def unpacked(path):
    text = re.search(r'"([^"]+)"', path.read_text("ascii"))[1]
    return json.loads(zlib.decompress(base64.b64decode(text)))


def test_every_link_leads_to_a_file_and_a_place(site):
    check_links(site)


def check_links(site):
    found = pages_of(site)
    for path, page in found.items():
        assert len(page.ids) == len(set(page.ids)), path
        for link in page.links:
            address, place = urldefrag(link)
            if address.startswith(("https://", "http://")):
                continue
            target = Path(os.path.normpath(path.parent / unquote(address))) if address else path
            assert target.is_file(), (path, link)
            if place and target.suffix == ".html":
                assert place in found[target].ids, (path, link)


def test_nothing_comes_from_another_host_and_nothing_is_inline(site):
    for path, page in pages_of(site).items():
        for tag, attributes in page.tags:
            assert "style" not in attributes, path
            assert not [key for key in attributes if key.startswith("on")], path
            if tag in {"script", "img", "iframe"}:
                assert not attributes.get("src", "").startswith(("http", "//")), path
            if tag == "script" and "src" not in attributes:
                assert attributes["type"] == "application/json", path


def test_the_totals_of_each_day_are_those_of_the_command_line(case, site):
    for day in Edition(case).days:
        told = case.status(as_of=day.isoformat())
        for page in (site / f"day/{day}.html", site / f"es/day/{day}.html"):
            read = Reader(page.read_text("utf-8"))
            assert int(read.texts["n-all"]) == len(told.persons)
            for custody in ("held", "out", "dead", "unknown"):
                shown = int(read.texts[f"n-{custody}"])
                assert shown == sum(one["custody"] == custody for one in told.persons)


def test_the_data_are_the_command_lines_bytes(case, site):
    for day in Edition(case).days:
        told = case.status(as_of=day.isoformat()).data
        for form in ("json", "csv"):
            held = (site / f"data/status-{day}.{form}").read_bytes().decode()
            assert held == render.write("roster", told, form)


def test_the_numbers_of_counts_groups_and_sources_are_the_answers(case, site):
    edition = Edition(case)
    for day in edition.days:
        counts = (site / f"counts/{day}.html").read_text("utf-8")
        for matter in edition.view("counts", day)["counts"]:
            for counter in matter["counters"]:
                for one in counter["numbers"]:
                    number = escape(_number(one["number"]), quote=False)
                    assert f'<td class="n">{number}</td>' in counts
        groups = (site / f"groups/{day}.html").read_text("utf-8")
        for group in edition.view("groups", day)["groups"]:
            part = groups.split(f'<section id="{group["group"]}">')[1].split("</section>")[0]
            names = ("confirmed", "reported", "disputed", "pending", "contradicted", "others")
            parts = [group[one]["count"] for one in names if group[one]["count"]]
            shown = re.findall(r"<dd>([^<]*)</dd>", part)
            assert shown[:-1] == [str(one) for one in (group["named"]["count"], *parts)]
            assert len(re.findall(r'href="[^"]*person/', part)) == group["named"]["count"]
        sources = (site / f"sources/{day}.html").read_text("utf-8")
        for voice in edition.view("sources", day)["voices"]:
            became = [voice[key]["count"] for key in ("confirmed", "open", "contradicted")]
            otherwise = voice["status_claims"]["count"] - sum(became)
            numbers = [voice["claims"]["count"], voice["status_claims"]["count"], *became]
            numbers += [otherwise, voice["withdrawn"]["count"], voice["first"]["count"]]
            cells = "".join(f'<td class="n">{number}</td>' for number in numbers)
            assert cells in sources


def rows_of(text):
    """The cells of each row of a roster, as text, by person."""
    rows = re.findall(r'<tr data-p="([^"]+)">(.*?)</tr>', text, re.DOTALL)
    return {
        person: [
            unescape(re.sub("<[^>]+>", "", cell)).strip()
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for person, row in rows
    }


def wanted_row(one, language):
    word = words_of(language)
    pending = dict.fromkeys((item["status"], item["standing"]) for item in one["pending"])
    standing = [word(f"standing.{one['standing']}")] if one["standing"] else []
    return [
        one["name"],
        word(f"status.{one['status']}"),
        dates.say(words.as_told(one["since"], one["support"]), language),
        " ".join([*standing, *([word("contested")] if one["contested"] else [])]),
        ", ".join(f"{word(f'status.{a}')} ({word(f'standing.{b}')})" for a, b in pending),
        one["place"] or "",
        str(len({claim["voice"] for claim in one["support"]})),
    ]


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("es/", "es")])
def test_each_row_of_each_day_is_the_command_lines(case, site, prefix, language):
    for day in Edition(case).days:
        told = case.status(as_of=day.isoformat()).persons
        found = rows_of((site / f"{prefix}day/{day}.html").read_text("utf-8"))
        assert found == {one["person"]: wanted_row(one, language) for one in told}


def test_the_changes_of_each_day_are_the_command_lines(case, site):
    edition = Edition(case)
    listed = (site / "days.html").read_text("utf-8")
    for day in edition.days:
        told = case.changes(edition.before(day).isoformat(), day.isoformat()).data
        page = (site / f"day/{day}.html").read_text("utf-8")
        assert changed_on(page) == [one["person"] for one in told["changes"]]
        moved = page.split('class="moved-head"')[1].split("</ul>")[0]
        assert moved.count("<li>") == len(told["counts"]) + len(told["groups"])
        row = listed.split(f'<th scope="row"><a href="day/{day}.html">')[1].split("</tr>")[0]
        numbers = re.findall(r'<td class="n">(\d+)</td>', row)
        persons = case.status(as_of=day.isoformat()).persons
        custodies = [sum(one["custody"] == each for one in persons) for each in CUSTODIES]
        assert numbers == [str(one) for one in (len(told["changes"]), *custodies)]


def test_a_persons_data_are_the_command_lines(case, site):
    newest = Edition(case).newest.isoformat()
    for one in case.status(as_of=newest).persons:
        told = explaining.explain(case, case.question(as_of=newest), one["person"]).data
        held = (site / f"data/person/{one['person']}.json").read_text("utf-8")
        assert held == render.write("explain", told, "json")


def told_by(case, day):
    return {one["person"]: fact(one) for one in case.status(as_of=day).persons}


def intervals_on(data, day):
    """What the intervals say of each person on a day, as `fact` has it."""
    found = {}
    offset = (date.fromisoformat(day) - date.fromisoformat(data["first"])).days
    for person, _, steps in data["persons"]:
        codes = [code for at, code in zip(steps[::2], steps[1::2], strict=True) if at <= offset]
        if codes and codes[-1] >= 0:
            one = data["facts"][codes[-1]]
            said = [tuple(each) for each in one[7]]
            found[person] = (*one[:3], data["since"][one[3]][0], *one[4:7], tuple(said), one[8])
    return found


def test_the_intervals_say_what_the_command_line_says_on_every_day(case, site):
    data = unpacked(site / "data/intervals.js")
    for day in Edition(case).days:
        assert intervals_on(data, day.isoformat()) == told_by(case, day.isoformat())


def moving_desk():
    """A case in which dates pass between the days with news."""
    desk = Desk()
    desk.on("2001-01-30")
    desk.document("a", "2001-01-03")
    desk.document("b", "2001-01-20")
    desk.status("ana", "detained", "a", when="2001-01-01/2001-01-10")
    desk.status("berta", "released", "a", when="2001-01-08", stance="expected")
    desk.status("carla", "detained", "b", when="2001-01-02")
    desk.status("carla", "released", "a", when="2001-01-02", stance="unconfirmed")
    return desk


def test_the_intervals_are_right_between_the_days_with_news():
    case = moving_desk().case
    data = json.loads(json.dumps(intervals(Edition(case))))
    for number in range(3, 21):
        day = f"2001-01-{number:02}"
        state, question = case.state(), case.question(as_of=day)
        wanted = {one["person"]: fact(one) for one in roster(state, question)}
        assert intervals_on(data, day) == wanted, day


def test_about_and_inferred_are_said_on_every_page_in_both_languages(tmp_path):
    desk = Desk()
    desk.on("2001-01-30")
    desk.document("a", "2001-01-03")
    desk.document("b", "2001-01-20")
    desk.status("ana", "detained", "a", when="2000-11~")
    desk.status("ana", "died", "b", stance="unconfirmed", when="2001-01?")
    desk.status("berta", "detained", "a", when="2000-10~")
    desk.status("berta", "released", "b", when="2000-12?")
    write_site(desk.case, tmp_path / "site")
    for prefix, *said in (
        ("", "about November 2000", "January 2001 (inferred)", "December 2000 (inferred)"),
        (
            "es/",
            "hacia noviembre de 2000",
            "enero de 2001 (deducido)",
            "diciembre de 2000 (deducido)",
        ),
    ):
        about, died, released = said
        front = (tmp_path / "site" / f"{prefix}index.html").read_text("utf-8")
        assert front.count(released) >= 2, "the roster, and the changes"
        assert about in front
        ana = (tmp_path / "site" / f"{prefix}person/ana.html").read_text("utf-8")
        assert ana.count(about) >= 4, "the state, the picture, the days and the spell"
        assert died in ana
        berta = (tmp_path / "site" / f"{prefix}person/berta.html").read_text("utf-8")
        assert berta.count(released) >= 4, "and the end of the spell"


def test_writing_twice_writes_the_same_and_nothing_anew(case, site, tmp_path):
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert write_site(case, site) == ()
    write_site(case, tmp_path / "other")
    for path, content in before.items():
        assert (tmp_path / "other" / path.relative_to(site)).read_bytes() == content, path


def test_what_an_earlier_writing_left_goes_and_nothing_else(case, tmp_path):
    folder = tmp_path / "site"
    write_site(case, folder)
    (folder / "day" / "2001-01-01.html").write_text("old", "utf-8")
    (folder / "robots.txt").write_text("mine", "utf-8")
    manifest = folder / MANIFEST
    manifest.write_text(f"{manifest.read_text('utf-8')}day/2001-01-01.html\n../robots\n", "utf-8")
    (tmp_path / "robots").write_text("not ours", "utf-8")
    assert folder / "day" / "2001-01-01.html" in [*write_site(case, folder)]
    assert not (folder / "day" / "2001-01-01.html").exists()
    assert (folder / "robots.txt").exists()
    assert (tmp_path / "robots").exists()


def test_a_folder_with_other_things_is_left_alone(case, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(HabeasError, match="no site of ours"):
        write_site(case, tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["thesis.txt"]


def hostile_desk():
    desk = Desk()
    desk.on("2001-01-30")
    desk.party("outlet", HOSTILE)
    desk.document("a", "2001-01-03", publisher="outlet")
    desk.person("ana", HOSTILE)
    desk.person("layla", "ليلى العلي")
    for person in ("ana", "layla"):
        desk.status(person, "detained", "a", when="2001-01-01", place=HOSTILE, note=HOSTILE)
    desk.detail("ana", "occupation", HOSTILE, "a")
    return desk


def test_hostile_names_and_notes_are_text():
    pages = Pages(Edition(hostile_desk().case))
    for address in pages.addresses():
        page = pages.page(address)
        assert "<img" not in page, address
        assert page.count("</script>") == len(re.findall(r"<script\b", page)), address
    assert "&lt;img" in pages.page("person/ana.html")
    assert "<bdi>ليلى العلي</bdi>" in pages.page("index.html")


def test_a_link_leads_to_the_web_or_nowhere():
    assert _link("https://example.org/a") == "https://example.org/a"
    assert _link("javascript:alert(1)") is None
    assert _link(None) is None


def test_a_case_without_news_has_no_site(tmp_path):
    with pytest.raises(HabeasError, match="nothing is known"):
        write_site(Desk().case, tmp_path / "site")


def test_every_word_of_a_page_stands_in_both_languages(site):
    used = set()
    folder = Path(dates.__file__).parent / "templates"
    for template in folder.glob("*.html"):
        used |= set(re.findall(r"\bt\('([a-z_.]+)'\)", template.read_text("utf-8")))
    assert used <= WORDS.keys()
    assert all(len(both) == len(LANGUAGES) and all(both) for both in WORDS.values())
    for language in LANGUAGES:
        assert words_of(language)("status.house_arrest") != "house arrest"
    english = (site / "index.html").read_text("utf-8")
    spanish = (site / "es/index.html").read_text("utf-8")
    assert 'lang="en"' in english
    assert "Lo que se sabía" in spanish
    assert "What was known" not in spanish


@pytest.mark.parametrize(
    ("text", "english", "spanish"),
    [
        (None, "", ""),
        ("2026-01-08", "8 January 2026", "8 de enero de 2026"),
        ("2024-08", "August 2024", "agosto de 2024"),
        ("2024", "2024", "2024"),
        ("2024-12-10~", "about 10 December 2024", "hacia 10 de diciembre de 2024"),
        ("2026?-01-09", "9 January 2026 (inferred)", "9 de enero de 2026 (deducido)"),
        ("[2026-01-08..2026-01-09]", "8 or 9 January 2026", "8 o 9 de enero de 2026"),
        (
            "[2026-01-02..2026-01-04]",
            "between 2 and 4 January 2026",
            "entre el 2 y el 4 de enero de 2026",
        ),
        (
            "[2025-12-31..2026-01-04]",
            "between 31 December 2025 and 4 January 2026",
            "entre 31 de diciembre de 2025 y 4 de enero de 2026",
        ),
        ("[..2026-01-08]", "by 8 January 2026", "a más tardar 8 de enero de 2026"),
        ("[2026-01-08..]", "8 January 2026 or later", "8 de enero de 2026 o después"),
        ("2024-08/2025-08~", "from August 2024 to about August 2025", None),
        ("2024-21", "2024-21", "2024-21"),
    ],
)
def test_dates_are_said_as_vaguely_as_they_are(text, english, spanish):
    assert dates.say(text, "en") == english
    if spanish is not None:
        assert dates.say(text, "es") == spanish


def test_pictures_speak_the_language_of_their_page(site):
    assert SPANISH.keys() == ENGLISH.words.keys()
    for key, said in SPANISH.items():
        blanks = [re.findall(r"\{[a-z_]+\}", one) for one in (said, ENGLISH.words[key])]
        assert sorted(blanks[0]) == sorted(blanks[1]), key
    for page in ("index", "counts", "person/perkins-rocha"):
        drawn = re.findall(
            "<svg xmlns.*?</svg>", (site / f"es/{page}.html").read_text("utf-8"), re.DOTALL
        )
        assert drawn
        for word in (
            "As of",
            "As reported",
            "known to be",
            "goes on",
            "surely",
            "begins",
            "not stated",
        ):
            assert word not in "".join(drawn), (page, word)
        assert "9 de enero de 2026" in "".join(drawn)


def crowd():
    """A case of eleven persons, of whom ten became known on one day."""
    desk = Desk()
    desk.on("2001-01-30")
    desk.document("a", "2001-01-03")
    desk.document("b", "2001-01-04")
    desk.status("p-00", "detained", "a", when="2001-01-01")
    for n in range(1, 11):
        desk.status(f"p-{n:02}", "detained", "b", when="2001-01-02")
    return desk.case


@pytest.fixture
def small(monkeypatch):
    hold_little(monkeypatch)


def hold_little(monkeypatch):
    """Let pages hold little, so that few persons are many."""
    for name, most in (("BRIEF", 2), ("MANY", 4), ("PART", 3)):
        monkeypatch.setattr(contexts, name, most)


def persons_on(text):
    return re.findall(r'<tr data-p="([^"]+)"', text)


def changed_on(text):
    return re.findall(r'<h4><a href="[^"]*person/([^"]+)\.html"', text)


def test_a_day_of_many_changes_tells_them_in_parts(small, tmp_path):
    write_site(crowd(), tmp_path / "site")
    check_links(tmp_path / "site")
    first = (tmp_path / "site/index.html").read_text("utf-8")
    assert len(changed_on(first)) == 2 + 1
    assert 'href="changes/2001-01-04.html">All changes of the day (10)' in first
    day = (tmp_path / "site/day/2001-01-04.html").read_text("utf-8")
    assert len(changed_on(day)) == 4
    assert "(10)" in day
    names = ("2001-01-04", "2001-01-04-2", "2001-01-04-3", "2001-01-04-4")
    parts = [(tmp_path / f"site/changes/{one}.html").read_text("utf-8") for one in names]
    found = [one for part in parts for one in changed_on(part)]
    assert found == [f"p-{n:02}" for n in range(1, 11)]
    assert len(persons_on(first)) == 11


def test_a_case_too_large_to_move_through_is_read_day_by_day(small, monkeypatch, tmp_path):
    monkeypatch.setattr(intervals_module, "MOST", 5)
    case = crowd()
    write_site(case, tmp_path / "site")
    check_links(tmp_path / "site")
    assert not [*(tmp_path / "site/data").glob("intervals*")]
    first = (tmp_path / "site/index.html").read_text("utf-8")
    assert Reader(first).texts["n-all"] == "11"
    assert 'data-mode="pages"' in first
    found = persons_on((tmp_path / "site/day/2001-01-04.html").read_text("utf-8"))
    assert found == persons_on(first)
    for number in (2, 3, 4):
        path = tmp_path / f"site/roster/2001-01-04-{number}.html"
        found += persons_on(path.read_text("utf-8"))
    assert found == [one["person"] for one in case.status(as_of="2001-01-04").persons]


def test_how_long_somebody_was_held_is_said():
    pages = Pages(Edition(moving_desk().case))
    assert "Time held: 18 days" in pages.page("person/carla.html")
    assert "Tiempo bajo custodia: 18 días" in pages.page("es/person/carla.html")


@pytest.mark.parametrize(
    ("least", "most", "english", "spanish"),
    [
        (1, 1, "1 day", "1 día"),
        (3, 3, "3 days", "3 días"),
        (3, 5, "between 3 and 5 days", "entre 3 y 5 días"),
        (0, 5, "at most 5 days", "a lo sumo 5 días"),
        (3, None, "at least 3 days", "al menos 3 días"),
        (0, None, "nobody knows how long", "no se sabe cuánto"),
    ],
)
def test_durations_are_ranges(least, most, english, spanish):
    assert dates.lasting(least, most, "en") == english
    assert dates.lasting(least, most, "es") == spanish
