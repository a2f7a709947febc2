"""What `resolve` makes of passages that no case decides: each reading, with a person to show it."""

from __future__ import annotations

import pytest

from claims import CARACAS, day, said
from habeas.resolve import DEFAULT_RULES, resolve
from habeas.times import window_text


def on(claims, day_text, rules=DEFAULT_RULES):
    return resolve(claims, rules).on(day(day_text)[1])


def text(window):
    return None if window is None else window_text(window, CARACAS)


def reasons(answer):
    return [(one.seq, one.by, one.reason) for one in answer.replaced]


# 6.1 a voice's latest word


def test_a_hedged_relay_of_what_a_voice_asserted_is_set_aside():
    answer = on(
        said("""
        wire media detained asserted 2025-03-02 2025-03-01
        wire media detained unconfirmed 2025-03-05 2025-03-01
        """),
        "2025-03-06",
    )
    assert reasons(answer) == [(2, 1, "repeat")]


def test_expected_after_unconfirmed_stands_beside_it():
    answer = on(
        said("""
        wire media released unconfirmed 2025-03-02 2025-03-01
        wire media released expected 2025-03-05 2025-03-01
        """),
        "2025-03-06",
    )
    assert answer.replaced == ()
    assert [one.support for one in answer.pending] == [(1, 2)]


def test_a_vaguer_date_with_an_end_is_no_mere_repeat_and_closes():
    answer = on(
        said("""
        wire media detained asserted 2025-03-06 2025-03-05
        wire media detained asserted 2025-09-01 2025-03/2025-08-10
        """),
        "2025-09-02",
    )
    assert reasons(answer) == [(1, 2, "ended")]
    assert (answer.status, text(answer.custody_since)) == ("unknown", "2025-03-05")
    assert text(answer.spells[0].until) == "2025-08-10"


def test_a_vaguer_date_that_says_still_is_no_mere_repeat():
    answer = on(
        said("""
        wire media detained asserted 2025-03-06 2025-03-05
        wire media detained asserted 2025-09-01 2025-03/..
        """),
        "2025-09-02",
    )
    assert answer.replaced == ()
    assert (text(answer.since), answer.place_claim) == ("2025-03-05", 2)


def test_an_end_closes_sightings_of_before_it_and_not_those_of_after():
    answer = on(
        said("""
        wire media detained asserted 2025-03-06 -
        wire media detained asserted 2025-05-06 /2025-04-01
        wire media detained asserted 2025-06-06 -
        """),
        "2025-06-07",
    )
    assert reasons(answer) == [(1, 2, "ended")]
    assert answer.status == "detained"


def test_hearsay_of_an_end_closes_nothing_that_was_asserted():
    answer = on(
        said("""
        wire media detained asserted 2025-03-06 2025-03-05
        wire media detained unconfirmed 2025-05-06 /2025-04-01
        """),
        "2025-06-07",
    )
    assert (answer.status, answer.replaced) == ("detained", ())


def test_a_voice_that_no_longer_denies_is_not_counted_against_itself():
    answer = on(
        said("""
        wife family released denied 2025-03-06 -
        wife family released asserted 2025-03-08 2025-03-05
        """),
        "2025-03-08",
    )
    assert reasons(answer) == [(1, 2, "later word")]
    assert (answer.status, answer.standing) == ("released", "confirmed")


def test_a_voice_that_now_knows_is_no_longer_among_those_that_do_not():
    answer = on(
        said("""
        wife family released unknown 2025-03-06 -
        wife family released asserted 2025-03-08 -
        """),
        "2025-03-08",
    )
    assert (answer.unknown, answer.support) == ((), (2,))


def test_a_denial_of_an_earlier_time_stands_beside_what_began_later():
    answer = on(
        said("""
        wife family released denied 2025-03-06 -
        wife family released asserted 2025-05-08 2025-05-07
        """),
        "2025-05-08",
    )
    assert (answer.replaced, answer.standing, answer.idle) == ((), "confirmed", (1,))


