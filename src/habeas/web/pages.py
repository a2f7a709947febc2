"""The pages: which there are, at which addresses, and what each shows of an edition.

An address is a path below the site's root, English without a prefix and Spanish below `es/`; it
stays for good. Pages are made when they are asked for, one by one. Templates escape all they show.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from habeas import times
from habeas.projections.over_time import over_time
from habeas.projections.question import rules_data
from habeas.render import pictures
from habeas.vocabulary import CUSTODIES, CUSTODY_OF
from habeas.web import dates, intervals
from habeas.web.edition import Edition
from habeas.web.wording import LANGUAGES, WORDS, words_of

MENU: Final = (
    ("overview", "index.html"),
    ("days", "days.html"),
    ("counts", "counts.html"),
    ("groups", "groups.html"),
    ("sources", "sources.html"),
    ("about", "about.html"),
)
VIEWS: Final = ("counts", "groups", "sources")
RECENT: Final = 3
"""Of how many days the first page tells the changes."""

FEW: Final = 500
"""Up to how many persons each day's page has a picture of its own."""

DRAWN: Final = 12
"""Of how many of the last states of a person there is a picture."""

POSITIONS: Final = 12
"""How many positions of the log the second clock offers."""

_CLIENT: Final = ("status.", "standing.", "custody.")

Context = dict[str, Any]


