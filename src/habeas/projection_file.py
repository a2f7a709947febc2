"""`projection.toml`: a question whose answers are published, and the rules it is asked under.

It reads and checks the file; what the answers are is `projections`' to say, and `case` writes them.
Every key that is not known is a finding.
"""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from habeas.errors import BadData, Finding, UnknownName
from habeas.events.fields import shown
from habeas.nearest import near
from habeas.projections import where as where_keys
from habeas.projections.question import rules_from
from habeas.resolve import Rules
from habeas.vocabulary import GRADES, KINDS

FILE_NAME: Final = "projection.toml"
VIEWS: Final = (
    *("roster", "timeline", "changes"),
    *("counts", "groups", "pending", "sources", "durations", "reconcile"),
)
FORMATS: Final = {"md": "md", "json": "json", "csv": "csv"}
FEEDS: Final = {"atom": "atom", "jsonfeed": "jsonfeed.json"}
PICTURES: Final = {"svg": "svg"}
"""The formats an answer is published in, and their files' endings: feeds are of a change log alone,
pictures of the views in `PICTURED`."""

PICTURED: Final = ("roster", "timeline", "counts")

ACCEPTED: Final = ("expected", "unconfirmed", "disputed", "reported", "confirmed")
_KEYS: Final = (
    *("title", "view", "case", "as_of", "numbers", "formats", "rules", "where", "author", "url"),
)


@frozen(kw_only=True)
class Projection:
    """A question to be published, for each day or timestamp of `as_of`.

    In the view `changes`, for each two of them that follow each other. `numbers` are the reported
    numbers to `reconcile`: from one to another, or one with our own roster. `author` (who answers
    for a feed) and `url` (of the folder, once published) are for feeds alone.
    """

    name: str
    folder: Path
    title: str
    view: str
    case: str | None
    as_of: tuple[str, ...]
    numbers: tuple[str, ...]
    formats: tuple[str, ...]
    rules: Rules
    where: dict[str, tuple[str, ...]]
    author: str | None
    url: str | None

    @property
    def points(self) -> tuple[tuple[str, ...], ...]:
        """What each answer is asked for: one as-of, or the two that are compared."""
        if self.view == "changes":
            return tuple(pairwise(self.as_of))
        return tuple((one,) for one in self.as_of)


def find(name: str | Path) -> Projection:
    """Return the projection called `name`: a folder under `projections/`, a folder, or a file.

    Raises UnknownName where there is none, BadData where its file is at fault.
    """
    for path in (Path("projections") / name / FILE_NAME, Path(name) / FILE_NAME, Path(name)):
        if path.is_file():
            return read(path)
    known = sorted(path.parent.name for path in Path("projections").glob(f"*/{FILE_NAME}"))
    message = f"there is no projection '{name}' (projections/{name}/{FILE_NAME})"
    raise UnknownName(message, hint=f"there are: {', '.join(['default', *known])}")


def read(path: Path) -> Projection:
    """Read a `projection.toml`. Raises BadData with every fault found in it."""
    content = path.read_bytes()
    try:
        values = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"this is no TOML: {error}"
        raise BadData((Finding(message=message, hint=None, path=str(path), line=None),)) from None
    lines = {key: number for number, key in _keys_by_line(content.decode())}
    findings = tuple(
        Finding(message=message, hint=hint, path=str(path), line=lines.get(key))
        for key, message, hint in _faults(values)
    )
    if findings:
        raise BadData(findings, hint=f"mend {path}")
    return Projection(
        name=path.parent.name,
        folder=path.parent,
        title=values["title"],
        view=values["view"],
        case=values.get("case"),
        as_of=tuple(str(one) for one in _list(values.get("as_of", []))),
        numbers=tuple(_list(values.get("numbers", []))),
        formats=tuple(_list(values.get("formats", ["md", "json"]))),
        rules=rules_from(values.get("rules", {})),
        where={key: tuple(_list(one)) for key, one in values.get("where", {}).items()},
        author=values.get("author"),
        url=values.get("url"),
    )


