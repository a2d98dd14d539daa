"""The HTML of a document becomes paragraphs and tables of a Word file, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from kit_builder.render.faults import Fault, RenderError
from kit_builder.render.word import looks as word_looks
from kit_builder.render.word import rows as word_rows
from kit_builder.render.word import tables as word_tables
from kit_builder.render.word.flow import Flow
from kit_builder.render.word.lists import Lists
from kit_builder.render.word.paper import NEAR, Paper
from kit_builder.render.word.styles import Paragraph
from kit_builder.render.word.tables import Cell, Row
from kit_builder.render.word.text import (
    HEADINGS,
    PHRASING,
    Piece,
    Writer,
    contents,
    pieces,
    tidy,
)
from kit_builder.render.word.xml import make, twips

BLOCKS = (*HEADINGS, "p", "div", "section", "ul", "ol", "li", "main", "td", "th")
"""Elements that hold other blocks, or lines of text. Tables are read by themselves."""

POINTS = 0.75
"""Points in a CSS pixel."""


class Blocks:
    """Writes a laid-out document's blocks. `paragraphs` are those written so far, in order.

    `new_section` is called with the page of the first block that stands on paper of another size, and gives back
    what ends the section before it."""

    def __init__(
        self, paper: Paper, writer: Writer, lists: Lists, new_section: Callable[[Any], Any | None]
    ) -> None:
        self.paper = paper
        self.writer = writer
        self.lists = lists
        self.new_section = new_section
        self.paragraphs: list[Paragraph] = []
        self._new_page = False
        self._row: Any = None
        self._marked: set[Any] = set()

    def all(self, element: Any, flow: Flow) -> None:
        """Everything in an element: its blocks, and its lines of text as paragraphs of their own."""
        if self.paper.is_flex(element) and (element.tag in HEADINGS or element.tag == "p"):
            self._paragraph(element, self._with_tabs(element), flow)
            return
        if element.tag == "img":
            self._paragraph(element, pieces(self.paper, element, [element]), flow)
            return
        nodes: list[Any] = []
        for node in contents(element):
            if isinstance(node, str) or self._is_inline(node):
                nodes.append(node)
                continue
            self._paragraph(element, pieces(self.paper, element, nodes), flow)
            nodes = []
            if node.tag in PHRASING and node.tag != "input":
                self._own_line(element, node, flow)
            else:
                self.block(node, flow)
        self._paragraph(element, pieces(self.paper, element, nodes), flow)

    def _own_line(self, element: Any, node: Any, flow: Flow) -> None:
        """A picture or text in a line of its own, as of the same text in another language: on the page of the line
        above, and of what follows where both are a heading."""
        if flow.last:
            flow.last.keep_next = True
        self.all(node, flow)
        if flow.last:
            flow.last.keep_next = element.tag in HEADINGS

    def _is_inline(self, node: Any) -> bool:
        return node.tag in PHRASING and not self.paper.is_block(node)

    def _with_tabs(self, element: Any) -> Iterator[Piece]:
        """What stands side by side in one line, such as a number and a question."""
        for child in element:
            yield Piece("tab", element)
            yield from pieces(self.paper, child, contents(child))

    def block(self, element: Any, flow: Flow) -> None:
        """One block with its margins, breaks and what it holds. Raises RenderError at an element that isn't known."""
        style = self.paper.style(element)
        if flow.is_body and (ended := self.new_section(self.paper.page(element))) is not None:
            self._end_section(flow, ended)
        if self.paragraphs and style["break_before"] == "page":
            self._new_page, flow.gap = True, 0
        flow.gap = max(flow.gap, self.paper.margin(element, "top"))
        written = len(self.paragraphs)
        self._kind(element)(element, flow)
        flow.end(self.paper.margin(element, "bottom"))
        if style["break_inside"] == "avoid":
            self._keep_together(self.paragraphs[written:])

    def _kind(self, element: Any) -> Callable[[Any, Flow], None]:
        classes = (element.get("class") or "").split()
        if element.tag == "table":
            return self._table
        if element.tag == "input" or element.find("textarea") is not None:
            return self._room
        if element.tag not in BLOCKS:
            raise RenderError([Fault(f"a Word file cannot show <{element.tag}>")])
        if "write" in classes:
            return self._writing_line
        if element.tag == "ul" and self._is_row(element):
            return self._list_in_columns
        if (self.paper.is_flex(element) and element.tag not in (*HEADINGS, "p")) or self._is_row(element):
            return self._side_by_side
        return self._box if self.paper.is_boxed(element) else self._container

    def _is_row(self, element: Any) -> bool:
        """Whether an element holds nothing but blocks in a row."""
        texts = [element.text, *(child.tail for child in element)]
        return (
            len(element) > 1
            and not "".join(filter(None, texts)).strip()
            and all(map(self.paper.is_beside, element))
        )

    def _container(self, element: Any, flow: Flow) -> None:
        written = len(self.paragraphs)
        self.all(element, flow)
        line = self.paper.borders(element).get("top")
        if line and len(self.paragraphs) > written:
            room = self.paper.padding(element, "top")
            first = self.paragraphs[written]
            if first.row is None:
                first.borders["top"] = word_tables.border(*line, space=round(room * POINTS))
            else:
                word_tables.line_above(first.row.getparent(), line, room)

    # Paragraphs

    def _paragraph(self, element: Any, found: Iterable[Piece], flow: Flow, empty: bool = False) -> None:
        told = tidy(found)
        if not told and not empty:
            return
        told = [*self._before(element), *told]
        paragraph = word_looks.paragraph(self.paper, element, told)
        self._indent(paragraph, element, told, flow)
        if element.tag == "li" and element not in self._marked:
            self._marked.add(element)
            if not _is_check(self.paper, element):
                number, level, hang = self.lists.number(element)
                paragraph.listed, paragraph.first = (number, level), -hang
        paragraph.new_page, self._new_page = self._new_page, False
        paragraph.row = self._row
        paragraph.keep_lines = self.paper.style(element)["break_inside"] == "avoid"
        paragraph.keep_next = (
            element.tag not in HEADINGS and self.paper.style(element)["break_after"] == "avoid"
        )
        self.writer.write(paragraph, told)
        self.paragraphs.append(paragraph)
        flow.place(paragraph)

    def _before(self, element: Any) -> list[Piece]:
        """What stands in front of a paragraph's text: a box to tick, or the shape of an area."""
        if _is_check(self.paper, element) and element not in self._marked:
            return [Piece("tick", element), Piece("tab", element)]
        shape = self.paper.picture_behind(element)
        if shape and not _is_check(self.paper, element):
            return [Piece("shape", element, shape), Piece("tab", element)]
        return []

    def _indent(self, paragraph: Paragraph, element: Any, told: list[Piece], flow: Flow) -> None:
        fits_its_text = element.tag in PHRASING and self.paper.is_beside(element)
        left, right = self.paper.content(self.paper.parents[element] if fits_its_text else element)
        if self.paper.is_flex(element):
            inner = self.paper.border_box(element[-1])
            left, right = (left, inner[1]) if paragraph.rtl else (inner[0], right)
        near, far = left - flow.left, flow.right - right
        start, end = (far, near) if paragraph.rtl else (near, far)
        paragraph.start = twips(start) if start > NEAR else 0
        paragraph.end = twips(end) if end > NEAR else 0
        if any(piece.kind == "tab" for piece in told):
            outer = self.paper.border_box(element)
            paragraph.first = -twips(outer[1] - right if paragraph.rtl else left - outer[0])

    def _keep_together(self, paragraphs: list[Paragraph]) -> None:
        """Keeps each paragraph on the page of the next one, but not the last, nor what is in its row of a table."""
        if not paragraphs:
            return
        last = paragraphs[-1]
        for paragraph in paragraphs[:-1]:
            paragraph.keep_next |= last.row is None or paragraph.row is not last.row

    def _end_section(self, flow: Flow, ended: Any) -> None:
        if flow.last is None:
            raise RenderError(
                [Fault("a table stands last on a page of its own size; put a line of text after it")]
            )
        flow.last.section = ended

    # Room to write

    def _writing_line(self, element: Any, flow: Flow) -> None:
        """A line to write on: an empty paragraph with a border under it."""
        self._paragraph(element, [], flow, empty=True)
        written = self.paragraphs[-1]
        written.look = replace(written.look, line=("exact", twips(self.paper.box(element).border_height())))
        width, colour = self.paper.borders(element).get("bottom", (0, ""))
        # Word draws one border under paragraphs whose borders are all alike: every other line lies a point lower.
        space = len(self.paragraphs) % 2
        written.borders["bottom"] = word_tables.border(width, colour, space)
        written.borders["between"] = word_tables.border(width, colour, space)

    def _room(self, element: Any, flow: Flow) -> None:
        """A field of a form as a cell with room to write, as high as on paper. Where it is filled on a screen, the
        lines on which a hand would write are in the way."""
        entry = element if element.tag == "input" else element.find("textarea")
        height = self.paper.box(element).border_height()
        cell = Cell(self.paper.border_box(element), element, field=list(self.writer.names(entry)))

        def fill(inner: Flow) -> None:
            self._paragraph(entry, [], inner, empty=True)
            self.writer.mark(self.paragraphs[-1].element, entry)

        cell.fill = fill
        self._add_table(element, flow, [Row([cell], whole=True, height=height)])

    # Tables

    def _table(self, element: Any, flow: Flow) -> None:
        self._add_table(element, flow, word_rows.facts(self.paper, element, self._cell_contents), facts=True)

    def _box(self, element: Any, flow: Flow) -> None:
        """A box around what it holds: a table of one cell."""
        cell = Cell(self.paper.border_box(element), element, partial(self.all, element))
        self._add_table(element, flow, [Row([cell])])

    def _list_in_columns(self, element: Any, flow: Flow) -> None:
        self._add_table(element, flow, word_rows.list_in_columns(self.paper, element, self._several))

    def _side_by_side(self, element: Any, flow: Flow) -> None:
        rows = word_rows.side_by_side(self.paper, element, self._cell_contents, self._several)
        self._add_table(element, flow, rows)

    def _several(self, elements: list[Any], flow: Flow) -> None:
        for element in elements:
            self.block(element, flow)

    def _cell_contents(self, element: Any, flow: Flow) -> None:
        written = len(self.paragraphs)
        self.all(element, flow)
        if len(self.paragraphs) == written:
            self._paragraph(element, [], flow, empty=True)

    def _add_table(self, element: Any, flow: Flow, rows: list[Row], facts: bool = False) -> None:
        rtl = self.paper.direction(element) == "rtl"
        for about in rows:
            about.cells[0].begin_at(flow.right if rtl else flow.left, rtl)
        widths = [cell.width for cell in rows[0].cells]
        table = word_tables.table(widths, rtl, facts)
        flow.place_table(table)
        for about in rows:
            row = word_tables.row(about)
            table.append(row)
            outermost, self._row = self._row, self._row if self._row is not None else row
            for cell in about.cells:
                made = word_tables.cell(self.paper, cell, rtl)
                left, right = cell.room(self.paper, rtl)
                inner = Flow(made.append, cell.edges[0] + left, cell.edges[1] - right)
                if cell.fill:
                    cell.fill(inner)
                else:
                    inner.after_table = True
                inner.close()
                row.append(made if not cell.field else _as_field(made, cell.field))
            self._row = outermost


def _as_field(cell: Any, names: list[Any]) -> Any:
    return make("w:sdt", {}, make("w:sdtPr", {}, *names), make("w:sdtContent", {}, cell))


def _is_check(paper: Paper, element: Any) -> bool:
    parent = paper.parents[element]
    return element.tag == "li" and "checks" in (parent.get("class") or "").split()
