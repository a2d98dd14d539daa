"""How an element looks, as a paragraph of a Word file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kit_builder.render.word.languages import word_tag
from kit_builder.render.word.paper import Paper, strong
from kit_builder.render.word.styles import Look, Paragraph, letters
from kit_builder.render.word.text import HEADINGS, PHRASING, Piece
from kit_builder.render.word.xml import make, twips

LINE_HEIGHT = 1.362
"""Height of a line of Noto Sans, in parts of its letters' size: what Word takes as a single line."""


def paragraph(paper: Paper, element: Any, told: list[Piece]) -> Paragraph:
    """An empty paragraph with an element's look, for these pieces."""
    style = paper.style(element)
    rtl = paper.direction(element) == "rtl"
    size = style["font_size"]
    line = (
        size * style["line_height"] if isinstance(style["line_height"], int | float) else size * LINE_HEIGHT
    )
    exact = (rtl or _has_rtl(told)) and all(piece.kind != "picture" for piece in told)
    look = Look(
        letters(paper, element),
        ("exact", twips(line)) if exact else ("auto", round(240 * line / size / LINE_HEIGHT)),
        twips(paper.margin(element, "top")) if element.tag not in ("td", "th") else 0,
        twips(paper.margin(element, "bottom")) if element.tag not in ("td", "th") else 0,
        _alignment(paper, element, rtl),
    )
    language = word_tag(paper.language(element))
    name = _style_name(element)
    return Paragraph(make("w:p"), name, look, rtl, language)


def _has_rtl(found: Iterable[Piece]) -> bool:
    """Whether any letter of the pieces is written from right to left."""
    return any(strong(letter) == "rtl" for piece in found for letter in piece.text)


def _style_name(element: Any) -> str:
    """The style of an element: Word's own for headings and lists, else one named after its class."""
    if element.tag in HEADINGS:
        return f"heading {element.tag[1]}"
    if element.tag in ("th", "td"):
        return "Table Heading" if element.tag == "th" else "Table Text"
    if element.tag in ("input", "textarea"):
        return "Answer"
    if element.tag == "li":
        return "List Item"
    classes = (element.get("class") or "").split()
    return classes[0].replace("-", " ").title() if classes else "Normal"


def _alignment(paper: Paper, element: Any, rtl: bool) -> str:
    """Word's name for an alignment: it calls left where a line begins. What is only as wide as its text stands
    where the lines around it begin."""
    if element.tag in PHRASING and paper.is_beside(element):
        element = paper.parents[element]
    align = str(paper.style(element)["text_align_all"])
    if align in ("start", "end"):
        align = "right" if (align == "end") != (paper.direction(element) == "rtl") else "left"
    begins = "right" if rtl else "left"
    return "center" if align == "center" else "" if align in (begins, "justify") else "right"
