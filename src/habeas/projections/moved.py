"""What moved between two sides besides persons: series of numbers, and groups; and why.

Of a move it names all that was told, taken back or recorded, between the two sides, of the claims
behind it (`news`); unlike `causes` it does not try without which of these there would have been
none. That a group is told of at all, or no longer, is its own claims' doing alone. Where there was
nothing, a stated date has passed (`elapsed`); each side may have its own rules (`ruled`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from habeas.projections.causes import rules_differ, time_passed
from habeas.projections.changes import Side
from habeas.projections.explanation import Read
from habeas.projections.groups import groups
from habeas.projections.moves import counts_moved, groups_moved
from habeas.projections.news import News
from habeas.projections.series import Key, Series, gathered, series_of

_BEHIND: Final = frozenset({"events", "said", "turned"})
"""What `moves` tells of a move for its causes to be found, and nobody else is told."""


def moved(before: Side, after: Side, read: Read, *, evidence: bool) -> dict[str, Any]:
    """Return the counters' series and the groups that moved: `{"counts": […], "groups": […]}`.

    See `moves`; each with its `causes`. A group that appeared though the first side's log knew of
    it has the kind `returned`. `read` gives the records at some `seq`s. With `evidence`,
    also the series of which only more is told. A choice of persons chooses groups, and leaves no
    series; one by party or place chooses both.
    """
    news = News(before, after)
    counted = [] if _chooses_persons(after) else counts_moved(*_series(before, after))
    told = [one for one in counted if evidence or one["kinds"] != ["relayed"]]
    grouped = groups_moved(*(groups(side.state, side.question) for side in (before, after)))

    def caused(one: dict[str, Any]) -> dict[str, Any]:
        kinds = ["returned"] if _returned(before, one, news) else one["kinds"]
        shown = {key: one[key] for key in one if key not in _BEHIND}
        return shown | {"kinds": kinds, "causes": _causes(before, after, one, news, read)}

    return {"counts": list(map(caused, told)), "groups": list(map(caused, grouped))}


def _chooses_persons(side: Side) -> bool:
    return not side.question.where.keys() <= {"party", "place"}


def _series(before: Side, after: Side) -> list[dict[Key, Series]]:
    """Return each side's series, but for those in which the two sides hold the same."""
    said = [gathered(side.state, side.question) for side in (before, after)]
    same = {key for key, numbers in said[0].items() if numbers == said[1].get(key)}
    return [
        {key: series_of(side.state, numbers) for key, numbers in one.items() if key not in same}
        for side, one in zip((before, after), said, strict=True)
    ]


def _returned(before: Side, one: Mapping[str, Any], news: News) -> bool:
    """Say whether a group that appeared was told of before, by what did not count any more."""
    return one["kinds"] == ["appeared"] and news.was_told_of(before, one["group"])


def _causes(
    before: Side, after: Side, one: Mapping[str, Any], news: News, read: Read
) -> list[dict[str, Any]]:
    """Return why something moved, in the order of the log."""
    told = [news.told(record) for record in read(_behind(one, news)) if record.event is not None]
    if before.question.rules != after.question.rules:
        return [rules_differ(before, after), *told]
    return told or [time_passed(before, after)]


def _behind(one: Mapping[str, Any], news: News) -> set[int]:
    """Return the events that moved something, by `seq`.

    Where a group came or went: those by which its own claims count, or no longer. Else behind it
    stand its claims and, of the members of a group who turned, those against them: a denial is no
    claim of the group. Where none of these is news, all that is told of such members.
    """
    turned, own = one.get("turned", ()), one.get("said", ())
    if None in (one["before"], one["after"]) and not any(map(news.counts_on_both, own)):
        seqs = news.of(own)
        if seqs:
            return seqs
    return news.of([*one["events"], *news.against(turned)]) or news.of(news.told_of(turned))
