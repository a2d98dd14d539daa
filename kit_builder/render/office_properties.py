"""What an office file, text or slides, says of itself."""

from __future__ import annotations

from typing import Any

LONGEST = 255
"""Letters that a property of an office file may have."""


def describe(properties: Any, title: str, author: str, language: str) -> None:
    """Sets a file's title, author and language (as Office knows it); what is longer than may be is cut."""
    properties.title, properties.author = title[:LONGEST], author[:LONGEST]
    properties.language = language
    properties.comments = ""
