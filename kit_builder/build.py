"""The whole story from top to bottom: load → validate → plan → render → publish.

1. Every municipality's file is loaded and checked (data.py).
2. For each sound file, and for the blank templates, the documents are planned (plan.py).
3. Each document becomes HTML (documents/) and then a PDF (render/), unless the store has it already.
4. The print order comes last: it counts the others' pages.
5. The toolkit website and each kit site are built (site/), in a folder beside the output.
6. Manifests and zips are written, everything is checked, and the new output takes the old one's place (publish.py).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kit_builder import data, paths, problems, publish
from kit_builder.coverage import missing_texts
from kit_builder.documents.html import document_job
from kit_builder.documents.print_order import PrintRow
from kit_builder.loading import Source
from kit_builder.method import load_method
from kit_builder.plan import Document, Plan, blank_templates, plan
from kit_builder.problems import KitError, Problem, has_errors, parsed
from kit_builder.render.pdf import Fault, Pdf, PdfJob
from kit_builder.render.rendering import in_processes, job_key, render_all
from kit_builder.reporter import Reporter
from kit_builder.schema import MunicipalityFile
from kit_builder.site.input import KitEntry, MadeDocument, SiteInput
from kit_builder.site.sources import site_languages
from kit_builder.site.website import SiteError, build_site
from kit_builder.store import Store
from kit_builder.translations import reviewed

PRINT_ORDER = "print-order"


@dataclass
class Kit:
    """A municipality (or, without a file, the toolkit) on its way through the build."""

    id: str
    file: MunicipalityFile | None
    source: Source | None
    assets: dict[str, bytes]
    plan: Plan
    made: list[tuple[Document, Pdf]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class BuildResult:
    """What came of a build: every problem in file order, and the ids of the kits that were built."""

    problems: tuple[Problem, ...]
    built: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """0 all well, 1 something in the data is wrong."""
        return 1 if has_errors(self.problems) else 0


def build(
    data_folder: Path,
    out: Path,
    reporter: Reporter,
    *,
    only: tuple[str, ...] = (),
    jobs: int = 0,
    shard: tuple[int, int] = (1, 1),
) -> BuildResult:
    """Builds the toolkit website and the kits into `out`.

    `only` limits the kits to these ids; the others stay as they are in `out`. `jobs` is how many processes work
    (0: one for each core). `shard` (i, n) builds the i-th of n parts of the kits.
    Raises KitError where nothing can be built."""
    method = load_method()
    workers = jobs or os.cpu_count() or 1
    store = Store(paths.ROOT / ".kit" / "store")
    entries = data.read_data(data_folder, method, only)
    mine = [entry for number, entry in enumerate(entries) if number % shard[1] == shard[0] - 1]
    found = [problem for entry in entries for problem in entry.problems]
    found += [problem for entry in mine for problem in missing_texts(entry, method, "warning")]

    toolkit = Kit("", None, None, {}, Plan(blank_templates(method), ()))
    kits = [
        Kit(entry.id, entry.file, entry.source, entry.assets, plan(entry.file, method))
        for entry in mine
        if entry.sound and entry.file is not None
    ]
    make_documents([toolkit, *kits], store, workers, reporter)
    if toolkit.problems:
        raise KitError("\n".join(problem.as_text() for problem in toolkit.problems))
    found += [problem for kit in kits for problem in kit.problems]
    good = [kit for kit in kits if not kit.problems]
    with publish.staging(out) as stage:
        kept = keep_last_good(out, stage, {kit.id for kit in good}, _known_ids(data_folder))
        listed = sorted([_entry(kit) for kit in good] + kept, key=lambda entry: entry.id)
        write_sites(toolkit, good, listed, stage, workers, reporter)
        publish.write(stage / "kits.json", publish.as_json([_line(entry, found) for entry in listed]))
    store.prune()
    return BuildResult(tuple(sorted(found)), tuple(kit.id for kit in good))


def make_documents(kits: list[Kit], store: Store, workers: int, reporter: Reporter) -> None:
    """Renders every planned document of the kits; what can't be printed becomes a problem of its kit."""
    first = [
        (kit, d, document_job(d, kit.file, kit.assets))
        for kit in kits
        for d in kit.plan.documents
        if not _is_last(d)
    ]
    _render(first, store, workers, reporter, "Documents")
    last = []
    for kit in kits:
        for document in kit.plan.documents:
            if _is_last(document):
                rows = [
                    PrintRow(d, pdf.pages) for d, pdf in kit.made if d.round == document.round and d.copies
                ]
                extras = {"rows": rows if kit.file else []}
                last.append((kit, document, document_job(document, kit.file, kit.assets, extras)))
    _render(last, store, workers, reporter, "Print orders")
    for kit in kits:
        order = {id(document): position for position, document in enumerate(kit.plan.documents)}
        kit.made.sort(key=lambda made: order[id(made[0])])


def _is_last(document: Document) -> bool:
    """The print order is made when all the others' pages are known."""
    return document.id == PRINT_ORDER


