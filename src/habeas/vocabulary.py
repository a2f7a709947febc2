"""The words of the field: statuses and their custody, stances, kinds of party, and the rest.

It says which words there are and how they relate; it does not say what an answer is (`resolve`).
The words are part of the log's format: one may be added, none is ever changed.
"""

from __future__ import annotations

from typing import Final

CUSTODY_OF: Final = {
    "detained": "held",
    "incommunicado": "held",
    "disappeared": "held",
    "house_arrest": "held",
    "released": "out",
    "restricted": "out",
    "at_liberty": "out",
    "sent_abroad": "out",
    "escaped": "out",
    "died": "dead",
    "missing": "unknown",
    "unknown": "unknown",
}
"""Each status, and the custody it is of. House arrest is held: it is never shown as free."""

STATUSES: Final = tuple(CUSTODY_OF)
CUSTODIES: Final = ("held", "out", "dead", "unknown")

REFINES: Final = {
    "incommunicado": "detained",
    "disappeared": "detained",
    "restricted": "released",
    "at_liberty": "released",
    "sent_abroad": "released",
}
"""A status that says more, and the one it says more than."""

STATUS: Final = "status.claimed"
DETAIL: Final = "detail.claimed"
UNLISTED: Final = "row.unlisted"
"""Types of claims that those who read many of them tell apart by name."""

STANCES: Final = ("asserted", "unconfirmed", "expected", "denied", "unknown")
"""How a party stands to what it says; the first three from strong to weak."""

KINDS: Final = (
    "detainee",
    "family",
    "lawyer",
    "witness",
    "monitor",
    "court",
    "government",
    "authority",
    "intergovernmental",
    "media",
    "other",
    "unidentified",
)
PERSONAL_KINDS: Final = ("detainee", "family", "lawyer")
"""Kinds that hold only of the persons a party is `of`; about anybody else it is a witness."""

BASES: Final = (
    "statement",
    "interview",
    "video",
    "photo",
    "list",
    "court_record",
    "own_reporting",
)
OPERATORS: Final = ("=", ">", ">=", "<", "<=", "~", "..")
GRADES: Final = ("A", "B", "C", "D", "E", "F")
"""The Admiralty code's reliability of a source; F says that it cannot be judged."""

PUBLIC: Final = "public"
DESK: Final = "desk"
AUDIENCES: Final = (PUBLIC, DESK)
"""Who asks: everybody, or those who keep the log, from whom nothing is withheld."""

ACCESS: Final = ("access.withheld", "access.disclosed")
"""The types of events that say what is kept from whom."""

DETAIL_KEYS: Final = {
    "nationality": "a nationality held (ISO 3166-1 alpha-2 code); one claim for each",
    "charge": "what the person is accused of",
    "occupation": "what the person does for a living or is known for",
    "affiliation": "a party, movement or organisation the person belongs to",
    "legal": "the state of proceedings, or of the defence",
    "contact": "whether and how the person can be reached or visited",
    "residence": "where the person lived",
    "health": "the person's state of health",
    "age": "age as told, with the date it refers to in `when`",
    "family": "a relation that bears on the case",
    "name": "another name or spelling",
}
"""Known keys of `detail.claimed` with their meaning; other keys are allowed."""

MEASURES: Final = {
    "held": "persons held at the date",
    "foreign_held": "foreigners (or dual nationals) held at the date",
    "released_on": "persons released on the date",
    "released_since": "persons released since the start of `period` (a running total)",
    "announced": "releases announced",
    "verified": "releases verified by the counter",
    "arrested_on": "persons arrested on the date",
    "arrested_since": "persons arrested since the start of `period` (a running total)",
    "late_added": "earlier cases that the counter learned of late",
}
"""Known measures of `count.claimed` with their meaning; other measures are allowed."""