def _keys_by_line(text: str) -> list[tuple[int, str]]:
    """Return the line of each key; in these flat files a key stands at the start of its line."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        key, equals, _ = line.partition("=")
        if equals:
            found.append((number, key.strip()))
    return found


def _list(value: Any) -> list[Any]:  # noqa: ANN401
    return value if isinstance(value, list) else [value]


Fault = tuple[str, str, str | None]


def _faults(values: dict[str, Any]) -> list[Fault]:
    """Return (key, message, hint) of every fault."""
    found = _unknown(values, _KEYS, "a projection")
    for key in ("title", "view", *({"case", "author", "url"} & values.keys())):
        if not isinstance(values.get(key), str):
            found.append((key, f"`{key}` is {shown(values.get(key))}", f'{key} = "…"'))
    if isinstance(values.get("view"), str):
        found += _not_among(values, "view", VIEWS)
    changes = values.get("view") == "changes"
    found += _not_among(values, "formats", _formats_of(values.get("view")))
    found += _day_faults(values, least=2 if changes else 1)
    found += _number_faults(values)
    rules, where = values.get("rules", {}), values.get("where", {})
    for key, table in (("rules", rules), ("where", where)):
        if not isinstance(table, dict):
            return [*found, (key, f"`{key}` is {shown(table)}", f"make it a table: [{key}]")]
    found += _unknown(where, where_keys.KEYS, "[where]")
    for key, one in where.items():
        if not all(isinstance(item, str) for item in _list(one)):
            found.append((key, f"`{key}` is {shown(one)}, which is no text", f'{key} = "…"'))
    return found + _rule_faults(rules)


def _formats_of(view: object) -> tuple[str, ...]:
    """Return the formats in which the answers of a view can be published."""
    return (
        *FORMATS,
        *(FEEDS if view == "changes" else ()),
        *(PICTURES if view in PICTURED else ()),
    )


def _unknown(table: dict[str, Any], known: tuple[str, ...], what: str) -> list[Fault]:
    found: list[Fault] = []
    for key in table:
        if key not in known:
            like = near(key, known, 1)
            hint = f"did you mean `{like[0]}`?" if like else f"known keys: {', '.join(known)}"
            found.append((key, f"{what} has no key `{key}`", hint))
    return found


def _not_among(values: dict[str, Any], key: str, words: tuple[str, ...]) -> list[Fault]:
    return [
        (key, f"`{key}` is {shown(one)}", f"one of: {', '.join(words)}")
        for one in _list(values.get(key, []))
        if one not in words
    ]


def _day_faults(values: dict[str, Any], *, least: int) -> list[Fault]:
    """Check that the as-of points are days or timestamps; their zone is the case's."""
    from habeas import times  # noqa: PLC0415

    found: list[Fault] = []
    points = [str(one) for one in _list(values.get("as_of", []))]
    for one in points:
        try:
            times.parse_as_of(one, times.zone("UTC"))
        except times.BadTime as error:
            found.append(("as_of", f"`as_of`: {error.message}", error.hint))
    if len(points) < least:
        named = "names no day" if least == 1 else "names fewer than two days to compare"
        days = ", ".join(f'"2026-01-{day:02}"' for day in range(8, 8 + least))
        found.append(("as_of", f"`as_of` {named}", f"as_of = [{days}]"))
    if len(set(points)) < len(points):
        found.append(("as_of", "`as_of` names a day twice", "name each once"))
    return found


def _number_faults(values: dict[str, Any]) -> list[Fault]:
    """Check that a view that reconciles names one number or two, and no other view any."""
    numbers = _list(values.get("numbers", []))
    hint = 'numbers = ["courier-1#held-863", "courier-2#held-806"]'
    if values.get("view") != "reconcile":
        told = "`numbers` are for the view `reconcile` alone"
        return [("numbers", told, "leave them out")] if numbers else []
    if not all(isinstance(one, str) for one in numbers):
        return [("numbers", f"`numbers` is {shown(values['numbers'])}, which is no text", hint)]
    if len(numbers) not in {1, 2}:
        return [("numbers", f"`numbers` names {len(numbers)} numbers, not one or two", hint)]
    return []


def _rule_faults(rules: dict[str, Any]) -> list[Fault]:
    known = Rules._fields
    found = _unknown(rules, known, "[rules]")
    found += _not_among(rules, "accept", ACCEPTED)
    found += _not_among(rules, "vouching", KINDS)
    found += _not_among(rules, "min_grade", GRADES)
    for key, least in (("corroboration", 1), ("same_event_days", 1), ("stale_days", 1)):
        one = rules.get(key, least)
        if type(one) is not int or one < least:
            found.append((key, f"`{key}` is {shown(one)}", f"a whole number from {least}"))
    return found
