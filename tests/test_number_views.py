"""The views of numbers as pages and records, on the command line, and on the repository's case."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from habeas import projection_file, render, times
from habeas.case import Case, numbers, picturing, publishing
from habeas.case.editing import thread_named
from habeas.errors import BadData, Refused, UnknownName
from habeas.projections.counts import counts
from habeas.projections.durations import durations
from habeas.projections.groups import groups
from habeas.projections.pending import pending
from habeas.projections.question import basis
from habeas.projections.reconcile import against_roster, reconcile
from habeas.projections.sources import sources
from logs import Log

SEEDS = Path(__file__).parent.parent / "seeds"
VIEWS = (*numbers.VIEWS, "reconcile", "beside")


@pytest.fixture(scope="module")
def data():
    """The answers to every view of an invented log."""
    log = Log()
    log.party("lantern", "monitor", name="Lantern | the monitor")
    log.person("varga", "Ilse Varga")
    log.person("quill", "=Tomás *Quill*")
    log.document("courier", "2019-03-06")
    log.document("post", "2019-03-12")
    first = log.count(41, "courier", origin="lantern", when="2019-03-01", population="students")
    second = log.count(">=39", "post", origin="lantern", when="2019-03-10", population="students")
    log.count("35..45", "post", population="students")
    log.count(40, "post", origin="lantern", when="2019-03-01", population="students")
    log.group("students", 3, "courier", when="2019-03-05", members=("varga",))
    log.status("quill", "detained", "courier", when="2017-10")
    log.status("quill", "released", "post", stance="unconfirmed", when="2019-03-05")
    question = log.ask("2019-03-31")
    state = log.state
    recorded = {record.seq: record.recorded for record in log.records}
    ends = state.thread(first), state.thread(second)
    said = basis(state, question, "00" * 32)
    answers = {
        "counts": {"counts": list(counts(state, question))},
        "groups": {"groups": list(groups(state, question))},
        "pending": {"pending": list(pending(state, question))},
        "sources": sources(state, question, recorded),
        "durations": durations(state, question),
        "reconcile": {"reconciliation": reconcile(state, question, *ends)},
        "beside": {"beside": against_roster(state, question, ends[0])},
    }
    return {name: {"basis": said, **content} for name, content in answers.items()}


def written(data, view, form):
    return render.write("reconcile" if view == "beside" else view, data[view], form)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_written_in_every_format(data, view):
    assert json.loads(written(data, view, "json")) == data[view]
    assert written(data, view, "md").startswith("# ")
    assert "Basis: case invented" in written(data, view, "md")
    assert "\x1b" not in written(data, view, "table")
    rows = [json.loads(line) for line in written(data, view, "nl").splitlines()]
    assert rows
    assert all(row["basis"]["as_of"] == "2019-03-31" for row in rows)
    records = list(csv.DictReader(io.StringIO(written(data, view, "csv"))))
    assert records
    assert all(record["as_of"] == "2019-03-31" and record["events"] for record in records)
    assert not any(None in record for record in records)


@pytest.mark.parametrize("view", VIEWS)
def test_what_data_says_is_text_and_no_mark_up(data, view):
    assert "*Quill*" not in written(data, view, "md").replace("\\*", "")
    assert "Lantern | the" not in written(data, view, "md")
    assert ",=Tom" not in written(data, view, "csv")


def test_a_page_of_counts_says_why_numbers_differ(data):
    page = written(data, "counts", "md")
    assert "Conflict: Lantern \\| the monitor gives 41 (2019-03-01) and 40 (2019-03-01)" in page
    assert "at least 39" in page
    assert "35 to 45" in page


def test_a_page_of_groups_says_how_many_are_named(data):
    page = written(data, "groups", "md")
    assert "3 said to be released; 1 named; 1 reported." in page
    assert "Ilse Varga: reported" in page


def test_a_page_of_work_says_what_settles_it(data):
    page = written(data, "pending", "md")
    assert "## Unconfirmed (1)" in page
    assert "the names of the others" in page


def test_a_page_of_a_reconciliation_ends_with_what_is_not_explained(data):
    page = written(data, "reconcile", "md")
    assert "| Not explained |" in page
    assert "| Releases | -1 | named: Ilse Varga |" in page
    assert "| Not named | 39 to 40 |" in written(data, "beside", "md")


EMPTY = {
    "counts": {"counts": []},
    "groups": {"groups": []},
    "pending": {"pending": []},
    "sources": {"voices": [], "documents": [], "relays": []},
    "durations": {"persons": [], "total": {}},
}


@pytest.mark.parametrize(("view", "content"), EMPTY.items())
def test_an_empty_view_says_so(data, view, content):
    empty = {"basis": data["counts"]["basis"], **content}
    for form in render.FORMATS:
        assert isinstance(render.write(view, empty, form), str)
    assert len(render.write(view, empty, "md").splitlines()) == 5


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """The repository's own case."""
    ticks = itertools.count(times.parse_instant("2026-01-12T12:00:00.000000Z"), 1_000_000)
    calls = itertools.count()
    path = tmp_path_factory.mktemp("case") / "case.db"
    with Case.open(
        path,
        create=True,
        clock=lambda: next(ticks),
        entropy=lambda n: hashlib.shake_256(f"case {next(calls)}".encode()).digest(n),
    ) as opened:
        opened.load([SEEDS])
        yield opened


