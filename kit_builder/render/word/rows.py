"""Which cells a table of a Word file has, for the tables of a document and for what stands side by side in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from kit_builder.render.word.flow import Flow
from kit_builder.render.word.paper import Paper
from kit_builder.render.word.tables import Cell, Row
from kit_builder.render.word.text import HEADINGS, PHRASING

FillWhole = Callable[[Any, Flow], None]
"""Writes what an element holds."""

FillSeveral = Callable[[list[Any], Flow], None]
"""Writes blocks one after another."""

Edges = tuple[float, float]


def facts(paper: Paper, element: Any, fill: FillWhole) -> list[Row]:
    """The rows of a `table`; those of its head are repeated on each page."""
    rows = [row for part in element if part.tag in ("thead", "tbody") for row in part.findall("tr")]
    columns = [paper.border_box(cell) for cell in rows[0]]
    made = []
    for row in rows:
        cells = []
        for cell, edges in zip(row, columns, strict=True):
            align = {"bottom": "bottom", "middle": "center"}.get(paper.style(cell)["vertical_align"], "top")
            cells.append(Cell(edges, cell, partial(fill, cell), align))
        made.append(Row(cells, header=paper.parents[row].tag == "thead", whole=True))
    return made


def list_in_columns(paper: Paper, element: Any, fill: FillSeveral) -> list[Row]:
    """One row for a list in several columns: a cell for each."""
    columns: dict[int, list[Any]] = {}
    for child in element:
        columns.setdefault(round(paper.border_box(child)[0]), []).append(child)
    groups = list(columns.values())
    edges = [paper.border_box(group[0]) for group in groups]
    cells = [Cell(edge, None, partial(fill, group)) for edge, group in zip(edges, groups, strict=True)]
    return [_with_gaps(paper, cells, paper.direction(element) == "rtl")]


def side_by_side(paper: Paper, element: Any, whole: FillWhole, several: FillSeveral) -> list[Row]:
    """The rows for what stands side by side. Parts of a text in two languages begin in one row each, heading beside
    heading; else there is one row."""
    children = list(element)
    parts = [_parts(child) for child in children]
    headed = {tuple(part[0].tag for part in told) for told in parts}
    boxed = any(paper.is_boxed(child) for child in children)
    if len(headed) == 1 and len(parts[0]) > 1 and not boxed:
        fills: list[list[Callable[[Flow], None]]]
        fills = [[partial(several, part) for part in row] for row in zip(*parts, strict=True)]
    else:
        fills = [[partial(whole, child) for child in children]]
    centred = "center" in paper.style(element)["align_items"]
    rows = []
    for row in fills:
        cells = []
        for child, fill in zip(children, row, strict=True):
            middle = centred or paper.style(child)["vertical_align"] == "middle"
            cells.append(Cell(paper.border_box(child), child, fill, "center" if middle else "top"))
        rows.append(_with_gaps(paper, cells, paper.direction(element) == "rtl"))
    return rows


def _with_gaps(paper: Paper, cells: list[Cell], rtl: bool) -> Row:
    """The cells in a row without holes: each reaches to the next, but between boxes a gap is a cell of its own."""
    apart = any(cell.element is not None and paper.is_boxed(cell.element) for cell in cells)
    filled = []
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        filled.append(cell)
        if following is None:
            break
        gap = (following.edges[1], cell.edges[0]) if rtl else (cell.edges[1], following.edges[0])
        if gap[1] <= gap[0]:
            continue
        if apart:
            filled.append(Cell(gap))
        else:
            cell.edges = (gap[0], cell.edges[1]) if rtl else (cell.edges[0], gap[1])
    return Row(filled)


def _parts(element: Any) -> list[list[Any]]:
    """The blocks of an element in parts, each beginning with a heading where it has one."""
    parts: list[list[Any]] = []
    for child in element:
        if child.tag in PHRASING:
            return []
        if not parts or child.tag in HEADINGS:
            parts.append([])
        parts[-1].append(child)
    return parts
