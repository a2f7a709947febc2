"""Sources: a table of voices, one of documents, and who relays whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from habeas.render import basis, words
from habeas.render.blocks import Block, Foot, Heading, Paragraph, Table
from habeas.render.numbers import days

COUNTED: Final = (
    *("claims", "status_claims", "confirmed", "open", "contradicted", "replaced"),
    *("withdrawn", "corrected", "first"),
)
"""What is counted of each voice and each document."""

OTHERS: Final = ("denial", "unknown", "idle", "not_counted", "status_withdrawn")
"""What else became of claims of a status: with what is `COUNTED` of them, all of them."""

_COUNTS: Final = (
    *("Claims", "of a status", "Confirmed", "Open", "Contradicted", "Replaced", "Other"),
    *("Withdrawn", "Corrected", "First", "Days to report", "Days to record"),
)
_BECAME: Final = ("Claims", "What became of them", "First", "Days to report", "to record")
_NARROW_VOICES: Final = ("Voice", "Kind", "Grade", *_BECAME)
_NARROW_DOCUMENTS: Final = ("Document", "Published", *_BECAME)
VOICES_HEAD: Final = ("Voice", "Kind", "Grade", *_COUNTS, "Relayed by")
DOCUMENTS_HEAD: Final = ("Document", "Published", *_COUNTS, "Voices")
RELAYS_HEAD: Final = ("Relay", "of", "Claims")
COLUMNS: Final = (
    *("row", "voice", "document", "name", "kind", "grade", *COUNTED, *OTHERS),
    *("report_days_least", "report_days_most", "record_days", "relayed_by", "voices", "of"),
    *("events", *basis.COLUMNS),
)


def page(data: dict[str, Any], title: str | None) -> list[Block]:
    """Return the sources as a page for a screen: what became of claims in words, to save room."""
    voices = Table(_NARROW_VOICES, tuple(_narrow_voice(one) for one in data["voices"]))
    documents = Table(_NARROW_DOCUMENTS, tuple(_narrow_document(one) for one in data["documents"]))
    return _page(data, title, voices, documents)


def text(data: dict[str, Any], title: str | None) -> list[Block]:
    """Return the sources as a page with a column for each number."""
    voices = Table(VOICES_HEAD, tuple(_voice(one) for one in data["voices"]))
    documents = Table(DOCUMENTS_HEAD, tuple(_document(one) for one in data["documents"]))
    return _page(data, title, voices, documents)


def _page(data: dict[str, Any], title: str | None, voices: Table, documents: Table) -> list[Block]:
    said = data["basis"]
    heading = title or f"Sources of {said['case']}"
    blocks: list[Block] = [Heading(f"{heading}, as of {said['as_of']}", 1)]
    if not data["documents"]:
        blocks.append(Paragraph("No source was known by then."))
        return [*blocks, basis.foot(said)]
    blocks += [Heading("Voices", 2), voices, Heading("Documents", 2), documents]
    if data["relays"]:
        blocks.append(Heading("Who relays whom", 2))
        blocks.append(Paragraph("A relay adds no voice: whatever is relayed is its origin's."))
        blocks.append(Table(RELAYS_HEAD, tuple(_relay(one) for one in data["relays"])))
    return [*blocks, Foot(_LEGEND), basis.foot(said)]


_LEGEND: Final = (
    "Confirmed, contradicted: claims of a status, by what is known as of this day.",
    "Open: claims that others may still change. Replaced: the same voice has said otherwise since.",
    "Other: denials, what is not known, and what is of no bearing, not counted or withdrawn.",
    "Confirmed to other make up the claims of a status; the rest is of claims of any kind.",
    "Corrected: by us, where we had copied it wrong. First: the first to tell of what happened.",
    "Days to report: from what happened to when it was public; to record: from there to our log.",
    "Of several claims the median is given.",
    "The events behind every number are in the JSON of this answer.",
)


def _voice(one: dict[str, Any]) -> tuple[str, ...]:
    relayed = ", ".join(one["relayed_by"]) or "–"
    return (one["name"], one["kind"], one["grade"] or "–", *_counts(one), relayed)


def _narrow_voice(one: dict[str, Any]) -> tuple[str, ...]:
    return (one["name"], one["kind"], one["grade"] or "–", *_became(one))


def _narrow_document(one: dict[str, Any]) -> tuple[str, ...]:
    return (one["document"], words.date(one["published"]), *_became(one))


_TOLD: Final = {
    "confirmed": "confirmed",
    "open": "open",
    "contradicted": "contradicted",
    "replaced": "replaced",
    "denial": "denial",
    "unknown": "not known",
    "idle": "of no bearing",
    "not_counted": "not counted",
    "status_withdrawn": "withdrawn",
}
"""What became of claims of a status, in words; each claim is in one."""


def _became(one: dict[str, Any]) -> tuple[str, ...]:
    """Return how many claims, what became of them, how many were first, and the two lags."""
    first, *lags = _counts(one)[_COUNTS.index("First") :]
    became = [f"{one[key]['count']} {word}" for key, word in _TOLD.items() if one[key]["count"]]
    told = [f"{one['status_claims']['count']} of a status"]
    told = [f"{told[0]}: {', '.join(became)}"] if became else told
    if others := one["withdrawn"]["count"] - one["status_withdrawn"]["count"]:
        told.append(f"{others} of another kind withdrawn")
    if corrected := one["corrected"]["count"]:
        told.append(f"{corrected} corrected")
    return str(one["claims"]["count"]), "; ".join(told), first, *lags


def _document(one: dict[str, Any]) -> tuple[str, ...]:
    return (
        one["document"],
        words.date(one["published"]),
        *_counts(one),
        ", ".join(one["voices"]) or "–",
    )


def _counts(one: dict[str, Any]) -> tuple[str, ...]:
    report = one["days_to_report"] or {"least": None, "most": None}
    record = one["days_to_record"]
    counted = [str(one[key]["count"]) for key in COUNTED]
    others = sum(one[key]["count"] for key in OTHERS)
    counted.insert(_COUNTS.index("Other"), str(others))
    return (
        *counted,
        days(report["least"], report["most"]),
        "–" if record is None else str(record["median"]),
    )


def _relay(one: dict[str, Any]) -> tuple[str, ...]:
    return one["relay"], one["of"], str(one["claims"]["count"])


def lines(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each voice, each document and each relay, with the basis."""
    beside = basis.beside(data["basis"])
    for key, row in (("voices", "voice"), ("documents", "document"), ("relays", "relay")):
        for one in data[key]:
            yield {"row": row, **one, "basis": beside}


def records(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each voice, each document and each relay as a flat record; `row` says which."""
    beside = basis.beside(data["basis"])
    for one in data["voices"]:
        yield _record(one) | {"row": "voice", **beside}
    for one in data["documents"]:
        yield _record(one) | {"row": "document", "name": one["title"], **beside}
    for one in data["relays"]:
        shown = {"voice": one["relay"], "of": one["of"], "claims": one["claims"]["count"]}
        yield shown | {"row": "relay", "events": one["claims"]["events"], **beside}


def _record(one: dict[str, Any]) -> dict[str, Any]:
    report = one["days_to_report"] or {"least": None, "most": None}
    record = one["days_to_record"] or {"median": None}
    return (
        {key: value for key, value in one.items() if key in COLUMNS}
        | {key: one[key]["count"] for key in (*COUNTED, *OTHERS)}
        | {
            "report_days_least": report["least"],
            "report_days_most": report["most"],
            "record_days": record["median"],
            "events": one["claims"]["events"],
        }
    )