def test_when_the_origin_spoke_orders_its_words():
    answer = on(
        said("""
        court court restricted asserted 2025-03-20 2025-03-05 2025-03-10
        court court at_liberty asserted 2025-03-15 2025-03-05
        """),
        "2025-03-20",
    )
    assert reasons(answer) == [(1, 2, "later word")]
    assert answer.status == "at_liberty"


# 6.3 standing


def test_the_authority_that_denies_holding_somebody_does_not_vouch():
    table = """
    wife family disappeared asserted 2025-03-06 2025-03-05
    prison authority detained denied 2025-03-08 -
    """
    answer = on(said(table), "2025-03-08")
    assert (answer.status, answer.standing) == ("disappeared", "confirmed")
    assert (answer.disputes, answer.against) == (("status",), (2,))


def test_a_party_that_cannot_be_named_is_one_that_denies():
    answer = on(
        said("""
        wire media released asserted 2025-03-06 2025-03-05
        nobody unidentified released denied 2025-03-08 -
        """),
        "2025-03-08",
    )
    assert answer.status == "unknown"
    assert [(one.standing, one.against) for one in answer.pending] == [("disputed", (2,))]


@pytest.mark.parametrize(
    ("accept", "stance", "status"),
    [
        ("reported", "unconfirmed", "unknown"),
        ("unconfirmed", "unconfirmed", "released"),
        ("unconfirmed", "expected", "unknown"),
        ("expected", "expected", "released"),
        ("confirmed", "asserted", "unknown"),
    ],
)
def test_what_is_accepted_carries_a_status(accept, stance, status):
    claims = said(f"wire media released {stance} 2025-03-06 2025-03-05")
    rules = DEFAULT_RULES._replace(accept=accept)
    assert on(claims, "2025-03-06", rules).status == status


def test_the_rules_say_how_many_voices_confirm_and_which_kinds_vouch():
    claims = said("""
    wire media released asserted 2025-03-06 2025-03-05
    wife family released asserted 2025-03-06 2025-03-05
    """)
    strict = DEFAULT_RULES._replace(corroboration=3, vouching=("court",))
    assert on(claims, "2025-03-06").standing == "confirmed"
    assert on(claims, "2025-03-06", strict).standing == "reported"


# 6.5 sightings


def test_a_beginning_announced_as_a_fact_for_later_counts_from_then():
    claims = said("court court released asserted 2025-03-06 2025-03-10")
    assert on(claims, "2025-03-09").status == "unknown"
    assert on(claims, "2025-03-10").status == "released"


def test_an_expected_release_without_a_date_is_pending_from_the_day_it_was_told():
    answer = on(said("ministry government released expected 2025-03-06 -"), "2025-03-06")
    assert [text(one.since) for one in answer.pending] == ["[2025-03-06..]"]


# 6.6 spells


@pytest.mark.parametrize(("second", "spells"), [("2025-03-31", 1), ("2025-04-01", 2)])
def test_a_month_lies_between_two_arrests(second, spells):
    answer = on(
        said(f"""
        wire media detained asserted 2025-03-02 2025-03-01
        radio media detained asserted 2025-05-01 {second}
        """),
        "2025-05-01",
    )
    assert len(answer.spells) == spells
    assert ("date" in answer.disputes) == (spells == 1)


def test_the_first_of_two_spells_of_one_custody_ended_at_an_unknown_time():
    answer = on(
        said("""
        wire media detained asserted 2025-03-02 2025-03-01
        radio media detained asserted 2025-09-01 2025-08-31
        """),
        "2025-09-01",
    )
    assert [text(spell.until) for spell in answer.spells] == ["[2025-03-01..2025-08-31]", None]


# 6.7 the answer


def test_a_possible_spell_names_the_one_it_may_have_ended():
    claims = said("""
    wife family detained asserted 2025-01-08 2025-01-07
    court court released asserted 2025-06-12 -
    """)
    answer = on(claims, "2025-03-18")
    assert (answer.status, answer.certainty) == ("released", "possible")
    assert answer.before is not None
    assert (answer.before.status, text(answer.before.until)) == (
        "detained",
        "[2025-01-07..2025-06-12]",
    )
    assert answer.disputes == ()
    assert on(claims, "2025-06-12").before is None


