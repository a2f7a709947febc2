"""Why a load refuses an entry, where the cause is another entry of the same load.

The log words a refusal as if all that was taken before were recorded. Of a load nothing is, as
long as there are faults; so what follows of another fault is told as that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

from habeas.dossier import Dossier, Entry
from habeas.dossier.entries import clashing
from habeas.errors import Finding, HabeasError, Refused, UnknownName

_MISSING: Final = re.compile(r"no ([a-z]+) '([a-z0-9-]+)' is registered$")
_NO_CLAIM: Final = "no claim is called '"


class Blaming:
    """Knows the entries that a trial takes, in their order, and all files of the load."""

    def __init__(self, read: Iterable[Dossier], entries: list[Entry]) -> None:
        self._read = tuple(read)
        self._entries = entries
        self._clashes: dict[int, Finding] | None = None
        self._at_fault = {one.path for one in self._read if one.findings}

    def finding(self, entry: Entry, error: HabeasError, field: str | None) -> Finding:
        """Return the finding that an entry was refused, at a field or at its table."""
        clash = self._clash(entry) if isinstance(error, Refused) else None
        hint = self._hint(error) if isinstance(error, UnknownName) else error.hint
        self._at_fault.add(entry.path)
        return clash or entry.fault(field, error.message, hint)

    def _clash(self, entry: Entry) -> Finding | None:
        """Return the finding that an entry of this load before it says otherwise, if one does."""
        if self._clashes is None:
            self._clashes = {id(one): finding for one, finding in clashing(self._entries)}
        return self._clashes.get(id(entry))

    def _hint(self, error: UnknownName) -> str | None:
        """Return the hint for a name that is not known: its own fault, if it is in the load."""
        missing = self._registering(error.message)
        if missing is not None:
            return f"{missing} would register it: mend the faults there first"
        if error.message.startswith(_NO_CLAIM):
            document = error.message.removeprefix(_NO_CLAIM).partition("#")[0]
            path = self._paths.get(f"document:{document}")
            if path in self._at_fault:
                return f"if it stands in {path}, mend the faults there first; else {error.hint}"
        return error.hint

    def _registering(self, message: str) -> str | None:
        """Return the file of the load that would have registered what a refusal misses."""
        found = _MISSING.search(message)
        return None if found is None else self._paths.get(f"{found[1]}:{found[2]}")

    @cached_property
    def _paths(self) -> Mapping[str, str]:
        """The first file that registers each typed id."""
        return {name: one.path for one in reversed(self._read) for name in sorted(one.registers)}
