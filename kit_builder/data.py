"""All municipality files of a data folder, loaded and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kit_builder import logos
from kit_builder.anonymity.file_rules import accepted_alarms
from kit_builder.characters import shown_name
from kit_builder.loading import Source, load
from kit_builder.method import Method
from kit_builder.problems import KitError, Problem, bearable, has_errors
from kit_builder.rules import Rules
from kit_builder.schema import MunicipalityFile
from kit_builder.validation import validate


@dataclass(frozen=True)
class Entry:
    """One file of the data folder. `file` is None where it can't be used; `assets` holds its logo, if any."""

    id: str
    path: Path
    source: Source | None
    file: MunicipalityFile | None
    assets: dict[str, bytes]
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether a kit can be built from it."""
        return self.file is not None and not has_errors(self.problems)

    def notices(self) -> list[Problem]:
        """What is no problem, but what reviewers should see: the alarms that the file accepts as false ones."""
        return list(accepted_alarms(self.file, self.source)) if self.file and self.source else []


def read_data(folder: Path, method: Method, only: tuple[str, ...] = ()) -> list[Entry]:
    """Every municipality of a data folder, by id, or those in `only`. Raises KitError as municipality_files does."""
    return [read_entry(path, method) for path in municipality_files(folder, only).values()]


def municipality_files(folder: Path, only: tuple[str, ...] = ()) -> dict[str, Path]:
    """The municipality files of a data folder by id, or those in `only`.

    Raises KitError where there is no such folder or no such municipality."""
    municipalities = folder / "municipalities"
    if not municipalities.is_dir():
        raise KitError(
            f"There is no folder {municipalities}; --data names the folder that holds municipalities/."
        )
    files = {path.stem: path for path in sorted(municipalities.glob("*.yml"))}
    unknown = [id_ for id_ in only if id_ not in files]
    if unknown:
        raise KitError(f"There is no file {municipalities / unknown[0]}.yml.")
    return {id_: path for id_, path in files.items() if not only or id_ in only}


REPORT_FORMATS = (".pdf", ".docx", ".docm", ".doc", ".odt", ".rtf", ".txt", ".pages", ".xlsx", ".ods", ".zip")
"""What secretaries' reports come as; they are kept by the organisation alone (seed, Part I §5)."""
PHOTO_FORMATS = (".jpg", ".jpeg", ".png", ".heic", ".tif", ".tiff", ".webp")
"""What a photographed or scanned report comes as."""


def stray_files(folder: Path) -> list[Problem]:
    """A problem for each file in the data folder that would be passed over, or that may be a secretary's report."""
    municipalities = folder / "municipalities"
    reports = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in REPORT_FORMATS
        or (path.suffix.lower() in PHOTO_FORMATS and path.parent != municipalities / "logos")
    ]
    message = (
        "Only municipalities' files and their logos belong among the data, which are published; if this is a "
        "secretary's report, take it away and let the organisation keep it until the decision-makers' meeting is over."
    )
    ending = "A municipality's file ends in .yml; rename it, or it is not read."
    return [_stray(path, "privacy.report-file", message) for path in reports] + [
        _stray(path, "data.file-ending", ending) for path in sorted(municipalities.glob("*.yaml"))
    ]


def _stray(path: Path, rule: str, message: str) -> Problem:
    return Problem(shown_name(str(path)), 1, 1, "", rule, "error", message)


def read_entry(path: Path, method: Method) -> Entry:
    """One municipality's file with everything that is wrong with it, in file order."""
    source, problems = load(path)
    file = None
    assets: dict[str, bytes] = {}
    if source is not None and not has_errors(problems):
        file, found = validate(source)
        problems += found
        if file is not None:
            problems += bearable(Rules(file, source, method).check())
            assets, found = logos.read_logo(file.municipality.logo, path.parent, source)
            problems += found
    return Entry(path.stem, path, source, file, assets, tuple(sorted(problems)))
