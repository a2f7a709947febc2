"""SVG as text: elements, escaped, with numbers written one way, and the frame of a picture.

It knows no data. Lengths are in pixels of the picture's own frame, with one decimal at most; text
is of a sans-serif face, and its width is estimated, since nobody knows the reader's fonts.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Literal
from xml.sax.saxutils import escape, quoteattr

from habeas.render.safe import visible

INK: Final = "#1a1a1a"
FAINT: Final = "#595959"
GRID: Final = "#d9d9d9"
PAPER: Final = "#ffffff"
FONT: Final = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"

SIZE: Final = 13
SMALL: Final = 11
_WIDE: Final = 0.56
"""How wide a character is on average, in sizes of the font; of wide scripts twice that."""

Value = str | int | float
Look = Literal["plain", "bold", "clear"]

_LOOKS: Final[dict[Look, dict[str, Value]]] = {
    "plain": {},
    "bold": {"font_weight": "600"},
    "clear": {"stroke": PAPER, "stroke_width": 3, "paint_order": "stroke"},
}


def number(value: float) -> str:
    """Write a length: 12, 12.5, never -0."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


@lru_cache(256)
def _named(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


_quoted = lru_cache(4_096)(quoteattr)


def element(name: str, *children: str, **attributes: Value) -> str:
    """Write an element; `_` in the name of an attribute stands for `-`, and is cut at its end."""
    written = "".join(
        [
            f" {_named(key)}={_quoted(value)}"
            if isinstance(value, str)
            else f' {_named(key)}="{number(value)}"'
            for key, value in attributes.items()
        ]
    )
    inner = "".join(children)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def text(
    said: str,
    x: float,
    y: float,
    *,
    size: int = SIZE,
    anchor: str = "start",
    fill: str = INK,
    look: Look = "plain",
    room: float | None = None,
) -> str:
    """Write a line of text; where it is longer than `room` it is cut, and whole in a tooltip.

    What is `clear` stands on paper of its own, so that no line runs through it.
    """
    line = visible(said)
    cut = line if room is None else fitted(line, room, size)
    hint = () if cut == line else (element("title", escape(line)),)
    where: dict[str, Value] = {
        "x": x,
        "y": y,
        "font_size": size,
        "text_anchor": anchor,
        "fill": fill,
    }
    return element("text", *hint, escape(cut), **where, **_LOOKS[look])


def width(said: str, size: int = SIZE) -> float:
    """Estimate how wide a text is; characters of wide scripts count double."""
    return sum(2 if ord(sign) >= 0x1100 else 1 for sign in said) * _WIDE * size  # noqa: PLR2004


def fitted(said: str, room: float, size: int = SIZE) -> str:
    """Cut a text to a width, with an ellipsis where something is missing."""
    if width(said, size) <= room:
        return said
    cut = said
    while cut and width(f"{cut}…", size) > room:
        cut = cut[:-1]
    return f"{cut.rstrip()}…"


def line(x: float, y: float, to_x: float, to_y: float, **more: Value) -> str:
    """Write a straight line, faint unless said otherwise."""
    drawn: dict[str, Value] = {"x1": x, "y1": y, "x2": to_x, "y2": to_y, "stroke": GRID}
    return element("line", **(drawn | more))


def box(x: float, y: float, wide: float, high: float, **more: Value) -> str:
    """Write a rectangle."""
    return element("rect", x=x, y=y, width=wide, height=high, **more)


def path(points: str, **more: Value) -> str:
    """Write a path."""
    return element("path", d=points, **more)


def hatch(name: str, ink: str, paper: str, lines: str) -> str:
    """Write a pattern of 8 by 8 pixels: `lines` is a path, drawn in `ink` on `paper`."""
    return element(
        "pattern",
        box(0, 0, 8, 8, fill=paper),
        path(lines, stroke=ink, stroke_width=1.5, fill="none"),
        id=name,
        width=8,
        height=8,
        patternUnits="userSpaceOnUse",
    )


def picture(
    name: str,
    wide: float,
    high: float,
    *,
    title: str,
    description: str,
    patterns: Iterable[str],
    body: Iterable[str],
) -> str:
    """Write a whole picture, ending in a newline; `name` sets its ids apart on a page."""
    parts = [
        element("title", escape(visible(title)), id=f"{name}-title"),
        element("desc", escape(visible(description)), id=f"{name}-desc"),
        element("defs", *patterns),
        box(0, 0, wide, high, fill=PAPER),
        *body,
    ]
    whole = element(
        "svg",
        "\n",
        "\n".join(part for part in parts if part),
        "\n",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(wide)} {number(high)}",
        width=wide,
        height=high,
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        font_family=FONT,
    )
    return f"{whole}\n"
