"""The words in pictures: English as the other formats have it, or a page's own.

A picture is given its `Speech`; nothing is said in it that does not come from there or from the
answer itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from habeas.render import numbers, words
from habeas.render.counts import headline

WORDS: Final[Mapping[str, str]] = {
    "and_then": ", then ",
    "also_then": "then {stages}; {note}",
    "as_of": "As of {as_of}",
    "bands": "Who was known to be where, as of {as_of}",
    "bands_below": "Persons, by the day on which it was known",
    "bands_between": "{days} on which somebody moved.",
    "bands_from": "From {day}: {numbers}.",
    "bands_none": "Nobody was known of by then.",
    "bands_none_by": "Nobody was known of by {as_of}.",
    "bands_title": "The roster of {case} over known time, as of {as_of}",
    "counter_none": "no number that counts",
    "day": "day",
    "days": "days",
    "dateless": "date not stated",
    "goes_on": "goes on",
    "in_words": " (in words: {words})",
    "nobody": "nobody",
    "not_told": "not told",
    "nothing": "Nothing stands so far.",
    "on": "on {day}",
    "row": "row",
    "rows": "rows",
    "series": "Reported numbers, {what}, as of {as_of}",
    "series_by": "As reported by {as_of}",
    "series_from": "The axis begins at {number}.",
    "spells": "{name}, on {on}. {rows}.",
    "spells_title": "{name}: where this person was, as of {as_of}",
    # the bands
    "held": "in custody",
    "told": "a change told of, not settled",
    "unknown": "not known",
    "out_reported": "out, reported",
    "out_confirmed": "out, confirmed",
    "dead": "dead",
    # the legend of timelines
    "surely": "surely so",
    "perhaps": "may have been so",
    "told_pending": "told, pending",
    "told_contradicted": "told, contradicted",
    "pending": "pending",
    "contradicted": "contradicted",
}


class Speech(NamedTuple):
    """How a picture says things: its words, and what it calls a status, a date, a number.

    `heading` says what is counted, of a matter of `counts`.
    """

    words: Mapping[str, str]
    status: Callable[[str], str]
    standing: Callable[[str], str]
    date: Callable[[str], str]
    figure: Callable[[int], str]
    number: Callable[[str], str]
    heading: Callable[[dict[str, Any]], str]

    def say(self, key: str, **known: object) -> str:
        """Return a phrase with what is known put in its place."""
        return self.words[key].format(**known)

    def as_of(self, text: str) -> str:
        """Return an as-of: a day as a date, an instant as it is written."""
        return text if "T" in text else self.date(text)

    def things(self, number: int, one: str, many: str) -> str:
        """Return a number of things."""
        return f"{self.figure(number)} {self.words[one if number == 1 else many]}"


ENGLISH: Final = Speech(
    words=WORDS,
    status=words.status,
    standing=str,
    date=words.date,
    figure="{:,}".format,
    number=numbers.number,
    heading=headline,
)
