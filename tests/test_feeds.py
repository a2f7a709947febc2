"""Feeds: valid by their specifications, the same bytes again, and ids that never change."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree

from habeas import render
from habeas.render.feeds import feed_text
from newsroom import Desk

HERE = Path(__file__).parent / "data"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
GRAMMAR = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
SCHEMA = Draft202012Validator(json.loads((HERE / "jsonfeed-1.1.schema.json").read_text("utf-8")))


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.document("g1", "2001-01-05")
    made.status("ana", "detained", "g1", when="2000-08")
    made.status("bea", "released", "g1", stance="unconfirmed", when="2001-01-04")
    made.on("2001-01-08")
    made.document("g2", "2001-01-08")
    made.status("ana", "released", "g2", when="[2001-01-07..2001-01-08]")
    made.status("cleo", "detained", "g2", when="2000")
    return made


def atom(data: dict, **more: str | None) -> etree._Element:
    """The feed as Atom, checked by the grammar and by the rules that no grammar can say."""
    root = etree.fromstring(feed_text(data, "atom", **more).encode())
    GRAMMAR.assertValid(root)
    assert root.xpath("a:author/a:name/text()", namespaces=ATOM)
    entries = root.findall("a:entry", ATOM)
    ids = [
        root.findtext("a:id", None, ATOM),
        *(one.findtext("a:id", None, ATOM) for one in entries),
    ]
    assert len(set(ids)) == len(ids)
    assert all(one.find("a:content", ATOM) is not None for one in entries)
    updated = [one.findtext("a:updated", None, ATOM) for one in entries]
    assert updated == sorted(updated, reverse=True)
    assert root.findtext("a:updated", None, ATOM) == max(
        updated, default=data["to"]["as_of_instant"]
    )
    return root


def json_feed(data: dict, **more: str | None) -> dict:
    found = json.loads(feed_text(data, "jsonfeed", **more))
    SCHEMA.validate(found)
    ids = [one["id"] for one in found["items"]]
    assert len(set(ids)) == len(ids)
    return found


def ids(data: dict) -> dict[str, str]:
    """The id of each person's entry."""
    return {one["_habeas"]["person"]: one["id"] for one in json_feed(data)["items"]}


def test_the_grammar_refuses_what_the_specification_refuses(desk: Desk):
    text = feed_text(desk.changes("2001-01-05", "2001-01-08"), "atom")
    for good, bad in (
        ("<updated>2001-01-09T03:59:59.999999Z</updated>", "<updated>2001-01-09</updated>"),
        ("<updated>2001-01-09T03:59:59.999999Z</updated>", ""),
        ("<id>urn:uuid:", "<id>no iri "),
        ('<content type="text">', '<content type="words">'),
        ("<entry>", "<entry><title>Another</title>"),
    ):
        broken = text.replace(good, bad)
        assert broken != text
        assert not GRAMMAR.validate(etree.fromstring(broken.encode()))


def test_both_feeds_are_valid_and_say_the_same(desk: Desk):
    data = desk.changes("2001-01-05", "2001-01-08")
    root, found = atom(data), json_feed(data)
    assert root.findtext("a:title", None, ATOM) == found["title"]
    assert root.findtext("a:subtitle", None, ATOM) == found["description"]
    entries = root.findall("a:entry", ATOM)
    for tag, key in (("id", "id"), ("title", "title"), ("updated", "date_modified")):
        told = [one.findtext(f"a:{tag}", None, ATOM) for one in entries]
        assert told == [one[key] for one in found["items"]]
    assert [one.findtext("a:content", None, ATOM) for one in entries] == [
        one["content_text"] for one in found["items"]
    ]
    assert [one.xpath("a:category/@term", namespaces=ATOM) for one in entries] == [
        one["tags"] for one in found["items"]
    ]


