"""From plans to files: every document in every format, each made once; what can't be printed is a problem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kit_builder.documents.calendar import decision_calendar, meeting_calendar, round_calendar
from kit_builder.documents.context import make_context
from kit_builder.documents.html import document_job
from kit_builder.documents.print_order import PrintRow
from kit_builder.documents.results_deck import results_deck
from kit_builder.kits import Kit, Made
from kit_builder.method import load_method
from kit_builder.plan import Document
from kit_builder.problems import Path, Problem, parsed
from kit_builder.render.faults import Fault
from kit_builder.render.jobs import Job, PdfJob, PreviewJob, Rendered, SlidesJob, WordJob
from kit_builder.render.rendering import job_key, render_all
from kit_builder.reporter import Reporter
from kit_builder.schema import MunicipalityFile, Round
from kit_builder.store import Store
from kit_builder.voice import voice

PRINT_ORDER = "print-order"

Wanted = tuple[Kit, Document, str, Job]


def make_documents(kits: list[Kit], store: Store, workers: int, reporter: Reporter) -> None:
    """Renders every planned document of the kits in each of its formats.

    The print order comes last: it counts the others' pages."""
    first = [
        wanted
        for kit in kits
        for document in kit.plan.documents
        if document.id != PRINT_ORDER
        for wanted in _wanted(kit, document)
    ]
    _render(first, store, workers, reporter, "Documents")
    last: list[Wanted] = []
    for kit in kits:
        for document in kit.plan.documents:
            if document.id == PRINT_ORDER:
                extras = {"rows": _rows(kit, document) if kit.file else []}
                last.append((kit, document, "pdf", document_job(document, kit.file, kit.assets, extras)))
    _render(last, store, workers, reporter, "Print orders")
    _add_previews([kit for kit in kits if not kit.problems], store, workers, reporter)
    for kit in kits:
        _add_calendars(kit)
        order = {id(document): position for position, document in enumerate(kit.plan.documents)}
        kit.made.sort(
            key=lambda made: (order[id(made.document)], made.document.entry.formats.index(made.form))
        )


def _wanted(kit: Kit, document: Document) -> Iterator[Wanted]:
    """The document's jobs. Calendars are none: they are written at once."""
    source = document_job(document, kit.file, kit.assets)
    for form in document.entry.formats:
        job = _job(form, source, kit, document)
        if job is not None:
            yield kit, document, form, job


def _job(form: str, source: PdfJob, kit: Kit, document: Document) -> Job | None:
    if form == "pdf":
        return source
    if form == "docx":
        return WordJob(source)
    if form == "pptx":
        return SlidesJob(results_deck(make_context(document, kit.file, load_method(), None), _logo(kit)))
    return None


def _logo(kit: Kit) -> bytes | None:
    return next((data for name, data in kit.assets.items() if name.startswith("logo.")), None)


def _rows(kit: Kit, document: Document) -> list[PrintRow]:
    printed = [made for made in kit.made if made.form == "pdf" and made.document.round == document.round]
    return [PrintRow(made.document, made.file.pages) for made in printed if made.document.copies]


def _render(wanted: list[Wanted], store: Store, workers: int, reporter: Reporter, stage: str) -> None:
    keys = [job_key(job) for *_, job in wanted]
    names = {key: document.path_as(form) for key, (_, document, form, _) in zip(keys, wanted, strict=True)}
    reporter.stage(stage, len(names))
    results = render_all([job for *_, job in wanted], store, workers, lambda key: reporter.step(names[key]))
    for key, (kit, document, form, _) in zip(keys, wanted, strict=True):
        result = results[key]
        if isinstance(result, Rendered):
            kit.made.append(Made(document, form, result))
        else:
            kit.problems += [_problem(kit, document, form, fault) for fault in result]


def _add_previews(kits: list[Kit], store: Store, workers: int, reporter: Reporter) -> None:
    """A picture beside each PDF. PDFs of the same bytes, such as blank forms of several kits, share one."""
    pdfs = [(kit, place) for kit in kits for place, made in enumerate(kit.made) if made.form == "pdf"]
    jobs = [PreviewJob(kit.made[place].file.data) for kit, place in pdfs]
    keys = [job_key(job) for job in jobs]
    names = {key: kit.made[place].document.preview_path for key, (kit, place) in zip(keys, pdfs, strict=True)}
    reporter.stage("Pictures of first pages", len(names))
    results = render_all(jobs, store, workers, lambda key: reporter.step(names[key]))
    for key, (kit, place) in zip(keys, pdfs, strict=True):
        result = results[key]
        if isinstance(result, Rendered):
            kit.made[place] = replace(kit.made[place], preview=result.data)
        else:
            kit.problems += [_problem(kit, kit.made[place].document, "pdf", fault) for fault in result]


def _problem(kit: Kit, document: Document, form: str, fault: Fault) -> Problem:
    """What is wrong with a document, at the line of the text that causes it."""
    message = f"{document.path_as(form)}: {fault.message}."
    if kit.source is None or kit.file is None:
        return Problem("data", 1, 1, "", "document.fault", "error", message)
    index = [round_.id for round_ in kit.file.rounds].index(str(document.round))
    path: Path = ("rounds", index, *parsed(fault.path)) if fault.path else ()
    return kit.source.problem(path, "document.text-too-long" if path else "document.fault", message)


def _add_calendars(kit: Kit) -> None:
    """A calendar file beside each invitation, and one of the whole round in each official language."""
    if kit.file is None:
        return
    rounds = {round_.id: round_ for round_ in kit.file.rounds}
    for document in kit.plan.documents:
        if "ics" in document.entry.formats:
            data = _invitation_calendar(kit.file, rounds[str(document.round)], document)
            kit.made.append(Made(document, "ics", Rendered(data, 0)))
    for round_ in kit.file.rounds:
        decision = round_.decision_meeting
        held = [m for m in (*round_.discussion_meetings, decision) if m and m.date and m.start]
        for code in kit.file.municipality.official_languages if held else ():
            kit.calendars[round_.id, code] = round_calendar(kit.file, round_, voice(code))


def _invitation_calendar(file: MunicipalityFile, round_: Round, document: Document) -> bytes:
    speaker = voice(document.language)
    if document.meeting is None:
        return decision_calendar(file, round_, speaker)
    return meeting_calendar(file, round_, round_.meeting(document.meeting), speaker)
