"""A PDF form's fields, made so that every reader draws what was typed or ticked.

As WeasyPrint writes them, readers built on poppler show a ticked box empty (it has no font to draw the tick with), and
a long answer runs out of its box on paper (its size is fixed)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

MULTILINE = 1 << 12
"""The flag of a field of several lines (PDF 32000-1, table 228)."""

TICK = "4"
"""The tick in ZapfDingbats, a font that every reader has."""


def finish(_document: Any, pdf: Any) -> None:
    """Mends the fields of a PDF (pydyf's) before it is written; WeasyPrint calls it as its `finisher`."""
    import pydyf

    for field in _fields(pdf):
        if field["FT"] == "/Btn":
            red, green, blue = field["MK"]["BC"]
            _, top, _, bottom = field["Rect"]
            field["DA"] = pydyf.String(f"/ZaDb {top - bottom:.1f} Tf {red:f} {green:f} {blue:f} rg")
            field["MK"]["CA"] = pydyf.String(TICK)
        else:
            field["DA"] = pydyf.String(_appearance(field["DA"].string.decode(), field.get("Ff", 0)))
    if "AcroForm" in pdf.catalog:
        form = pdf.catalog["AcroForm"]
        fonts = _object(pdf, _object(pdf, form["DR"])["Font"])
        symbols = pydyf.Dictionary({"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/ZapfDingbats"})
        form["DR"] = pydyf.Dictionary({"Font": pydyf.Dictionary({**fonts, "ZaDb": symbols})})


def _fields(pdf: Any) -> Iterator[Any]:
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Subtype") == "/Widget":
            yield item


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _appearance(given: str, flags: int) -> str:
    """Font, size and colour alone, in the order in which readers look for them. The size 0 of several lines means:
    as large as fits, so that a long answer becomes smaller instead of running out of its box."""
    font, size = re.findall(r"(/\S+) (\S+) Tf", given)[0]
    colour = re.findall(r"\S+ \S+ \S+ rg", given)[0]
    return f"{font} {0 if flags & MULTILINE else size} Tf {colour}"
