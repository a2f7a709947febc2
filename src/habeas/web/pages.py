"""The pages: which there are, at which addresses, and what stands around each.

An address is a path below the site's root, English without a prefix and Spanish below `es/`; it
stays for good. Pages are made when they are asked for, one by one. Templates escape all they show.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache, cached_property
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from habeas.render.pictures.speech import Speech
from habeas.vocabulary import CUSTODIES, CUSTODY_OF
from habeas.web import contexts, dates
from habeas.web.contexts import Context
from habeas.web.edition import Edition
from habeas.web.speaking import speech
from habeas.web.wording import LANGUAGES, WORDS, words_of

MENU: Final = (
    ("overview", "index.html"),
    ("days", "days.html"),
    ("counts", "counts.html"),
    ("groups", "groups.html"),
    ("sources", "sources.html"),
    ("about", "about.html"),
)
POSITIONS: Final = 12
"""How many positions of the log the second clock offers."""

_CLIENT: Final = ("status.", "standing.", "custody.")
_DAILY: Final = re.compile(r"(day|counts|groups|sources)/([0-9]{4}-[0-9]{2}-[0-9]{2})")
_PART: Final = re.compile(
    r"(changes|roster)/([0-9]{4}-[0-9]{2}-[0-9]{2})(?:-([2-9]|[1-9][0-9]{1,3}))?"
)
_SINGLE: Final = {"days": contexts.days, "about": contexts.about, "index": contexts.first_page}


class Pages:
    """The pages of an edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    @cached_property
    def moves(self) -> bool:
        """Whether the case is small enough to be moved through in the browser."""
        return contexts.moves(self.edition)

    def addresses(self) -> Iterator[str]:
        """Yield the address of every page."""
        for day in self.edition.days:
            yield from self.of_day(day)
        for person in self.edition.persons:
            yield from self.of_person(person)
        yield from self.lasting()

    def of_day(self, day: date) -> Iterator[str]:
        """Yield the addresses of a day's pages."""
        plain = [f"{kind}/{day}" for kind in contexts.DAILY]
        changed, persons = self.edition.changed(day), self.edition.totals(day)["all"]
        if changed > contexts.MANY:
            plain += _parts("changes", day, changed)
        if not self.moves:
            plain += list(_parts("roster", day, persons))[1:]
        yield from (f"{_prefix(code)}{one}.html" for one in plain for code in LANGUAGES)

    def of_person(self, person: str) -> Iterator[str]:
        """Yield the addresses of a person's pages."""
        yield from (f"{_prefix(code)}person/{person}.html" for code in LANGUAGES)

    def lasting(self) -> Iterator[str]:
        """Yield the addresses of the pages that are always of the newest day."""
        yield from (f"{_prefix(code)}{href}" for code in LANGUAGES for _, href in MENU)

    def page(self, address: str) -> str | None:
        """Return the page at an address; None where there is none."""
        language = "es" if address.startswith("es/") else "en"
        plain = address.removeprefix(_prefix(language))
        made = (
            self._made(plain.removesuffix(".html"), language) if plain.endswith(".html") else None
        )
        if made is None:
            return None
        template, context = made
        shown = self._around(plain, language) | context
        return _environment().get_template(template).render(shown) + "\n"

    def _made(self, plain: str, language: str) -> tuple[str, Context] | None:
        """Return the template of a page and what it shows."""
        edition, said = self.edition, speech(language)
        kind, _, rest = plain.partition("/")
        if kind == "person":
            return (
                ("person.html", contexts.person(edition, rest, said))
                if rest in edition.persons
                else None
            )
        if plain in _SINGLE:
            return f"{plain.replace('index', 'day')}.html", _SINGLE[plain](edition, said)
        if plain in contexts.DAILY and plain != "day":
            return self._daily(plain, edition.newest, said)
        if found := _DAILY.fullmatch(plain):
            day = self._day_named(found[2])
            return None if day is None else self._daily(found[1], day, said)
        if found := _PART.fullmatch(plain):
            return self._part(found[1], self._day_named(found[2]), int(found[3] or 1))
        return None

    def _day_named(self, text: str) -> date | None:
        return next((day for day in self.edition.days if day.isoformat() == text), None)

    def _daily(self, kind: str, day: date, said: Speech) -> tuple[str, Context]:
        made = contexts.DAILY[kind](self.edition, day, said)
        return f"{kind}.html", made | {"day": day.isoformat()}

    def _part(self, kind: str, day: date | None, number: int) -> tuple[str, Context] | None:
        made = None if day is None else contexts.part(self.edition, kind, day, number)
        if made is None or day is None:
            return None
        return "part.html", made | {"day": day.isoformat(), "kind": kind}

    def _around(self, plain: str, language: str) -> Context:
        """Return what every page shows; a page's own context comes on top."""
        edition, kind = self.edition, plain.removesuffix(".html").partition("/")[0]
        up = "../" * (plain.count("/") + (language == "es"))
        moving = self.moves and kind in {"index", "day", "person"}
        word = words_of(language)
        return {
            "t": word,
            "lang": language,
            "say": lambda text: dates.say(None if text is None else str(text), language),
            "lasting": lambda least, most: dates.lasting(least, most, language),
            "title": word(kind if kind in WORDS else "overview"),
            "case": edition.state.case,
            "languages": LANGUAGES,
            "parallel": {code: _prefix(code) + plain for code in LANGUAGES},
            "menu": MENU,
            "here": _HERE.get(kind, kind),
            "up": up,
            "home": up + _prefix(language),
            "target": kind if kind in contexts.DAILY else "day",
            "mode": "moving" if moving else "pages",
            "days": [day.isoformat() for day in edition.days],
            "day": edition.newest.isoformat(),
            "position": edition.position,
            "root": edition.root,
            "positions": self.positions if moving and len(self.positions) > 1 else (),
            "custodies": CUSTODIES,
            "custody_of": CUSTODY_OF.__getitem__,
            "client_words": _client_words(language),
        } | self._rail()

    def _rail(self) -> Context:
        """Return where the marks of the control stand."""
        first, last = self.edition.days[0], self.edition.newest
        span = max((last - first).days, 1)
        return {
            "span": (last - first).days,
            "marks": [round(1000 * (day - first).days / span) for day in self.edition.days],
        }

    @cached_property
    def positions(self) -> tuple[dict[str, Any], ...]:
        """The last days on which something was recorded, with where the log then stood."""
        listed = ({"day": day, "position": at} for day, at in self.edition.recorded.items())
        return tuple(listed)[-POSITIONS:]


