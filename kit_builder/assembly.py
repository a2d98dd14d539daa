"""Puts websites, documents, manifests and zips together in the folder that is going to be published."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from kit_builder import publish
from kit_builder.decided import from_manifest, manifest_lines
from kit_builder.kits import Kit, Made, calendar_path, manifest
from kit_builder.offline import write_offline_files
from kit_builder.problems import KitError
from kit_builder.render.preview import picture_size
from kit_builder.reporter import Reporter
from kit_builder.site.input import KitEntry, MadeDocument, MadeFile, Preview, SiteInput
from kit_builder.site.sources import site_languages
from kit_builder.site.website import SiteError, build_site
from kit_builder.workers import Stopped, in_processes


def kit_entry(kit: Kit) -> KitEntry:
    """A kit as the toolkit's list shows it; the same comes of a kit that stays, from its manifest."""
    assert kit.file is not None
    municipality = kit.file.municipality
    names = {code: municipality.name.find(code)[0] for code in municipality.official_languages}
    decided = from_manifest(manifest_lines(kit.file))
    return KitEntry(kit.id, names, municipality.official_languages, None, decided)


def write_kits(kits: list[Kit], stage: Path, workers: int, reporter: Reporter) -> None:
    """Writes each kit's site with its documents, manifest and zip to `stage`/kits/<id>. Raises KitError."""
    folders = {kit.id: stage / "kits" / kit.id for kit in kits}
    tasks = {kit.id: (_site_input(kit, ()), folders[kit.id]) for kit in kits}
    by_id = {kit.id: kit for kit in kits}
    (stage / "kits").mkdir(exist_ok=True)
    reporter.stage("Websites", len(tasks))
    for id_, fault in in_processes(_build_site, tasks, workers):
        if isinstance(fault, Stopped):
            raise KitError(f"The website of '{id_}' can't be built: it {fault.why}.")
        if fault:
            raise KitError(f"The website of '{id_}' can't be built: {fault}")
        _write_files(by_id[id_], folders[id_])
        publish.write(folders[id_] / "kit.json", publish.as_json(manifest(by_id[id_])))
        write_offline_files(folders[id_], tasks[id_][0].all_languages)
        packed = stage / "kits" / f".{id_}.zip"
        publish.zip_folder(folders[id_], packed)
        packed.rename(folders[id_] / f"{id_}.zip")
        reporter.step(id_)


def write_toolkit(kit: Kit, listed: tuple[KitEntry, ...], stage: Path) -> None:
    """Writes the toolkit website with its blank templates and its manifest to `stage`. Raises KitError."""
    folder = stage / ".toolkit"
    site = _site_input(kit, listed)
    if fault := _build_site((site, folder)):
        raise KitError(f"The website can't be built: {fault}")
    _write_files(kit, folder)
    publish.write(folder / "toolkit.json", publish.as_json(manifest(kit)))
    write_offline_files(folder, site.all_languages)
    for path in folder.iterdir():
        path.rename(stage / path.name)
    folder.rmdir()


def _build_site(task: tuple[SiteInput, Path]) -> str:
    """Builds one site in a worker process; gives back what is wrong with it, or nothing."""
    try:
        build_site(*task)
    except SiteError as error:
        return str(error)
    return ""


def _write_files(kit: Kit, folder: Path) -> None:
    for made in kit.made:
        publish.write(folder / made.path, made.file.data)
        if made.preview:
            publish.write(folder / made.document.preview_path, made.preview)
    for (round_id, language), data in kit.calendars.items():
        publish.write(folder / calendar_path(round_id, language), data)


def _site_input(kit: Kit, listed: tuple[KitEntry, ...]) -> SiteInput:
    calendars = {(round_id, code): calendar_path(round_id, code) for round_id, code in kit.calendars}
    return SiteInput(
        kit.file, kit.plan, tuple(_made_documents(kit)), listed, site_languages(kit.file), calendars
    )


def _made_documents(kit: Kit) -> Iterator[MadeDocument]:
    for _, group in groupby(kit.made, key=lambda made: id(made.document)):
        files = list(group)
        yield MadeDocument(
            files[0].document,
            files[0].file.pages,
            tuple(MadeFile(made.form, made.path, len(made.file.data)) for made in files),
            _preview(files[0]),
        )


def _preview(pdf: Made) -> Preview:
    return Preview(pdf.document.preview_path, *picture_size(pdf.preview))
