"""Hints: the nearest of many words, and of a few."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.nearest import MOST, near, nearest
from habeas.vocabulary import fold

SYLLABLES = [f"{a}{b}{c}" for a in string.ascii_lowercase for b in "aeiou" for c in "lmnrstvwz"]
MANY = [f"{one}-{number}" for number, one in enumerate(SYLLABLES)]


def test_the_nearest_of_a_few_come_first():
    assert near("jhon", ["john", "joan", "maria"]) == ["john", "joan"]
    assert nearest("Docment", ["document", "person"]) == "document"
    assert nearest("zzz", ["document", "person"]) is None


@pytest.mark.parametrize("typed", ["rafela", "raffaela", "rafaela2", "rafel"])
def test_of_many_only_those_are_compared_that_share_something(typed):
    assert len(MANY) > MOST
    assert near(typed, [*MANY, "rafaela"], 1) == ["rafaela"]


@pytest.mark.parametrize("typed", ["", "a", "ab"])
def test_a_short_word_is_compared_as_well(typed):
    assert near(typed, [*MANY, "ab"], 1) == (["ab"] if typed else [])


@given(st.text(st.characters(max_codepoint=127)))
def test_what_is_ascii_is_folded_as_all_else(text):
    assert fold(f"{text}\u00e9") == fold(f"{text}e")
