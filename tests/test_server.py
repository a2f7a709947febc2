"""The live pages: what is given out, to whom, with which headers; and what a writer does to it."""

from __future__ import annotations

import asyncio
import json
import time
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from habeas.case import Case, guarding, snapshots
from habeas.cli import COMMANDS
from habeas.cli import app as commands
from habeas.errors import HabeasError
from habeas.events import PersonRegistered, StatusClaimed, build
from habeas.web.edition import Edition
from habeas.web.files import Files
from habeas.web.maker import Maker, Order
from habeas.web.questions import QUESTIONS, REPEATED, REQUIRED
from habeas.web.server import app
from newsroom import Desk
from test_site import LOG, case_at
from web_bench import readers

LOCAL = "http://127.0.0.1"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    found = tmp_path_factory.mktemp("served") / "case.db"
    case_at(found).close()
    return found


@pytest.fixture(scope="module")
def client(path):
    with TestClient(app(lambda: Case.open(path)), base_url=LOCAL) as opened:
        yield opened


def test_a_live_page_is_the_static_page(client, path):
    with Case.open(path) as case:
        edition = Edition(case)
        files = Files(edition)
        for address in ("index.html", "es/person/perkins-rocha.html", "counts/2026-01-08.html"):
            assert client.get(f"/{address}").content == files.file(address)
        for address in files.addresses():
            assert client.get(f"/{address}").status_code == 200, address
    assert client.get("/").text == client.get("/index.html").text
    assert client.get("/es/").text == client.get("/es/index.html").text
    for address in ("assets/site.css", "assets/site.js", "data/intervals.js", "feed.atom"):
        assert client.get(f"/{address}").status_code == 200


PERSON = {"person": "perkins-rocha", "as_of": "2026-01-08", "at_log": "@239"}
SIDES = {"from": "2026-01-08", "to": "2026-01-09"}
ASKED = {
    "status": ({"as_of": "2026-01-09"}, PERSON, {"as_of": "2026-01-09", "on": "2025-01-01"}),
    "timeline": ({"as_of": "2026-01-09"}, PERSON),
    "explain": (PERSON,),
    "changes": (
        SIDES,
        SIDES | {"all": "true"},
        SIDES | {"person": ["perkins-rocha", "enrique-marquez"], "kind": "status"},
        SIDES | {"custody": "out", "cause": ["reported", "elapsed"], "on": "2026-01-01"},
    ),
    "counts": ({"as_of": "2026-01-09"},),
    "groups": ({"as_of": "2026-01-09"},),
    "sources": ({"as_of": "2026-01-08"},),
    "pending": ({"as_of": "2026-01-09"},),
    "durations": ({"as_of": "2026-01-09", "on": "2026-01-07"},),
    "reconcile": ({"number": "NUMBER", "as_of": "2026-01-09"},),
    "log": ({"person": "perkins-rocha"}, {"type": "status", "since": "@57"}),
    "show": ({"event": "@57"},),
    "snapshots": ({},),
    "answer": (),
}
ARGUMENTS = ("person", "number", "other", "event", "from", "to", "citation")


def command_of(name, asked):
    """The command that asks the same."""
    words = [name]
    for key, value in asked.items():
        for one in value if isinstance(value, list) else [value]:
            if key == "all":
                words.append("--all")
            elif key in ARGUMENTS and (name, key) not in {("changes", "person"), ("log", "person")}:
                words.append(one)
            else:
                words += [f"--{key.replace('_', '-')}", one]
    return words


def a_number(path):
    with Case.open(path) as case:
        return next(f"@{one.seq}" for one in case.events() if one.type == "count.claimed")


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_is_answered_as_the_command_line_answers_it(client, path, name):
    for given in ASKED[name]:
        asked = given | ({"number": a_number(path)} if "number" in given else {})
        words = [*command_of(name, asked), "--db", str(path), "--format", "json"]
        told = CliRunner().invoke(commands, words)
        assert told.exit_code == 0, told.output
        found = client.get(f"/api/{name}", params=asked)
        assert found.status_code == 200, found.text
        assert found.json() == json.loads(told.stdout)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_asked_with_the_words_of_its_command(name):
    module, _, function = COMMANDS[name].place.partition(":")
    command = getattr(import_module(f"habeas.cli.{module}"), function)
    named = {"before": "from", "after": "to", "every": "all"}
    words = {named.get(one, one) for one in signature(command).parameters}
    assert words - {"format", "audience", "db"} == {*QUESTIONS[name][1]}