def asked(case, view, as_of):
    return numbers.view(case, case.question(as_of=as_of), view).data


@pytest.mark.parametrize("as_of", ["2026-01-08", "2026-01-09"])
def test_no_two_numbers_of_the_case_are_a_conflict(case, as_of):
    matters = asked(case, "counts", as_of)["counts"]
    assert matters
    assert not any(item["conflict"] for matter in matters for item in matter["misfits"])


def test_the_numbers_of_the_case_are_explained(case):
    held, *_ = asked(case, "counts", "2026-01-09")["counts"]
    reasons = {
        frozenset(one["number"] for one in item["numbers"] + item["against"]): item["reason"]
        for item in held["misfits"]
    }
    assert reasons[frozenset({"863", "806"})] == "different date"
    assert reasons[frozenset({"902", "863", "806"})] == "date not stated"
    assert reasons[frozenset({"902", "800..900"})] == "another counter"
    (item,) = (
        one for one in held["misfits"] if one["numbers"][0]["number"] == "902" and one["against"]
    )
    assert item["left_out"] == ["2025-12-29", "2026-01-05"]
    foreign = next(
        one
        for one in asked(case, "counts", "2026-01-09")["counts"]
        if one["measure"] == "foreign_held"
    )
    assert {item["reason"] for item in foreign["misfits"]} == {"different date", "date not stated"}


def test_the_groups_of_the_case(case):
    found = {one["group"]: one for one in asked(case, "groups", "2026-01-09")["groups"]}
    announced, spaniards = found["announced-187"], found["spaniards"]
    assert (announced["number"]["text"], announced["named"]["count"]) == ("187", 0)
    counted = [spaniards[key]["count"] for key in ("named", "confirmed")]
    assert (spaniards["number"]["text"], counted) == ("5", [5, 5])
    before = {one["group"]: one for one in asked(case, "groups", "2026-01-08")["groups"]}
    assert before["spaniards"]["pending"]["count"] == 4


def test_numbers_are_reconciled_by_their_names(case):
    question = case.question(as_of="2026-01-09")
    ends = "article-004#held-863", "article-002#held-806"
    found = numbers.reconciled(case, question, *ends).data["reconciliation"]
    assert found["remainder"]["text"] == "-57"
    by_seq = f"@{thread_named(case.state(), ends[1]).seq}"
    beside = numbers.reconciled(case, question, by_seq, None).data["beside"]
    assert beside["on"] == "2026-01-05"
    assert beside["held_elsewhere"]["count"] == 2
    with pytest.raises(UnknownName):
        numbers.reconciled(case, question, "nothing#here", None)
    with pytest.raises(Refused):
        numbers.reconciled(case, case.question(as_of="2026-01-08"), *ends)


