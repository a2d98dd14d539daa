"""Is everything on the paper? Looks at laid-out boxes, never at counts of letters.

Two checks, because neither is enough alone: no box runs out of the box that must hold it, and every text of the
source stands in the laid-out boxes (a box at a page's edge can lose text without overflowing).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

TOLERANCE = 0.6
"""CSS pixels by which a box may stick out: rounding and the overhang of letters."""


def lost_texts(html: Any, pages: list[Any]) -> list[str]:
    """Texts of the source that are not in the laid-out pages, each shortened for a message.

    `html` is the parsed document, `pages` the laid-out pages."""
    from weasyprint.formatting_structure import boxes

    laid_out: dict[Any, list[str]] = defaultdict(list)
    for page in pages:
        for box in descendants(page._page_box):
            if isinstance(box, boxes.TextBox) and box.element is not None:
                laid_out[box.element].append(box.text)
    lost = []
    body = html.etree_element.find("body")
    for element in body.iter():
        if not isinstance(element.tag, str) or _is_skipped(element):
            continue
        wanted = _squeeze((element.text or "") + "".join(child.tail or "" for child in element))
        if wanted and wanted not in _squeeze("".join(laid_out.get(element, []))):
            lost.append((element.text or wanted).strip()[:80])
    return lost


def _is_skipped(element: Any) -> bool:
    return element.tag.startswith("{") or element.tag in ("style", "script", "option", "textarea")


def _squeeze(text: str) -> str:
    return "".join(text.replace("\u00ad", "").split())


def overflows(pages: list[Any]) -> list[Any]:
    """Elements whose contents stick out of a box of fixed height, out of the page (its margins included), or run on
    to another page."""
    from weasyprint.formatting_structure import boxes

    found = []
    first_page: dict[Any, int] = {}
    for number, page in enumerate(pages):
        width = page._page_box.margin_width() + TOLERANCE
        height = page._page_box.margin_height() + TOLERANCE
        for box in descendants(page._page_box):
            if isinstance(box, boxes.TextBox) and box.position_y + box.height > height:
                found.append(box.element)
                continue
            if not isinstance(box, boxes.BlockLevelBox) or box.element is None:
                continue
            fixed = box.style["height"] != "auto" and not isinstance(box, boxes.ReplacedBox)
            split = fixed and first_page.setdefault(box.element, number) != number
            if split or (fixed and sticks_out(box)) or box.position_x + box.border_width() > width:
                found.append(box.element)
    return found


def sticks_out(box: Any) -> bool:
    """Whether text, lines or pictures reach below or beside the content of `box`."""
    from weasyprint.formatting_structure import boxes

    bottom = box.content_box_y() + box.height + TOLERANCE
    left, right = box.content_box_x() - TOLERANCE, box.content_box_x() + box.width + TOLERANCE
    for inner in descendants(box):
        if inner is box or not isinstance(inner, (boxes.TextBox, boxes.LineBox, boxes.ReplacedBox)):
            continue
        if inner.position_y + inner.height > bottom:
            return True
        if isinstance(inner, boxes.TextBox) and (
            inner.position_x < left or inner.position_x + inner.width > right
        ):
            return True
    return False


def filled_page(page: Any) -> float:
    """How much of a page's height is filled down to its last line: 1 where it is full."""
    content = page._page_box.children[0]
    top, bottom = _lines(content)
    return float((bottom - content.content_box_y()) / page._page_box.height) if bottom > top else 0.0


def filled_boxes(pages: list[Any], elements: set[Any]) -> dict[Any, float]:
    """How much of the height of each element's box its lines take: 1 where it is full."""
    from weasyprint.formatting_structure import boxes

    found: dict[Any, float] = {}
    for page in pages:
        for box in descendants(page._page_box):
            if box.element in elements and isinstance(box, boxes.BlockLevelBox) and box.height:
                top, bottom = _lines(box)
                found.setdefault(box.element, float((bottom - top) / box.height))
    return found


def _lines(box: Any) -> tuple[float, float]:
    """Where the first line in a box begins and the last one ends, from the top of the page."""
    from weasyprint.formatting_structure import boxes

    lines = [inner for inner in descendants(box) if isinstance(inner, boxes.LineBox)]
    top = min((line.position_y for line in lines), default=0)
    return top, max((line.position_y + line.height for line in lines), default=0)


def descendants(box: Any) -> Iterator[Any]:
    """The box and everything laid out inside it, in the order of the document."""
    rest = [box]
    while rest:
        box = rest.pop()
        box = getattr(box, "_box", box)
        yield box
        rest.extend(reversed(getattr(box, "children", ())))
