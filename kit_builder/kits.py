"""A municipality on its way through the build: what was read, what is planned, what was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kit_builder.data import Entry
from kit_builder.decided import manifest_lines
from kit_builder.fingerprint import Inputs
from kit_builder.kept import Kept
from kit_builder.loading import Source
from kit_builder.method import Method
from kit_builder.plan import Document, Plan, blank_templates, plan
from kit_builder.problems import Problem
from kit_builder.published import ListedKit
from kit_builder.schema import MunicipalityFile
from kit_builder.translations import reviewed


@dataclass(frozen=True)
class Made:
    """A file of a planned document, in one of its formats; a PDF comes with a picture of its first page."""

    document: Document
    form: str
    file: Kept
    preview: Kept | None = None

    @property
    def path(self) -> str:
        """Where the file lies, from the kit's (or the toolkit's) root."""
        return self.document.path_as(self.form)


@dataclass
class Kit:
    """A municipality, or, without a file, the toolkit. `inputs` are hashes of all that it is made from."""

    id: str
    inputs: Inputs
    file: MunicipalityFile | None
    source: Source | None
    assets: dict[str, bytes]
    plan: Plan
    made: list[Made] = field(default_factory=list)
    calendars: dict[tuple[str, str], Kept] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def files(self) -> list[tuple[str, Kept]]:
        """Every file of the kit beside its pages, with its path from the kit's root."""
        made = [(made.path, made.file) for made in self.made]
        previews = [(made.document.preview_path, made.preview) for made in self.made if made.preview]
        return [*made, *previews, *((calendar_path(*key), file) for key, file in self.calendars.items())]

    def listed(self) -> ListedKit:
        """A sound municipality's kit as the toolkit lists it; PublishedKit.listed gives the same when it stays."""
        assert self.file is not None
        municipality = self.file.municipality
        line = {
            "id": self.id,
            "names": {code: municipality.name.find(code)[0] for code in municipality.official_languages},
            "languages": list(municipality.official_languages),
            "path": f"kits/{self.id}",
            "problems": 0,
        }
        return ListedKit(line, manifest_lines(self.file))


def toolkit(method: Method, inputs: Inputs) -> Kit:
    """The toolkit with its blank templates."""
    return Kit("", inputs, None, None, {}, Plan(blank_templates(method), ()))


def kit_of(entry: Entry, method: Method, inputs: Inputs) -> Kit:
    """The kit of a sound municipality's file."""
    assert entry.file is not None
    return Kit(entry.id, inputs, entry.file, entry.source, entry.assets, plan(entry.file, method))


def calendar_path(round_id: str, language: str) -> str:
    """Where the calendar of a whole round lies, from the kit's root."""
    return f"documents/{round_id}/calendar.{language}.ics"


def manifest(kit: Kit, assets: str) -> dict[str, Any]:
    """The kit's manifest: what was made, what was decided, and what waits for which data. A document's copies are
    those of its PDF: the other formats are not printed. `assets` is a hash of those that the pages lead to."""
    return {
        "municipality": kit.id or None,
        "inputs": kit.inputs.kit,
        "assets": assets,
        "documents": [
            {
                "id": made.document.id,
                "round": made.document.round,
                "meeting": made.document.meeting,
                "language": made.document.language,
                "languages": list(made.document.languages),
                "format": made.form,
                "path": made.path,
                "paper": made.document.entry.paper if made.file.pages else None,
                "pages": made.file.pages or None,
                "copies": made.document.copies if made.form == "pdf" and kit.file else 0,
                "bytes": made.file.bytes,
                "sha256": made.file.sha256,
                "reviewed": all(reviewed(code) for code in made.document.languages),
                **({"preview": made.document.preview_path} if made.preview else {}),
            }
            for made in kit.made
        ],
        "calendars": [
            {"round": round_id, "language": language, "path": calendar_path(round_id, language)}
            for round_id, language in kit.calendars
        ],
        "actions": manifest_lines(kit.file) if kit.file else [],
        "waiting": [{"id": w.id, "round": w.round, "needs": w.needs} for w in kit.plan.waiting],
    }
