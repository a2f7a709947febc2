"""Output formats: what is safe to show, what reads well, and bytes that stay the same."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas import render
from habeas.events import TAGS
from habeas.render import layout, safe, sentences, words
from habeas.vocabulary import STANCES, STATUSES

BASIS = {
    "case": "invented",
    "as_of": "2001-02-03",
    "as_of_instant": "2001-02-03T23:59:59.999999Z",
    "on": "2001-02-03",
    "log_position": 7,
    "log_root": "ab" * 32,
    "projection": "default",
    "rules": {"corroboration": 2},
    "engine": "1",
    "audience": "public",
    "withheld": 0,
    "redacted": 0,
}


def claim(**more: object) -> dict:
    return {
        "event": "a" * 20,
        "voice": "outlet",
        "origin": "outlet",
        "document": "d-1",
        "stance": "asserted",
        "status": "detained",
        "when": "2001-01",
    } | more


def footnote(**more: object) -> dict:
    return (
        claim(
            origin_name="The Outlet",
            voice_name="The Outlet",
            kind="media",
            publisher="outlet",
            publisher_name="The Outlet",
            title="Nobody was released",
            url=None,
            via=[],
            via_names=[],
            published="2001-02-03?",
            reported=None,
            said=None,
            known_at="2001-02-03T23:59:59.999999Z",
            known_on="2001-02-03",
            basis=None,
            locator="¶ 4",
            place="The Tower",
            authority=None,
            group=None,
            named=None,
            note=None,
            ref=None,
            corrected=False,
            corrections=[],
        )
        | more
    )


def person(**more: object) -> dict:
    return {
        "person": "person-1",
        "name": "Nobody One",
        "status": "detained",
        "custody": "held",
        "since": "2001-01",
        "certainty": "certain",
        "standing": "reported",
        "vouched": False,
        "custody_since": "2001-01",
        "custody_standing": "reported",
        "presumed": None,
        "contested": False,
        "disputes": [],
        "place": "The Tower",
        "last_known_at": "2001-02-03T23:59:59.999999Z",
        "support": [claim()],
        "against": [],
        "pending": [],
        "contradicted": [],
        "unknown": [],
    } | more


HELD = {"least_days": 2, "most_days": 32, "text": "between 2 and 32 days"}


def spell(**more: object) -> dict:
    event = {
        "status": "detained",
        "since": "2001-01",
        "dates": ["2001-01"],
        "standing": "reported",
        "reported": True,
        "support": [footnote()],
        "sightings": [],
        "against": [],
    }
    return {
        "status": "detained",
        "custody": "held",
        "since": "2001-01",
        "until": "2001-02-02",
        "held": HELD,
        "standing": "reported",
        "disputes": [],
        "support": [footnote()],
        "against": [],
        "events": [event],
    } | more


def story(**more: object) -> dict:
    return (
        person(
            before=None,
            held=HELD,
            last_known_on="2001-02-03",
            since_spoken={},
            spells=[spell()],
            replaced=[],
            not_counted=[],
            details=[],
            remarks=[],
            merged=[],
            aliases=[],
            idle=[],
            withdrawn=[],
        )
        | more
    )


def answer(*persons: dict) -> dict:
    return {"basis": BASIS, "persons": list(persons)}


EVENT = {
    "seq": 3,
    "id": "b" * 20,
    "type": "status.claimed",
    "version": 1,
    "recorded": "2001-02-03T04:05:06.000007Z",
    "recorder": "a tester",
    "salt": "00" * 16,
    "data": {
        "document": "d-1",
        "locator": "¶ 4",
        "person": "person-1",
        "stance": "denied",
        "status": "house_arrest",
        "when": "[2001-01-02..2001-01-04]",
    },
}
LOG = {"case": "invented", "log_position": 7, "log_root": "ab" * 32, "events": [EVENT]}
SHOWN = {
    "case": "invented",
    "log_position": 7,
    "event": EVENT,
    "now": {"data": EVENT["data"], "voided": False, "newest": "b" * 20},
    "withdrawals": [],
    "acts": [],
}
ALL = {
    "roster": answer(person(), person(status="house_arrest")),
    "person": answer(story()),
    "timeline": answer(story()),
    "explain": answer(story()),
    "log": LOG,
    "event": SHOWN,
}


class TestFormats:
    @pytest.mark.parametrize("view", ALL)
    @pytest.mark.parametrize("format_", render.FORMATS)
    def test_every_view_has_every_format(self, view: str, format_: str):
        text = render.write(view, ALL[view], format_, title="A title", width=80)
        assert text.endswith("\n")
        assert text == render.write(view, ALL[view], format_, title="A title", width=80)

    def test_an_unknown_format_is_refused_with_those_there_are(self):
        with pytest.raises(render.UnknownFormat) as caught:
            render.write("roster", answer(), "xml")
        assert "csv" in (caught.value.hint or "")

    def test_json_is_the_answer_itself(self):
        data = answer(person(name="Nadie Ñandú"))
        text = render.write("roster", data, "json")
        assert json.loads(text) == data
        assert "Ñandú" in text

    @pytest.mark.parametrize("view", ["roster", "person", "timeline", "explain"])
    def test_every_line_of_nl_names_its_basis(self, view: str):
        lines = render.write(view, ALL[view], "nl").splitlines()
        assert lines
        for line in lines:
            one = json.loads(line)
            assert (one.get("answer") or one["basis"])["log_root"] == BASIS["log_root"]

    def test_nl_of_the_log_has_the_keys_in_the_order_of_the_text_log(self):
        [line] = render.write("log", LOG, "nl").splitlines()
        assert json.loads(line) == EVENT
        assert list(json.loads(line)) == sorted(EVENT)

    @pytest.mark.parametrize("view", ["roster", "person", "timeline", "explain"])
    @pytest.mark.parametrize("format_", ["table", "md"])
    def test_a_page_states_its_basis_at_the_foot(self, view: str, format_: str):
        text = render.write(view, ALL[view], format_)
        foot = text.rstrip("\n").split("\n\n")[-1].replace("\n", " ")
        for part in ("case invented", "as of 2001-02-03", "position 7", "abababababababab"):
            assert part in foot

    def test_nothing_known_is_said_and_not_shown_as_an_empty_table(self):
        assert "Nothing was known" in render.write("roster", answer(), "table")
        assert "Nothing was known" in render.write("explain", answer(), "md")


class TestSpreadsheet:
    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_a_text_that_would_run_gets_an_apostrophe(self, start: str):
        assert safe.csv_field(f"{start}1+1").lstrip('"').startswith(f"'{start}")

    def test_numbers_and_truth_are_written_plainly(self):
        fields = [safe.csv_field(one) for one in (-3, True, None, "plain")]
        assert fields == ["-3", "true", "", "plain"]

    @given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
    def test_any_text_comes_back_out_of_a_reader(self, cells: list[str]):
        line = ",".join(map(safe.csv_field, cells)) + "\r\n"
        [read] = csv.reader(io.StringIO(line, newline="")) if any(cells) else [cells]
        expected = [
            f"'{one}" if one.startswith(("=", "+", "-", "@", "\t", "\r")) else one for one in cells
        ]
        assert read == expected

    def test_rows_end_in_crlf_and_have_as_many_fields_as_the_head(self):
        text = render.write("roster", ALL["roster"], "csv")
        assert text.count("\r\n") == text.count("\n") == 3
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert {len(row) for row in rows} == {len(rows[0])}


UNSEEN = "a\x1b[31mb\u202ec\x00d\u2028e\u200bf\x9bg"


class TestSafety:
    @pytest.mark.parametrize("format_", ["table", "md"])
    @pytest.mark.parametrize("view", ["roster", "person", "timeline", "explain"])
    def test_what_a_terminal_would_obey_is_shown(self, view: str, format_: str):
        text = render.write(view, answer(story(name=UNSEEN, place=UNSEEN)), format_)
        assert not set(text) & set("\x1b\u202e\x00\u2028\u200b\x9b")
        assert "U+202E" in text

    @given(st.text())
    def test_no_control_character_is_left(self, text: str):
        shown = safe.visible(text)
        assert all(one.isprintable() or one in "\u200c\u200d" or ord(one) > 127 for one in shown)
        assert not set(shown) & set("\r\n\t\x1b\x7f\u202a\u202e\u2066\u2069")

    def test_names_keep_their_accents_and_joiners(self):
        name = "Ñandú می‌خواهم"
        assert safe.visible(name) == name

    @pytest.mark.parametrize(
        "text", ["a|b", "*a*", "<b>", "[x](y)", "`c`", "&lt;", "# h", "1. x", "- x"]
    )
    def test_markdown_shows_the_text_itself(self, text: str):
        escaped = safe.markdown(text)
        assert escaped != text
        assert escaped.replace("\\", "") == text

    def test_a_cell_cannot_break_its_table(self):
        text = render.write("roster", answer(person(name="a | b\n| c |")), "md")
        rows = [line for line in text.splitlines() if line.startswith("|")]
        assert len(rows) == 3


class TestLayout:
    def test_wide_characters_take_two_cells_and_marks_none(self):
        assert layout.width_of("ab") == 2
        assert layout.width_of("日本") == 4
        assert layout.width_of("e\u0301") == 1

    @given(st.text("ab é日\u0301", max_size=60), st.integers(4, 20))
    def test_wrapped_lines_fit_and_lose_nothing(self, text: str, width: int):
        lines = layout.wrap(text, width)
        assert all(layout.width_of(line) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")

    def test_columns_are_aligned_by_cells(self):
        lines = layout.table(("A", "B"), [("日本", "x"), ("abcd", "y")], 40)
        assert [layout.width_of(line) for line in lines[2:]] == [7, 7]

    def test_a_table_is_made_to_fit(self):
        rows = [("word " * 20, "other " * 20)]
        assert max(map(len, layout.table(("A", "B"), rows, 50))) <= 50


class TestWords:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (None, "–"),
            ("2001-01-08", "2001-01-08"),
            ("2001-01-08~", "about 2001-01-08"),
            ("2001?-01-08", "2001-01-08 (inferred)"),
            ("2001-22", "summer 2001"),
            ("[..2001-01-08]", "by 2001-01-08"),
            ("[2001-01-08..]", "2001-01-08 or later"),
            ("[2001-01-08..2001-01-10]", "between 2001-01-08 and 2001-01-10"),
            ("[2001-01-08,2001-01-09]", "2001-01-08 or 2001-01-09"),
            ("2001-01/..", "since 2001-01, and still so when told"),
            ("2001-01/2001-03~", "from 2001-01 to about 2001-03"),
            ("2001-01/", "from 2001-01, until a time not told"),
            ("/2001-03", "until 2001-03"),
            ("../2001-01-16", "on 2001-01-16"),
            ("../..", "not known"),
        ],
    )
    def test_dates(self, text: str | None, said: str):
        assert words.date(text) == said

    @pytest.mark.parametrize("status", STATUSES)
    def test_no_status_is_shown_with_an_underscore(self, status: str):
        assert "_" not in words.status(status)

    def test_house_arrest_is_not_shown_as_free(self):
        assert words.status("house_arrest") == "under house arrest"

    @pytest.mark.parametrize("stance", STANCES)
    def test_every_stance_has_its_verb(self, stance: str):
        assert words.SAYS[stance]


class TestRoster:
    def table(self, *persons: dict) -> str:
        return render.write("roster", answer(*persons), "table", width=160)

    def test_a_possible_status_says_so_and_is_explained(self):
        text = self.table(person(certainty="possible"))
        assert "possibly detained" in text
        assert "possibly: by the dates told" in text

    def test_who_is_only_told_released_is_presumed_held(self):
        item = {"status": "released", "custody": "out", "since": "2001-02-02"}
        pending = [item | {"standing": "unconfirmed", "support": [claim()]}]
        text = self.table(
            person(status="unknown", custody="unknown", since=None, standing=None,
                   certainty=None, custody_since=None, custody_standing=None,
                   presumed="held", pending=pending)
        )  # fmt: skip
        assert "unknown (presumed in custody)" in text
        assert "pending: released (unconfirmed)" in text

    def test_a_custody_better_supported_than_the_status_is_told(self):
        text = self.table(person(status="sent_abroad", custody="out", custody_standing="confirmed"))
        assert "sent abroad" in text
        assert "out of custody since 2001-01 (confirmed)" in text

    def test_totals_count_each_status(self):
        assert "2 persons: 2 detained." in self.table(person(), person())


class TestTimeHeld:
    def test_of_a_person_in_all_and_by_spells(self):
        said = render.write("person", answer(story(spells=[spell(), spell()])), "md")
        assert "- **Held:** between 2 and 32 days, counted to 2001-02-03, 2 times in all" in said
        assert "| held for between 2 and 32 days |" in said
        assert "- **Last known:** 2001-02-03\n" in said

    def test_of_a_spell_out_of_custody_nothing_is_said(self):
        one = story(held=None, spells=[spell(custody="out", status="released", held=None)])
        assert "eld for" not in render.write("timeline", answer(one), "md")
        assert "- **Held" not in render.write("person", answer(one), "md")

    def test_where_there_is_no_knowing(self):
        unknown = {"least_days": 0, "most_days": None, "text": "unknown"}
        one = answer(story(held=unknown, spells=[spell(held=unknown)]))
        assert "held for a time not known" in render.write("timeline", one, "md")
        assert "Held for a time not known." in render.write("explain", one, "md")

    def test_as_fields_of_flat_records(self):
        rows = render.write("timeline", answer(story()), "csv").splitlines()
        assert ",held,least_days,most_days," in rows[0]
        assert ",between 2 and 32 days,2,32," in rows[1]
        rows = render.write("person", answer(story()), "csv").splitlines()
        assert ",between 2 and 32 days," in rows[1]


class TestQualifiers:
    @pytest.mark.parametrize(
        ("since", "whens", "shown"),
        [
            ("2024-08", ["2024-08~"], "2024-08~"),
            ("2024-08", ["2024-08~/.."], "2024-08~"),
            ("2024-08", ["2024-08~", "2024-08~/2025~"], "2024-08~"),
            ("2024-08", ["2024-08~", "2024-08"], "2024-08"),
            ("2024-08", ["2024-08~", "2024-08?"], "2024-08"),
            ("2024-08", ["2024", "2024-08%"], "2024-08%"),
            ("2024-08", [None], "2024-08"),
            (None, ["2024-08~"], None),
        ],
    )
    def test_a_reader_sees_what_all_put_to_a_date(self, since, whens, shown):
        assert words.as_told(since, [{"when": one} for one in whens]) == shown

    def test_in_every_view_of_a_person(self):
        about = claim(when="2001-01~")
        one = answer(story(support=[about], spells=[spell(support=[about])]))
        for view in ("roster", "person", "timeline"):
            assert "about 2001-01" in render.write(view, one, "md")
        assert '"since": "2001-01"' in render.write("person", one, "json")


class TestSpokenSince:
    def test_who_knows_by_now_is_marked(self):
        unknown = footnote(stance="unknown", voice="sister", event="c" * 20)
        one = answer(story(unknown=[unknown], since_spoken={"c" * 20: ["d" * 20]}))
        assert "sister (who has since spoken)" in render.write("person", one, "md")
        assert "Has since spoken: event dddddddd." in render.write("explain", one, "md")


class TestPending:
    def test_what_is_only_expected_is_not_said_to_be_so(self):
        item = {
            "status": "released",
            "custody": "out",
            "since": "[2001-02-03..]",
            "standing": "expected",
            "support": [claim()],
        }
        said = render.write("person", answer(story(pending=[item])), "md")
        assert "- **Pending:** released, expected 2001-02-03 or later" in said


class TestExplanation:
    def text(self, **more: object) -> str:
        data = answer(story(**more))
        return " ".join(render.write("explain", data, "table", width=120).split())

    def test_a_footnote_says_who_what_where_and_since_when(self):
        text = self.text()
        assert "The Outlet (media) says: detained, 2001-01, The Tower." in text
        assert "[d-1 ¶ 4, known from 2001-02-03; event aaaaaaaa]" in text
        assert "d-1: “Nobody was released”, The Outlet, published 2001-02-03 (inferred)" in text

    def test_who_only_relayed_is_named(self):
        one = footnote(origin="wife", origin_name="The wife", kind="family", via_names=["Radio"])
        relayed = spell(events=[spell()["events"][0] | {"support": [one | {"via": ["radio"]}]}])
        assert "relayed by Radio" in self.text(spells=[relayed])

    def test_what_a_voice_replaced_is_told_with_the_reason(self):
        old = footnote(event="c" * 20, replaced_by="a" * 20, reason="later word")
        assert "Set aside: its later word, in d-1 ¶ 4 (aaaaaaaa)" in self.text(replaced=[old])

    def test_what_was_withdrawn_is_told_with_by_whom(self):
        old = footnote(withdrawals=[footnote(document="d-2")])
        assert "Withdrawn by The Outlet: [d-2 ¶ 4" in self.text(withdrawn=[old])

    def test_ignorance_details_and_remarks_have_their_own_words(self):
        text = self.text(
            unknown=[footnote(stance="unknown", status="released", when=None, place=None)],
            details=[footnote(key="charge", value="treason", status=None, when=None)],
            remarks=[footnote(text="No list was published", status=None)],
        )
        assert "does not know whether: released." in text
        assert "says, of charge: treason." in text
        assert "says: No list was published." in text


class TestLog:
    def test_an_event_is_a_sentence(self):
        said = sentences.sentence(EVENT)
        assert said == (
            "person-1: under house arrest, between 2001-01-02 and 2001-01-04 (denied) [d-1 ¶ 4]"
        )

    def test_a_redacted_event_says_so(self):
        leaf = {key: EVENT[key] for key in ("seq", "id", "type", "version", "recorded")}
        assert sentences.sentence(leaf) == "(redacted, or withheld)"
        shown = SHOWN | {"event": leaf | {"commitment": "00" * 32}, "now": None}
        assert "its place in the log is proven" in render.write("event", shown, "table")

    def test_a_correction_shows_what_the_event_says_now(self):
        new = EVENT["data"] | {"when": "2001-01-03"}
        shown = SHOWN | {"now": {"data": new, "voided": False, "newest": "c" * 20}}
        text = render.write("event", shown, "table")
        assert "It is corrected, and says now:" in text
        assert "2001-01-03" in text

    def test_every_type_of_event_has_its_sentence(self):
        assert {name for name, _ in TAGS} == set(sentences._SAID)

    def test_the_end_of_a_spell_and_what_is_pending_are_said_as_told(self):
        ended = spell(support=[claim(when="2001-01~")], until="2001-02")
        after = spell(custody="out")
        after["events"] = [after["events"][0] | {"support": [footnote(when="2001-02?")]}]
        died = {"status": "died", "custody": "dead", "standing": "unconfirmed"}
        died |= {"since": "2001-03", "support": [footnote(when="2001-03~")]}
        one = answer(story(spells=[ended, after], pending=[died]))
        for view in ("person", "timeline", "explain"):
            said = render.write(view, one, "md")
            assert "2001-02 (inferred)" in said
            assert "about 2001-03 (unconfirmed)" in said

    def test_beside_a_date_that_is_told_elsewhere(self):
        marked = words.marked({"since": "2001-01", "as_told": {"since": "2001-01~"}})
        assert marked == {"since": "2001-01~"}
        inner = words.marked({"since": None, "pending": [{"since": "2001", "as_told": {}}]})
        assert inner == {"since": None, "pending": [{"since": "2001"}]}
