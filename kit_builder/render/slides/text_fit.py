"""How much room a text takes in the toolkit's own fonts, for formats that nobody lays out here (slides).

Letters are measured one by one and lines are broken at spaces, as office programs do it; kerning is left out.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from fontTools.ttLib import TTFont

from kit_builder import paths

MM_PER_POINT = 25.4 / 72
FAMILIES = ("NotoSans", "NotoSansArabic", "NotoSansEthiopic")
RESERVE = 0.02
"""Share of a line that stays free, because programs round widths differently."""


@dataclass(frozen=True)
class Font:
    """The widths of a font's letters by code point, and the height of its lines, in shares of the text size."""

    widths: dict[int, float]
    line: float


@cache
def _font(family: str, bold: bool) -> Font:
    with TTFont(paths.FONTS / f"{family}-{'Bold' if bold else 'Regular'}.ttf", lazy=True) as file:
        units, advances, heights = file["head"].unitsPerEm, file["hmtx"].metrics, file["hhea"]
        widths = {code: advances[glyph][0] / units for code, glyph in file.getBestCmap().items()}
        return Font(widths, (heights.ascent - heights.descent + heights.lineGap) / units)


@cache
def _measures(letter: str, bold: bool) -> tuple[float, float]:
    """A letter's width and the height of its font's lines; a letter that no font has is as wide as high."""
    fonts = [_font(family, bold) for family in FAMILIES]
    found = next((font for font in fonts if ord(letter) in font.widths), fonts[0])
    return found.widths.get(ord(letter), 1.0), found.line


def line_height(text: str) -> float:
    """The height of the text's lines in its fonts' own spacing, in shares of the text size: Arabic has high ones."""
    return max(_measures(letter, False)[1] for letter in text or " ")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in one line, in millimetres; `size` is points."""
    return sum(_measures(letter, bold)[0] for letter in text) * size * MM_PER_POINT


def lines(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a column `room` millimetres wide. A word that is wider is broken."""
    room *= 1 - RESERVE
    space = width(" ", size, bold=bold)
    count, used = 1, 0.0
    for word in re.split(r"[ \n\t]+", text):
        needed = width(word, size, bold=bold)
        if used and used + space + needed > room:
            count, used = count + 1, 0.0
        used += needed + (space if used else 0)
        if used > room:
            count += math.ceil(used / room) - 1
            used %= room
    return count


def height(text: str, room: float, size: float, *, bold: bool = False) -> float:
    """The height of a paragraph in a column `room` millimetres wide, in millimetres, in the fonts' own spacing."""
    return lines(text, room, size, bold=bold) * line_height(text) * size * MM_PER_POINT
