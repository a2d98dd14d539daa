"""How much of a report is read at most: far more than people write, far less than harms the machine."""

from __future__ import annotations

from kit_builder.reports.report import RefusedError

MAX_ANSWER = 20_000
"""Letters in one answer."""
MAX_LOOSE = 200
"""Texts outside the questions."""


def checked(text: str, place: str) -> str:
    """The text, where it is no longer than an answer may be. Raises RefusedError."""
    if len(text) > MAX_ANSWER:
        raise RefusedError(
            "report.too-long",
            f"The text at '{place}' has {len(text)} letters, and at most {MAX_ANSWER} are read; shorten it.",
        )
    return text
