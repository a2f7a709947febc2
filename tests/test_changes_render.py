"""The change log as a text: each sentence says what changed, by whose word, and since when."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas import render
from habeas.events import GroupClaimed
from habeas.render import change_groups, feeds, prose_dates
from habeas.render.change_clauses import clauses
from habeas.render.change_words import SAID
from habeas.vocabulary import CUSTODY_OF, STATUSES
from newsroom import Desk


@pytest.fixture
def desk() -> Desk:
    """A desk on 5 January, with an outlet, a monitor and a ministry."""
    made = Desk()
    made.party("union", "The Union", kind="monitor")
    made.party("mara", "Mara Ola", kind="monitor", part_of="union")
    made.party("ministry", "Ministry of Order", kind="authority")
    made.party("wire", "The Wire")
    made.document("g1", "2001-01-05")
    return made


def sentences(data: dict) -> dict[str, str]:
    """Each person's sentence, as Markdown has it, without the name."""
    found = re.findall(
        r"^- \*\*(.+?)\*\* ?(.+)$", render.write("changes", data, "md"), re.MULTILINE
    )
    return dict(found)


def said(data: dict) -> str:
    [sentence] = sentences(data).values()
    return sentence


def headings(data: dict) -> list[str]:
    return re.findall(r"^## (.+)$", render.write("changes", data, "md"), re.MULTILINE)


def next_day(desk: Desk) -> None:
    desk.on("2001-01-08")
    desk.document("g2", "2001-01-08")


def news(desk: Desk) -> dict:
    return desk.changes("2001-01-05", "2001-01-08")


G1 = "The Gazette, 5 January 2001, ¶ 2"
G2 = "The Gazette, 8 January 2001, ¶ 2"