def test_a_citation_is_answered(tmp_path):
    path = tmp_path / "case.db"
    with case_at(path) as case:
        question = case.question(as_of="2026-01-09")
        case.snapshot("evening", question)
        cited = snapshots.citation(case, "evening")
        told = snapshots.answer_to(case, cited).answer.data
    with TestClient(app(lambda: Case.open(path)), base_url=LOCAL) as client:
        assert client.get("/api/answer", params={"citation": cited}).json() == told
        listed = client.get("/api/snapshots").json()["snapshots"]
        assert [one["name"] for one in listed] == ["evening"]
        asked = {"from": "evening", "to": "2026-01-09"}
        assert client.get("/api/changes", params=asked).json()["changes"] == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("status?as_of=yesterday", 400),
        ("status?as_of=2026-01-08&as_of=2026-01-09", 400),
        ("status?audience=desk", 400),
        ("status?projection=/etc/passwd", 404),
        ("status?projection=..", 404),
        ("status?person=nobody-at-all", 404),
        ("changes?from=2026-01-08", 400),
        ("changes?from=2026-01-08&to=2026-01-09&kind=colour", 400),
        ("changes?from=2026-01-08&to=2026-01-09&all=perhaps", 400),
        ("changes?from=2026-01-08&to=2026-01-09&party=nobody-at-all", 404),
        ("explain", 400),
        ("show?event=@9999", 404),
        ("answer?citation=morning", 404),
        ("tables", 404),
    ],
)
def test_what_cannot_be_answered_says_why(client, asked, code):
    found = client.get(f"/api/{asked}")
    assert found.status_code == code, found.text
    assert "Traceback" not in found.text
    if asked != "tables":
        assert found.json()["hint"]


def test_the_description_is_true(client):
    told = client.get("/api/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    assert told["paths"].pop("/api")["get"]["operationId"] == "questions"
    assert {path.removeprefix("/api/") for path in told["paths"]} == QUESTIONS.keys()
    for path, methods in told["paths"].items():
        assert methods.keys() == {"get"}
        given = {one["name"]: one for one in methods["get"]["parameters"]}
        name = path.removeprefix("/api/")
        assert tuple(given) == QUESTIONS[name][1]
        required = {key for key, one in given.items() if one["required"]}
        assert required == {*REQUIRED.get(name, ())}
        for key, one in given.items():
            assert (one["schema"]["type"] == "array") == (key in REPEATED.get(name, ()))
            assert one["description"]
        if required:
            found = client.get(path)
            assert found.status_code == 400
            assert "has to be given" in found.json()["error"]
        assert client.get(path, params={"colour": "red"}).status_code == 400


@pytest.mark.parametrize("address", ["/api", "/api/"])
def test_the_questions_are_listed(client, address):
    told = client.get(address)
    assert told.status_code == 200
    listed = told.json()
    assert listed["questions"].keys() == QUESTIONS.keys()
    assert listed["questions"]["changes"]["required"] == ["from", "to"]
    assert client.get(listed["questions"]["status"]["address"]).status_code == 200
    assert client.get(listed["description"]).status_code == 200


def test_a_stranger_of_a_host_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_name_that_was_given_is_answered_to(path):
    with TestClient(app(lambda: Case.open(path), hosts=("desk.example.org",))) as opened:
        assert opened.get("/api/snapshots").status_code == 400
        told = opened.get("/api/snapshots", headers={"host": "desk.example.org"})
        assert told.status_code == 200


def test_what_serves_cannot_write(path):
    with Maker(lambda: Case.open(path)) as maker:
        with pytest.raises(HabeasError, match="read-only"):
            maker.case.append(*new_person("nobody"))
        assert maker.make(Order("index.html", None)).code == 200


def test_headers_keep_a_browser_to_what_is_given(client):
    for address in ("/", "/api/status", "/nothing", "/assets/site.js"):
        found = client.get(address)
        policy = found.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "http" not in policy
        assert "unsafe" not in policy
        assert "set-cookie" not in found.headers
        assert found.headers["x-content-type-options"] == "nosniff"


def test_nothing_but_reading_is_taken(client):
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, "/api/status").status_code == 405
        assert client.request(method, "/index.html").status_code == 405


@pytest.mark.parametrize(
    "address", ["/../case.db", "/%2e%2e/case.db", "/assets/../server.py", "/data/person/..json"]
)
def test_nothing_else_is_given_out(client, address):
    assert client.get(address).status_code == 404


def changed(client, address, tag):
    """The answer, once it is another than the one with this tag."""
    for _ in range(400):
        found = client.get(address, headers={"if-none-match": tag})
        if found.status_code == 200:
            return found
        time.sleep(0.05)
    raise AssertionError("the server never saw the log grow")


