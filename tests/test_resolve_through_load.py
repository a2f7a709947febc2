"""The 200 worked persons through dossiers and the JSON of `status`: the whole way.

Each voice is a party of its own for its person; the family, the lawyer and the detainee are his.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from habeas.case import Case

CASES = json.loads((Path(__file__).parent / "data" / "resolve-cases.json").read_text())
PERSONAL = {"detainee", "family", "lawyer"}
ZONE = "America/Caracas"


def table(heading, /, **values):
    """Return a table of TOML; JSON's strings are TOML's."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in values.items() if value is not None]
    return "\n".join([f"[[{heading}]]", *lines, ""])


def dossier(number, case):
    """Return the dossier of a worked person: his voices, a document a claim, and the claims."""
    person = f"p-{number:03}"
    parts = [table("person", person=person, name=f"Person {number}")]
    kinds = {claim["voice"]: claim["kind"] for claim in case["claims"]}
    for voice, kind in kinds.items():
        of = person if kind in PERSONAL else None
        party = f"{person}-{voice}"
        parts.append(table("party", party=party, name=f"{voice} {number}", kind=kind, of=of))
    claims = []
    for place, claim in enumerate(case["claims"]):
        document, origin = f"{person}-d{place}", f"{person}-{claim['voice']}"
        known = claim["known"]
        title = f"Document {place}"
        parts.append(
            table("document", document=document, publisher=origin, published=known, title=title)
        )
        values = {key: claim[key] for key in ("status", "stance", "when")}
        claims.append(table("status", person=person, document=document, **values))
    return "\n".join(parts + claims)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """Return a case in a real database that holds all worked persons."""
    folder = tmp_path_factory.mktemp("worked")
    case_file = f'[case]\ncase = "worked"\ntitle = "Worked persons"\ntimezone = "{ZONE}"\n'
    (folder / "case.toml").write_text(case_file)
    for number, case in enumerate(CASES):
        (folder / f"{number:03}.toml").write_text(dossier(number, case))
    with Case.open(folder / "worked.db", create=True) as case:
        done = case.load([folder])
        assert [str(finding) for finding in done.findings] == []
        yield case


def said(row):
    """Return of a row what the worked answers tell."""
    answer = {key: row[key] for key in CASES[0]["asks"][0]["expect"]}
    for key in ("pending", "contradicted"):
        answer[key] = sorted([item["custody"], item["since"]] for item in row[key])
    return answer


@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_worked_person_is_answered_as_expected(loaded, number):
    for ask in CASES[number]["asks"]:
        answer = loaded.status(f"p-{number:03}", as_of=ask["as_of"], on=ask["on"])
        expect = {**ask["expect"]}
        for key in ("pending", "contradicted"):
            expect[key] = sorted(list(item) for item in expect[key])
        assert said(json.loads(json.dumps(answer.data))["persons"][0]) == expect, ask