class TestWhatHappened:
    def test_a_new_status_names_the_one_before(self, desk: Desk):
        desk.status("ana", "detained", "g1", when="2000-08")
        next_day(desk)
        desk.status("ana", "released", "g2", when="[2001-01-07..2001-01-08]")
        assert said(news(desk)) == (
            "is now reported released on 7 or 8 January 2001; before, reported detained since "
            f"August 2000 ({G2})."
        )
        assert headings(news(desk)) == ["What happened (1)", "Sources"]

    def test_a_status_that_was_unknown(self, desk: Desk):
        desk.status("ana", "released", "g1", stance="unconfirmed", when="2001-01-05")
        next_day(desk)
        desk.status("ana", "detained", "g2", when="2000-08", place="The Tower")
        assert said(news(desk)) == (
            "is now reported detained since August 2000, the last place told being The Tower; "
            "before, the status was unknown; a release on 5 January 2001 remains unconfirmed "
            f"({G2})."
        )

    def test_what_was_pending_and_is_the_answer_now(self, desk: Desk):
        desk.status("ana", "released", "g1", stance="unconfirmed", when="2001-01-05")
        desk.status("bea", "released", "g1", stance="expected")
        next_day(desk)
        for one in ("ana", "bea"):
            desk.status(one, "released", "g2", when="2001-01-05")
        assert sentences(news(desk)) == {
            "Ana": f"is now reported released on 5 January 2001; before, this was passed on as "
            f"unconfirmed ({G2}).",
            "Bea": f"is now reported released on 5 January 2001; before, this was only expected "
            f"({G2}).",
        }

    def test_somebody_new_is_told_of_by_status_first(self, desk: Desk):
        next_day(desk)
        desk.status("ana", "detained", "g2", when="2000")
        desk.detail("ana", "occupation", "baker", "g2")
        assert said(news(desk)) == (
            f", not on record before, is reported detained since 2000 ({G2})."
        )

    def test_somebody_of_whom_no_status_is_told(self, desk: Desk):
        next_day(desk)
        desk.detail("ana", "occupation", "baker", "g2")
        assert said(news(desk)) == (
            ", not on record before, is of unknown status; told of this person so far: occupation "
            "(The Gazette, 8 January 2001)."
        )

    def test_somebody_new_with_what_is_pending(self, desk: Desk):
        next_day(desk)
        desk.status("ana", "released", "g2", stance="expected", origin="ministry")
        assert said(news(desk)) == (
            ", not on record before, is of unknown status; a release on 8 January 2001 or "
            "later is expected (Ministry of Order, expecting it, relayed by The Gazette, 8 January "
            "2001, ¶ 2)."
        )

    def test_a_confirmation_is_a_change_of_standing(self, desk: Desk):
        desk.status("ana", "released", "g1", when="2001-01-04")
        next_day(desk)
        desk.status("ana", "released", "g2", when="2001-01-04", origin="mara", via=("wire",))
        assert said(news(desk)) == (
            "is now confirmed released on 4 January 2001; before, this was reported but not "
            r"confirmed (Mara Ola \[The Union\], relayed by The Wire and The Gazette, "
            "8 January 2001, ¶ 2)."
        )

    def test_a_denial_takes_back_what_was_told(self, desk: Desk):
        desk.status("ana", "released", "g1", when="2001-01-04")
        next_day(desk)
        desk.status("ana", "released", "g2", stance="denied", origin="mara")
        assert said(news(desk)) == (
            "is now of unknown status; before, reported released on 4 January 2001; this is now "
            r"told of, but disputed (Mara Ola \[The Union\], denying it, relayed by The Gazette, "
            "8 January 2001, ¶ 2)."
        )

    def test_a_date_told_more_closely(self, desk: Desk):
        desk.status("ana", "detained", "g1", when="[..2001-01-05]")
        next_day(desk)
        desk.status("ana", "detained", "g2", when="[2001-01-02..2001-01-04]")
        assert said(news(desk)) == (
            "is still reported detained; the date is now told more closely, as between 2 and "
            f"4 January 2001; before, it was 5 January 2001 or earlier ({G2})."
        )

    def test_a_place(self, desk: Desk):
        desk.status("ana", "detained", "g1", when="2000-08", place="The Tower")
        next_day(desk)
        desk.status("ana", "detained", "g2", when="2000-08/..", place="The Fort")
        assert said(news(desk)) == (
            "is still reported detained since August 2000; the last place told is now The Fort; "
            f"before, it was The Tower ({G2})."
        )

    def test_what_is_pending_now(self, desk: Desk):
        desk.status("ana", "detained", "g1", when="2000-08")
        next_day(desk)
        desk.status("ana", "released", "g2", stance="expected", when="2001-02")
        assert said(news(desk)) == (
            "is still reported detained since August 2000; a release in February 2001 is now "
            "expected (The Gazette, expecting it, 8 January 2001, ¶ 2)."
        )

    def test_a_death(self, desk: Desk):
        desk.status("ana", "detained", "g1", when="2000-08")
        next_day(desk)
        desk.status("ana", "died", "g2", when="2001-01-07")
        assert said(news(desk)).startswith("is now reported to have died on 7 January 2001; before")

    def test_a_source_is_named_once_with_all_its_places(self, desk: Desk):
        next_day(desk)
        desk.status("ana", "detained", "g2", when="2000-08", locator="¶ 2")
        desk.status("ana", "incommunicado", "g2", when="2000-08", locator="¶ 4, 5")
        assert said(news(desk)).endswith("(The Gazette, 8 January 2001, ¶ 2, 4, 5).")

    def test_a_name_with_a_comma_is_told_from_what_follows(self, desk: Desk):
        desk.person("ana")
        desk.party("herself", "Ana, by telephone", kind="detainee", of=("ana",))
        next_day(desk)
        desk.status("ana", "detained", "g2", when="2000", origin="herself")
        assert said(news(desk)).endswith(
            "(“Ana, by telephone”, relayed by The Gazette, 8 January 2001, ¶ 2)."
        )

    def test_what_another_source_tells_of_comes_after(self, desk: Desk):
        desk.status("ana", "released", "g1", stance="unconfirmed", when="2001-01-05")
        next_day(desk)
        desk.status("ana", "detained", "g2", when="2000", locator="¶ 3", origin="wire")
        desk.status("ana", "released", "g2", when="2001-01-05", origin="mara")
        assert said(news(desk)).endswith(
            r"(Mara Ola \[The Union\], relayed by The Gazette, 8 January 2001, ¶ 2; for the "
            "detention since 2000: The Wire, relayed by The Gazette, ¶ 3)."
        )


