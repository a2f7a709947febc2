"""A story in twelve steps: what is known when, and what the log says of it at which position.

Each step is recorded on a day of its own. After it, the answers at four pairs of (as-of, at-log)
are those that section 3 of the design gives, worked out by hand: sources act in known time,
recorders in recorded time. At the end all pairs are asked again, and nothing has moved.
"""

from __future__ import annotations

import pytest

from habeas.case import Case, editing
from habeas.events import (
    CaseOpened,
    DocumentRegistered,
    PartyRegistered,
    PersonRegistered,
    StatusClaimed,
    build,
)
from habeas.store import MemoryStore
from habeas.times import parse_instant

STRICT = """\
title = "Only those well relied on"
view = "roster"
as_of = ["2001-02-17"]
[rules]
min_grade = "C"
"""

SLIP = ("detained", "reported", "2000-02-05")
HELD = ("detained", "reported", "2001-02-05")
HELD_FOR_SURE = ("detained", "confirmed", "2001-02-05")
FREED = ("released", "reported", "2001-02-12")
FREED_BY_HIS_WIFE = ("released", "confirmed", "2001-02-16")
SOMEBODY_FREED = ("released", "reported", "2001-02-16")
NOT_COUNTED = ("unknown", None, None)


class Story:
    """A case, the clock it is kept by, and where its log stood after each step."""

    def __init__(self, strict, entropy):
        self.now = 0
        self.case = Case(MemoryStore(), clock=lambda: self.now, entropy=entropy)
        self.stood = {}
        self.strict = strict

    def step(self, number, day=None):
        """Do a step at noon of a day (Caracas: four hours behind UTC)."""
        if day is not None:
            self.now = parse_instant(f"{day}T16:00:00.000000Z")
        getattr(self, f"step_{number}")()
        self.stood[number] = self.case.store.head().position

    def add(self, cls, **known):
        return self.case.append(build(cls, known), recorder="desk")[0].id

    def edit(self, act):
        return self.case.edit(act, recorder="desk").id

    def document(self, document, publisher, published):
        self.add(
            DocumentRegistered,
            document=document,
            publisher=publisher,
            published=published,
            title="An article",
        )

    def claim(self, document, person, status, when, **more):
        known = {"document": document, "person": person, "status": status, "when": when}
        return self.add(StatusClaimed, stance="asserted", **known, **more)

    def answer(self, as_of, at, *, strict=False):
        """Person -> (status, standing, since), as of a day, at the position after a step."""
        at_log = f"@{self.stood[at]}" if isinstance(at, int) else at
        projection = self.strict if strict else None
        rows = self.case.status(as_of=as_of, at_log=at_log, projection=projection).persons
        return {row["person"]: (row["status"], row["standing"], row["since"]) for row in rows}

    def turn(self, before, after, *, strict=False):
        """Person -> (kinds of change, causes) between two sides, such as `2001-02-08@12`."""
        projection = self.strict if strict else None
        found = self.case.changes(before, after, projection=projection).changes
        return {
            one["person"]: (one["kinds"], [cause["cause"] for cause in one["causes"]])
            for one in found
        }

    def side(self, as_of, at):
        return f"{as_of}@{self.stood[at]}"

    def step_0(self):
        """The case is opened: a man, his wife, an outlet, a broadcaster and a league."""
        self.add(CaseOpened, case="story", title="A story", timezone="America/Caracas")
        self.add(PersonRegistered, person="ivo-lund", name="Ivo Lund")
        for party, kind in (("gazette", "media"), ("radio", "media"), ("league", "monitor")):
            self.add(PartyRegistered, party=party, name=party.title(), kind=kind)
        self.add(PartyRegistered, party="wife", name="His wife", kind="family", of=["ivo-lund"])

    def step_1(self):
        """A slip is copied: the article says that he was taken in 2001."""
        self.document("gazette-8", "gazette", "2001-02-08")
        self.claim("gazette-8", "ivo-lund", "detained", "2000-02-05", ref="taken")

    def step_2(self):
        """It is asked."""

    def step_3(self):
        """The slip is corrected."""
        sets = {"when": "2001-02-05"}
        self.edit(editing.correct("gazette-8#taken", sets, reason="the year", follows=None))

    def step_4(self):
        """It is asked again, now and as the log stood."""

    def step_5(self):
        """The radio reports that he is free."""
        self.document("radio-13", "radio", "2001-02-13")
        self.claim("radio-13", "ivo-lund", "released", "2001-02-12", ref="free")

    def step_6(self):
        """The radio takes that back."""
        self.document("radio-16", "radio", "2001-02-16")
        self.edit(editing.withdraw("radio-13#free", {"document": "radio-16"}))

    def step_7(self):
        """An old article is recorded late: the league had known of the arrest."""
        self.document("league-9", "league", "2001-02-09")
        self.claim("league-9", "ivo-lund", "detained", "2001-02-05")

    def step_8(self):
        """A wife tells of somebody's release; the article spells the name otherwise."""
        self.add(PersonRegistered, person="ivo-lundt", name="Ivo Lundt")
        self.document("gazette-17", "gazette", "2001-02-17")
        self.claim("gazette-17", "ivo-lundt", "released", "2001-02-16", origin="wife", ref="home")

    def step_9(self):
        """The two are taken for one."""
        self.edit(editing.merge("ivo-lund", "ivo-lundt", reason="one man", follows=None))

    def step_10(self):
        """They are two after all."""
        self.edit(editing.separate("ivo-lundt", reason="two men", follows=None))

    def step_11(self):
        """The gazette is graded down."""
        self.edit(editing.grade("gazette", "D", reason="it invents", follows=None))

    def step_12(self):
        """The claim of the release should never have been recorded."""
        self.edit(editing.void("gazette-17#home", reason="of another case", follows=None))