def test_an_etag_is_good_until_the_log_grows(tmp_path):
    desk_path = tmp_path / "case.db"
    case_at(desk_path).close()
    with TestClient(app(lambda: Case.open(desk_path)), base_url=LOCAL) as client:
        tag = client.get("/").headers["etag"]
        assert client.get("/", headers={"if-none-match": tag}).status_code == 304
        asked = client.get("/api/status").headers["etag"]
        assert asked.startswith(tag[:-1])
        assert client.get("/api/status", headers={"if-none-match": asked}).status_code == 304
        with Case.open(desk_path) as writer:
            writer.append(*new_person("new-person"))
        fresh = changed(client, "/", tag)
        assert fresh.headers["etag"] != tag
        assert 'data-p="new-person"' in fresh.text
        told = changed(client, "/api/status", asked).json()
        assert "new-person" in {one["person"] for one in told["persons"]}


def test_what_is_withheld_is_given_out_no_more_whoever_has_just_read_it(tmp_path):
    path = tmp_path / "case.db"
    case_at(path).close()
    with TestClient(app(lambda: Case.open(path)), base_url=LOCAL) as client:
        assert "Perkins Rocha" in client.get("/").text
        page = "/person/perkins-rocha.html"
        tag = client.get(page).headers["etag"]
        with Case.open(path, audience="desk") as desk:
            keep = {"until": None, "audience": "public", "reason": "asked for", "follows": None}
            desk.edit(guarding.withhold("person:perkins-rocha", **keep))
        for _ in range(100):
            if client.get(page, headers={"if-none-match": tag}).status_code != 304:
                break
            time.sleep(0.02)
        assert client.get(page).status_code == 404
        for address in ("/", "/days.html", "/api/log", "/data/intervals.js"):
            assert "perkins-rocha" not in client.get(address).text, address


def new_person(name):
    known = {"person": name, "status": "detained", "stance": "asserted"}
    return (
        build(PersonRegistered, {"person": name, "name": name.title()}),
        build(StatusClaimed, {**known, "document": "wgon-2026-01-09", "locator": "¶ 1"}),
    )


def test_two_hundred_readers_beside_a_writer_read_whole_pages(tmp_path):
    path = tmp_path / "case.db"
    with case_at(path) as case:
        persons = len(case.status(as_of="2026-01-09").persons)
    writing = readers.write(path, "wgon-2026-01-09", times=8, pause=0.1)
    with readers.serving(path) as port:
        faults = readers.torn(persons, 239)
        reading = readers.read(port, faults, done=lambda count: count >= 8)
        found = asyncio.run(readers.beside(writing, reading))
        last = asyncio.run(readers.read(port, faults, done=lambda count: count >= 2, readers=1))
    assert found.faults == []
    assert last.faults == []
    assert len(found.took) == 8 * readers.READERS


def test_a_case_without_news_says_so():
    with TestClient(app(lambda: Desk().case), base_url=LOCAL) as client:
        found = client.get("/")
        assert found.status_code == 503
        assert "nothing is known" in found.text


def test_the_log_of_the_case_is_here():
    assert Path(LOG).is_file()


@pytest.mark.parametrize(
    "address",
    [
        *("person/%ff.html", "person/%00.html", "person/.html", "day/0000-00-00.html"),
        *("changes/2026-01-08-9999.html", "roster/2026-01-08-2.html", "es/es/index.html"),
        *("data/intervals-99999999999999999999.js", "data/intervals-.js", "data/status-.json"),
        *("data/person/perkins-rocha.csv", "index", "index.html.html", "es", "MANIFEST"),
        *("templates/base.html", "assets/", "assets/site.css/"),
    ],
)
def test_no_odd_address_is_a_fault_of_ours(client, address):
    assert client.get(f"/{address}").status_code == 404


@pytest.mark.parametrize("value", ["%00", "%ff", "%ED%A0%80", "@", "@-1", "#", "a" * 5_000, "''"])
def test_no_odd_value_is_a_fault_of_ours(client, value):
    for asked in (
        *(f"status?person={value}", f"status?as_of={value}", f"status?at_log={value}"),
        *(f"status?on={value}", f"status?projection={value}", f"show?event={value}"),
        *(f"reconcile?number={value}", f"changes?from={value}&to={value}"),
        *(f"log?type={value}", f"log?since={value}", f"answer?citation={value}"),
    ):
        found = client.get(f"/api/{asked.replace('#', '%23')}")
        assert found.status_code in {400, 404}, asked
        assert found.json()["error"]
