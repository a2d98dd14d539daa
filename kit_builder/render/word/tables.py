"""Tables of a Word file: those with facts in them, and those that only set things side by side or in a box."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kit_builder.render.word.paper import Paper
from kit_builder.render.word.xml import clark, make, twips, value

THIN = 4
"""Narrowest border, in eighths of a point."""


@dataclass
class Cell:
    """A cell between `edges` (CSS pixels from the left of the page). `element` is the HTML element whose box it
    shows, if any; `fill` writes what it holds. `field` holds what a form's field is called, where the whole cell
    is one."""

    edges: tuple[float, float]
    element: Any = None
    fill: Callable[[Any], None] | None = None
    align: str = "top"
    field: list[Any] = field(default_factory=list)

    @property
    def width(self) -> float:
        return self.edges[1] - self.edges[0]

    def begin_at(self, edge: float, rtl: bool) -> None:
        """Makes the cell wider, so that it begins where text does: LibreOffice does not indent tables from right to
        left as Word does."""
        self.edges = (self.edges[0], edge) if rtl else (edge, self.edges[1])

    def room(self, paper: Paper, rtl: bool) -> tuple[float, float]:
        """What is kept free at the left and right in CSS pixels, in a table whose direction is `rtl`.

        Word and LibreOffice do not agree which side is meant in a table from right to left: there both sides are
        alike, and the indents of paragraphs make up the rest."""
        if self.element is None:
            return 0, 0
        inside = paper.content(self.element)
        left, right = inside[0] - self.edges[0], self.edges[1] - inside[1]
        return (min(left, right), min(left, right)) if rtl else (left, right)


@dataclass
class Row:
    """A row of cells, from where a line begins. `height` (CSS pixels) is the least it takes."""

    cells: list[Cell]
    header: bool = False
    whole: bool = False
    height: float = 0


def table(columns: list[float], rtl: bool, facts: bool) -> Any:
    """An empty table with columns of these widths (CSS pixels). `facts` is true where its first row and column are
    headings."""
    zero = {"w:w": 0, "w:type": "dxa"}
    look = {"w:firstRow": 1, "w:firstColumn": 1} if facts else {"w:firstRow": 0, "w:firstColumn": 0}
    return make(
        "w:tbl",
        {},
        make(
            "w:tblPr",
            {},
            make("w:bidiVisual") if rtl else None,
            make("w:tblW", {"w:w": twips(sum(columns)), "w:type": "dxa"}),
            make("w:tblInd", zero),
            make("w:tblLayout", {"w:type": "fixed"}),
            make(
                "w:tblCellMar", {}, *(make(f"w:{side}", zero) for side in ("top", "left", "bottom", "right"))
            ),
            make(
                "w:tblLook", {"w:val": "00A0" if facts else "0000"} | look | {"w:noHBand": 1, "w:noVBand": 1}
            ),
        ),
        make("w:tblGrid", {}, *(make("w:gridCol", {"w:w": twips(width)}) for width in columns)),
    )


def row(about: Row) -> Any:
    """An empty row."""
    height = {"w:val": twips(about.height), "w:hRule": "atLeast"}
    return make(
        "w:tr",
        {},
        make(
            "w:trPr",
            {},
            make("w:cantSplit") if about.whole else None,
            make("w:trHeight", height) if about.height else None,
            make("w:tblHeader") if about.header else None,
        ),
    )


def cell(paper: Paper, about: Cell, rtl: bool) -> Any:
    """An empty cell of a table whose direction is `rtl`: its width, borders, colour and room around its text.

    What Word calls left in a table is where its rows begin: the right in a table from right to left."""
    start, end = ("right", "left") if rtl else ("left", "right")
    sides = {"top": "top", "left": start, "bottom": "bottom", "right": end}
    element = about.element
    lines = paper.borders(element) if element is not None else {}
    borders = [make(f"w:{name}", border(*lines[side])) for name, side in sides.items() if side in lines]
    fill = paper.fill(element) if element is not None else None
    left, right = about.room(paper, rtl)
    above, below = (paper.padding(element, side) if element is not None else 0 for side in ("top", "bottom"))
    room = {"top": above, "left": left, "bottom": below, "right": right}
    margins = [
        make(f"w:{side}", {"w:w": twips(wide), "w:type": "dxa"}) for side, wide in room.items() if wide
    ]
    return make(
        "w:tc",
        {},
        make(
            "w:tcPr",
            {},
            make("w:tcW", {"w:w": twips(about.width), "w:type": "dxa"}),
            make("w:tcBorders", {}, *borders) if borders else None,
            make("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill}) if fill else None,
            make("w:tcMar", {}, *margins) if margins else None,
            value("w:vAlign", about.align) if about.align != "top" else None,
        ),
    )


def line_above(table: Any, line: tuple[float, str], room: float) -> None:
    """Draws a line (its width in CSS pixels, and colour) over a table, with `room` between it and the text."""
    about = table[0]
    about.find(clark("w:tblLayout")).addprevious(make("w:tblBorders", {}, make("w:top", border(*line))))
    about.find(clark("w:tblCellMar")).find(clark("w:top")).set(clark("w:w"), str(twips(room)))


def border(width: float, colour: str, space: int = 0) -> dict[str, Any]:
    """A line `width` CSS pixels wide; `space` is its distance from the text, in points."""
    return {
        "w:val": "single",
        "w:sz": max(THIN, round(width * 6)),
        "w:space": min(space, 31),
        "w:color": colour,
    }
