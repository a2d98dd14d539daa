"""Which papers would be printed with a text in another language than their own."""

from __future__ import annotations

from collections.abc import Iterator

from kit_builder.data import Entry
from kit_builder.documents.html import document_job
from kit_builder.languages import languages
from kit_builder.method import Method
from kit_builder.plan import Document, plan
from kit_builder.problems import Path, Problem, Severity
from kit_builder.translations import coverage, watching

SHOWN = 40
"""Letters of a missing text that its message shows."""


def incomplete_languages() -> set[str]:
    """The languages whose catalogs lack a text or have a fuzzy one."""
    return {code for code in languages() if (found := coverage(code)).missing or found.fuzzy}


def missing_texts(entry: Entry, method: Method, severity: Severity) -> Iterator[Problem]:
    """A problem for each text that a planned document of the municipality lacks in its language, at the line of the
    meeting or the round that the document belongs to. Costs nothing where all catalogs are complete."""
    suspects = incomplete_languages()
    if not suspects or entry.file is None or entry.source is None:
        return
    for document in plan(entry.file, method).documents:
        if not suspects & set(document.languages):
            continue
        with watching() as lent:
            document_job(document, entry.file, entry.assets)
        for code, text in sorted(lent):
            shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
            message = (
                f"{document.path}: the text '{shown}' is missing in {languages()[code].name}; translate it."
            )
            yield entry.source.problem(
                _place(entry, document), "translation.missing", message, severity=severity
            )


def _place(entry: Entry, document: Document) -> Path:
    assert entry.file is not None
    index = [round_.id for round_ in entry.file.rounds].index(str(document.round))
    if document.meeting is None:
        return ("rounds", index, "id")
    meetings = [meeting.id for meeting in entry.file.rounds[index].discussion_meetings]
    return ("rounds", index, "discussion_meetings", meetings.index(document.meeting), "language")
