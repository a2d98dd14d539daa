"""What renderers are asked for and what they give back.

A job holds everything that shapes its output, so that it can be hashed, sent to another process and repeated.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kit_builder.render.slides.deck import Deck

SIZE_PLACE = "/*size*/"
"""Where the body size is written into a job's HTML."""


@dataclass(frozen=True)
class PdfJob:
    """`html` is a whole page; `assets` are the files that it names as `kit:<name>`.

    `max_pages` is how many pages the document may have; where it has more, the body sizes `sizes` (points, from
    large to small) are tried, the one at the place `likely` first."""

    html: str
    assets: dict[str, bytes] = field(default_factory=dict)
    max_pages: int | None = None
    sizes: tuple[float, ...] = (11.5,)
    likely: int = 0


@dataclass(frozen=True)
class WordJob:
    """A document as a Word file, from the same HTML as its PDF."""

    source: PdfJob


@dataclass(frozen=True)
class SlidesJob:
    """A deck as a presentation."""

    deck: Deck


@dataclass(frozen=True)
class PreviewJob:
    """A picture of a PDF's first page."""

    pdf: bytes


Job = PdfJob | WordJob | SlidesJob | PreviewJob


@dataclass(frozen=True)
class Rendered:
    """A file and how many pages it has (0 where it has none, as a calendar)."""

    data: bytes
    pages: int
