"""Registrations: the case, and the parties, documents and persons its claims name.

A registration acts for every as-of. Its id never changes; its other fields can be corrected.
"""

from __future__ import annotations

from attrs import frozen

from habeas.events import fields
from habeas.vocabulary import KINDS


@frozen(kw_only=True, repr=False, eq=False)
class CaseOpened(fields.Value):
    """A case is opened: always the first event of a log, and only that."""

    case: str = fields.ident("the case's id")
    title: str = fields.name("what the case is about")
    timezone: str = fields.zone("the zone in which a date without one is read (IANA name)")


@frozen(kw_only=True, repr=False, eq=False)
class PartyRegistered(fields.Value):
    """Somebody who speaks: a person, an organisation, an outlet, a state."""

    party: str = fields.ident("the party's id")
    name: str = fields.name("the party's name")
    kind: str = fields.one_of(KINDS, "what the party is to the persons it speaks of")
    part_of: str | None = fields.ident("the party it speaks for", optional=True)
    of: tuple[str, ...] = fields.idents(
        "the persons whose detainee, family or lawyer it is; for these three kinds only"
    )


@frozen(kw_only=True, repr=False, eq=False)
class DocumentRegistered(fields.Value):
    """Something we read claims in: an article, a list, a video, a court record."""

    document: str = fields.ident("the document's id")
    publisher: str = fields.ident("the party that published it")
    published: str = fields.date("when it became public; '?' says that we inferred it")
    retrieved: str | None = fields.date("when we fetched it", optional=True)
    timezone: str | None = fields.zone(
        "the zone in which its dates are read, where that is not the case's", optional=True
    )
    title: str = fields.name("what it is, in our own words")
    url: str | None = fields.name("where it was found", optional=True)
    language: str | None = fields.name("its language (BCP 47 tag)", optional=True)
    sha256: str | None = fields.sha256("SHA-256 of the stored file", optional=True)
    note: str | None = fields.text("how the record was made, in our own words", optional=True)


@frozen(kw_only=True, repr=False, eq=False)
class PersonRegistered(fields.Value):
    """Somebody whose status the case follows."""

    person: str = fields.ident("the person's id")
    name: str = fields.name("the name as we write it")
    aliases: tuple[str, ...] = fields.names("other names and spellings")
