"""Places in a file's text: lines and columns count from 1 where people read them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

LINE_BREAK = re.compile("\r\n|\r|\n")


@dataclass(frozen=True)
class Fault:
    """A slip: its line and column, from 1, and the sentence about it."""

    line: int
    column: int
    message: str


@dataclass(frozen=True)
class Quoted:
    """Where the last text in quotation marks began and ended: lines and columns from 0."""

    mark: str
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def of(cls, event: Any) -> Quoted:
        """The place of a scalar event in quotation marks."""
        start, end = event.start_mark, event.end_mark
        return cls(event.style, start.line, start.column, end.line, end.column)


def place_at(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of the character at `index` (from 0)."""
    before = text[:index]
    line = before.count("\n") + before.count("\r") - before.count("\r\n")
    return line + 1, index - max(before.rfind("\n"), before.rfind("\r"))
