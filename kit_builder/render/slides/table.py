"""Tables on slides: a row of heads, then rows whose first cell names them; lines below the rows, no fills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from kit_builder.render.slides import places
from kit_builder.render.slides.deck import Deck, Paragraph
from kit_builder.render.slides.master import is_mirrored
from kit_builder.render.slides.places import UNITS_PER_MM, Place
from kit_builder.render.slides.text import Measured, write

PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""Office programs' own table style without lines and fills."""

Rows = Sequence[Sequence[Paragraph]]


def table_size(rows: Rows, place: Place) -> float | None:
    """The largest of a place's sizes at which a table fits it; None where none is small enough."""
    for size in place.sizes:
        if sum(_row_heights(rows, place.box.width, size)) <= place.box.height:
            return size
    return None


def write_table(table: Any, rows: Rows, width: float, size: float, deck: Deck) -> None:
    """Fills an empty table `width` millimetres wide, in a text size of so many points."""
    properties = table._tbl.tblPr
    properties.find(qn("a:tableStyleId")).text = PLAIN_STYLE
    table.first_row, table.first_col, table.horz_banding = True, True, False
    if is_mirrored(deck):
        properties.set("rtl", "1")
    for column, share in zip(table.columns, places.TABLE_WIDTHS, strict=True):
        column.width = round(width * share * UNITS_PER_MM)
    for number, height in enumerate(_row_heights(rows, width, size)):
        table.rows[number].height = round(height * UNITS_PER_MM)
        for place, measured in enumerate(_cells(rows, number)):
            cell = table.cell(number, place)
            words = tuple(replace(run, bold=measured.bold) for run in measured.paragraph)
            write(cell.text_frame, [replace(measured, paragraph=words)], deck, in_table=True)
            _dress(cell, size, is_head=number == 0)


def _cells(rows: Rows, number: int) -> list[Measured]:
    return [Measured(cell, bold=number == 0 or place == 0) for place, cell in enumerate(rows[number])]


def _row_heights(rows: Rows, width: float, size: float) -> list[float]:
    """The height of each row, in millimetres."""
    rooms = [width * share - 2 * places.CELL_SIDE for share in places.TABLE_WIDTHS]
    return [
        max(cell.height(room, size) for cell, room in zip(_cells(rows, number), rooms, strict=True))
        + 2 * places.CELL_TOP
        for number in range(len(rows))
    ]


def _dress(cell: Any, size: float, *, is_head: bool) -> None:
    """A cell's text size and margins, and the line below it."""
    for paragraph in cell.text_frame.paragraphs:
        end = paragraph._p.get_or_add_endParaRPr()
        for properties in (end, *(run._r.get_or_add_rPr() for run in paragraph.runs)):
            properties.set("sz", str(round(size * 100)))
    side, top = round(places.CELL_SIDE * UNITS_PER_MM), round(places.CELL_TOP * UNITS_PER_MM)
    own = cell._tc.get_or_add_tcPr()
    for name, value in {"marL": side, "marR": side, "marT": top, "marB": top}.items():
        own.set(name, str(value))
    own.set("anchor", "b" if is_head else "ctr")
    line, colour = (15240, "tx1") if is_head else (7620, "accent6")
    fill = f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
    own.append(parse_xml(f'<a:lnB {nsdecls("a")} w="{line}">{fill}</a:lnB>'))
