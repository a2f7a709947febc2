"""Claims: what a document says, and from whom it has it. Claims act in known time.

Each names its *document* (where we read it) and its *origin* (the party to which the document
attributes it; when absent, the publisher). No claim holds a source's sentences: facts in our own
words, with the place where they stand.
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from habeas import when
from habeas.edtf import EdtfError
from habeas.events import fields
from habeas.vocabulary import BASES, OPERATORS, STANCES, STATUSES


@frozen(kw_only=True, repr=False, eq=False)
class Citation(fields.Value):
    """Where a claim stands, and who is named as its origin; part of every claim."""

    document: str = fields.ident("where we read it")
    origin: str | None = fields.ident(
        "the party to which the document attributes it; absent: its publisher", optional=True
    )
    via: tuple[str, ...] = fields.idents("the parties through which it came, nearest first")
    reported: str | None = fields.date(
        "when this part became public, where that differs from `published`", optional=True
    )
    said: str | None = fields.date("when the origin spoke, if that is told", optional=True)
    basis: str | None = fields.one_of(BASES, "what the claim rests on", optional=True)
    locator: str | None = fields.name("paragraph ('¶ 4'), page or time code", optional=True)
    ref: str | None = fields.ident(
        "a short name for the claim, unique in its document: document#ref", optional=True
    )
    note: str | None = fields.text("why it was read so, in our own words", optional=True)


def _check_when(field: str, value: object) -> None:
    """Check the `when` of a status: EDTF in one of the forms that say something of a status."""
    try:
        when.kind_of(fields.check_str(field, value))
    except EdtfError as error:
        raise fields.BadValue(field, f"`{field}`: {error.message}", hint=error.hint) from error


def _when_of_status() -> Any:  # noqa: ANN401
    doc = "what the claim is about: when the status began, ended or held (EDTF)"
    return fields.made(_check_when, doc, {"type": "string", "format": "edtf"}, optional=True)


@frozen(kw_only=True, repr=False, eq=False)
class StatusClaimed(Citation):
    """A party says of a person that a status began, ended, held, is expected, or is not so."""

    person: str = fields.ident("the person")
    status: str = fields.one_of(STATUSES, "the status")
    stance: str = fields.one_of(STANCES, "how the party stands to it")
    when: str | None = _when_of_status()
    place: str | None = fields.name("where", optional=True)
    authority: str | None = fields.ident("the party said to hold the person", optional=True)
    group: str | None = fields.ident("the group as one of which it is said", optional=True)
    named: str | None = fields.name("the name as the document spells it", optional=True)


@frozen(kw_only=True, repr=False, eq=False)
class DetailClaimed(Citation):
    """A party says something else of a person: a nationality, a charge, an occupation."""

    person: str = fields.ident("the person")
    key: str = fields.open_word("what is said: nationality, charge, occupation, legal, ...")
    value: str = fields.text("the value, in our own words")
    stance: str = fields.one_of(STANCES, "how the party stands to it")
    when: str | None = fields.date("the time it is about", optional=True)


@frozen(kw_only=True, repr=False, eq=False)
class CountClaimed(Citation):
    """A party gives a number of persons."""

    measure: str = fields.open_word("what is counted: held, released_since, announced, ...")
    operator: str = fields.one_of(OPERATORS, "how the number is meant: exactly, more than, about")
    low: int | None = fields.number("the number, or the least of a range", optional=True)
    high: int | None = fields.number("the greatest of a range (operator '..')", optional=True)
    quantity: str | None = fields.name("the word, when no number is given", optional=True)
    population: str | None = fields.name("who is counted, such as 'women'", optional=True)
    part_of: str | None = fields.name("the population it is part of", optional=True)
    when: str | None = fields.date("the date it refers to", optional=True)
    period: str | None = fields.date(
        "for running totals, the period (EDTF interval)", optional=True
    )
    scope: str | None = fields.name("the counter's definition of whom it counts", optional=True)
    place: str | None = fields.name("where", optional=True)
    stance: str = fields.one_of(STANCES, "how the party stands to it")


@frozen(kw_only=True, repr=False, eq=False)
class GroupClaimed(Citation):
    """A party says something of a group of persons, named or not: 'five Spaniards released'."""

    group: str = fields.ident("the group's id")
    label: str = fields.name("the group, in our own words")
    status: str = fields.one_of(STATUSES, "the status said of the group")
    operator: str = fields.one_of(OPERATORS, "how the number is meant")
    low: int | None = fields.number("the number, or the least of a range", optional=True)
    high: int | None = fields.number("the greatest of a range (operator '..')", optional=True)
    quantity: str | None = fields.name("the word, when no number is given", optional=True)
    population: str | None = fields.name("who they are, such as 'Spanish nationals'", optional=True)
    when: str | None = fields.date("when the status began (EDTF)", optional=True)
    place: str | None = fields.name("where", optional=True)
    stance: str = fields.one_of(STANCES, "how the party stands to it")


@frozen(kw_only=True, repr=False, eq=False)
class RemarkClaimed(Citation):
    """A party says what bears on the case and is no status, detail, count or group."""

    about: tuple[str, ...] = fields.idents("ids of the persons, groups and parties it is about")
    text: str = fields.text("the remark, in our own words")


@frozen(kw_only=True, repr=False, eq=False)
class RowUnlisted(Citation):
    """A list no longer carries somebody. It is never a release."""

    person: str = fields.ident("the person")


@frozen(kw_only=True, repr=False, eq=False)
class ClaimWithdrawn(Citation):
    """The claim's voice, or its document's publisher, took a claim back."""

    claim: str = fields.event_id("the claim taken back")