class TestWhatWeDid:
    def test_learned_late(self, desk: Desk):
        before = desk.position()
        desk.on("2001-01-09")
        desk.status("ana", "detained", "g1", when="2000-08")
        data = desk.changes(f"2001-01-08{before}", f"2001-01-08{desk.position()}")
        assert headings(data) == ["Learned late (1)", "Sources"]
        assert said(data) == (
            f", not on record before, is reported detained since August 2000 ({G1}, recorded only "
            "on 9 January 2001)."
        )

    def test_corrected(self, desk: Desk):
        claim = desk.status("ana", "detained", "g1", when="2000-08")
        before = desk.position()
        desk.on("2001-01-09")
        desk.correct(claim, when="2000-07")
        data = desk.changes(f"2001-01-05{before}", "2001-01-05")
        assert headings(data) == ["Corrected (1)", "Sources"]
        assert said(data) == (
            "is still reported detained; the date is now told as July 2000; before, it was August "
            f"2000 (our record of {G1}, corrected on 9 January 2001: misread)."
        )

    def test_a_corrected_document(self, desk: Desk):
        desk.on("2001-01-09")
        desk.document("g3", "2001-01-09")
        desk.status("ana", "detained", "g3", when="2000-08")
        before = desk.position()
        record = next(one for one in desk.case.events() if "g3" in str(one.event))
        desk.correct(record.id, published="2001-01-05")
        data = desk.changes(f"2001-01-05{before}", "2001-01-05")
        assert headings(data) == ["Corrected (1)"]
        assert said(data) == (
            ", not on record before, is reported detained since August 2000 (our record of "
            "“Title of g3”, corrected on 9 January 2001: misread)."
        )

    def test_a_corrected_name(self, desk: Desk):
        desk.person("ana", "Anna")
        desk.status("ana", "detained", "g1", when="2000-08")
        before = desk.position()
        record = next(one for one in desk.case.events() if "Anna" in str(one.event))
        desk.correct(record.id, name="Ana")
        data = desk.changes(f"2001-01-05{before}", "2001-01-05")
        assert sentences(data) == {
            "Ana": "is still reported detained since August 2000; the name on record was Anna "
            "before (our record of Ana, corrected on 5 January 2001: misread)."
        }

    def test_withdrawn(self, desk: Desk):
        claim = desk.status("ana", "detained", "g1", when="2000-08")
        desk.detail("ana", "occupation", "baker", "g1")
        next_day(desk)
        desk.withdraw(claim, "g2")
        assert headings(news(desk)) == ["Withdrawn (1)", "Sources"]
        assert said(news(desk)) == (
            "is now of unknown status; before, reported detained since August 2000 "
            f"(The Gazette, 8 January 2001, ¶ 9, withdrawing {G1})."
        )

    def test_voided(self, desk: Desk):
        claim = desk.status("ana", "detained", "g1", when="2000-08")
        before = desk.position()
        desk.void(claim)
        data = desk.changes(f"2001-01-05{before}", "2001-01-05")
        assert headings(data) == ["Voided (1)", "Sources"]
        assert said(data) == (
            "is not on record any more, since nothing told of this person counts; before, reported "
            f"detained since August 2000 (our record of {G1}, voided on 5 January 2001: twice)."
        )

    def test_voided_with_its_document(self, desk: Desk):
        desk.document("g3", "2001-01-05")
        claim = desk.status("ana", "detained", "g3", when="2000-08")
        before = desk.position()
        desk.void(claim)
        desk.void(next(one.id for one in desk.case.events() if "'g3'" in str(one.event)))
        data = desk.changes(f"2001-01-05{before}", "2001-01-05")
        assert "voided on 5 January 2001: twice" in said(data)
        assert "The Gazette" in said(data)

    def test_merged_and_separated(self, desk: Desk):
        desk.status("ana", "released", "g1", stance="unconfirmed", when="2001-01-05")
        desk.status("anna", "detained", "g1", when="2000-08")
        before = desk.position()
        desk.merge("ana", "anna")
        between = desk.position()
        desk.separate("anna")
        merged = desk.changes(f"2001-01-05{before}", f"2001-01-05{between}")
        assert headings(merged) == ["Merged and separated (2)"]
        assert sentences(merged)["Anna"] == (
            "is now counted as one person with Ana; before, reported detained since August 2000 "
            "(Anna merged with Ana on 5 January 2001: one)."
        )
        apart = desk.changes(f"2001-01-05{between}", f"2001-01-05{desk.position()}")
        assert sentences(apart)["Anna"] == (
            "is counted again as another person than Ana, reported detained since August 2000 "
            "(Anna separated from Ana on 5 January 2001: two)."
        )
        assert sentences(apart)["Ana"].startswith("is now of unknown status; before, reported det")

    def test_graded(self, desk: Desk):
        desk.status("ana", "released", "g1", when="2001-01-04")
        desk.status("ana", "released", "g1", when="2001-01-04", origin="wire")
        before = desk.position()
        desk.grade("wire", "E")
        data = desk.changes(f"2001-01-05{before}", "2001-01-05", min_grade="C")
        assert headings(data) == ["Graded (1)"]
        assert said(data) == (
            "is now only reported released on 4 January 2001; before, this was confirmed (The Wire "
            "graded E on 5 January 2001: three slips)."
        )

    def test_elapsed(self, desk: Desk):
        desk.status("ana", "detained", "g1", when="2000-08/2001-01-06")
        assert headings(news(desk)) == ["Time passed (1)"]
        assert said(news(desk)) == (
            "is now of unknown status, since the detention told of has ended; before, reported "
            "detained since August 2000 (nobody said anything new; a date told before has passed)."
        )

    def test_what_has_ended_is_not_what_was_told_before(self, desk: Desk):
        desk.status("ana", "detained", "g1", when="2000-08")
        next_day(desk)
        desk.status("ana", "escaped", "g2", when="2001-01-06/2001-01-07")
        assert said(news(desk)) == (
            "is now of unknown status, since the escape told of has ended; before, reported "
            f"detained since August 2000 ({G2})."
        )

    def test_an_end_told_later_is_of_what_was_told_before(self, desk: Desk):
        desk.status("ana", "detained", "g1", when="2000")
        next_day(desk)
        desk.status("ana", "detained", "g2", when="2000-08/2001-01-06")
        assert "since the detention told of has ended; before," in said(news(desk))

    def test_this_is_what_was_named_just_before(self, desk: Desk):
        desk.status("ana", "released", "g1", when="2001-01-04")
        next_day(desk)
        desk.status("ana", "released", "g2", stance="expected", when="2001-01-02", origin="wire")
        desk.status("ana", "released", "g2", stance="denied", origin="mara")
        told = said(news(desk))
        assert "before, reported released on 4 January 2001; this is now told of" in told
        assert told.count("this ") == 1

    def test_somebody_on_record_again(self, desk: Desk):
        claim = desk.status("ana", "detained", "g1", when="2000-08")
        back = desk.withdraw(claim, "g1")
        was = desk.position()
        desk.void(back)
        told = desk.changes(f"2001-01-05{was}", "2001-01-05")
        assert said(told).startswith(", on record again, is reported detained since August 2000 (")
        text = render.write("changes", told, "md")
        assert "1 person: 1 on record again (now detained)." in text

    def test_other_rules(self, desk: Desk):

        from habeas.case import comparing  # noqa: PLC0415
        from habeas.projections.question import rules_from  # noqa: PLC0415

        desk.status("ana", "detained", "g1", when="2000-08")
        asked = comparing.side_named(desk.case, "2001-01-05")
        strict = asked._replace(rules=rules_from({"accept": "confirmed"}), projection="strict")
        data = comparing.compare(desk.case, asked, strict).data
        assert headings(data) == ["Asked under other rules (1)"]
        assert said(data) == (
            "is now of unknown status; before, reported detained since August 2000; this is now "
            "reported, but not confirmed (asked under the rules of “strict”, before “default”)."
        )

    def test_evidence_that_changes_nothing(self, desk: Desk):
        for voice in ("wire", "mara"):
            desk.status("ana", "released", "g1", when="2001-01-04", origin=voice)
        next_day(desk)
        desk.status("ana", "released", "g2", when="2001-01-04")
        assert news(desk)["changes"] == []
        data = desk.changes("2001-01-05", "2001-01-08", evidence=True)
        assert headings(data) == ["Evidence added (1)", "Sources"]
        assert said(data) == (
            f"is still confirmed released on 4 January 2001, with 1 more claim on record ({G2})."
        )


