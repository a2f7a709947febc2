"""The work list on invented people: what is on it, in which order, and what takes it off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.projections.likeness import alike
from habeas.projections.pending import KINDS, pending
from habeas.projections.question import basis
from habeas.projections.stories import stories
from habeas.render.blocks import Points
from habeas.render.pending import page
from logs import Log


@pytest.fixture
def log():
    made = Log()
    made.party("lantern", "monitor")
    made.document("courier", "2019-03-06")
    made.document("post", "2019-03-08")
    made.document("bulletin", "2019-03-10", "lantern")
    return made


def ask(log, as_of="2019-03-12", **more):
    return pending(log.state, log.ask(as_of, **more))


def kinds(log, as_of="2019-03-12", **more):
    return [(one["kind"], one["person"] or one["group"]) for one in ask(log, as_of, **more)]


@pytest.mark.parametrize(
    ("stance", "open_"), [("asserted", 0), ("denied", 0), ("unconfirmed", 1), ("unknown", 1)]
)
def test_who_did_not_know_and_has_since_told_what_is_so_is_not_asked(log, stance, open_):
    log.party("varga-sister", "family", of=())
    first = log.status("varga", "released", "courier", stance="unknown", origin="varga-sister")
    later = log.status("varga", "detained", "post", stance=stance, origin="varga-sister")
    asked = [one for one in ask(log) if one["kind"] == "ask again" and first in one["events"]]
    assert len(asked) == open_
    assert [one["kind"] for one in ask(log, "2019-03-07")] == ["ask again"]
    (told,) = stories(log.state, log.ask("2019-03-12"))
    if not open_:
        assert told["since_spoken"] == {first: [later]}
        assert [one["event"] for one in told["unknown"]] == [first]


def test_an_unconfirmed_release_becomes_overdue_and_is_settled_by_a_plain_word(log):
    claim = log.status("varga", "released", "courier", stance="unconfirmed")
    (item,) = ask(log)
    assert (item["kind"], item["days"], item["waiting_since"]) == ("unconfirmed", 6, "2019-03-06")
    assert item["events"] == [claim]
    assert kinds(log, "2019-04-05") == [("unconfirmed", "varga")]
    assert kinds(log, "2019-04-06") == [("overdue", "varga")]
    assert kinds(log, "2019-03-20", stale_days=10) == [("overdue", "varga")]
    log.status("varga", "released", "bulletin", when="2019-03-05")
    assert kinds(log) == []


def test_an_expected_release(log):
    log.status("varga", "released", "courier", stance="expected")
    (item,) = ask(log)
    assert (item["kind"], item["standing"]) == ("unconfirmed", "expected")


def test_a_release_that_one_voice_tells_waits_for_another(log):
    log.status("varga", "released", "courier", when="2019-03-05")
    (item,) = ask(log)
    assert (item["kind"], item["voices"]) == ("one voice", ["courier-press"])
    assert "2 independent voices" in item["settles"]
    log.status("varga", "released", "post", when="2019-03-05")
    assert ask(log) == ()


def test_a_contradicted_claim_stays_until_its_source_withdraws_it(log):
    claim = log.status("varga", "released", "courier", when="2019-03-05", stance="unconfirmed")
    log.status("varga", "detained", "bulletin")
    (item,) = ask(log)
    assert (item["kind"], item["events"]) == ("contradicted", [claim])
    assert item["voice_names"] == ["courier-press"]
    assert "courier-press" in item["settles"]
    log.document("sorry", "2019-03-11", "courier-press")
    log.withdraw(claim, "sorry")
    assert ask(log) == ()


def test_disputed_dates_and_labels(log):
    log.status("varga", "released", "courier", when="2019-03-01")
    log.status("varga", "released", "post", when="2019-03-05")
    assert [(one["kind"], one["about"]) for one in ask(log)] == [("disputed", "date")]
    assert len(ask(log)[0]["events"]) == 2


@pytest.mark.parametrize(
    ("as_of", "more"), [("2019-03-12", []), ("2019-06-01", [("stale", "varga")])]
)
def test_what_is_told_and_denied_is_disputed_and_waits_for_no_plain_word(log, as_of, more):
    told = log.status("varga", "died", "courier", when="2019-03-05")
    denial = log.status("varga", "died", "post", stance="denied")
    item = ask(log, as_of)[0]
    assert kinds(log, as_of) == [("disputed", "varga"), *more]
    assert (item["about"], item["standing"]) == ("status", "disputed")
    assert (item["voices"], item["against"]) == (["courier-press"], ["post-press"])
    assert item["events"] == [told, denial]
    assert "withdrawal" in item["settles"]
    question = basis(log.state, log.ask(as_of), "00" * 32)
    blocks = page({"basis": question, "pending": [item]}, None)
    shown = next(one for one in blocks if isinstance(one, Points)).items[0].text
    assert "told by courier-press; against it: post-press; contested: whether it is so" in shown


def test_a_plain_word_that_the_rules_do_not_accept_waits_for_confirmation(log):
    log.status("varga", "released", "courier", when="2019-03-05")
    (item,) = ask(log, accept="confirmed")
    assert (item["kind"], item["standing"]) == ("unconfirmed", "reported")
    assert "2 independent voices" in item["settles"]


def test_who_denies_is_not_among_those_who_tell(log):
    log.status("varga", "released", "courier", when="2019-03-01")
    log.status("varga", "released", "bulletin", when="2019-03-01")
    log.status("varga", "released", "post", stance="denied")
    item = next(one for one in ask(log) if one["kind"] == "disputed")
    assert set(item["voices"]).isdisjoint(item["against"])
    assert len(item["voices"]) == len(item["voice_names"]) == 2
    assert len(item["against"]) == len(item["against_names"]) == 1


def test_who_did_not_know_is_asked_again(log):
    log.person("varga")
    log.party("varga-sister", "family", of=("varga",))
    claim = log.status("varga", "detained", "courier", stance="unknown", origin="varga-sister")
    (item,) = ask(log)
    assert (item["kind"], item["voices"], item["events"]) == (
        "ask again",
        ["varga-sister"],
        [claim],
    )
    log.status("varga", "detained", "post", origin="varga-sister")
    assert [kind for kind, _ in kinds(log)] == []


def test_groups_whose_members_are_not_all_named(log):
    log.group("students", 2, "courier", members=("varga",), when="2019-03-05", origin="lantern")
    (item,) = ask(log)
    assert (item["kind"], item["about"]) == ("unnamed", "2 said, 1 named")
    assert len(item["events"]) == 2
    log.group("students", 2, "post", members=("pell",), when="2019-03-05", origin="lantern")
    assert ask(log) == ()


def test_a_number_in_words_is_open_until_somebody_is_named(log):
    log.group("students", "several", "courier", origin="lantern")
    assert kinds(log) == [("unnamed", "students")]
    log.group("students", "several", "post", origin="lantern", members=("pell",), when="2019-03-05")
    assert kinds(log) == []


def test_silence_about_those_held_and_about_nobody_else(log):
    log.status("quill", "detained", "bulletin", when="2018-01-05")
    log.status("varga", "released", "bulletin", when="2018-01-05")
    assert kinds(log) == []
    (item,) = ask(log, "2019-04-10")
    assert (item["kind"], item["person"], item["days"]) == ("stale", "quill", 31)


def test_the_overdue_come_first_and_of_each_kind_the_oldest(log):
    log.status("quill", "released", "post", stance="unconfirmed")
    log.status("varga", "released", "courier", stance="unconfirmed")
    log.status("pell", "died", "post", stance="unconfirmed")
    log.status("oduya", "detained", "bulletin", when="2018-01-05")
    assert kinds(log) == [
        ("unconfirmed", "pell"),
        ("unconfirmed", "varga"),
        ("unconfirmed", "quill"),
    ]
    assert kinds(log, "2019-04-20") == [
        ("overdue", "pell"),
        ("overdue", "varga"),
        ("overdue", "quill"),
        ("stale", "oduya"),
    ]


def test_likely_duplicates_are_a_reason_to_look_and_no_more(log):
    log.person("pell", "Jon Pell", "Jonathan Pell")
    log.person("jon-pell", "Jónathan  Pell")
    for one in ("pell", "jon-pell"):
        log.status(one, "detained", "bulletin", when="2018-01-05")
    (item,) = ask(log)
    assert (item["kind"], item["persons"]) == ("likely one", ["jon-pell", "pell"])
    assert "habeas merge jon-pell pell" in item["settles"]
    merge = log.merge("pell", "jon-pell")
    assert ask(log) == ()
    log.separate(merge)
    assert ask(log) == ()


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Ilse Varga", "ILSE VÁRGA", "same name"),
        ("Ilse Varga", "Varga Ilse", "same name"),
        ("Ilse Varga", "Ilse Varga Quill", "part of the name"),
        ("Ilse Varga", "Ilsa Varga", None),
        ("Iliana Varga", "Ileana Varga", "spelling"),
        ("Ilse Varga", "Jon Varga", None),
        ("Varga", "Ilse Varga", None),
        ("Ilse Varga", "Nadia Oré", None),
    ],
)
def test_what_makes_two_names_alike(log, one, other, reason):
    log.person("one", one)
    log.person("two", other)
    found = alike(log.state, ["one", "two"])
    assert [pair.reason for pair in found] == ([reason] if reason else [])


def test_equal_names_are_compared_however_common_their_words(log):
    for n in range(70):
        log.person(f"p{n}", f"Jon Pell {n}")
    log.person("a", "Jon Pell")
    log.person("b", "Jon Pell")
    people = [*(f"p{n}" for n in range(70)), "a", "b"]
    assert [pair.persons for pair in alike(log.state, people)] == [("a", "b")]


def test_a_filter_keeps_what_is_about_the_persons_that_fit(log):
    log.status("quill", "released", "post", stance="unconfirmed")
    log.status("varga", "released", "courier", stance="unconfirmed")
    assert kinds(log, where={"person": ("quill",)}) == [("unconfirmed", "quill")]


TOLD = st.lists(
    st.tuples(
        st.sampled_from(["detained", "released", "died"]),
        st.sampled_from(["asserted", "unconfirmed", "expected", "denied", "unknown"]),
        st.sampled_from(["2019-02-01", "2019-03-05", None]),
    ),
    max_size=6,
)


@given(TOLD, st.sampled_from(["2019-03-12", "2019-06-01"]))
def test_every_item_is_of_a_known_kind_in_order_and_has_its_events(told, as_of):
    log = Log()
    for n, (status, stance, when) in enumerate(told):
        log.document(f"paper-{n}", f"2019-03-{n + 6:02}")
        log.status("varga", status, f"paper-{n}", stance=stance, when=when)
    items = ask(log, as_of)
    order = [list(KINDS).index(item["kind"]) for item in items]
    assert order == sorted(order)
    for item in items:
        assert item["events"]
        assert item["settles"]
        assert all(log.state.thread(event) for event in item["events"])


def test_what_is_put_to_a_date_stands_beside_it(log):
    log.status("varga", "died", "courier", stance="unconfirmed", when="2019-02?")
    (item,) = ask(log)
    assert (item["since"], item["as_told"]) == ("2019-02", {"since": "2019-02?"})
