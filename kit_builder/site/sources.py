"""A SiteInput for plain `mkdocs build` and `mkdocs serve`, which make no documents."""

from __future__ import annotations

from pathlib import Path

from kit_builder import data
from kit_builder.languages import guidance_languages
from kit_builder.method import load_method
from kit_builder.plan import Plan, plan
from kit_builder.problems import KitError
from kit_builder.schema import MunicipalityFile
from kit_builder.site.input import SiteInput


def toolkit_or_kit(folder: Path, municipality: str) -> SiteInput:
    """The toolkit (no municipality), or the kit of a municipality of the data folder, without files to download.

    Raises KitError where there is no such municipality or its file has errors."""
    if not municipality:
        return SiteInput(None, Plan((), ()), (), (), site_languages(None), {})
    method = load_method()
    (entry,) = data.read_data(folder, method, (municipality,))
    if entry.file is None or not entry.sound:
        raise KitError("\n".join(problem.as_text() for problem in entry.problems))
    return SiteInput(entry.file, plan(entry.file, method), (), (), site_languages(entry.file), {})


def site_languages(file: MunicipalityFile | None) -> tuple[str, ...]:
    """The languages of a site's pages: the municipality's official ones first, then the other guidance
    languages."""
    official = file.municipality.official_languages if file else ()
    every = guidance_languages()
    return tuple(dict.fromkeys([*(code for code in official if code in every), *every]))
