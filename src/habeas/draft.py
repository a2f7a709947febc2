"""The skeleton of a dossier for an article: what a machine can fill in, and what helps a reader.

It reads no fact out of the text and decides nothing: that a name resembles a known one is shown as
a reason to look. A paragraph is a non-empty line of the file, counted from 1, as in `locator`.
The paragraphs stand in comments, for the drafter's eyes: no sentence of a source is to be kept.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from textwrap import wrap
from typing import Final, NamedTuple

from habeas.errors import HabeasError
from habeas.nearest import near
from habeas.vocabulary import fold

SIZE_MAX: Final = 4 * 2**20
"""An article has at most 4 MB."""

_LIKENESS: Final = 0.8
_SURNAME_MIN: Final = 4
_STOP_WORDS: Final = {
    "en": re.compile(r"\b(?:the|of|and|to|in|that|was|for|is|with|by|from|has|who|said)\b"),
    "es": re.compile(r"\b(?:el|la|los|las|de|del|que|en|una|por|con|para|se|su|fue)\b"),
}
_STOP_WORDS_MIN: Final = 5
_line_end: Final = re.compile(r"\r\n|\r|\n")
_unprintable: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_LINKS: Final = "de|del|la|las|los|da|do|dos|van|von|bin|al|of|for|the"
_capital: Final = r"(?:(?=[^\W\d_a-zß-öø-ÿ])[^\W_][\w’'-]*)"
_name: Final = re.compile(rf"{_capital}(?:(?:[ ](?:{_LINKS}))*[ ]{_capital}){{0,6}}")
_LINKING: Final = frozenset([*_LINKS.split("|"), "and", "y", "e"])

_HEAD: Final = """\
# Delete every comment before this file is committed: the paragraphs below are the source's own
# sentences, and none of them may enter the repository.
#
# A skeleton for {name}.
# Fill in what is empty; seeds/README.md tells how to read an article.
"""
_DOCUMENT: Final = """
[document]
document = ""  # such as "gazette-2026-01-09"
publisher = ""  # the id of a party
published = ""  # EDTF: 2026-01-09, or 2026-01-09? if you infer it
title = ""  # in our own words
{language}
sha256 = "{sha256}"
"""
_CLAIMS: Final = """
# Then its claims, each in a table of its own. Without `origin` it is the publisher who says it.
#
# [[status]]
# person = ""
# status = ""
# stance = ""  # asserted (if you leave it out), unconfirmed, expected, denied, unknown
# when = ""  # EDTF; leave it out if no time is told
# origin = ""  # the party to whom the document attributes it
# locator = "¶ 1"
"""


class Known(NamedTuple):
    """A person or party that may be named: its id, its names, and whether a surname is enough."""

    id: str
    names: tuple[str, ...]
    by_surname: bool


def draft(
    article: bytes,
    filename: str,
    parties: Iterable[tuple[str, str]],
    persons: Iterable[tuple[str, str, Sequence[str]]],
) -> str:
    """Write the skeleton of a dossier for the text in `article`.

    `parties` are (id, name), `persons` (id, name, aliases). Raises HabeasError for an article that
    is not UTF-8, or larger than 4 MB.
    """
    paragraphs = _paragraphs(_text(article, filename))
    known_persons = [
        Known(each, (name, *others), by_surname=True) for each, name, others in persons
    ]
    known_parties = [Known(each, (name,), by_surname=False) for each, name in parties]
    sha256 = hashlib.sha256(article).hexdigest()
    pieces = [
        _HEAD.format(name=_printable(PurePath(filename).name)),
        _DOCUMENT.format(language=_language(paragraphs), sha256=sha256),
        *_likenesses("persons", known_persons, paragraphs),
        *_likenesses("parties", known_parties, paragraphs),
        _CLAIMS,
        "\n# The paragraphs:\n#\n",
        *(_comment(number, text) for number, text in enumerate(paragraphs, 1)),
    ]
    return "".join(pieces)


def _text(article: bytes, filename: str) -> str:
    if len(article) > SIZE_MAX:
        message = f"{filename}: {len(article):,} bytes; an article has at most {SIZE_MAX:,} (4 MB)"
        raise HabeasError(message, hint="save the article alone, as plain text")
    try:
        return article.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = article.count(b"\n", 0, error.start) + 1
        byte = f"byte 0x{article[error.start]:02X} at offset {error.start:,}"
        hint = "save it as UTF-8, or: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW-FILE"
        raise HabeasError(f"{filename}:{line}: not UTF-8: {byte}", hint=hint) from None


def _paragraphs(text: str) -> list[str]:
    """Return the non-empty lines of a text, fit to stand in a comment."""
    return [_printable(line) for line in _line_end.split(text) if line.strip()]


def _printable(text: str) -> str:
    return _unprintable.sub(" ", text).strip()


def _comment(number: int, text: str) -> str:
    first, *more = wrap(text, width=90) or [""]
    return "".join([f"# ¶ {number}: {first}\n", *(f"#     {line}\n" for line in more), "#\n"])


def _language(paragraphs: list[str]) -> str:
    """Return the line that states the language, a comment where it is not plain."""
    text = "\n".join(paragraphs).lower()
    counts = {each: len(stop.findall(text)) for each, stop in _STOP_WORDS.items()}
    likely, other = sorted(counts, key=lambda each: -counts[each])
    if counts[likely] >= max(_STOP_WORDS_MIN, 2 * counts[other]):
        return f'language = "{likely}"'
    return '# language = ""  # not recognised; such as "es"'


def _likenesses(what: str, known: list[Known], paragraphs: list[str]) -> Iterator[str]:
    """Write the known names that names in the text resemble, with the paragraphs."""
    found = list(_resembling(known, paragraphs))
    if found:
        yield f"\n# Known {what} whom names here may mean; a likeness decides nothing:\n#\n"
    for each, places in found:
        told = "; ".join(f"{name} (¶ {_listed(numbers)})" for name, numbers in places.items())
        head, *more = wrap(_printable(f"{each.id} ({each.names[0]}): {told}"), width=90)
        yield "".join([f"#   {head}\n", *(f"#     {line}\n" for line in more)])


def _listed(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _resembling(
    known: list[Known], paragraphs: list[str]
) -> Iterator[tuple[Known, dict[str, list[int]]]]:
    """Yield each known one with the names in the text that are like it, and where they stand."""
    written: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(paragraphs, 1):
        for name in dict.fromkeys(_name.findall(text)):
            written[name].append(number)
    words = {name: _words(name) for name in written}
    forms = [(each, [_words(name) for name in each.names]) for each in known]
    like = _Alike({word for _, names in forms for name in names for word in name})
    for each, names in forms:
        places = {
            name: numbers
            for name, numbers in written.items()
            if any(_is_like(like, words[name], one, surname=each.by_surname) for one in names)
        }
        if places:
            yield each, places


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name, folded: no linking words, single letters, or brackets."""
    folded = fold(name.partition("(")[0]).split()
    return tuple(word for word in folded if word not in _LINKING and len(word) > 1)


class _Alike(dict[str, frozenset[str]]):
    """For each word met in the text, the known words that it is or resembles."""

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__()
        self.known: dict[str, list[str]] = defaultdict(list)
        for word in known:
            self.known[word[0]].append(word)

    def __missing__(self, word: str) -> frozenset[str]:
        self[word] = frozenset(near(word, self.known.get(word[0], []), 5, likeness=_LIKENESS))
        return self[word]


def _is_like(
    like: _Alike, written: tuple[str, ...], known: tuple[str, ...], *, surname: bool
) -> bool:
    """Say whether a written name shares two words, or all, with a known one, or is its surname."""
    shared = {word for each in written for word in like[each]} & {*known}
    if len(shared) > 1 or (shared and len(shared) == len({*known})):
        return True
    alone = surname and len(written) == 1 and len(written[0]) >= _SURNAME_MIN
    return alone and bool(shared & {*known[1:]})
