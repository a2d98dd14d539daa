"""A guidance page after Markdown: its HTML and its headings, in a form that the store can keep."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any


class SiteError(Exception):
    """A page of the toolkit can't be built; the message is MkDocs's."""


@dataclass(frozen=True)
class Heading:
    """A heading with those under it; `title` is HTML, `id` the place that links lead to, `level` 1 to 6."""

    title: str
    id: str
    level: int
    children: tuple[Heading, ...]


@dataclass(frozen=True)
class Converted:
    """A page's HTML, still with the marks for blocks and values (merging.py), and its headings."""

    html: str
    headings: tuple[Heading, ...]

    def as_bytes(self) -> bytes:
        """For the store."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()


def converted(data: bytes) -> Converted:
    """What `as_bytes` wrote."""
    kept = json.loads(data)
    return Converted(kept["html"], _headings(kept["headings"]))


def _headings(kept: list[dict[str, Any]]) -> tuple[Heading, ...]:
    return tuple(Heading(h["title"], h["id"], h["level"], _headings(h["children"])) for h in kept)
