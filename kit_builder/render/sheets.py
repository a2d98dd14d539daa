"""Papers of one sheet: they differ in nothing but the letterhead, which says whose they are above the text and in their
properties, and the facts of their meeting: a table at the beginning.

They are laid out once. Each paper's letterhead and facts are laid out by themselves and take the place of the others'
in the finished layout, if the facts take as much room; the file has the same bytes as if it had been laid out alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kit_builder.render import checks
from kit_builder.render.faults import Fault, RenderError
from kit_builder.render.jobs import PdfJob
from kit_builder.render.layout import Layout, layout

LETTERHEAD = re.compile(
    r'<title>.*?</title>|<meta name="(?:author|keywords)"[^>]*>|<header class="running-header">.*?</header>',
    re.DOTALL,
)
PLACE = "@top-left"
"""Where it stands on a page, in the words of CSS."""

FACTS = re.compile(r'<table class="meeting-facts">(?:(?!<input).)*?</table>', re.DOTALL)
"""The facts of a meeting, unless a field waits for one of them: a field is more than its box."""
PART = '<section class="part"'
"""A part of a paper that begins on a page of its own; each has its facts once."""


def sheet(job: PdfJob) -> PdfJob:
    """The job without its letterhead and facts: what it shares with the same paper of other meetings."""
    html = FACTS.sub("<table>", LETTERHEAD.sub("", job.html))
    return replace(job, html=html, assets={n: data for n, data in job.assets.items() if f"kit:{n}" in html})


def put_on(page: Layout, job: PdfJob) -> bool:
    """Gives a laid-out sheet the letterhead and the facts of a job that has the same sheet, in place of those that it
    has. Where the facts do not take the same room, nothing is done and the answer is False.

    Raises RenderError where WeasyPrint complained about the letterhead or the facts."""
    if (page.html, page.assets) == (job.html, job.assets):
        return True
    own = layout(_beginning(job.html), job.assets, page.body)
    if own.messages:
        raise RenderError([Fault(message) for message in own.messages])
    places, own_places = list(_fact_boxes(page)), list(_fact_boxes(own))
    if [_room(*place) for place in places] != [_room(*place) for place in own_places]:
        return False
    for (parent, number), (own_parent, own_number) in zip(places, own_places, strict=True):
        children = list(parent.children)
        children[number] = own_parent.children[own_number]
        parent.children = type(parent.children)(children)
    _replace_letterheads(page, own, job)
    page.html, page.assets, page.document.metadata = job.html, job.assets, own.document.metadata
    page.document.fonts.clear()  # the letters of another municipality's name
    _replace_source(page.source.etree_element, own.source.etree_element)
    return True


def _beginning(html: str) -> str:
    """The HTML without what follows its facts: what stands above them decides their place."""
    head, _, body = html.partition("<main>")
    kept: list[str] = []
    end = 0
    for found in FACTS.finditer(body):
        kept.append(body[body.rindex(PART, end, found.start()) if kept else 0 : found.end()])
        end = found.end()
    return f"{head}<main>{'</section>'.join(kept)}"


def _fact_tables(tree: Any) -> list[Any]:
    return [
        table
        for table in tree.iter("table")
        if table.get("class") == "meeting-facts" and table.find(".//input") is None
    ]


def _fact_boxes(page: Layout) -> Iterator[tuple[Any, int]]:
    """The place of each box of facts: the box around it, and its number in there."""
    tables = set(_fact_tables(page.source.etree_element))
    for paper in page.document.pages:
        for parent in checks.descendants(paper._page_box):
            if parent.element in tables:
                continue
            for number, box in enumerate(getattr(parent, "children", ())):
                if box.element in tables:
                    yield parent, number


def _room(parent: Any, number: int) -> tuple[float, ...]:
    box = parent.children[number]
    return box.position_x, box.position_y, box.margin_width(), box.margin_height()


def _replace_letterheads(page: Layout, own: Layout, job: PdfJob) -> None:
    head = job.html.partition("<main>")[0] + "<main>"
    letterheads = {_paper(paper._page_box): paper._page_box for paper in own.document.pages}
    for sheet_page in page.document.pages:
        paper = _paper(sheet_page._page_box)
        if paper not in letterheads:
            empty = layout(head, job.assets, page.body, more_styles=paper)
            (letterheads[paper],) = (bare._page_box for bare in empty.document.pages)
        _replace_box(sheet_page._page_box, letterheads[paper])


def _paper(page: Any) -> str:
    """The styles of a page of this size and these margins."""
    margins = " ".join(
        f"{getattr(page, f'margin_{side}')!r}px" for side in ("top", "right", "bottom", "left")
    )
    return f"@page {{ size: {page.margin_width()!r}px {page.margin_height()!r}px; margin: {margins}; }}"


def _replace_box(page: Any, theirs: Any) -> None:
    letterhead = next((box for box in theirs.children if _is_letterhead(box)), None)
    page.children = [letterhead if _is_letterhead(box) else box for box in page.children]


def _is_letterhead(box: Any) -> bool:
    from weasyprint.formatting_structure.boxes import MarginBox

    return isinstance(box, MarginBox) and box.at_keyword == PLACE


def _replace_source(tree: Any, theirs: Any) -> None:
    """The HTML follows, because the Word file and the search for lost texts read it."""
    pairs = [(tree.find("head"), theirs.find("head"))]
    pairs += [(tree.find("body/header"), theirs.find("body/header"))]
    pairs += zip(_fact_tables(tree), _fact_tables(theirs), strict=True)
    parents = {child: parent for parent in tree.iter() for child in parent}
    for old, new in pairs:
        if old is not None:
            new.tail = old.tail
            parents[old][list(parents[old]).index(old)] = new
