"""Every file of an edition, by its address: pages, data, feeds, the script and the stylesheet.

The static site writes them all, and the server gives them out one by one: the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from importlib.resources import files
from typing import Final

from habeas.errors import HabeasError
from habeas.web import data, intervals
from habeas.web.edition import Edition
from habeas.web.pages import Pages

ASSETS: Final = ("site.css", "site.js")


class Files:
    """The files of an edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.pages = Pages(edition)

    def addresses(self) -> Iterator[str]:
        """Yield the address of every file, what rests on the same answers one after another."""
        yield from (f"assets/{name}" for name in ASSETS)
        for day in self.edition.days:
            yield from data.files_of_day(day)
            yield from self.pages.of_day(day)
        for person in self.edition.persons:
            yield f"data/person/{person}.json"
            yield from self.pages.of_person(person)
        yield from data.FEEDS
        yield from self.pages.lasting()
        if self.pages.moves:
            yield "data/intervals.js"
            yield from self._older

    @cached_property
    def _older(self) -> dict[str, int]:
        """The addresses of the intervals that the second clock shows, with their positions."""
        found = (one["position"] for one in self.pages.positions)
        return {f"data/intervals-{at}.js": at for at in found if at != self.edition.position}

    def file(self, address: str) -> bytes | None:
        """Return the file at an address; None where there is none."""
        if address.endswith(".html"):
            page = self.pages.page(address)
            return None if page is None else page.encode()
        if address.removeprefix("assets/") in ASSETS:
            return asset(address.removeprefix("assets/"))
        if address.startswith("data/intervals"):
            return self._intervals(address)
        made = data.data_file(self.edition, address)
        return None if made is None else made.encode()

    def _intervals(self, address: str) -> bytes | None:
        if not self.pages.moves:
            return None
        if address in {"data/intervals.js", f"data/intervals-{self.edition.position}.js"}:
            return intervals.packed(self.edition)
        return self._of_then(self._older[address]) if address in self._older else None

    def _of_then(self, position: int) -> bytes:
        """Return the intervals as they were at an earlier position of the log."""
        try:
            return intervals.packed(Edition(self.edition.case, position=position))
        except HabeasError:
            return intervals.nothing(self.edition, position)


def asset(name: str) -> bytes:
    """Return the stylesheet or the script."""
    return files("habeas.web").joinpath("static", name).read_bytes()