class TestThePage:
    def test_totals_stand_at_the_top_and_the_basis_at_the_foot(self, desk: Desk):
        for one in ("ana", "bea"):
            desk.status(one, "detained", "g1", when="2000-08")
        next_day(desk)
        desk.status("ana", "released", "g2", when="2001-01-07")
        desk.status("bea", "died", "g2", when="2001-01-07")
        desk.status("cleo", "detained", "g2", when="2000")
        text = render.write("changes", news(desk), "md", title="The week")
        first, *rest = text.split("\n\n")
        assert first == "# The week, from 5 to 8 January 2001"
        assert rest[0] == (
            "What is known has changed for 3 persons: 2 with another status (1 now dead, 1 now "
            "released) and 1 new on record (now detained)."
        )
        root = news(desk)["to"]["log_root"][:16]
        assert rest[-1].splitlines()[1] == (
            f"To: case invented, as of 2001-01-08, log position 16, root {root}…, projection "
            "default."
        )
        assert "reported: said without a hedge, but by fewer." in rest[-2]
        assert "- The Gazette: “Title of g2”, 8 January 2001 (g2)" in rest

    def test_the_dead_come_first(self, desk: Desk):
        next_day(desk)
        for one, status in (("ana", "detained"), ("bea", "died"), ("cleo", "released")):
            desk.status(one, status, "g2", when="2001-01-06")
        assert list(sentences(news(desk))) == ["Bea", "Cleo", "Ana"]

    def test_nothing_changed(self, desk: Desk):
        text = render.write("changes", desk.changes("2001-01-05", "2001-01-05"), "md")
        assert "Nothing has changed in the answers on the days asked; " in text

    def test_an_earlier_spell_is_not_compared_and_that_is_said(self, desk: Desk):
        arrest = desk.status("ana", "detained", "g1", when="2000-08-02")
        desk.status("ana", "released", "g1", when="2001-01-04")
        at = desk.case.store.head().position
        desk.correct(arrest, when="2000-07-02")
        told = desk.changes(f"@{at}", f"@{desk.case.store.head().position}")
        assert told["changes"] == []
        assert "`habeas timeline` shows earlier spells." in render.write("changes", told, "table")

    def test_back_in_time_is_said(self, desk: Desk):
        next_day(desk)
        desk.status("ana", "detained", "g2", when="2000-08")
        back = desk.changes("2001-01-08", "2001-01-05")
        assert "This reads back in time" in render.write("changes", back, "md")
        assert "This reads back in time" not in render.write("changes", news(desk), "md")

    @pytest.mark.parametrize(
        ("ends", "span"),
        [
            (("2001-01-05", "2001-01-08"), "from 5 to 8 January 2001"),
            (("2000-12-31", "2001-01-08"), "from 31 December 2000 to 8 January 2001"),
            (("2001-01-05@3", "2001-01-05@5"), "from @3 to @5 of the log, as of 5 January 2001"),
            (("2001-01-05@3", "2001-01-08@5"), "from 5 January 2001 at @3 to 8 January 2001 at @5"),
            (
                ("2001-01-05T12:00:00-04:00", "2001-01-08"),
                "from 2001-01-05T12:00:00-04:00, on 5 January 2001 to 8 January 2001",
            ),
        ],
    )
    def test_the_heading_says_what_is_compared(self, desk: Desk, ends, span):
        text = render.write("changes", desk.changes(*ends), "md")
        assert text.splitlines()[0] == f"# What changed in invented, {span}"

    def test_a_name_is_no_mark_up(self, desk: Desk):
        desk.person("ana", "*Ana* [x](y)")
        next_day(desk)
        desk.status("ana", "detained", "g2", when="2000-08")
        assert r"- **\*Ana\* \[x\](y)**, not on" in render.write("changes", news(desk), "md")

    def test_every_format_says_who_changed(self, desk: Desk):
        desk.status("ana", "detained", "g1", when="2000-08")
        next_day(desk)
        desk.status("ana", "released", "g2", when="2001-01-08")
        data = news(desk)
        assert json.loads(render.write("changes", data, "json")) == data
        [line] = render.write("changes", data, "nl").splitlines()
        assert json.loads(line)["known_on"] == "2001-01-08"
        [row] = csv.DictReader(io.StringIO(render.write("changes", data, "csv"), newline=""))
        assert (row["status_before"], row["status_after"]) == ("detained", "released")
        assert row["sentence"].startswith("Ana is now reported released on 8 January 2001; before")
        table = render.write("changes", data, "table", width=120)
        assert "detained since 2000-08, reported" in table
        assert "reported: g2" in table