class Pages:
    """The pages of an edition. `live` pages say nothing that only a folder of files has."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._environment = Environment(
            loader=PackageLoader("habeas.web"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    @cached_property
    def moves(self) -> bool:
        """Whether the case is small enough to be moved through in the browser."""
        return len(self.edition.persons) <= intervals.MOST

    def addresses(self) -> Iterator[str]:
        """Yield the address of every page."""
        for language in LANGUAGES:
            prefix = _prefix(language)
            yield from (f"{prefix}{href}" for _, href in MENU)
            for day in self.edition.days:
                yield from (f"{prefix}{kind}/{day}.html" for kind in ("day", *VIEWS))
            yield from (f"{prefix}person/{one}.html" for one in self.edition.persons)

    def page(self, address: str) -> str | None:
        """Return the page at an address; None where there is none."""
        language = "es" if address.startswith("es/") else "en"
        plain = address.removeprefix(_prefix(language))
        made = self._made(plain, language)
        if made is None:
            return None
        template, context = made
        shown = self._around(plain, language) | context
        return self._environment.get_template(template).render(shown) + "\n"

    def _made(self, plain: str, language: str) -> tuple[str, Context] | None:
        kind, _, rest = plain.removesuffix(".html").rpartition("/")
        if not plain.endswith(".html"):
            return None
        if kind == "person":
            return ("person.html", self._person(rest)) if rest in self.edition.persons else None
        if kind in {"day", *VIEWS}:
            day = self._day_named(rest)
            return None if day is None else self._of_day(kind, day, recent=1, language=language)
        if kind == "" and rest in {"index", *VIEWS}:
            shown = "day" if rest == "index" else rest
            return self._of_day(shown, self.edition.newest, recent=RECENT, language=language)
        if plain in {"days.html", "about.html"}:
            return plain, self._days() if rest == "days" else self._about()
        return None

    def _day_named(self, text: str) -> date | None:
        return next((day for day in self.edition.days if day.isoformat() == text), None)

    def _of_day(
        self, kind: str, day: date, *, recent: int, language: str
    ) -> tuple[str, Context] | None:
        make: dict[str, Callable[[], Context]] = {
            "day": lambda: self._day(day, recent),
            "counts": lambda: self._counts(day),
            "groups": lambda: self._groups(day, language),
            "sources": lambda: self._sources(day),
        }
        return f"{kind}.html", make[kind]() | {"day": day.isoformat()}

    # what stands around each page

    def _around(self, plain: str, language: str) -> Context:
        """Return what every page shows; a page's own context comes on top."""
        edition, kind = self.edition, plain.removesuffix(".html").partition("/")[0]
        up = "../" * (plain.count("/") + (language == "es"))
        moving = self.moves and kind in {"index", "day", "person"}
        word = words_of(language)
        home = up + _prefix(language)
        target = kind if kind in VIEWS else "day"
        return {
            "t": word,
            "lang": language,
            "say": lambda text: dates.say(None if text is None else str(text), language),
            "title": word(kind if kind in WORDS else "overview"),
            "case": edition.state.case,
            "languages": LANGUAGES,
            "parallel": {code: _prefix(code) + plain for code in LANGUAGES},
            "menu": MENU,
            "here": {"index": "overview"}.get(plain.removesuffix(".html"), kind),
            "up": up,
            "home": home,
            "target": target,
            "mode": "moving" if moving else "pages",
            "days": [day.isoformat() for day in edition.days],
            "day": edition.newest.isoformat(),
            "position": edition.position,
            "root": edition.root,
            "positions": self.positions if moving and len(self.positions) > 1 else (),
            "custodies": CUSTODIES,
            "custody_of": CUSTODY_OF.__getitem__,
            "link": _link,
            "pictures": None,
            "client_words": _client_words(word),
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
        ends: dict[str, int] = {}
        for record in self.edition.case.events(upto=self.edition.position):
            ends[times.day_of(record.recorded, self.edition.zone).isoformat()] = record.seq
        return tuple({"day": day, "position": at} for day, at in ends.items())[-POSITIONS:]

    # the pages themselves

    def _day(self, day: date, recent: int) -> Context:
        edition = self.edition
        persons = edition.roster(day).persons
        place = edition.days.index(day)
        shown = edition.days[max(0, place - recent + 1) : place + 1]
        return {
            "totals": totals(persons),
            "bar": _bar(totals(persons)),
            "rows": [(one["person"], one["name"], intervals.fact(one)) for one in persons],
            "recent": [
                {"day": one.isoformat(), "changes": edition.changes(one)["changes"]}
                for one in reversed(shown)
            ],
            "causes": _causes,
            "pictures": self._bands(day),
        }

    def _bands(self, day: date) -> Markup | None:
        """Return the picture of everybody over time."""
        edition = self.edition
        if len(edition.persons) > FEW:
            return None
        steps = over_time(edition.state, edition.question(day))
        data = {"basis": edition.roster(day).basis, "steps": steps}
        return Markup(pictures.bands(data))  # noqa: S704 - SVG of ours, escaped there

    def _person(self, name: str) -> Context:
        edition = self.edition
        [one] = edition.story(name)["persons"]
        seen = [
            (day.isoformat(), None if row is None else intervals.fact(row))
            for day, row in intervals.turns(edition, name)
        ]
        return {
            "title": one["name"],
            "one": one,
            "told": intervals.fact(one)[7],
            "seen": seen,
            "drawn": [
                (day, Markup(pictures.spells(told, told["persons"][0], name=f"spells-{n}")))  # noqa: S704 - SVG of ours, escaped there
                for n, (day, told) in enumerate(self._stories(name, seen))
            ],
            "marked": {day.isoformat() for day in edition.days},
        }

    def _stories(
        self, name: str, seen: list[tuple[str, Any]]
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield a person's story on each of the last days on which it became another."""
        for day, known in seen[-DRAWN:]:
            if known is not None:
                yield day, self.edition.story(name, date.fromisoformat(day))

    def _counts(self, day: date) -> Context:
        data = self.edition.view("counts", day)

        def draw(matter: dict[str, Any], place: int) -> Markup | None:
            if sum(len(one["numbers"]) for one in matter["counters"]) < 2:  # noqa: PLR2004 - a series
                return None
            return Markup(pictures.series(data, matter, name=f"series-{place}"))  # noqa: S704

        return {"counts": data["counts"], "mark": _mark, "draw": draw}

    def _groups(self, day: date, language: str) -> Context:
        return {
            "groups": self.edition.view("groups", day)["groups"],
            "names": lambda part: zip(part["persons"], part["names"], strict=True),
            "bounds": lambda unnamed: _bounds(unnamed, language),
        }

    def _sources(self, day: date) -> Context:
        state = self.edition.state
        return {
            "sources": self.edition.view("sources", day),
            "party": lambda name: state.party(name).name,
            "url_of": lambda name: state.document(name).url,
        }

    def _days(self) -> Context:
        listed = [
            {
                "day": day.isoformat(),
                "changes": len(self.edition.changes(day)["changes"]),
                "totals": totals(self.edition.roster(day).persons),
            }
            for day in reversed(self.edition.days)
        ]
        return {"listed": listed}

    def _about(self) -> Context:
        edition = self.edition
        by_custody = {one: [s for s, c in CUSTODY_OF.items() if c == one] for one in CUSTODIES}
        newest = edition.newest
        return {
            "statuses": by_custody,
            "basis": edition.roster(newest).basis
            | {"rules": rules_data(edition.question(newest).rules)},
            "eve": edition.before(newest).isoformat(),
            "files": [name for name in data_files(edition) if "/person/" not in name],
        }


def data_files(edition: Edition) -> Iterator[str]:
    """Yield the addresses of the data that stand beside the pages."""
    for day in edition.days:
        yield from (f"data/{kind}-{day}.{end}" for kind in KINDS for end in ("json", "csv"))
    yield from (f"data/person/{one}.json" for one in edition.persons)


KINDS: Final = ("status", "changes", "counts", "groups", "sources")
"""The questions whose answers are given as files for each day."""


def totals(persons: tuple[dict[str, Any], ...]) -> dict[str, int]:
    """Return how many persons there are, and how many in each custody."""
    found = dict.fromkeys(CUSTODIES, 0)
    for one in persons:
        found[one["custody"]] += 1
    return {"all": len(persons), **found}


def _bar(numbers: dict[str, int]) -> list[tuple[str, int, int]]:
    """Return each custody's part of a bar of 1000: where it begins, and how long it is."""
    found, begun, count = [], 0, 0
    for custody in CUSTODIES:
        count += numbers[custody]
        end = round(1000 * count / max(numbers["all"], 1))
        found.append((custody, begun, end - begun))
        begun = end
    return found


def _causes(change: dict[str, Any]) -> list[dict[str, str]]:
    """Return each cause of a change once: what, who, where."""
    found = {}
    for one in change["causes"]:
        who = one.get("origin_name") or one.get("party_name") or ""
        where = one.get("publisher_name") or ""
        told = {"cause": one["cause"], "who": who, "where": "" if where == who else where}
        found[tuple(told.values())] = told
    return list(found.values())


def _mark(counter: dict[str, Any], number: dict[str, Any]) -> str:
    """Return the word for what is to be said of a number; empty where nothing is."""
    if number["expected"]:
        return "standing.expected"
    if not any(one["counted"] for one in number["told"]):
        return "not_confirmed"
    for key in ("newest", "perhaps_newer"):
        if len(counter["numbers"]) > 1 and any(
            one["events"] == number["events"] for one in counter[key]
        ):
            return key
    return ""


def _bounds(unnamed: dict[str, Any] | None, language: str) -> str:
    """Return how many of a group have no name, as a number or a range."""
    if unnamed is None:
        return "–"
    low, high = unnamed["low"], unnamed["high"]
    if high is None:
        return f"≥ {low}" if low is not None else dates.say("", language) or "–"
    return str(low) if low == high else f"{low}–{high}"


def _link(url: str | None) -> str | None:
    """Return an address that a link may lead to: a web page's, and no other."""
    return url if url and url.startswith(("https://", "http://")) else None


def _prefix(language: str) -> str:
    return "" if language == "en" else f"{language}/"


def _client_words(word: Callable[[str], str]) -> Markup:
    """Return the words that moving through time needs, as JSON that can stand in a page."""
    keys = [key for key in WORDS if key.startswith(_CLIENT)]
    keys += ["contested", "pending", "log_now", "none_known"]
    text = json.dumps({key: word(key) for key in keys}, ensure_ascii=False)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c"))  # noqa: S704