@pytest.mark.parametrize("as_of", ["2026-01-08", "2026-01-09"])
@pytest.mark.parametrize("view", numbers.VIEWS)
def test_every_event_that_a_view_names_is_there(case, view, as_of):
    def ids(value):
        if isinstance(value, dict):
            for key, one in value.items():
                yield from one if key == "events" else ids(one)
        elif isinstance(value, list):
            for one in value:
                yield from ids(one)

    known = case.state().seq_of
    found = list(ids(asked(case, view, as_of)))
    assert found
    assert set(found) <= set(known)


def test_an_older_log_is_asked_as_the_newest_is(case):
    question = case.question(as_of="2026-01-09", at_log="@100")
    assert numbers.view(case, question, "counts").data["basis"]["log_position"] == 100


EVENTS = re.compile(r"\bevents? ([a-z2-7]{8}(?:, [a-z2-7]{8})*)\b")

PUBLISHED = """
title = "Numbers & more"
view = "{view}"
as_of = ["2026-01-08", "2026-01-09"]
formats = ["md", "json", "csv"{more}]
"""


@pytest.fixture
def published(case, tmp_path):
    """Publish a view of the case, and return the names of the files."""

    def publish(view, more=""):
        folder = tmp_path / view
        folder.mkdir()
        (folder / "projection.toml").write_text(PUBLISHED.format(view=view, more=more))
        publishing.publish(case, tmp_path)
        assert publishing.publish(case, tmp_path) == ()
        assert publishing.check(case, tmp_path, tmp_path) == ()
        return {path.name: path.read_text() for path in folder.iterdir()}

    return publish


@pytest.mark.parametrize("view", numbers.VIEWS)
def test_every_view_is_published_and_checked(published, view):
    files = published(view)
    assert {"2026-01-08.md", "2026-01-09.json", "2026-01-09.csv"} <= set(files)
    title = files["2026-01-09.md"].splitlines()[0]
    assert title.startswith(("# Numbers &amp; more", "# Numbers \\& more"))


@pytest.mark.parametrize("view", picturing.DRAWN)
def test_pictures_are_published_beside_their_answers(published, view):
    files = published(view, ', "svg"')
    drawn = {name: text for name, text in files.items() if name.endswith(".svg")}
    assert len(drawn) > 1
    assert all(ET.fromstring(text).get("role") == "img" for text in drawn.values())  # noqa: S314
    assert ("2026-01-09.held-political-prisoners.svg" in drawn) == (view == "counts")
    assert ("2026-01-09.svg" in drawn) == (view == "roster")


def tallies(value):
    """Yield every count in an answer that says which events it rests on."""
    if isinstance(value, dict):
        if {"count", "events"} <= value.keys():
            yield value
        for one in value.values():
            yield from tallies(one)
    elif isinstance(value, list):
        for one in value:
            yield from tallies(one)


