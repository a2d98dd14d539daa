"""All municipality files of a data folder, loaded and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kit_builder import logos
from kit_builder.anonymity.file_rules import accepted_alarms
from kit_builder.data_folder import municipality_files
from kit_builder.loading import Source, load
from kit_builder.method import Method
from kit_builder.problems import Problem, bearable, has_errors
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
