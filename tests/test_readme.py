"""What README.md tells of `projection.toml`: the example is one, and no key or word is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from habeas import projection_file
from habeas.projections import where
from habeas.resolve import Rules

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("## Publish an answer\n")[2].partition("\n## ")[0]


def test_the_example_of_a_projection_can_be_asked(tmp_path):
    [example] = re.findall(r"^```toml\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)
    path = tmp_path / "held" / projection_file.FILE_NAME
    path.parent.mkdir()
    path.write_text(example, encoding="utf-8")
    assert projection_file.read(path).view == "roster"


@pytest.mark.parametrize(
    "words",
    [
        projection_file.VIEWS,
        (*projection_file.FORMATS, *projection_file.FEEDS, *projection_file.PICTURES),
        where.KEYS,
        Rules._fields,
        ("title", "view", "case", "as_of", "numbers", "formats", "author", "url"),
    ],
)
def test_all_that_a_projection_may_say_is_told(words):
    assert [one for one in words if f"`{one}`" not in SECTION] == []
