"""Two editors of one log: one wins, the other is told what came between, nothing is lost."""

from __future__ import annotations

import pytest

from habeas.case import Case, editing
from habeas.errors import Stale
from habeas.events import (
    CaseOpened,
    DocumentRegistered,
    PartyRegistered,
    PersonRegistered,
    StatusClaimed,
    build,
)


@pytest.fixture
def path(tmp_path):
    """Return a database with one claim, `gazette-1#arrest`."""
    path = tmp_path / "two.db"
    with Case.open(path, create=True) as case:
        case.append(
            build(CaseOpened, {"case": "two", "title": "Two", "timezone": "America/Caracas"}),
            build(PersonRegistered, {"person": "ana", "name": "Ana Pérez"}),
            build(PartyRegistered, {"party": "gazette", "name": "Gazette", "kind": "media"}),
            build(
                DocumentRegistered,
                {
                    "document": "gazette-1",
                    "publisher": "gazette",
                    "published": "2026-01-08",
                    "title": "A report",
                },
            ),
            build(
                StatusClaimed,
                {
                    "person": "ana",
                    "status": "detained",
                    "stance": "asserted",
                    "when": "2026-01-03",
                    "document": "gazette-1",
                    "ref": "arrest",
                },
            ),
        )
    return path


def corrected(when, follows):
    return editing.correct("gazette-1#arrest", {"when": when}, reason="misread", follows=follows)


def test_the_second_of_two_editors_is_told_what_came_between(path):
    with Case.open(path) as first, Case.open(path) as second:
        read = editing.thread_named(second.state(), "gazette-1#arrest").newest
        won = first.edit(corrected("2026-01-04", read), recorder="first")
        with pytest.raises(Stale, match=f"event {won.seq}") as told:
            second.edit(corrected("2026-01-05", read), recorder="second")
        assert f"--follows {won.id}" in (told.value.hint or "")
        assert second.state().position == won.seq
        assert second.status("ana", as_of="2026-01-08").persons[0]["since"] == "2026-01-04"


def test_the_second_may_follow_the_first_and_both_are_kept(path):
    with Case.open(path) as first, Case.open(path) as second:
        won = first.edit(corrected("2026-01-04", None), recorder="first")
        after = second.edit(corrected("2026-01-05", won.id), recorder="second")
        assert after.seq == won.seq + 1
        said = [
            first.status("ana", as_of="2026-01-08", at_log=at).persons[0]["since"]
            for at in ("@5", f"@{won.seq}", f"@{after.seq}")
        ]
        assert said == ["2026-01-03", "2026-01-04", "2026-01-05"]
