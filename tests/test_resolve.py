"""`resolve` against the invented persons of the cases, and its laws."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import CARACAS, CASES, START, claims_of, day, persons
from habeas.resolve import DEFAULT_RULES, Hearing, read, replay, resolve
from habeas.times import EVER, NEVER, window_text

DAY = 86_400_000_000
ENDS = [day((START + timedelta(days=n)).isoformat())[1] for n in (-400, 0, 20, 45, 70, 95, 700)]
AT_THE_END = day("2027-12-31")[1]

shuffles = st.randoms(use_true_random=False)
rules = st.builds(
    DEFAULT_RULES._replace,
    accept=st.sampled_from(("expected", "unconfirmed", "disputed", "reported", "confirmed")),
    corroboration=st.integers(1, 3),
    same_event_days=st.integers(0, 60),
)


def text(window):
    return None if window is None else window_text(window, CARACAS)


def expected_of(answer):
    """The answer, as the cases write it."""
    return {
        "status": answer.status,
        "custody": answer.custody,
        "standing": answer.standing,
        "since": text(answer.since),
        "custody_standing": answer.custody_standing,
        "custody_since": text(answer.custody_since),
        "certainty": answer.certainty,
        "pending": sorted([one.custody, text(one.since)] for one in answer.pending),
        "contradicted": sorted([one.custody, text(one.since)] for one in answer.contradicted),
    }


def as_of(claims, day_text):
    """The answer on a day, as known by its end."""
    end = day(day_text)[1]
    return resolve([claim for claim in claims if claim.known <= end], DEFAULT_RULES).on(end)


def everything(answer):
    """The answer with what it tells only when asked."""
    return answer, answer.in_force, answer.spells, answer.before, answer.idle


def mentioned(answer):
    seqs = [*answer.support, *answer.against, *answer.unknown, *answer.idle]
    seqs += [one.seq for one in answer.replaced]
    for one in (*answer.pending, *answer.contradicted, *answer.spells):
        seqs += [*one.support, *one.against]
    return set(seqs)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_every_invented_person_is_answered_as_expected(number):
    claims = claims_of(CASES[number]["claims"])
    for ask in CASES[number]["asks"]:
        known = [claim for claim in claims if claim.known <= day(ask["as_of"])[1]]
        answer = resolve(known, DEFAULT_RULES).on(day(ask["on"] or ask["as_of"])[1])
        expect = ask["expect"] | {
            "pending": sorted(ask["expect"]["pending"]),
            "contradicted": sorted(ask["expect"]["contradicted"]),
        }
        assert expected_of(answer) == expect, f"as of {ask['as_of']}, on {ask['on']}"


# The laws


@given(persons, shuffles, rules)
def test_the_order_in_which_claims_are_given_changes_nothing(claims, shuffle, rules):
    mixed = list(claims)
    shuffle.shuffle(mixed)
    for end in ENDS:
        given_so, given_otherwise = resolve(claims, rules).on(end), resolve(mixed, rules).on(end)
        assert everything(given_so) == everything(given_otherwise)


@given(persons, shuffles)
def test_renaming_voices_changes_nothing(claims, shuffle):
    names = sorted({claim.voice for claim in claims})
    others = [f"somebody {n}" for n in range(len(names))]
    shuffle.shuffle(others)
    named = dict(zip(names, others, strict=True))
    renamed = [claim._replace(voice=named[claim.voice]) for claim in claims]
    for end in ENDS:
        answer = resolve(claims, DEFAULT_RULES).on(end)
        assert everything(resolve(renamed, DEFAULT_RULES).on(end)) == everything(answer)


@given(persons, rules)
def test_every_claim_is_in_every_answer(claims, rules):
    history = resolve(claims, rules)
    for end in ENDS:
        assert mentioned(history.on(end)) == {claim.seq for claim in claims}


@given(persons, rules)
def test_an_answer_changes_at_boundaries_only(claims, rules):
    history = resolve(claims, rules)
    assert list(history.boundaries) == sorted(set(history.boundaries))
    moments = [EVER + 2, *history.boundaries, NEVER]
    for first, following in itertools.pairwise(moments):
        at_first = history.on(first)
        assert history.on(following - 1) == at_first
        assert history.on((first + following) // 2) == at_first


@given(persons, rules)
def test_a_replay_tells_what_resolving_anew_tells(claims, rules):
    seen = []
    for known, history in list(replay(claims, rules)):
        seen.append(known)
        anew = resolve([claim for claim in claims if claim.known <= known], rules)
        assert history.boundaries == anew.boundaries
        for end in (known, *ENDS):
            assert everything(history.on(end)) == everything(anew.on(end))
    assert seen == sorted({claim.known for claim in claims})


@given(persons, rules, st.data())
def test_hearings_go_on_apart(claims, rules, data):
    words = [read(claim, rules) for claim in claims]
    first = data.draw(st.lists(st.sampled_from(words), unique=True))
    later = [word for word in words if word not in first]
    hearing = Hearing(rules)
    hearing.hear(first)
    other = hearing.fork()
    for word in later:
        other.hear([word])
    known = [claim for claim in claims if claim.seq in {word.seq for word in first}]
    for end in ENDS:
        for told, whole in ((other, claims), (hearing, known)):
            assert everything(told.history().on(end)) == everything(resolve(whole, rules).on(end))


@given(persons, rules)
def test_an_answer_is_made_of_known_words(claims, rules):
    for end in ENDS:
        answer = resolve(claims, rules).on(end)
        assert answer.custody in {"held", "out", "dead", "unknown"}
        assert (answer.standing is None) == (answer.since is None)
        assert (
            (answer.certainty is None) == (answer.custody_since is None) == (answer.spell is None)
        )
        assert answer.contested == bool(answer.disputes)
        assert answer.last_known == max(claim.known for claim in claims)
        assert answer.place_claim is None or answer.place_claim in answer.support
        assert answer.presumed is None or answer.spell is None


def test_of_nobody_nothing_is_known():
    answer = resolve([], DEFAULT_RULES).on(ENDS[0])
    assert (answer.status, answer.presumed, answer.spells) == ("unknown", None, ())
    assert answer.last_known == EVER
