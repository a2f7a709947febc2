"""Invented names, put together from syllables, and the ids made of them.

They are meant to belong to nobody. The same random numbers give the same names.
"""

from __future__ import annotations

import unicodedata
from random import Random
from typing import Final

_GIVEN: Final = (
    "Abelio Adrila Amaro Anahel Belinda Benito Brisela Caliro Camelia Danelo Delfira Edaria Elián "
    "Emira Fabelio Farida Gadelo Gisela Haldor Ibeto Ilaria Jacinda Joselio Karimo Ladina Leandro "
    "Lisbela Maelo Marisela Nadiro Nerea Odalio Orfila Paludo Perla Quirino Radesa Ramelo Sabela "
    "Sandro Tabita Telmo Ubaldo Urania Valdo Vesira Wilmaro Ximela Yadiro Zulema"
).split()
_FIRST: Final = (
    "Al Bar Cor Dal Er Fal Gur Hor Ir Jal Kar Lum Mor Nar Ol Per Quin Ros Sal Tor".split()
)
_MIDDLE: Final = "a e i o u ade eni imo ori ura ista enza alva ibe ovi".split()
_LAST: Final = (
    "bal cés dán des fel gón lar lez mir nal ñán pol que rán sol tez vel yar zel zón".split()
)


def surname(rng: Random) -> str:
    """Return an invented family name."""
    return f"{rng.choice(_FIRST)}{rng.choice(_MIDDLE)}{rng.choice(_LAST)}"


def name(rng: Random) -> str:
    """Return an invented person's name: one given name and two family names."""
    return f"{rng.choice(_GIVEN)} {surname(rng)} {surname(rng)}"


def misspelt(text: str) -> str:
    """Return the name as another outlet may spell it: without accents and the last name."""
    return plain(text.rsplit(" ", 1)[0])


def plain(text: str) -> str:
    """Return the text without accents."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def slug(text: str, number: int) -> str:
    """Return an id made of a name, made unique by a number."""
    return f"{plain(text).lower().replace(' ', '-')}-{number}"
