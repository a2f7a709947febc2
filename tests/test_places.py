"""The scan for lines finds what `tomllib` finds, wherever a writer puts it."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.dossier.places import find_places, statements

BARE = st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12)
SPACE = st.sampled_from(["", " ", "\t", "  "])
COMMENT = st.sampled_from(["", "", " # a note", ' # "', " # [[no]] '''", " # x = 1"])
VALUES = (
    "1",
    "-0.5",
    "true",
    "2026-01-08",
    "2026-01-08 10:00:00Z",
    '"a # b"',
    '"a \\" b"',
    "'c:\\'",
    '"[x]"',
    "[]",
    '["a", "b"]',
    '[\n  "a",  # x = 1\n\n  "]",\n]',
    "[[1, 2],\n[3]]",
    '{ a = 1, b.c = "}" }',
    "{ a = [1,\n2] }",
    '"""one"""',
    '"""\n[[no]]\nx = 1\n"""',
    '"""a\\\n  b \\""" c""""',
    '"""two"""""',
    "'''\n'a' = \"\n[x]\n'''",
    "'''''a'''''",
    '""',
    "''",
    '""""""',
)


@st.composite
def keys(draw):
    """A part of a key as written, and what it is: bare, in double, or in single quotation marks."""
    if draw(st.booleans()):
        bare = draw(BARE)
        return bare, bare
    text = draw(TEXT)
    if "'" not in text and draw(st.booleans()):
        return f"'{text}'", text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"', text


@st.composite
def bodies(draw):
    """Lines of keys and values, and for each key of the table the line it is first on."""
    lines: list[str] = []
    found: dict[str, int] = {}
    for written, key in draw(st.lists(keys(), max_size=4, unique_by=lambda each: each[1])):
        lines += [""] * draw(st.integers(0, 1))
        dotted = draw(SPACE) + "." + draw(SPACE) + "d" if draw(st.booleans()) else ""
        around = draw(SPACE), draw(SPACE), draw(SPACE), draw(COMMENT)
        found[key] = len(lines)
        value = draw(st.sampled_from(VALUES))
        text = f"{around[0]}{written}{dotted}{around[1]}={around[2]}{value}{around[3]}"
        lines += text.split("\n")
    return lines, found


@st.composite
def documents(draw):
    """A TOML text, the lines of its top keys, and of its tables: name -> [(line, keys)]."""
    lines, top = draw(bodies())
    top = {key: line + 1 for key, line in top.items()}
    tables: dict[str, list[tuple[int, dict[str, int]]]] = {}
    names = draw(st.lists(keys(), max_size=3, unique_by=lambda each: each[1]))
    for written, name in names:
        if name in top:
            continue
        many = draw(st.booleans())
        for _ in range(draw(st.integers(1, 3)) if many else 1):
            lines += [""] * draw(st.integers(0, 2))
            inner = draw(SPACE) + written + draw(SPACE)
            header = f"[[{inner}]]" if many else f"[{inner}]"
            lines.append(draw(SPACE) + header + draw(COMMENT))
            line = len(lines)
            more, found = draw(bodies())
            tables.setdefault(name, []).append(
                (line, {key: line + at + 1 for key, at in found.items()})
            )
            lines += more
    end = draw(st.sampled_from(["", "\n", "\n\n", "\n# end"]))
    return "\n".join(lines) + end, top, tables


def said(text):
    """What a piece of text says beside blanks and comments."""
    return "".join(line.partition("#")[0] for line in text.split("\n")).strip()


@given(documents())
def test_every_table_and_key_is_found_on_its_line(document):
    text, top, tables = document
    read = tomllib.loads(text)
    found = find_places(text)
    assert found.top.lines == top
    assert {
        name: [(each.line, each.lines) for each in many] for name, many in found.tables.items()
    } == tables
    assert set(read) == set(top) | set(tables)
    for name, many in tables.items():
        rows = read[name] if isinstance(read[name], list) else [read[name]]
        assert [set(row) for row in rows] == [set(lines) for _, lines in many]


@given(documents())
def test_statements_are_the_text_without_blanks_and_comments(document):
    text, _, _ = document
    found = list(statements(text))
    assert all(each.kind != "broken" for each in found)
    rebuilt = "".join(text[each.start : each.end].rstrip("\n") + "\n" for each in found)
    assert tomllib.loads(rebuilt) == tomllib.loads(text)


@given(documents(), st.data())
def test_names_of_tables_change_nothing_unless_a_text_holds_their_headers(document, data):
    text, _, tables = document
    trusted = list(statements(text))
    names = [name for name in tables if name.isalnum() and name.isascii() and name != "no"]
    if not any(each.kind == "pair" and "\n[" in text[each.start : each.end] for each in trusted):
        assert list(statements(text, names or ["status"])) == trusted


@given(st.text(st.sampled_from("a.=[]{}\"'\\#\n \t1")), st.booleans())
def test_covers_any_text_in_order_without_an_end(text, trusted):
    here = 0
    for each in statements(text, None if trusted else ["a"]):
        assert here <= each.start < each.end <= len(text)
        assert not said(text[here : each.start])
        assert each.line == text.count("\n", 0, each.start) + 1
        here = each.end
    assert not said(text[here:])


@given(st.text(st.sampled_from("ab.=[]{}\"'\\#\n ,1"), max_size=60))
def test_what_tomllib_reads_is_never_broken(text):
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert all(each.kind != "broken" for each in statements(text))
    found = find_places(text)
    assert set(found.top.lines) | set(found.tables) == set(read)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("[a]\n[a.b]\nc = 1\n", {"a": [(1, {"b": 2})]}),
        ("[a.b]\nc = 1\n[a]\nd = 1\n", {"a": [(3, {"b": 1, "d": 4})]}),
        ("[[a]]\n[a.b]\nc = 1\n[[a]]\nd = 1\n", {"a": [(1, {"b": 2}), (4, {"d": 5})]}),
        ("[[a]]\n[[a.b]]\n[[a.b]]\n", {"a": [(1, {"b": 2})]}),
        ("[a]\nb.c = 1\nb.d = 2\n", {"a": [(1, {"b": 2})]}),
    ],
)
def test_tables_within_tables(text, lines):
    assert tomllib.loads(text)
    found = find_places(text).tables
    assert {
        name: [(each.line, each.lines) for each in many] for name, many in found.items()
    } == lines


def test_a_quotation_mark_left_open_spoils_one_table():
    text = 'x = 1\n[[status]]\na = """open\nb = 2\n[[status]]\nc = 3\n'
    found = [(each.kind, each.line, each.keys) for each in statements(text, ["status"])]
    assert found == [
        ("pair", 1, ("x",)),
        ("array", 2, ("status",)),
        ("broken", 3, ()),
        ("array", 5, ("status",)),
        ("pair", 6, ("c",)),
    ]


def test_a_list_left_open_ends_where_the_next_key_stands():
    text = 'a = [\n "x",\nb = 2\n'
    assert [(each.kind, each.line) for each in statements(text, ["t"])] == [
        ("broken", 1),
        ("pair", 3),
    ]
