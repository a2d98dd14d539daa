"""What a Word file needs to know of the laid-out PDF: the look, place, language and direction of each element.

So the documents have one source, one set of styles and one layout, and the Word file follows all three."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import Any, Literal

from kit_builder.render import checks
from kit_builder.render.layout import Layout

SIDES = ("top", "right", "bottom", "left")
NEAR = 1.5
"""CSS pixels within which two edges are taken as one."""

Direction = Literal["ltr", "rtl"]


class Paper:
    """A laid-out document, asked element by element. Lengths are CSS pixels from the left or top of the page."""

    def __init__(self, layout: Layout) -> None:
        self.root = layout.source.etree_element
        self.body = self.root.find("body")
        self.pages = [page._page_box for page in layout.document.pages]
        self.parents = {child: parent for parent in self.root.iter() for child in parent}
        self._styles: dict[Any, Any] = {}
        self._boxes: dict[Any, Any] = {}
        self._page_of: dict[Any, Any] = {}
        for page in self.pages:
            for box in checks.descendants(page):
                element = box.element
                if element is None or box.element_tag != element.tag:
                    continue
                self._boxes.setdefault(element, box)
                self._page_of.setdefault(element, page)
                if type(box.style).__name__ == "ComputedStyle":
                    self._styles.setdefault(element, box.style)

    def style(self, element: Any) -> Any:
        """The computed style of an element, or of the nearest one around it that has a box."""
        while element not in self._styles:
            element = self.parents[element]
        return self._styles[element]

    def box(self, element: Any) -> Any:
        """The first box of an element."""
        while element not in self._boxes:
            element = self.parents[element]
        return self._boxes[element]

    def page(self, element: Any) -> Any:
        """The page on which an element begins."""
        while element not in self._page_of:
            element = self.parents[element]
        return self._page_of[element]

    def language(self, element: Any) -> str:
        """The language of an element, from itself or the nearest one around it that says it."""
        while not element.get("lang"):
            element = self.parents[element]
        return str(element.get("lang"))

    def direction(self, element: Any) -> Direction:
        """The direction of an element; a `bdi` that says none follows its first letter."""
        if element.get("dir") in ("ltr", "rtl"):
            return "rtl" if element.get("dir") == "rtl" else "ltr"
        if element.tag == "bdi":
            for letter in "".join(element.itertext()):
                if first := strong(letter):
                    return first
        parent = self.parents.get(element)
        return "ltr" if parent is None else self.direction(parent)

    def content(self, element: Any) -> tuple[float, float]:
        """The left and right edge of what an element holds."""
        box = self.box(element)
        return box.content_box_x(), box.content_box_x() + box.width

    def border_box(self, element: Any) -> tuple[float, float]:
        """The left and right edge of an element with its padding and borders."""
        box = self.box(element)
        return box.border_box_x(), box.border_box_x() + box.border_width()

    def margin(self, element: Any, side: str) -> float:
        """An element's margin. A table's stands on the box around it."""
        if element.tag == "table":
            return float(getattr(self.box(element), f"margin_{side}"))
        margin = self.style(element)[f"margin_{side}"]
        return 0.0 if isinstance(margin, str) else float(margin.value)

    def padding(self, element: Any, side: str) -> float:
        """An element's padding, without what the layout adds to set a row's cells at one height."""
        return float(self.style(element)[f"padding_{side}"].value)

    def borders(self, element: Any) -> dict[str, tuple[float, str]]:
        """The width and colour of the borders that an element has, by side."""
        style = self.style(element)
        found = {}
        for side in SIDES:
            width = float(style[f"border_{side}_width"])
            if width:
                found[side] = width, colour(style, f"border_{side}_color")
        return found

    def fill(self, element: Any) -> str | None:
        """The colour behind an element, if it has one of its own."""
        return colour(self.style(element), "background_color") if self._is_filled(element) else None

    def _is_filled(self, element: Any) -> bool:
        return bool(self.style(element)["background_color"].alpha)

    def is_boxed(self, element: Any) -> bool:
        """Whether an element stands out as a box: filled, or with borders around it."""
        return self._is_filled(element) or len(self.borders(element)) > 2

    def is_flex(self, element: Any) -> bool:
        """Whether what an element holds stands side by side."""
        display = self.style(element)["display"]
        return "flex" in display or ("table" in display and element.tag != "table")

    def is_beside(self, element: Any) -> bool:
        """Whether an element is a block in a row of others."""
        return tuple(self.style(element)["display"]) == ("inline", "flow-root")

    def hangs(self, element: Any) -> bool:
        """Whether an element hangs out in front of its line, as a number does in front of a question."""
        return self.is_beside(element) and min(self.margin(element, side) for side in ("left", "right")) < 0

    def is_block(self, element: Any) -> bool:
        """Whether an element begins a line of its own: always, or because it found no room beside the one before."""
        if self.style(element)["display"][0] == "block":
            return True
        siblings = pairwise(self.parents[element])
        before = next((one for one, following in siblings if following is element), None)
        if before is None or (before.tail or "").strip():
            return False
        if not (self.is_beside(element) and self.is_beside(before)):
            return False
        above = self.box(before)
        return bool(self.box(element).border_box_y() >= above.border_box_y() + above.border_height() - NEAR)

    def picture_behind(self, element: Any) -> str | None:
        """The name of the asset that an element shows as its background, if it shows one."""
        kind, address = self.style(element)["background_image"][0]
        return address.removeprefix("kit:") if kind == "url" else None


def colour(style: Any, name: str) -> str:
    """A colour of a style as six hexadecimal digits."""
    found = style[name] if style[name] != "currentcolor" else style["color"]
    return "".join(f"{round(part * 255):02x}" for part in found.to("srgb").coordinates)


def strong(letter: str) -> Direction | None:
    """The direction that a letter has by itself; figures, spaces and signs have none."""
    kind = unicodedata.bidirectional(letter)
    return "rtl" if kind in ("R", "AL") else "ltr" if kind == "L" else None
