"""Hostile input through the doors of the command line: bounded, told, never obeyed.

Raw bytes and any text where a dossier, a name, a day or a line of the log is wanted. What a field
may hold is shown again on a terminal, in Markdown, in a spreadsheet and on a page, and does nothing
there.
"""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from habeas import cli, codec, edtf, render
from habeas.case import Case
from habeas.dossier import SIZE_MAX
from habeas.edtf import EdtfError
from habeas.errors import HabeasError
from habeas.events import DocumentRegistered, PartyRegistered, PersonRegistered, StatusClaimed
from habeas.events.fields import INT_MAX, LIST_MAX, NAME_MAX, TEXT_MAX, check_name, check_text
from habeas.store import MemoryStore
from habeas.textlog import LINE_MAX
from newsroom import Desk

UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
SNIPPETS = (
    *("\x1b[2J\x1b[31m", "\u202eelgna", "\u200f\u0645\u062d\u0645\u062f", "a\u0301\u0301\u0301"),
    *('=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)", "\t=1", "<script>alert(1)</script>"),
    *("</td><img src=x onerror=1>", "[a](javascript:1)", "`x`", "| a | b |", "# head", "&lt;"),
    *("x\x00y", "\ud800", "\U000e0041", "\u2066x\u2069", "Ā" * 50, "😀" * 20, "{{7*7}}", "$(id)"),
    *(
        '"""',
        "'''",
        "]]>",
        "\r\n[[status]]",
        "\\N{BULLET}",
        "%s%n",
        "../../etc/passwd",
        ";rm -rf /",
    ),
)
hostile = (
    st.text(max_size=30)
    | st.sampled_from(SNIPPETS)
    | st.lists(st.sampled_from(SNIPPETS), min_size=1, max_size=3).map("".join)
)
reused = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def fitting(check, text):
    """Whether a field takes a text."""
    try:
        check("x", text)
        text.encode()
    except (HabeasError, UnicodeEncodeError):
        return False
    return True


names = hostile.filter(lambda text: fitting(check_name, text))
texts = hostile.filter(lambda text: fitting(check_text, text))


def answered(words, **options):
    """Run a command in this process; it says what is wrong, and is no bug."""
    done = CliRunner().invoke(cli.app, words, **options)
    assert done.exit_code in (0, 1, 2), (words, done.output)
    assert "a bug in habeas" not in done.stderr
    assert UNSEEN.search(done.stderr) is None, ascii(done.stderr)
    return done


@pytest.fixture
def db(tmp_path, monkeypatch):
    """A database with a case in it, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HABEAS_DB", "habeas.db")
    made = answered(["init", "invented", "--title", "Invented", "--timezone", "UTC"])
    assert made.exit_code == 0
    return tmp_path / "habeas.db"


def position():
    with Case.open("habeas.db") as case:
        return case.store.head().position


HEAD = b'[case]\ncase = "invented"\ntitle = "Invented"\ntimezone = "UTC"\n'


@reused
@given(st.binary(max_size=300) | hostile.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_a_dossier_or_refused(db, content):
    before = position()
    for name, begin in (("case.toml", HEAD), ("d.toml", b'[[person]]\nperson = "p"\nname = "')):
        Path(name).write_bytes(begin + content)
        done = answered(["load", name])
        assert position() == before or done.exit_code == 0 or "expected" in done.stderr
        before = position()


@reused
@given(hostile, hostile)
def test_any_name_is_recorded_as_it_is_or_refused(db, name, place):
    before = position()
    done = answered(["add", "person", "p", "--name", name, "--alias", place])
    kept = position() - before
    assert kept == (1 if done.exit_code == 0 and "already" not in done.stderr else 0)
    for words in (["status", name], ["explain", name], ["timeline", name], ["show", name]):
        answered([*words, "--format", "table"])
    answered(["status", "--as-of", name])
    answered(["status", "--on", name])
    answered(["status", "--at-log", name])
    answered(["changes", name, place])
    answered(["log", "--since", name, "--type", place])
    answered(["prove", name])
    answered(["withhold", name, "--reason", place])
    answered(["add", "status", "p", name, "--document", place, "--when", name])


@reused
@given(names, names, texts)
def test_what_is_shown_is_never_obeyed(name, place, note):
    desk = Desk()
    desk.add(PartyRegistered, party="gazette", name=name, kind="media")
    desk.add(PersonRegistered, person="ana", name=name, aliases=(place,))
    desk.add(
        DocumentRegistered, document="d-1", publisher="gazette", published="2001-01-02", title=name
    )
    known = {"person": "ana", "document": "d-1", "stance": "asserted", "locator": name}
    desk.add(StatusClaimed, status="detained", place=place, note=note, named=name, **known)
    desk.add(StatusClaimed, status="released", place=name, note=note, **known)
    case = desk.case
    views = {
        "roster": case.status(as_of="2001-01-05").data,
        "person": case.status("ana", as_of="2001-01-05").data,
        "changes": case.changes("2001-01-01", "2001-01-05").data,
    }
    for view, data in views.items():
        shown = render.write(view, data, "table")
        assert UNSEEN.search(shown) is None, ascii(shown)
        page = render.write(view, data, "md")
        assert UNSEEN.search(page) is None, ascii(page)
        assert re.search(r"(?<!\\)<[a-zA-Z/!]", page) is None, page
        for row in csv.reader(io.StringIO(render.write(view, data, "csv"))):
            assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in row), row
            assert not any(re.match(r"-\D", cell) for cell in row), row
        json.loads(render.write(view, data, "json"))
    atom = render.write("changes", views["changes"], "atom")
    assert "<script" not in atom.lower()


class Tags(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, tuple(name for name, _ in attributes)))


@settings(max_examples=8)
@given(names, names)
def test_a_page_has_the_tags_that_it_would_have_had(name, place):
    from habeas.web.edition import Edition  # noqa: PLC0415 - only here
    from habeas.web.pages import Pages  # noqa: PLC0415

    tags = []
    for called, at in ((name, place), ("Ana Nobody", "The Tower")):
        desk = Desk()
        desk.person("ana", called)
        desk.document("d-1", "2001-01-02")
        desk.status("ana", "detained", "d-1", place=at, note=called)
        page = Pages(Edition(desk.case)).page("person/ana.html")
        tags.append({tag for tag, _ in Tags(page).found})
        assert not any(key.startswith("on") for _, keys in Tags(page).found for key in keys)
    assert tags[0] == tags[1]


MB = 1_000_000
TOO_LONG = [
    (["add", "person", "p", "--name", "x" * MB], f"at most {NAME_MAX:,}"),
    (["add", "person", "x" * MB, "--name", "X"], "1 to 64"),
    (["add", "party", "p", "--kind", "media", "--name", "\u0645" * MB], f"at most {NAME_MAX:,}"),
    (["correct", "@1", "--set", "title=Y", "--reason", "x" * MB], f"at most {TEXT_MAX:,}"),
    (["withhold", "x" * MB, "--reason", "x"], None),
    (["status", "x" * MB], None),
    (["status", "--as-of", "2" * MB], None),
    (["status", "--on", "2026-01-08," * 90_000], None),
    (["status", "--at-log", f"@{'9' * MB}"], None),
    (["log", "--since", f"@{'9' * MB}"], None),
    (["show", "@" + "9" * 5_000], None),
    (["answer", "habeas:" + "x" * MB], None),
]


@pytest.mark.parametrize(("words", "bound"), TOO_LONG, ids=lambda one: str(one)[:40])
def test_a_megabyte_is_refused_and_its_bound_is_named(db, words, bound):
    done = answered(words)
    assert done.exit_code in (1, 2)
    assert len(done.stderr) < 20_000
    assert bound is None or bound in done.stderr
    assert position() == 1


def test_files_have_bounds_which_are_named(db):
    many = "\n".join(f'"p-{n}",' for n in range(LIST_MAX + 1))
    for content, bound in (
        (b"#" * (SIZE_MAX + 1), f"at most {SIZE_MAX:,}"),
        (b"a = " + b"[" * 100_000, None),
        (b"a = " + b"{a=" * 100_000, None),
        (b'[[person]]\nperson = "p"\nname = "' + b"x" * MB + b'"\n', f"at most {NAME_MAX:,}"),
        (b"[[count]]\nlow = 9" + b"9" * 5_000 + b"\n", None),
        (f'[[remark]]\nabout = [{many}]\ntext = "x"\n'.encode(), None),
        (b'[[status]]\nwhen = "' + b"2026-01-08," * 90_000 + b'"\n', None),
    ):
        Path("d.toml").write_bytes(content)
        done = answered(["load", "d.toml"])
        assert done.exit_code == 1
        assert "d.toml:" in done.stderr
        assert bound is None or bound in done.stderr
    for line, bound in (
        (b'{"a":"' + b"a" * LINE_MAX + b'"}\n', f"{LINE_MAX:,}"),
        (b'{"a":' * 50_000 + b"\n", None),
        (b'{"a":' + b"9" * 5_000 + b"}\n", f"{INT_MAX:,}"),
        (b'{"a":1.5}\n', "whole"),
    ):
        Path("x.jsonl").write_bytes(line)
        done = answered(["import", "x.jsonl", "--db", "new.db"])
        assert done.exit_code == 1
        assert bound is None or bound in done.stderr, done.stderr
    assert position() == 1


def test_json_nests_to_a_bound_that_is_named():
    value: object = "x"
    for _ in range(codec.DEPTH_MAX + 1):
        value = [value]
    with pytest.raises(HabeasError, match=f"deeper than {codec.DEPTH_MAX} levels"):
        codec.canonical(value)


@given(st.text(max_size=200) | st.integers().map(str) | hostile)
def test_an_edtf_error_shows_little_and_obeys_nothing(text):
    with suppress(EdtfError):
        edtf.parse(text)
        return
    with pytest.raises(EdtfError) as caught:
        edtf.parse(text)
    assert len(caught.value.message) < 1_000
    assert caught.value.hint


def test_a_log_of_nothing_is_none():
    case = Case(MemoryStore(), clock=lambda: 0, entropy=bytes)
    assert case.import_log([]) == 0