def test_he_of_whom_all_that_is_known_is_a_release_is_presumed_held_before():
    claims = said("ministry government released expected 2025-03-06 2025-03-10")
    assert on(claims, "2025-03-06").presumed == "held"
    claims += said("ministry government detained unknown 2025-03-06 -")
    assert on(claims, "2025-03-06").presumed is None


def test_two_refinements_that_do_not_refine_each_other_dispute_the_label():
    answer = on(
        said("""
        wife family disappeared asserted 2025-03-06 2025-03-05
        court court incommunicado asserted 2025-03-07 2025-03-05
        """),
        "2025-03-07",
    )
    assert (answer.status, answer.disputes) == ("incommunicado", ("label",))


def test_a_progression_disputes_nothing():
    answer = on(
        said("""
        wife family released asserted 2025-03-06 2025-03-05
        wire media sent_abroad asserted 2025-03-10 2025-03-09
        """),
        "2025-03-10",
    )
    assert (answer.status, answer.standing, answer.disputes) == ("sent_abroad", "reported", ())
    assert (answer.custody_standing, text(answer.custody_since)) == ("confirmed", "2025-03-05")
    assert [event.status for event in answer.spells[0].events] == ["released", "sent_abroad"]


def test_who_tells_of_arrest_and_release_does_not_contest_the_release():
    answer = on(
        said("""
        wire media detained asserted 2025-03-01 [..2025-03-01]
        wire media released asserted 2025-03-01 [2025-02-28..2025-03-01]
        """),
        "2025-03-01",
    )
    assert (answer.status, answer.disputes, answer.against) == ("released", (), ())


def test_another_voice_that_tells_of_custody_on_that_day_contests_it():
    answer = on(
        said("""
        wire media detained asserted 2025-03-01 [..2025-03-01]
        gazette media released asserted 2025-03-01 2025-03-01
        """),
        "2025-03-01",
    )
    assert (answer.status, answer.disputes, answer.against) == ("released", ("status",), (1,))


def test_a_release_dropped_for_an_older_day_than_the_sighting_contests_nothing():
    claims = said("""
    wire media released asserted 2025-03-06 2025-03-05
    court court detained asserted 2025-03-09 ../2025-03-08
    """)
    answer = on(claims, "2025-03-09")
    assert (answer.status, answer.disputes) == ("detained", ())
    assert [(one.status, one.support) for one in answer.contradicted] == [("released", (1,))]


def test_the_claim_in_force_that_speaks_latest_comes_first():
    answer = on(
        said("""
        wire media detained asserted 2025-03-06 2025-03-05
        wife family detained asserted 2025-04-06 -
        radio media detained asserted 2025-05-06 ../2025-03-20
        ngo monitor detained asserted 2025-05-07 2025-03-05/2025-05-01
        """),
        "2025-05-07",
    )
    assert (answer.in_force, answer.place_claim) == ((2, 3, 1), 2)


def test_a_claim_that_bears_on_nothing_is_named():
    answer = on(
        said("""
        wire media detained asserted 2025-03-06 2025-03-05
        radio media escaped denied 2025-04-06 -
        ministry government released expected 2025-04-06 ../2025-04-01
        """),
        "2025-05-07",
    )
    assert (answer.idle, answer.against) == ((2, 3), ())


def test_a_footnote_has_every_claim_of_an_event():
    spell = on(
        said("""
        wife family detained asserted 2025-03-06 2025-03-05
        blog media detained unconfirmed 2025-03-07 2025-03
        wire media detained asserted 2025-03-20 -
        prison authority detained denied 2025-03-09 -
        """),
        "2025-03-20",
    ).spells[0]
    (event,) = spell.events
    assert (event.support, event.sightings, event.against) == ((1, 2), (3,), (4,))
    assert (text(event.window), event.standing, event.opened) == ("2025-03-05", "confirmed", False)
    assert (spell.support, spell.against, spell.disputes) == ((1, 2, 3), (4,), ("status",))