class TestDates:
    @pytest.mark.parametrize(
        ("edtf", "bare", "on", "since"),
        [
            ("2001-01-08", "8 January 2001", "on {}", "since {}"),
            ("2000-08", "August 2000", "in {}", "since {}"),
            ("2000", "2000", "in {}", "since {}"),
            ("[2001-01-08..2001-01-09]", "8 or 9 January 2001", "on {}", "since {}"),
            ("[2000-12-31..2001-01-01]", "31 December 2000 or 1 January 2001", "on {}", "since {}"),
            ("[2001-01-02..2001-01-04]", "between 2 and 4 January 2001", "{}", "since a day {}"),
            (
                "[2000-08-01..2000-10-31]",
                "between August and October 2000",
                "{}",
                "since a time {}",
            ),
            ("[2000..2001]", "2000 or 2001", "in {}", "since {}"),
            ("[..2001-01-08]", "8 January 2001 or earlier", "on {}", "since {}"),
            ("[2001-01-08..]", "8 January 2001 or later", "on {}", "since {}"),
            ("2000~", "about 2000", "in {}", "since {}"),
            ("2001?-01-08", "8 January 2001", "on {} (inferred)", "since {} (inferred)"),
        ],
    )
    def test_as_vague_as_they_are(self, edtf: str, bare: str, on: str, since: str):
        assert prose_dates.bare(edtf) == bare
        assert prose_dates.on(edtf) == on.format(bare)
        assert prose_dates.since(edtf) == since.format(bare)

    def test_a_date_not_told(self):
        assert prose_dates.on("../..") == "at a time not told"
        assert prose_dates.since("../..") == "since a time not told"

    def test_within_is_narrower_and_never_the_same(self):
        assert prose_dates.within("2001-01-08", "[..2001-01-09]")
        assert not prose_dates.within("[..2001-01-09]", "2001-01-08")
        assert not prose_dates.within("2001-01", "2001-01")