_HERE: Final = {"index": "overview", "day": "days", "changes": "days", "roster": "days"}


def _parts(kind: str, day: date, number: int) -> Iterator[str]:
    yield f"{kind}/{day}"
    for part in range(2, contexts.parts(number, contexts.PART) + 1):
        yield f"{kind}/{day}-{part}"


@cache
def _environment() -> Environment:
    """Return the templates, read and compiled once."""
    made = Environment(
        loader=PackageLoader("habeas.web"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"link": _link, "num": _number}
    return made


def _number(text: str) -> str:
    """Return a number as claimed, with the signs that print has for it."""
    for written, sign in (("..", "–"), (">=", "≥ "), ("<=", "≤ "), (">", "> "), ("<", "< ")):
        text = text.replace(written, sign)
    return text


def _link(url: str | None) -> str | None:
    """Return an address that a link may lead to: a web page's, and no other."""
    return url if url and url.startswith(("https://", "http://")) else None


def _prefix(language: str) -> str:
    return "" if language == "en" else f"{language}/"


@cache
def _client_words(language: str) -> Markup:
    """Return the words that moving through time needs, as JSON that can stand in a page."""
    word = words_of(language)
    keys = [key for key in WORDS if key.startswith(_CLIENT)]
    keys += ["contested", "pending", "log_now", "none_known", "not_yet"]
    text = json.dumps({key: word(key) for key in keys}, ensure_ascii=False)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c"))  # noqa: S704