BOTH = {"ivo-lund": HELD_FOR_SURE, "ivo-lundt": SOMEBODY_FREED}

EXPECTED = {
    # step: the day it is recorded, and (as-of, at-log: after which step; None: now, answer)
    1: (
        "2001-02-10",
        ("2001-02-07", None, {}),
        ("2001-02-08", None, {"ivo-lund": SLIP}),
        ("2001-02-10", None, {"ivo-lund": SLIP}),
        ("2001-02-08", 0, {}),
    ),
    2: (
        "2001-02-11",
        (None, None, {"ivo-lund": SLIP}),
        ("2001-02-08", 1, {"ivo-lund": SLIP}),
        ("2001-02-08T23:59:59-04:00", None, {}),
        ("2001-02-08T23:59:59.999999-04:00", None, {"ivo-lund": SLIP}),
    ),
    3: (
        "2001-02-12",
        ("2001-02-07", None, {}),
        ("2001-02-08", None, {"ivo-lund": HELD}),
        ("2001-02-08", 2, {"ivo-lund": SLIP}),
        ("2001-02-12", 1, {"ivo-lund": SLIP}),
    ),
    4: (
        "2001-02-12",
        ("2001-02-08", "2001-02-11", {"ivo-lund": SLIP}),
        ("2001-02-08", "2001-02-12", {"ivo-lund": HELD}),
        ("2001-02-08", "2001-02-12T15:59:59.999999Z", {"ivo-lund": SLIP}),
        ("2001-02-08", "2001-02-12T12:00:00-04:00", {"ivo-lund": HELD}),
    ),
    5: (
        "2001-02-13",
        ("2001-02-12", None, {"ivo-lund": HELD}),
        ("2001-02-13", None, {"ivo-lund": FREED}),
        ("2001-02-13", 4, {"ivo-lund": HELD}),
        ("2001-02-13", 2, {"ivo-lund": SLIP}),
    ),
    6: (
        "2001-02-16",
        ("2001-02-15", None, {"ivo-lund": FREED}),
        ("2001-02-16", None, {"ivo-lund": HELD}),
        ("2001-02-16", 5, {"ivo-lund": FREED}),
        ("2001-02-12", None, {"ivo-lund": HELD}),
    ),
    7: (
        "2001-02-17",
        ("2001-02-08", None, {"ivo-lund": HELD}),
        ("2001-02-09", None, {"ivo-lund": HELD_FOR_SURE}),
        ("2001-02-09", 6, {"ivo-lund": HELD}),
        ("2001-02-15", None, {"ivo-lund": FREED}),
    ),
    8: (
        "2001-02-18",
        ("2001-02-16", None, {"ivo-lund": HELD_FOR_SURE}),
        ("2001-02-17", None, BOTH),
        ("2001-02-17", 7, {"ivo-lund": HELD_FOR_SURE}),
        ("2001-02-15", None, {"ivo-lund": FREED}),
    ),
    9: (
        "2001-02-19",
        ("2001-02-17", None, {"ivo-lund": FREED_BY_HIS_WIFE}),
        ("2001-02-16", None, {"ivo-lund": HELD_FOR_SURE}),
        ("2001-02-17", 8, BOTH),
        ("2001-02-18", 7, {"ivo-lund": HELD_FOR_SURE}),
    ),
    10: (
        "2001-02-20",
        ("2001-02-17", None, BOTH),
        ("2001-02-17", 9, {"ivo-lund": FREED_BY_HIS_WIFE}),
        ("2001-02-17", 8, BOTH),
        ("2001-02-16", 9, {"ivo-lund": HELD_FOR_SURE}),
    ),
    11: (
        "2001-02-21",
        ("2001-02-08", None, {"ivo-lund": HELD}),
        ("2001-02-17", None, BOTH),
        ("2001-02-17", 10, BOTH),
        ("2001-02-15", 10, {"ivo-lund": FREED}),
    ),
    12: (
        "2001-02-22",
        ("2001-02-17", None, {"ivo-lund": HELD_FOR_SURE}),
        ("2001-02-17", 11, BOTH),
        ("2001-02-17", 9, {"ivo-lund": FREED_BY_HIS_WIFE}),
        ("2001-02-17", 2, {"ivo-lund": SLIP}),
    ),
}
"""The answers under the default rules."""

