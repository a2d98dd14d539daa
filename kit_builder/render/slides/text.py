"""Texts on slides: measured, given their size, and written with the language of each word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from kit_builder.languages import languages
from kit_builder.render.slides import text_fit
from kit_builder.render.slides.deck import Deck, Paragraph, Run
from kit_builder.render.slides.master import is_mirrored, language_tag
from kit_builder.render.slides.places import Place, line_spacing

FONTS = {"Ethiopic": "Noto Sans Ethiopic", "Arabic": "Noto Sans Arabic"}
"""Fonts for the scripts that Noto Sans does not have."""


def plain(paragraph: Paragraph) -> str:
    """A paragraph's bare text."""
    return "".join(run.text for run in paragraph)


@dataclass(frozen=True)
class Measured:
    """A paragraph as it is measured: `scale` and `after` (the space below) are shares of the text size, `indent` is
    millimetres; `level` is its level in its place."""

    paragraph: Paragraph
    level: int = 0
    bold: bool = False
    scale: float = 1
    indent: float = 0
    after: float = 0

    def height(self, room: float, size: float) -> float:
        """Its height in a place `room` millimetres wide at a text size in points, in millimetres."""
        own, text = size * self.scale, plain(self.paragraph)
        lines = text_fit.height(text, room - self.indent, own, bold=self.bold)
        return lines * line_spacing(text) + self.after * own * text_fit.MM_PER_POINT


def fitting_size(place: Place, paragraphs: Sequence[Measured]) -> float | None:
    """The largest of a place's sizes at which the paragraphs fit it; None where none is small enough."""
    for size in place.sizes:
        if sum(one.height(place.box.width, size) for one in paragraphs) <= place.box.height:
            return size
    return None


def write(frame: Any, paragraphs: Sequence[Measured], deck: Deck, *, in_table: bool = False) -> None:
    """Writes paragraphs into an empty text frame. Their look comes from the layout; a table's cells have none."""
    usual = line_spacing(deck.title)
    for number, measured in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        if measured.level:
            paragraph.level = measured.level
        if is_mirrored(deck):
            paragraph._p.get_or_add_pPr().set("rtl", "1")
            paragraph._p.get_or_add_pPr().set("algn", "r")
        spacing = line_spacing(plain(measured.paragraph))
        if in_table or spacing != usual:
            paragraph.line_spacing = spacing
        for run in measured.paragraph:
            _write_run(paragraph, run)


def _write_run(paragraph: Any, run: Run) -> None:
    written = paragraph.add_run()
    written.text = run.text
    properties = written._r.get_or_add_rPr()
    properties.set("lang", language_tag(run.language))
    if run.bold:
        properties.set("b", "1")
    font = FONTS.get(languages()[run.language].script) if run.language in languages() else None
    if font:
        for use in ("latin", "ea", "cs"):
            properties.append(parse_xml(f'<a:{use} {nsdecls("a")} typeface="{font}"/>'))


def set_sizes(placeholder: Any, size: float, paragraphs: Iterable[Measured]) -> None:
    """Gives the levels of one placeholder another size than the layout's, with the spaces that belong to it."""
    levels = {one.level: _level(one, size) for one in paragraphs}
    body = placeholder._element.txBody
    for old in body.findall(qn("a:lstStyle")):
        body.remove(old)
    style = f"<a:lstStyle {nsdecls('a')}>{''.join(levels.values())}</a:lstStyle>"
    body.find(qn("a:bodyPr")).addnext(parse_xml(style))


def _level(one: Measured, size: float) -> str:
    own, tag = one.scale * size, f"a:lvl{one.level + 1}pPr"
    after = f'<a:spcAft><a:spcPts val="{round(one.after * own * 100)}"/></a:spcAft>'
    return f'<{tag}>{after}<a:defRPr sz="{round(own * 100)}"/></{tag}>'