def test_an_entry_is_dated_when_it_became_known_and_says_when_it_happened(desk: Desk):
    [ana, cleo] = json_feed(desk.changes("2001-01-05", "2001-01-08"))["items"]
    assert ana["date_modified"] == cleo["date_modified"] == "2001-01-09T03:59:59.999999Z"
    assert ana["title"] == "Ana: reported released on 7 or 8 January 2001"
    assert (
        "Date in the world: 7 or 8 January 2001 (EDTF [2001-01-07..2001-01-08])."
        in (ana["content_text"])
    )
    assert "Known from 8 January 2001" in ana["content_text"]
    assert "(EDTF 2000)" in cleo["content_text"]


def test_our_own_acts_are_dated_when_they_were_recorded(desk: Desk):
    desk.on("2001-01-10")
    before = desk.position()
    record = next(iter(desk.case.store.read([5])))
    desk.correct(record.id, when="2000-07")
    [entry] = json_feed(desk.changes(f"2001-01-05{before}", "2001-01-05"))["items"]
    assert entry["date_modified"].startswith("2001-01-10T12:00:")


def test_what_is_learned_late_is_dated_when_it_was_recorded(desk: Desk):
    before = desk.position()
    desk.on("2001-01-12")
    desk.document("old", "2001-01-02", "herald")
    desk.status("dora", "detained", "old", when="2000")
    [entry] = json_feed(desk.changes(before, f"2001-01-12{desk.position()}"))["items"]
    assert entry["date_modified"].startswith("2001-01-12T12:00:")


def test_nothing_changed_is_an_empty_feed_with_a_date(desk: Desk):
    data = desk.changes("2001-01-08", "2001-01-09")
    assert atom(data).findall("a:entry", ATOM) == []
    assert json_feed(data)["items"] == []


def test_feeds_are_byte_equal_when_written_twice(desk: Desk):
    for form in render.FEEDS:
        written = [
            feed_text(desk.changes("2001-01-05", "2001-01-08"), form).encode() for _ in range(2)
        ]
        assert written[0] == written[1]


def test_ids_stay_when_the_log_grows_and_other_days_are_compared(desk: Desk):
    before = ids(desk.changes("2001-01-05", "2001-01-08"))
    desk.on("2001-01-10")
    desk.document("g3", "2001-01-10")
    desk.status("dora", "detained", "g3", when="2001")
    assert ids(desk.changes("2001-01-05", "2001-01-08")) == before
    longer = ids(desk.changes("2001-01-06", "2001-01-10"))
    assert longer.items() > before.items()
    assert all(uuid.UUID(one).version == 5 for one in longer.values())


def test_ids_differ_by_what_the_news_is(desk: Desk):
    there = ids(desk.changes("2001-01-05", "2001-01-08"))
    back = ids(desk.changes("2001-01-08", "2001-01-05"))
    assert there.keys() == back.keys()
    assert not set(there.values()) & set(back.values())


def test_author_and_address_are_told_if_known(desk: Desk):
    known = {"author": "The desk", "url": "https://example.org/changes.atom"}
    data = desk.changes("2001-01-05", "2001-01-08")
    root = atom(data, **known)
    assert root.findtext("a:author/a:name", None, ATOM) == "The desk"
    assert root.xpath("a:link[@rel='self']/@href", namespaces=ATOM) == [known["url"]]
    found = json_feed(data, **known)
    assert (found["authors"], found["feed_url"]) == ([{"name": "The desk"}], known["url"])
    assert json_feed(data)["authors"] == [{"name": "invented"}]


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(str.strip))
def test_no_name_breaks_a_feed(name: str):
    desk = Desk()
    desk.document("g1", "2001-01-05")
    desk.status("ana", "detained", "g1", when="2000-08")
    data = desk.changes("2001-01-04", "2001-01-05")
    data["changes"][0]["name"] = name
    for cause in data["changes"][0]["causes"]:
        cause["origin_name"] = name
    atom(data)
    json_feed(data)


def test_what_xml_does_not_allow_is_shown_and_not_sent(desk: Desk):
    data = desk.changes("2001-01-05", "2001-01-08")
    data["changes"][0]["name"] = "A\x00n\uffffa <b> & \u202e"
    [title, *_] = [one.text for one in atom(data).findall("a:entry/a:title", ATOM)]
    assert title.startswith("A<U+0000>n<U+FFFF>a <b> & <U+202E>:")