STANDINGS = st.sampled_from(["confirmed", "reported", "disputed", "unconfirmed", "expected"])
DATES = st.sampled_from(["2001-01-08", "2000-08", "[2001-01-02..2001-01-04]", "[..2001-01-08]"])


@st.composite
def items(draw: st.DrawFn) -> dict:
    status = draw(st.sampled_from(STATUSES))
    return {
        "status": status,
        "custody": CUSTODY_OF[status],
        "since": draw(st.none() | DATES),
        "standing": draw(STANDINGS),
    }


@st.composite
def facts(draw: st.DrawFn) -> dict:
    """What an answer may say of somebody."""
    known = draw(items())
    if draw(st.booleans()):
        known = {"status": "unknown", "custody": "unknown", "since": None, "standing": None}
    certainty = draw(st.sampled_from(["certain", "possible"])) if known["standing"] else None
    ended = draw(st.booleans()) and known["standing"] is None
    return known | {
        "name": draw(st.sampled_from(["Ana", "Anna"])),
        "certainty": certainty,
        "vouched": draw(st.booleans()),
        "custody_since": "2000" if ended else known["since"],
        "custody_standing": "reported" if ended else known["standing"],
        "presumed": draw(st.sampled_from([None, "held"])),
        "contested": False,
        "disputes": draw(st.lists(st.sampled_from(["date", "label", "status"]), unique=True)),
        "place": draw(st.sampled_from([None, "The Tower", "The Fort"])),
        "pending": draw(st.lists(items(), max_size=2)),
        "contradicted": draw(st.lists(items(), max_size=2)),
    }


