"""What lies in a data folder: municipalities' files, and what doesn't belong there."""

from __future__ import annotations

from pathlib import Path

from kit_builder.characters import shown_name
from kit_builder.problems import KitError, Problem


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
