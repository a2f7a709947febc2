"""How pictures speak on a page: in the page's language, with its dates and its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from habeas.render.pictures.speech import ENGLISH, Speech
from habeas.web import dates
from habeas.web.wording import words_of

SPANISH: Final[Mapping[str, str]] = {
    "and_then": ", luego ",
    "also_then": "luego {stages}; {note}",
    "as_of": "Al {as_of}",
    "bands": "Dónde se sabía que estaba cada quien, al {as_of}",
    "bands_below": "Personas, por el día en que se supo",
    "bands_between": "{days} en que alguien se movió.",
    "bands_from": "Desde el {day}: {numbers}.",
    "bands_none": "De nadie se sabía hasta entonces.",
    "bands_none_by": "De nadie se sabía al {as_of}.",
    "bands_title": "La lista de {case} en el tiempo en que se supo, al {as_of}",
    "counter_none": "ninguna cifra que cuente",
    "day": "día",
    "days": "días",
    "dateless": "fecha no indicada",
    "goes_on": "sigue",
    "in_words": " (en palabras: {words})",
    "nobody": "nadie",
    "not_told": "no se dice",
    "nothing": "Nada consta hasta ahora.",
    "on": "el {day}",
    "row": "fila",
    "rows": "filas",
    "series": "Cifras, {what}, al {as_of}",
    "series_by": "Según lo informado al {as_of}",
    "series_from": "El eje empieza en {number}.",
    "spells": "{name}, el {on}. {rows}.",
    "spells_title": "{name}: dónde estaba esta persona, al {as_of}",
    "held": "bajo custodia",
    "told": "cambio contado, sin resolver",
    "unknown": "no se sabe",
    "out_reported": "fuera, informado",
    "out_confirmed": "fuera, confirmado",
    "dead": "muertos",
    "surely": "seguro",
    "perhaps": "quizá",
    "told_pending": "contado, pendiente",
    "told_contradicted": "contado, desmentido",
    "pending": "pendiente",
    "contradicted": "desmentido",
}

_SIGNS: Final = {
    ">=": "al menos",
    "<=": "a lo sumo",
    ">": "más de",
    "<": "menos de",
    "~": "unos",
}
_SIGNED: Final = re.compile(r"(>=|<=|>|<|~)(-?\d+)")
_RANGE: Final = re.compile(r"(\d+)\.\.(\d+)")


@cache
def speech(language: str) -> Speech:
    """Return how pictures speak in a language."""
    word = words_of(language)
    spanish = language == "es"

    def heading(matter: dict[str, Any]) -> str:
        parts = [word(f"measure.{matter['measure']}"), matter["population"], matter["place"]]
        said = ": ".join(part for part in parts if part)
        return f"{said}, {word('part_of')} {matter['part_of']}" if matter["part_of"] else said

    return Speech(
        words=SPANISH if spanish else ENGLISH.words,
        status=lambda one: word(f"status.{one}"),
        standing=lambda one: word(f"standing.{one}"),
        date=lambda text: dates.say(text, language),
        figure=_figure if spanish else ENGLISH.figure,
        number=_number if spanish else ENGLISH.number,
        heading=heading,
    )


def _figure(number: int) -> str:
    """Return a number as Spanish writes it: 10 000, with a space that does not break."""
    return f"{number:,}".replace(",", "\u202f")


def _number(text: str) -> str:
    """Return a number as claimed, in words; a word stays as it is."""
    if not text:
        return SPANISH["not_told"]
    said = _SIGNED.sub(lambda found: f"{_SIGNS[found[1]]} {found[2]}", text)
    return _RANGE.sub(lambda found: f"{found[1]} a {found[2]}", said)