@given(st.none() | facts(), st.none() | facts())
def test_whatever_changes_is_one_sentence(before: dict | None, after: dict | None):
    if before == after:
        return
    told = {"before": before, "after": after, "causes": []}
    change = {"person": "ana", "name": "Ana", "kinds": [], **told}
    said = clauses(change)
    assert said.startswith((", not on record before, is ", "is "))
    assert "None" not in said
    assert "  " not in said
    assert "." not in said
    assert change_groups.sort_of(change) != "evidence"


def test_every_status_has_its_words():
    assert SAID.keys() == set(STATUSES)


class TestMarksOfDates:
    def test_about_and_inferred_are_said_before_and_now(self, desk: Desk):
        desk.status("ana", "detained", "g1", when="2000-08~")
        next_day(desk)
        desk.status("ana", "released", "g2", when="2001-01?")
        desk.status("bea", "died", "g2", stance="unconfirmed", when="2000-12%")
        told = news(desk)
        assert sentences(told) == {
            "Ana": "is now reported released in January 2001 (inferred); before, reported "
            f"detained since about August 2000 ({G2}).",
            "Bea": ", not on record before, is of unknown status; a death in about December 2000 "
            "(inferred) is told of, but unconfirmed (The Gazette, without confirmation, "
            "8 January 2001, ¶ 2).",
        }
        assert told["changes"][0]["before"]["since"] == "2000-08"
        assert "about 2000-08" in render.write("changes", told, "table")
        assert "January 2001 (inferred)" in feeds.feed_text(told, "atom")

    def test_an_answer_that_the_read_model_settles_has_them_too(self, desk: Desk):
        desk.status("ana", "detained", "g1", when="2000-08~")
        next_day(desk)
        desk.status("ana", "released", "g2", when="2001-01-07?")
        replayed = news(desk)
        desk.case.rebuild()
        assert news(desk) == replayed


class TestGroups:
    """A group that comes back is told of again, by our act and with its reason."""

    @pytest.fixture
    def listed(self, desk: Desk) -> str:
        given = {"group": "list", "label": "those on the list", "status": "released"}
        number = {"low": 3, "operator": "=", "stance": "asserted", "locator": "¶ 4"}
        return desk.add(GroupClaimed, document="g1", **given, **number)

    def test_a_withdrawal_that_is_voided(self, desk: Desk, listed: str):
        back = desk.withdraw(listed, "g1")
        was = desk.position()
        desk.void(back)
        told = desk.changes(f"2001-01-05{was}", "2001-01-05")
        assert said(told) == (
            ", told of again, are said to be released: 3 said, nobody named (our record of The "
            "Gazette, 5 January 2001, ¶ 9, voided on 5 January 2001: twice)."
        )
        assert "voided: g1" in render.write("changes", told, "table")

    def test_what_was_never_told(self, desk: Desk, listed: str):
        told = desk.changes("2001-01-04", "2001-01-05")
        assert said(told).startswith(", not told of before, are said to be released: 3 said")
