"""What to print: one row for each document of a round, in bundles, and how many sheets it takes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from kit_builder.documents.context import Context
from kit_builder.plan import Document


@dataclass(frozen=True)
class PrintRow:
    """A document to print; `pages` is how many pages one copy has."""

    document: Document
    pages: int

    @property
    def two_sided(self) -> bool:
        """Whether the paper is turned: a single page never is."""
        return self.document.entry.sides == "two" and self.pages > 1

    @property
    def sheets(self) -> int:
        """Sheets of paper for all copies."""
        return self.document.copies * (math.ceil(self.pages / 2) if self.two_sided else self.pages)

    @property
    def paper(self) -> str:
        """The size of the sheet, "A4" or "A3", whichever way it is turned."""
        return self.document.entry.paper.split()[0]


@dataclass(frozen=True)
class Bundle:
    """The rows of one discussion meeting (its id), or of the round as a whole (None)."""

    meeting: str | None
    rows: tuple[PrintRow, ...]


def bundles(rows: list[PrintRow]) -> tuple[Bundle, ...]:
    """What is printed (rows with copies), as one bundle for each discussion meeting and one for the round, in
    the order in which they first come."""
    printed = [row for row in rows if row.document.copies]
    meetings = dict.fromkeys(row.document.meeting for row in printed)
    return tuple(
        Bundle(meeting, tuple(row for row in printed if row.document.meeting == meeting))
        for meeting in meetings
    )


def sheets_by_paper(rows: list[PrintRow]) -> dict[str, int]:
    """How many sheets of each paper size, "A4" before "A3"."""
    totals = dict.fromkeys(sorted({row.paper for row in rows if row.sheets}, reverse=True), 0)
    for row in rows:
        if row.sheets:
            totals[row.paper] += row.sheets
    return totals


def print_order(_context: Context) -> dict[str, Any]:
    """No rows, as in a blank template (whoever knows the page counts passes `rows` instead), and what makes
    bundles and totals of them."""
    return {"rows": [], "bundles": bundles, "sheets_by_paper": sheets_by_paper}
