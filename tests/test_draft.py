"""The skeleton of a dossier: valid TOML, complete when its blanks are filled, and no more."""

from __future__ import annotations

import hashlib
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas import dossier
from habeas.draft import SIZE_MAX, draft
from habeas.errors import HabeasError

ARTICLE = """\
The Harbour Courier, 6 March.

Ilse Varga and Tomás Quill are free, said the minister of the interior.
\tQuill was seen by his sister in the port of Old Haven.
Lantern counted 41 prisoners. Andrea Martel was not named.
""".encode()
PARTIES = [("lantern", "Lantern"), ("harbour-courier", "Harbour Courier"), ("un", "United Nations")]
PERSONS = [
    ("ilse-varga", "Ilse Varga", ()),
    ("tomas-quill", "Tomas Quill", ("T. Quill",)),
    ("andres-martel", "Andrés Martel", ()),
    ("nadia-ore", "Nadia Oré", ("Nadia Oré Lind",)),
]


@pytest.fixture
def skeleton():
    return draft(ARTICLE, "/home/somebody/courier.txt", PARTIES, PERSONS)


def filled(text):
    values = {
        "document": "courier-2019-03-06",
        "publisher": "harbour-courier",
        "published": "2019-03-06",
        "title": "First releases",
    }
    for key, value in values.items():
        assert f'\n{key} = ""' in text
        text = text.replace(f'\n{key} = ""', f'\n{key} = "{value}"')
    return text


def test_is_toml_with_the_hash_and_the_language(skeleton):
    document = tomllib.loads(skeleton)["document"]
    assert document["sha256"] == hashlib.sha256(ARTICLE).hexdigest()
    assert document["language"] == "en"


def test_its_blanks_are_faults_until_they_are_filled(skeleton):
    empty = dossier.read("seeds/courier.toml", skeleton.encode())
    assert len(empty.findings) == 4
    full = dossier.read("seeds/courier.toml", filled(skeleton).encode())
    assert not full.findings
    assert [type(each.event).__name__ for each in full.entries] == ["DocumentRegistered"]


def test_the_claim_it_shows_loads_when_filled(skeleton):
    start = skeleton.index("# [[status]]")
    end = skeleton.index("\n\n", start)
    claim = skeleton[start:end].replace("\n# ", "\n").removeprefix("# ")
    for key, value in {"person": "ilse-varga", "status": "released", "stance": "asserted"}.items():
        claim = claim.replace(f'\n{key} = ""', f'\n{key} = "{value}"')
    claim = claim.replace('when = ""', 'when = "2019-03"').replace(
        'origin = ""', 'origin = "lantern"'
    )
    full = dossier.read("seeds/courier.toml", (filled(skeleton) + "\n" + claim).encode())
    assert not full.findings
    assert full.entries[-1].event.status == "released"


def test_paragraphs_are_the_lines_that_are_not_empty(skeleton):
    assert "# ¶ 1: The Harbour Courier, 6 March." in skeleton
    assert "# ¶ 3: Quill was seen by his sister" in skeleton
    assert "¶ 5" not in skeleton


def test_says_at_the_top_that_its_comments_must_go(skeleton):
    assert skeleton.startswith("# Delete every comment")


def test_names_the_file_and_not_the_folder_it_lies_in(skeleton):
    assert "courier.txt" in skeleton
    assert "somebody" not in skeleton


@pytest.mark.parametrize(
    ("shown", "why"),
    [
        ("ilse-varga (Ilse Varga): Ilse Varga (¶ 2)", "the name"),
        ("tomas-quill (Tomas Quill): Tomás Quill (¶ 2); Quill (¶ 3)", "accents, and a surname"),
        ("andres-martel (Andrés Martel): Andrea Martel (¶ 4)", "somebody else: a likeness only"),
        ("lantern (Lantern): Lantern (¶ 4)", "a party of one word"),
        ("harbour-courier (Harbour Courier): The Harbour Courier (¶ 1)", "with an article"),
    ],
)
def test_names_the_known_that_names_resemble(skeleton, shown, why):
    assert f"#   {shown}\n" in skeleton, why


def test_says_nothing_of_the_known_whom_no_name_resembles(skeleton):
    assert "nadia-ore" not in skeleton
    assert "#   un " not in skeleton


def test_spanish_is_recognised_and_too_little_is_not():
    spanish = "La ministra dijo que los presos de la isla salen en libertad con el perdón del rey."
    assert tomllib.loads(draft(spanish.encode(), "a.txt", [], []))["document"]["language"] == "es"
    assert "language" not in tomllib.loads(draft(b"Varga libre", "a.txt", [], []))["document"]


def test_refuses_what_is_not_utf_8_and_says_where():
    with pytest.raises(HabeasError, match=r"a\.txt:2: not UTF-8: byte 0xE9 at offset 7") as error:
        draft("abc\ncaf\xe9".encode("latin-1"), "a.txt", [], [])
    assert "iconv" in error.value.hint


def test_refuses_what_is_too_large():
    with pytest.raises(HabeasError, match="4,194,305 bytes"):
        draft(b"a" * (SIZE_MAX + 1), "a.txt", [], [])


@given(st.text(), st.text(max_size=20), st.lists(st.text(min_size=1, max_size=20), max_size=5))
def test_is_toml_whatever_the_article_says(text, filename, names):
    article = text.encode(errors="replace")
    written = draft(
        article,
        filename,
        [(f"party-{i}", name) for i, name in enumerate(names)],
        [(f"person-{i}", name, names) for i, name in enumerate(names)],
    )
    assert list(tomllib.loads(written)) == ["document"]


@given(st.text(alphabet="ABCab Áé-'’y\n", max_size=60))
def test_finds_every_name_that_stands_there(filler):
    written = draft(f"{filler}\nIlse Varga.".encode(), "a.txt", [], PERSONS)
    assert "ilse-varga" in written
