"""What a paper says of its municipality above its text and in its properties: the letterhead.

Many papers of a nation differ in nothing else. Such papers are laid out once, and each municipality's letterhead is put
on the finished layout; the file has the same bytes as if it had been laid out by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from kit_builder.render.faults import Fault, RenderError
from kit_builder.render.jobs import PdfJob
from kit_builder.render.layout import Layout, layout

LETTERHEAD = re.compile(
    r'<title>.*?</title>|<meta name="author"[^>]*>|<header class="running-header">.*?</header>', re.DOTALL
)
PLACE = "@top-left"
"""Where it stands on a page, in the words of CSS."""


def sheet(job: PdfJob) -> PdfJob:
    """The job without its letterhead: what it shares with the same paper of other municipalities."""
    html = LETTERHEAD.sub("", job.html)
    return replace(job, html=html, assets={n: data for n, data in job.assets.items() if f"kit:{n}" in html})


def put_on(page: Layout, job: PdfJob) -> None:
    """Gives a laid-out sheet the letterhead of a job that has the same sheet, in place of the one that it has.

    Raises RenderError where WeasyPrint complained about the letterhead."""
    if (page.html, page.assets) == (job.html, job.assets):
        return
    alone = job.html.partition("<main>")[0] + "<main></main></body></html>"
    letterheads: dict[str, Layout] = {}
    for sheet_page in page.document.pages:
        paper = _paper(sheet_page._page_box)
        if paper not in letterheads:
            letterheads[paper] = layout(alone, job.assets, job.sizes[0], more_styles=paper)
        (theirs,) = letterheads[paper].document.pages
        _replace_box(sheet_page._page_box, theirs._page_box)
    first = next(iter(letterheads.values()))
    if first.messages:
        raise RenderError([Fault(message) for message in first.messages])
    page.html, page.assets, page.document.metadata = job.html, job.assets, first.document.metadata
    page.document.fonts.clear()  # the letters of another municipality's name
    _replace_source(page.source.etree_element, first.source.etree_element)


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
    for parent, their_parent, tag in (
        (tree, theirs, "head"),
        (tree.find("body"), theirs.find("body"), "header"),
    ):
        if (old := parent.find(tag)) is not None:
            parent[list(parent).index(old)] = their_parent.find(tag)