def ids_in(value):
    """Yield every id of an event that an answer names."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key == "event":
                yield one
            elif key == "events":
                yield from one
            else:
                yield from ids_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from ids_in(one)


@pytest.mark.parametrize("view", numbers.VIEWS)
@pytest.mark.parametrize("day", ["2026-01-08", "2026-01-09"])
def test_every_number_is_traced_to_its_events(case, view, day):
    data = numbers.view(case, case.question(as_of=day), view).data
    for one in tallies(data):
        assert bool(one["events"]) == bool(one["count"])
        assert len(one["events"]) >= one["count"] or "persons" in one
    known = {record.id for record in case.events()}
    found = list(ids_in(data))
    assert found
    assert set(found) <= known


@pytest.mark.parametrize("view", ["counts", "groups", "pending", "durations"])
def test_pages_name_events_to_look_up(case, view):
    data = numbers.view(case, case.question(as_of="2026-01-09"), view).data
    said = render.write(view, data, "md")
    named = {one for found in EVENTS.findall(said) for one in found.split(", ")}
    ids = {record.id[:8] for record in case.events()}
    assert named <= ids
    assert len(named) > 2


def test_what_reconciles_names_the_events_of_every_line(case):
    question = case.question(as_of="2026-01-09")
    numbers_of = ("article-004#held-863", "article-002#held-806")
    found = numbers.reconciled(case, question, *numbers_of).content["reconciliation"]
    assert all(list(ids_in(found[end])) for end in ("from", "to"))
    beside = numbers.reconciled(case, question, numbers_of[1]).data
    said = render.write("reconcile", beside, "csv").splitlines()
    assert len(said) > 4
    assert set(ids_in(beside)) <= {record.id for record in case.events()}


def test_views_and_formats_that_can_be_published_are_those_there_are(tmp_path):
    assert set(numbers.VIEWS) < set(projection_file.VIEWS)
    assert set(picturing.DRAWN) == set(projection_file.PICTURED)
    path = tmp_path / "projection.toml"
    path.write_text(PUBLISHED.format(view="groups", more=', "svg"'))
    with pytest.raises(BadData):
        projection_file.read(path)


@pytest.mark.parametrize(
    ("named", "heading"),
    [
        ('["article-004#held-863", "article-002#held-806"]', "| Not explained | -57 |"),
        ('"article-002#held-806"', "| Not named | 793 to 799 |"),
    ],
)
def test_what_is_reconciled_is_published(case, tmp_path, named, heading):
    folder = tmp_path / "reconciled"
    folder.mkdir()
    text = f'title = "Two numbers"\nview = "reconcile"\nas_of = "2026-01-09"\nnumbers = {named}\n'
    (folder / "projection.toml").write_text(text)
    publishing.publish(case, tmp_path)
    assert publishing.check(case, tmp_path, tmp_path) == ()
    assert heading in (folder / "2026-01-09.md").read_text()


@pytest.mark.parametrize(
    ("view", "named", "message"),
    [
        ("counts", '["a#b"]', "for the view `reconcile` alone"),
        ("reconcile", "[]", "names 0 numbers, not one or two"),
        ("reconcile", '["a#b", "a#c", "a#d"]', "names 3 numbers, not one or two"),
        ("reconcile", "[806]", "which is no text"),
    ],
)
def test_numbers_to_reconcile_are_one_or_two(tmp_path, view, named, message):
    path = tmp_path / "projection.toml"
    path.write_text(
        f'title = "Numbers"\nview = "{view}"\nas_of = "2026-01-09"\nnumbers = {named}\n'
    )
    with pytest.raises(BadData) as caught:
        projection_file.read(path)
    (finding,) = caught.value.findings
    assert message in finding.message
    assert finding.line == 4


def test_what_moved_between_the_two_days_of_the_case(case):
    days = [case.question(as_of=day) for day in ("2026-01-08", "2026-01-09")]
    found = numbers.moved(case, *days)
    (spaniards,) = (one for one in found["groups"] if one["group"] == "spaniards")
    assert {"number", "named", "confirmed", "pending", "verified_by"} <= set(spaniards["kinds"])
    assert (spaniards["before"]["confirmed"], spaniards["after"]["confirmed"]) == (0, 5)
    held = next(
        one
        for one in found["counts"]
        if (one["counter"], one["population"]) == ("foro-penal", "political prisoners")
    )
    (newest,) = held["after"]["newest"]
    assert (newest["number"], newest["date"]) == ("806", "2026-01-05")
    assert {one["event"] for one in held["causes"]} >= set(newest["events"])
    assert numbers.moved(case, days[1], days[1]) == {"counts": [], "groups": []}
