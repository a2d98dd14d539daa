"""Pictures in a Word file, and the shapes of the areas as drawings that stay sharp at any size."""

from __future__ import annotations

import io
import re
from typing import Any

from docx.oxml.parser import parse_xml
from PIL import Image, ImageDraw

from kit_builder.render.faults import Fault, RenderError
from kit_builder.render.word.xml import NAMES, clark, emu, make

SHAPE_SIZE = 0.85
"""Height of an area's shape, in parts of its title's letters."""

CLOSE = {f"dist{side}": "0" for side in "TBLR"}
"""No room around a drawing but what the text leaves."""

MODULE = 10
"""Pixels across the smallest square of a QR code."""

DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
"""Word's mark for a drawing that screen readers pass by."""


def picture(part: Any, data: bytes, size: tuple[float, float], alternative: str, number: int) -> Any:
    """A PNG or JPEG picture in the line, `size` wide and high in CSS pixels, with its alternative text."""
    inline = part.new_pic_inline(io.BytesIO(data), emu(size[0]), emu(size[1]))
    inline.attrib.update(CLOSE)
    inline.docPr.attrib.update({"id": str(number), "name": f"Picture {number}", "descr": alternative})
    return make("w:drawing", {}, inline)


def as_png(svg: bytes) -> bytes | None:
    """An SVG of black strokes on white squares, as QR codes are, as a PNG picture; None where it is anything else."""
    root: Any = parse_xml(svg)
    size = [int(number) for number in root.get("viewBox").split()[2:]]
    strokes = [form.get("d") for form in root if form.get("stroke") == "#000"]
    if len(root) != 2 or len(strokes) != 1 or not re.fullmatch(r"[Mmh\d\s.-]+", strokes[0]):
        return None
    picture = Image.new("1", (size[0] * MODULE, size[1] * MODULE), 1)
    draw = ImageDraw.Draw(picture)
    x = y = 0.0
    for step, *numbers in re.findall(r"([Mmh])(-?[\d.]+)(?: ?(-?[\d.]+))?", strokes[0]):
        across = float(numbers[0])
        if step == "h":
            corners = (x, y - 0.5, x + across, y + 0.5)
            left, top, right, bottom = (round(corner * MODULE) for corner in corners)
            draw.rectangle((left, top, right - 1, bottom - 1), 0)
            x += across
        elif step == "m":
            x, y = x + across, y + float(numbers[1])
        else:
            x, y = across, float(numbers[1])
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def shape(svg: bytes, size: float, number: int) -> Any:
    """A one-coloured SVG shape as a drawing in the line, `size` CSS pixels high, as decoration.

    Raises RenderError where the SVG holds more than a circle, a square with round corners, or straight lines."""
    root: Any = parse_xml(svg)
    (form,) = root
    kind = form.tag.split("}")[1]
    if kind == "circle":
        geometry = _preset("ellipse")
    elif kind == "rect":
        geometry = _preset("roundRect", round(float(form.get("rx")) / float(form.get("width")) * 100_000))
    else:
        geometry = _lines(form.get("points") or form.get("d"))
    extent = {"cx": emu(size), "cy": emu(size)}
    properties = make(
        "wps:spPr",
        {},
        make("a:xfrm", {}, make("a:off", {"x": 0, "y": 0}), make("a:ext", extent)),
        geometry,
        make("a:solidFill", {}, make("a:srgbClr", {"val": root.get("fill").lstrip("#")})),
        make("a:ln", {}, make("a:noFill")),
    )
    drawn = make("wps:wsp", {}, make("wps:cNvSpPr"), properties, make("wps:bodyPr"))
    data = make("a:graphicData", {"uri": NAMES["wps"]}, drawn)
    decorative = make("a:ext", {"uri": DECORATIVE}, make("adec:decorative", {"val": 1}))
    name = make("wp:docPr", {"id": number, "name": f"Shape {number}"}, make("a:extLst", {}, decorative))
    inline = make("wp:inline", CLOSE, make("wp:extent", extent), name, make("a:graphic", {}, data))
    choice = inline.makeelement(
        clark("mc:Choice"), {"Requires": "wps"}, {"mc": NAMES["mc"], "wps": NAMES["wps"]}
    )
    choice.append(make("w:drawing", {}, inline))
    return make("mc:AlternateContent", {}, choice)


def _preset(name: str, adjusted: int | None = None) -> Any:
    values = [] if adjusted is None else [make("a:gd", {"name": "adj", "fmla": f"val {adjusted}"})]
    return make("a:prstGeom", {"prst": name}, make("a:avLst", {}, *values))


def _lines(path: str) -> Any:
    """Straight lines through the points of a polygon, or of a path of absolute moves and lines."""
    if not re.fullmatch(r"[ML\d\s.,]+Z?", path):
        raise RenderError([Fault("a Word file can show shapes of straight lines only")])
    numbers = [round(float(number)) for number in re.findall(r"[\d.]+", path)]
    points = [make("a:pt", {"x": x, "y": y}) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    steps = [make("a:moveTo", {}, points[0]), *(make("a:lnTo", {}, point) for point in points[1:])]
    drawn = make("a:path", {"w": 100, "h": 100}, *steps, make("a:close"))
    empty = [make(f"a:{name}") for name in ("avLst", "gdLst", "ahLst", "cxnLst")]
    rectangle = make("a:rect", {"l": 0, "t": 0, "r": "r", "b": "b"})
    return make("a:custGeom", {}, *empty, rectangle, make("a:pathLst", {}, drawn))
