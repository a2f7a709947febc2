"""Leaks: every byte of every file that is written for the public, and every page that is served.

The case is `secrecy`'s. Files that pack their content are unpacked first. What the public copy of
the log answers is compared with what the log itself answers to the public, byte by byte.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
import zlib
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote_plus

import attrs
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from habeas import cli
from habeas.case import Case
from habeas.cli import completing
from habeas.events import TAGS, Citation
from habeas.projection_file import FORMATS, VIEWS
from habeas.web.edition import Edition
from habeas.web.files import Files
from habeas.web.questions import QUESTIONS
from habeas.web.server import app
from secrecy import LATER, MARK, make

PACKED = re.compile(rb'"([A-Za-z0-9+/=]{40,})"')
DAYS = ["2026-01-07", "2026-01-08", "2026-01-09", "2026-01-10"]
LISTS = ("status", "timeline", "counts", "groups", "pending", "sources", "durations")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The case, and all that can be written of it for the public, in one folder."""
    folder = tmp_path_factory.mktemp("secrets")
    make(folder / "habeas.db")
    written = folder / "written"
    for view in VIEWS:
        for number, point in enumerate(points(view)):
            place = written / "projections" / f"{view}-{number}"
            place.mkdir(parents=True)
            (place / "projection.toml").write_text(projection(view, point))
    run = CliRunner()
    for words in (
        ["publish", "--folder", str(written / "projections")],
        ["publish", "--site", str(written / "site")],
        ["export", str(written / "log.jsonl")],
    ):
        done = run.invoke(cli.app, [*words, "--db", str(folder / "habeas.db")])
        assert done.exit_code == 0, done.output
        assert MARK not in done.output.lower()
    return folder


def points(view):
    """The as-ofs of a projection; of a change log, two and two."""
    return list(map(list, pairwise(DAYS))) if view == "changes" else [DAYS[1:]]


DESK = ("--audience", "desk", "--db")


def projection(view, days):
    formats = [one for one in (*FORMATS, "csv") if one in {"json", "md", "csv"}]
    more = ["atom", "jsonfeed"] if view == "changes" else ["svg"] if view == "counts" else []
    numbers = f"numbers = {json.dumps('d-1#told-806')}\n" if view == "reconcile" else ""
    return (
        f'title = "{view}"\nview = "{view}"\nas_of = {json.dumps(days)}\n{numbers}'
        f"formats = {json.dumps(list(dict.fromkeys([*formats, *more])))}\n"
    )


def unpacked(content):
    """Yield a file's bytes, and what is packed in them."""
    yield content
    for found in PACKED.findall(content):
        try:
            yield zlib.decompress(base64.b64decode(found))
        except (ValueError, zlib.error):
            continue


def test_no_file_that_is_written_says_a_secret(made, tried):
    paths = [path for path in (made / "written").rglob("*") if path.is_file()]
    searched, packed = 0, 0
    for path in paths:
        parts = list(unpacked(path.read_bytes()))
        packed += len(parts) - 1
        for part in parts:
            at = part.lower().find(MARK.encode())
            assert at < 0, (path, part[max(at - 100, 0) : at + 100])
            searched += len(part)
        assert MARK not in str(path.relative_to(made)).lower()
    assert packed >= 1
    assert {path.suffix for path in paths} >= {*(".json", ".md", ".csv", ".atom", ".html"), ".js"}
    tried("written files searched for a secret", len(paths), "none told")
    assert searched > 100_000


def test_the_desk_would_be_told_in_such_files(made, tmp_path):
    """The search finds what there is to be found."""
    done = CliRunner().invoke(
        cli.app,
        [*("publish", "--site", str(tmp_path / "site")), *DESK, str(made / "habeas.db")],
    )
    assert done.exit_code == 0
    found = [
        path
        for path in (tmp_path / "site").rglob("*")
        if path.is_file()
        and any(MARK.encode() in part.lower() for part in unpacked(path.read_bytes()))
    ]
    assert len(found) > 10


def test_every_field_that_can_hold_a_word_held_a_secret(made):
    with Case.open(made / "habeas.db", audience="desk", clock=lambda: LATER) as case:
        held = {pair for record in case.store.records() for pair in marked(record)}
    missing = {
        (type_, spec.name)
        for (type_, _), cls in TAGS.items()
        for spec in attrs.fields(cls)
        if spec.metadata["schema"].get("type") in {"string", "array"}
        and "format" not in spec.metadata["schema"]
        and "a-z2-7" not in spec.metadata["schema"].get("pattern", "")
    } - held
    # What is computed, of one word, or the case's own; a withdrawal is its publisher's.
    assert {field for _, field in missing} <= {
        *("case", "title", "publisher", "sha256", "type", "audience", "as_of", "on", "engine"),
        *("digest", "document", "origin", "reason", "key", "measure", "part_of", "what"),
    }
    claims = {pair for pair in missing if issubclass(TAGS[pair[0], 1], Citation)}
    assert {field for _, field in claims} <= {"key", "measure", "document", "origin"}
    assert {pair for pair in missing if pair[1] == "reason"} == {("event.redacted", "reason")}


