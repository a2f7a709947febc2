"""The exception tree, and findings: the two kinds of failure.

A request that cannot be served raises a `HabeasError`. A fault in somebody's data is a `Finding`:
a value, collected with others, carrying the file and the line. Nothing here prints.

Every error says what happened and to which value (`message`), and what to do about it (`hint`:
a command, or a right example).
"""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """A fault in somebody's data, with the place where it stands.

    `path` is the file as the user named it and `line` counts from 1; both are None when the data
    came from elsewhere than a file.
    """

    message: str
    hint: str | None
    path: str | None
    line: int | None

    @property
    def where(self) -> str:
        """The place as editors understand it: `file:line`, `file`, or nothing."""
        if self.path is None:
            return ""
        return self.path if self.line is None else f"{self.path}:{self.line}"

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.path else self.message


class HabeasError(Exception):
    """A request that cannot be served: what happened, and a hint of what to do."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UnknownName(HabeasError):
    """A name, id or position that nothing in the log carries."""


class Refused(HabeasError):
    """A well-formed request that the log's rules do not allow."""


class Stale(Refused):
    """An editorial act that follows something which is no longer the newest."""


class BadLog(HabeasError):
    """Stored bytes that are not what they were, or a file that is no log of ours."""


class BadData(HabeasError):
    """One or more findings; nothing of what they stand in has been taken."""

    def __init__(self, findings: tuple[Finding, ...], *, hint: str | None = None) -> None:
        count = len(findings)
        super().__init__(
            f"{count} finding{'' if count == 1 else 's'}; nothing was added", hint=hint
        )
        self.findings = findings
