"""From plans to files: every document in every format, each made once; what can't be printed is a problem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kit_builder.documents.calendar import decision_calendar, meeting_calendar, round_calendar
from kit_builder.documents.context import make_context
from kit_builder.documents.html import document_job
from kit_builder.documents.print_order import PrintRow
from kit_builder.documents.results_deck import results_deck
from kit_builder.kept import Kept, content, find, keep
from kit_builder.kits import Kit, Made
from kit_builder.method import load_method
from kit_builder.plan import Document
from kit_builder.problems import Path, Problem, parsed
from kit_builder.recalling import recall, remember
from kit_builder.render.faults import Fault
from kit_builder.render.jobs import Job, PdfJob, PreviewJob, SlidesJob, WordJob
from kit_builder.render.rendering import job_key, render_all
from kit_builder.reporter import Reporter
from kit_builder.schema import MunicipalityFile, Round
from kit_builder.store import Store, digest
from kit_builder.voice import voice
from kit_builder.workers import Stopped, spread

PRINT_ORDER = "print-order"
PICTURE = "picture"
"""Stands for a document's form where a picture of its first page is meant."""

BATCH = 32
"""How many kits' documents are made at a time: what is under way lies in memory, what is made in the store. What is the
same in all of them but for the letterhead and the facts of a meeting is laid out once."""


@dataclass(frozen=True)
class Wanted:
    """A document's file in one format: its place in the kit's plan, the key under which the store has it, and the job
    that makes it, where it has to be made."""

    position: int
    form: str
    key: str
    source: Kept | Job


@dataclass(frozen=True)
class Prepared:
    """What a kit's documents need: all files but those of the print orders, and the rounds' calendars."""

    wanted: list[Wanted]
    calendars: dict[tuple[str, str], Kept]


def make_documents(kits: list[Kit], store: Store, workers: int, reporter: Reporter, stage: str) -> None:
    """Renders every planned document of the kits in each of its formats, where the store doesn't have it, and a
    picture of each. `stage` is what the reporter calls it.

    A kit whose documents were made from the same inputs before is only looked up. Raises OSError."""
    missing = [kit for kit in kits if not kit.made and not recall(kit, store)]
    reporter.stage(stage, sum(map(_count, missing)))
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        _make(batch, store, workers, reporter)
        for kit in batch:
            if not kit.problems:
                remember(kit, store)


def _count(kit: Kit) -> int:
    """How many files there will be, and pictures of the PDFs among them."""
    forms = [form for document in kit.plan.documents for form in document.entry.formats]
    return len(forms) + forms.count("pdf") - (0 if kit.file else forms.count("ics"))


def _make(kits: list[Kit], store: Store, workers: int, reporter: Reporter) -> None:
    """The print orders come last: they count the others' pages."""
    by_id = {kit.id: kit for kit in kits}
    first: list[tuple[Kit, Wanted]] = []
    for id_, prepared in spread(_prepare, {kit.id: (kit, store) for kit in kits}, workers):
        kit = by_id[id_]
        if isinstance(prepared, Stopped):
            kit.problems.append(_fault(kit, f"The kit's documents can't be prepared: it {prepared.why}."))
            continue
        kit.calendars = prepared.calendars
        first += [(kit, wanted) for wanted in prepared.wanted]
    _render(first, store, workers, reporter)
    last = [(kit, wanted) for kit in kits if not kit.problems for wanted in _print_orders(kit, store)]
    _render(last, store, workers, reporter)
    pictures = [(kit, wanted) for kit in kits if not kit.problems for wanted in _pictures(kit, store)]
    _render(pictures, store, workers, reporter)
    for kit in kits:
        order = {id(document): position for position, document in enumerate(kit.plan.documents)}
        kit.made.sort(
            key=lambda made: (order[id(made.document)], made.document.entry.formats.index(made.form))
        )


def _prepare(task: tuple[Kit, Store]) -> Prepared:
    """What of a kit must be made. Calendars are written at once."""
    kit, store = task
    found = []
    for position, document in enumerate(kit.plan.documents):
        if document.id == PRINT_ORDER:
            continue
        source = document_job(document, kit.file, kit.assets)
        for form in document.entry.formats:
            if form != "ics":
                found.append(_wanted(position, form, _job(form, source, kit, document), store))
            elif kit.file is not None:
                calendar = _calendar(_invitation_calendar(kit.file, document), store)
                found.append(Wanted(position, form, calendar.key, calendar))
    return Prepared(found, _round_calendars(kit.file, store) if kit.file else {})


def _wanted(position: int, form: str, job: Job, store: Store) -> Wanted:
    key = job_key(job)
    return Wanted(position, form, key, find(key, store) or job)