def _render(
    wanted: list[tuple[Kit, Document, PdfJob]], store: Store, workers: int, reporter: Reporter, stage: str
) -> None:
    keys = [job_key(job) for _, _, job in wanted]
    names = {key: document.path for key, (_, document, _) in zip(keys, wanted, strict=True)}
    reporter.stage(stage, len(names))
    results = render_all([job for _, _, job in wanted], store, workers, lambda key: reporter.step(names[key]))
    for key, (kit, document, _) in zip(keys, wanted, strict=True):
        result = results[key]
        if isinstance(result, Pdf):
            kit.made.append((document, result))
        else:
            kit.problems += [_fault(kit, document, fault) for fault in result]


def _fault(kit: Kit, document: Document, fault: Fault) -> Problem:
    """What is wrong with a document, at the line of the text that causes it."""
    message = f"{document.path}: {fault.message}."
    if kit.source is None:
        return Problem("data", 1, 1, "", "document.fault", "error", message)
    path: problems.Path = ()
    if fault.path and kit.file:
        index = [round_.id for round_ in kit.file.rounds].index(str(document.round))
        path = ("rounds", index, *parsed(fault.path))
    rule = "document.text-too-long" if path else "document.fault"
    return kit.source.problem(path, rule, message)


def keep_last_good(out: Path, stage: Path, fresh: set[str], known: set[str]) -> list[KitEntry]:
    """Takes over the kits of `out` that are not built anew (their file is broken, or they were not asked for).

    A kit whose file is gone from the data folder is dropped."""
    try:
        lines = json.loads((out / "kits.json").read_bytes())
    except (OSError, ValueError):
        return []
    kept = []
    for line in lines:
        if line["id"] not in fresh and line["id"] in known and (out / line["path"]).is_dir():
            shutil.copytree(out / line["path"], stage / line["path"], copy_function=os.link)
            kept.append(KitEntry(line["id"], line["names"], tuple(line["languages"])))
    return kept


def write_sites(
    toolkit: Kit, kits: list[Kit], listed: list[KitEntry], stage: Path, workers: int, reporter: Reporter
) -> None:
    """Writes the toolkit website and the kits' sites with their documents, manifests and zips."""
    tasks = {"": (_site_input(toolkit, tuple(listed)), stage / ".toolkit")}
    tasks |= {kit.id: (_site_input(kit, ()), stage / "kits" / kit.id) for kit in kits}
    reporter.stage("Websites", len(tasks))
    (stage / "kits").mkdir(exist_ok=True)
    by_id = {kit.id: kit for kit in [toolkit, *kits]}
    for id_, fault in in_processes(_build_site, tasks, workers):
        if fault:
            raise KitError(f"The website can't be built: {fault}")
        folder = tasks[id_][1]
        _write_documents(by_id[id_], folder)
        if id_:
            publish.zip_folder(folder, folder.parent / f".{id_}.zip")
            (folder.parent / f".{id_}.zip").rename(folder / f"{id_}.zip")
        reporter.step(id_ or "toolkit")
    for path in (stage / ".toolkit").iterdir():
        path.rename(stage / path.name)
    (stage / ".toolkit").rmdir()


def _build_site(task: tuple[SiteInput, Path]) -> str:
    """Builds one site in a worker process; gives back what is wrong with it, or nothing."""
    try:
        build_site(*task)
    except SiteError as error:
        return str(error)
    return ""


def _write_documents(kit: Kit, folder: Path) -> None:
    for document, pdf in kit.made:
        publish.write(folder / document.path, pdf.data)
    if kit.file:
        publish.write(folder / "kit.json", publish.as_json(manifest(kit)))


def manifest(kit: Kit) -> dict[str, Any]:
    """The kit's manifest: what was made, and what waits for which data."""
    return {
        "municipality": kit.id,
        "documents": [
            {
                "id": document.id,
                "round": document.round,
                "meeting": document.meeting,
                "language": document.language,
                "languages": list(document.languages),
                "format": "pdf",
                "path": document.path,
                "paper": document.entry.paper,
                "pages": pdf.pages,
                "copies": document.copies,
                "bytes": len(pdf.data),
                "sha256": hashlib.sha256(pdf.data).hexdigest(),
                "reviewed": all(reviewed(code) for code in document.languages),
            }
            for document, pdf in kit.made
        ],
        "waiting": [{"id": w.id, "round": w.round, "needs": w.needs} for w in kit.plan.waiting],
    }


def _site_input(kit: Kit, listed: tuple[KitEntry, ...]) -> SiteInput:
    made = tuple(
        MadeDocument(document, "pdf", document.path, pdf.pages, len(pdf.data)) for document, pdf in kit.made
    )
    return SiteInput(kit.file, kit.plan, made, listed, site_languages(kit.file))


def _entry(kit: Kit) -> KitEntry:
    assert kit.file is not None
    municipality = kit.file.municipality
    names = {code: municipality.name.find(code)[0] for code in municipality.official_languages}
    return KitEntry(kit.id, names, municipality.official_languages)


def _line(entry: KitEntry, found: list[Problem]) -> dict[str, Any]:
    """A kit's line in kits.json; `problems` counts the errors in its file as it is now."""
    errors = [p for p in found if p.severity == "error" and Path(p.file).stem == entry.id]
    return {
        "id": entry.id,
        "names": entry.names,
        "languages": list(entry.languages),
        "path": f"kits/{entry.id}",
        "problems": len(errors),
    }


def _known_ids(data_folder: Path) -> set[str]:
    return {path.stem for path in (data_folder / "municipalities").glob("*.yml")}
