"""Making what the server gives out: files of the newest edition, and answers to questions.

A maker has a case open for itself, and works on one order after another, in the thread or process
that it was made in. Each order is worked on in one view of the log, so nothing it makes mixes two
positions; what it makes says which position that was.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from types import TracebackType
from typing import NamedTuple, Self

from habeas.case import Case
from habeas.errors import HabeasError, UnknownName
from habeas.web.edition import Edition
from habeas.web.files import Files
from habeas.web.questions import answer

Opener = Callable[[], Case]


class Mark(NamedTuple):
    """Where the log stands, as it is told: its position, and what is kept from the reader.

    Of two marks that differ in `guard`, what was made under one is not to be given out under the
    other.
    """

    position: int
    root: str
    guard: str

    @property
    def tag(self) -> str:
        """What names this state of the log, as an ETag."""
        return f'"{self.position}-{self.guard}-{self.root[:16]}"'


class Order(NamedTuple):
    """A file that is wanted, by its address, or a question, by its name, with what it is asked."""

    name: str
    asked: tuple[tuple[str, str], ...] | None


class Made(NamedTuple):
    """What was made, and as the log stood where; `code` is that of HTTP."""

    mark: Mark
    code: int
    content: bytes


def mark_of(case: Case) -> Mark:
    """Return where a case's log stands now."""
    store = case.store
    head = store.head()
    hidden = zlib.crc32(repr(sorted(store.withheld())).encode())
    guard = f"{hidden:08x}.{len(store.of_type('event.redacted'))}"
    return Mark(head.position, head.root.hex(), guard)


class Maker:
    """Makes files and answers from a case that is open here."""

    def __init__(self, open_case: Opener) -> None:
        self.case = open_case()
        self.case.whole.only_read()
        self._files: Files | None = None
        self._mark: Mark | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.case.close()

    def make(self, order: Order) -> Made:
        """Make a file or an answer; what cannot be had is made into a page that says why."""
        with self.case.whole.reading():
            mark = mark_of(self.case)
            try:
                if order.asked is not None:
                    return Made(mark, 200, _json(answer(self.case, order.name, order.asked)))
                found = self._at(mark).file(order.name)
            except HabeasError as error:
                return Made(mark, _code(order, error), _json(_told(error)))
            if found is None:
                return Made(mark, 404, b"There is no such page.\n")
            return Made(mark, 200, found)

    def _at(self, mark: Mark) -> Files:
        """Return the files of the edition at a mark, which takes from the last what is true yet."""
        if self._files is None or self._mark != mark:
            before = None if self._files is None else self._files.edition
            if self._mark is not None and self._mark.guard != mark.guard:
                before = None
            edition = Edition(self.case, before=before)
            edition.settle()
            self._files, self._mark = Files(edition), mark
        return self._files


def _code(order: Order, error: HabeasError) -> int:
    if order.asked is None:
        return 503
    return 404 if isinstance(error, UnknownName) else 400


def _told(error: HabeasError) -> dict[str, str | None]:
    return {"error": error.message, "hint": error.hint}


def _json(told: object) -> bytes:
    return f"{json.dumps(told, indent=1, ensure_ascii=False)}\n".encode()
