"""The secretary's report form, and the mark by which a filled one is known again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kit_builder.documents.context import Context

_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_MARK = re.compile(rf"({_ID}) / ({_ID}) / ({_ID})")


@dataclass(frozen=True)
class Mark:
    """Which meeting a form is for, by the ids of the municipality's file; it says nothing about any person."""

    municipality: str
    round: str
    meeting: str

    def __str__(self) -> str:
        return f"{self.municipality} / {self.round} / {self.meeting}"

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """The mark that a text is, or None."""
        found = _MARK.fullmatch(" ".join(text.split()))
        return cls(*found.groups()) if found else None


def form(context: Context) -> dict[str, Any]:
    """The mark that a meeting's form carries, on its first page and in the PDF's properties; None in a blank one."""
    municipality, meeting = context.municipality.id, context.meeting.id
    return {"mark": Mark(municipality, context.round.id, meeting) if meeting else None}
