"""Filled reports to proposed findings, from files to YAML: the whole way in one function."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kit_builder.anonymity.file_rules import explained_words
from kit_builder.languages import languages
from kit_builder.method import load_method
from kit_builder.problems import Problem, Severity
from kit_builder.reports.meetings import find_meeting, municipality_file
from kit_builder.reports.merging import merged, source
from kit_builder.reports.proposals import proposed
from kit_builder.reports.reading import read_report, shown_name
from kit_builder.reports.report import RefusedError, Report
from kit_builder.reports.writing import as_yaml
from kit_builder.schema import MunicipalityFile


@dataclass(frozen=True)
class Imported:
    """The proposal as YAML (None where no file could be read), and what is wrong with the files."""

    yaml: str | None
    problems: tuple[Problem, ...]

    @property
    def exit_code(self) -> int:
        """0 all well; 1 a file could not be read; 2 none could."""
        if self.yaml is None:
            return 2
        return 1 if any(problem.severity == "error" for problem in self.problems) else 0


def import_reports(
    files: tuple[Path, ...], data_folder: Path, municipality: str | None = None, round_id: str | None = None
) -> Imported:
    """What the reports in `files` say, as findings and proposals for a municipality's file.

    `municipality` and `round_id` say in which file of the data folder meetings are looked up; without them it is the
    one for which the forms were made, if it is there. Raises KitError where a named one is missing."""
    method = load_method()
    reports, problems = _read(files)
    if not reports:
        return Imported(None, tuple(problems))
    file = municipality_file(data_folder, municipality, reports, method)
    sources = [source(report, find_meeting(report, file, round_id)) for report in reports]
    official = _official(file)
    known = explained_words(file) if file else frozenset()
    groups = [(group, proposed(group, official, known, method)) for group in merged(sources, method)]
    reader = official[0] if official else next((one.language for one in sources if one.language), "fi")
    return Imported(as_yaml(groups, reader, method), tuple(problems))


def _official(file: MunicipalityFile | None) -> tuple[str, ...] | None:
    """The municipality's official languages, as far as the kit speaks them; None where they are not known."""
    written = file.municipality.official_languages if file else ()
    return tuple(code for code in written if code in languages()) or None


def _read(files: tuple[Path, ...]) -> tuple[list[Report], list[Problem]]:
    reports: list[Report] = []
    problems: list[Problem] = []
    for path in files:
        try:
            report = read_report(path)
        except RefusedError as refused:
            problems.append(_problem(path, refused.rule, "error", refused.sentence))
            continue
        reports.append(report)
        problems += [_problem(path, "report.ignored", "warning", remark) for remark in report.remarks]
    return reports, problems


def _problem(path: Path, rule: str, severity: Severity, sentence: str) -> Problem:
    return Problem(shown_name(path), 1, 1, "", rule, severity, sentence)
