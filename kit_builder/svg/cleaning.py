"""A drawing from elsewhere with nothing left in it but shapes and colours.

What would act (scripts, event handlers, links, animations) and what nobody sees (editors' notes, hidden layers) is left
out. What would be seen but can't be kept (letters, pictures inside, effects, parts of other files) makes the drawing
unfit, so that no logo is ever published with a part missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from kit_builder.characters import shown
from kit_builder.svg.styles import Styles
from kit_builder.svg.tree import DrawingError, Element, read

MAX_DRAWN = 5_000
"""Elements that are drawn in all, those repeated by <use> counted as often as they are drawn."""
MAX_LETTERS = 400_000
"""Letters of paths that are drawn in all."""
MAX_LAYERS = 300
"""Parts that take long to draw: transparent groups, clipped and masked parts, colour gradients."""
LARGEST = 1_000_000
"""Width and height of a drawing, in its own units."""
MAX_CHAIN = 100
"""Parts of which each refers to the next, or lies inside the one before."""

_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use", "stop"})
_GROUPS = frozenset(
    {"svg", "g", "a", "switch", "defs", "symbol", "clipPath", "mask", "linearGradient", "radialGradient"}
)
_UNFIT = {
    "text": "has letters, which look different on every machine; turn them into paths (outlines)",
    "image": "has a picture inside; save all of it as PNG",
    "foreignObject": "has a web page inside; save it as PNG",
}
_EFFECTS = re.compile("filter|marker(-start|-mid|-end)?|mix-blend-mode")
_GEOMETRY = re.compile(
    "id|[xy][12]?|[cf][xy]|f?r|r[xy]|width|height|d|points|transform|viewBox|preserveAspectRatio|pathLength|offset"
    "|gradient(Units|Transform)|spreadMethod|clipPathUnits|mask(Content)?Units"
)
_LOOKS = re.compile(
    "fill(-opacity|-rule)?|stroke(-width|-opacity|-linecap|-linejoin|-miterlimit|-dasharray|-dashoffset)?"
    "|stop-(color|opacity)|opacity|color|clip-(path|rule)|mask|visibility|paint-order"
)
_HARMLESS = re.compile(r"[\w\s.,;:#%()+-]*")
_REFERENCE = re.compile(r"""url\(\s*(["']?)#([\w.:-]+)\1\s*\)[^(]*""")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LENGTH = re.compile(r"\+?([0-9]{1,6}(?:\.[0-9]*)?)(px|pt|pc|mm|cm|in)?")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


def cleaned(data: bytes, longest: int) -> str:
    """The drawing of an SVG file as plain SVG, `longest` pixels wide or high, whichever is more.

    Raises DrawingError where it is too much of something, or where a part that one sees would be missing."""
    root = read(data)
    width, height = _size(root)
    cleaner = _Cleaner(root)
    clean = cleaner.element(root)
    _Drawn(clean).check()
    scale = longest / max(width, height)
    own = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": clean.attributes.get("viewBox", f"0 0 {width:g} {height:g}"),
        "width": str(max(1, round(width * scale))),
        "height": str(max(1, round(height * scale))),
    }
    clean.attributes = own | {key: value for key, value in clean.attributes.items() if key not in own}
    return ElementTree.tostring(_written(clean), encoding="unicode")


def _size(root: Element) -> tuple[float, float]:
    """Width and height of the drawing; only how they relate matters."""
    if "viewBox" in root.attributes:
        box = _NUMBER.findall(root.attributes["viewBox"])
        width, height = (float(number) for number in box[2:]) if len(box) == 4 else (0.0, 0.0)
    else:
        found = [_LENGTH.fullmatch(root.attributes.get(key, "").strip()) for key in ("width", "height")]
        width, height = (float(m[1]) * _PIXELS[m[2] or ""] if m else 0.0 for m in found)
    if not all(0 < length < LARGEST for length in (width, height)):
        raise DrawingError("does not say how large it is; give it a viewBox, or save it as PNG")
    return width, height


class _Cleaner:
    """Copies a drawing's elements, leaving out or refusing what the module's docstring says."""

    def __init__(self, root: Element) -> None:
        self.styles = Styles(root)
        self.kinds = {e.attributes["id"]: e.tag for e in root.every() if "id" in e.attributes}

    def element(self, element: Element) -> Element:
        found = self.styles.of(element)
        tag = "g" if element.tag in ("a", "switch") else element.tag
        clean = Element(tag, self.attributes(tag, found))
        for child in element.children:
            if self.is_seen(child):
                clean.children.append(self.element(child))
                if element.tag == "switch":  # one of its parts is drawn, the first that needs nothing special
                    break
        return clean

    def is_seen(self, element: Element) -> bool:
        """Whether an element is copied. Raises DrawingError where it is seen but can't be copied."""
        if element.tag != "defs" and self.styles.of(element).get("display") == "none":
            return False
        if element.attributes.keys() & {"requiredExtensions", "requiredFeatures", "systemLanguage"}:
            return False
        is_empty = element.tag == "text" and not any(part.text.strip() for part in element.every())
        if element.tag in _UNFIT and not is_empty:
            raise DrawingError(_UNFIT[element.tag])
        return element.tag in _SHAPES or element.tag in _GROUPS

    def attributes(self, tag: str, found: dict[str, str]) -> dict[str, str]:
        kept: dict[str, str] = {}
        for name, value in found.items():
            if _EFFECTS.fullmatch(name) and value not in ("none", "normal"):
                raise DrawingError(f"uses an effect ({name}); save it as PNG")
            if name == "href":
                kept |= self.link(tag, value)
            elif _LOOKS.fullmatch(name) and "url" in value.casefold():
                kept |= self.reference(name, value)
            elif (_LOOKS.fullmatch(name) or _GEOMETRY.fullmatch(name)) and _HARMLESS.fullmatch(value):
                kept[name] = value
        return kept

    def link(self, tag: str, value: str) -> dict[str, str]:
        """What <use> repeats, or the gradient from which another takes its colours."""
        if tag not in ("use", "linearGradient", "radialGradient"):
            return {}
        if not re.fullmatch(r"#[\w.:-]+", value):
            raise DrawingError(_elsewhere(value))
        return {"href": value}

    def reference(self, name: str, value: str) -> dict[str, str]:
        """A property that names another part of the drawing: a gradient, a clip, a mask."""
        match = _REFERENCE.fullmatch(value)
        if match is None:
            raise DrawingError(_elsewhere(value))
        if self.kinds.get(match[2]) == "pattern":
            raise DrawingError("is filled with a pattern; turn it into paths, or save it as PNG")
        return {name: f"url(#{match[2]})"}


def _elsewhere(address: str) -> str:
    return f"takes a part from elsewhere ('{shown(address)}'); put it into the drawing itself"


class _Amount(NamedTuple):
    """What a part of a drawing asks for."""

    elements: int
    letters: int
    layers: int

    def plus(self, other: _Amount) -> _Amount:
        return _Amount(*(one + more for one, more in zip(self, other, strict=True)))


class _Drawn:
    """How much is drawn when everything that refers to another part is followed."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.parts = {part.attributes["id"]: part for part in root.every() if "id" in part.attributes}
        self.counted: dict[int, _Amount] = {}
        self.open: set[int] = set()

    def check(self) -> None:
        """Raises DrawingError where it is too much."""
        limits = ("elements", MAX_DRAWN), ("letters of paths", MAX_LETTERS), ("layers", MAX_LAYERS)
        for count, (what, limit) in zip(self.count(self.root), limits, strict=True):
            if count > limit:
                raise DrawingError(
                    f"draws {count} {what} and may draw {limit}; simplify the drawing, or save it as PNG"
                )

    def count(self, element: Element) -> _Amount:
        """What the element asks for, with everything inside it and everything that it refers to."""
        if id(element) in self.open or len(self.open) > MAX_CHAIN:
            raise DrawingError("has parts that repeat one another without end; save it as PNG")
        if id(element) not in self.counted:
            self.open.add(id(element))
            amount = _own(element)
            for inner in (*element.children, *self.referred(element)):
                amount = amount.plus(self.count(inner))
            self.open.remove(id(element))
            self.counted[id(element)] = amount
        return self.counted[id(element)]

    def referred(self, element: Element) -> Iterator[Element]:
        """The other parts of the drawing that are drawn with this one."""
        for key in ("href", "clip-path", "mask"):
            name = element.attributes.get(key, "").removeprefix("url(").removesuffix(")").removeprefix("#")
            if name in self.parts:
                yield self.parts[name]
            elif element.tag == "use" and key == "href":
                raise DrawingError("repeats a part that is not in it (<use>); save it as PNG")


def _own(element: Element) -> _Amount:
    values = element.attributes
    letters = len(values.get("d", "")) + len(values.get("points", ""))
    gradients = sum("url(" in values.get(key, "") for key in ("fill", "stroke"))
    groups = sum(values.get(key, "1") not in ("1", "none") for key in ("opacity", "clip-path", "mask"))
    return _Amount(1, letters, gradients + groups)


def _written(element: Element) -> ElementTree.Element:
    written = ElementTree.Element(element.tag, element.attributes)
    written.extend(_written(child) for child in element.children)
    return written