_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "arrested": ("detained",),
    "arrestado": ("detained",),
    "captured": ("detained",),
    "capturado": ("detained",),
    "detenido": ("detained",),
    "encarcelado": ("detained",),
    "held": ("detained",),
    "imprisoned": ("detained",),
    "in custody": ("detained",),
    "in prison": ("detained",),
    "jailed": ("detained",),
    "preso": ("detained",),
    "privado de libertad": ("detained",),
    "re arrested": ("detained",),
    "reaprehendido": ("detained",),
    "rearrested": ("detained",),
    "redetenido": ("detained",),
    "secuestrado": ("detained", "disappeared"),
    "incomunicado": ("incommunicado",),
    "aislado": ("incommunicado",),
    "desaparicion forzada": ("disappeared",),
    "enforced disappearance": ("disappeared",),
    "forcibly disappeared": ("disappeared",),
    "desaparecido": ("disappeared", "missing"),
    "arresto domiciliario": ("house_arrest",),
    "casa por carcel": ("house_arrest",),
    "home detention": ("house_arrest",),
    "prision domiciliaria": ("house_arrest",),
    "excarcelado": ("released", "restricted", "house_arrest"),
    "excarcelacion": ("released", "restricted", "house_arrest"),
    "liberado": ("released", "at_liberty"),
    "libre": ("released", "at_liberty"),
    "libertad": ("released", "at_liberty"),
    "free": ("released", "at_liberty"),
    "freed": ("released",),
    "let go": ("released",),
    "puesto en libertad": ("released",),
    "bail": ("restricted",),
    "on bail": ("restricted",),
    "conditional release": ("restricted",),
    "libertad condicional": ("restricted",),
    "libertad bajo fianza": ("restricted",),
    "medidas cautelares": ("restricted", "house_arrest"),
    "medida cautelar": ("restricted", "house_arrest"),
    "parole": ("restricted",),
    "regimen de presentacion": ("restricted",),
    "acquitted": ("at_liberty",),
    "libertad plena": ("at_liberty",),
    "sobreseimiento": ("at_liberty",),
    "unconditional release": ("at_liberty",),
    "pardoned": ("at_liberty",),
    "indultado": ("at_liberty",),
    "canjeado": ("sent_abroad",),
    "deportado": ("sent_abroad",),
    "deported": ("sent_abroad",),
    "desterrado": ("sent_abroad",),
    "exchanged": ("sent_abroad",),
    "exiled": ("sent_abroad",),
    "exiliado": ("sent_abroad",),
    "expulsado": ("sent_abroad",),
    "swapped": ("sent_abroad",),
    "evadido": ("escaped",),
    "fugado": ("escaped",),
    "fugitive": ("escaped",),
    "dead": ("died",),
    "deceased": ("died",),
    "died in custody": ("died",),
    "fallecido": ("died",),
    "killed": ("died",),
    "muerto": ("died",),
    "extraviado": ("missing",),
    "lost": ("missing", "unknown"),
    "desconocido": ("unknown",),
}


_LETTERS: Final = {code: " " for code in range(128) if not chr(code).isalnum()}
"""What of ASCII is no letter and no digit, and becomes a space."""


def fold(text: str) -> str:
    """Return `text` without accents and case, words parted by single spaces: for likeness."""
    if text.isascii():
        return " ".join(text.lower().translate(_LETTERS).split())
    import unicodedata  # noqa: PLC0415 - a library of its own, which most commands do not need

    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


def status_meant(word: str) -> tuple[str, ...]:
    """Return the statuses that a word of a source may mean: none, one, or several (ambiguous).

    English and Spanish, in any case, with or without accents, masculine or feminine, one or many.
    It is a hint for a person and never decides.
    """
    known = fold(word)
    if known.replace(" ", "_") in CUSTODY_OF:
        return (known.replace(" ", "_"),)
    for form in (known, *_masculine(known)):
        if form in _WORDS:
            return _WORDS[form]
    return ()


def _masculine(word: str) -> tuple[str, ...]:
    """Return the singular and masculine forms that a Spanish participle may be a form of."""
    singular = word.removesuffix("s")
    return (singular, singular[:-1] + "o") if singular.endswith("a") else (singular,)


def refines(finer: str, status: str) -> bool:
    """Say whether `finer` is `status` or says more than it."""
    return finer == status or REFINES.get(finer) == status
