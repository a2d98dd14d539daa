"""Puts websites, documents, manifests and zips together, and checks them before they are published."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from kit_builder import outputs
from kit_builder.decided import from_manifest
from kit_builder.fingerprint import Inputs
from kit_builder.kept import content
from kit_builder.kits import Kit, calendar_path, manifest, toolkit
from kit_builder.making import make_documents
from kit_builder.method import load_method
from kit_builder.offline import offline_files
from kit_builder.problems import KitError
from kit_builder.publish import Stage
from kit_builder.published import ListedKit, PublishedKit, remember_files
from kit_builder.render.preview import picture_size
from kit_builder.reporter import Reporter
from kit_builder.site.assets import KIT_TO_ROOT, assets, assets_hash, led_up, published_path
from kit_builder.site.converted import SiteError
from kit_builder.site.input import KitEntry, MadeDocument, MadeFile, Preview, SiteInput
from kit_builder.site.links import broken_links
from kit_builder.site.sources import site_languages
from kit_builder.site.website import website
from kit_builder.store import Store
from kit_builder.workers import Stopped, spread


def write_kits(kits: list[Kit], stage: Stage, store: Store, workers: int, reporter: Reporter) -> None:
    """Puts each kit's site with its documents, manifest and zip into the stage.

    Raises KitError and OSError."""
    tasks = {kit.id: (kit, stage.place(), store) for kit in kits}
    reporter.stage("Websites", len(tasks))
    for id_, fault in spread(_write_kit, tasks, workers):
        if isinstance(fault, Stopped):
            raise KitError(f"The website of '{id_}' can't be built: it {fault.why}.")
        if fault:
            raise KitError(f"The website of '{id_}' can't be built: {fault}")
        stage.put(tasks[id_][1], f"kits/{id_}")
        reporter.step(id_)


def _write_kit(task: tuple[Kit, Path, Store]) -> str:
    """Writes a kit's folder; gives back what is wrong with it, or nothing."""
    kit, folder, store = task
    try:
        papers = _papers(kit, store)
        site = _site_input(kit, papers, ())
        pages = website(site, store)
    except SiteError as error:
        return str(error)
    files = outputs.together(papers, {"kit.json": outputs.as_json(manifest(kit, assets_hash()))})
    whole = outputs.together(pages, files, assets())
    packed = f"{kit.id}.zip"
    if broken := broken_links(pages, lambda path: path in whole or path == packed):
        return "; ".join(broken)
    codes = site.all_languages
    zipped = outputs.zipped(outputs.together(whole, offline_files(whole, codes)))
    published = {published_path(path): led_up(path, data) for path, data in whole.items()}
    published |= {**offline_files(published, codes), packed: zipped}
    own = {path: data for path, data in published.items() if not path.startswith(KIT_TO_ROOT)}
    outputs.write(folder, own)
    remember_files(kit.inputs.kit, own, store)
    return ""


def make_toolkit(inputs: Inputs, store: Store, workers: int, reporter: Reporter) -> Kit:
    """The toolkit with its blank templates. Raises KitError where one can't be printed: that is the toolkit's own
    fault."""
    kit = toolkit(load_method(), inputs)
    make_documents([kit], store, workers, reporter, "Blank templates")
    if kit.problems:
        raise KitError("\n".join(problem.as_text() for problem in kit.problems))
    return kit


def write_toolkit(kit: Kit, kits: Iterable[ListedKit], stage: Stage, store: Store) -> None:
    """Puts the toolkit website, which lists the kits, with its blank templates and its manifest into the stage.

    Raises KitError and OSError."""
    try:
        papers = _papers(kit, store)
        site = _site_input(kit, papers, tuple(map(kit_entry, kits)))
        pages = website(site, store)
    except SiteError as error:
        raise KitError(f"The toolkit website can't be built: {error}") from error
    files = {"toolkit.json": outputs.as_json(manifest(kit, assets_hash()))}
    whole = outputs.together(pages, papers, files, assets())
    if broken := broken_links(pages, lambda path: path in whole or (stage.folder / path).is_file()):
        raise KitError(f"The toolkit website can't be built: {'; '.join(broken)}")
    folder = stage.place()
    published = outputs.together(whole, offline_files(whole, site.all_languages))
    outputs.write(folder, published)
    remember_files(kit.inputs.kit, published, store)
    for path in sorted(folder.iterdir()):
        stage.put(path, path.name)


def put_list(kits: Iterable[ListedKit], stage: Stage) -> None:
    """Puts kits.json into the stage. Raises OSError."""
    path = stage.place()
    path.write_bytes(outputs.as_json([kit.line for kit in kits]))
    stage.put(path, "kits.json")


def keep_kit(kit: PublishedKit, stage: Stage) -> None:
    """Leaves a published kit in its place. Where the site's assets are no longer those that its pages were made for, it
    becomes what its zip holds: the same kit with assets of its own.

    Raises OSError, and KitError where that zip is missing or damaged."""
    name = kit.line["path"]
    if kit.manifest.get("assets") == assets_hash() or kit.has_own_assets:
        stage.keep(name, kit.folder)
        return
    packed = kit.folder / f"{kit.id}.zip"
    try:
        files = outputs.unzipped(packed)
    except ValueError as error:
        raise KitError(
            f"{packed} is missing or damaged, and the last good kit of '{kit.id}' can't be kept without it: mend the "
            f"municipality's file and build it, or delete {kit.folder}; all else is as it was."
        ) from error
    folder = stage.place()
    outputs.write(folder, files)
    shutil.copy2(packed, folder)
    shutil.copystat(kit.folder / "kit.json", folder / "kit.json")  # its day is the kit's
    stage.put(folder, name)


def _papers(kit: Kit, store: Store) -> dict[str, bytes]:
    """Documents, their pictures and calendars by their path."""
    return outputs.together(*({path: content(file, store)} for path, file in kit.files))


def kit_entry(kit: ListedKit) -> KitEntry:
    """A kit as the toolkit's pages show it."""
    line = kit.line
    since = dt.date.fromisoformat(line["since"]) if "since" in line else None
    return KitEntry(line["id"], line["names"], tuple(line["languages"]), since, from_manifest(kit.actions))


def _site_input(kit: Kit, papers: dict[str, bytes], kits: tuple[KitEntry, ...]) -> SiteInput:
    calendars = {(round_id, code): calendar_path(round_id, code) for round_id, code in kit.calendars}
    documents = tuple(_made_documents(kit, papers))
    return SiteInput(kit.file, kit.plan, documents, kits, site_languages(kit.file), calendars)


def _made_documents(kit: Kit, papers: dict[str, bytes]) -> Iterator[MadeDocument]:
    for _, group in groupby(kit.made, key=lambda made: id(made.document)):
        files = list(group)
        document = files[0].document
        yield MadeDocument(
            document,
            files[0].file.pages,
            tuple(MadeFile(made.form, made.path, made.file.bytes) for made in files),
            Preview(document.preview_path, *picture_size(papers[document.preview_path])),
        )
