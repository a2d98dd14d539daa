"""What a slide show says, as plain data: made from a municipality's file, hashed, sent to another process, rendered.

Texts are paragraphs of runs, because a paragraph may hold words of another language. All measures are millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """Words of one language; `language` is a code of data/languages.yml."""

    text: str
    language: str
    bold: bool = False


Paragraph = tuple[Run, ...]


@dataclass(frozen=True)
class Columns:
    """Where an area's groups stand: `widths` of a column when there are one, two, three; `gap` between columns;
    `height` of them all; `indent` of a finding after its bullet."""

    widths: tuple[float, ...]
    gap: float
    height: float
    indent: float


@dataclass(frozen=True)
class OpeningSlide:
    """The first slide: its title, the lines under it, and by whom the meetings were arranged (may be empty)."""

    title: Paragraph
    under: tuple[Paragraph, ...]
    by: Paragraph
    notes: tuple[Paragraph, ...]


@dataclass(frozen=True)
class TableSlide:
    """A table under a sentence (which may be empty): a row of heads, then the rows, whose first cell names them."""

    title: Paragraph
    said: Paragraph
    head: tuple[Paragraph, ...]
    rows: tuple[tuple[Paragraph, ...], ...]
    notes: tuple[Paragraph, ...]
    path: str


@dataclass(frozen=True)
class Column:
    """A group and its findings; both empty where they are written in later."""

    group: Paragraph
    findings: tuple[Paragraph, ...]


@dataclass(frozen=True)
class AreaSlide:
    """What groups told about an area, side by side. `path` is the place of the longest finding in the file."""

    area: str
    title: Paragraph
    columns: tuple[Column, ...]
    notes: tuple[Paragraph, ...]
    path: str


@dataclass(frozen=True)
class StepsSlide:
    """What is done next, in order, under a sentence."""

    title: Paragraph
    said: Paragraph
    steps: tuple[Paragraph, ...]
    notes: tuple[Paragraph, ...]


Slide = OpeningSlide | TableSlide | AreaSlide | StepsSlide


@dataclass(frozen=True)
class Deck:
    """A slide show. `name` stands on every slide, and `logo` (a PNG) beside it; `footer` at the foot of every slide.

    `areas` are the areas' ids and names, in order; `prompts` say what belongs into an empty place of the layouts, by
    the layout part's name."""

    language: str
    title: str
    author: str
    name: str
    logo: bytes | None
    footer: tuple[Paragraph, ...]
    areas: tuple[tuple[str, str], ...]
    prompts: tuple[tuple[str, str], ...]
    columns: Columns
    slides: tuple[Slide, ...]
