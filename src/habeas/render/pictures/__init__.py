"""Pictures of answers, as SVG: one person's timeline, the roster over time, reported numbers.

JSON values in, text out, as everywhere in `render`: the same answer gives the same bytes. A picture
says nothing that the page beside it does not say in words. Each has a title and a description for
those who do not see it, and no colour is ever the only sign: everything is labelled or patterned.
"""

from __future__ import annotations

from habeas.render.pictures.bands import bands
from habeas.render.pictures.series import series
from habeas.render.pictures.spells import spells

__all__ = ["bands", "series", "spells"]
