"""A change log as a feed: Atom (RFC 4287) and JSON Feed 1.1, an entry for each change.

Nothing here depends on the clock or the network, so the same answer gives the same bytes.

An id is a UUID of version 5 (RFC 9562), made of what the news is: case, projection, person (or
series of numbers, or group), kinds of change, and the events that caused it. It stays when the log
grows, when our words change, and when other days are compared. `updated` is when the news became
known (`became_known`); the date of the event itself stands in the content.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree as ET

from habeas.render import change_groups, change_moves, changes, prose_dates, words
from habeas.render.change_words import state
from habeas.render.safe import visible

ATOM: Final = "http://www.w3.org/2005/Atom"
JSON_FEED: Final = "https://jsonfeed.org/version/1.1"
LANGUAGE: Final = "en"

_SPACE: Final = uuid.UUID("66fb2c02-f286-4a3f-88f2-36c8e73d83b2")
"""The namespace of our ids, made once at random; it never changes."""

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Data = dict[str, Any]


class Entry(NamedTuple):
    """One change as a feed has it."""

    id: str
    title: str
    updated: str
    content: str
    change: Data


class Feed(NamedTuple):
    """A feed; `author` is who answers for it, `url` where it will stand, if that is known."""

    id: str
    title: str
    subtitle: str
    updated: str
    author: str
    url: str | None
    entries: tuple[Entry, ...]


def feed_text(
    data: Data,
    format: str,  # noqa: A002 - what it is called on the command line
    *,
    title: str | None = None,
    author: str | None = None,
    url: str | None = None,
) -> str:
    """Return a change log as `atom` or `jsonfeed`; the author is by default the case."""
    found = feed(data, title=title, author=author, url=url)
    return atom(found) if format == "atom" else json_feed(found)


def feed(data: Data, *, title: str | None, author: str | None, url: str | None) -> Feed:
    """Return a change log as a feed, the newest entry first."""
    entries = [_entry(one, data) for one in sorted(data["changes"], key=lambda one: one["person"])]
    entries += [_moved(one, data) for many in change_moves.moved(data) for one in many]
    entries.sort(key=lambda one: one.updated, reverse=True)
    basis = data["to"]
    return Feed(
        id=_id("feed", *_scope(data), *(_point(data[side]) for side in ("from", "to"))),
        title=_clean(changes.heading(data, title)),
        subtitle=_clean(changes.summary(data)),
        updated=entries[0].updated if entries else basis["as_of_instant"],
        author=_clean(author or basis["case"]),
        url=url,
        entries=tuple(entries),
    )


def _point(basis: Data) -> list[str]:
    return [basis["as_of"], basis["on"]]


def _scope(data: Data) -> list[Any]:
    """Return what sets two feeds of the same news apart: the case, the rules, the direction."""
    way = "back" if changes.is_back(data) else "on"
    return [data["to"]["case"], data["to"]["projection"], way]


def _id(*parts: Any) -> str:  # noqa: ANN401 - JSON values
    written = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return uuid.uuid5(_SPACE, written).urn


def _entry(change: Data, data: Data) -> Entry:
    """Return an entry for a change about a person."""
    causes = sorted(map(_mark, change["causes"]))
    return _told(
        change,
        data,
        parts=(change["person"], sorted(change["kinds"]), causes),
        title=f"{change['name']}: {_now(change['after'])}",
        content=(changes.told(change), *_dates(change)),
    )


def _moved(change: Data, data: Data) -> Entry:
    """Return an entry for reported numbers, or a group, that moved."""
    causes = sorted(map(_mark, change["causes"]))
    return _told(
        change,
        data,
        parts=(*change_moves.subject(change), sorted(change["kinds"]), causes),
        title=f"{change_moves.title(change)}: {change_moves.now(change)}",
        content=(change_moves.told(change),),
    )


def _told(
    change: Data, data: Data, *, parts: Iterable[Any], title: str, content: Iterable[str]
) -> Entry:
    known = change_groups.became_known(change, data)
    said = (*content, f"Known from {prose_dates.bare(known.day)} ({known.instant}).")
    return Entry(
        id=_id("change", *_scope(data), *parts),
        title=_clean(title),
        updated=known.instant,
        content="\n\n".join(map(_clean, said)),
        change=change,
    )


def _mark(cause: Data) -> list[str]:
    """Return what a cause is told by in an id: its event, else all that it says."""
    if cause["event"] is not None:
        return [cause["cause"], cause["event"]]
    return [cause["cause"], *(value for _, value in sorted(cause.items()) if value is not None)]


def _now(facts: Data | None) -> str:
    return "no longer on record" if facts is None else state(words.marked(facts))


def _dates(change: Data) -> Iterator[str]:
    """Yield the date of the event itself, in words and as EDTF."""
    facts = change["after"] or change["before"]
    since, said = facts["since"], words.marked(facts)["since"]
    if since is None:
        yield "Date in the world: not told."
    else:
        yield f"Date in the world: {prose_dates.told(said)} (EDTF {since})."


def _clean(text: str) -> str:
    """Return text in one line, with nothing that XML does not allow; that is shown as U+0000."""
    return _NOT_XML.sub(lambda found: f"<U+{ord(found[0]):04X}>", visible(text))


def atom(found: Feed) -> str:
    """Return a feed as Atom, in UTF-8."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": LANGUAGE})
    _add(root, "id", found.id)
    _add(root, "title", found.title)
    _add(root, "subtitle", found.subtitle)
    _add(root, "updated", found.updated)
    _add(_add(root, "author"), "name", found.author)
    if found.url is not None:
        _add(root, "link", rel="self", href=found.url)
    _add(root, "generator", "habeas")
    for one in found.entries:
        entry = _add(root, "entry")
        _add(entry, "id", one.id)
        _add(entry, "title", one.title)
        _add(entry, "updated", one.updated)
        for kind in one.change["kinds"]:
            _add(entry, "category", term=kind)
        _add(entry, "content", one.content, type="text")
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _add(above: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(above, name, attributes)
    element.text = text
    return element


def json_feed(found: Feed) -> str:
    """Return a feed as JSON Feed."""
    written = {
        "version": JSON_FEED,
        "title": found.title,
        "description": found.subtitle,
        **({"feed_url": found.url} if found.url is not None else {}),
        "authors": [{"name": found.author}],
        "language": LANGUAGE,
        "items": [_item(one) for one in found.entries],
    }
    return json.dumps(written, indent=1, ensure_ascii=False) + "\n"


def _item(one: Entry) -> Data:
    """Return an entry as an item; `_habeas` holds what a program needs and a reader does not."""
    change = one.change
    events = [cause["event"] for cause in change["causes"] if cause["event"] is not None]
    return {
        "id": one.id,
        "title": one.title,
        "content_text": one.content,
        "date_published": one.updated,
        "date_modified": one.updated,
        "tags": change["kinds"],
        "_habeas": {
            **_about(change),
            "before": change["before"],
            "after": change["after"],
            "events": events,
        },
    }


def _about(change: Data) -> Data:
    """Return whom or what an item is about, and of a person since when."""
    if "person" in change:
        since = (change["after"] or change["before"])["since"]
        return {"person": change["person"], "since": since}
    keys = ("group",) if "group" in change else ("measure", "population", "place", "counter")
    return {key: change[key] for key in keys}
