"""A planned document becomes a job for a renderer: its HTML and the files that it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kit_builder import content, look, paths
from kit_builder.documents import (
    cards,
    estimates,
    follow_up,
    guides,
    invitations,
    print_order,
    proposals,
    report_form,
    results,
    run_sheets,
)
from kit_builder.documents.context import Context, make_context
from kit_builder.method import load_method
from kit_builder.plan import Document
from kit_builder.render.jobs import PdfJob
from kit_builder.schema import MunicipalityFile

CHECK_BOX = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">'
    b'<rect x="1" y="1" width="18" height="18" fill="none" stroke="#1b2126" stroke-width="1.6"/></svg>'
)

FITTED: dict[str, tuple[int, tuple[float, ...], tuple[float, float]]] = {
    "category-cards": (3, (11.5,), (11.5, 11.5)),
    "impact-effort-grid": (1, (11.5,), (11.5, 11.5)),
    "action-sheet": (1, (14, 13, 12, 11, 10), (12, 11)),
    "safer-space": (1, (27, 25.5, 24, 22, 20, 18, 16), (20, 20)),
    "invitation-discussion": (1, (14, 13, 12.5, 12, 11.5, 11), (14, 12)),
    "invitation-decision": (1, (14, 13, 12.5, 12, 11.5, 11), (14, 12)),
    "feedback-survey": (2, (12, 11.5, 11), (12, 12)),
}
"""Documents that must fit a number of pages, the body sizes (points) that they may have, and the size that is tried
first: in one language, and in two."""

EXTRAS: dict[str, Callable[[Context], dict[str, Any]]] = {
    "experience-cards": cards.experience,
    "proposals": proposals.proposals,
    "results": results.slides,
    "run-sheet-discussion": run_sheets.discussion,
    "run-sheet-decision": run_sheets.decision,
    "cost-estimate": estimates.estimate,
    "print-order": print_order.print_order,
    "invitation-discussion": invitations.discussion,
    "invitation-decision": invitations.decision,
    "introduction": guides.introduction,
    "follow-up-plan": follow_up.plan,
    "report-form": report_form.form,
}
"""Document id → what its template needs beside the common context."""


@cache
def environment() -> Environment:
    """The Jinja2 environment of the documents: everything is escaped, an unknown name is an error."""
    env = Environment(
        loader=FileSystemLoader(paths.TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )
    env.globals["content"] = content.all_texts()
    return env


@cache
def styles(document_id: str) -> Markup:
    """The styles of a document: tokens, the common ones, and its own where it has some."""
    files = [
        paths.TOKENS,
        paths.TEMPLATES / "styles" / "print.css",
        paths.TEMPLATES / "styles" / f"{document_id}.css",
    ]
    return Markup("\n".join(file.read_text(encoding="utf-8") for file in files if file.is_file()))


@cache
def common_assets() -> dict[str, bytes]:
    """Shapes and check box, which every document may show."""
    return {"box.svg": CHECK_BOX, **look.shape_assets()}


def document_job(
    document: Document,
    file: MunicipalityFile | None,
    assets: dict[str, bytes] | None = None,
    extras: dict[str, Any] | None = None,
) -> PdfJob:
    """The job that makes a document's PDF. `assets` holds the municipality's logo, if it has one."""
    assets = {**common_assets(), **(assets or {})}
    logo = next((name for name in assets if name.startswith("logo.")), None)
    context = make_context(document, file, load_method(), logo)
    values = {field.name: getattr(context, field.name) for field in fields(context)}
    if document.id in EXTRAS:
        values |= EXTRAS[document.id](context)
    values |= extras or {}
    assets |= values.pop("assets", {})
    template = environment().get_template(f"documents/{document.id}.html")
    html = template.render(**values, styles=styles(document.id), running=True, title=title(document, context))
    used = {name: data for name, data in assets.items() if f"kit:{name}" in html}
    max_pages, sizes, likely = FITTED.get(document.id, (None, (11.5,), (11.5, 11.5)))
    return PdfJob(html, used, max_pages, sizes, sizes.index(likely[context.other is not None]))


def title(document: Document, context: Context) -> str:
    """The document's name in the reader's language."""
    return context.lead.plain(content.read("content/document-names.yml")[document.id])
