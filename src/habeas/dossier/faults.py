"""The faults of one file, as they are found: each once, each with its line.

Nothing is raised and nothing is printed here. A fault on a line that is not UTF-8 is not added:
its text is not what was written.
"""

from __future__ import annotations

from typing import Final

from attrs import Factory, define

from habeas.errors import Finding

FAULTS_MAX: Final = 200
"""So many faults of one file are told; a file with more is no dossier."""


@define
class Faults:
    """Collects the findings of the file at `path`."""

    path: str
    unreadable: frozenset[int] = frozenset()
    found: dict[tuple[int, str], Finding] = Factory(dict)

    def add(self, line: int, message: str, hint: str | None) -> None:
        """Add a fault at `line`, unless it is there already."""
        if line not in self.unreadable:
            finding = Finding(message=message, hint=hint, path=self.path, line=line)
            self.found.setdefault((line, message), finding)

    def all(self) -> tuple[Finding, ...]:
        """Return the findings in the order of their lines, at most FAULTS_MAX and a last word."""
        ordered = sorted(self.found.values(), key=lambda each: each.line or 0)
        if len(ordered) <= FAULTS_MAX:
            return tuple(ordered)
        message = f"there are more faults than these {FAULTS_MAX}"
        last = Finding(message=message, hint="mend these first", path=self.path, line=None)
        return (*ordered[:FAULTS_MAX], last)
