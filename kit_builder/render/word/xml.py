"""Elements of a Word file (Office Open XML), by their usual prefixes, and the measures it counts in."""

from __future__ import annotations

from typing import Any

from docx.oxml.parser import oxml_parser

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


def make(tag: str, attributes: dict[str, Any] | None = None, *children: Any) -> Any:
    """An element such as `w:p` with attributes (`w:val` …) and children; a child that is None is left out."""
    prefix = tag.split(":")[0]
    element = oxml_parser.makeelement(
        clark(tag),
        {clark(name): str(value) for name, value in (attributes or {}).items()},
        nsmap={prefix: NAMES[prefix]},
    )
    element.extend([child for child in children if child is not None])
    return element


def value(tag: str, val: Any) -> Any:
    """The many elements that only carry a `w:val`."""
    return make(tag, {"w:val": val})


def clark(name: str) -> str:
    """`w:val` in the long form that the parser uses; a name without prefix stays."""
    prefix, colon, local = name.partition(":")
    return f"{{{NAMES[prefix]}}}{local}" if colon else name


def twips(pixels: float) -> int:
    """CSS pixels in twentieths of a point."""
    return round(pixels * 15)


def half_points(pixels: float) -> int:
    """CSS pixels in halves of a point, in which Word counts the size of letters."""
    return round(pixels * 1.5)


def emu(pixels: float) -> int:
    """CSS pixels in English metric units, in which drawings are counted."""
    return round(pixels * 9525)