def marked(record):
    """Yield (type, field) of what holds the mark in an event, and in what a correction puts."""
    data = json.loads(record.payload)["data"]
    yield from ((record.type, key) for key, one in data.items() if MARK in json.dumps(one).lower())
    if record.type == "event.corrected":
        inner = data["data"]
        yield from ((data["type"], k) for k, v in inner.items() if MARK in json.dumps(v).lower())


def test_no_page_and_no_answer_that_is_served_says_a_secret(made, tried):
    path = made / "habeas.db"
    with Case.open(path) as case:
        addresses = list(Files(Edition(case)).addresses())
    asked = [f"/{address}" for address in addresses]
    asked += [f"/api/{name}" for name in (*QUESTIONS, "openapi.json")]
    asked += [f"/api/{name}?as_of={day}" for name in LISTS for day in DAYS]
    asked += [f"/api/changes?from={a}&to={b}" for a, b in pairwise(DAYS)]
    asked += [f"/api/{name}?person={who}" for name in ("status", "explain") for who in WHO]
    asked += ["/api/status?at_log=@30", "/api/changes?from=zq-all&to=@20", "/person/zqx.html"]
    asked += ["/api/show?event=d-1%23zq", "/api/log?party=zq-q", "/api/answer?citation=zq"]
    with TestClient(app(lambda: Case.open(path)), base_url="http://127.0.0.1") as client:
        for address in asked:
            given = client.get(address)
            echoed = unquote_plus(address.split("=")[-1]).lower().encode()  # what was asked
            for part in unpacked(given.content):
                said = (
                    part.lower().replace(echoed, b"") if MARK in address.lower() else part.lower()
                )
                assert MARK.encode() not in said, (address, given.text[:400])
            assert MARK not in str(given.headers).lower()
    tried("pages and answers served, searched for a secret", len(asked), "none told")


WHO = ("ana", "bo", "zq", "Zqx+Nobody", "zqx", "zqx-2", "Zq+Alias")


def test_no_completion_says_a_secret(made, monkeypatch):
    monkeypatch.setenv("HABEAS_DB", str(made / "habeas.db"))

    class Context:
        params = {}  # noqa: RUF012 - what Typer gives

    for complete in (completing.persons, completing.parties, completing.documents):
        for begun in ("", "z", "zqx", "Z", "Nob"):
            assert MARK not in str(complete(Context(), begun)).lower()
    environment = os.environ | {"_HABEAS_COMPLETE": "complete_bash", "COMP_CWORD": "2"}
    for begun in ("", "z", "a"):
        environment["COMP_WORDS"] = f"habeas status {begun}"
        done = subprocess.run(
            [sys.executable, "-m", "habeas"], env=environment, capture_output=True, check=False
        )
        assert MARK.encode() not in (done.stdout + done.stderr).lower()


ASKED = [
    *([one, "--as-of", day] for one in LISTS for day in DAYS[1:3]),
    *(["status", "--at-log", f"@{at}"] for at in (6, 9, 20, 40)),
    *(["changes", a, b] for a, b in pairwise(DAYS)),
    *(
        [one, who, "--as-of", "2026-01-10"]
        for one in ("status", "explain")
        for who in ("ana", "bo")
    ),
    *(["log"], ["log", "--person", "ana"], ["log", "--party", "league"], ["show", "@9"]),
    *(["show", "@14"], ["prove", "@9"], ["prove", "--from", "@20"], ["export"], ["snapshots"]),
]


@pytest.fixture(scope="module")
def copy(made, tmp_path_factory):
    """The public copy of the log, in a database of its own."""
    path = tmp_path_factory.mktemp("copy") / "copy.db"
    done = CliRunner().invoke(
        cli.app, ["import", str(made / "written" / "log.jsonl"), "--db", str(path)]
    )
    assert done.exit_code == 0, done.output
    return path


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_what_the_public_is_told_is_what_its_export_says(made, copy, words):
    told = []
    for path in (made / "habeas.db", copy):
        done = CliRunner().invoke(cli.app, [*words, "--db", str(path)])
        told.append((done.exit_code, done.stdout, done.stderr))
    assert told[0] == told[1]
    assert told[0][0] == 0, told[0]
    assert told[0][1] or words[0] == "snapshots"


def test_what_is_published_is_what_the_public_export_gives(made, copy, tmp_path):
    """All files, byte by byte: the projections, and the site."""
    written = made / "written"
    for path in written.glob("projections/*/projection.toml"):
        place = tmp_path / "projections" / path.parent.name
        place.mkdir(parents=True)
        (place / path.name).write_bytes(path.read_bytes())
    run = CliRunner()
    for words in (
        ["publish", "--folder", str(tmp_path / "projections")],
        ["publish", "--site", str(tmp_path / "site")],
        ["export", str(tmp_path / "log.jsonl")],
    ):
        assert run.invoke(cli.app, [*words, "--db", str(copy)]).exit_code == 0
    ours = {path.relative_to(tmp_path): path for path in tmp_path.rglob("*") if path.is_file()}
    theirs = {p.relative_to(written): p for p in written.rglob("*") if p.is_file()}
    assert ours.keys() == theirs.keys()
    assert Path("log.jsonl") in ours
    for name, path in ours.items():
        assert path.read_bytes() == theirs[name].read_bytes(), name
