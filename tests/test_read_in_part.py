"""Numbers and groups of a long log, of which only what bears on them is read."""

from __future__ import annotations

from contextlib import suppress
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.case import main, numbers
from habeas.errors import Refused
from habeas.store import MemoryStore
from logs import Log
from test_beliefs import case_over, put

PERSONS = ("ilse", "jon", "marta", "teo")
DOCUMENTS = ("d0", "d1", "d2", "d3")
GROUPS = ("students", "miners")


class Grown:
    """A log that grows by steps, each a word and a few choices; what is refused is left out."""

    def __init__(self, steps) -> None:
        self.log = log = Log()
        log.party("lantern", "monitor")
        log.party("lamp", "monitor", part_of="lantern")
        for place, document in enumerate(DOCUMENTS):
            log.document(document, f"2019-03-0{2 * place + 1}", ("lamp", "beacon")[place % 2])
        for person in PERSONS:
            log.person(person)
        self.claims: list[str] = []
        self.merges: list[str] = []
        for do, *choices in steps:
            with suppress(Refused):  # such as a second merge of the same
                getattr(self, do)(*choices)

    def count(self, number, document, _one, _other):
        population, measure = GROUPS[number % 2], ("held", "announced")[number % 4 > 1]
        origin = {"origin": "lantern"} if number % 3 == 0 else {}
        told = self.log.count(number, document, measure, population=population, **origin)
        self.claims.append(told)

    def group(self, number, document, one, other):
        group, members = GROUPS[number % 2], {one, other} if number % 5 else ()
        told = self.log.group(group, number + 1, document, population=group, members=members)
        self.claims.append(told)

    def status(self, number, document, one, _other):
        group = {"group": GROUPS[0]} if number % 2 else {}
        self.claims.append(self.log.status(one, "detained", document, **group))

    def detail(self, _number, document, one, _other):
        self.claims.append(self.log.detail(one, "occupation", "teacher", document))

    def correct(self, number, document, _one, _other):
        for claim in self.claims[number:][:1]:
            self.log.correct(claim, document=document)

    def void(self, number, _document, _one, _other):
        for claim in self.claims[number:][:1]:
            self.log.void(claim)

    def withdraw(self, number, document, _one, _other):
        for claim in self.claims[number:][:1]:
            self.log.withdraw(claim, document)

    def merge(self, _number, _document, one, other):
        self.merges.append(self.log.merge(one, other))

    def separate(self, number, _document, _one, _other):
        for merge in self.merges[number:][:1]:
            self.log.separate(merge)

    def grade(self, number, _document, _one, _other):
        self.log.grade(("lamp", "lantern", "beacon")[number % 3], "ABCDEF"[number % 6])

    def redate(self, number, document, _one, _other):
        registered = self.log.state.registered(f"document:{document}")
        self.log.correct(registered.id, published=f"2019-03-0{number % 9 + 1}")


WORDS = [name for name in vars(Grown) if not name.startswith("_")]
STEPS = st.lists(
    st.tuples(
        st.sampled_from([*WORDS, "count", "group", "group"]),
        st.integers(0, 8),
        st.sampled_from(DOCUMENTS),
        st.sampled_from(PERSONS),
        st.sampled_from(PERSONS),
    ),
    min_size=3,
    max_size=18,
)


@settings(max_examples=100)
@given(
    steps=STEPS,
    day=st.sampled_from(("2019-03-02", "2019-03-05", "2019-03-31")),
    cut=st.integers(1, 40),
    where=st.sampled_from(({}, {"person": ("ilse",)}, {"party": ("lantern",)})),
)
def test_numbers_and_groups_read_in_part_are_those_of_the_whole(steps, day, cut, where):
    log = Grown(steps).log
    store = MemoryStore()
    put(store, log.records)
    for at_log in (None, f"@{min(cut, len(log.records))}"):
        whole, partly = case_over(store), case_over(store)
        question = whole.question(as_of=day, at_log=at_log)._replace(where=where)
        for name in ("counts", "groups"):
            with mock.patch.object(main, "FEW", 0):
                told = numbers.view(partly, question, name)
            assert told == numbers.view(whole, question, name)


@pytest.mark.parametrize("name", ["counts", "groups"])
def test_of_what_bears_on_no_number_nothing_is_read(name):
    log = Grown([]).log
    log.group("students", 2, "d0", members=("ilse",))
    log.count(2, "d1")
    log.status("teo", "detained", "d1")
    store = MemoryStore()
    put(store, log.records)
    case = case_over(store)
    with mock.patch.object(main, "FEW", 0):
        state = case.state_of_many(None)
    assert "person:teo" not in state.named
    assert {"person:ilse", "document:d0", "document:d1"} <= state.named.keys()
    assert state.position == len(log.records)
    assert numbers.view(case, case.question(as_of="2019-03-31"), name).content[name]
