"""Why: every claim about a person as a footnote, gathered by what it does to the answer.

Nothing that was told is left out: what was replaced, withdrawn or not counted comes last, with the
reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from habeas.projections.as_told import story_as_told
from habeas.render import basis, roster, timeline, words
from habeas.render.blocks import Block, Foot, Heading, Item, Paragraph, Points
from habeas.render.numbers import events

COLUMNS: Final = (
    *("person", "role", "status", "stance", "when", "place", "origin", "origin_name", "kind"),
    *("voice", "via", "document", "title", "publisher", "published", "locator", "said"),
    *("known_at", "basis_of_claim", "text", "note", "reason", "event", "ref"),
    *basis.COLUMNS,
)

Claim = dict[str, Any]
More = Callable[[Claim], Iterable[str]]

_REASON: Final = {
    "later word": "its later word, in {by}, takes its place",
    "repeat": "it adds nothing to what the same voice says in {by}",
    "denied": "the same voice denies it, or no longer knows, in {by}",
    "ended": "the same voice tells of its end in {by}; it counts until then",
}


def page(data: dict[str, Any], title: str | None) -> list[Block]:
    """Return the reasons for an answer as a page."""
    said = data["basis"]
    if not data["persons"]:
        gone = data.get("withdrawn", [])
        standing = " that stands" if gone else ""
        return [
            Heading(f"{title or said['case']}, as of {said['as_of']}", 1),
            Paragraph(f"Nothing{standing} was known of this person by then."),
            *_listed("Withdrawn", gone, _withdrawals),
            basis.foot(said),
        ]
    one = words.marked(story_as_told(data["persons"][0]))
    blocks: list[Block] = [Heading(f"{title or one['name']}, as of {said['as_of']}", 1)]
    blocks.append(Paragraph(f"{timeline.answer(one)}."))
    blocks += _sections(one)
    blocks += _documents(one)
    return [*blocks, Foot(roster.legend(data)), basis.foot(said)]


def _sections(one: dict[str, Any]) -> Iterator[Block]:
    names = {claim["event"]: _pointer(claim) for _, claim in claims_of(one)}
    for spell in one["spells"]:
        yield from _spell(spell)
    for item in one["pending"]:
        yield from _set_aside("Pending", item)
    for item in one["contradicted"]:
        yield from _set_aside("Contradicted", item)
    yield from _listed("Against the answer", one["against"])
    spoken = one["since_spoken"]
    yield from _listed(
        "Those who do not know",
        one["unknown"],
        lambda claim: (
            [f"Has since spoken: {events(spoken.get(claim['event'], ()))}."]
            if claim["event"] in spoken
            else []
        ),
    )
    yield from _listed("Bearing on nothing else that is told", one["idle"])
    yield from _listed(
        "Set aside by the same voice",
        one["replaced"],
        lambda claim: [f"Set aside: {_reason(claim, names)}."],
    )
    yield from _listed("Withdrawn", one["withdrawn"], _withdrawals)
    yield from _listed("Not counted, for how their party is graded", one["not_counted"])
    yield from _listed("Details", one["details"])
    yield from _listed("Remarks", one["remarks"])
    yield from _listed("No longer on a list, which is no release", one.get("unlisted", []))


def _spell(spell: dict[str, Any]) -> Iterator[Block]:
    since = words.since(words.as_told(spell["since"], spell["support"]))
    heading = f"{words.status(spell['status']).capitalize()} {since}{words.until(spell['until'])}"
    yield Heading(f"{heading}: {spell['standing']}", 2)
    if spell["held"] is not None:
        yield Paragraph(f"{words.held(spell['held']).capitalize()}.")
    for event in spell["events"]:
        if len(spell["events"]) > 1 or len(event["dates"]) > 1 or not event["reported"]:
            yield Paragraph(_event(event))
        yield from _points(event["support"])
        yield from _named("Seen so:", event["sightings"])
        yield from _named("Speaking against it:", event["against"])


def _event(event: dict[str, Any]) -> str:
    said = words.status(event["status"]).capitalize()
    if not event["reported"]:
        return f"{said}: its beginning is not told, only that it was so ({event['standing']})."
    if len(event["dates"]) > 1:
        dates = words.listed((words.date(date) for date in event["dates"]), "or")
        return f"{said}, on a date that is told differently: {dates} ({event['standing']})."
    return f"{said} {words.since(event['since'])} ({event['standing']})."


def _set_aside(title: str, item: dict[str, Any]) -> Iterator[Block]:
    yield Heading(f"{title}: {words.item(item)}", 2)
    yield from _points(item["support"])
    yield from _named("Speaking against it:", item.get("against", []))


def _nothing(_claim: Claim) -> Iterable[str]:
    return ()


def _listed(title: str, claims: list[Claim], more: More = _nothing) -> Iterator[Block]:
    if claims:
        yield Heading(title, 2)
        yield from _points(claims, more)


def _named(title: str, claims: list[Claim]) -> Iterator[Block]:
    if claims:
        yield Paragraph(title)
        yield from _points(claims)


def _points(claims: Iterable[Claim], more: More = _nothing) -> Iterator[Block]:
    items = tuple(Item(footnote(one), (*_under(one), *more(one))) for one in claims)
    if items:
        yield Points(items)


def footnote(claim: Claim) -> str:
    """Return who says what, where it stands, and since when it is known, as one footnote."""
    return f"{_who(claim)} {_says(claim)} {_where(claim)}"


def _who(claim: Claim) -> str:
    voice = f", speaking for {claim['voice_name']}" if claim["voice"] != claim["origin"] else ""
    return f"{claim['origin_name']} ({claim['kind']}{voice})"


def _says(claim: Claim) -> str:
    stance = words.SAYS[claim["stance"] or "asserted"]
    if "key" in claim:
        when = f", {words.date(claim['when'])}" if claim["when"] else ""
        return f"{stance}, of {claim['key']}: {claim['value'].rstrip('.')}{when}."
    if "text" in claim:
        return f"says: {claim['text'].rstrip('.')}."
    return f"{stance}: {words.told(claim)}."


def _where(claim: Claim) -> str:
    parts = [_pointer(claim)]
    if claim["via"]:
        parts.append(f"relayed by {words.listed(claim['via_names'])}")
    if claim["origin"] != claim["publisher"] and not claim["via"]:
        parts.append(f"relayed by {claim['publisher_name']}")
    if claim["said"]:
        parts.append(f"said {words.date(claim['said'])}")
    if claim["reported"]:
        parts.append(f"public since {words.date(claim['reported'])}")
    parts.append(f"known from {claim['known_on']}")
    return f"[{', '.join(parts)}; event {claim['event'][:8]}]"


def _pointer(claim: Claim) -> str:
    """Return where a claim stands: its document, and the place there."""
    return " ".join(filter(None, (claim["document"], claim["locator"])))


def _documents(one: dict[str, Any]) -> Iterator[Block]:
    """Yield the documents that the footnotes name, in the order of their ids."""
    found = {claim["document"]: claim for _, claim in claims_of(one)}
    found |= {each["document"]: each for claim in one["withdrawn"] for each in claim["withdrawals"]}
    if found:
        yield Heading("Documents", 2)
        yield Points(tuple(Item(_document(found[name]), ()) for name in sorted(found)))


def _document(claim: Claim) -> str:
    published = f"{claim['publisher_name']}, published {words.date(claim['published'])}"
    url = f", {claim['url']}" if claim["url"] else ""
    return f"{claim['document']}: “{claim['title']}”, {published}{url}"


def _under(claim: Claim) -> Iterator[str]:
    """Yield what a claim rests on, how it was read, and what became of our record of it."""
    if claim["basis"]:
        yield f"Rests on: {claim['basis'].replace('_', ' ')}."
    if claim["authority"]:
        yield f"Held by: {claim['authority']}."
    if claim["named"]:
        yield f"Named there: {claim['named']}."
    if claim["group"]:
        yield f"Said of a group: {claim['group']}."
    if claim["note"]:
        yield f"Note: {claim['note']}"
    for each in claim["corrections"]:
        yield f"Corrected on {each['recorded'][:10]} (event {each['event'][:8]}): {each['reason']}"


def _withdrawals(claim: Claim) -> Iterator[str]:
    for each in claim["withdrawals"]:
        yield f"Withdrawn by {each['origin_name']}: {_where(each)}"


def _reason(claim: Claim, names: dict[str, str]) -> str:
    by = claim["replaced_by"]
    return _REASON[claim["reason"]].format(by=f"{names.get(by, 'event')} ({by[:8]})")


def claims_of(one: dict[str, Any]) -> Iterator[tuple[str, Claim]]:
    """Yield every claim about a person with its role in the answer; a claim may have several."""
    for spell in one["spells"]:
        for event in spell["events"]:
            for role in ("support", "sightings", "against"):
                yield from ((role, claim) for claim in event[role])
    for key in ("pending", "contradicted"):
        for item in one[key]:
            yield from ((key, claim) for claim in item["support"])
            yield from ((f"against {key}", claim) for claim in item.get("against", []))
    for key in ("against", "unknown", "idle", "replaced", "withdrawn", "not_counted"):
        yield from ((key.replace("_", " "), claim) for claim in one[key])
    yield from (("detail", claim) for claim in one["details"])
    yield from (("remark", claim) for claim in one["remarks"])
    yield from (("unlisted", claim) for claim in one.get("unlisted", []))


def lines(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each claim with its role, and the basis of the answer as `answer`."""
    beside = basis.beside(data["basis"])
    for one in data["persons"]:
        for role, claim in claims_of(one):
            yield {"person": one["person"], "role": role, **claim, "answer": beside}


def records(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each claim as a flat record."""
    beside = basis.beside(data["basis"])
    for one in data["persons"]:
        for role, claim in claims_of(one):
            yield {
                **claim,
                "person": one["person"],
                "role": role,
                "basis_of_claim": claim["basis"],
                "text": claim.get("text") or claim.get("value"),
                "status": claim["status"] or claim.get("key"),
                **beside,
            }
