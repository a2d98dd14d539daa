"""A document's HTML as PDF/UA-1; whatever would not be right on paper is an error."""

from __future__ import annotations

from typing import Any

from kit_builder.render import checks, form_fields
from kit_builder.render.faults import Fault, RenderError
from kit_builder.render.fitting import settle
from kit_builder.render.jobs import PdfJob, Rendered
from kit_builder.render.layout import Layout, collected


def render_pdf(job: PdfJob) -> Rendered:
    """The document as PDF/UA-1. Raises RenderError where it does not fit or anything is missing on the paper."""
    return write_pdf(job, settle(job).layout)


def write_pdf(job: PdfJob, page: Layout) -> Rendered:
    """The laid-out job as PDF/UA-1. Raises RenderError where it does not fit or anything is missing on the paper."""
    pages = page.document.pages
    faults = [Fault(message) for message in page.messages]
    if job.max_pages is not None and len(pages) > job.max_pages:
        faults.append(_too_many_pages(page, job.max_pages))
    faults += [
        Fault(f"the text '{text}' is not on the paper") for text in checks.lost_texts(page.source, pages)
    ]
    for element in checks.overflows(pages):
        message = f"the text '{_start(element)}' runs out of its place; shorten it"
        faults.append(Fault(message, element.get("data-path", "")))
    if faults:
        raise RenderError(faults)
    with collected() as logged:
        data = page.document.write_pdf(pdf_variant="pdf/ua-1", finisher=form_fields.finish)
    if logged:
        raise RenderError([Fault(message) for message in logged])
    return Rendered(data, len(pages))


def _too_many_pages(page: Layout, most: int) -> Fault:
    """What is said of it, at the longest text that comes from the municipality's file."""
    count = len(page.document.pages)
    told = [element for element in page.source.etree_element.iter() if element.get("data-path")]
    if not told:
        return Fault(f"it has {count} pages and may have {most}; shorten its texts")
    longest = max(told, key=lambda element: len("".join(element.itertext())))
    text = f"it has {count} pages and may have {most}; shorten '{_start(longest)}' or another of its texts"
    return Fault(text, longest.get("data-path"))


def _start(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())[:60]