def _pictures(kit: Kit, store: Store) -> list[Wanted]:
    """A picture beside each PDF. PDFs of the same bytes, such as blank forms of several kits, share one."""
    positions = {id(document): position for position, document in enumerate(kit.plan.documents)}
    return [
        _wanted(positions[id(made.document)], PICTURE, PreviewJob(content(made.file, store)), store)
        for made in kit.made
        if made.form == "pdf"
    ]


def _print_orders(kit: Kit, store: Store) -> list[Wanted]:
    found = []
    for position, document in enumerate(kit.plan.documents):
        if document.id == PRINT_ORDER:
            extras = {"rows": _rows(kit, document) if kit.file else []}
            job = document_job(document, kit.file, kit.assets, extras)
            found.append(_wanted(position, "pdf", job, store))
    return found


def _job(form: str, source: PdfJob, kit: Kit, document: Document) -> Job:
    if form == "pdf":
        return source
    if form == "docx":
        return WordJob(source)
    return SlidesJob(results_deck(make_context(document, kit.file, load_method(), None), _logo(kit)))


def _logo(kit: Kit) -> bytes | None:
    return next((data for name, data in kit.assets.items() if name.startswith("logo.")), None)


def _rows(kit: Kit, document: Document) -> list[PrintRow]:
    printed = [made for made in kit.made if made.form == "pdf" and made.document.round == document.round]
    return [PrintRow(made.document, made.file.pages) for made in printed if made.document.copies]


def _render(wanted: Iterable[tuple[Kit, Wanted]], store: Store, workers: int, reporter: Reporter) -> None:
    jobs: dict[str, Job] = {}
    waiting: dict[str, list[tuple[Kit, Wanted]]] = {}
    for kit, file in wanted:
        if isinstance(file.source, Kept):
            _add(kit, file, file.source)
            reporter.step(_path(kit, file))
        else:
            jobs[file.key] = file.source
            waiting.setdefault(file.key, []).append((kit, file))

    def tell(key: str) -> None:
        for kit, file in waiting[key]:
            reporter.step(_path(kit, file))

    results = render_all(jobs.values(), store, workers, tell)
    for key, files in waiting.items():
        result = results[key]
        for kit, file in files:
            if isinstance(result, Kept):
                _add(kit, file, result)
            else:
                document = kit.plan.documents[file.position]
                kit.problems += [_problem(kit, document, file.form, fault) for fault in result]


def _add(kit: Kit, file: Wanted, made: Kept) -> None:
    document = kit.plan.documents[file.position]
    if file.form != PICTURE:
        kit.made.append(Made(document, file.form, made))
        return
    place = next(n for n, m in enumerate(kit.made) if m.document is document and m.form == "pdf")
    kit.made[place] = replace(kit.made[place], preview=made)


def _path(kit: Kit, file: Wanted) -> str:
    document = kit.plan.documents[file.position]
    path = document.preview_path if file.form == PICTURE else document.path_as(file.form)
    return f"{kit.id} {path}".strip()


def _problem(kit: Kit, document: Document, form: str, fault: Fault) -> Problem:
    """What is wrong with a document, at the line of the text that causes it."""
    message = f"{document.path_as(form)}: {fault.message}."
    if not fault.path or kit.source is None or kit.file is None:
        return _fault(kit, message)
    index = [round_.id for round_ in kit.file.rounds].index(str(document.round))
    path: Path = ("rounds", index, *parsed(fault.path))
    return kit.source.problem(path, "document.text-too-long", message)


def _fault(kit: Kit, message: str) -> Problem:
    if kit.source is None:
        return Problem("data", 1, 1, "", "document.fault", "error", message)
    return kit.source.problem((), "document.fault", message)


def _calendar(data: bytes, store: Store) -> Kept:
    return keep(digest("ics", data), data, 0, store)


def _round_calendars(file: MunicipalityFile, store: Store) -> dict[tuple[str, str], Kept]:
    """A calendar of each whole round in each official language."""
    found = {}
    for round_ in file.rounds:
        decision = round_.decision_meeting
        held = [m for m in (*round_.discussion_meetings, decision) if m and m.date and m.start]
        for code in file.municipality.official_languages if held else ():
            found[round_.id, code] = _calendar(round_calendar(file, round_, voice(code)), store)
    return found


def _invitation_calendar(file: MunicipalityFile, document: Document) -> bytes:
    speaker = voice(document.language)
    round_ = _round(file, document)
    if document.meeting is None:
        return decision_calendar(file, round_, speaker)
    return meeting_calendar(file, round_, round_.meeting(document.meeting), speaker)


def _round(file: MunicipalityFile, document: Document) -> Round:
    return next(round_ for round_ in file.rounds if round_.id == document.round)
