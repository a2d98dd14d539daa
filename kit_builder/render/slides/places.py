"""Where things stand on a slide and how large their texts may be: the PDF's page (templates/styles/results.css).

Measures are millimetres, text sizes points, tried from large to small.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kit_builder.render.slides import text_fit
from kit_builder.render.slides.deck import Columns

WIDTH, HEIGHT = 12192000, 6858000
"""16:9 as office programs have it, in their units: 338.67 × 190.5 mm."""
UNITS_PER_MM = 36000


@dataclass(frozen=True)
class Box:
    """A place on a slide; `x` counts from the side on which reading begins."""

    x: float
    y: float
    width: float
    height: float

    def placed(self, *, mirrored: bool) -> tuple[int, int, int, int]:
        """Left, top, width and height in office programs' units; `mirrored` where reading begins on the right."""
        x, y, width, height = (
            round(part * UNITS_PER_MM) for part in (self.x, self.y, self.width, self.height)
        )
        return (WIDTH - x - width if mirrored else x, y, width, height)


@dataclass(frozen=True)
class Place:
    """A box for text, and the sizes that its text may have."""

    box: Box
    sizes: tuple[float, ...]


MARGIN, BODY_WIDTH = 18.0, 302.6
TITLE_TOP, TITLE_HEIGHT = 16.5, 17.0
SHAPE, TITLE_INDENT = 11.8, 16.9
COLUMNS_TOP, RULE, PADDING = 36.8, 1.4, 3.0

BODY = Box(MARGIN, COLUMNS_TOP, BODY_WIDTH, 136)
TITLE_SIZES = (32, 30, 28, 26, 24, 22, 20)
GROUP_SIZES = tuple(range(26, 15, -1))
"""Sizes of findings; the group's name is HEADING times as large."""
HEADING = 1.1
BETWEEN = 0.5
"""Space after a group's name, a finding or a step, in shares of the text size."""
LINE_SPACING, TALL_SPACING = 0.95, 0.8
"""Shares of the fonts' own line height: Noto Sans is spaced widely, and Noto Sans Arabic more widely still."""
TALL = 1.6
"""Lines are high where the font's own are more than this many times the text size."""
CELL_SIDE, CELL_TOP = 3.0, 2.0

TITLE = Place(Box(MARGIN, TITLE_TOP, BODY_WIDTH, TITLE_HEIGHT), TITLE_SIZES)
AREA_TITLE = Place(
    Box(MARGIN + TITLE_INDENT, TITLE_TOP, BODY_WIDTH - TITLE_INDENT, TITLE_HEIGHT), TITLE_SIZES
)
AREA_SHAPE = Box(MARGIN, TITLE_TOP + (TITLE_HEIGHT - SHAPE) / 2, SHAPE, SHAPE)
OPENING_SHAPES = Box(MARGIN, 40, 16, 16)
"""The first area's shape on the opening slide; the others follow at a distance of SHAPES_STEP."""
SHAPES_STEP = 22
OPENING_TITLE = Place(Box(MARGIN, 63, BODY_WIDTH, 27), (52, 48, 44, 40, 36, 32))
UNDER = Place(Box(MARGIN, 94, BODY_WIDTH, 28), (26, 24, 22, 20, 18))
BY = Place(Box(MARGIN, 128, BODY_WIDTH, 42), (18, 16, 14, 12))
SAID = Place(Box(MARGIN, 35, BODY_WIDTH, 20), (20, 18, 16))
TABLE = Place(Box(MARGIN, 58, BODY_WIDTH, 112), (22, 20, 18, 16, 14, 12))
TABLE_WIDTHS = (0.3, 0.24, 0.46)
STEPS = Place(Box(MARGIN, 62, BODY_WIDTH, 108), (28, 26, 24, 22, 20, 18))
STEPS_INDENT = 14.0
FOOTER = Place(Box(MARGIN, 174, 250, 14), (11, 10, 9, 8))
NUMBER = Place(Box(MARGIN + BODY_WIDTH - 40, 174, 40, 6), (12,))
NAME = Place(Box(MARGIN + 60, 6, BODY_WIDTH - 60, 8), (11, 10, 9, 8))
LOGO = Box(MARGIN, 4, 45, 9)


def line_spacing(text: str) -> float:
    """The spacing of a text's lines, as a share of its fonts' own."""
    return TALL_SPACING if text_fit.line_height(text) > TALL else LINE_SPACING


def column_boxes(columns: Columns, count: int) -> Iterator[tuple[Box, Box]]:
    """For each of `count` columns, the bar above it and the place of its text."""
    width = columns.widths[count - 1]
    for number in range(count):
        x = MARGIN + number * (width + columns.gap)
        top = COLUMNS_TOP + RULE + PADDING
        text = Box(x, top, width, columns.height - RULE - PADDING)
        yield Box(x, COLUMNS_TOP, width, RULE), text
