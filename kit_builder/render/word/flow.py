"""Blocks one under the other: how paragraphs and tables of a Word file follow one another, and their margins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kit_builder.render.word.styles import Paragraph
from kit_builder.render.word.xml import make, twips, value


@dataclass
class Flow:
    """Where blocks are added one under the other: the body of the file, or a cell of a table.

    `left` and `right` are the edges that text keeps to (CSS pixels from the left of the page); `gap` is the margin
    that waits above what comes next."""

    add: Callable[[Any], None]
    left: float
    right: float
    is_body: bool = False
    gap: float = 0
    last: Paragraph | None = None
    after_table: bool = False

    def place(self, paragraph: Paragraph) -> None:
        """Adds a paragraph. Word shows the larger of two margins that meet, as HTML does."""
        paragraph.above = max(paragraph.above, twips(self.gap))
        self.add(paragraph.element)
        self.last, self.after_table, self.gap = paragraph, False, 0

    def place_table(self, table: Any) -> None:
        """Adds a table. Word would join it to a table straight before it."""
        if self.after_table:
            self._space(self.gap)
        elif self.last:
            self.last.below = max(self.last.below, twips(self.gap))
        self.add(table)
        self.last, self.after_table, self.gap = None, True, 0

    def end(self, margin: float) -> None:
        """Ends a container with this margin under it (CSS pixels)."""
        if self.after_table:
            self.gap = max(self.gap, margin)
        elif self.last:
            self.last.below = max(self.last.below, twips(margin))

    def close(self) -> None:
        """Ends with a paragraph, as Word asks."""
        if self.after_table:
            self._space(0)

    def _space(self, height: float) -> None:
        line = {"w:before": 0, "w:after": 0, "w:line": max(20, twips(height)), "w:lineRule": "exact"}
        small = make("w:rPr", {}, value("w:sz", 2), value("w:szCs", 2))
        self.add(make("w:p", {}, make("w:pPr", {}, make("w:spacing", line), small)))
        self.after_table = False