STRICTLY = (
    ("2001-02-08", 11, {"ivo-lund": NOT_COUNTED}),
    ("2001-02-08", 10, {"ivo-lund": HELD}),
    ("2001-02-09", 11, {"ivo-lund": HELD_FOR_SURE}),
    ("2001-02-17", 11, BOTH),
)
"""The answers after the grade, where a projection counts nobody worse than C."""


@pytest.fixture
def story(tmp_path, entropy):
    strict = tmp_path / "strict" / "projection.toml"
    strict.parent.mkdir()
    strict.write_text(STRICT)
    told = Story(strict, entropy)
    told.step(0, "2001-02-09")
    return told


def test_twelve_steps_are_answered_as_they_come_and_ever_after(story):
    for number, (day, *pairs) in EXPECTED.items():
        story.step(number, day)
        for as_of, at, expected in pairs:
            assert story.answer(as_of, at) == expected, (number, as_of, at)
    for as_of, at, expected in STRICTLY:
        assert story.answer(as_of, at, strict=True) == expected, (as_of, at)
    for number, (_, *pairs) in EXPECTED.items():
        for as_of, at, expected in pairs:
            if as_of is not None and not isinstance(at, str):
                after = number if at is None else at
                assert story.answer(as_of, after) == expected, (number, as_of, at)


def test_each_step_is_named_in_the_change_log(story):
    for number, (day, *_) in EXPECTED.items():
        story.step(number, day)
    side, turn = story.side, story.turn
    assert turn("2001-02-07", "2001-02-08") == {"ivo-lund": (["appeared"], ["reported"])}
    assert turn(side("2001-02-08", 2), side("2001-02-08", 3)) == {
        "ivo-lund": (["date"], ["corrected"])
    }
    freed = ["status", "custody", "date"]
    assert turn(side("2001-02-12", 5), side("2001-02-13", 5)) == {"ivo-lund": (freed, ["reported"])}
    assert turn(side("2001-02-15", 6), side("2001-02-16", 6)) == {
        "ivo-lund": (freed, ["withdrawn"])
    }
    assert turn(side("2001-02-16", 5), side("2001-02-16", 6)) == {
        "ivo-lund": (freed, ["withdrawn"])
    }
    assert turn(side("2001-02-12", 6), side("2001-02-12", 7)) == {
        "ivo-lund": (["standing"], ["backfilled"])
    }
    assert turn(side("2001-02-08", 6), side("2001-02-12", 7)) == {
        "ivo-lund": (["standing"], ["reported"])
    }
    assert turn(side("2001-02-17", 8), side("2001-02-17", 9)) == {
        "ivo-lund": (freed, ["merged"]),
        "ivo-lundt": (["merged"], ["merged"]),
    }
    assert turn(side("2001-02-17", 9), side("2001-02-17", 10)) == {
        "ivo-lund": (freed, ["separated"]),
        "ivo-lundt": (["appeared"], ["separated"]),
    }
    assert turn(side("2001-02-17", 8), side("2001-02-17", 10)) == {}
    assert turn(side("2001-02-08", 10), side("2001-02-08", 11)) == {}
    assert turn(side("2001-02-08", 10), side("2001-02-08", 11), strict=True) == {
        "ivo-lund": (
            ["status", "custody", "standing", "date", "certainty"],
            ["graded"],
        )
    }
    assert turn(side("2001-02-17", 11), side("2001-02-17", 12)) == {
        "ivo-lundt": (["removed"], ["voided"])
    }


def test_the_whole_story_has_few_causes(story):
    """From first to last: what a reader of both answers needs to be told, and no step between."""
    for number, (day, *_) in EXPECTED.items():
        story.step(number, day)
    whole = story.turn(story.side("2001-02-08", 2), story.side("2001-02-21", 12))
    assert whole == {"ivo-lund": (["standing", "date"], ["corrected", "reported"])}
