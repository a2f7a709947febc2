"""A dossier's file to entries: which tables there are, in which order they are taken.

It reads bytes that are given to it and knows no file system. Every fault is collected; none stops
the reading of the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, Final

from attrs import evolve

from habeas.dossier.claims import CLAIMS, DEFAULTS, Setting, entries_of
from habeas.dossier.entries import Dossier, Entry, Expectation, clashes
from habeas.dossier.expect import expectations_of
from habeas.dossier.faults import FAULTS_MAX, Faults
from habeas.dossier.hints import meant
from habeas.dossier.rows import Row, check_keys, event_of, names_of
from habeas.dossier.syntax import Source, read_source
from habeas.events import CaseOpened, DocumentRegistered, PartyRegistered, PersonRegistered
from habeas.events.fields import shown
from habeas.nearest import nearest

REGISTRATIONS: Final[dict[str, Any]] = {
    "case": CaseOpened,
    "person": PersonRegistered,
    "party": PartyRegistered,
    "document": DocumentRegistered,
}
"""The tables of registrations, in the order in which they are taken."""

TABLES: Final = (*REGISTRATIONS, "defaults", *CLAIMS, "expect")
_ONE: Final = ("case", "defaults")
CASE_FILE: Final = "case.toml"


def read(path: str, content: bytes) -> Dossier:
    """Read the dossier in `content`; `path` is named in its findings, and never opened.

    Never raises for what stands in the file: whatever is wrong with it is a finding.
    """
    faults = Faults(path)
    source = read_source(content, TABLES, faults)
    _check_tables(source, faults)
    if not source.tables and not faults.found:
        faults.add(1, "there are no tables in this file", "`habeas draft ARTICLE` writes a dossier")
    entries = [*_registrations(source, faults), *_claims(source, faults)]
    for clash in clashes(entries):
        faults.add(clash.line or 1, clash.message, clash.hint)
    return Dossier(
        path=path,
        registers=frozenset(_registered(source)),
        entries=tuple(entries),
        expectations=tuple(_expectations(source, faults)),
        findings=faults.all(),
    )


def _check_tables(source: Source, faults: Faults) -> None:
    """Tell the tables that there are none of, and keys outside of any."""
    for name, value in source.tables.items():
        line = source.places.find(name, 0).line
        if not isinstance(value, dict | list) or (value and not _rows(value)):
            hint = "put it under its table, such as [[status]]"
            near = nearest(name, TABLES)
            if near:
                hint = f"a table is written {_header(near)}, alone on its line"
            faults.add(line, f"{shown(name)} stands before any table", hint)
        elif name not in TABLES:
            faults.add(line, f"there is no table {_header(name)}", meant(name, TABLES))
        elif name in _ONE and isinstance(value, list):
            second = source.places.find(name, min(1, len(value) - 1)).line
            faults.add(second, f"a file has one {name}", f"write it once: [{name}]")
        elif name not in (*_ONE, "document") and isinstance(value, dict):
            faults.add(line, f"[{name}] is a single table", f"write [[{name}]], each time")
    if "case" in source.tables and PurePath(faults.path).name != CASE_FILE:
        line = source.places.find("case", 0).line
        faults.add(line, "[case] stands in another file than case.toml", "move it to case.toml")


def _header(name: str) -> str:
    return f"[{name}]" if name in (*_ONE, "document") else f"[[{name}]]"


def _rows(value: object) -> list[dict[str, Any]]:
    """Return the tables in a value: one, or a list of nothing else."""
    if isinstance(value, dict):
        return [value]
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        return value
    return []


def _tables(source: Source, name: str) -> Iterator[Row]:
    for index, values in enumerate(_rows(source.tables.get(name, []))):
        place = source.places.find(name, index)
        yield Row(name=_header(name), values=values, place=place, text=source.text)


def _registrations(source: Source, faults: Faults) -> Iterator[Entry]:
    for name, cls in REGISTRATIONS.items():
        for row in _tables(source, name):
            entry = _registration(row, cls, faults)
            if entry is not None:
                yield entry


def _registered(source: Source) -> Iterator[str]:
    for name in REGISTRATIONS:
        for row in _tables(source, name):
            if isinstance(row.values.get(name), str):
                yield f"{name}:{row.values[name]}"


def _registration(row: Row, cls: type[Any], faults: Faults) -> Entry | None:
    row = check_keys(row, names_of(cls), faults)
    row = evolve(row, zoned="timezone" in row.values)
    event = event_of(cls, row.values, row, faults)
    if event is None or not (row.sound and row.place.whole):
        return None
    return Entry(
        cls=cls,
        event=event,
        path=faults.path,
        line=row.place.line,
        lines=row.place.lines,
        claim=None,
        withdrawal=None,
    )


def _claims(source: Source, faults: Faults) -> Iterator[Entry]:
    setting = _setting(source, faults)
    for name in CLAIMS:
        for row in _tables(source, name):
            if len(faults.found) > FAULTS_MAX:
                return
            yield from entries_of(row, name, setting, faults)


def _setting(source: Source, faults: Faults) -> Setting:
    defaults = next(_tables(source, "defaults"), None)
    if defaults is not None:
        check_keys(defaults, DEFAULTS, faults)
    documents = dict(_documents(source))
    return Setting(
        path=faults.path,
        documents=tuple(documents),
        zoned=frozenset(each for each, zoned in documents.items() if each and zoned),
        defaults=defaults,
    )


def _documents(source: Source) -> Iterator[tuple[str | None, bool]]:
    """Yield the ids of the documents of a file, and whether they state their zone.

    The id is None where it could not be read, or its table is misspelt.
    """
    for row in _tables(source, "document"):
        named = row.values.get("document")
        yield (named if isinstance(named, str) else None), "timezone" in row.values
    for name in source.tables.keys() - {*TABLES}:
        if nearest(name, TABLES) == "document":
            yield None, False


def _expectations(source: Source, faults: Faults) -> Iterator[Expectation]:
    for row in _tables(source, "expect"):
        yield from expectations_of(row, faults.path, faults)
