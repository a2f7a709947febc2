"""The live pages: what is given out, to whom, with which headers; and what a writer does to it."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from habeas.case import Case
from habeas.events import PersonRegistered, StatusClaimed, build
from habeas.web.edition import Edition
from habeas.web.openapi import QUESTIONS
from habeas.web.pages import Pages, data_files
from habeas.web.server import app
from newsroom import Desk
from test_site import LOG, Reader, case_at

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
        pages = Pages(edition)
        for address in ("index.html", "es/person/perkins-rocha.html", "counts/2026-01-08.html"):
            assert client.get(f"/{address}").text == pages.page(address)
        for address in data_files(edition):
            assert client.get(f"/{address}").status_code == 200
    assert client.get("/").text == client.get("/index.html").text
    assert client.get("/es/").text == client.get("/es/index.html").text
    for address in ("assets/site.css", "assets/site.js", "data/intervals.js", "feed.atom"):
        assert client.get(f"/{address}").status_code == 200


def test_every_question_is_answered_as_the_command_line_answers_it(client, path):
    with Case.open(path) as case:
        assert client.get("/api/status?as_of=2026-01-09").json() == (
            case.status(as_of="2026-01-09").data
        )
        asked = {"person": "perkins-rocha", "as_of": "2026-01-08", "at_log": "@239"}
        told = case.status("perkins-rocha", as_of="2026-01-08", at_log="@239").data
        assert client.get("/api/status", params=asked).json() == told
        told = case.changes("2026-01-08", "2026-01-09").data
        assert client.get("/api/changes?from=2026-01-08&to=2026-01-09").json() == told
    for name in QUESTIONS.keys() - {"changes", "explain"}:
        assert client.get(f"/api/{name}?as_of=2026-01-09").status_code == 200, name
    assert client.get("/api/explain?person=perkins-rocha").status_code == 200


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("status?as_of=yesterday", 400),
        ("status?projection=/etc/passwd", 400),
        ("status?person=nobody-at-all", 404),
        ("changes?from=2026-01-08", 400),
        ("explain", 400),
        ("tables", 404),
    ],
)
def test_what_cannot_be_answered_says_why(client, asked, code):
    found = client.get(f"/api/{asked}")
    assert found.status_code == code
    assert "Traceback" not in found.text


def test_the_description_names_every_question(client):
    told = client.get("/api/openapi.json").json()
    assert {path.removeprefix("/api/") for path in told["paths"]} == QUESTIONS.keys()


def test_a_stranger_of_a_host_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


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


def test_an_etag_is_good_until_the_log_grows(tmp_path):
    desk_path = tmp_path / "case.db"
    case_at(desk_path).close()
    with TestClient(app(lambda: Case.open(desk_path)), base_url=LOCAL) as client:
        tag = client.get("/").headers["etag"]
        assert client.get("/", headers={"if-none-match": tag}).status_code == 304
        assert client.get("/api/status?as_of=2026-01-09").headers["etag"] == tag
        with Case.open(desk_path) as writer:
            writer.append(*new_person("new-person"))
        fresh = client.get("/", headers={"if-none-match": tag})
        assert fresh.status_code == 200
        assert fresh.headers["etag"] != tag
        assert 'data-p="new-person"' in fresh.text


def new_person(name):
    known = {"person": name, "status": "detained", "stance": "asserted"}
    return (
        build(PersonRegistered, {"person": name, "name": name.title()}),
        build(StatusClaimed, {**known, "document": "wgon-2026-01-09", "locator": "¶ 1"}),
    )


def test_no_page_is_torn_while_a_writer_appends(tmp_path):
    path = tmp_path / "case.db"
    case_at(path).close()
    before = 15
    stop = threading.Event()

    def write():
        with Case.open(path) as writer:
            for n in range(10):
                if stop.is_set():
                    return
                writer.append(*new_person(f"new-{n}"))

    with TestClient(app(lambda: Case.open(path)), base_url=LOCAL) as client:
        thread = threading.Thread(target=write)
        thread.start()
        last = 0
        try:
            for _ in range(25):
                found = client.get("/")
                assert found.status_code == 200
                read = Reader(found.text)
                persons = len(re.findall(r"<tr data-p=", found.text))
                assert int(read.texts["n-all"]) == persons >= before
                position = int(found.headers["etag"].strip('"').partition("-")[0])
                assert position == 239 + 2 * (persons - before) >= last
                last = position
        finally:
            stop.set()
            thread.join()


def test_a_case_without_news_says_so():
    with TestClient(app(lambda: Desk().case), base_url=LOCAL) as client:
        found = client.get("/")
        assert found.status_code == 503
        assert "nothing is known" in found.text


def test_the_log_of_the_case_is_here():
    assert Path(LOG).is_file()
